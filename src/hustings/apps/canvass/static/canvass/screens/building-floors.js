// @ts-check
/**
 * A building's floors and doors; "no answer" for a whole floor in one tap, and that tap taken back.
 *
 * @import { Door, Standing, Walk } from "../types.d.ts"
 */
import { floors } from "../walk.js";
import { h, icon } from "./draw.js";
import { notesOf, onward, walkGone } from "./parts.js";
import { Screen } from "./screen.js";

export class BuildingFloors extends Screen {
  /** @returns {ReturnType<Screen["draw"]>} */
  draw() {
    const { app, say } = this.ui;
    const walk = this.walk;
    const doors = walk?.doors.filter((door) => door.building === this.place.id) ?? [];
    if (!walk || !doors.length) return [walkGone(this.ui)];
    const standings = app.standingsOf(walk);
    /** @param {Door} door */
    const state = (door) => standings.get(door.id)?.state ?? "left";
    const done = doors.filter((door) => ["done", "out"].includes(state(door))).length;
    return [
      [
        h("h1", {}, h("bdi", {}, doors[0].building_name || doors[0].house)),
        h("p", { class: "sub" }, say("done_of", { done, n: doors.length })),
        notesOf(doors[0]),
        floors(doors).map(([floor, onFloor]) => this.#floor(walk, floor, onFloor, standings)),
      ],
      [onward(this.ui, walk, this.nextOf(walk, null, standings))],
    ];
  }

  /** @param {Walk} walk @param {number} floor @param {Door[]} doors @param {Map<number, Standing>} standings */
  #floor(walk, floor, doors, standings) {
    const { app, say } = this.ui;
    const left = doors.filter((door) => standings.get(door.id)?.state === "left");
    const tap = this.#tapOf(doors, standings);
    return h("section", { class: "card" },
      h("h2", {}, floor === 0 ? say("ground_floor") : say("floor_n", { n: floor })),
      h("div", { class: "units" }, doors.map((door) => {
        const state = standings.get(door.id)?.state ?? "left";
        const word = state === "left" ? h("span", { class: "visually-hidden" }, say("left")) : h("span", { class: "unit-word" }, say(state === "back" ? "come_back" : state === "out" ? "no_answer" : "done"));
        return h("a", { class: `unit is-${state}`, href: `#/walk/${walk.turf}/door/${door.id}`, "data-key": `unit-${door.id}` }, h("bdi", {}, door.label), " ", word);
      })),
      left.length > 0 && h("button", { class: "btn btn-block", type: "button", "data-key": `floor-${floor}`, click: () => this.keep(() => app.nobodyIn(walk, left, { kind: "no_answer", answer: say("no_answer") })) }, say("no_answer_n", { n: left.length })),
      tap && h("button", { class: "btn btn-link btn-block", type: "button", "data-key": `undo-${floor}`, click: () => this.keep(() => app.takeBack(walk, doors, tap.tap, say("undone"))) }, icon("undo-2"), say("undo_floor", { n: tap.doors })));
  }

  /** The newest tap that was for several doors of this floor and still counts. @param {Door[]} doors @param {Map<number, Standing>} standings */
  #tapOf(doors, standings) {
    /** @type {Map<string, number>} */
    const taps = new Map();
    for (const door of doors)
      for (const one of standings.get(door.id)?.mine ?? []) if (one.kind === "no_answer") taps.set(one.tap, (taps.get(one.tap) ?? 0) + 1);
    const [found] = [...taps].filter(([, count]) => count > 1).sort().reverse();
    return found ? { tap: found[0], doors: found[1] } : null;
  }
}
customElements.define("building-floors", BuildingFloors);
