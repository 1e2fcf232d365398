// @ts-check
/**
 * Reads the codes of a phone's unsent answers into the form: by the camera, from pictures, from what is pasted.
 *
 * What was read is text in the form's own field, so that sending it is the form's business. A browser that
 * reads codes by itself is asked; for the others a reader is fetched when it is first needed.
 *
 * @typedef {{ detect: (image: ImageBitmapSource) => Promise<{ rawValue: string }[]> }} Reader
 */
export {}; // a module: its names are its own

const box = /** @type {HTMLElement} */ (document.querySelector("[data-codes]"));
const field = /** @type {HTMLTextAreaElement} */ (box.querySelector("textarea"));
const said = /** @type {HTMLElement} */ (box.querySelector("[role=status]"));
const video = /** @type {HTMLVideoElement} */ (box.querySelector("video"));
const pictures = /** @type {HTMLInputElement} */ (box.querySelector("input[type=file]"));
const [camera, stop] = /** @type {HTMLButtonElement[]} */ ([...box.querySelectorAll("button[data-camera]")]);
const { words, reader: address = "" } = { words: JSON.parse(document.getElementById("code-words")?.textContent ?? "{}"), reader: box.dataset.reader };

const CODE = /HU1[ZR]:([A-Z2-7]{8}):(\d{1,3})\/(\d{1,3}):[A-Z2-7]+/;
const EACH_MS = 250;

/** @type {Promise<Reader> | null} */
let reading = null;
/** @returns {Promise<Reader>} */
async function findReader() {
  const own = /** @type {any} */ (self).BarcodeDetector;
  if (own && (await own.getSupportedFormats().catch(() => [])).includes("qr_code")) return new own({ formats: ["qr_code"] });
  return new (await import(address)).BarcodeDetector({ formats: ["qr_code"] });
}

/** Which codes of each set are in the field, in a sentence. */
function tell() {
  /** @type {Map<string, { of: number, seen: Set<number> }>} */
  const sets = new Map();
  for (const line of field.value.split("\n")) {
    const [, set, nth, of] = CODE.exec(line.trim().toUpperCase()) ?? [];
    if (!set) continue;
    const known = sets.get(set) ?? { of: Number(of), seen: new Set() };
    known.seen.add(Number(nth));
    sets.set(set, known);
  }
  said.textContent = [...sets.values()]
    .map(({ of, seen }) => {
      const missing = Array.from({ length: of }, (_nothing, place) => place + 1).filter((nth) => !seen.has(nth));
      return words[missing.length ? "missing" : "whole"].replace("{seen}", seen.size).replace("{all}", of).replace("{which}", missing.join(", "));
    })
    .join(" ");
  return sets.size > 0 && [...sets.values()].every(({ of, seen }) => seen.size >= of);
}

/** @param {string} text @returns {boolean} whether it was a code of ours that was not here yet */
function add(text) {
  if (!CODE.test(text) || field.value.includes(text)) return false;
  field.value = `${field.value.trim()}\n${text}`.trim();
  return true;
}

/** @param {Iterable<File>} files */
async function look(files) {
  reading ??= findReader();
  let found = 0;
  for (const file of files) {
    const image = await createImageBitmap(file).catch(() => null);
    const codes = image ? await (await reading).detect(image).catch(() => []) : [];
    for (const { rawValue } of codes) if (CODE.test(rawValue)) found++, add(rawValue);
  }
  tell();
  if (!found) said.textContent = `${words.none} ${said.textContent}`.trim();
}

async function film() {
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
  } catch {
    said.textContent = words.refused;
    return;
  }
  video.srcObject = stream;
  video.hidden = stop.hidden = false;
  camera.hidden = true;
  await video.play();
  reading ??= findReader();
  const reader = await reading;
  while (!video.hidden) {
    for (const { rawValue } of await reader.detect(video).catch(() => [])) if (add(rawValue) && tell()) done();
    await new Promise((resolve) => setTimeout(resolve, EACH_MS));
  }
  for (const track of stream.getTracks()) track.stop();
  video.srcObject = null;
}

function done() {
  video.hidden = stop.hidden = true;
  camera.hidden = false;
  /** @type {HTMLElement | null} */ (document.querySelector("[data-take-in]"))?.focus();
}

if ("mediaDevices" in navigator) camera.hidden = false;
camera.addEventListener("click", () => void film());
stop.addEventListener("click", done);
pictures.addEventListener("change", () => void look(pictures.files ?? []));
field.addEventListener("input", tell);
document.addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
  if (!files.length) return;
  event.preventDefault();
  void look(files);
});
tell();
