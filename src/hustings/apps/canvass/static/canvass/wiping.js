// @ts-check
/**
 * What a phone that signs out takes off: the app's own worker and files.
 *
 * Another page of the same server, as a reporter's page of the night, has its own and keeps them: it may be opened
 * next where there is no network.
 */
const SCOPE = "/w/";
const FILES = "hustings-doorstep-";

/**
 * @param {Pick<CacheStorage, "keys" | "delete">} caches
 * @param {readonly Pick<ServiceWorkerRegistration, "scope" | "unregister">[]} workers
 */
export async function takeOff(caches, workers) {
  for (const worker of workers) if (new URL(worker.scope).pathname === SCOPE) await worker.unregister();
  for (const name of await caches.keys()) if (name.startsWith(FILES)) await caches.delete(name);
}
