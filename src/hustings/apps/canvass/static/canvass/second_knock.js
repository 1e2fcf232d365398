// @ts-check
/**
 * A second knock of the same evening on the same walk: the doors where nobody was in, once the rest is tried.
 *
 * Pure, but for when it was begun, which is forgotten when the page is closed: then it is begun again.
 *
 * @import { Door, Entry, Standing, Walk } from "./types.d.ts"
 */
import { nextDoor } from "./walk.js";

/** When it was begun, by walk: milliseconds by this phone's clock. @type {Map<number, number>} */
const begun = new Map();

/** @param {number} turf @param {number} now */
export const begin = (turf, now) => void begun.set(turf, now);

/** The doors where nobody was in. @param {Walk} walk @param {Map<number, Standing>} standings */
export const whoWereOut = (walk, standings) => walk.doors.filter((door) => standings.get(door.id)?.state === "out");

/**
 * Whether to offer it: nothing is left, somebody was out, and none is being gone through.
 *
 * @param {Walk} walk @param {Map<number, Standing>} standings @param {readonly Entry[]} entries of this walk
 */
export function canBegin(walk, standings, entries) {
  if (walk.round !== "canvass" || walk.doors.some((door) => standings.get(door.id)?.state === "left")) return false;
  return whoWereOut(walk, standings).length > 0 && next(walk, null, standings, entries) === null;
}

/**
 * The next door of it; null where none was begun, or all of them were knocked on since.
 *
 * @param {Walk} walk @param {number | null} after @param {Map<number, Standing>} standings @param {readonly Entry[]} entries of this walk
 */
export function next(walk, after, standings, entries) {
  const since = begun.get(walk.turf);
  if (since === undefined) return null;
  const knocked = new Set(entries.filter((entry) => Date.parse(entry.event.occurred_at) >= since).map((entry) => entry.door));
  return nextDoor(walk.doors, (door) => standings.get(door.id)?.state === "out" && !knocked.has(door.id), after);
}
