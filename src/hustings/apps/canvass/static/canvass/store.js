// @ts-check
/**
 * What lies on the phone: walks, events and a few facts about the phone, in IndexedDB.
 *
 * A tap is kept by one transaction that is on the disk when it ends. When the browser closes the database
 * (iOS does, in the background), it is opened again and the tap is kept all the same, once.
 *
 * @import { Carried, Changes, Draft, Entry, Fresh, Verdict, Walk } from "./types.d.ts"
 */
import { changed, forgotten } from "./changes.js";
import { isNothing, keyOf } from "./draft.js";

const NAME = "hustings-doorstep";
const VERSION = 1;
/** What a browser says when it took the database away: iOS does so in the background. @type {ReadonlySet<string>} */
const LOST = new Set(["InvalidStateError", "UnknownError", "AbortError"]);
const AGAIN_AFTER_MS = [0, 50, 500];
/** @type {ReadonlySet<string>} */
const UNSENT = new Set(["waiting", "refused"]);

/** @type {Promise<IDBDatabase> | null} */
let opened = null;

/** @returns {Promise<IDBDatabase>} */
function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const db = request.result;
      db.createObjectStore("walks", { keyPath: "turf" });
      db.createObjectStore("facts");
      const entries = db.createObjectStore("entries", { keyPath: "order", autoIncrement: true });
      entries.createIndex("id", "id", { unique: true });
      entries.createIndex("state", "state");
      entries.createIndex("turf", "turf");
    };
    request.onsuccess = () => {
      const db = request.result;
      const forget = () => {
        opened = null;
      };
      db.onclose = forget;
      db.onversionchange = () => {
        forget();
        db.close();
      };
      resolve(db);
    };
    request.onerror = () => {
      opened = null;
      reject(request.error);
    };
  });
  return opened;
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const got = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** @typedef {("walks" | "entries" | "facts")[]} Names */
/** @template T @typedef {(store: (name: Names[number]) => IDBObjectStore) => Promise<T>} Work */

/**
 * Do something in one transaction, and come back when all of it is kept.
 *
 * When the browser took the database away meanwhile it is opened again and all of it is done again, so
 * whatever is done here may be done twice.
 *
 * @template T
 * @param {Names} names
 * @param {IDBTransactionMode} mode
 * @param {Work<T>} work
 * @param {IDBTransactionDurability} [durability] strict for what must outlive the battery, which takes its time
 * @returns {Promise<T>}
 */
async function within(names, mode, work, durability = mode === "readwrite" ? "strict" : "default") {
  for (const wait of AGAIN_AFTER_MS) {
    try {
      return await once(names, mode, work, durability);
    } catch (error) {
      if (!(error instanceof DOMException && LOST.has(error.name))) throw error;
      opened = null;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return once(names, mode, work, durability);
}

/** @template T @param {Names} names @param {IDBTransactionMode} mode @param {Work<T>} work @param {IDBTransactionDurability} durability @returns {Promise<T>} */
async function once(names, mode, work, durability) {
  const db = await open();
  const transaction = db.transaction(names, mode, { durability });
  const kept = new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(undefined);
    transaction.onabort = () => reject(transaction.error ?? new DOMException("The transaction was undone.", "AbortError"));
  });
  try {
    const [result] = await Promise.all([work((name) => transaction.objectStore(name)), kept]);
    return result;
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // it is over already
    }
    await kept.catch(() => {});
    throw transaction.error ?? error; // a full disk is said by the transaction, not by the request that it took with it
  }
}

/**
 * Keep what a tap says: each event with its number in line on this phone, all of them or none, and none twice.
 *
 * @param {Fresh[]} fresh
 * @returns {Promise<Entry[]>}
 */
