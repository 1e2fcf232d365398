// @ts-check
/**
 * The walk on its ground, from what lies on the phone: the way, the stops with their numbers and what came
 * of them, and the same actions as in the list.
 *
 * The picture stays while the rest is drawn anew, so that a finger on it is not interrupted.
 *
 * @import { Door, Standing, Walk } from "../types.d.ts"
 * @import { Land, Point } from "../ground.js"
 * @import { WalkGround } from "../map/walk-ground.js"
 */
import { metresBetween, stopPlaces } from "../ground.js";
import { whereAmI } from "../here.js";
import { sidesOf } from "../sides.js";
import { stops } from "../walk.js";
import { h, icon, note, redraw } from "./draw.js";
import { onward, stateTag, walkGone } from "./parts.js";
import { Screen } from "./screen.js";
import { keptLine, nobodyButton, sideWords, stateOf, stopAddress, stopName, stopNumber, views } from "./walk-parts.js";

export class WalkMap extends Screen {
  /** @type {WalkGround | null} */
  #ground = null;
  /** Any door of the stop that was tapped; 0: the next one. */
  #chosen = 0;
  /** @type {{ door: Door, tap: string } | null} */
  #kept = null;
  /** Where the phone is, as long as this screen is open. @type {Point | null} */
  #here = null;
  #hereSaid = "";
  #head = h("div", {});
  #frame = h("div", { class: "ground-frame" }, h("span", { class: "skeleton wide" }));
  #below = h("div", {});
  #foot = h("div", { class: "phone-actions" });

