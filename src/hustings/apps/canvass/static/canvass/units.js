// @ts-check
/**
 * A unit of a tower by a few letters or digits of what stands on its door.
 *
 * Pure.
 */

/** Of so many doors on, a building is a tower: its floors are folded, and its units can be looked for. */
export const A_TOWER = 40;
const MOST_SHOWN = 24;

/** @param {string} text letters and digits alone, so that "flat 12a" and "12 A" meet */
const plain = (text) => text.toLocaleLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/**
 * Those whose number is what was typed come first, then those whose number or label begins so, then any that hold it.
 *
 * @template {{ label: string }} D
 * @param {readonly D[]} doors
 * @param {string} typed
 * @returns {D[]}
 */
export function unitsLike(doors, typed) {
  const wanted = plain(typed);
  if (!wanted) return [];
  /** @param {D} door */
  const rank = ({ label }) => {
    const whole = plain(label);
    const number = plain(label.slice(Math.max(0, label.search(/\p{N}/u))));
    if (whole === wanted || number === wanted) return 0;
    if (whole.startsWith(wanted) || number.startsWith(wanted)) return 1;
    return whole.includes(wanted) ? 2 : 3;
  };
  const ranked = doors.map((door) => ({ door, place: rank(door) })).filter(({ place }) => place < 3);
  return ranked.sort((one, other) => one.place - other.place).slice(0, MOST_SHOWN).map(({ door }) => door);
}