export function record(fresh) {
  return within(["entries", "facts"], "readwrite", async (store) => {
    let sequence = /** @type {number} */ ((await got(store("facts").get("sequence"))) ?? 0);
    const entries = [];
    for (const one of fresh) {
      const { id, ...rest } = one.event;
      const there = /** @type {Entry | undefined} */ (await got(store("entries").index("id").get(id)));
      if (there) {
        entries.push(there);
        continue;
      }
      const entry = { ...one, event: { id, sequence: ++sequence, ...rest } };
      const order = /** @type {number} */ (await got(store("entries").add(entry)));
      entries.push({ ...entry, order });
    }
    store("facts").put(sequence, "sequence");
    return entries;
  });
}

/**
 * Events that another browser of this phone made, under the numbers that they have; those that are here already stay as they are.
 *
 * @param {Entry[]} entries
 * @returns {Promise<number>} how many were new
 */
export function bringIn(entries) {
  return within(["entries", "facts"], "readwrite", async (store) => {
    let fresh = 0;
    let sequence = /** @type {number} */ ((await got(store("facts").get("sequence"))) ?? 0);
    for (const entry of entries) {
      if ((await got(store("entries").index("id").getKey(entry.id))) !== undefined) continue;
      store("entries").add(entry);
      sequence = Math.max(sequence, entry.event.sequence);
      fresh++;
    }
    store("facts").put(sequence, "sequence");
    return fresh;
  });
}

/** @param {number} most @returns {Promise<Entry[]>} what waits, oldest first */
export const oldest = (most) =>
  within(["entries"], "readonly", (store) => got(store("entries").index("state").getAll("waiting", most)));

/**
 * Write down what became of events. Of a walk that is gone, only what was refused is kept.
 *
 * @param {Verdict[]} verdicts
 * @returns {Promise<void>}
 */
export function settle(verdicts) {
  return within(["entries", "walks"], "readwrite", async (store) => {
    const turfs = new Set(await got(store("walks").getAllKeys()));
    for (const { id, state, message } of verdicts) {
      const entry = /** @type {Entry | undefined} */ (await got(store("entries").index("id").get(id)));
      if (!entry || entry.state !== "waiting" || entry.order === undefined) continue;
      if (state === "erased" || (state !== "refused" && !turfs.has(entry.turf))) store("entries").delete(entry.order);
      else store("entries").put({ ...entry, state, message });
    }
  });
}

/** @param {string[]} ids refused events that are to be tried again */
export function sendAgain(ids) {
  return within(["entries"], "readwrite", async (store) => {
    for (const id of ids) {
      const entry = /** @type {Entry | undefined} */ (await got(store("entries").index("id").get(id)));
      if (entry?.state === "refused") store("entries").put({ ...entry, state: "waiting", message: "" });
    }
  });
}

/** @param {string[]} ids events that whoever holds the phone wants gone, or that were handed over */
export function discard(ids) {
  return within(["entries"], "readwrite", async (store) => {
    for (const id of ids) {
      const order = await got(store("entries").index("id").getKey(id));
      if (order !== undefined) store("entries").delete(order);
    }
  });
}

/** Keys of what was begun at doors: of one walk, or of all. @param {string} [turf] */
const drafts = (turf = "") => IDBKeyRange.bound(`draft ${turf}`, `draft ${turf}\uffff`);

/** Keep what was begun at a door, or forget it where nothing is left of it. @param {number} turf @param {number} door @param {Draft} draft */
export function keepDraft(turf, door, draft) {
  /** @type {Work<void>} */
  const work = async (store) => {
    if (isNothing(draft)) store("facts").delete(keyOf(turf, door));
    else store("facts").put(draft, keyOf(turf, door));
  };
  return within(["facts"], "readwrite", work, "relaxed"); // with every letter: it must not fall behind the fingers
}

/** @returns {Promise<{ walks: Walk[], entries: Entry[], carried: Carried | null, aheadMs: number, drafts: Map<string, Draft> }>} all there is */
export const all = () =>
  within(["walks", "entries", "facts"], "readonly", async (store) => ({
    walks: await got(store("walks").getAll()),
    entries: await got(store("entries").getAll()),
    carried: (await got(store("facts").get("carried"))) ?? null,
    aheadMs: (await got(store("facts").get("ahead_ms"))) ?? 0,
    drafts: await draftsOf(store("facts")),
  }));

