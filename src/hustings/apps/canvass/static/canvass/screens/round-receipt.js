// @ts-check
/** End of a leaflet or poster round: what was delivered, how many are left over, and that all of it arrived. */
import { isWhole, slip } from "../walk.js";
import { h, note } from "./draw.js";
import { walkGone } from "./parts.js";
import { ShiftReceipt } from "./shift-receipt.js";

const MOST = 100_000;

export class RoundReceipt extends ShiftReceipt {
  /** @returns {ReturnType<import("./screen.js").Screen["draw"]>} */
  draw() {
    const { app, say } = this.ui;
    const walk = this.walk;
    const there = app.receipts.get(this.place.turf) ?? null;
    if (!walk) return there ? super.draw() : [walkGone(this.ui)];
    const standings = app.standingsOf(walk);
    const entries = app.entriesOf(walk.turf);
    const here = slip(walk, standings, entries);
    const whole = isWhole(here, there);
    /** @param {string} kind */
    const count = (kind) => [...standings.values()].filter(({ mine }) => mine.at(-1)?.kind === kind).length;
    const left = [...standings.values()].filter(({ state }) => state === "left").length;
    const said = entries.findLast((entry) => entry.event.kind === "left_over" && entry.state !== "refused")?.event.left_over ?? there?.left_over ?? null;
    const name = app.carried?.phone?.label ?? "";
    /** @param {string} word @param {number} number @returns {HTMLElement[]} */
    const row = (word, number) => [h("dt", {}, say(word)), h("dd", {}, String(number))];
    return [
      [
        h("h1", {}, name ? say("thank_you", { name }) : say("thank_you_all")),
        h("p", { class: "sub" }, say("walk_n", { number: walk.number })),
        h("section", { class: "card" },
          this.verdict(here, there, whole),
          h("div", { class: "receipt" },
            h("div", {}, h("span", { class: "number" }, String(here.recorded)), say("doors_recorded")),
            h("span", { class: "equals", "aria-hidden": "true" }, whole ? "=" : there ? "≠" : "·"),
            h("div", {}, h("span", { class: "number" }, there ? String(there.received) : "–"), say("doors_confirmed"))),
          h("p", { class: "muted" }, whole ? say("organiser_sees", { n: there?.received ?? 0 }) : there ? say("numbers_differ") : say("not_confirmed_yet")),
          h("dl", { class: "kv slip" }, row("delivered", count("delivered")), row("part", count("part")), row("not_delivered", count("not_delivered")))),
        h("form", { class: "card", submit: (event) => { event.preventDefault(); void this.#left(); } },
          h("div", { class: "field" }, h("label", { for: "left-over" }, say(walk.round === "poster" ? "posters_left" : "leaflets_left")), h("input", { id: "left-over", "data-key": "left-over", type: "text", inputmode: "numeric", pattern: "[0-9]*", maxlength: 6, autocomplete: "off", value: said ?? "" })),
          said !== null && h("p", { class: "muted small" }, say("left_over_kept", { n: said })),
          h("button", { class: "btn btn-block", type: "submit", "data-key": "keep-left" }, say("keep_number"))),
        here.kept > 0 && note("warn", "hourglass", say("kept_n", { n: here.kept })),
        (here.waiting > 0 || here.refused > 0) && h("p", {}, h("a", { class: "btn btn-block", href: "#/unsent" }, say("unsent_n", { n: here.waiting + here.refused }))),
        there?.returned_at ? note("ok", "circle-check", say("handed_back")) : h("p", {}, left ? say("doors_left_n", { n: left }) : say("all_tried")),
      ],
      this.foot(there, whole),
    ];
  }

  async #left() {
    const { app, say } = this.ui;
    const walk = this.walk;
    const typed = /** @type {HTMLInputElement} */ (this.querySelector("[data-key=left-over]")).value.trim();
    if (!walk || !/^[0-9]+$/.test(typed) || Number(typed) > MOST) {
      this.trouble = say("not_a_number");
      return this.again();
    }
    const whole = { ...walk.doors[0], id: 0, address: say("walk_n", { number: walk.number }) };
    await this.keep(() => app.nobodyIn(walk, [whole], { kind: "left_over", left_over: Number(typed), answer: say("left_over_n", { n: Number(typed) }) }));
  }
}
customElements.define("round-receipt", RoundReceipt);
