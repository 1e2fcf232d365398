// @ts-check
/**
 * What the list of the walk and its map have in common: the way between them, and the same actions.
 *
 * @import { Door, Standing, Walk } from "../types.d.ts"
 * @import { Side } from "../sides.js"
 * @import { Screen, Ui } from "./screen.js"
 */
import { h, icon } from "./draw.js";

/** @param {Ui} ui @param {Walk} walk @param {"list" | "map" | "order"} here */
export function views({ say }, walk, here) {
  return h("nav", { class: "views", "aria-label": say("views") }, [["list", "list", ""], ["map", "map", "/map"], ["order", "route", "/order"]].map(([name, picture, path]) =>
    h("a", { href: `#/walk/${walk.turf}${path}`, "data-key": `view-${name}`, "aria-current": name === here && "page" }, icon(picture), h("span", {}, say(`view_${name}`)))));
}

/** Which side of the street, in words; "" where nobody knows. @param {Ui} ui @param {Side | undefined} side */
export function sideWords({ say }, side) {
  if (!side) return "";
  return [side.hand && say(`hand_${side.hand}`), side.parity && say(`numbers_${side.parity}`)].filter(Boolean).join(" · ");
}

/** The numbers of a stop's doors in the walk, «5» or «5–16». @param {Walk} walk @param {readonly Door[]} doors */
export function stopNumber(walk, doors) {
  const first = walk.doors.indexOf(doors[0]) + 1;
  return doors.length > 1 ? `${first}–${first + doors.length - 1}` : String(first);
}

/** @param {readonly Door[]} doors */
export const stopName = (doors) => (doors.length > 1 ? doors[0].building_name || doors[0].house : doors[0].address);

/** @param {Walk} walk @param {readonly Door[]} doors */
export const stopAddress = (walk, doors) => (doors.length > 1 ? `#/walk/${walk.turf}/building/${doors[0].building}` : `#/walk/${walk.turf}/door/${doors[0].id}`);

/**
 * One word for all doors of a stop: what is still to do stands before what was done.
 *
 * @param {readonly Door[]} doors @param {Map<number, Standing>} standings @returns {Standing["state"]}
 */
export function stateOf(doors, standings) {
  const states = doors.map((door) => standings.get(door.id)?.state ?? "left");
  return (/** @type {const} */ (["left", "back", "out"])).find((state) => states.includes(state)) ?? "done";
}

/**
 * "No answer" at one door, from outside of it.
 *
 * @param {Screen} screen @param {Walk} walk @param {Door} door @param {(tap: { door: Door, tap: string } | null) => void} kept
 */
export function nobodyButton(screen, walk, door, kept) {
  const { app, say } = screen.ui;
  return h("button", { class: "btn", type: "button", "data-key": "nobody", "aria-label": say("no_answer_at", { address: door.address }), click: async () => {
    if (!(await screen.keep(() => app.nobodyIn(walk, [door], { kind: "no_answer", answer: say("no_answer") })))) return;
    const tap = app.standingOf(walk, door).mine.at(-1)?.tap;
    kept(tap ? { door, tap } : null);
    screen.again();
  } }, say("no_answer"));
}

/**
 * What was just recorded from outside of a door, and the way back from it.
 *
 * @param {Screen} screen @param {Walk} walk @param {{ door: Door, tap: string } | null} kept @param {() => void} over
 */
export function keptLine(screen, walk, kept, over) {
  const { app, say } = screen.ui;
  const counts = kept && app.standingOf(walk, kept.door).mine.some(({ tap }) => tap === kept.tap);
  return h("div", { class: "kept-line", role: "status" }, counts && [
    h("span", {}, icon("check"), say("kept_no_answer", { address: kept.door.address })),
    h("button", { class: "btn btn-link", type: "button", "data-key": "undo-kept", click: async () => {
      if (await screen.keep(() => app.takeBack(walk, [kept.door], kept.tap, say("undone")))) over();
      screen.again();
    } }, icon("undo-2"), say("undo_it"))]);
}
