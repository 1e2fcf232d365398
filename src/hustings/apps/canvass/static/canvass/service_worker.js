// @ts-check
/**
 * Lets the app open with no network. The server writes `self.hustings` above these lines: files, shell, version.
 *
 * Reads only: what is sent goes past it, so that nothing is ever sent by anybody but the outbox. Nothing
 * about people is kept here; that lies in the store, which is wiped.
 */
const worker = /** @type {any} */ (self);
const { files, shell, version } = /** @type {{ files: string[], shell: string, version: string }} */ (worker.hustings);
const CACHE = `hustings-doorstep-${version}`;
const KEPT = new Set(files);
/** A hash stands in the name: what the page has fetched already is the same, and need not come twice. */
const NAMED_BY_CONTENT = /\.[0-9a-f]{12}\./;

/** One rule for each kind of request; whatever has none goes to the network, and nothing of it is kept. */
const RULES = [
  { name: "the app's page", is: (/** @type {URL} */ url) => url.pathname === shell, as: shell, seen: false },
  { name: "the app's files", is: (/** @type {URL} */ url) => KEPT.has(url.pathname), as: null, seen: false },
  { name: "letters of other alphabets", is: (/** @type {URL} */ url) => url.pathname.endsWith(".woff2"), as: null, seen: true },
];

worker.addEventListener("install", (/** @type {any} */ event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      await cache.addAll([shell, ...files].map((path) => new Request(path, { cache: NAMED_BY_CONTENT.test(path) ? "default" : "reload" })));
      await worker.skipWaiting();
    })(),
  );
});

worker.addEventListener("activate", (/** @type {any} */ event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith("hustings-doorstep-") && name !== CACHE) await caches.delete(name);
      await worker.clients.claim();
    })(),
  );
});

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const rule = RULES.find((one) => one.is(url));
  if (rule) event.respondWith(keptOrFetched(request, rule.as ?? url.pathname, rule.seen));
});

/** @param {Request} request @param {string} name @param {boolean} seen keep it once it was seen */
async function keptOrFetched(request, name, seen) {
  const kept = await caches.match(name);
  if (kept) return kept;
  const fresh = await fetch(request);
  if (seen && fresh.ok) await (await caches.open(CACHE)).put(name, fresh.clone());
  return fresh;
}
