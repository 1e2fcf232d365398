// @ts-check
/**
 * The ground of a walk in metres: east of its middle, and south of it, as on a screen.
 *
 * Pure. What comes over the air are whole millionths of a degree, each place as the step from the one before.
 *
 * @import { Door, Ground } from "./types.d.ts"
 * @typedef {readonly [number, number]} Point
 * @typedef {{ name: string, kind: number, line: Point[] }} Street
 * @typedef {{ doors: Map<number, Point>, route: Point[], streets: Street[], houses: Point[][], metresOf: (lon: number, lat: number) => Point }} Land
 */

const METRES_PER_DEGREE = (Math.PI / 180) * 6_371_008.8;
const MILLIONTHS = 1_000_000;
/** Metres from one door to the next, of those that are known to be in one place only. */
const APART_M = 4;
const GOLDEN_ANGLE = 2.399963;

/** @param {Ground} ground @returns {Land} */
export function landOf(ground) {
  const [middleLon, middleLat] = ground.middle;
  const east = (METRES_PER_DEGREE / MILLIONTHS) * Math.cos((middleLat / MILLIONTHS) * (Math.PI / 180));
  const south = -METRES_PER_DEGREE / MILLIONTHS;
  /** @param {readonly number[]} steps @returns {Point[]} */
  const line = (steps) => {
    let x = 0;
    let y = 0;
    /** @type {Point[]} */
    const points = [];
    for (let place = 0; place + 1 < steps.length; place += 2) {
      x += steps[place];
      y += steps[place + 1];
      points.push([x * east, y * south]);
    }
    return points;
  };
  return {
    doors: new Map(ground.doors.map(([id, x, y]) => [id, [x * east, y * south]])),
    route: line(ground.route),
    streets: ground.streets.map(([name, kind, steps]) => ({ name, kind, line: line(steps) })),
    houses: ground.houses.map(line),
    metresOf: (lon, lat) => [(lon * MILLIONTHS - middleLon) * east, (lat * MILLIONTHS - middleLat) * south],
  };
}

/** @param {Point} a @param {Point} b */
export const metresBetween = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);

/**
 * Where each stop of the walk is drawn: a house with many doors in their middle; stops of one place
 * (a postcode's) side by side round it. Stops that nobody could place are left out.
 *
 * @param {readonly (readonly Door[])[]} stops
 * @param {Land} land
 * @returns {Map<number, Point>} by the stop's place in the walk
 */
export function stopPlaces(stops, land) {
  /** @type {Map<number, Point>} */
  const found = new Map();
  /** @type {Map<string, number>} */
  const taken = new Map();
  for (const [nth, doors] of stops.entries()) {
    const points = doors.flatMap(({ id }) => { const at = land.doors.get(id); return at ? [at] : []; });
    if (!points.length) continue;
    const x = points.reduce((sum, point) => sum + point[0], 0) / points.length;
    const y = points.reduce((sum, point) => sum + point[1], 0) / points.length;
    const key = `${Math.round(x * 2)} ${Math.round(y * 2)}`;
    const before = taken.get(key) ?? 0;
    taken.set(key, before + 1);
    const far = before ? APART_M * Math.sqrt(before) : 0;
    found.set(nth, [x + far * Math.cos(before * GOLDEN_ANGLE), y + far * Math.sin(before * GOLDEN_ANGLE)]);
  }
  return found;
}
