// @ts-check
/**
 * The beginning of a reporter's page: the link, what is kept, what is shown, and sending what waits.
 *
 * @import { Facts, Numbers } from "./state.js"
 * @import { Entry, Photo } from "./store.js"
 */
import { uuid7 } from "../../canvass/event.js";
import { drain, waitMs } from "../../canvass/outbox.js";
import { Press } from "../../canvass/press.js";
import { h, nodesOf } from "../../canvass/screens/draw.js";
import { SecondTaps } from "../../canvass/second_tap.js";
import { smaller } from "./photo.js";
import { formScreen, readBackScreen, typedOf, unitsScreen } from "./screens.js";
import { factsOf, sender, sendPhoto } from "./send.js";
import { sendPhotos, sendReports } from "./sending.js";
import { isAllThere, isPractice, judged, saidOf } from "./state.js";
import * as store from "./store.js";

const { words } = JSON.parse(document.getElementById("night-facts")?.textContent ?? "{}");
const token = decodeURIComponent(location.pathname.split("/")[2] ?? "");
const root = /** @type {HTMLElement} */ (document.getElementById("night"));

/** @param {string} key @param {Record<string, string | number>} [values] */
const say = (key, values = {}) => String(words[key] ?? key).replace(/%\((\w+)\)s/g, (gap, name) => (values[name] === undefined ? gap : String(values[name])));
const freshId = () => uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));

/** @type {Facts | null} */
let facts = null;
/** @type {Entry[]} */
let entries = [];
/** @type {Photo[]} */
let photos = [];
/** @type {Map<string, any>} */
let drafts = new Map();
/** @type {{ unit: number, phase: string, numbers?: Numbers, lots: any[] } | null} */
let place = null;
let trouble = "";
/** How many reports and photographs wait on this phone, under this link and any other. */
let waiting = 0;

async function look() {
  const [known, reports, pictures, begun] = await Promise.all([store.fact(`facts ${token}`), store.entries(), store.photos(), store.draftsOf(token)]);
  const mine = (/** @type {{ token: string }} */ one) => one.token === token;
  [facts, entries, photos, drafts] = [known, reports.filter(mine), pictures.filter(mine), begun];
  waiting = [...reports, ...pictures].filter((one) => one.state === "waiting").length;
}

/** @param {unknown[]} children */
function show(...children) {
  const strip = waiting
    ? h("p", { class: "strip", "data-waiting": waiting }, h("span", { class: "grow" }, say(waiting === 1 ? "waiting.one" : "waiting.other", { n: waiting })), h("button", { type: "button", class: "btn", click: () => void send() }, say("try_now")))
    : facts && isAllThere(entries, photos, isPractice(facts, Date.now()))
      ? h("p", { class: "strip strip-ok", "data-waiting": 0 }, say("all_there"))
      : null;
  root.replaceChildren(
    h("header", { class: "phone-head" }, h("div", { class: "phone-head-line" }, h("strong", {}, h("bdi", {}, facts?.contest ?? "Hustings")))),
    h("div", { role: "status" }, strip),
    h("main", { id: "content", tabindex: "-1" }, h("div", { class: "phone-page" }, ...nodesOf(/** @type {any} */ ([trouble && h("p", { class: "note note-bad", role: "alert" }, trouble), ...children])))),
  );
}

