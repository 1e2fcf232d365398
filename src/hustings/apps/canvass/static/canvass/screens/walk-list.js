// @ts-check
/** The walks that this phone carries. */
import { h, icon, note } from "./draw.js";
import { powerSwitch } from "./power-parts.js";
import { Screen } from "./screen.js";

export class WalkList extends Screen {
  /** @returns {ReturnType<Screen["draw"]>} */
  draw() {
    const { app, say } = this.ui;
    const known = new Map((app.carried?.walks ?? []).map((walk) => [walk.turf, walk]));
    for (const walk of app.walks.values()) if (!known.has(walk.turf)) known.set(walk.turf, { turf: walk.turf, number: walk.number, name: walk.name, doors: walk.doors.length });
    const unsent = app.unsent().length;
    return [[
      h("h1", {}, say("walks")),
      known.size === 0 && this.#none(),
      known.size > 0 && h("ul", { class: "list" }, [...known.values()].map((walk) => this.#row(walk))),
      unsent > 0 && h("p", {}, h("a", { class: "btn btn-block", href: "#/unsent" }, icon("hourglass"), say("unsent_n", { n: unsent }))),
      h("p", {}, h("a", { class: "btn btn-block", href: "/w/?code" }, say("another_walk"))),
      app.carried?.phone && h("p", {}, h("a", { class: "btn btn-block", href: "/w/ninety/", "data-key": "from-here" }, icon("map-pin"), say("walk_from_here"))),
      h("p", {}, h("a", { class: "btn btn-link", href: "#/move", "data-key": "move" }, say("move"))),
      h("p", { class: "row-of" }, known.size > 0 && h("a", { class: "btn btn-link", href: known.size === 1 ? `/w/walk/${[...known.keys()][0]}/?plain` : "/w/?plain" }, say("plain_pages")), app.carried?.phone && h("a", { class: "btn btn-link", href: "#/leave" }, say("sign_out"))),
      known.size > 0 && powerSwitch(this.ui),
    ]];
  }

  #none() {
    const { app, say } = this.ui;
    if (app.reach === "unknown") return h("div", { role: "status" }, h("span", { class: "visually-hidden" }, say("looking")), h("span", { class: "skeleton wide" }));
    if (app.reach === "unreachable") return note("warn", "wifi-off", say("no_walk_no_signal"));
    return note("plain", "info", say("no_walk"));
  }

  /** @param {import("../types.d.ts").WalkInList} walk */
  #row({ turf, number, name, doors }) {
    const { app, say } = this.ui;
    const here = app.walks.get(turf);
    const standings = here && app.standingsOf(here);
    const done = standings && [...standings.values()].filter(({ state }) => state === "done" || state === "out").length;
    const inside = [
      h("span", { class: "walk-number" }, String(number)),
      h("span", { class: "grow" }, h("strong", {}, h("bdi", {}, name)), h("span", { class: "muted" }, here ? say("done_of", { done: done ?? 0, n: here.doors.length }) : say("not_here_yet", { n: doors }))),
      here && icon("chevron-right", "turns"),
    ];
    return h("li", {}, here ? h("a", { class: "list-row", href: `#/walk/${turf}` }, inside) : h("div", { class: "list-row" }, inside));
  }
}
customElements.define("walk-list", WalkList);
