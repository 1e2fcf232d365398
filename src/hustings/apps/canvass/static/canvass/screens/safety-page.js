// @ts-check
/** Checking in: turning it on, one large button, a call for help, and what the organisers have heard. */
import { callForHelp, dueAt, heardAt, isOn, MINUTE_MS, toldAt, waits } from "../safety.js";
import { h, icon, note } from "./draw.js";
import { walkGone } from "./parts.js";
import { Screen } from "./screen.js";

/** @import { CheckIn, Watch } from "../safety.js" */

const LOOK_MS = 10_000;

export class SafetyPage extends Screen {
  #clock = 0;
  #every = 30;
  #answers = true;
  /** @type {() => void} */
  #deafToo = () => {};

  connectedCallback() {
    super.connectedCallback();
    this.#deafToo = this.ui.checkIns.listen(() => this.again());
    this.#clock = window.setInterval(() => this.again(), LOOK_MS);
    void this.ui.checkIns.deliver(this.place.turf);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#deafToo();
    clearInterval(this.#clock);
  }

  /** @returns {ReturnType<Screen["draw"]>} */
  draw() {
    const { checkIns, say } = this.ui;
    if (!this.walk) return [walkGone(this.ui)];
    const one = checkIns.of(this.place.turf);
    const heading = h("h1", {}, say("safety"));
    if (isOn(one)) return this.#running(heading, one);
    if (!one.offer) return [[heading, one.why && note("warn", "circle-alert", one.why), h("p", {}, say("safety_not_offered"))]];
    return [
      [
        heading,
        one.why && note("warn", "circle-alert", one.why),
        h("p", {}, say("safety_why")),
        h("div", { class: "card", role: "group", "aria-labelledby": "how-often" }, h("h2", { id: "how-often" }, say("safety_how_often")),
          h("div", { class: "answers others" }, one.offer.every_minutes.map((minutes) => h("button", { type: "button", class: "answer", "aria-pressed": this.#every === minutes ? "true" : "false", "data-key": `every-${minutes}`, click: () => this.#set(() => (this.#every = minutes)) }, say("safety_minutes", { n: minutes }))))),
        h("div", { class: "field-check" }, h("input", { type: "checkbox", id: "answers-count", "data-key": "answers-count", checked: this.#answers, change: (event) => { this.#answers = /** @type {HTMLInputElement} */ (event.target).checked; } }), h("label", { for: "answers-count" }, say("safety_answers_count"))),
        h("p", { class: "muted small" }, say("safety_kept")),
      ],
      [h("button", { class: "btn btn-primary", type: "button", "data-key": "begin", click: () => this.keep(() => checkIns.begin(one.turf, this.#every, this.#answers)) }, say("safety_begin"))],
    ];
  }

  /** @param {HTMLElement} heading @param {CheckIn & { watch: Watch }} one @returns {ReturnType<Screen["draw"]>} */
  #running(heading, one) {
    const { app, checkIns, say, language } = this.ui;
    const clock = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" });
    const entries = app.entriesOf(one.turf);
    const now = app.world.now();
    const due = dueAt(one, entries);
    const left = Math.ceil((due - now) / MINUTE_MS);
    const help = callForHelp(one);
    const missing = waits(one) || heardAt(one, entries) > heardAt(one, entries, true);
    /** @param {"well" | "help" | "done"} kind */
    const sign = (kind) => this.keep(() => checkIns.sign(one.turf, kind));
    const phone = one.offer?.lead_phone;
    const call = phone
      ? h("a", { class: `btn btn-block ${help ? "btn-primary safety-call" : ""}`, href: `tel:${phone.replace(/[^+\d]/g, "")}`, "data-key": "call" }, icon("phone"), say("safety_call", { phone }))
      : h("p", { class: "muted" }, say("safety_no_number"));
    return [[
      heading,
      help
        ? note("bad", "triangle-alert", say(help.sent ? "safety_help_there" : "safety_help_waits", { at: clock.format(help.at) }))
        : h("p", { class: "safety-left" }, h("strong", { class: "number" }, left > 0 ? say("safety_minutes", { n: left }) : say("safety_now")), h("span", {}, left > 0 ? say("safety_by", { by: clock.format(due) }) : say("safety_told_at", { at: clock.format(toldAt(one, entries)) }))),
      help && call,
      h("button", { class: help ? "btn btn-block" : "btn btn-primary btn-block safety-well", type: "button", "data-key": "all-right", click: () => sign("well") }, icon("check"), say("safety_well")),
      missing && note("warn", "wifi-off", say("safety_nothing_there", { since: clock.format(heardAt(one, entries, true)), at: clock.format(toldAt(one, entries)) })),
      one.watch.answers_count && h("p", { class: "muted small" }, say("safety_answers_do")),
      h("div", { class: "safety-help" },
        h("button", { class: "btn btn-danger btn-block", type: "button", "data-key": "help", click: () => sign("help") }, icon("hand"), say("safety_help")),
        !help && call),
      h("p", { class: "muted small" }, say("safety_danger")),
      h("button", { class: "btn btn-link btn-block", type: "button", "data-key": "done", click: () => sign("done") }, say("safety_done")),
    ]];
  }

  /** @param {() => unknown} change */
  #set(change) {
    change();
    this.again();
  }
}
customElements.define("safety-page", SafetyPage);
