// @ts-check
/**
 * The boards of this phone: read from the store, changed there in one transaction, told to the screens.
 *
 * An answer is kept before the board moves on, each by itself: a page that dies between the two comes back
 * with somebody still at a door that says what was heard, and one tap sends them on.
 *
 * @import { App } from "./app.js"
 * @import { Board } from "./board.js"
 * @import { Door, Walk } from "./types.d.ts"
 * @typedef {{ boards: () => Promise<Board[]>, changeBoard: (turf: number, change: (board: Board | null) => Board | null) => Promise<Board | null> }} BoardStore
 */
import { calledBack, deal, dealAll, emptyBoard, freeDoors, handAt, lastStep, onlyOn, stepBack } from "./board.js";

export class Boards {
  /** @type {Map<number, Board>} */
  #boards = new Map();

  /** @param {App} app @param {BoardStore} store */
  constructor(app, store) {
    this.app = app;
    this.store = store;
  }

  /** Read them again: at the start, and when another tab changed something. */
  async look() {
    this.#boards = new Map((await this.store.boards()).map((board) => [board.turf, board]));
  }

  /** @param {Walk} walk */
  of(walk) {
    return onlyOn(this.#boards.get(walk.turf) ?? emptyBoard(walk.turf), walk.doors);
  }

  /** Is there a team on this walk? @param {number} turf */
  isUsed(turf) {
    return this.app.walks.has(turf) && (this.#boards.get(turf)?.team.length ?? 0) > 0;
  }

  /** @param {Walk} walk @param {(board: Board) => Board} change */
  async change(walk, change) {
    const kept = await this.store.changeBoard(walk.turf, (board) => change(onlyOn(board ?? emptyBoard(walk.turf), walk.doors)));
    if (kept) this.#boards.set(walk.turf, kept);
    this.app.world.told();
  }

  /** The names and who is where go; what was recorded stays. @param {Walk} walk */
  async putAway(walk) {
    await this.store.changeBoard(walk.turf, () => null);
    this.#boards.delete(walk.turf);
    this.app.world.told();
  }

  /** @param {Walk} walk @param {Board} [board] */
  free(walk, board = this.of(walk)) {
    return freeDoors(board, walk.doors, this.app.standingsOf(walk));
  }

  /** @param {Walk} walk @param {number} who @param {Door | null} [chosen] */
  deal(walk, who, chosen) {
    return this.change(walk, (board) => deal(board, this.free(walk, board), who, this.app.world.now(), chosen ?? undefined));
  }

  /** @param {Walk} walk */
  dealAll(walk) {
    return this.change(walk, (board) => dealAll(board, this.free(walk, board), this.app.world.now()));
  }

  /** Nobody in, and on to the next door. @param {Walk} walk @param {Door} door @param {string} answer */
  async nobodyIn(walk, door, answer) {
    await this.app.nobodyIn(walk, [door], { kind: "no_answer", answer });
    await this.onward(walk, door);
  }

  /** What was recorded stands; they go on to the next door. @param {Walk} walk @param {Door} door */
  onward(walk, door) {
    const since = handAt(this.of(walk), door.id)?.at ?? 0;
    const mine = new Set(this.app.standingOf(walk, door).mine.map(({ id }) => id));
    const taps = this.app.entriesOf(walk.turf).filter((entry) => mine.has(entry.id) && Date.parse(entry.event.occurred_at) >= since).map((entry) => entry.tap);
    return this.change(walk, (board) => calledBack(board, this.free(walk, board), door.id, [...new Set(taps)], this.app.world.now()));
  }

  /** The last step is taken back, with the answers that it recorded. @param {Walk} walk @param {string} answer */
  async undo(walk, answer) {
    const step = lastStep(this.of(walk));
    const door = walk.doors.find((one) => one.id === step?.door);
    for (const tap of (door && step?.taps) || []) await this.app.takeBack(walk, [/** @type {Door} */ (door)], tap, answer);
    await this.change(walk, (board) => stepBack(board, this.app.world.now()));
  }
}
