// @ts-check
/**
 * What lies on the phone: walks, events and a few facts about the phone, in IndexedDB.
 *
 * A tap is kept by one transaction that is on the disk when it ends. When the browser closes the database
 * (iOS does, in the background), the next question opens it again.
 *
 * @import { Carried, Entry, Fresh, Verdict, Walk } from "./types.d.ts"
 */

const NAME = "hustings-doorstep";
const VERSION = 1;
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

/**
 * Do something in one transaction, and come back when all of it is kept.
 *
 * @template T
 * @param {("walks" | "entries" | "facts")[]} names
 * @param {IDBTransactionMode} mode
 * @param {(store: (name: "walks" | "entries" | "facts") => IDBObjectStore) => Promise<T>} work
 * @param {boolean} [again]
 * @returns {Promise<T>}
 */
async function within(names, mode, work, again = true) {
  const db = await open();
  /** @type {IDBTransaction} */
  let transaction;
  try {
    transaction = db.transaction(names, mode, { durability: mode === "readwrite" ? "strict" : "default" });
  } catch (error) {
    if (again && error instanceof DOMException && error.name === "InvalidStateError") {
      opened = null;
      return within(names, mode, work, false);
    }
    throw error;
  }
  const kept = new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(undefined);
    transaction.onabort = () => reject(transaction.error ?? new DOMException("The transaction was undone.", "AbortError"));
  });
  try {
    const [result] = await Promise.all([work((name) => transaction.objectStore(name)), kept]);
    return result;
  } catch (error) {
    kept.catch(() => {});
    try {
      transaction.abort();
    } catch {
      // it is over already
    }
    throw error;
  }
}

/**
 * Keep what a tap says: each event with its number in line on this phone, all of them or none.
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
      const entry = { ...one, event: { id, sequence: ++sequence, ...rest } };
      const order = /** @type {number} */ (await got(store("entries").add(entry)));
      entries.push({ ...entry, order });
    }
    store("facts").put(sequence, "sequence");
    return entries;
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

/** @returns {Promise<{ walks: Walk[], entries: Entry[], carried: Carried | null }>} all there is */
export const all = () =>
  within(["walks", "entries", "facts"], "readonly", async (store) => ({
    walks: await got(store("walks").getAll()),
    entries: await got(store("entries").getAll()),
    carried: (await got(store("facts").get("carried"))) ?? null,
  }));

/** @param {Walk} walk */
export const keepWalk = (walk) => within(["walks"], "readwrite", (store) => got(store("walks").put(walk)));

/**
 * Who the phone is and what it carries. Numbers in line go on above those that the server knows of this
 * phone, so that a phone that lost its memory gives none twice.
 *
 * @param {Carried} carried
 */
export function keepCarried(carried) {
  return within(["facts"], "readwrite", async (store) => {
    const sequence = /** @type {number} */ ((await got(store("facts").get("sequence"))) ?? 0);
    store("facts").put(Math.max(sequence, (carried.phone?.sequence ?? 1) - 1), "sequence");
    store("facts").put(carried, "carried");
  });
}

/** @param {(entry: Entry) => boolean} which @param {IDBObjectStore} entries */
async function remove(which, entries) {
  for (const entry of /** @type {Entry[]} */ (await got(entries.getAll())))
    if (which(entry) && entry.order !== undefined) entries.delete(entry.order);
}

/** @param {number} turf a walk that is over here: all of it goes, but the answers that nobody has yet */
export function wipe(turf) {
  return within(["walks", "entries", "facts"], "readwrite", async (store) => {
    store("walks").delete(turf);
    for (const kind of ["board", "check-in"]) store("facts").delete(`${kind} ${turf}`);
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
function changed(kind, turf, change) {
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
export const changeBoard = (turf, change) => changed("board", turf, change);
/** @returns {Promise<CheckIn[]>} */
export const checkIns = () => every("check-in");
/** @param {number} turf @param {(one: CheckIn | null) => CheckIn | null} change */
export const changeCheckIn = (turf, change) => changed("check-in", turf, change);
