// @ts-check
/**
 * The questions of this walk, above what the screen shows: a few likely replies, and one in own words.
 *
 * @import { Screen } from "./screen.js"
 */
import { putAbout, reply } from "../questions.js";
import { h } from "./draw.js";

const LIKELY = ["from_paper", "we_were_several", "tapped_later"];

/** @param {Screen} screen */
export function putQuestions(screen) {
  const { app, say } = screen.ui;
  /** @param {number} id @param {string} text */
  const tell = async (id, text) => {
    if (!text.trim()) return;
    const became = await reply(id, text);
    screen.trouble = became === "unreachable" ? say("not_told") : "";
    await app.refresh();
    screen.again();
  };
  return putAbout(app.carried?.questions, screen.place.turf).map(({ id, text }) => {
    const own = /** @type {HTMLInputElement} */ (h("input", { id: `reply-${id}`, "data-key": `reply-${id}`, maxlength: 1000, autocomplete: "off" }));
    return h("section", { class: "card" },
      h("h2", {}, say("organiser_asks")),
      h("p", {}, text),
      h("p", { class: "row-of" }, LIKELY.map((word) => h("button", { class: "btn", type: "button", "data-key": `${word}-${id}`, click: () => void tell(id, say(word)) }, say(word)))),
      h("form", { submit: (event) => {
        event.preventDefault();
        void tell(id, own.value);
      } },
        h("div", { class: "field" }, h("label", { for: own.id }, say("in_own_words")), own),
        h("button", { class: "btn btn-block", type: "submit", "data-key": `tell-${id}` }, say("tell_organiser"))));
  });
}
