// @ts-check
/**
 * Which side of its street a door is on: the same side whichever way one walks, on the left or on the
 * right as the walk goes, and with even or odd numbers where that tells the sides apart.
 *
 * Pure. Without a street's line on the phone, even and odd are all that is known.
 *
 * @import { Door } from "./types.d.ts"
 * @import { Land, Point } from "./ground.js"
 * @typedef {{ side: string, hand: "left" | "right" | "", parity: "even" | "odd" | "" }} Side
 * @typedef {{ at: Point, along: Point, off: number }} Foot where the door's street is nearest, its direction there, and how far to the left of it the door stands
 */

/** Nearer to the middle of the street than this, nobody can say which side it is. */
const LEAST_M = 1;
/** A street farther away than this is not the door's. */
const MOST_M = 80;

/**
 * @param {readonly Door[]} doors in walking order
 * @param {Land | null} land
 * @returns {Map<number, Side>} by the door's number
 */
export function sidesOf(doors, land) {
  const feet = land ? feetOf(doors, land) : new Map();
  const hands = handsOf(doors, feet);
  /** @type {Map<number, string>} */
  const fixed = new Map();
  for (const door of doors) {
    const foot = feet.get(door.id);
    fixed.set(door.id, foot && Math.abs(foot.off) >= LEAST_M ? (foot.off > 0 ? "left" : "right") : parityOf(door.number));
  }
  const telling = streetsToldByNumber(doors, fixed);
  return new Map(doors.map((door) => [door.id, {
    side: fixed.get(door.id) ?? "",
    hand: hands.get(door.id) ?? "",
    parity: telling.has(door.street) ? parityOf(door.number) : "",
  }]));
}

/** @param {string} number @returns {"even" | "odd" | ""} of the number that it begins with */
export function parityOf(number) {
  const [digits] = /\d+/.exec(number) ?? [""];
  if (!digits) return "";
  return Number(digits.at(-1)) % 2 ? "odd" : "even";
}

/** Streets of which no side has both even and odd numbers. @param {readonly Door[]} doors @param {Map<number, string>} fixed */
function streetsToldByNumber(doors, fixed) {
  /** @type {Map<string, Set<string>>} */
  const heard = new Map();
  for (const door of doors) {
    const parity = parityOf(door.number);
    if (!parity || !door.street) continue;
    const key = `${fixed.get(door.id)} ${door.street}`;
    heard.set(key, (heard.get(key) ?? new Set()).add(parity));
  }
  const mixed = new Set([...heard].filter(([, parities]) => parities.size > 1).map(([key]) => key.slice(key.indexOf(" ") + 1)));
  /** @type {Map<string, Set<string>>} */
  const sides = new Map();
  for (const [key, parities] of heard) {
    const [side, street] = [key.slice(0, key.indexOf(" ")), key.slice(key.indexOf(" ") + 1)];
    for (const parity of parities) sides.set(`${parity} ${street}`, (sides.get(`${parity} ${street}`) ?? new Set()).add(side));
  }
  for (const [key, on] of sides) if (on.size > 1) mixed.add(key.slice(key.indexOf(" ") + 1));
  return new Set(doors.map(({ street }) => street).filter((street) => street && !mixed.has(street)));
}

/** @param {readonly Door[]} doors @param {Land} land @returns {Map<number, Foot>} */
function feetOf(doors, land) {
  /** @type {Map<string, Point[][]>} */
  const named = new Map();
  for (const { name, line } of land.streets) {
    const key = fold(name);
    if (key) named.set(key, [...(named.get(key) ?? []), line]);
  }
  /** @type {Map<string, Point[]>} */
  const places = new Map();
  for (const door of doors) {
    const at = land.doors.get(door.id);
    if (at) places.set(fold(door.street), [...(places.get(fold(door.street)) ?? []), at]);
  }
  /** @type {Map<number, Foot>} */
  const found = new Map();
  for (const door of doors) {
    const key = fold(door.street);
    const at = land.doors.get(door.id);
    const lines = named.get(key);
    if (!at || !lines) continue;
    const foot = footOn(lines, at, axisOf(places.get(key) ?? []));
    if (foot) found.set(door.id, foot);
  }
  return found;
}

/** @param {string} name */
const fold = (name) => name.trim().toLocaleLowerCase();

/** The way a street runs on the whole: from one to the other of its two doors that are farthest apart. @param {Point[]} points @returns {Point} */
function axisOf(points) {
  /** @param {Point} from */
  const farthest = (from) => points.reduce((best, point) => (far2(from, point) > far2(from, best) ? point : best), from);
  if (!points.length) return [1, 0];
  const one = farthest(points[0]);
  const other = farthest(one);
  const axis = /** @type {Point} */ ([other[0] - one[0], other[1] - one[1]]);
  if (Math.hypot(...axis) < LEAST_M) return [1, 0];
  return axis[0] < 0 || (axis[0] === 0 && axis[1] < 0) ? [-axis[0], -axis[1]] : axis;
}

/** @param {Point} a @param {Point} b */
const far2 = (a, b) => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2;

/** @param {Point[][]} lines @param {Point} at @param {Point} axis @returns {Foot | null} */
function footOn(lines, at, axis) {
  /** @type {Foot | null} */
  let best = null;
  let least = MOST_M ** 2;
  for (const line of lines)
    for (let nth = 1; nth < line.length; nth++) {
      const [a, b] = [line[nth - 1], line[nth]];
      const step = /** @type {Point} */ ([b[0] - a[0], b[1] - a[1]]);
      const length = Math.hypot(...step);
      if (length === 0) continue;
      const share = Math.min(1, Math.max(0, ((at[0] - a[0]) * step[0] + (at[1] - a[1]) * step[1]) / length ** 2));
      const foot = /** @type {Point} */ ([a[0] + share * step[0], a[1] + share * step[1]]);
      const far = far2(foot, at);
      if (far >= least) continue;
      least = far;
      const way = step[0] * axis[0] + step[1] * axis[1] < 0 ? -1 : 1;
      const along = /** @type {Point} */ ([(way * step[0]) / length, (way * step[1]) / length]);
      best = { at: foot, along, off: along[1] * (at[0] - foot[0]) - along[0] * (at[1] - foot[1]) };
    }
  return best;
}

/** @param {readonly Door[]} doors @param {Map<number, Foot>} feet @returns {Map<number, "left" | "right">} */
function handsOf(doors, feet) {
  /** @type {Map<number, "left" | "right">} */
  const found = new Map();
  for (const [nth, door] of doors.entries()) {
    const foot = feet.get(door.id);
    if (!foot || Math.abs(foot.off) < LEAST_M) continue;
    const way = wayAt(doors, feet, nth, foot);
    if (way) found.set(door.id, foot.off * way > 0 ? "left" : "right");
  }
  return found;
}

/**
 * Whether the walk goes along the street's own direction here (above zero) or against it: the nearest
 * doors of this street before and after it say so, else those of other streets.
 *
 * @param {readonly Door[]} doors @param {Map<number, Foot>} feet @param {number} nth @param {Foot} foot
 */
function wayAt(doors, feet, nth, foot) {
  for (const same of [true, false])
    for (const reach of [1, 2, 3]) {
      const [before, after] = [nth - reach, nth + reach].map((place) => {
        const door = doors[Math.min(doors.length - 1, Math.max(0, place))];
        return same && door.street !== doors[nth].street ? foot.at : (feet.get(door.id)?.at ?? foot.at);
      });
      const way = (after[0] - before[0]) * foot.along[0] + (after[1] - before[1]) * foot.along[1];
      if (Math.abs(way) >= LEAST_M) return way;
    }
  return 0;
}