  connectedCallback() {
    this.append(h("div", { class: "phone-page" }, this.#head, this.#frame, this.#below), this.#foot);
    super.connectedCallback();
    void this.#load();
  }

  async #load() {
    try {
      const { WalkGround } = await import("../map/walk-ground.js");
      this.#ground = new WalkGround();
      this.#ground.addEventListener("stop-tapped", (event) => this.#choose(/** @type {CustomEvent} */ (event).detail));
    } catch (error) {
      this.trouble = this.ui.say("map_failed", { why: error instanceof Error ? error.message : String(error) });
    }
    this.again();
    if (this.#ground) this.#begin();
  }

  /** The whole walk where its stops can be told apart; else the next one and what is near it. */
  #begin() {
    const walk = this.walk;
    const next = walk && this.nextOf(walk, null, this.ui.app.standingsOf(walk));
    const all = stops(walk?.doors ?? []);
    const nth = next ? all.findIndex((doors) => doors.includes(next)) : -1;
    if (nth > 0 || (nth === 0 && all.length > 40)) this.#ground?.look(nth);
  }

  again() {
    const { app, say } = this.ui;
    const walk = this.walk;
    if (!walk) {
      redraw(this, h("div", { class: "phone-page" }, walkGone(this.ui)));
      return;
    }
    const land = app.beside.landOf(walk.turf);
    redraw(this.#head, this.trouble && note("bad", "circle-alert", this.trouble), h("h1", { class: "visually-hidden" }, say("map_title")), views(this.ui, walk, "map"), h("p", { class: "visually-hidden" }, say("map_list_says")));
    const all = stops(walk.doors);
    const standings = app.standingsOf(walk);
    const next = this.nextOf(walk, null, standings);
    const nextNth = next ? all.findIndex((doors) => doors.includes(next)) : -1;
    const tapped = all.findIndex((doors) => doors.some(({ id }) => id === this.#chosen));
    const nth = tapped >= 0 ? tapped : nextNth >= 0 ? nextNth : 0;
    const doors = all[nth] ?? [];
    const door = doors.length === 1 ? doors[0] : null;
    if (land && land.doors.size) this.#show(walk, land, all, standings, nextNth, nth);
    else this.#frame.replaceChildren(note("plain", "map", say("no_map")));
    redraw(this.#below,
      doors.length > 0 && this.#panel(walk, all, nth, nextNth, standings, land),
      keptLine(this, walk, this.#kept, () => (this.#kept = null)),
      h("div", { role: "status" }, this.#hereSaid && note("plain", "map-pin", this.#hereSaid)),
      land && land.doors.size > 0 && this.#tools(nextNth),
      land && land.doors.size > 0 && this.#legend(walk, land));
    redraw(this.#foot,
      door && standings.get(door.id)?.state !== "done" && nobodyButton(this, walk, door, (kept) => { this.#kept = kept; this.#chosen = 0; this.#reveal(); }),
      doors.length > 0 ? h("a", { class: "btn btn-primary", href: stopAddress(walk, doors), "data-key": "open" }, say("open_stop", { address: stopName(doors) })) : onward(this.ui, walk, null));
  }

  /** @param {Walk} walk @param {Land} land @param {Door[][]} all @param {Map<number, Standing>} standings @param {number} next @param {number} chosen */
  #show(walk, land, all, standings, next, chosen) {
    const ground = this.#ground;
    if (!ground) return;
    if (!ground.isConnected) this.#frame.replaceChildren(ground, this.#zooms(ground));
    const places = stopPlaces(all, land);
    const planned = this.ui.app.beside.isPlanned(walk);
    const way = planned && land.route.length > 1 ? land.route : all.flatMap((_doors, nth) => { const at = places.get(nth); return at ? [at] : []; });
    ground.show({
      land, places, way, ownOrder: !planned, next: next >= 0 ? next : null, chosen, saving: this.ui.saving.on, label: this.ui.say("map_label"),
      signs: all.map((doors, nth) => ({ nth, number: stopNumber(walk, doors), state: stateOf(doors, standings) })),
    });
  }

  /** @param {WalkGround} ground */
  #zooms(ground) {
    const { say } = this.ui;
    return h("div", { class: "ground-zooms" },
      h("button", { class: "btn", type: "button", "aria-label": say("zoom_in"), click: () => ground.zoom(1.7) }, icon("plus")),
      h("button", { class: "btn", type: "button", "aria-label": say("zoom_out"), click: () => ground.zoom(1 / 1.7) }, icon("minus")));
  }

  /** @param {number} next */
  #tools(next) {
    const { say } = this.ui;
    return h("div", { class: "ground-tools" },
      h("button", { class: "btn", type: "button", "data-key": "whole", click: () => this.#ground?.whole() }, say("whole_walk")),
      h("button", { class: "btn", type: "button", "data-key": "to-next", disabled: next < 0, click: () => { this.#chosen = 0; this.again(); this.#ground?.look(next); } }, say("next_door")),
      h("button", { class: "btn", type: "button", "data-key": "where", click: () => void this.#where() }, icon("map-pin"), say("where_am_i")));
  }

  /** The stop that is looked at, and the way to the one before and after it. @param {Walk} walk @param {Door[][]} all @param {number} nth @param {number} next @param {Map<number, Standing>} standings @param {Land | null} land */
  #panel(walk, all, nth, next, standings, land) {
    const { say } = this.ui;
    const doors = all[nth];
    const [door] = doors;
    const side = sideWords(this.ui, sidesOf(walk.doors, land).get(door.id));
    const lost = land && !doors.some(({ id }) => land.doors.has(id));
    /** @param {string} key @param {number} to @param {string} picture */
    const step = (key, to, picture) => h("button", { class: "btn", type: "button", "data-key": key, disabled: to < 0 || to >= all.length, "aria-label": say(key), click: () => { this.#choose(to); this.#reveal(); } }, icon(picture, "turns"));
    return h("section", { class: "card ground-stop", "aria-label": say("chosen_stop") },
      step("stop_before", nth - 1, "chevron-left"),
      h("div", { class: "grow" },
        h("h2", {}, h("span", { class: "walk-number" }, stopNumber(walk, doors)), " ", h("bdi", {}, stopName(doors))),
        h("p", { class: "tags" }, nth === next && h("span", { class: "tag tag-signal" }, icon("footprints"), say("next_tag")), doors.length > 1 ? h("span", { class: "muted" }, say("done_of", { done: doors.filter(({ id }) => ["done", "out"].includes(standings.get(id)?.state ?? "left")).length, n: doors.length })) : stateTag(this.ui, stateOf(doors, standings))),
        side && h("p", { class: "muted" }, side),
        lost && h("p", { class: "muted" }, say("not_placed"))),
      step("stop_after", nth + 1, "chevron-right"));
  }

  /** @param {Walk} walk @param {Land} land */
  #legend(walk, land) {
    const { app, say } = this.ui;
    const lost = walk.doors.filter(({ id }) => !land.doors.has(id)).length;
    const credit = app.beside.creditOf(walk.turf);
    return [
      h("ul", { class: "ground-legend" }, ["left", "out", "back", "done"].map((state) => h("li", {}, h("span", { class: `ground-key is-${state}`, "aria-hidden": "true" }), say(`legend_${state}`)))),
      !app.beside.isPlanned(walk) && h("p", { class: "muted small" }, say("own_way")),
      lost > 0 && h("p", { class: "muted small" }, say("not_on_map_n", { n: lost })),
      credit && h("p", { class: "muted small" }, credit),
    ];
  }

  /** @param {number} nth */
  #choose(nth) {
    this.#chosen = stops(this.walk?.doors ?? [])[nth]?.[0].id ?? 0;
    this.again();
  }

  /** What is chosen, inside the picture. */
  #reveal() {
    this.again();
    const walk = this.walk;
    if (!walk) return;
    const next = this.nextOf(walk, null, this.ui.app.standingsOf(walk));
    const nth = stops(walk.doors).findIndex((doors) => doors.some(({ id }) => id === (this.#chosen || next?.id)));
    if (nth >= 0) this.#ground?.reveal(nth);
  }

  async #where() {
    const { app, say } = this.ui;
    this.#hereSaid = say("where_looking");
    this.again();
    const found = await whereAmI();
    const land = app.beside.landOf(this.place.turf);
    if (!this.isConnected || !land) return;
    if (typeof found === "string") {
      this.#here = null;
      this.#hereSaid = say(found === "no" ? "where_no" : "where_unknown");
      this.#ground?.here(null);
    } else {
      this.#here = land.metresOf(found.lon, found.lat);
      this.#hereSaid = this.#nearWords(this.#here, land);
      this.#ground?.here({ at: this.#here, metres: found.metres });
    }
    this.again();
  }

  /** @param {Point} here @param {Land} land */
  #nearWords(here, land) {
    const near = (this.walk?.doors ?? []).flatMap((door) => { const at = land.doors.get(door.id); return at ? [{ door, far: metresBetween(at, here) }] : []; }).sort((a, b) => a.far - b.far)[0];
    if (!near) return "";
    return this.ui.say("where_near", { address: near.door.address, metres: near.far < 100 ? Math.max(10, Math.round(near.far / 10) * 10) : Math.round(near.far / 100) * 100 });
  }
}
customElements.define("walk-map", WalkMap);
