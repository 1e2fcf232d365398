// @ts-check
/**
 * What lies on a reporter's phone: facts of each link, reports, photographs and what was begun, in IndexedDB.
 *
 * A report is kept by one transaction that is on the disk when it ends, and stays until the office has said that it
 * has it; then it stays as sent. When the browser takes the database away it is opened again.
 *
 * @typedef {"waiting" | "accepted" | "late" | "refused"} State late is: in the tray
 * @typedef {{ order?: number, id: string, token: string, state: State, message: string, event: any }} Entry
 * @typedef {{ id: string, token: string, unit: number, report: string, taken_at: string, state: State, message: string, picture: Blob | null }} Photo
 */

const NAME = "hustings-night";
/** What a browser says when it took the database away: iOS does so in the background. */
const LOST = new Set(["InvalidStateError", "UnknownError", "AbortError"]);

/** @type {Promise<IDBDatabase> | null} */
let opened = null;

/** @returns {Promise<IDBDatabase>} */
function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      const db = request.result;
      db.createObjectStore("facts");
      db.createObjectStore("photos", { keyPath: "id" });
      const entries = db.createObjectStore("entries", { keyPath: "order", autoIncrement: true });
      entries.createIndex("id", "id", { unique: true });
    };
    request.onsuccess = () => {
      const db = request.result;
      db.onclose = () => {
        opened = null;
      };
      db.onversionchange = () => {
        opened = null;
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

/** @typedef {"facts" | "photos" | "entries"} Name */

/**
 * @template T
 * @param {Name[]} names
 * @param {IDBTransactionMode} mode
 * @param {(store: (name: Name) => IDBObjectStore) => Promise<T>} work may be done twice
 * @returns {Promise<T>}
 */
async function within(names, mode, work) {
  try {
    return await once(names, mode, work);
  } catch (error) {
    if (!(error instanceof DOMException && LOST.has(error.name))) throw error;
    opened = null;
    return once(names, mode, work);
  }
}

/** @template T @param {Name[]} names @param {IDBTransactionMode} mode @param {(store: (name: Name) => IDBObjectStore) => Promise<T>} work @returns {Promise<T>} */
async function once(names, mode, work) {
  const db = await open();
  const transaction = db.transaction(names, mode, { durability: mode === "readwrite" ? "strict" : "default" });
  const kept = new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(undefined);
    transaction.onabort = () => reject(transaction.error ?? new DOMException("The transaction was undone.", "AbortError"));
  });
  const [result] = await Promise.all([work((name) => transaction.objectStore(name)), kept]);
  return result;
}

/** Keep a report; the same id once. @param {Entry} entry */
export const keep = (entry) =>
  within(["entries"], "readwrite", async (store) => {
    if ((await got(store("entries").index("id").getKey(entry.id))) === undefined) store("entries").add(entry);
  });

/** @returns {Promise<Entry[]>} the reports of every link that this phone ever opened, oldest first */
export const entries = () => within(["entries"], "readonly", async (store) => /** @type {Entry[]} */ (await got(store("entries").getAll())));

/** @param {string} token @returns {Promise<Entry[]>} this link's reports, oldest first */
export const entriesOf = async (token) => (await entries()).filter((one) => one.token === token);

/** @returns {Promise<string[]>} links under which reports wait, as a new one was given to a phone that had another */
export const waitingOf = async () => [...new Set((await entries()).filter((one) => one.state === "waiting").map((one) => one.token))];

/** The outbox of one link, as `canvass/outbox.js` drains one. @param {string} token */
export const outboxOf = (token) => ({
  /** @param {number} most @returns {Promise<any[]>} */
  oldest: async (most) => (await entriesOf(token)).filter((one) => one.state === "waiting").slice(0, most),
  /** @param {any[]} verdicts @returns {Promise<void>} */
  settle: (verdicts) =>
    within(["entries"], "readwrite", async (store) => {
      for (const { id, state, message } of verdicts) {
        const entry = /** @type {Entry | undefined} */ (await got(store("entries").index("id").get(id)));
        if (entry?.state === "waiting") store("entries").put({ ...entry, state, message });
      }
    }),
});

/** @param {Photo} photo */
export const keepPhoto = (photo) => within(["photos"], "readwrite", async (store) => void store("photos").put(photo));

/** @returns {Promise<Photo[]>} the photographs of every link */
export const photos = () => within(["photos"], "readonly", async (store) => /** @type {Photo[]} */ (await got(store("photos").getAll())));

/** @param {string} key @returns {Promise<any>} */
export const fact = (key) => within(["facts"], "readonly", (store) => got(store("facts").get(key)));

/** @param {string} key @param {any} value nothing forgets it */
export const keepFact = (key, value) =>
  within(["facts"], "readwrite", async (store) => {
    if (value === undefined || value === null) store("facts").delete(key);
    else store("facts").put(value, key);
  });

/** @param {string} token @returns {Promise<Map<string, any>>} what was begun, by unit and phase */
export const draftsOf = (token) =>
  within(["facts"], "readonly", async (store) => {
    const range = IDBKeyRange.bound(`draft ${token} `, `draft ${token} \uffff`);
    const keys = /** @type {string[]} */ (await got(store("facts").getAllKeys(range)));
    const kept = await got(store("facts").getAll(range));
    return new Map(keys.map((key, place) => [key, kept[place]]));
  });

/** What is made up for practice is never found in the form of the night. @param {string} token @param {number} unit @param {string} phase @param {boolean} practice */
export const draftKey = (token, unit, phase, practice) => `draft ${token} ${unit} ${phase}${practice ? " practice" : ""}`;

/** Where lots that were written down stay until their report is sent: beside the numbers they are about. @param {string} token @param {number} unit @param {boolean} practice */
export const lotsKey = (token, unit, practice) => `${draftKey(token, unit, "delegates", practice)} lots`;