/** Draw what there is; a form that is being filled in is left alone. @param {boolean} [anew] */
function draw(anew = true) {
  if (!facts) return show(h("h1", {}, say("reports")), h("p", {}, say("nothing_here")));
  if (place && !anew) return undefined;
  const ui = { say, facts, practice: isPractice(facts, Date.now()) };
  const unit = facts.units.find((one) => one.id === place?.unit);
  if (!place || !unit) return show(facts.ended && h("p", { class: "note note-bad" }, say("ended")), ...unitsScreen(ui, said, begun, photos, { open, photograph }));
  const { phase, numbers, lots } = place;
  const back = () => {
    place = null;
    stepTo(0);
    draw();
  };
  if (!numbers) {
    const before = ui.practice ? null : said(unit.id, phase);
    const typed = drafts.get(draftKey(unit.id, phase)) ?? (before ? typedOf(before.numbers) : {});
    return show(
      ...formScreen(ui, unit, phase, typed, before !== null, {
        typed: (now) => {
          const key = draftKey(unit.id, phase);
          drafts.set(key, now);
          void store.keepFact(key, now).catch(noRoom);
        },
        judge: (now) => judged(/** @type {Facts} */ (facts), entries, unit, phase, now, lots).findings,
        read: (now) => {
          place = { unit: unit.id, phase, numbers: now, lots };
          stepTo(2);
          draw();
          scrollTo(0, 0);
        },
        back,
      }),
    );
  }
  const { findings, tie, lots: fit } = judged(facts, entries, unit, phase, numbers, lots);
  return show(
    ...readBackScreen(ui, unit, phase, numbers, findings, tie, {
      send: () => void keep(unit.id, phase, numbers, fit, ui.practice),
      change: () => {
        place = { unit: unit.id, phase, lots };
        stepTo(1);
        draw();
      },
      drawn: (chosen, record) => {
        const lot = { id: freshId(), step: tie?.step, among: tie?.among, chosen, how: "physical", record };
        void writeDown({ unit: unit.id, phase, numbers, lots: [...lots, lot] }, ui.practice);
      },
    }),
  );
}

const said = (/** @type {number} */ unit, /** @type {string} */ phase) => (facts && !isPractice(facts, Date.now()) ? saidOf(facts, entries, unit, phase) : null);
const practises = () => facts !== null && isPractice(facts, Date.now());
const draftKey = (/** @type {number} */ unit, /** @type {string} */ phase, practice = practises()) => store.draftKey(token, unit, phase, practice);
const lotsKey = (/** @type {number} */ unit, practice = practises()) => store.lotsKey(token, unit, practice);
const begun = (/** @type {number} */ unit, /** @type {string} */ phase) => drafts.has(draftKey(unit, phase)) || (phase === "delegates" && drafts.has(lotsKey(unit)));
/** Those that were written down, and else those that went out with the delegates. @param {number} unit @returns {any[]} */
const lotsOf = (unit) => drafts.get(lotsKey(unit)) ?? said(unit, "delegates")?.lots ?? [];

/** So that a phone's own button goes back by a screen and does not leave: the units, the form, reading back. @param {0 | 1 | 2} depth */
function stepTo(depth) {
  if (depth > (history.state?.depth ?? 0)) history.pushState({ depth }, "");
  else history.replaceState({ depth }, "");
}
addEventListener("popstate", (event) => {
  const depth = event.state?.depth ?? 0;
  if (!place) {
    if (depth) history.back(); // it was sent meanwhile: there is nothing to go back to
    return;
  }
  const { unit, phase, lots } = place;
  if (depth === 0) place = null;
  else if (place.numbers) place = { unit, phase, lots };
  draw();
});

/** @param {number} unit @param {string} phase */
function open(unit, phase) {
  place = { unit, phase, lots: lotsOf(unit) };
  stepTo(1);
  trouble = "";
  draw();
  scrollTo(0, 0);
}

/** A lot is on the disk before it is shown as written down. @param {{ unit: number, phase: string, numbers: Numbers, lots: any[] }} there @param {boolean} practice */
async function writeDown(there, practice) {
  const key = lotsKey(there.unit, practice);
  drafts.set(key, there.lots);
  await store.keepFact(key, there.lots).catch(noRoom);
  if (place?.numbers !== there.numbers) return; // whoever went back meanwhile finds it there
  place = there;
  draw();
}

const noRoom = () => {
  trouble = say("no_room");
  draw();
};

/** A report is being put on the disk: another tap on the button means the same report. */
let keeping = false;

/** On the disk first, then shown, then sent. @param {number} unit @param {string} phase @param {Numbers} numbers @param {any[]} lots @param {boolean} practice */
async function keep(unit, phase, numbers, lots, practice) {
  if (keeping) return;
  keeping = true;
  try {
    if (!(await kept(unit, phase, numbers, lots, practice))) return;
  } finally {
    keeping = false;
  }
  await send();
  await refresh();
}

