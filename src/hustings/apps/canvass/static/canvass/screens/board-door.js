// @ts-check
/**
 * A door that one of the team is at: the answers of the door screen, then the next door for them.
 *
 * One tap is enough where one person lives: the board comes back by itself.
 *
 * @import { Board, Hand, Teammate } from "../board.js"
 * @import { Door, Walk } from "../types.d.ts"
 */
import { goHome, handAt, mayCarry, outNow, swap, takeDoorBack } from "../board.js";
import { DoorCard } from "./door-card.js";
import { h, icon, note } from "./draw.js";
import { walkGone } from "./parts.js";

const MINUTE_MS = 60_000;

export class BoardDoor extends DoorCard {
  /** @returns {ReturnType<DoorCard["draw"]>} */
  draw() {
    const { boards, say } = this.ui;
    const { walk, door } = this;
    if (!walk || !door) return [walkGone(this.ui)];
    const board = boards.of(walk);
    const hand = handAt(board, door.id);
    const mate = board.team.find(({ id }) => id === hand?.who);
    const [page] = super.draw();
    const toBoard = h("a", { class: "btn btn-primary", href: this.#board, "data-key": "onward" }, say("board_back"));
    if (!hand || !mate) return [page, [toBoard]];
    const [heading, ...rest] = page;
    const foot = this.ui.app.standingOf(walk, door).state === "left"
      ? [h("button", { class: "btn", type: "button", "data-key": "nobody", click: () => this.#then(() => boards.nobodyIn(walk, door, say("no_answer"))) }, say("no_answer")), toBoard]
      : [h("button", { class: "btn btn-primary", type: "button", "data-key": "onward", click: () => this.#then(() => boards.onward(walk, door)) }, say("board_next_for", { who: mate.name }))];
    return [[heading, this.#who(mate, hand), ...rest, this.#more(walk, board, door, mate)], foot];
  }

  get door() {
    return this.walk?.doors.find((one) => one.id === this.place.id);
  }

  get #board() {
    return `#/walk/${this.place.turf}/board`;
  }

  /** @param {Teammate} mate @param {Hand} hand */
  #who(mate, hand) {
    const { app, say, language } = this.ui;
    const since = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" }).format(hand.at);
    const n = Math.max(0, Math.floor((app.world.now() - hand.at) / MINUTE_MS));
    return note("plain", "user", say("board_here_since", { who: mate.name, since, n }));
  }

  /** @param {Walk} walk @param {Board} board @param {Door} door @param {Teammate} mate */
  #more(walk, board, door, mate) {
    const { app, boards, say } = this.ui;
    const others = outNow(board).filter(({ id }) => id !== mate.id);
    /** @param {string} key @param {string} picture @param {string} word @param {(board: Board) => Board} change */
    const does = (key, picture, word, change) => h("button", { class: "btn btn-block", type: "button", "data-key": key, click: () => this.#then(() => boards.change(walk, change)) }, icon(picture), word);
    return h("details", { class: "card", "data-key": "board-more" }, h("summary", {}, say("board_more", { who: mate.name })),
      mayCarry(board, mate.id) && h("a", { class: "btn btn-block", href: `#/walk/${walk.turf}/board-doors/${mate.id}`, "data-key": "another" }, icon("plus"), say("board_another", { who: mate.name })),
      does("back", "undo-2", say("board_take_back"), (now) => takeDoorBack(now, door.id)),
      others.map((other) => does(`swap-${other.id}`, "refresh-cw", say("board_swap", { who: mate.name, other: other.name }), (now) => swap(now, mate.id, other.id, app.world.now()))),
      does("home", "house", say("board_goes_home", { who: mate.name }), (now) => goHome(now, mate.id, app.world.now())));
  }

  /** An answer from everybody who may be asked here sends them on. @param {() => Promise<unknown>} what */
  async keep(what) {
    const { walk, door } = this;
    const kept = await super.keep(what);
    if (!kept || !walk || !door || walk.wording.as_parties || !handAt(this.ui.boards.of(walk), door.id)) return kept;
    const { mine } = this.ui.app.standingOf(walk, door);
    const asked = door.people.filter(({ stopped }) => !stopped);
    const said = asked.length ? asked.every((person) => mine.some((one) => one.person === person.id || (person.met !== null && one.met === person.met))) : mine.length > 0;
    return said ? this.#then(() => this.ui.boards.onward(walk, door)) : kept;
  }

  /** @param {() => Promise<unknown>} what */
  async #then(what) {
    const kept = await super.keep(what);
    if (kept) this.ui.go(this.#board.slice(1));
    return kept;
  }
}
customElements.define("board-door", BoardDoor);
