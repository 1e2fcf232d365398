// @ts-check
/**
 * What stands round every screen: whose walk, how far, what waits on this phone, and the tabs.
 *
 * @import { Place, Screen, Ui } from "./screen.js"
 */
import { BoardDoor } from "./board-door.js";
import { BoardDoors } from "./board-doors.js";
import { BoardRows } from "./board-rows.js";
import { BoardTeam } from "./board-team.js";
import { BuildingFloors } from "./building-floors.js";
import { DeliveryBuilding, DeliveryCard } from "./delivery-card.js";
import { DoorCard } from "./door-card.js";
import { isDelivery } from "./parts.js";
import { RoundReceipt } from "./round-receipt.js";
import { SafetyBar } from "./safety-bar.js";
import { SafetyPage } from "./safety-page.js";
import { ScriptPage } from "./script-page.js";
import { ShiftReceipt } from "./shift-receipt.js";
import { UnsentAnswers } from "./unsent-answers.js";
import { UnsentCodes } from "./unsent-codes.js";
import { WalkDoors } from "./walk-doors.js";
import { WalkList } from "./walk-list.js";
import { WalkMap } from "./walk-map.js";
import { WalkOrder } from "./walk-order.js";
import { h, icon, nodesOf, redraw } from "./draw.js";
import { powerOffer } from "./power-parts.js";

/** @type {Record<string, new () => Screen>} */
const SCREENS = { walks: WalkList, walk: WalkDoors, door: DoorCard, building: BuildingFloors, script: ScriptPage, receipt: ShiftReceipt, unsent: UnsentAnswers, codes: UnsentCodes, board: BoardRows, "board-door": BoardDoor, "board-doors": BoardDoors, "board-team": BoardTeam, map: WalkMap, order: WalkOrder, safety: SafetyPage };

/** Those that need a connection anyway are fetched when they are opened. @type {Record<string, () => Promise<new () => Screen>>} */
const LATER = { move: async () => (await import("./move-browser.js")).MoveBrowser, leave: async () => (await import("./sign-out.js")).SignOut };

/** Instead of those, on leaflet and poster rounds. @type {Record<string, new () => Screen>} */
const DELIVERING = { door: DeliveryCard, building: DeliveryBuilding, receipt: RoundReceipt };

/** @param {Ui} ui @param {HTMLElement} host */
export function frame(ui, host) {
  const { app, say } = ui;
  const head = h("header", { class: "phone-head" });
  const strip = h("div", { role: "status" });
  const safety = new SafetyBar();
  safety.ui = ui;
  const main = h("main", { id: "content", tabindex: "-1" });
  const tabs = h("nav", { class: "phone-tabs", "aria-label": say("this_walk") });
  /** @type {Place} */
  let place = { screen: "walks", turf: 0, id: 0 };

  const around = () => {
    const walk = app.walks.get(place.turf);
    const standings = walk && app.standingsOf(walk);
    const done = standings ? [...standings.values()].filter(({ state }) => state === "done" || state === "out").length : 0;
    const here = walk?.doors.findIndex((door) => door.id === place.id) ?? -1;
    const title = walk ? say("walk_title", { number: walk.number, name: walk.name }) : "Hustings";
    redraw(head,
      h("div", { class: "phone-head-line" },
        h("strong", {}, walk ? h("a", { href: `#/walk/${walk.turf}`, "data-key": "head" }, title) : h("a", { href: "#/", "data-key": "head" }, title)),
        walk && h("span", {}, place.screen === "door" && here >= 0 ? say("door_of", { door: here + 1, n: walk.doors.length }) : say("done_short", { done, n: walk.doors.length }))),
      walk && h("progress", { max: walk.doors.length, value: done, "aria-label": say("doors_done") }));
    const said = stripOf(ui);
    if (strip.dataset.said !== said?.key) {
      strip.dataset.said = said?.key ?? "";
      strip.replaceChildren(...nodesOf([said && h(said.link ? "a" : "p", { class: `strip strip-${said.how}`, href: said.link }, icon(said.picture), h("span", {}, said.text))]));
    }
    safety.turf = place.turf;
    safety.again();
    tabs.hidden = !walk && place.turf === 0;
    redraw(tabs, place.turf > 0 && [["walk", "footprints", ""], ...(ui.boards.isUsed(place.turf) ? [["board", "users", "/board"]] : []), ["script", "scroll-text", "/script"], ["receipt", "receipt", "/receipt"]].filter(([name]) => name !== "script" || !isDelivery(walk)).map(([name, picture, path]) =>
      h("a", { href: `#/walk/${place.turf}${path}`, "data-key": name, "aria-current": (place.screen === name || (name === "walk" && ["door", "building", "map", "order"].includes(place.screen)) || (name === "board" && place.screen.startsWith("board"))) && "page" }, icon(picture), h("span", {}, say(`tab_${name}`)))));
    const heading = main.querySelector("h1")?.textContent ?? "";
    document.title = [heading, title].filter(Boolean).join(" · ");
  };

  host.replaceChildren(head, strip, safety, powerOffer(ui), main, tabs);
  app.listen(around);
  let first = true;
  return {
    /** @param {Place} to */
    show(to) {
      place = to;
      const later = LATER[to.screen];
      if (later) void later().catch(() => WalkList).then((kind) => place === to && this.put(kind, to));
      else this.put((isDelivery(app.walks.get(to.turf)) && DELIVERING[to.screen]) || (SCREENS[to.screen] ?? WalkList), to);
    },
    /** @param {new () => Screen} kind @param {Place} to */
    put(kind, to) {
      const screen = new kind();
      screen.ui = ui;
      screen.place = to;
      main.replaceChildren(screen);
      around();
      scrollTo(0, 0);
      if (!first) main.focus({ preventScroll: true });
      first = false;
      host.dataset.ready = "yes";
    },
  };
}

/** What waits on this phone, in one line; nothing when nothing does. @param {Ui} ui */
function stripOf({ app, say }) {
  const waiting = app.waiting().length;
  const refused = app.unsent().length - waiting;
  /** @param {string} key @param {string} how @param {string} picture @param {string} text @param {string} [link] */
  const line = (key, how, picture, text, link) => ({ key: `${key} ${text}`, how, picture, text, link });
  if (refused > 0) return line("refused", "bad", "circle-alert", say("strip_refused", { n: refused }), "#/unsent");
  if (app.reach === "signed-out" && waiting > 0) return line("over", "bad", "ban", say("strip_over", { n: waiting }), "#/unsent");
  if (app.reach === "outdated") return line("outdated", "warn", "refresh-cw", say("strip_outdated", { n: waiting }), "#/unsent");
  if (app.reach === "unreachable") return line("offline", "warn", "wifi-off", waiting > 0 ? say("strip_offline", { n: waiting }) : say("strip_offline_none"), waiting > 0 ? "#/unsent" : undefined);
  if (waiting > 0 && !app.sending) return line("waiting", "warn", "hourglass", say("strip_waiting", { n: waiting }), "#/unsent");
  return null;
}