/** @param {number} unit @param {string} phase @param {Numbers} numbers @param {any[]} lots @param {boolean} practice @returns {Promise<boolean>} whether it is on the disk, and shown so */
async function kept(unit, phase, numbers, lots, practice) {
  const before = practice ? null : said(unit, phase);
  const id = freshId();
  const event = {
    id, format: 1, kind: practice ? "practice" : "report", unit, phase, numbers,
    reported_at: new Date().toISOString(),
    ...(phase === "delegates" && lots.length ? { lots } : {}),
    ...(before ? { corrects: before.id } : {}),
  };
  try {
    await store.keep({ id, token, state: "waiting", message: "", event });
    await store.keepFact(draftKey(unit, phase, practice), null);
    if (phase === "delegates") await store.keepFact(lotsKey(unit, practice), null);
  } catch {
    noRoom();
    return false;
  }
  place = null;
  stepTo(0);
  trouble = "";
  await look();
  draw();
  scrollTo(0, 0);
  return true;
}

/** @param {number} unit @param {File} file */
async function photograph(unit, file) {
  const picture = await smaller(file);
  trouble = picture ? "" : say("photo_bad");
  if (picture) {
    const report = facts?.phases.map((phase) => said(unit, phase)?.id).findLast(Boolean) ?? "";
    try {
      await store.keepPhoto({ id: freshId(), token, unit, report, taken_at: new Date().toISOString(), state: "waiting", message: "", picture });
    } catch {
      return noRoom();
    }
  }
  await look();
  draw();
  return send();
}

let failures = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

const press = new Press().watch(window);
/** Something came: the screen is drawn anew, but not under a button that is being pressed. */
const freshen = () => press.unpressed(draw, () => draw(false));
const moved = () => void look().then(freshen);

/** Send what waits, one sender over all tabs; where nobody answers, again after a while. No report waits for a photograph. */
async function send() {
  clearTimeout(timer);
  const work = () => sendReports(store, drain, sender, moved);
  const reached = await (navigator.locks ? navigator.locks.request("hustings-night-sending", work) : work());
  if (!reached) again();
  await look();
  freshen();
  void sendPictures(reached);
}

/** Whoever comes while pictures are being sent comes again later. @param {boolean} reached */
async function sendPictures(reached) {
  const work = () => sendPhotos(store, sendPhoto, moved);
  const all = await (navigator.locks ? navigator.locks.request("hustings-night-photographs", { ifAvailable: true }, (lock) => (lock ? work() : false)) : work());
  if (!all) again();
  else if (reached) failures = 0;
  await look();
  freshen();
}

function again() {
  failures += 1;
  clearTimeout(timer);
  timer = setTimeout(() => void send(), waitMs(failures, Math.random()));
}

/** What the office has, and what was changed there. */
async function refresh() {
  const fresh = await factsOf(token);
  if (!fresh) return;
  await store.keepFact(`facts ${token}`, { ...fresh, ahead_ms: Date.now() - Date.parse(fresh.at) });
  await look();
  freshen();
}

const wake = async () => {
  failures = 0;
  await send();
  await refresh();
};
const taps = new SecondTaps();
/** The second of two taps is not meant for the button that came to that spot meanwhile. */
root.addEventListener(
  "click",
  (event) => {
    if (!(/** @type {HTMLElement} */ (event.target).closest("button")) || !taps.isSecond(/** @type {PointerEvent} */ (event))) return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);
addEventListener("online", () => void wake());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && void wake());
setInterval(freshen, 30_000);

void (async () => {
  await look();
  if (facts) draw();
  else show(h("h1", {}, say("reports")), h("p", {}, say("loading")));
  void navigator.storage?.persist?.().catch(() => false); // some browsers ask whoever holds the phone, who need not answer
  await refresh();
  if (!facts) draw();
  void send();
  await navigator.serviceWorker?.register("/night/service-worker.js", { scope: "/night/" }).catch(() => {});
})();
