// @ts-check
/**
 * The walk: its doors in walking order, done and left; no names.
 *
 * @import { Door } from "../types.d.ts"
 */
import { isNothing } from "../draft.js";
import { sidesOf } from "../sides.js";
import { begin, canBegin, whoWereOut } from "../second_knock.js";
import { stops } from "../walk.js";
import { h, icon, note } from "./draw.js";
import { isDelivery, onward, stateTag, walkGone } from "./parts.js";
import { powerSwitch } from "./power-parts.js";
import { putQuestions } from "./put-questions.js";
import { Screen } from "./screen.js";
import { keptLine, nobodyButton, sideWords, stopAddress, stopName, stopNumber, views } from "./walk-parts.js";

export class WalkDoors extends Screen {
  /** What was recorded from here last. @type {{ door: Door, tap: string } | null} */
  #kept = null;

  /** @returns {ReturnType<Screen["draw"]>} */
  draw() {
    const { app, say } = this.ui;
    const walk = this.walk;
    if (!walk) return [walkGone(this.ui)];
    const standings = app.standingsOf(walk);
    const next = this.nextOf(walk, null, standings);
    const sides = sidesOf(walk.doors, app.beside.landOf(walk.turf));
    /** @param {Door} door */
    const state = (door) => standings.get(door.id)?.state ?? "left";
    return [
      [
        h("h1", {}, say("my_walk")),
        h("p", { class: "sub" }, say("walk_long", { n: Math.round(walk.minutes), metres: Math.round(walk.metres) })),
        putQuestions(this),
        views(this.ui, walk, "list"),
        !app.beside.isPlanned(walk) && h("p", { class: "own-order" }, icon("route"), h("a", { href: `#/walk/${walk.turf}/order` }, say("own_order"))),
        walk.doors.length > 1 && !isDelivery(walk) && !this.ui.boards.isUsed(walk.turf) && h("p", {}, h("a", { class: "btn btn-link", href: `#/walk/${walk.turf}/board`, "data-key": "board" }, icon("users"), say("board_open"))),
        this.ui.checkIns.of(walk.turf).offer && h("p", {}, h("a", { class: "btn btn-link", href: `#/walk/${walk.turf}/safety`, "data-key": "safety" }, icon("shield-check"), say("safety_open"))),
        walk.doors.length === 0 && note("plain", "footprints", say("no_doors")),
        h("ol", { class: "list" }, stops(walk.doors).map((doors) => {
          const [door] = doors;
          const isNext = next !== null && doors.includes(next);
          const side = sideWords(this.ui, sides.get(door.id));
          const done = doors.filter((one) => ["done", "out"].includes(state(one))).length;
          return h("li", {}, h("a", { class: "list-row", href: stopAddress(walk, doors), "data-key": doors.length > 1 ? `building-${door.building}` : `door-${door.id}`, "aria-current": isNext && "true" },
            h("span", { class: "walk-number", "aria-hidden": "true" }, stopNumber(walk, doors)),
            h("span", { class: "grow" },
              h("strong", {}, h("bdi", {}, stopName(doors))),
              doors.length > 1 && h("span", { class: "muted" }, say("done_of", { done, n: doors.length })),
              side && h("span", { class: "muted" }, side)),
            isNext && h("span", { class: "tag tag-signal" }, icon("footprints"), say("next_tag")),
            doors.length > 1 ? !isNext && icon("chevron-right", "turns")
              : !isNothing(app.draftOf(walk.turf, door.id)) ? h("span", { class: "tag tag-warn" }, say("unfinished"))
              : !isNext && stateTag(this.ui, state(door), isDelivery(walk) ? (standings.get(door.id)?.mine.at(-1)?.kind ?? "delivered") : "")));
        })),
        keptLine(this, walk, this.#kept, () => (this.#kept = null)),
        canBegin(walk, standings, app.entriesOf(walk.turf)) && h("button", { class: "btn btn-block", type: "button", "data-key": "knock-again", click: () => {
          begin(walk.turf, app.world.now());
          this.again();
        } }, icon("footprints"), say("knock_again_n", { n: whoWereOut(walk, standings).length })),
        powerSwitch(this.ui),
      ],
      [
        next && !isDelivery(walk) && nobodyButton(this, walk, next, (kept) => (this.#kept = kept)),
        onward(this.ui, walk, next),
      ],
    ];
  }
}
customElements.define("walk-doors", WalkDoors);
