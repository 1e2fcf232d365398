// @ts-check
/**
 * The order of the walk: the planned one, and the one that whoever walks it chose on this phone.
 *
 * Pure. An order is the doors' numbers; a stop is a door, or the doors of one building that follow each
 * other. The doors of a building keep their own order: nobody turns round a staircase.
 *
 * @import { Door } from "./types.d.ts"
 */
import { stops } from "./walk.js";

/**
 * The doors in the order that was kept; doors that it does not know follow the door that they follow in
 * the plan, and doors that are on the walk no more are left out.
 *
 * @template {{ id: number }} D
 * @param {readonly D[]} planned
 * @param {readonly number[] | null | undefined} kept
 * @returns {D[]}
 */
export function inOrder(planned, kept) {
  if (!kept) return [...planned];
  const byId = new Map(planned.map((door) => [door.id, door]));
  const found = kept.flatMap((id) => byId.get(id) ?? []);
  const there = new Set(found.map((door) => door.id));
  for (const [place, door] of planned.entries()) {
    if (there.has(door.id)) continue;
    const before = place === 0 ? -1 : found.indexOf(planned[place - 1]);
    found.splice(before + 1, 0, door);
    there.add(door.id);
  }
  return found;
}

/** @param {readonly { id: number }[]} doors */
export const idsOf = (doors) => doors.map((door) => door.id);

/** Whether two orders are the same. @param {readonly { id: number }[]} one @param {readonly { id: number }[]} other */
export const isSame = (one, other) => one.length === other.length && one.every((door, place) => door.id === other[place].id);

/**
 * Begin at this stop and go round to the one before it.
 *
 * @param {readonly Door[]} doors in the order of now
 * @param {number} door any door of the stop
 */
export function startFrom(doors, door) {
  const all = stops(doors);
  const first = placeOf(all, door);
  return first < 0 ? [...doors] : [...all.slice(first), ...all.slice(0, first)].flat();
}

/** The last stop first. @param {readonly Door[]} doors */
export const turnAround = (doors) => stops(doors).reverse().flat();

/**
 * One stop earlier or later.
 *
 * @param {readonly Door[]} doors
 * @param {number} door any door of the stop
 * @param {1 | -1} step
 */
export function move(doors, door, step) {
  const all = stops(doors);
  const from = placeOf(all, door);
  const to = from + step;
  if (from < 0 || to < 0 || to >= all.length) return [...doors];
  [all[from], all[to]] = [all[to], all[from]];
  return all.flat();
}

/**
 * Of the street of this stop one side first, then the other, from where the first side ends.
 *
 * The street's stops stand together, where the first of them stood.
 *
 * @param {readonly Door[]} doors
 * @param {number} door any door of the stop
 * @param {(door: Door) => string} sideOf which side of its street a door is on; "" where nobody knows
 * @param {(one: Door, other: Door) => number} far how far it is from one door to another, in any measure
 */
export function sideFirst(doors, door, sideOf, far) {
  const all = stops(doors);
  const here = all[placeOf(all, door)];
  if (!here) return [...doors];
  const { street } = here[0];
  const side = sideOf(here[0]);
  const ofStreet = all.filter(([first]) => first.street === street);
  const these = ofStreet.filter(([first]) => sideOf(first) === side);
  const others = ofStreet.filter(([first]) => sideOf(first) !== side);
  const end = these[these.length - 1][0];
  if (others.length > 1 && far(end, others[others.length - 1][0]) < far(end, others[0][0])) others.reverse();
  const at = all.indexOf(ofStreet[0]);
  const rest = all.filter(([first]) => first.street !== street);
  const before = all.slice(0, at).length;
  return [...rest.slice(0, before), ...these, ...others, ...rest.slice(before)].flat();
}

/** @param {readonly (readonly { id: number }[])[]} all @param {number} door */
const placeOf = (all, door) => all.findIndex((doors) => doors.some((one) => one.id === door));
