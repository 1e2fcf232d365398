// @ts-check
/**
 * Asking the server, and what became of it: answered, unreachable or signed out.
 *
 * Only what is surely our server's answer counts as one: a hotel's sign-in page says 200 too.
 *
 * @import { Answer, Carried, Changes, Entry, Ground, Header, Receipt, Walk } from "./types.d.ts"
 */
import { peopleOf } from "./outbox.js";

const PATIENCE_MS = 20_000;
/** A clock is not learned from an answer that took longer. */
const PROMPT_MS = 10_000;

/** How far this phone's clock is ahead of the server's, by the last answer that said; null while none did. */
export const clock = { aheadMs: /** @type {number | null} */ (null) };

/**
 * @param {string} path
 * @param {RequestInit} [options]
 * @returns {Promise<{ status: number, said: any, etag: string } | null>} null when our server did not answer
 */
export async function ask(path, options = {}) {
  const asked = Date.now();
  try {
    const response = await fetch(path, { cache: "no-store", redirect: "error", signal: AbortSignal.timeout(PATIENCE_MS), ...options });
    const etag = response.headers.get("ETag") ?? "";
    if (response.status === 304) return { status: 304, said: null, etag };
    if (!(response.headers.get("Content-Type") ?? "").startsWith("application/json")) return null;
    const answered = Date.now();
    const said = await response.json();
    const at = Date.parse(said?.at ?? "");
    if (at && answered - asked >= 0 && answered - asked < PROMPT_MS) clock.aheadMs = Math.round((asked + answered) / 2 - at);
    return { status: response.status, said, etag };
  } catch {
    return null;
  }
}

/** @param {string} path @param {unknown} what */
export const tell = (path, what) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(what) });

/**
 * @param {Entry[]} batch
 * @param {Header} header
 * @returns {Promise<Answer>}
 */
export async function send(batch, header) {
  const answer = await tell("/w/events/", { ...header, events: batch.map((entry) => entry.event), people: peopleOf(batch) });
  if (answer === null || answer.status >= 500 || answer.status === 429 || answer.status === 408) return { what: "unreachable" };
  if (answer.status === 401 || answer.status === 403) return { what: "signed-out" };
  if (answer.status === 426) return { what: "outdated" };
  if (Array.isArray(answer.said?.events)) return { what: "answered", verdicts: answer.said.events };
  return { what: "unreadable", message: String(answer.said?.error ?? answer.status) };
}

/** @returns {Promise<Carried | null>} null when nobody answers */
export async function carried() {
  const answer = await ask("/w/carried/");
  return answer?.status === 200 ? answer.said : null;
}

/**
 * @param {number} turf
 * @param {string} etag
 * @returns {Promise<Walk | "same" | "gone" | null>} null when nobody answers
 */
export async function walkOf(turf, etag) {
  const fetched_at = Date.now();
  const answer = await ask(`/w/walk/${turf}/data/`, etag ? { headers: { "If-None-Match": etag } } : {});
  if (answer?.status === 304) return "same";
  if (answer?.status === 403 || answer?.status === 404) return "gone";
  return answer?.status === 200 ? { ...answer.said, etag: answer.etag, fetched_at, whole_at: fetched_at } : null;
}

/**
 * What changed on a walk since this phone last asked: a question that costs little while nothing did.
 *
 * @param {Walk} walk
 * @returns {Promise<{ said: Changes, mark: string } | "same" | "gone" | null>} null when nobody answers
 */
export async function changesOf({ turf, position, marked }) {
  const answer = await ask(`/w/walk/${turf}/changes/?since=${position}`, marked ? { headers: { "If-None-Match": marked } } : {});
  if (answer?.status === 304) return "same";
  if (answer?.status === 403 || answer?.status === 404) return "gone";
  return answer?.status === 200 ? { said: answer.said, mark: answer.etag } : null;
}

/** @param {number} turf @returns {Promise<Ground | null>} what a walk's map is drawn of */
export async function mapOf(turf) {
  const answer = await ask(`/w/walk/${turf}/map/`);
  return answer?.status === 200 ? answer.said : null;
}

/** @param {number} turf @returns {Promise<Receipt | null>} */
export async function receiptOf(turf) {
  const answer = await ask(`/w/walk/${turf}/receipt/data/`);
  return answer?.status === 200 ? answer.said : null;
}

/** @param {number} turf @returns {Promise<Receipt | null>} */
export async function handBack(turf) {
  const answer = await tell(`/w/walk/${turf}/hand-back/`, {});
  return answer?.status === 200 ? answer.said : null;
}

/** @returns {Promise<boolean>} whether the server knows that this phone is out */
export async function signOut() {
  const answer = await tell("/w/app/leave/", {});
  return answer?.status === 200 || answer?.status === 403;
}

/** @returns {Promise<string>} a link with which another browser goes on as this phone; empty where none was given */
export async function moveLink() {
  const answer = await tell("/w/app/move/", {});
  return answer?.status === 200 ? String(answer.said.link) : "";
}
