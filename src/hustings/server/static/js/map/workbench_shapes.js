// @ts-check
/** Questions of the workbench's map, as plain values. */

/**
 * Which doors have a ring, as a filter of the map.
 *
 * @param {readonly number[]} doors
 */
export function chosenFilter(doors) {
  return ["in", ["get", "door"], ["literal", [...doors]]];
}

/**
 * What a tap on a door means: it chooses the door, it says where the chosen ones go, or it opens its walk.
 *
 * @param {number | null} shown the walk that is shown
 * @param {number} walk the door's
 * @param {number} chosen how many doors are chosen
 * @returns {"choose" | "there" | "open"}
 */
export function targetOf(shown, walk, chosen) {
  if (walk === shown) return "choose";
  return shown !== null && chosen > 0 ? "there" : "open";
}

/**
 * Whether a door that is let go moves: what its move does is shown, of the choice as it stands, and breaks no law.
 *
 * @param {string} asked the number of the choice as it stands; empty before any
 * @param {string | undefined} of the number of the choice whose figures are shown, if any are
 * @param {boolean} broken whether anything is said against it
 */
export function mayLetGo(asked, of, broken) {
  return asked !== "" && of === asked && !broken;
}

/**
 * Corners from lines of longitude and latitude; lines that are none are left out.
 *
 * @param {string} text
 * @returns {[number, number][]}
 */
export function cornersOf(text) {
  return text.split("\n").flatMap((line) => {
    const [lon, lat, ...more] = line.split(/[,;]/).map((part) => Number.parseFloat(part));
    return more.length === 0 && Number.isFinite(lon) && Number.isFinite(lat) ? [/** @type {[number, number]} */ ([lon, lat])] : [];
  });
}

/** @param {readonly (readonly [number, number])[]} corners */
export function cornersAsText(corners) {
  return corners.map(([lon, lat]) => `${lon.toFixed(6)}, ${lat.toFixed(6)}`).join("\n");
}
