// @ts-check
/**
 * What the app knows and can do: the screens ask it, and tell it what was tapped.
 *
 * It is handed the store, the server, the time and the chance; it touches neither window nor document.
 *
 * @import { Carried, Door, Draft, Entry, Fresh, Receipt, Somebody, Standing, Walk } from "./types.d.ts"
 * @import { Said } from "./event.js"
 * @typedef {typeof import("./store.js")} Store
 * @typedef {typeof import("./send.js")} Server
 * @typedef {"unknown" | "there" | "unreachable" | "signed-out" | "outdated"} Reach
 * @typedef {{ now: () => number, random: (bytes: number) => Uint8Array, after: (milliseconds: number, what: () => void) => () => void, alone: (what: () => Promise<void>) => Promise<void>, told: () => void, wiped: () => Promise<void>, renew?: () => void, unpressed?: (whose: unknown, draw: () => void) => void }} World
 */
import { FORMAT, heard, inOrder, newestAt, nobodyIn, takeBack } from "./event.js";
import { Beside } from "./beside.js";
import { NOTHING, keyOf } from "./draft.js";
import { drain, entriesOf, waitMs } from "./outbox.js";
import { isOver, standings } from "./walk.js";

const SOON_MS = 200;
/** Notes at doors, and who moved in, come with the whole walk alone. */
const WHOLE_AGAIN_MS = 15 * 60_000;
/** A clock that is off by less needs no new note of it. */
const CLOCK_MS = 2_000;

/** @param {unknown} error whether the phone has no room left */
const isFull = (error) => error instanceof DOMException && error.name === "QuotaExceededError";

export class App {
  /** @type {Map<number, Walk>} */
  walks = new Map();
  /** @type {Entry[]} */
  entries = [];
  /** @type {Carried | null} */
  carried = null;
  /** @type {Reach} */
  reach = "unknown";
  sending = false;
  /** How far this phone's clock is ahead of the server's, as it last learned. */
  aheadMs = 0;
  /** What was begun at doors and not said yet. @type {Map<string, Draft>} */
  drafts = new Map();
  /** @type {Map<number, Receipt>} */
  receipts = new Map();
  beside = new Beside();

  #failures = 0;
  #draftsWritten = 0;
  #looks = 0;
  /** What is kept while somebody looks, for each look that goes on. @type {Set<Entry[]>} */
  #looking = new Set();
  #shown = 0;
  /** Somebody waits for the lock already. @type {Promise<void> | null} */
  #asked = null;
  /** @type {() => void} */
  #stopWaiting = () => {};
  /** @type {() => void} */
  #stopLooking = () => {};
  /** @type {Map<number, Map<number, Standing>>} */
  #standings = new Map();
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** The tap before, until it is kept or could not be. @type {Promise<unknown>} */
  #before = Promise.resolve();

  /**
   * @param {Store} store
   * @param {Server} server
   * @param {World} world
   * @param {string} version which program this is, written into every event
   */
  constructor(store, server, world, version) {
    this.store = store;
    this.server = server;
    this.world = world;
    this.version = version;
  }

  /** Tell this listener whenever something changed. @param {() => void} listener */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Read everything from the store again, and say so. */
  async look() {
    const turn = ++this.#looks;
    /** @type {Entry[]} */
    const meanwhile = [];
    this.#looking.add(meanwhile);
    const { written, all, ordered } = await this.#readAll().finally(() => this.#looking.delete(meanwhile));
    if (turn < this.#shown) return; // somebody who looked later was quicker, and saw more
    this.#shown = turn;
    const { entries, carried, aheadMs, drafts } = all;
    if (written === this.#draftsWritten) this.drafts = drafts; // else what is typed here is newer
    this.aheadMs = aheadMs;
    this.walks = new Map(ordered.map((walk) => [walk.turf, walk]));
    const read = new Set(entries.map(({ id }) => id));
    this.entries = [...entries, ...meanwhile.filter(({ id }) => !read.has(id))];
    this.carried = carried;
    this.#standings.clear();
    this.#say();
  }

  async #readAll() {
    await this.#learnClock();
    const written = this.#draftsWritten;
    const all = await this.store.all();
    return { written, all, ordered: await this.beside.look(this.store, all.walks) };
  }

  async #learnClock() {
    const { aheadMs } = this.server.clock;
    if (aheadMs !== null && Math.abs(aheadMs - this.aheadMs) >= CLOCK_MS) await this.store.keepClock(aheadMs);
  }

