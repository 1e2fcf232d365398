// @ts-check
/** Unsent answers as codes for the camera of an organiser: one after the other, by hand or by itself. */
import { codesOf } from "../codes.js";
import { fileOf } from "../outbox.js";
import { h, icon, note } from "./draw.js";
import { Screen } from "./screen.js";

const EACH_MS = 2_000;
/** Modules of white round a code, without which cameras do not see it. */
const QUIET = 4;

export class UnsentCodes extends Screen {
  /** @type {string[] | null} */
  #codes = null;
  /** @type {((text: string, output: "raw", options: object) => boolean[][]) | null} */
  #draws = null;
  #place = 0;
  #runs = 0;

  connectedCallback() {
    super.connectedCallback();
    void this.keep(() => this.#prepare()).then(() => this.again());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#runs);
  }

  async #prepare() {
    const { app, qr } = this.ui;
    const unsent = app.unsent();
    this.#codes = unsent.length ? await codesOf(fileOf(unsent, app.carried?.phone ?? null, new Date(app.rightNow()).toISOString())) : [];
    this.#draws = (await import(qr)).encodeQR;
  }

  /** @returns {ReturnType<Screen["draw"]>} */
  draw() {
    const { say } = this.ui;
    const back = h("a", { class: "btn", href: "#/unsent", "data-key": "back" }, say("unsent"));
    if (!this.#codes || !this.#draws) return [[h("h1", {}, say("codes")), h("span", { class: "skeleton wide" })], [back]];
    const all = this.#codes.length;
    if (!all) return [[h("h1", {}, say("codes")), note("ok", "circle-check", say("nothing_unsent"))], [back]];
    const shown = { nth: this.#place + 1, n: all };
    return [
      [
        h("h1", {}, say("codes")),
        h("p", { class: "sub" }, say("codes_why", { n: this.ui.app.unsent().length })),
        h("div", { class: "code-sheet" }, this.#square(this.#codes[this.#place], say("code_nth", shown)), h("p", { role: "status" }, h("strong", {}, say("code_nth", shown)))),
        all > 1 && h("button", { class: "btn btn-block", type: "button", "data-key": "run", "aria-pressed": this.#runs ? "true" : "false", click: () => this.#run() }, icon(this.#runs ? "pause" : "play"), say(this.#runs ? "codes_stop" : "codes_run")),
        h("p", { class: "muted small" }, say("codes_keep")),
        h("details", { "data-key": "text" }, h("summary", {}, say("codes_text")), h("textarea", { readonly: true, rows: 6, class: "code-text", "aria-label": say("codes_text") }, this.#codes.join("\n"))),
        all > 1 && h("p", {}, back),
      ],
      all > 1
        ? [
            h("button", { class: "btn", type: "button", "data-key": "before", click: () => this.#step(-1) }, icon("chevron-left", "turns"), say("code_before")),
            h("button", { class: "btn", type: "button", "data-key": "after", click: () => this.#step(1) }, say("code_after"), icon("chevron-right", "turns")),
          ]
        : [back],
    ];
  }

  /** @param {string} code @param {string} label */
  #square(code, label) {
    const rows = this.#draws?.(code, "raw", { ecc: "medium", encoding: "alphanumeric", border: QUIET }) ?? [];
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    for (const [name, value] of Object.entries({ viewBox: `0 0 ${rows.length} ${rows.length}`, role: "img", "aria-label": label, "shape-rendering": "crispEdges", class: "code" })) svg.setAttribute(name, value);
    const path = document.createElementNS(space, "path");
    path.setAttribute("d", rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join(""));
    svg.append(path);
    return svg;
  }

  /** @param {number} by */
  #step(by) {
    const all = this.#codes?.length ?? 1;
    this.#place = (this.#place + by + all) % all;
    this.again();
  }

  #run() {
    clearInterval(this.#runs);
    this.#runs = this.#runs ? 0 : setInterval(() => this.#step(1), EACH_MS);
    this.again();
  }
}
customElements.define("unsent-codes", UnsentCodes);
