// @ts-check
/**
 * Another order of the walk, for whoever carries this phone: where to begin, which way round, which side
 * first, one stop earlier or later. It stays on this phone, and the plan is one tap away.
 *
 * @import { Door, Walk } from "../types.d.ts"
 */
import { metresBetween } from "../ground.js";
import { move, sideFirst, startFrom, turnAround } from "../order.js";
import { parityOf, sidesOf } from "../sides.js";
import { stops } from "../walk.js";
import { h, icon, note } from "./draw.js";
import { walkGone } from "./parts.js";
import { Screen } from "./screen.js";
import { sideWords, stopName, stopNumber, views } from "./walk-parts.js";

export class WalkOrder extends Screen {
  /** Any door of the stop whose buttons are shown. */
  #chosen = 0;

  /** @returns {ReturnType<Screen["draw"]>} */
  draw() {
    const { app, say } = this.ui;
    const walk = this.walk;
    if (!walk) return [walkGone(this.ui)];
    const all = stops(walk.doors);
    const planned = app.beside.isPlanned(walk);
    const sides = sidesOf(walk.doors, app.beside.landOf(walk.turf));
    const standings = app.standingsOf(walk);
    const next = this.nextOf(walk, null, standings);
    return [
      [
        h("h1", {}, say("order")),
        h("p", { class: "sub" }, say("order_why")),
        views(this.ui, walk, "order"),
        all.length > 1 && h("div", { class: "row-of order-all" },
          h("button", { class: "btn", type: "button", "data-key": "turn", click: () => this.#set(walk, turnAround(walk.doors)) }, icon("rotate-ccw"), say("turn_around")),
          !planned && h("button", { class: "btn", type: "button", "data-key": "planned", click: () => this.#set(walk, null) }, icon("undo-2"), say("as_planned"))),
        h("div", { role: "status" }, note("plain", planned ? "circle-check" : "route", next ? say(planned ? "order_planned" : "order_begins", { address: stopName(all.find((doors) => doors.includes(next)) ?? [next]) }) : say("all_tried"))),
        h("ol", { class: "list" }, all.map((doors, nth) => {
          const open = doors.some(({ id }) => id === this.#chosen);
          const side = sideWords(this.ui, sides.get(doors[0].id));
          return h("li", {},
            h("button", { class: "list-row", type: "button", "data-key": `stop-${doors[0].id}`, "aria-expanded": open ? "true" : "false", click: () => { this.#chosen = open ? 0 : doors[0].id; this.again(); } },
              h("span", { class: "walk-number", "aria-hidden": "true" }, stopNumber(walk, doors)),
              h("span", { class: "grow" }, h("strong", {}, h("bdi", {}, stopName(doors))), side && h("span", { class: "muted" }, side)),
              icon("chevron-down")),
            open && this.#buttons(walk, doors[0], nth, all.length, sides));
        })),
      ],
      [h("a", { class: "btn btn-primary", href: `#/walk/${walk.turf}`, "data-key": "onward" }, say("order_ready"))],
    ];
  }

  /** @param {Walk} walk @param {Door} door @param {number} nth @param {number} many @param {ReturnType<typeof sidesOf>} sides */
  #buttons(walk, door, nth, many, sides) {
    const { say } = this.ui;
    /** @param {string} key @param {string} picture @param {() => Door[]} order @param {boolean} [idle] @param {string} [more] */
    const button = (key, picture, order, idle = false, more = "") =>
      h("button", { class: "btn", type: "button", "data-key": key, disabled: idle, click: () => this.#set(walk, order()) }, icon(picture, more), say(key));
    const land = this.ui.app.beside.landOf(walk.turf);
    /** @param {Door} one @param {Door} other */
    const far = (one, other) => {
      const [a, b] = [one, other].map(({ id }) => land?.doors.get(id));
      return a && b ? metresBetween(a, b) : Math.abs(Number.parseInt(one.number) - Number.parseInt(other.number)) || 0;
    };
    /** @param {Door} one */
    const sideOf = (one) => sides.get(one.id)?.side || parityOf(one.number);
    return h("div", { class: "order-one" },
      button("start_here", "flag", () => startFrom(walk.doors, door.id), nth === 0),
      button("side_first", "hand", () => sideFirst(walk.doors, door.id, sideOf, far), !sideOf(door)),
      button("earlier", "chevron-down", () => move(walk.doors, door.id, -1), nth === 0, "upside-down"),
      button("later", "chevron-down", () => move(walk.doors, door.id, 1), nth === many - 1));
  }

  /** @param {Walk} walk @param {Door[] | null} doors */
  #set(walk, doors) {
    return this.keep(() => this.ui.app.reorder(walk, doors));
  }
}
customElements.define("walk-order", WalkOrder);
