// @ts-check
/**
 * One round of sending everything that waits on this phone, whichever of its links it was entered under.
 *
 * Pure: it is handed the store, how an outbox is drained, the senders, and who is told.
 *
 * @import { Photo } from "./store.js"
 * @typedef {{ waitingOf: () => Promise<string[]>, outboxOf: (token: string) => any, photos: () => Promise<Photo[]>, keepPhoto: (photo: Photo) => Promise<void> }} Store
 * @typedef {(token: string) => (batch: any[]) => Promise<any>} Sender
 * @typedef {(outbox: any, send: (batch: any[]) => Promise<any>, moved: () => void) => Promise<string>} Drain of `canvass/outbox.js`
 * @typedef {(photo: Photo) => Promise<{ state: "accepted" | "refused", message: string } | null>} PhotoSender
 */

/**
 * Reports of every link, each by its own; one that nobody answers does not stop the others.
 *
 * @param {Store} store @param {Drain} drain @param {Sender} sender @param {() => void} moved told after every batch
 * @returns {Promise<boolean>} whether nothing is left
 */
export async function sendReports(store, drain, sender, moved) {
  let left = false;
  for (const token of await store.waitingOf()) left = (await drain(store.outboxOf(token), sender(token), moved)) !== "empty" || left;
  return !left;
}

/**
 * Photographs, oldest first; one that nobody answers does not stop the others.
 *
 * @param {Store} store @param {PhotoSender} send @param {() => void} moved told after each that was answered
 * @returns {Promise<boolean>} whether nothing is left
 */
export async function sendPhotos(store, send, moved) {
  for (const photo of (await store.photos()).filter((one) => one.state === "waiting").sort((one, other) => one.taken_at.localeCompare(other.taken_at))) {
    const verdict = await send(photo);
    if (!verdict) continue;
    await store.keepPhoto({ ...photo, ...verdict, picture: verdict.state === "accepted" ? null : photo.picture });
    moved();
  }
  return !(await store.photos()).some((one) => one.state === "waiting"); // one was taken meanwhile, or was not answered
}
