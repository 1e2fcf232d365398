// @ts-check
/** To another browser, with everything: send first, or carry the file along; then a link that works once. */
import { h, icon, note } from "./draw.js";
import { saveUnsent } from "./parts.js";
import { Screen } from "./screen.js";

/** What is shown of an answer that was brought along; which one it was, the file says to the server. @type {Record<string, string>} */
const WORDS = {
  no_answer: "no_answer", no_access: "no_access", answered: "answers", refused: "refused", moved: "moved", deceased: "deceased",
  do_not_contact: "do_not_contact", hostile: "hostile", language: "language", come_back: "come_back", undo: "undone",
};

export class MoveBrowser extends Screen {
  #link = "";
  #said = "";

  /** @returns {ReturnType<Screen["draw"]>} */
  draw() {
    const { app, say } = this.ui;
    const unsent = app.unsent().length;
    return [
      [
        h("h1", {}, say("move")),
        h("p", { class: "sub" }, say("move_why")),
        app.carried?.phone && h("section", { class: "card" }, h("h2", {}, say("move_from")), unsent ? this.#unsent(unsent) : this.#onward()),
        h("section", { class: "card" },
          h("h2", {}, say("move_here")),
          h("div", { class: "field" }, h("label", { for: "move-link" }, say("move_paste")), h("input", { id: "move-link", "data-key": "link", type: "url", autocomplete: "off", input: (event) => this.#pasted(/** @type {HTMLInputElement} */ (event.target).value) })),
          h("div", { class: "field" }, h("label", { for: "move-file" }, say("move_file")), h("input", { id: "move-file", type: "file", accept: ".json,application/json", change: (event) => void this.#bringIn(/** @type {HTMLInputElement} */ (event.target)) }))),
        this.#said && note("plain", "info", this.#said),
      ],
      [h("a", { class: "btn", href: "#/", "data-key": "onward" }, say("to_walks"))],
    ];
  }

  /** @param {number} unsent */
  #unsent(unsent) {
    const { app, say } = this.ui;
    return [
      note("warn", "hourglass", say("move_unsent", { n: unsent })),
      h("button", { class: "btn btn-primary btn-block", type: "button", "data-key": "try", click: () => void app.tryNow() }, app.sending ? say("sending") : say("send_first")),
      h("button", { class: "btn btn-block", type: "button", "data-key": "file", click: () => saveUnsent(this.ui) }, icon("file-down"), say("save_file")),
      h("button", { class: "btn btn-link btn-block", type: "button", "data-key": "link-all-the-same", click: () => void this.#ask() }, say("move_saved")),
      this.#link && this.#address(),
    ];
  }

  #onward() {
    const { say } = this.ui;
    if (this.#link) return this.#address();
    return [h("p", {}, say("move_sent")), h("button", { class: "btn btn-primary btn-block", type: "button", "data-key": "make", click: () => void this.#ask() }, say("move_make"))];
  }

  #address() {
    const { say } = this.ui;
    return [h("p", {}, say("move_open")), h("input", { readonly: true, class: "code-text", "aria-label": say("move_make"), value: this.#link, "data-key": "made", click: (event) => /** @type {HTMLInputElement} */ (event.target).select() })];
  }

  async #ask() {
    this.#link = await this.ui.app.server.moveLink();
    this.#said = this.#link ? "" : this.ui.say("move_no_link");
    this.again();
  }

  /** @param {string} text */
  #pasted(text) {
    try {
      const link = new URL(text.trim());
      if (link.origin === location.origin && link.pathname.startsWith("/w/move/")) location.assign(link);
    } catch {
      // not a whole address yet
    }
  }

  /** @param {HTMLInputElement} input */
  async #bringIn(input) {
    const { app, say } = this.ui;
    const text = await input.files?.[0]?.text();
    if (text === undefined) return;
    await this.keep(async () => {
      const brought = await app.bringIn(text, (kind) => (kind in WORDS ? say(WORDS[kind]) : kind));
      this.#said = brought ? say("move_brought", { n: brought.all, fresh: brought.fresh }) : say("move_no_file");
    });
    this.again();
  }
}
customElements.define("move-browser", MoveBrowser);
