// @ts-check
/**
 * Parts that several screens show.
 *
 * @import { Door, Standing, Walk } from "../types.d.ts"
 * @import { Ui } from "./screen.js"
 */
import { fileOf } from "../outbox.js";
import { h, icon, note } from "./draw.js";

/** @param {Ui} ui @param {Standing["state"]} state @param {string} [kind] what happened last, on a round that brings things */
export function stateTag({ say }, state, kind = "") {
  if (kind && state === "out") return h("span", { class: "tag" }, say("not_delivered"));
  if (kind && state === "done") return h("span", { class: `tag ${kind === "part" ? "tag-warn" : "tag-ok"}` }, icon("check"), say(kind === "part" ? "part" : "delivered"));
  if (state === "done") return h("span", { class: "tag tag-ok" }, icon("check"), say("done"));
  if (state === "out") return h("span", { class: "tag" }, say("no_answer"));
  if (state === "back") return h("span", { class: "tag tag-warn" }, say("come_back"));
  return h("span", { class: "muted" }, say("left"));
}

/** @param {Door} door */
export const notesOf = (door) => [
  door.hazard_note && note("warn", "triangle-alert", door.hazard_note),
  door.access_note && note("", "key-round", door.access_note),
];

/** The main button: to the next door, or where none is left to the receipt. @param {Ui} ui @param {Walk} walk @param {Door | null} next @param {string} [word] */
export function onward({ say }, walk, next, word) {
  if (next) return h("a", { class: "btn btn-primary", href: `#/walk/${walk.turf}/door/${next.id}`, "data-key": "onward" }, word ?? say("next", { address: next.address }));
  return h("a", { class: "btn btn-primary", href: `#/walk/${walk.turf}/receipt`, "data-key": "onward" }, say("to_receipt"));
}

/** Whether things are brought to the doors of this walk, and nobody is spoken to. @param {Walk | undefined} walk */
export const isDelivery = (walk) => walk?.round === "leaflet" || walk?.round === "poster";

/** @param {Ui} ui */
export const walkGone = ({ say }) => [
  h("h1", {}, say("walk_gone")),
  h("p", {}, say("walk_gone_why")),
  h("p", {}, h("a", { class: "btn btn-block", href: "#/" }, say("to_walks"))),
];

/** Unsent answers as a file. @param {Ui} ui */
export function saveUnsent({ app, save }) {
  const at = new Date(app.rightNow()).toISOString();
  save(`unsent-${at.slice(0, 16).replace(/[T:]/g, "-")}.json`, fileOf(app.unsent(), app.carried?.phone ?? null, at));
}
