// @ts-check
/** Who is in the team today: names that stay on this phone, and who went home. */
import { NAME_LENGTH, comeOut, goHome, join } from "../board.js";
import { h, icon } from "./draw.js";
import { walkGone } from "./parts.js";
import { Screen } from "./screen.js";

export class BoardTeam extends Screen {
  /** @returns {ReturnType<Screen["draw"]>} */
  draw() {
    const { app, boards, say } = this.ui;
    const walk = this.walk;
    if (!walk) return [walkGone(this.ui)];
    const { team } = boards.of(walk);
    return [
      [
        h("h1", {}, say("board_team")),
        h("p", { class: "sub" }, say("board_names_stay")),
        h("form", { class: "card board-join", submit: (event) => { event.preventDefault(); void this.#join(walk); } },
          h("div", { class: "field grow" }, h("label", { for: "board-name" }, say("board_name")), h("input", { id: "board-name", "data-key": "board-name", maxlength: NAME_LENGTH, autocomplete: "off", autocapitalize: "words", required: true })),
          h("button", { class: "btn", type: "submit", "data-key": "join" }, icon("user-plus"), say("add"))),
        h("ul", { class: "board" }, team.map((mate) => h("li", { class: "board-row" },
          h("span", { class: "board-who" }, h("strong", {}, h("bdi", {}, mate.name)), mate.home_at !== null && h("span", { class: "muted" }, say("board_is_home"))),
          mate.home_at === null
            ? h("button", { class: "btn", type: "button", "data-key": `mate-${mate.id}`, "aria-label": say("board_goes_home", { who: mate.name }), click: () => this.keep(() => boards.change(walk, (board) => goHome(board, mate.id, app.world.now()))) }, say("board_home"))
            : h("button", { class: "btn", type: "button", "data-key": `mate-${mate.id}`, "aria-label": say("board_comes_out", { who: mate.name }), click: () => this.keep(() => boards.change(walk, (board) => comeOut(board, mate.id))) }, say("board_out_again"))))),
        team.length > 0 && h("button", { class: "btn btn-link btn-block", type: "button", "data-key": "put-away", click: () => this.keep(() => boards.putAway(walk)) }, icon("trash-2"), say("board_put_away")),
      ],
      [h("a", { class: `btn ${team.length ? "btn-primary" : ""}`, href: `#/walk/${walk.turf}/board`, "data-key": "onward" }, say("board_back"))],
    ];
  }

  /** @param {import("../types.d.ts").Walk} walk */
  async #join(walk) {
    const input = /** @type {HTMLInputElement} */ (this.querySelector("#board-name"));
    const typed = input.value;
    input.value = "";
    await this.keep(() => this.ui.boards.change(walk, (board) => join(board, typed)));
    /** @type {HTMLInputElement | null} */ (this.querySelector("#board-name"))?.focus();
  }

  /** @param {() => Promise<unknown>} what */
  async keep(what) {
    const kept = await super.keep(what);
    if (kept) this.again();
    return kept;
  }
}
customElements.define("board-team", BoardTeam);
