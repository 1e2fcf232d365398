// @ts-check
/**
 * Colours for walks: six that stay apart for colour-blind eyes, given so that neighbours differ.
 * A colour never stands alone: the walk's number stands on the map, and the list names it.
 */

/** @type {readonly string[]} */
export const WALK_COLOURS = ["#0b5394", "#8a3210", "#46a896", "#a468bd", "#c08f12", "#33383d"];

/**
 * What a door's `kind` looks like where doors are coloured by what came of them: the ring and the disc.
 * Heard something: a dark ring round a colour. Nothing heard yet: a coloured ring round paper, or paper alone.
 *
 * @type {Readonly<Record<string, {colour: string, ring: string}>>}
 */
export const KIND_LOOKS = {
  "support-1": { colour: "#01665e", ring: "#1b2422" },
  "support-2": { colour: "#5ab4ac", ring: "#1b2422" },
  "support-3": { colour: "#e7dcc0", ring: "#1b2422" },
  "support-4": { colour: "#d8b365", ring: "#1b2422" },
  "support-5": { colour: "#8c510a", ring: "#1b2422" },
  ...Object.fromEntries(WALK_COLOURS.map((colour, place) => [`party-${place + 1}`, { colour, ring: "#1b2422" }])),
  answer: { colour: "#8b938f", ring: "#1b2422" },
  contact: { colour: "#a9aee0", ring: "#50548c" },
  tried: { colour: "#fffdf8", ring: "#50548c" },
  todo: { colour: "#fffdf8", ring: "#8f8570" },
  "walk-none": { colour: "#fffdf8", ring: "#8f8570" },
  "walk-begun": { colour: "#f6cf8f", ring: "#8a5a00" },
  "walk-most": { colour: "#d98a1f", ring: "#7a4a00" },
  "walk-all": { colour: "#6b3a04", ring: "#1b2422" },
};

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
    const neighbours = nearest(sorted, place, near);
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

/**
 * Of those before this place the nearest, in order.
 *
 * @param {readonly {walk: number, at: [number, number]}[]} walks
 * @param {number} place
 * @param {number} near how many
 */
function nearest(walks, place, near) {
  const one = walks[place];
  /** @type {{walk: number, far: number}[]} */
  const found = [];
  for (let before = 0; before < place; before++) {
    const { walk, at } = walks[before];
    const far = (at[0] - one.at[0]) ** 2 / 4 + (at[1] - one.at[1]) ** 2;
    if (found.length === near && far >= found[near - 1].far) continue;
    let rank = found.length;
    while (rank > 0 && found[rank - 1].far > far) rank--;
    found.splice(rank, 0, { walk, far });
    if (found.length > near) found.pop();
  }
  return found;
}
