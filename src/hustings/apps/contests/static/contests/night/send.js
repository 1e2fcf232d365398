// @ts-check
/**
 * Asking the office's server. Only what is surely its answer counts as one: a hotel's sign-in page says 200 too.
 *
 * @import { Entry, Photo } from "./store.js"
 */

const PATIENCE_MS = 20_000;
/** A picture of some hundred kilobytes over a bad line. */
const PHOTO_PATIENCE_MS = 120_000;

/** @param {string} path @param {RequestInit} [options] @param {number} [patienceMs] @returns {Promise<{ status: number, said: any } | null>} null when nobody answered */
async function ask(path, options = {}, patienceMs = PATIENCE_MS) {
  try {
    const response = await fetch(path, { cache: "no-store", redirect: "error", signal: AbortSignal.timeout(patienceMs), ...options });
    if (!(response.headers.get("Content-Type") ?? "").startsWith("application/json")) return null;
    return { status: response.status, said: await response.json() };
  } catch {
    return null;
  }
}

/** @param {string} token @returns {Promise<any>} null when nobody answered, or nobody was given this link */
export async function factsOf(token) {
  const answer = await ask(`/night/${token}/facts/`);
  return answer?.status === 200 ? answer.said : null;
}

/** As `canvass/outbox.js` wants a sender, which calls "late" what waits for somebody at the office: the tray. @param {string} token */
export const sender = (token) => async (/** @type {any[]} */ batch) => {
  const answer = await ask(`/night/${token}/events/`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ events: batch.map((/** @type {Entry} */ entry) => entry.event) }),
  });
  if (answer === null || answer.status >= 500 || answer.status === 429 || answer.status === 404) return /** @type {const} */ ({ what: "unreachable" });
  if (Array.isArray(answer.said?.events)) {
    const verdicts = answer.said.events.map((/** @type {any} */ one) => (one.status === "tray" ? { ...one, status: "late" } : one));
    return { what: /** @type {const} */ ("answered"), verdicts };
  }
  return { what: /** @type {const} */ ("unreadable"), message: String(answer.said?.error ?? answer.status) };
};

/** @param {Photo} photo @returns {Promise<{ state: "accepted" | "refused", message: string } | null>} null when nobody answered */
export async function sendPhoto(photo) {
  const query = new URLSearchParams({ unit: String(photo.unit), report: photo.report, taken_at: photo.taken_at });
  const answer = await ask(`/night/${photo.token}/photos/${photo.id}/?${query}`, { method: "POST", headers: { "Content-Type": "image/jpeg" }, body: photo.picture }, PHOTO_PATIENCE_MS);
  if (answer === null || answer.status >= 500 || answer.status === 429 || answer.status === 404) return null;
  if (answer.status === 200) return { state: "accepted", message: "" };
  return { state: "refused", message: String(answer.said?.message ?? answer.status) };
}
