// @ts-check
/** A walk of three houses and a building of four flats, and what a phone needs to record there. */

/** @import { Door, Walk } from "../../src/hustings/apps/canvass/static/canvass/types.d.ts" */

/** @param {number} id @param {Partial<Door>} [more] @returns {Door} */
export const aDoor = (id, more = {}) => ({
  id, stop: id, address: `${id} Mill Lane`, label: `${id}`, house: `${id} Mill Lane`, street: "Mill Lane", number: `${id}`, floor: 0, building: null,
  building_name: "", access_note: "", hazard_note: "", elsewhere: "", newest: "", mine: [],
  people: [{ id: id * 10, name: `Mira ${id}`, met: null, absent: "", stopped: "" }], ...more,
});

/** @returns {Walk} */
export const aWalk = () => ({
  turf: 7, number: 7, name: "Mill Lane", round: "canvass", keeps: "person", minutes: 60, metres: 900, seconds_left: 3600, map: "", etag: '"x"', fetched_at: 0, whole_at: 0,
  knock: 0, behind: [], position: 0,
  wording: { version: 3, text: "Hello.", as_parties: false, choices: [{ code: "1", label: "Support", shade: "support-1" }, { code: "2", label: "Opposed", shade: "support-5" }] },
  doors: [aDoor(1), aDoor(2), aDoor(3), ...[4, 5, 6, 7].map((id) => aDoor(id, { building: 9, floor: id < 6 ? 0 : 1 }))],
});

/** Chance that can be told beforehand. @param {number} [seed] */
export function chance(seed = 1) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return { next, random: (/** @type {number} */ bytes) => Uint8Array.from({ length: bytes }, () => Math.floor(next() * 256)) };
}

/** @param {number} [seed] */
export const source = (seed = 1) => ({ now: Date.UTC(2026, 5, 13, 12), app: "test 1", random: chance(seed).random });
