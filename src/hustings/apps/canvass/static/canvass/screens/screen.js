// @ts-check
/**
 * What all screens have in common: they are drawn when they appear and again when something changed.
 *
 * @import { App } from "../app.js"
 * @import { Boards } from "../boards.js"
 * @import { CheckIns } from "../check_ins.js"
 * @import { Saving } from "../saving.js"
 * @import { Say } from "../words.js"
 * @import { Door, Standing, Walk } from "../types.d.ts"
 * @import { Child } from "./draw.js"
 * @typedef {{ app: App, boards: Boards, saving: Saving, checkIns: CheckIns, remind: () => void, say: Say, language: string, hidden: boolean, qr: string, go: (place: string) => void, save: (name: string, what: unknown) => void }} Ui
 * @typedef {{ screen: string, turf: number, id: number }} Place
 */
import { next } from "../second_knock.js";
import { nextDoor } from "../walk.js";
import { h, note, redraw } from "./draw.js";

export class Screen extends HTMLElement {
  /** @type {Ui} */
  // @ts-ignore: set before it is shown
  ui;
  /** @type {Place} */
  // @ts-ignore: set before it is shown
  place;
  /** @type {(() => void) | null} */
  #deaf = null;
  /** What went wrong with the last tap. */
  trouble = "";

  connectedCallback() {
    this.#deaf = this.ui.app.listen(() => this.again());
    this.again();
  }

  disconnectedCallback() {
    this.#deaf?.();
  }

  again() {
    const [page, actions] = this.draw();
    redraw(
      this,
      h("div", { class: "phone-page" }, this.trouble && h("div", { role: "alert" }, note("bad", "circle-alert", this.trouble)), page),
      actions && h("div", { class: "phone-actions" }, actions),
    );
  }

  /** @returns {[Child[], Child[]?]} the page, and the buttons at its foot */
  draw() {
    return [[]];
  }

  get walk() {
    return /** @type {Walk | undefined} */ (this.ui.app.walks.get(this.place.turf));
  }

  /** @param {Walk} walk @param {number | null} after @param {Map<number, Standing>} standings @returns {Door | null} */
  nextOf(walk, after, standings) {
    const left = nextDoor(walk.doors, (door) => standings.get(door.id)?.state === "left", after);
    return left ?? next(walk, after, standings, this.ui.app.entriesOf(walk.turf));
  }

  /** Do something that writes; what cannot be kept is said, and never looks as if it were. @param {() => Promise<unknown>} what */
  async keep(what) {
    try {
      await what();
      this.trouble = "";
      return true;
    } catch (error) {
      const full = error instanceof DOMException && error.name === "QuotaExceededError";
      this.trouble = this.ui.say(full ? "no_room" : "not_kept", { why: error instanceof Error ? error.message : String(error) });
      this.again();
      this.querySelector('[role="alert"]')?.scrollIntoView({ block: "center" });
      return false;
    }
  }
}