  /** The right time, also where this phone's clock is wrong: milliseconds. */
  rightNow() {
    return this.world.now() - this.aheadMs;
  }

  /** The same in a moment, once for many changes. */
  lookSoon() {
    this.#stopLooking();
    this.#stopLooking = this.world.after(SOON_MS, () => void this.look());
  }

  #say() {
    const tell = () => this.#listeners.forEach((listener) => listener());
    if (this.world.unpressed) this.world.unpressed(this, tell);
    else tell();
  }

  /** @param {number} turf */
  entriesOf(turf) {
    return this.entries.filter((entry) => entry.turf === turf);
  }

  /** @param {Walk} walk @returns {Map<number, Standing>} */
  standingsOf(walk) {
    let found = this.#standings.get(walk.turf);
    if (!found) {
      found = standings(walk, this.entriesOf(walk.turf));
      this.#standings.set(walk.turf, found);
    }
    return found;
  }

  /** @param {Walk} walk @param {Door} door @returns {Standing} */
  standingOf(walk, door) {
    return this.standingsOf(walk).get(door.id) ?? { state: "left", mine: [] };
  }

  /** Answers that nobody but this phone has. */
  unsent() {
    return this.entries.filter((entry) => entry.state === "waiting" || entry.state === "refused");
  }

  waiting() {
    return this.entries.filter((entry) => entry.state === "waiting");
  }

  /** @param {number} turf @param {number} door @returns {Draft} */
  draftOf(turf, door) {
    return this.drafts.get(keyOf(turf, door)) ?? NOTHING;
  }

  /** What was begun at a door outlives the page; that it could not be kept is no reason to stop typing. @param {number} turf @param {number} door @param {Draft} draft */
  async draft(turf, door, draft) {
    this.#draftsWritten++;
    this.drafts.set(keyOf(turf, door), draft);
    await this.store.keepDraft(turf, door, draft).catch(() => {});
  }

  // --- what was tapped ---------------------------------------------------------------------------

  #source() {
    return { now: this.world.now(), random: this.world.random, app: this.version };
  }

  /** Keep it, then try to send it. @param {Fresh[]} fresh */
  async #keep(fresh) {
    const entries = await this.store.record(inOrder(fresh, (turf, door) => newestAt(this.walks.get(turf), door, this.entriesOf(turf))));
    this.entries = [...this.entries, ...entries];
    for (const meanwhile of this.#looking) meanwhile.push(...entries);
    for (const { turf } of entries) this.#standings.delete(turf);
    this.world.told();
    this.#say();
    this.#stopWaiting();
    void this.deliver();
  }

  /**
   * Each tap is made of what the one before left, so it waits until that is kept; its hour is that of the tap.
   *
   * @param {(source: import("./event.js").Source) => Fresh[]} make
   */
  #inTurn(make) {
    const source = this.#source();
    const mine = this.#before.then(() => {
      const fresh = make(source);
      return fresh.length ? this.#keep(fresh) : undefined;
    });
    this.#before = mine.catch(() => {});
    return mine;
  }

  /**
   * @param {Walk} walk
   * @param {Door} door
   * @param {Said | ((standing: Standing) => Said | null)} said or what makes it of where the door stands when it is kept; null: nothing
   * @param {{ person?: import("./types.d.ts").Person | null, somebody?: Somebody }} [about]
   */
  heard(walk, door, said, about) {
    return this.#inTurn((source) => {
      const standing = this.standingOf(walk, door);
      const what = typeof said === "function" ? said(standing) : said;
      return what ? [heard(source, walk, door, standing, what, about)] : [];
    });
  }

  /** @param {Walk} walk @param {Door[]} doors @param {Said} said */
  nobodyIn(walk, doors, said) {
    return this.#inTurn((source) => nobodyIn(source, walk, doors, said));
  }

  /** @param {Walk} walk @param {Door[]} doors @param {string} tap @param {string} answer */
  takeBack(walk, doors, tap, answer) {
    return this.#inTurn((source) => {
      const places = doors.map((door) => ({ door, standing: this.standingOf(walk, door) }));
      return takeBack(source, walk, places, tap, answer);
    });
  }

  // --- the server --------------------------------------------------------------------------------

  /**
   * Send what waits, one sender at a time; when nobody answers, wait and try again.
   *
   * One request for the lock is enough: whoever gets it sends everything.
   */
  deliver() {
    this.#asked ??= Promise.resolve().then(() => this.world.alone(() => this.#deliver()));
    return this.#asked;
  }

  async #deliver() {
    this.#asked = null;
    this.#stopWaiting();
    if (!(await this.store.oldest(1)).length) return;
    this.sending = true;
    this.#say();
    const send = async (/** @type {Entry[]} */ batch) => this.server.send(batch, await this.#header());
    const ended = await drain(this.store, send, () => {
      this.#failures = 0;
      this.receipts.clear(); // what they say is old now
      this.lookSoon();
    })
      .catch((error) => {
        // That it arrived could not be written down: it waits, and the server knows it when it comes again.
        if (!isFull(error)) console.error(error);
        return /** @type {const} */ ("not-kept");
      })
      .finally(() => {
        this.sending = false;
      });
    if (ended === "empty") {
      this.reach = "there";
      this.#failures = 0;
    } else {
      this.reach = ended === "not-kept" ? "there" : ended;
      this.#failures++;
      if (ended === "outdated") this.world.renew?.();
      if (ended === "signed-out") await this.#whoAmI();
      const [byte] = this.world.random(1);
      this.#stopWaiting = this.world.after(waitMs(this.#failures, byte / 255), () => void this.deliver());
    }
    this.world.told();
    await this.look();
  }

  /** @returns {Promise<import("./types.d.ts").Header>} */
  async #header() {
    return { format: FORMAT, ...(await this.store.numbers()), sent_at: new Date(this.world.now()).toISOString(), app: this.version };
  }

  /** Whether the server takes this browser for another phone by now. */
  async #whoAmI() {
    const carried = await this.server.carried();
    if (carried) await this.store.keepCarried(carried);
  }

  /** Whoever taps, or comes back, waits no longer. */
  async tryNow() {
    this.#failures = 0;
    this.#stopWaiting();
    await this.deliver();
  }

  /** Ask what this phone carries, and for each walk whether anything is new. */
  async refresh() {
    const carried = await this.server.carried();
    if (carried === null) {
      this.reach = "unreachable";
      return this.look();
    }
    this.reach = carried.phone ? "there" : "signed-out";
    await this.#ifThereIsRoom(this.store.keepCarried(carried));
    const there = new Set(carried.walks.map((walk) => walk.turf));
    for (const turf of this.walks.keys()) if (!there.has(turf)) await this.store.wipe(turf);
    for (const { turf } of carried.walks) await this.#bringUp(turf);
    await this.look();
    if (await this.beside.fetch(this.store, this.server, this.walks.values())) this.#say();
  }

  /** Walk in this order on this phone; null: as planned. @param {Walk} walk @param {readonly Door[] | null} doors */
  async reorder(walk, doors) {
    await this.beside.reorder(this.store, walk, doors);
    this.world.told();
    await this.look();
  }

  /** What others did on the walks that lie here: a light question each. */
  async catchUp() {
    for (const turf of [...this.walks.keys()]) if (!(await this.#bringUp(turf))) break;
    await this.look();
  }

  /** @param {number} turf @returns {Promise<boolean>} whether anybody answered */
  async #bringUp(turf) {
    const here = this.walks.get(turf);
    if (!here || here.stale || here.round === "leaflet" || here.round === "poster" || this.world.now() - here.whole_at >= WHOLE_AGAIN_MS) return this.#fetchWhole(turf);
    const answer = await this.server.changesOf(here);
    if (answer === null) return this.#answered(false);
    this.#answered(true);
    if (answer === "same") return true;
    const said = answer === "gone" ? null : answer.said;
    if (said) await this.#ifThereIsRoom(this.store.change(turf, said, answer === "gone" ? "" : answer.mark, this.world.now()));
    if (!said || said.over) await this.store.wipe(turf);
    await this.look();
    return this.walks.get(turf)?.stale ? this.#fetchWhole(turf) : true;
  }

  /** @param {number} turf */
  async #fetchWhole(turf) {
    const here = this.walks.get(turf);
    const walk = await this.server.walkOf(turf, here && !here.stale ? here.etag : "");
    if (walk === null) return this.#answered(false);
    this.#answered(true);
    if (walk === "gone") await this.store.wipe(turf);
    else if (walk !== "same") await this.#ifThereIsRoom(this.store.keepWalk(walk));
    else await this.store.stillWhole(turf, this.world.now());
    return true;
  }

  /** @param {boolean} somebody */
  #answered(somebody) {
    if (!somebody) this.reach = "unreachable";
    else if (this.reach !== "signed-out" && this.reach !== "outdated") this.reach = "there";
    return somebody;
  }

  /** What the server says can be asked for again. @param {Promise<unknown>} keeping */
  async #ifThereIsRoom(keeping) {
    await keeping.catch((error) => {
      if (!isFull(error)) throw error;
    });
  }

  /** Walks whose time is over leave the phone; the answers that nobody has yet stay. */
  async tidy() {
    const over = [...this.walks.values()].filter((walk) => isOver(walk, this.world.now()));
    for (const walk of over) await this.store.wipe(walk.turf);
    if (over.length) await this.look();
  }

  /** @param {number} turf the server's own number, for the receipt */
  async confirm(turf) {
    await this.tryNow();
    const receipt = await this.server.receiptOf(turf);
    if (receipt) this.receipts.set(turf, receipt);
    else {
      this.receipts.delete(turf);
      if (this.reach === "there") this.reach = "unreachable";
    }
    this.#say();
  }

  /** @param {number} turf @returns {Promise<boolean>} whether the server took it */
  async handBack(turf) {
    const receipt = await this.server.handBack(turf);
    if (receipt) this.receipts.set(turf, receipt);
    this.#say();
    return receipt !== null;
  }

  /**
   * Answers that another browser of this phone could not send, out of the file that it saved.
   *
   * @param {string} text
   * @param {(kind: string) => string} wordFor
   * @returns {Promise<{ all: number, fresh: number } | null>} null where it is no such file
   */
  async bringIn(text, wordFor) {
    /** @type {Entry[] | null} */
    let entries = null;
    try {
      entries = entriesOf(JSON.parse(text), (turf, door) => this.walks.get(turf)?.doors.find(({ id }) => id === door)?.address ?? String(door), wordFor);
    } catch {
      // it is no JSON
    }
    if (!entries) return null;
    const fresh = await this.store.bringIn(entries);
    this.world.told();
    await this.look();
    void this.tryNow();
    return { all: entries.length, fresh };
  }

  /** @param {string[]} ids */
  async discard(ids) {
    await this.store.discard(ids);
    this.world.told();
    await this.look();
  }

  /** @param {string[]} ids */
  async sendAgain(ids) {
    await this.store.sendAgain(ids);
    await this.look();
    await this.tryNow();
  }

  /** This phone forgets everything; the server is told first, so that its leave is over too. */
  async signOut() {
    const told = await this.server.signOut();
    if (!told) return false;
    await this.store.forget();
    await this.world.wiped();
    this.world.told();
    await this.look();
    return true;
  }
}
