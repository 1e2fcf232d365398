// @ts-check
/**
 * The board: who is at which door and since when, a line each; what they call back, and the next door for them.
 *
 * @import { Board, Hand, Teammate } from "../board.js"
 * @import { Door, Walk } from "../types.d.ts"
 */
import { handsOf, lastStep, outNow } from "../board.js";
import { h, icon } from "./draw.js";
import { stateTag, walkGone } from "./parts.js";
import { Screen } from "./screen.js";

const LOOK_MS = 20_000;
const MINUTE_MS = 60_000;
/** Longer than most talks at a door: worth a look. */
const LONG_MINUTES = 12;

export class BoardRows extends Screen {
  #clock = 0;

  connectedCallback() {
    super.connectedCallback();
    this.#clock = window.setInterval(() => this.again(), LOOK_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#clock);
  }

  /** @returns {ReturnType<Screen["draw"]>} */
  draw() {
    const { app, boards, say } = this.ui;
    const walk = this.walk;
    if (!walk) return [walkGone(this.ui)];
    const board = boards.of(walk);
    const team = outNow(board);
    const free = boards.free(walk, board);
    const idle = team.filter(({ id }) => !handsOf(board, id).length);
    const step = lastStep(board);
    const done = [...app.standingsOf(walk).values()].filter(({ state }) => state === "done" || state === "out").length;
    const where = free.length ? say("board_free_n", { n: free.length, address: free[0].address }) : say("board_none_free");
    const head = h("div", { class: "board-head" }, h("h1", {}, say("board")), team.length > 0 && h("a", { class: "btn", href: `#/walk/${walk.turf}/board-team`, "data-key": "team" }, icon("users"), say("board_team")));
    if (!team.length) return [[head, h("p", {}, say("board_why"))], [h("a", { class: "btn btn-primary", href: `#/walk/${walk.turf}/board-team`, "data-key": "onward" }, say("board_who"))]];
    return [[
      head,
      h("p", { class: "sub" }, `${say("done_of", { done, n: walk.doors.length })} · ${where}`),
      idle.length > 1 && free.length > 1 && h("button", { class: "btn btn-primary btn-block", type: "button", "data-key": "deal-all", click: () => this.keep(() => boards.dealAll(walk)) }, say("board_deal_all", { n: Math.min(idle.length, free.length) })),
      h("ul", { class: "board" }, team.flatMap((mate) => {
        const hands = handsOf(board, mate.id);
        return hands.length ? hands.map((hand, place) => this.#row(walk, mate, hand, place)) : [this.#free(walk, mate, free)];
      })),
      free.length === 0 && idle.length === team.length && h("a", { class: "btn btn-primary btn-block", href: `#/walk/${walk.turf}/receipt`, "data-key": "onward" }, say("to_receipt")),
      step && h("button", { class: "btn btn-link btn-block", type: "button", "data-key": "undo", click: () => this.keep(() => boards.undo(walk, say("undone"))) }, icon("undo-2"), this.#undoWord(walk, board, step)),
    ]];
  }

  /** @param {Walk} walk @param {Teammate} mate @param {Hand} hand @param {number} place */
  #row(walk, mate, hand, place) {
    const { app, boards, say } = this.ui;
    const door = /** @type {Door} */ (walk.doors.find(({ id }) => id === hand.door));
    const { state } = app.standingOf(walk, door);
    const minutes = Math.max(0, Math.floor((app.world.now() - hand.at) / MINUTE_MS));
    const key = `row-${mate.id}-${place}`;
    const about = { who: mate.name, address: door.address };
    return h("li", { class: "board-row" },
      h("a", { class: "board-who", href: `#/walk/${walk.turf}/board-door/${door.id}`, "data-key": `${key}-door` },
        h("span", {}, h("strong", {}, h("bdi", {}, mate.name)), " ", h("span", { class: minutes >= LONG_MINUTES ? "tag tag-warn" : "muted small" }, minutes >= LONG_MINUTES && icon("clock"), say("board_minutes", { n: minutes }))),
        h("span", {}, h("bdi", {}, door.address), " ", state !== "left" && stateTag(this.ui, state))),
      state === "left"
        ? h("button", { class: "btn", type: "button", "data-key": key, "aria-label": say("board_no_answer_of", about), click: () => this.keep(() => boards.nobodyIn(walk, door, say("no_answer"))) }, say("no_answer"))
        : h("button", { class: "btn btn-primary", type: "button", "data-key": key, "aria-label": say("board_onward_of", about), click: () => this.keep(() => boards.onward(walk, door)) }, say("board_onward")));
  }

  /** @param {Walk} walk @param {Teammate} mate @param {Door[]} free */
  #free(walk, mate, free) {
    const { boards, say } = this.ui;
    const inside = [h("strong", {}, h("bdi", {}, mate.name)), h("span", { class: "muted" }, say(free.length ? "board_no_door" : "board_all_out"))];
    if (!free.length) return h("li", { class: "board-row" }, h("span", { class: "board-who" }, inside));
    return h("li", { class: "board-row" },
      h("a", { class: "board-who", href: `#/walk/${walk.turf}/board-doors/${mate.id}`, "data-key": `row-${mate.id}-doors` }, inside),
      h("button", { class: "btn btn-primary", type: "button", "data-key": `row-${mate.id}-0`, "aria-label": say("board_deal_to", { who: mate.name }), click: () => this.keep(() => boards.deal(walk, mate.id)) }, say("board_deal")));
  }

  /** @param {Walk} walk @param {Board} board @param {import("../board.js").Step} step */
  #undoWord(walk, board, step) {
    const who = board.team.find(({ id }) => id === step.who)?.name ?? "";
    const address = walk.doors.find(({ id }) => id === step.door)?.address ?? "";
    return this.ui.say(`board_undo_${step.word}`, { who, address });
  }

  /** @param {() => Promise<unknown>} what */
  async keep(what) {
    const kept = await super.keep(what);
    if (kept) this.again();
    return kept;
  }
}
customElements.define("board-rows", BoardRows);
