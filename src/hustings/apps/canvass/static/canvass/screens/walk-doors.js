// @ts-check
/** The walk: its doors in walking order, done and left; no names. */
import { stops } from "../walk.js";
import { h, icon, note } from "./draw.js";
import { isDelivery, onward, stateTag, walkGone } from "./parts.js";
import { Screen } from "./screen.js";

export class WalkDoors extends Screen {
  /** @returns {ReturnType<Screen["draw"]>} */
  draw() {
    const { app, say } = this.ui;
    const walk = this.walk;
    if (!walk) return [walkGone(this.ui)];
    const standings = app.standingsOf(walk);
    const next = this.nextOf(walk, null, standings);
    /** @param {import("../types.d.ts").Door} door */
    const state = (door) => standings.get(door.id)?.state ?? "left";
    return [
      [
        h("h1", {}, say("my_walk")),
        h("p", { class: "sub" }, say("walk_long", { n: Math.round(walk.minutes), metres: Math.round(walk.metres) })),
        walk.doors.length === 0 && note("plain", "footprints", say("no_doors")),
        h("ol", { class: "list" }, stops(walk.doors).map((doors) => {
          const [door] = doors;
          if (doors.length === 1)
            return h("li", {}, h("a", { class: "list-row", href: `#/walk/${walk.turf}/door/${door.id}`, "data-key": `door-${door.id}`, "aria-current": door.id === next?.id && "true" },
              h("span", { class: "grow" }, h("strong", {}, h("bdi", {}, door.address))), stateTag(this.ui, state(door), isDelivery(walk) ? (standings.get(door.id)?.mine.at(-1)?.kind ?? "delivered") : "")));
          const done = doors.filter((one) => ["done", "out"].includes(state(one))).length;
          return h("li", {}, h("a", { class: "list-row", href: `#/walk/${walk.turf}/building/${door.building}`, "data-key": `building-${door.building}`, "aria-current": doors.some((one) => one.id === next?.id) && "true" },
            icon("building-2"), h("span", { class: "grow" }, h("strong", {}, h("bdi", {}, door.building_name || door.house)), h("span", { class: "muted" }, say("done_of", { done, n: doors.length }))),
            icon("chevron-right", "turns")));
        })),
      ],
      [onward(this.ui, walk, next)],
    ];
  }
}
customElements.define("walk-doors", WalkDoors);
