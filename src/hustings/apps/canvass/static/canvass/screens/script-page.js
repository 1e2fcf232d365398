// @ts-check
/** What to say at a door. */
import { h } from "./draw.js";
import { walkGone } from "./parts.js";
import { Screen } from "./screen.js";

export class ScriptPage extends Screen {
  /** @returns {ReturnType<Screen["draw"]>} */
  draw() {
    const { say } = this.ui;
    const walk = this.walk;
    if (!walk) return [walkGone(this.ui)];
    const { wording } = walk;
    return [[
      h("h1", {}, say("what_to_say")),
      h("div", { class: "card" }, h("p", { class: "lead said" }, wording.text)),
      h("h2", {}, say("what_they_may_answer")),
      h("ul", {}, wording.choices.map((choice) => h("li", {}, choice.label))),
      h("p", { class: "muted small" }, say("wording_n", { version: wording.version })),
    ]];
  }
}
customElements.define("script-page", ScriptPage);
