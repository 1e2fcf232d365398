// @ts-check
/**
 * The switch that saves power, and the line that offers it when the battery is low.
 *
 * @import { Ui } from "./screen.js"
 */
import { h, icon, redraw } from "./draw.js";

/** @param {Ui} ui */
export function powerSwitch({ saving, say }) {
  return h("section", { class: "card power" },
    h("button", { class: "btn btn-block", type: "button", "data-key": "power", "aria-pressed": saving.on ? "true" : "false", click: () => saving.set(!saving.on) }, icon("moon"), say(saving.on ? "power_on" : "power_off")),
    h("p", { class: "muted small" }, say("power_why")));
}

/** Stands above every screen, and is empty unless there is something to offer. @param {Ui} ui */
export function powerOffer({ saving, say }) {
  const host = h("div", { role: "status" });
  const draw = () =>
    redraw(host, saving.isOffered && h("div", { class: "power-offer" },
      h("p", {}, icon("moon"), say("power_offer")),
      h("div", { class: "row-of" },
        h("button", { class: "btn", type: "button", "data-key": "power-yes", click: () => saving.set(true) }, say("power_yes")),
        h("button", { class: "btn btn-link", type: "button", "data-key": "power-no", click: () => saving.decline() }, say("power_no")))));
  saving.listen(draw);
  draw();
  return host;
}
