// @ts-check
/** End of shift: what was recorded here, what the server confirms, and handing the walk back. */
import { isWhole, slip } from "../walk.js";
import { h, icon, note } from "./draw.js";
import { walkGone } from "./parts.js";
import { putQuestions } from "./put-questions.js";
import { Screen } from "./screen.js";

export class ShiftReceipt extends Screen {
  #asking = false;

  connectedCallback() {
    super.connectedCallback();
    void this.#ask();
  }

  async #ask() {
    if (this.#asking) return;
    this.#asking = true;
    await this.ui.app.confirm(this.place.turf).finally(() => {
      this.#asking = false;
    });
    if (this.isConnected) this.again();
  }

  again() {
    super.again();
    const { app } = this.ui;
    if (app.reach === "there" && !app.waiting().length && !app.receipts.has(this.place.turf)) void this.#ask();
  }

  /** @returns {ReturnType<Screen["draw"]>} */
  draw() {
    const { app, say, language } = this.ui;
    const walk = this.walk;
    const there = app.receipts.get(this.place.turf) ?? null;
    if (!walk && !there) return [walkGone(this.ui)];
    const here = walk
      ? slip(walk, app.standingsOf(walk), app.entriesOf(walk.turf))
      : { recorded: (there?.recorded ?? 0) + (there?.held ?? 0), contacts: there?.contacts ?? 0, answers: there?.answers ?? 0, comeBack: there?.come_back ?? 0, waiting: 0, refused: 0, kept: 0 };
    const whole = isWhole(here, there);
    const held = there?.held ?? 0;
    const arrived = (there?.received ?? 0) + held;
    const clock = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit" });
    const name = app.carried?.phone?.label ?? "";
    /** @param {string} word @param {number} number @returns {HTMLElement[]} */
    const row = (word, number) => [h("dt", {}, say(word)), h("dd", {}, String(number))];
    return [
      [
        h("h1", {}, name ? say("thank_you", { name }) : say("thank_you_all")),
        h("p", { class: "sub" }, there?.first_at && there.last_at ? `${clock.formatRange(new Date(there.first_at), new Date(there.last_at))}, ` : "", say("walk_n", { number: walk?.number ?? there?.number ?? 0 })),
        putQuestions(this),
        h("section", { class: "card" },
          this.verdict(here, there, whole),
          h("div", { class: "receipt" },
            h("div", {}, h("span", { class: "number" }, String(here.recorded)), say("doors_recorded")),
            h("span", { class: "equals", "aria-hidden": "true" }, whole ? "=" : there ? "≠" : "·"),
            h("div", {}, h("span", { class: "number" }, there ? String(arrived) : "–"), say("doors_confirmed"))),
          h("p", { class: "muted" }, whole ? say("organiser_sees", { n: arrived }) : there ? say("numbers_differ") : say("not_confirmed_yet")),
          h("dl", { class: "kv slip" }, row("doors_tried", here.recorded), row("somebody_answered", here.contacts), row("answers", here.answers), row("come_back", here.comeBack))),
        held > 0 && note("plain", "hourglass", say("held_n", { n: held })),
        here.kept > 0 && note("warn", "hourglass", say("kept_n", { n: here.kept })),
        (here.waiting > 0 || here.refused > 0) && h("p", {}, h("a", { class: "btn btn-block", href: "#/unsent" }, say("unsent_n", { n: here.waiting + here.refused }))),
        there?.returned_at ? note("ok", "circle-check", say("handed_back")) : this.#left(walk),
      ],
      this.foot(there, whole),
    ];
  }

  /** The button at the foot: back to the walks, hand it back, or ask again. @param {import("../types.d.ts").Receipt | null} there @param {boolean} whole */
  foot(there, whole) {
    const { say } = this.ui;
    if (there?.returned_at) return [h("a", { class: "btn btn-primary", href: "#/", "data-key": "onward" }, say("to_walks"))];
    if (whole) return [h("button", { class: "btn btn-primary", type: "button", "data-key": "back", click: () => this.#handBack() }, say("hand_back"))];
    return [h("button", { class: "btn btn-primary", type: "button", "data-key": "back", click: () => void this.#ask() }, say("try_again"))];
  }

  /** @param {{ waiting: number, refused: number }} here @param {unknown} there @param {boolean} whole */
  verdict(here, there, whole) {
    const { say } = this.ui;
    if (whole) return h("p", { class: "tag tag-ok" }, icon("check"), say("everything_arrived"));
    if (here.waiting > 0) return h("p", { class: "tag tag-warn" }, say("on_this_phone_n", { n: here.waiting }));
    if (!there) return h("p", { class: "tag tag-warn" }, say(this.#asking ? "asking" : "no_connection"));
    return h("p", { class: "tag tag-warn" }, say("show_organiser"));
  }

  /** @param {import("../types.d.ts").Walk | undefined} walk */
  #left(walk) {
    if (!walk) return null;
    const left = [...this.ui.app.standingsOf(walk).values()].filter(({ state }) => state === "left").length;
    return h("p", {}, left ? this.ui.say("doors_left_n", { n: left }) : this.ui.say("all_tried"));
  }

  async #handBack() {
    this.trouble = (await this.ui.app.handBack(this.place.turf)) ? "" : this.ui.say("not_handed_back");
    this.again();
  }
}
customElements.define("shift-receipt", ShiftReceipt);
