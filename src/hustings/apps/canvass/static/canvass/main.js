// @ts-check
/**
 * The app's beginning: joins the parts. The only file that touches the window and the browser's own services.
 *
 * @import { Place, Ui } from "./screens/screen.js"
 * @import { Words } from "./types.d.ts"
 */
import { App } from "./app.js";
import { Boards } from "./boards.js";
import { CheckIns } from "./check_ins.js";
import { frame } from "./screens/frame.js";
import { iconsAt } from "./screens/draw.js";
import { asksNow } from "./power.js";
import { Press } from "./press.js";
import { Saving } from "./saving.js";
import * as server from "./send.js";
import * as store from "./store.js";
import { takeOff } from "./wiping.js";
import { sayIn } from "./words.js";

/** @type {{ words: Words, icons: string, qr: string, version: string }} */
const facts = JSON.parse(document.getElementById("app-facts")?.textContent ?? "{}");
const language = document.documentElement.lang || "en";
const say = sayIn(facts.words, language);
iconsAt(facts.icons);

const tabs = "BroadcastChannel" in self ? new BroadcastChannel("hustings-doorstep") : null;
const press = new Press().watch(window);
/** @type {{ now: () => number, random: (bytes: number) => Uint8Array, after: (milliseconds: number, what: () => void) => () => void, alone: (what: () => Promise<void>) => Promise<void>, told: () => void, wiped: () => Promise<void>, renew: () => void, unpressed: (whose: unknown, draw: () => void) => void }} */
const world = {
  now: () => Date.now(),
  random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
  after: (milliseconds, what) => {
    const timer = setTimeout(what, milliseconds);
    return () => clearTimeout(timer);
  },
  // One sender over all tabs; a browser without locks has the server's memory of ids alone.
  alone: (what) => (navigator.locks ? navigator.locks.request("hustings-doorstep-sending", what) : what()),
  told: () => tabs?.postMessage("changed"),
  unpressed: (whose, draw) => press.unpressed(whose, draw),
  renew: () => void navigator.serviceWorker?.getRegistration().then((worker) => worker?.update()).catch(() => {}),
  wiped: async () => {
    if ("caches" in self) await takeOff(caches, (await navigator.serviceWorker?.getRegistrations()) ?? []);
  },
};

export const app = new App(store, server, world, facts.version);
export const boards = new Boards(app, store);
export const checkIns = new CheckIns(app, store, server);
tabs?.addEventListener("message", () => void Promise.all([boards.look(), checkIns.look()]).then(() => app.lookSoon()));

const saving = new Saving(() => localStorage, document.documentElement);
saving.listen(() => void app.look());
addEventListener("storage", () => saving.look());

/** @type {Ui} */
const ui = {
  app,
  boards,
  saving,
  checkIns,
  remind: () => void navigator.vibrate?.([400, 200, 400]),
  say,
  language,
  hidden: false,
  qr: facts.qr,
  go: (place) => {
    location.hash = place;
  },
  save: (name, what) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(what, null, 1)], { type: "application/json" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  },
};

/** @returns {Place} what the address after # names */
function placeNow() {
  const [, first, turf, screen, id] = location.hash.slice(1).split("/");
  if (first === "walk" && turf) return { screen: screen || "walk", turf: Number(turf), id: Number(id ?? 0) };
  return { screen: first || "walks", turf: 0, id: 0 };
}

const page = frame(ui, /** @type {HTMLElement} */ (document.getElementById("app")));
const show = () => {
  const place = placeNow();
  const only = app.walks.size === 1 && (app.carried?.walks.length ?? 1) <= 1 ? [...app.walks.keys()][0] : null;
  if (place.screen === "walks" && location.hash === "" && only !== null) location.replace(`#/walk/${only}`);
  else page.show(place);
};
addEventListener("hashchange", show);

let askedAt = -Infinity;
/** Ask the server for news, less often while power is saved. @param {"clock" | "sent" | "back"} why */
async function news(why) {
  if (!asksNow(saving.on, why, performance.now() - askedAt)) return;
  askedAt = performance.now();
  await app.refresh();
}

/** Whatever may have changed while nobody looked: the time, the signal, the walk. */
async function wake() {
  await app.tidy();
  await Promise.all([app.tryNow(), news("back")]);
  await checkIns.wake();
}

addEventListener("online", () => void wake());
addEventListener("offline", () => {
  app.reach = "unreachable";
  void app.look();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") void wake();
});
setInterval(() => void app.tidy(), 30_000);
let followedAt = -Infinity;
/** What others found at the doors of this walk, within a minute, while somebody looks; no two phones at once. */
function follow() {
  setTimeout(async () => {
    if (document.visibilityState === "visible" && navigator.onLine && app.walks.size) await catchUp("clock");
    follow();
  }, 30_000 + Math.random() * 15_000);
}
follow();
/** A light question, asked less often while power is saved. @param {"clock" | "sent"} why */
async function catchUp(why) {
  if (!asksNow(saving.on, why, performance.now() - followedAt)) return;
  followedAt = performance.now();
  await app.catchUp().catch(() => {});
}
let wasSending = false;
app.listen(() => {
  if (saving.on && wasSending && !app.sending && app.reach === "there") void catchUp("sent");
  wasSending = app.sending;
});
void Promise.resolve(/** @type {any} */ (navigator).getBattery?.()).then((battery) => {
  for (const change of battery ? ["levelchange", "chargingchange"] : []) battery.addEventListener(change, () => saving.battery(battery));
  if (battery) saving.battery(battery);
}, () => {});
setInterval(() => void checkIns.tryAgain(), 15_000);

addEventListener("beforeinstallprompt", (event) => event.preventDefault());

export const ready = (async () => {
  await Promise.all([app.look(), boards.look(), checkIns.look()]);
  show();
  void navigator.storage?.persist?.().catch(() => false); // some browsers ask whoever holds the phone, who need not answer
  await wake();
  if (location.hash === "") show();
})();

// Last, so that on a slow line the first walk need not share it with files for opening offline.
void ready.finally(() => "serviceWorker" in navigator && navigator.serviceWorker.register("/w/service-worker.js", { scope: "/w/" }).catch(() => {}));
