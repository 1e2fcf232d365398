// @ts-check
/**
 * One door of a leaflet or poster round: three big buttons, and nobody's name. A tap is kept and goes on to the next.
 *
 * @import { Door, Kind, Standing, Walk } from "../types.d.ts"
 */
import { h, icon } from "./draw.js";
import { notesOf, onward, stateTag, walkGone } from "./parts.js";
import { Screen } from "./screen.js";

/** @type {["delivered", "part", "not_delivered"]} */
const KINDS = ["delivered", "part", "not_delivered"];
const PICTURES = { delivered: "check", part: "layers", not_delivered: "ban" };

export class DeliveryCard extends Screen {
  /** @returns {ReturnType<Screen["draw"]>} */
  draw() {
    const { app, say } = this.ui;
    const walk = this.walk;
    const door = walk?.doors.find((one) => one.id === this.place.id);
    if (!walk || !door) return [walkGone(this.ui)];
    const standings = app.standingsOf(walk);
    const standing = app.standingOf(walk, door);
    const next = this.nextOf(walk, door.id, standings);
    const street = walk.doors.filter((one) => one.street === door.street && standings.get(one.id)?.state === "left");
    const facts = [door.floor ? say("floor", { n: door.floor }) : "", next ? say("next_is", { address: next.address }) : say("last_one")].filter(Boolean).join(" · ");
    return [
      [
        h("h1", {}, h("bdi", {}, door.address)),
        h("p", { class: "sub" }, facts, door.building !== null && [" · ", h("a", { href: `#/walk/${walk.turf}/building/${door.building}` }, say("whole_building"))]),
        notesOf(door),
        standing.state !== "left" && h("p", {}, stateTag(this.ui, standing.state, standing.mine.at(-1)?.kind ?? "delivered")),
        buttons(this, say("what_came_of", { address: door.address }), standing.mine.at(-1)?.kind ?? "", async (kind) => {
          if (await this.keep(() => app.nobodyIn(walk, [door], { kind, answer: say(kind) }))) this.ui.go(next ? `/walk/${walk.turf}/door/${next.id}` : `/walk/${walk.turf}`);
        }),
        street.length > 1 && h("button", { class: "btn btn-block", type: "button", "data-key": "street", click: () => this.keep(() => app.nobodyIn(walk, street, { kind: "delivered", answer: say("delivered") })) }, icon("check"), say("whole_street_n", { street: door.street, n: street.length })),
        undoOf(this, walk),
      ],
      [onward(this.ui, walk, next, say("next_door"))],
    ];
  }
}
customElements.define("delivery-card", DeliveryCard);

/** All doors of a building at once, or one of them. */
export class DeliveryBuilding extends Screen {
  /** @returns {ReturnType<Screen["draw"]>} */
  draw() {
    const { app, say } = this.ui;
    const walk = this.walk;
    const doors = walk?.doors.filter((door) => door.building === this.place.id) ?? [];
    if (!walk || !doors.length) return [walkGone(this.ui)];
    const standings = app.standingsOf(walk);
    const left = doors.filter((door) => standings.get(door.id)?.state === "left");
    return [
      [
        h("h1", {}, h("bdi", {}, doors[0].building_name || doors[0].house)),
        h("p", { class: "sub" }, say("done_of", { done: doors.length - left.length, n: doors.length })),
        notesOf(doors[0]),
        left.length > 0 && h("section", { class: "card" }, h("h2", {}, say("all_left_n", { n: left.length })),
          buttons(this, say("all_left_n", { n: left.length }), "", (kind) => this.keep(() => app.nobodyIn(walk, left, { kind, answer: say(kind) })))),
        undoOf(this, walk),
        h("section", { class: "card" }, h("h2", {}, say("one_by_one")), h("div", { class: "units" }, doors.map((door) => {
          const { state } = app.standingOf(walk, door);
          return h("a", { class: `unit is-${state}`, href: `#/walk/${walk.turf}/door/${door.id}`, "data-key": `unit-${door.id}` }, h("bdi", {}, door.label), " ", h("span", { class: state === "left" ? "visually-hidden" : "unit-word" }, say(state === "left" ? "left" : state === "out" ? "not_delivered" : "done")));
        }))),
      ],
      [onward(this.ui, walk, this.nextOf(walk, null, standings))],
    ];
  }
}
customElements.define("delivery-building", DeliveryBuilding);

/** @param {Screen} screen @param {string} label @param {string} pressed @param {(kind: "delivered" | "part" | "not_delivered") => unknown} tapped */
function buttons(screen, label, pressed, tapped) {
  const { say } = screen.ui;
  return h("div", { class: "deliveries", role: "group", "aria-label": label }, KINDS.map((kind) =>
    h("button", { class: `btn delivery is-${kind}`, type: "button", "data-key": kind, "aria-pressed": pressed === kind ? "true" : "false", click: () => tapped(kind) }, icon(PICTURES[kind]), say(kind))));
}

/** The newest tap of this phone on this walk, taken back at every door that it was for. @param {Screen} screen @param {Walk} walk */
function undoOf(screen, walk) {
  const { app, say } = screen.ui;
  const standings = app.standingsOf(walk);
  const taps = walk.doors.flatMap((door) => (standings.get(door.id)?.mine ?? []).map((one) => ({ door, tap: one.tap, kind: one.kind })));
  const newest = taps.reduce((last, one) => (one.tap > last ? one.tap : last), "");
  const touched = taps.filter((one) => one.tap === newest);
  if (!touched.length) return null;
  const what = touched.length > 1 ? say("doors_n", { n: touched.length }) : touched[0].door.address;
  return h("p", { class: "door-foot" }, h("button", { class: "btn btn-link", type: "button", "data-key": "undo", click: () => screen.keep(() => app.takeBack(walk, touched.map((one) => one.door), newest, say("undone"))) }, icon("undo-2"), say("undo_delivery", { what: say(touched[0].kind), where: what })));
}
