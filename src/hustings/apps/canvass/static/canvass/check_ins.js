// @ts-check
/**
 * The check-ins of this phone: kept in the store first, then told to the server, again until it answers.
 *
 * @import { App } from "./app.js"
 * @import { CheckIn, Offer, SignKind, Told } from "./safety.js"
 * @typedef {{ checkIns: () => Promise<CheckIn[]>, changeCheckIn: (turf: number, change: (one: CheckIn | null) => CheckIn | null) => Promise<CheckIn | null> }} CheckInStore
 * @typedef {{ status: number, said: any } | null} Said
 * @typedef {{ ask: (path: string) => Promise<Said>, tell: (path: string, what: Told) => Promise<Said> }} CheckInServer
 */
import { uuid7 } from "./event.js";
import { begun, isOn, noCheckIn, signed, taken, told, waits } from "./safety.js";

export class CheckIns {
  /** @type {Map<number, CheckIn>} */
  #all = new Map();
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /** @param {App} app @param {CheckInStore} store @param {CheckInServer} server */
  constructor(app, store, server) {
    this.app = app;
    this.store = store;
    this.server = server;
  }

  /** @param {() => void} listener */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async look() {
    this.#all = new Map((await this.store.checkIns()).map((one) => [one.turf, one]));
    this.#say();
  }

  #say() {
    const tell = () => this.#listeners.forEach((listener) => listener());
    if (this.app.world.unpressed) this.app.world.unpressed(this, tell);
    else tell();
  }

  /** @param {number} turf @returns {CheckIn} */
  of(turf) {
    return this.app.walks.has(turf) ? (this.#all.get(turf) ?? noCheckIn(turf)) : noCheckIn(turf);
  }

  /** The one that is on: of this walk before any other. @param {number} turf @returns {CheckIn | null} */
  on(turf) {
    return [this.of(turf), ...[...this.#all.values()].map((one) => this.of(one.turf))].find(isOn) ?? null;
  }

  /** @param {number} turf @param {(one: CheckIn) => CheckIn} change */
  async #change(turf, change) {
    const kept = await this.store.changeCheckIn(turf, (one) => change(one ?? noCheckIn(turf)));
    if (kept) this.#all.set(turf, kept);
    this.app.world.told();
    this.#say();
  }

  #id() {
    return uuid7(this.app.world.now(), this.app.world.random(10));
  }

  /** @param {number} turf @param {number} every_minutes @param {boolean} answers_count */
  async begin(turf, every_minutes, answers_count) {
    const watch = { id: this.#id(), every_minutes, answers_count, began_at: this.app.world.now(), sent: false };
    await this.#change(turf, (one) => begun(one, watch));
    void this.deliver(turf);
  }

  /** @param {number} turf @param {SignKind} kind */
  async sign(turf, kind) {
    const sign = { id: this.#id(), kind, at: this.app.world.now(), sent: false };
    await this.#change(turf, (one) => signed(one, sign));
    void this.deliver(turf);
  }

  /** What waits is told; what is offered is asked. @param {number} turf */
  async deliver(turf) {
    const one = this.of(turf);
    if (one.watch === null || !waits(one)) return this.ask(turf);
    const { watch } = one;
    const answer = await this.server.tell(`/w/safety/${turf}/signs/`, told({ ...one, watch }, this.app.world.now()));
    if (answer === null) return;
    const { status, said } = answer;
    if (status === 200) await this.#change(turf, (now) => taken(now, watch.id, said.taken, said));
    else if (status === 422 || status === 403 || status === 404) await this.#change(turf, (now) => ({ ...now, watch: null, signs: [], why: String(said?.error ?? status) }));
  }

  /** @param {number} turf */
  async ask(turf) {
    const answer = await this.server.ask(`/w/safety/${turf}/`);
    if (answer?.status !== 200) return;
    const there = /** @type {{ offer: Offer | null, watch: string | null }} */ (answer.said);
    await this.#change(turf, (one) => (one.watch && !waits(one) ? taken(one, one.watch.id, [], there) : { ...one, offer: there.offer }));
  }

  /** Somebody looks again, or the signal is back. */
  async wake() {
    for (const turf of this.app.walks.keys()) await this.deliver(turf);
  }

  /** Try again what nobody has yet. */
  async tryAgain() {
    for (const turf of this.app.walks.keys()) if (waits(this.of(turf))) await this.deliver(turf);
  }
}
