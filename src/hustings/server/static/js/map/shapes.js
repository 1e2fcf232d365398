// @ts-check
/**
 * Questions about doors on a map, as plain values.
 *
 * @typedef {{type: "Feature", id?: number | string, geometry: {type: "Point", coordinates: [number, number]}, properties: DoorFacts}} Door
 * @typedef {{walk?: number | null, number?: number, stop?: number, label?: string, door?: number, kind?: string, colour?: string, ring?: string}} DoorFacts
 * @typedef {{walk: number, at: [number, number], doors: number}} WalkMiddle
 * @typedef {[[number, number], [number, number]]} Box south-west, north-east
 */

/**
 * Each walk's middle: the door nearest to the mean, so that a number stands on its walk and not in the river.
 *
 * @param {readonly Door[]} doors
 * @returns {WalkMiddle[]} by number
 */
export function middles(doors) {
  /** @type {Map<number, [number, number][]>} */
  const points = new Map();
  for (const door of doors) {
    const walk = door.properties.walk;
    if (walk === undefined || walk === null) continue;
    const already = points.get(walk);
    if (already) already.push(door.geometry.coordinates);
    else points.set(walk, [door.geometry.coordinates]);
  }
  return [...points]
    .map(([walk, places]) => {
      const x = places.reduce((sum, place) => sum + place[0], 0) / places.length;
      const y = places.reduce((sum, place) => sum + place[1], 0) / places.length;
      let at = places[0];
      let least = Infinity;
      for (const place of places) {
        const far = (place[0] - x) ** 2 / 4 + (place[1] - y) ** 2;
        if (far < least) [at, least] = [place, far];
      }
      return { walk, at, doors: places.length };
    })
    .sort((a, b) => a.walk - b.walk);
}

/**
 * One door for each point: doors that have the same to say may come together, as a MultiPoint.
 *
 * @param {readonly any[]} features
 * @returns {Door[]}
 */
export function oneByOne(features) {
  return features.flatMap((feature) =>
    feature.geometry.type === "MultiPoint"
      ? feature.geometry.coordinates.map((/** @type {[number, number]} */ coordinates) => ({
          type: "Feature",
          geometry: { type: "Point", coordinates },
          properties: feature.properties,
        }))
      : [feature],
  );
}

/**
 * Doors of one place (flats of a house, a postcode) side by side round it, so that each is seen.
 *
 * @param {readonly Door[]} doors
 * @param {number} metres from one to the next, about
 * @returns {Door[]}
 */
export function spread(doors, metres = 3) {
  /** @type {Map<string, number>} */
  const taken = new Map();
  return doors.map((door) => {
    const [lon, lat] = door.geometry.coordinates;
    const place = `${lon} ${lat}`;
    const before = taken.get(place) ?? 0;
    taken.set(place, before + 1);
    if (before === 0) return door;
    const far = (metres * Math.sqrt(before)) / 111_195;
    const angle = before * 2.399963; // the golden angle: a disc that fills evenly
    const coordinates = /** @type {[number, number]} */ ([
      lon + (far * Math.cos(angle)) / Math.cos((lat * Math.PI) / 180),
      lat + far * Math.sin(angle),
    ]);
    return { ...door, geometry: { type: "Point", coordinates } };
  });
}

/**
 * The box round these points, or null when there are none.
 *
 * @param {readonly (readonly [number, number])[]} points
 * @returns {Box | null}
 */
export function boxRound(points) {
  if (points.length === 0) return null;
  /** @type {Box} */
  const box = [[Infinity, Infinity], [-Infinity, -Infinity]];
  for (const [lon, lat] of points) {
    box[0] = [Math.min(box[0][0], lon), Math.min(box[0][1], lat)];
    box[1] = [Math.max(box[1][0], lon), Math.max(box[1][1], lat)];
  }
  return box;
}

/**
 * The walk after this one in the list (before it, with step -1); round the end to the start.
 *
 * @param {readonly number[]} walks in the list's order
 * @param {number | null} current
 * @param {1 | -1} step
 * @returns {number | null}
 */
export function nextWalk(walks, current, step) {
  if (walks.length === 0) return null;
  const place = current === null ? -1 : walks.indexOf(current);
  if (place < 0) return step === 1 ? walks[0] : walks[walks.length - 1];
  return walks[(place + step + walks.length) % walks.length];
}

/**
 * Fill `{name}` in a sentence the server wrote in the page's language.
 *
 * @param {string} sentence
 * @param {Readonly<Record<string, string | number>>} values
 */
export function say(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
