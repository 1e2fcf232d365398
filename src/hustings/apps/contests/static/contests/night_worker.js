// @ts-check
/**
 * Lets a reporter's page open with no network. The server writes `self.hustings` above these lines: files, shell, version.
 *
 * Reads only: what is sent goes past it, and what the office answers is not kept here.
 */
{
  const worker = /** @type {any} */ (self);
  const { files, shell, version } = /** @type {{ files: string[], shell: string, version: string }} */ (worker.hustings);
  const CACHE = `hustings-night-${version}`;
  const KEPT = new Set(files);
  /** A hash stands in the name: what the page has fetched already is the same, and need not come twice. */
  const NAMED_BY_CONTENT = /\.[0-9a-f]{12}\./;

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
        for (const name of await caches.keys()) if (name.startsWith("hustings-night-") && name !== CACHE) await caches.delete(name);
        await worker.clients.claim();
      })(),
    );
  });

  worker.addEventListener("fetch", (/** @type {any} */ event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== location.origin) return;
    if (request.mode === "navigate") event.respondWith(keptOrFetched(request, shell));
    else if (KEPT.has(url.pathname)) event.respondWith(keptOrFetched(request, url.pathname));
  });

  /** @param {Request} request @param {string} name */
  async function keptOrFetched(request, name) {
    return (await caches.match(name)) ?? fetch(request);
  }
}
