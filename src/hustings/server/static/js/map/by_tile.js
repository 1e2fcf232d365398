// @ts-check
/**
 * Doors of a large cut by square of the map, fetched for what is shown and kept while there is room.
 *
 * @typedef {import("./shapes.js").Door} Door
 * @typedef {import("./shapes.js").Box} Box
 * @typedef {import("./shapes.js").WalkMiddle} WalkMiddle
 * @typedef {{zoom: number, column: number, row: number}} Tile
 * @typedef {[walk: number, stop: number, lon: number, lat: number, label: string, door: number]} Row
 * @typedef {{more: boolean, doors: Row[]}} Answer
 */

export const LEAST_ZOOM = 10;
export const MOST_ZOOM = 20;
const TILES_KEPT = 120;
const ROUND = 0.25;

/** @param {number} lat @param {number} side */
function rowOf(lat, side) {
  return ((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * side;
}

/**
 * The squares that cover a box, at the zoom of the map (its squares are 512 pixels wide: a window has a dozen).
 *
 * @param {Box} box
 * @param {number} zoom
 * @returns {Tile[]}
 */
export function tilesIn([[west, south], [east, north]], zoom) {
  const level = Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, Math.floor(zoom)));
  const side = 2 ** level;
  /** @param {number} at */
  const within = (at) => Math.min(side - 1, Math.max(0, Math.floor(at)));
  const tiles = [];
  for (let column = within(((west + 180) / 360) * side); column <= within(((east + 180) / 360) * side); column++)
    for (let row = within(rowOf(north, side)); row <= within(rowOf(south, side)); row++)
      tiles.push({ zoom: level, column, row });
  return tiles;
}

/** The four squares below one. @param {Tile} tile @returns {Tile[]} */
export function below({ zoom, column, row }) {
  return [0, 1].flatMap((x) => [0, 1].map((y) => ({ zoom: zoom + 1, column: 2 * column + x, row: 2 * row + y })));
}

/**
 * About how many doors a box shows: those of walks whose middle lies in it or a little beside it.
 *
 * @param {readonly WalkMiddle[]} walks
 * @param {Box} box
 */
export function doorsAbout(walks, [[west, south], [east, north]]) {
  const wide = ROUND * (east - west);
  const high = ROUND * (north - south);
  let doors = 0;
  for (const { at, doors: here } of walks)
    if (at[0] >= west - wide && at[0] <= east + wide && at[1] >= south - high && at[1] <= north + high) doors += here;
  return doors;
}

/** @param {Row} row @returns {Door} */
function doorOf([walk, stop, lon, lat, label, door]) {
  return { type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] }, properties: { walk, stop, label, door } };
}

export class DoorsByTile {
  /** @type {Map<string, Promise<Door[]>>} */ #kept = new Map();
  /** @type {(tile: Tile) => Promise<Answer>} */ #ask;

  /** @param {(tile: Tile) => Promise<Answer>} ask */
  constructor(ask) {
    this.#ask = ask;
  }

  /**
   * The doors of these squares.
   *
   * @param {readonly Tile[]} tiles
   * @returns {Promise<Door[]>}
   */
  async in(tiles) {
    return (await Promise.all(tiles.map((tile) => this.#of(tile)))).flat();
  }

  /** @param {Tile} tile @returns {Promise<Door[]>} */
  #of(tile) {
    const key = `${tile.zoom}/${tile.column}/${tile.row}`;
    const found = this.#kept.get(key) ?? this.#fetched(tile);
    this.#kept.delete(key);
    this.#kept.set(key, found);
    found.catch(() => this.#kept.delete(key)); // asked again when it is shown again
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= TILES_KEPT) break;
      this.#kept.delete(oldest);
    }
    return found;
  }

  /** @param {Tile} tile @returns {Promise<Door[]>} */
  async #fetched(tile) {
    const answer = await this.#ask(tile);
    return answer.more && tile.zoom < MOST_ZOOM ? this.in(below(tile)) : answer.doors.map(doorOf);
  }
}
