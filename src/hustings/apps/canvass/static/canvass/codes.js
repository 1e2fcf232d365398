// @ts-check
/**
 * A file of unsent answers as a few codes to be held before a camera: the same bytes, smaller, in pieces.
 *
 * Pure. Each code says to which set it belongs, which one it is and of how many, so that any order will do
 * and whoever takes them in can name those that are missing. ``codes.py`` reads what is written here.
 */

/** RFC 4648: letters that the codes hold densely, and that survive being copied as text. */
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/** Of one code, so that it can be read from a phone's screen by a plain camera. */
export const MOST_LETTERS = 420;

/** @param {Uint8Array} bytes */
export function inLetters(bytes) {
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += LETTERS[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return bits ? text + LETTERS[(held << (5 - bits)) & 31] : text;
}

/** @param {Uint8Array<ArrayBuffer>} bytes @returns {Promise<Uint8Array<ArrayBuffer> | null>} null where this browser cannot */
async function squeezed(bytes) {
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    return null;
  }
}

/**
 * @param {unknown} file what the file would hold
 * @param {(bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer> | null>} [squeeze]
 * @returns {Promise<string[]>} what each code says, from the first to the last
 */
export async function codesOf(file, squeeze = squeezed) {
  const plain = new TextEncoder().encode(JSON.stringify(file));
  const small = await squeeze(plain);
  const bytes = small ?? plain;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const set = inLetters(digest.subarray(0, 5));
  const letters = inLetters(bytes);
  const pieces = letters.match(new RegExp(`.{1,${Math.ceil(letters.length / Math.ceil(letters.length / MOST_LETTERS))}}`, "g")) ?? [];
  return pieces.map((piece, place) => `HU1${small ? "Z" : "R"}:${set}:${place + 1}/${pieces.length}:${piece}`);
}
