// @ts-check
/**
 * Checking in: when the next sign is due, what was tapped, and what the organisers have of it.
 *
 * Pure. No place is in it. Times are by this phone's clock; the server is told how long ago each was.
 *
 * @import { Entry } from "./types.d.ts"
 * @typedef {"well" | "help" | "done"} SignKind
 * @typedef {{ id: string, kind: SignKind, at: number, sent: boolean }} Sign
 * @typedef {{ id: string, every_minutes: number, answers_count: boolean, began_at: number, sent: boolean }} Watch
 * @typedef {{ lead_phone: string, every_minutes: number[] }} Offer
 * @typedef {{ turf: number, offer: Offer | null, watch: Watch | null, signs: Sign[], why: string }} CheckIn ``why``: the server would not begin
 * @typedef {{ watch: { id: string, every_minutes: number, answers_count: boolean, ago_s: number }, signs: { id: string, kind: SignKind, ago_s: number }[] }} Told
 */

export const MINUTE_MS = 60_000;
/** The organisers are told so long after the time has come; the same as the server's. */
export const GRACE_MINUTES = 5;

/** @param {number} turf @returns {CheckIn} */
export const noCheckIn = (turf) => ({ turf, offer: null, watch: null, signs: [], why: "" });

/** @param {CheckIn} one @param {Watch} watch @returns {CheckIn} */
export const begun = (one, watch) => ({ ...one, watch, signs: [], why: "" });

/** @param {CheckIn} one @param {Sign} sign @returns {CheckIn} */
export const signed = (one, sign) => (one.watch ? { ...one, signs: [...one.signs, sign] } : one);

/**
 * The last sign of life: a button, or an answer where whoever checks in agreed that it counts.
 *
 * @param {CheckIn} one
 * @param {readonly Entry[]} entries of this walk
 * @param {boolean} [arrived] only what the organisers have
 */
export function heardAt(one, entries, arrived = false) {
  if (!one.watch) return 0;
  const times = one.signs.filter((sign) => !arrived || sign.sent).map((sign) => sign.at);
  if (one.watch.answers_count)
    for (const entry of entries) if (!arrived || entry.state === "accepted") times.push(Date.parse(entry.event.occurred_at));
  return Math.max(one.watch.began_at, ...times);
}

/** @param {CheckIn} one @param {readonly Entry[]} entries */
export const dueAt = (one, entries) => heardAt(one, entries) + (one.watch?.every_minutes ?? 0) * MINUTE_MS;

/** When the organisers will be told, by what they have until now. @param {CheckIn} one @param {readonly Entry[]} entries */
export const toldAt = (one, entries) => heardAt(one, entries, true) + ((one.watch?.every_minutes ?? 0) + GRACE_MINUTES) * MINUTE_MS;

/** Is it on? @param {CheckIn | null | undefined} one @returns {one is CheckIn & { watch: Watch }} */
export const isOn = (one) => Boolean(one?.watch) && !one?.signs.some((sign) => sign.kind === "done");

/** The last call for help, until they say that they are all right. @param {CheckIn} one @returns {Sign | null} */
export function callForHelp(one) {
  const last = one.signs.findLast((sign) => sign.kind !== "done");
  return last?.kind === "help" ? last : null;
}

/** Does something wait that the organisers do not have? @param {CheckIn} one */
export const waits = (one) => Boolean(one.watch) && (!one.watch?.sent || one.signs.some((sign) => !sign.sent));

/** What the server is told; the same twice is the same as once. @param {CheckIn & { watch: Watch }} one @param {number} now @returns {Told} */
export function told(one, now) {
  /** @param {number} at */
  const ago_s = (at) => Math.max(0, (now - at) / 1000);
  const { id, every_minutes, answers_count, began_at } = one.watch;
  return {
    watch: { id, every_minutes, answers_count, ago_s: ago_s(began_at) },
    signs: one.signs.filter((sign) => !sign.sent).map((sign) => ({ id: sign.id, kind: sign.kind, ago_s: ago_s(sign.at) })),
  };
}

/**
 * What the server has now. Where it has nothing on any more, nothing is on here.
 *
 * @param {CheckIn} one
 * @param {string} watch which one was told of
 * @param {readonly string[]} taken
 * @param {{ offer: Offer | null, watch: string | null }} there
 * @returns {CheckIn}
 */
export function taken(one, watch, taken, there) {
  if (one.watch?.id !== watch) return { ...one, offer: there.offer };
  const have = new Set(taken);
  const signs = one.signs.map((sign) => (have.has(sign.id) ? { ...sign, sent: true } : sign));
  if (there.watch !== watch && signs.every((sign) => sign.sent)) return { ...one, offer: there.offer, watch: null, signs: [] };
  return { ...one, offer: there.offer, watch: { ...one.watch, sent: true }, signs };
}
