// @ts-check
/**
 * What to send next, and what each answer means: oldest first, one sender at a time, nothing dropped.
 *
 * Pure: it is handed a store, a sender, the time and the chance.
 *
 * @import { Answer, Entry, Outbox, State, Verdict } from "./types.d.ts"
 * @typedef {"empty" | "unreachable" | "signed-out" | "outdated"} Ended
 */

export const BATCH = 100;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 5 * 60_000;

/** @type {Record<string, State>} */
const MEANS = { stored: "accepted", known: "accepted", late: "late", clash: "clash", erased: "erased", refused: "refused" };

/**
 * What the server's answers mean for what was sent. Whatever it says nothing about goes on waiting; a word
 * that this app does not know is kept and shown, as a refusal is.
 *
 * @param {readonly Entry[]} sent
 * @param {readonly { id: string, status: string, message: string }[]} answers
 * @returns {Verdict[]}
 */
export function verdictsOn(sent, answers) {
  const asked = new Set(sent.map((entry) => entry.id));
  return answers
    .filter((answer) => asked.has(answer.id))
    .map(({ id, status, message }) => ({ id, state: MEANS[status] ?? "refused", message: message || (MEANS[status] ? "" : status) }));
}

/**
 * How long to wait before the next try: twice as long each time, up to five minutes, never two phones alike.
 *
 * @param {number} failures in a row, from 1
 * @param {number} chance from 0 to 1
 * @returns {number} milliseconds
 */
export function waitMs(failures, chance) {
  const whole = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 20));
  return whole / 2 + (whole / 2) * chance;
}

/**
 * Send what waits until nothing does, or nobody answers.
 *
 * A batch that cannot be read as a whole is tried again in halves, down to the one event that cannot; that
 * one is set aside and shown, and the others go on.
 *
 * @param {Outbox} store
 * @param {(batch: Entry[]) => Promise<Answer>} send
 * @param {() => void} [moved] told after every batch
 * @returns {Promise<Ended>}
 */
export async function drain(store, send, moved = () => {}) {
  let most = BATCH;
  for (;;) {
    const batch = await store.oldest(most);
    if (!batch.length) return "empty";
    const answer = await send(batch);
    if (answer.what === "unreachable" || answer.what === "signed-out" || answer.what === "outdated") return answer.what;
    if (answer.what === "unreadable") {
      if (batch.length > 1) {
        most = Math.max(1, Math.floor(batch.length / 2));
        continue;
      }
      await store.settle([{ id: batch[0].id, state: "refused", message: answer.message }]);
      most = BATCH;
    } else {
      const verdicts = verdictsOn(batch, answer.verdicts);
      if (!verdicts.length) return "unreachable"; // an answer about nothing we sent is no answer
      await store.settle(verdicts);
    }
    moved();
  }
}

/**
 * What a file of unsent answers holds: the events as they would be sent, and nobody's name but of those met.
 *
 * @param {readonly Entry[]} entries
 * @param {{ label: string, id: string } | null} phone
 * @param {string} savedAt
 */
export function fileOf(entries, phone, savedAt) {
  return {
    what: "unsent answers",
    version: 1,
    phone,
    saved_at: savedAt,
    events: entries.map((entry) => entry.event),
    people: peopleOf(entries),
  };
}

/** @param {readonly Entry[]} entries those met at doors, each once */
export function peopleOf(entries) {
  return [...new Map(entries.flatMap(({ somebody }) => (somebody ? [[somebody.id, somebody]] : []))).values()];
}

/**
 * A file that another browser of this phone saved: its events, to wait here as they waited there.
 *
 * @param {any} file
 * @param {(turf: number, door: number) => string} addressOf
 * @param {(kind: string) => string} wordFor
 * @returns {Entry[] | null} null where it is no such file
 */
export function entriesOf(file, addressOf, wordFor) {
  if (file?.what !== "unsent answers" || file.version !== 1 || !Array.isArray(file.events)) return null;
  const met = new Map((Array.isArray(file.people) ? file.people : []).map((/** @type {any} */ one) => [one?.id, one]));
  const whole = file.events.filter((/** @type {any} */ event) => typeof event?.id === "string" && [event.turf, event.door ?? 0, event.sequence].every(Number.isSafeInteger) && typeof event.kind === "string");
  if (whole.length !== file.events.length) return null;
  return whole.map((/** @type {Entry["event"]} */ event) => ({
    id: event.id,
    tap: event.id,
    turf: event.turf,
    door: event.door ?? 0, // of a walk of sums nobody says at which door
    state: "waiting",
    message: "",
    address: addressOf(event.turf, event.door ?? 0),
    answer: wordFor(event.kind),
    ...(event.met && met.has(event.met) ? { somebody: met.get(event.met) } : {}),
    event,
  }));
}