/** @param {IDBObjectStore} facts @returns {Promise<Map<string, Draft>>} */
async function draftsOf(facts) {
  const keys = /** @type {string[]} */ (await got(facts.getAllKeys(drafts())));
  const kept = await got(facts.getAll(drafts()));
  return new Map(keys.map((key, place) => [key, kept[place]]));
}

/** A walk as it was given, whole. Of an earlier knock the walk itself says what was recorded. @param {Walk} walk */
export function keepWalk(walk) {
  return within(["walks", "entries"], "readwrite", async (store) => {
    const before = /** @type {Walk | undefined} */ (await got(store("walks").get(walk.turf)));
    if (before && before.knock !== walk.knock) await remove((entry) => entry.turf === walk.turf && entry.state === "accepted", store("entries"));
    store("walks").put(walk);
  });
}

/** The walk that lies here is what the server would give now. @param {number} turf @param {number} now */
export function stillWhole(turf, now) {
  return within(["walks"], "readwrite", async (store) => {
    const walk = /** @type {Walk | undefined} */ (await got(store("walks").get(turf)));
    if (walk) store("walks").put({ ...walk, whole_at: now });
  });
}

/**
 * What changed on a walk, written into the copy that lies here by now, and erased people gone from it.
 *
 * @param {number} turf
 * @param {Changes} said
 * @param {string} mark
 * @param {number} now
 */
export function change(turf, said, mark, now) {
  return within(["walks", "entries"], "readwrite", async (store) => {
    const walk = /** @type {Walk | undefined} */ (await got(store("walks").get(turf)));
    const entries = /** @type {Entry[]} */ (said.erased.length ? await got(store("entries").getAll()) : []);
    for (const [id, kept] of forgotten(entries, walk, said.erased)) {
      const order = await got(store("entries").index("id").getKey(id));
      if (kept) store("entries").put(kept);
      else if (order !== undefined) store("entries").delete(order);
    }
    if (walk && !said.over) store("walks").put({ ...changed(walk, said, now), marked: mark });
  });
}

/**
 * Who the phone is and what it carries. Numbers in line go on above those that the server knows of this
 * phone, so that a phone that lost its memory gives none twice; `first` is the lowest that it gave as this phone.
 *
 * @param {Carried} carried
 */
export function keepCarried(carried) {
  return within(["facts", "entries"], "readwrite", async (store) => {
    const before = /** @type {Carried | undefined} */ (await got(store("facts").get("carried")));
    const sequence = Math.max((await got(store("facts").get("sequence"))) ?? 0, (carried.phone?.sequence ?? 1) - 1);
    const first = await got(store("facts").get("first"));
    if (carried.phone && (first === undefined || before?.phone?.id !== carried.phone.id)) {
      const made = /** @type {Entry[]} */ (before?.phone?.id === carried.phone.id ? await got(store("entries").getAll()) : []);
      store("facts").put(Math.min(sequence + 1, ...made.map(({ event }) => event.sequence)), "first");
    }
    store("facts").put(sequence, "sequence");
    store("facts").put(carried, "carried");
  });
}

/** What a batch says of this phone: who it is, and which numbers it gave. @returns {Promise<{ device?: string, first: number, newest: number, unsent: number }>} */
export const numbers = () =>
  within(["facts", "entries"], "readonly", async (store) => {
    const carried = /** @type {Carried | undefined} */ (await got(store("facts").get("carried")));
    const newest = /** @type {number} */ ((await got(store("facts").get("sequence"))) ?? 0);
    const first = /** @type {number} */ ((await got(store("facts").get("first"))) ?? 1);
    let unsent = 0;
    for (const state of UNSENT) unsent += await got(store("entries").index("state").count(state));
    return { ...(carried?.phone ? { device: carried.phone.id } : {}), first, newest, unsent };
  });

