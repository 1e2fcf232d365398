// @ts-check
/**
 * The app's beginning: joins the parts. The only file that touches the window and the browser's own services.
 *
 * @import { Place, Ui } from "./screens/screen.js"
 * @import { Words } from "./types.d.ts"
 */
import { App } from "./app.js";
import { frame } from "./screens/frame.js";
import { iconsAt } from "./screens/draw.js";
import * as server from "./send.js";
import * as store from "./store.js";
import { sayIn } from "./words.js";

/** @type {{ words: Words, icons: string, qr: string, version: string }} */
const facts = JSON.parse(document.getElementById("app-facts")?.textContent ?? "{}");
const language = document.documentElement.lang || "en";
const say = sayIn(facts.words, language);
iconsAt(facts.icons);

const tabs = "BroadcastChannel" in self ? new BroadcastChannel("hustings-doorstep") : null;
/** @type {{ now: () => number, random: (bytes: number) => Uint8Array, after: (milliseconds: number, what: () => void) => () => void, alone: (what: () => Promise<void>) => Promise<void>, told: () => void, wiped: () => Promise<void>, renew: () => void }} */
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
  renew: () => void navigator.serviceWorker?.getRegistration().then((worker) => worker?.update()).catch(() => {}),
  wiped: async () => {
    if (!("caches" in self)) return;
    for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) await worker.unregister();
    for (const name of await caches.keys()) await caches.delete(name);
  },
};

export const app = new App(store, server, world, facts.version);
tabs?.addEventListener("message", () => app.lookSoon());

/** @type {Ui} */
const ui = {
  app,
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

/** Whatever may have changed while nobody looked: the time, the signal, the walk. */
async function wake() {
  await app.tidy();
  await Promise.all([app.tryNow(), app.refresh()]);
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
/** What others found at the doors of this walk, within a minute, while somebody looks; no two phones at once. */
function follow() {
  setTimeout(async () => {
    if (document.visibilityState === "visible" && navigator.onLine && app.walks.size) await app.catchUp().catch(() => {});
    follow();
  }, 30_000 + Math.random() * 15_000);
}
follow();

if ("serviceWorker" in navigator) void navigator.serviceWorker.register("/w/service-worker.js", { scope: "/w/" }).catch(() => {});
addEventListener("beforeinstallprompt", (event) => event.preventDefault());

export const ready = (async () => {
  await app.look();
  show();
  await navigator.storage?.persist?.().catch(() => false);
  await wake();
  if (location.hash === "") show();
})();
