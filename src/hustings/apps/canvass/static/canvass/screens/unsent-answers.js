// @ts-check
/** Answers that nobody but this phone has: why, and what can be done about it. */
import { h, icon, note } from "./draw.js";
import { saveUnsent } from "./parts.js";
import { Screen } from "./screen.js";

export class UnsentAnswers extends Screen {
  /** What is about to be thrown away: one answer, or all. */
  #throwing = "";

  /** @returns {ReturnType<Screen["draw"]>} */
  draw() {
    const { app, say } = this.ui;
    const unsent = app.unsent();
    if (!unsent.length) return [[h("h1", {}, say("unsent")), note("ok", "circle-check", say("nothing_unsent"))], [h("a", { class: "btn btn-primary", href: "#/", "data-key": "onward" }, say("to_walks"))]];
    const waiting = app.waiting();
    return [
      [
        h("h1", {}, say("unsent")),
        waiting.length > 0 && h("p", { class: "sub" }, say("unsent_why", { n: waiting.length })),
        unsent.length > waiting.length && h("p", { class: "sub" }, say("not_accepted_n", { n: unsent.length - waiting.length })),
        app.reach === "signed-out" && note("warn", "ban", say("time_over")),
        h("ul", { class: "list" }, unsent.map((entry) => h("li", { class: "list-row" },
          h("span", { class: "grow" }, h("strong", {}, h("bdi", {}, entry.address)), h("span", {}, entry.answer), entry.state === "refused" && h("span", { class: "field-error small" }, say("refused_why", { why: entry.message }))),
          entry.state === "waiting" ? h("span", { class: "tag" }, say("waits")) : this.#forOne(entry.id)))),
        h("p", {}, h("button", { class: "btn btn-block", type: "button", "data-key": "file", click: () => saveUnsent(this.ui) }, icon("file-down"), say("save_file"))),
        h("p", {}, h("a", { class: "btn btn-block", href: "#/codes", "data-key": "codes" }, icon("qr-code"), say("show_codes"))),
        h("p", { class: "muted small" }, say("save_file_why")),
        this.#throwing === "all"
          ? h("div", { class: "note note-bad" }, icon("triangle-alert"), h("div", {}, h("p", {}, say("throw_all_why", { n: unsent.length })), h("div", { class: "row-of" },
            h("button", { class: "btn btn-danger", type: "button", "data-key": "throw-all", click: () => this.#throwAway(unsent.map(({ id }) => id)) }, say("throw_yes")),
            h("button", { class: "btn", type: "button", click: () => this.#ask("") }, say("keep_them")))))
          : h("button", { class: "btn btn-link btn-block", type: "button", "data-key": "throw", click: () => this.#ask("all") }, icon("trash-2"), say("throw_all")),
      ],
      waiting.length > 0 ? [h("button", { class: "btn btn-primary", type: "button", "data-key": "try", click: () => void app.tryNow() }, app.sending ? say("sending") : say("try_again"))] : undefined,
    ];
  }

  /** @param {string} id */
  #forOne(id) {
    const { app, say } = this.ui;
    if (this.#throwing === id) return h("span", { class: "row-of" }, h("button", { class: "btn btn-danger", type: "button", "data-key": `throw-${id}`, click: () => this.#throwAway([id]) }, say("throw_yes")), h("button", { class: "btn", type: "button", click: () => this.#ask("") }, say("keep_it")));
    return h("span", { class: "row-of" }, h("button", { class: "btn", type: "button", "data-key": `again-${id}`, click: () => void app.sendAgain([id]) }, say("send_again")), h("button", { class: "btn", type: "button", "data-key": `throw-${id}`, click: () => this.#ask(id) }, say("throw_away")));
  }

  /** @param {string} what */
  #ask(what) {
    this.#throwing = what;
    this.again();
  }

  /** @param {string[]} ids */
  async #throwAway(ids) {
    this.#throwing = "";
    await this.keep(() => this.ui.app.discard(ids));
  }
}
customElements.define("unsent-answers", UnsentAnswers);
