// @ts-check
/**
 * Colours for walks: six that stay apart for colour-blind eyes, given so that neighbours differ.
 * A colour never stands alone: the walk's number stands on the map, and the list names it.
 */

/** @type {readonly string[]} */
export const WALK_COLOURS = ["#0b5394", "#8a3210", "#46a896", "#a468bd", "#c08f12", "#33383d"];

/** What a door's `kind` looks like where doors are coloured by what came of them. */
export const KIND_COLOURS = /** @type {Readonly<Record<string, string>>} */ ({
  "support-1": "#01665e",
  "support-2": "#5ab4ac",
  "support-3": "#e7dcc0",
  "support-4": "#d8b365",
  "support-5": "#8c510a",
  contact: "#0f6b4f",
  tried: "#5b5f97",
  todo: "#c6bca6",
});

export const NO_WALK = "#8b938f";

/**
 * A colour for each walk: the one least used among its nearest walks.
 *
 * @param {readonly {walk: number, at: [number, number]}[]} walks number and middle (lon, lat)
 * @param {number} near how many neighbours count
 * @returns {Map<number, string>}
 */
export function colourWalks(walks, near = 8) {
  /** @type {Map<number, string>} */
  const chosen = new Map();
  const sorted = [...walks].sort((a, b) => a.walk - b.walk);
  for (const [place, one] of sorted.entries()) {
    const neighbours = sorted
      .slice(0, place)
      .map((other) => ({ walk: other.walk, far: (other.at[0] - one.at[0]) ** 2 / 4 + (other.at[1] - one.at[1]) ** 2 }))
      .sort((a, b) => a.far - b.far)
      .slice(0, near);
    const cost = new Map(WALK_COLOURS.map((colour) => [colour, 0]));
    for (const [rank, { walk }] of neighbours.entries()) {
      const colour = chosen.get(walk) ?? "";
      cost.set(colour, (cost.get(colour) ?? 0) + 1 / (rank + 1) ** 2);
    }
    let best = WALK_COLOURS[place % WALK_COLOURS.length];
    for (const colour of WALK_COLOURS) {
      if ((cost.get(colour) ?? 0) < (cost.get(best) ?? 0)) best = colour;
    }
    chosen.set(one.walk, best);
  }
  return chosen;
}
