// @ts-check
/**
 * What of the ground is looked at, and what has room there.
 *
 * Pure. A view is the place in the middle of the picture, in metres, and how many pixels a metre is.
 *
 * @import { Point } from "../ground.js"
 * @typedef {{ x: number, y: number, scale: number }} View
 * @typedef {{ width: number, height: number }} Size in pixels
 */

/** Pixels a metre: a town from above, and a doorstep. */
const LEAST_SCALE = 0.03;
const MOST_SCALE = 12;

/** @param {number} scale */
const held = (scale) => Math.min(MOST_SCALE, Math.max(LEAST_SCALE, scale));

/**
 * The view that shows all of these places.
 *
 * @param {readonly Point[]} points
 * @param {Size} size
 * @param {number} edge pixels left free all round
 * @param {number} most pixels a metre, so that a single door still shows its street
 * @returns {View}
 */
export function fit(points, size, edge, most) {
  if (!points.length) return { x: 0, y: 0, scale: 1 };
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const wide = Math.max(1, size.width - 2 * edge) / Math.max(1, east - west);
  const high = Math.max(1, size.height - 2 * edge) / Math.max(1, south - north);
  return { x: (west + east) / 2, y: (north + south) / 2, scale: held(Math.min(most, wide, high)) };
}

/** @param {View} view @param {Size} size @param {Point} point @returns {Point} where on the screen a place is */
export const onScreen = (view, size, [x, y]) => [(x - view.x) * view.scale + size.width / 2, (y - view.y) * view.scale + size.height / 2];

/** @param {View} view @param {Size} size @param {Point} pixel @returns {Point} which place is there */
export const onGround = (view, size, [x, y]) => [(x - size.width / 2) / view.scale + view.x, (y - size.height / 2) / view.scale + view.y];

/** Nearer or farther, while the place under the finger stays there. @param {View} view @param {Size} size @param {Point} pixel @param {number} times @returns {View} */
export function zoomed(view, size, pixel, times) {
  const scale = held(view.scale * times);
  const [x, y] = onGround(view, size, pixel);
  return { x: x - (pixel[0] - size.width / 2) / scale, y: y - (pixel[1] - size.height / 2) / scale, scale };
}

/**
 * What two fingers did: the places under them are under them again.
 *
 * @param {View} view @param {Size} size
 * @param {[Point, Point]} before where the fingers were @param {[Point, Point]} now
 * @returns {View}
 */
export function pinched(view, size, before, now) {
  /** @param {[Point, Point]} pair @returns {Point} */
  const middle = ([a, b]) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  /** @param {[Point, Point]} pair */
  const apart = ([a, b]) => Math.max(1, Math.hypot(a[0] - b[0], a[1] - b[1]));
  const scale = held((view.scale * apart(now)) / apart(before));
  const [x, y] = onGround(view, size, middle(before));
  const [px, py] = middle(now);
  return { x: x - (px - size.width / 2) / scale, y: y - (py - size.height / 2) / scale, scale };
}

/**
 * The view moved so far that this place is well inside; the same one where it is already.
 *
 * @param {View} view @param {Size} size @param {Point} point @param {number} edge
 * @returns {View}
 */
export function within(view, size, point, edge) {
  const [x, y] = onScreen(view, size, point);
  const inside = x >= edge && y >= edge && x <= size.width - edge && y <= size.height - edge;
  return inside ? view : { ...view, x: point[0], y: point[1] };
}

/** @param {ReadonlyMap<number, Point>} places on the screen @param {Point} pixel @param {number} reach @returns {number | null} the nearest that a finger may mean */
export function nearest(places, pixel, reach) {
  let found = null;
  let least = reach;
  for (const [nth, [x, y]] of places) {
    const far = Math.hypot(x - pixel[0], y - pixel[1]);
    if (far <= least) [found, least] = [nth, far];
  }
  return found;
}

/**
 * Which stops have room for their number: those asked for first, then one after the other where nothing is
 * in the way; the others are drawn small.
 *
 * @param {ReadonlyMap<number, Point>} places on the screen
 * @param {readonly number[]} first
 * @param {(nth: number) => number} width of the sign with the number, in pixels
 * @param {(nth: number) => number} height
 * @returns {Set<number>}
 */
export function roomy(places, first, width, height) {
  /** @type {Set<number>} */
  const found = new Set();
  /** @type {{ x: number, y: number, half: number, high: number }[]} */
  const taken = [];
  for (const nth of [...first, ...places.keys()]) {
    const at = places.get(nth);
    if (!at || found.has(nth)) continue;
    const [half, high] = [width(nth) / 2, height(nth) / 2];
    if (taken.some((other) => Math.abs(other.x - at[0]) < half + other.half && Math.abs(other.y - at[1]) < high + other.high)) continue;
    taken.push({ x: at[0], y: at[1], half, high });
    found.add(nth);
  }
  return found;
}

/**
 * Where a street's name is written: on its longest straight piece that is in the picture, if it is long enough.
 *
 * @param {readonly Point[][]} lines of one name, on the screen
 * @param {Size} size @param {number} least pixels
 * @returns {{ at: Point, degrees: number } | null}
 */
export function namePlace(lines, size, least) {
  let best = null;
  let longest = least;
  for (const line of lines)
    for (let nth = 1; nth < line.length; nth++) {
      const piece = cut(line[nth - 1], line[nth], size);
      if (!piece) continue;
      const [a, b] = piece;
      const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
      if (length <= longest) continue;
      longest = length;
      const degrees = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI;
      best = { at: /** @type {Point} */ ([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]), degrees: degrees > 90 ? degrees - 180 : degrees <= -90 ? degrees + 180 : degrees };
    }
  return best;
}

/** The part of a straight line that is in the picture. @param {Point} a @param {Point} b @param {Size} size @returns {[Point, Point] | null} */
function cut(a, b, size) {
  let [from, to] = [0, 1];
  for (const [start, step, most] of [[a[0], b[0] - a[0], size.width], [a[1], b[1] - a[1], size.height]]) {
    if (step === 0 && (start < 0 || start > most)) return null;
    if (step === 0) continue;
    const [low, high] = [(0 - start) / step, (most - start) / step].sort((one, other) => one - other);
    [from, to] = [Math.max(from, low), Math.min(to, high)];
  }
  if (from >= to) return null;
  /** @param {number} share @returns {Point} */
  const at = (share) => [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
  return [at(from), at(to)];
}
