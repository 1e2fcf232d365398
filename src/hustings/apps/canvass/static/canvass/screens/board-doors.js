// @ts-check
/** Choosing a door for one of the team, out of those that are free. */
import { nextFor } from "../board.js";
import { h } from "./draw.js";
import { walkGone } from "./parts.js";
import { Screen } from "./screen.js";

export class BoardDoors extends Screen {
  /** @returns {ReturnType<Screen["draw"]>} */
  draw() {
    const { boards, say } = this.ui;
    const walk = this.walk;
    if (!walk) return [walkGone(this.ui)];
    const board = boards.of(walk);
    const mate = board.team.find(({ id }) => id === this.place.id);
    const free = boards.free(walk, board);
    const toBoard = h("a", { class: "btn", href: `#/walk/${walk.turf}/board`, "data-key": "board" }, say("board_back"));
    if (!mate) return [[h("h1", {}, say("board"))], [toBoard]];
    const next = nextFor(board, free, mate.id);
    return [
      [
        h("h1", {}, say("board_choose", { who: mate.name })),
        free.length === 0 && h("p", {}, say("board_none_free")),
        h("ul", { class: "board" }, free.map((door) => h("li", {}, h("button", { class: "btn btn-block board-door-choice", type: "button", "data-key": `door-${door.id}`, click: () => this.#deal(walk, mate.id, door) }, h("bdi", {}, door.address), door.id === next?.id && h("span", { class: "tag tag-out" }, say("board_proposed")))))),
      ],
      [toBoard],
    ];
  }

  /** @param {import("../types.d.ts").Walk} walk @param {number} who @param {import("../types.d.ts").Door} door */
  async #deal(walk, who, door) {
    if (await this.keep(() => this.ui.boards.deal(walk, who, door))) this.ui.go(`/walk/${walk.turf}/board`);
  }
}
customElements.define("board-doors", BoardDoors);
