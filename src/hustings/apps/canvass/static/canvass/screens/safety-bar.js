// @ts-check
/** Above every screen, while somebody checks in: when the next sign is due, and the button. */
import { callForHelp, dueAt, MINUTE_MS } from "../safety.js";
import { h, icon, redraw } from "./draw.js";

const LOOK_MS = 10_000;

/** @import { Ui } from "./screen.js" */
export class SafetyBar extends HTMLElement {
  /** @type {Ui} */
  // @ts-ignore: set before it is shown
  ui;
  /** The walk on the screen. */
  turf = 0;
  #reminded = 0;
  /** What stands there: a screen reader hears it once, not each time somebody looks at the clock. */
  #said = "";

  connectedCallback() {
    this.ui.checkIns.listen(() => this.again());
    setInterval(() => this.again(), LOOK_MS);
    this.again();
  }

  again() {
    const { app, checkIns, language, remind, say } = this.ui;
    const one = checkIns.on(this.turf);
    if (!one) {
      this.#said = "";
      return redraw(this);
    }
    const now = app.world.now();
    const due = dueAt(one, app.entriesOf(one.turf));
    const isDue = now >= due;
    if (isDue && now - this.#reminded >= MINUTE_MS) {
      this.#reminded = now;
      remind();
    }
    const by = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" }).format(due);
    const words = callForHelp(one) ? say("safety_help_asked") : isDue ? say("safety_due") : say("safety_by", { by });
    const said = `${one.turf} ${isDue} ${words}`;
    if (said === this.#said) return;
    this.#said = said;
    redraw(this, h("section", { "aria-label": say("safety") }, h("div", { class: `safety-bar ${isDue || callForHelp(one) ? "is-due" : ""}`.trim(), role: isDue ? "alert" : null },
      h("a", { href: `#/walk/${one.turf}/safety`, "data-key": "safety" }, icon("shield-check"), h("span", {}, words)),
      h("button", { class: "btn", type: "button", "data-key": "well", click: () => void checkIns.sign(one.turf, "well") }, say("safety_well")))));
  }
}
customElements.define("safety-bar", SafetyBar);
