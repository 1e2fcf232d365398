// @ts-check
/** What to say at a door: one text, or one step after the other. */
import { h } from "./draw.js";
import { walkGone } from "./parts.js";
import { Screen } from "./screen.js";

export class ScriptPage extends Screen {
  /** @type {import("./script-steps.js").ScriptSteps | null} */
  #steps = null;

  connectedCallback() {
    super.connectedCallback();
    if (this.walk?.wording.steps?.length) void this.#fetch().catch(() => {}); // without it the one text is there
  }

  async #fetch() {
    const { ScriptSteps } = await import("./script-steps.js");
    this.#steps = new ScriptSteps(this);
    this.again();
  }

  /** @returns {ReturnType<Screen["draw"]>} */
  draw() {
    const { say } = this.ui;
    const walk = this.walk;
    if (!walk) return [walkGone(this.ui)];
    const { wording } = walk;
    const branches = (wording.steps?.length ?? 0) > 1 || wording.steps?.[0]?.answers?.length;
    return [[
      h("h1", {}, say("what_to_say")),
      h("div", { class: "stack" }, this.#steps ? this.#steps.draw(walk) : h("div", { class: "card" }, h("p", { class: "lead said" }, wording.text)),
      !(this.#steps && branches) && [h("h2", {}, say("what_they_may_answer")), h("ul", {}, wording.choices.map((choice) => h("li", {}, choice.label)))],
      h("p", { class: "muted small" }, say("wording_n", { version: wording.version }))),
    ]];
  }
}
customElements.define("script-page", ScriptPage);
