// @ts-check
/**
 * A building's floors and doors; "no answer" for a whole floor in one tap, and that tap taken back.
 *
 * Of a tower the floor where we are stands first and the others are folded, drawn when they are opened; a unit is
 * found by what stands on its door.
 *
 * @import { Door, Standing, Walk } from "../types.d.ts"
 * @import { Child } from "./draw.js"
 */
import { A_TOWER, unitsLike } from "../units.js";
import { floors } from "../walk.js";
import { h, icon, nodesOf } from "./draw.js";
import { notesOf, onward, walkGone } from "./parts.js";
import { Screen } from "./screen.js";

export class BuildingFloors extends Screen {
  /** The floor that stands first. @type {number | null} */
  #here = null;
  /** Floors that were unfolded. @type {Set<number>} */
  #open = new Set();
  #typed = "";

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
        doors.length > A_TOWER ? this.#tower(walk, doors, standings) : floors(doors).map(([floor, onFloor]) => this.#floor(walk, floor, onFloor, standings)),
      ],
      [onward(this.ui, walk, this.nextOf(walk, null, standings))],
    ];
  }

  /** @param {Walk} walk @param {Door[]} doors @param {Map<number, Standing>} standings @returns {Child[]} */
  #tower(walk, doors, standings) {
    const { say } = this.ui;
    const all = floors(doors);
    /** @param {Door[]} onFloor */
    const left = (onFloor) => onFloor.filter((door) => standings.get(door.id)?.state === "left").length;
    this.#here ??= (all.find(([, onFloor]) => left(onFloor)) ?? all[0])[0];
    const place = all.findIndex(([floor]) => floor === this.#here);
    const [floor, onFloor] = all[Math.max(0, place)];
    const onward = [...all.slice(place + 1), ...all.slice(0, Math.max(0, place))].find(([, others]) => left(others));
    const found = h("div", { "aria-live": "polite" });
    /** @param {string} typed */
    const look = (typed) => {
      this.#typed = typed;
      const like = unitsLike(doors, typed);
      const units = like.map((door) => this.#unit(walk, door, standings));
      found.replaceChildren(...nodesOf([like.length > 0 && h("div", { class: "units" }, units), typed.trim() !== "" && like.length === 0 && h("p", {}, say("find_unit_none"))]));
    };
    look(this.#typed);
    return [
      h("div", { class: "field" },
        h("label", { for: "find-unit" }, say("find_unit")),
        h("input", { id: "find-unit", type: "search", "data-key": "find-unit", value: this.#typed, autocomplete: "off", input: (event) => look(/** @type {HTMLInputElement} */ (event.target).value) })),
      found,
      this.#floor(walk, floor, onFloor, standings),
      left(onFloor) === 0 && onward && h("p", {}, h("button", { class: "btn btn-block", type: "button", "data-key": "next-floor", click: () => this.#go(onward[0]) }, say("next_floor", { floor: this.#name(onward[0]) }))),
      h("h2", {}, say("all_floors")),
      all.map(([nth, others]) => h("details", { class: "card floor-fold", open: this.#open.has(nth) },
        h("summary", { "data-key": `fold-${nth}`, click: (event) => this.#fold(event, nth) }, h("strong", {}, this.#name(nth)), h("span", { class: "muted" }, say("done_short", { done: others.length - left(others), n: others.length }))),
        this.#open.has(nth) && this.#inside(walk, nth, others, standings))),
    ];
  }

  /** @param {number} floor */
  #go(floor) {
    this.#here = floor;
    this.again();
  }

  /** @param {Event} event @param {number} floor */
  #fold(event, floor) {
    event.preventDefault();
    if (!this.#open.delete(floor)) this.#open.add(floor);
    this.again();
  }

  /** @param {number} floor */
  #name(floor) {
    return floor === 0 ? this.ui.say("ground_floor") : this.ui.say("floor_n", { n: floor });
  }

  /** @param {Walk} walk @param {number} floor @param {Door[]} doors @param {Map<number, Standing>} standings */
  #floor(walk, floor, doors, standings) {
    return h("section", { class: "card" }, h("h2", {}, this.#name(floor)), this.#inside(walk, floor, doors, standings));
  }

  /** @param {Walk} walk @param {number} floor @param {Door[]} doors @param {Map<number, Standing>} standings @returns {Child[]} */
  #inside(walk, floor, doors, standings) {
    const { app, say } = this.ui;
    const left = doors.filter((door) => standings.get(door.id)?.state === "left");
    const tap = this.#tapOf(doors, standings);
    return [
      h("div", { class: "units" }, doors.map((door) => this.#unit(walk, door, standings))),
      left.length > 0 && h("button", { class: "btn btn-block", type: "button", "data-key": `floor-${floor}`, click: () => this.keep(() => app.nobodyIn(walk, left, { kind: "no_answer", answer: say("no_answer") })) }, say("no_answer_n", { n: left.length })),
      tap && h("button", { class: "btn btn-link btn-block", type: "button", "data-key": `undo-${floor}`, click: () => this.keep(() => app.takeBack(walk, doors, tap.tap, say("undone"))) }, icon("undo-2"), say("undo_floor", { n: tap.doors })),
    ];
  }

  /** @param {Walk} walk @param {Door} door @param {Map<number, Standing>} standings */
  #unit(walk, door, standings) {
    const { say } = this.ui;
    const state = standings.get(door.id)?.state ?? "left";
    const word = state === "left" ? h("span", { class: "visually-hidden" }, say("left")) : h("span", { class: "unit-word" }, say(state === "back" ? "come_back" : state === "out" ? "no_answer" : "done"));
    return h("a", { class: `unit is-${state}`, href: `#/walk/${walk.turf}/door/${door.id}`, "data-key": `unit-${door.id}` }, h("bdi", {}, door.label), " ", word);
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