/** How far this phone's clock is ahead. @param {number} aheadMs */
export const keepClock = (aheadMs) => within(["facts"], "readwrite", (store) => got(store("facts").put(aheadMs, "ahead_ms")));

/** @param {(entry: Entry) => boolean} which @param {IDBObjectStore} entries */
async function remove(which, entries) {
  for (const entry of /** @type {Entry[]} */ (await got(entries.getAll())))
    if (which(entry) && entry.order !== undefined) entries.delete(entry.order);
}

/** @typedef {"map" | "order"} Kind what may lie beside a walk */
/** @param {Kind} kind @param {number} turf @returns {Promise<any>} what lies beside a walk; null where nothing does */
export const beside = (kind, turf) => within(["facts"], "readonly", async (store) => (await got(store("facts").get([kind, turf]))) ?? null);

/**
 * Keep something beside a walk, as long as the walk is here; it goes when the walk goes.
 *
 * @param {Kind} kind @param {number} turf @param {unknown} what null: nothing any more
 * @returns {Promise<boolean>} whether the walk was here
 */
export function keepBeside(kind, turf, what) {
  return within(["walks", "facts"], "readwrite", async (store) => {
    if ((await got(store("walks").getKey(turf))) === undefined) return false;
    if (what === null) store("facts").delete([kind, turf]);
    else store("facts").put(what, [kind, turf]);
    return true;
  });
}

/** @param {number} turf a walk that is over here: all of it goes, but the answers that nobody has yet */
export function wipe(turf) {
  return within(["walks", "entries", "facts"], "readwrite", async (store) => {
    store("walks").delete(turf);
    for (const kind of ["board", "check-in"]) store("facts").delete(`${kind} ${turf}`);
    store("facts").delete(drafts(`${turf} `));
    for (const key of await got(store("facts").getAllKeys())) if (Array.isArray(key) && key[1] === turf) store("facts").delete(key);
    await remove((entry) => entry.turf === turf && !UNSENT.has(entry.state), store("entries"));
  });
}

/** Everything goes, unsent answers too: this phone was signed out by whoever holds it. */
export function forget() {
  return within(["walks", "entries", "facts"], "readwrite", async (store) => {
    for (const name of /** @type {const} */ (["walks", "entries", "facts"])) store(name).clear();
  });
}

// --- what else is kept about a walk: its board (board.js), its check-in (safety.js) ---------------------

/** @typedef {import("./board.js").Board} Board @typedef {import("./safety.js").CheckIn} CheckIn */

/** @param {"board" | "check-in"} kind */
const every = (kind) => within(["facts"], "readonly", (store) => got(store("facts").getAll(IDBKeyRange.bound(`${kind} `, `${kind} \uffff`))));

/**
 * Change it in one transaction; null removes it. A walk that is not here has none.
 *
 * @template T
 * @param {"board" | "check-in"} kind
 * @param {number} turf
 * @param {(before: T | null) => T | null} change
 * @returns {Promise<T | null>}
 */
function changeFact(kind, turf, change) {
  return within(["walks", "facts"], "readwrite", async (store) => {
    if ((await got(store("walks").getKey(turf))) === undefined) return null;
    const after = change((await got(store("facts").get(`${kind} ${turf}`))) ?? null);
    if (after) store("facts").put(after, `${kind} ${turf}`);
    else store("facts").delete(`${kind} ${turf}`);
    return after;
  });
}

/** @returns {Promise<Board[]>} */
export const boards = () => every("board");
/** @param {number} turf @param {(board: Board | null) => Board | null} change */
export const changeBoard = (turf, change) => changeFact("board", turf, change);
/** @returns {Promise<CheckIn[]>} */
export const checkIns = () => every("check-in");
/** @param {number} turf @param {(one: CheckIn | null) => CheckIn | null} change */
export const changeCheckIn = (turf, change) => changeFact("check-in", turf, change);
