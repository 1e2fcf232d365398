// @ts-check
/**
 * What lies on the phone beside a walk and goes with it: the ground it is drawn on, and the order in which
 * whoever carries it wants to walk. The order is never sent.
 *
 * @import { Door, Ground, Walk } from "./types.d.ts"
 * @import { Land } from "./ground.js"
 * @typedef {Pick<typeof import("./store.js"), "beside" | "keepBeside">} Store
 * @typedef {Pick<typeof import("./send.js"), "mapOf">} Server
 */
import { landOf } from "./ground.js";
import { idsOf, inOrder, isSame } from "./order.js";

export class Beside {
  /** @type {Map<number, { mark: string, land: Land, credit: string }>} */
  #lands = new Map();
  /** @type {Map<number, Door[]>} */
  #planned = new Map();

  /**
   * The walks in the order of whoever carries this phone, with their ground at hand.
   *
   * @param {Store} store @param {readonly Walk[]} walks
   * @returns {Promise<Walk[]>}
   */
  async look(store, walks) {
    this.#planned = new Map(walks.map((walk) => [walk.turf, walk.doors]));
    for (const turf of this.#lands.keys()) if (!this.#planned.has(turf)) this.#lands.delete(turf);
    /** @type {Walk[]} */
    const ordered = [];
    for (const walk of walks) {
      if (this.#lands.get(walk.turf)?.mark !== walk.map) this.#take(walk.turf, await store.beside("map", walk.turf));
      ordered.push({ ...walk, doors: inOrder(walk.doors, await store.beside("order", walk.turf)) });
    }
    return ordered;
  }

  /** @param {number} turf @param {Ground | null} ground */
  #take(turf, ground) {
    if (ground) this.#lands.set(turf, { mark: ground.mark, land: landOf(ground), credit: ground.credit });
  }

  /**
   * Fetch the ground of walks that have none yet, or another one.
   *
   * @param {Store} store @param {Server} server @param {Iterable<Walk>} walks
   * @returns {Promise<boolean>} whether there is anything new to draw
   */
  async fetch(store, server, walks) {
    let isNew = false;
    for (const { turf, map } of walks) {
      if (!map || this.#lands.get(turf)?.mark === map) continue;
      const ground = await server.mapOf(turf);
      if (!ground || !(await store.keepBeside("map", turf, ground))) continue;
      this.#take(turf, ground);
      isNew = true;
    }
    return isNew;
  }

  /** @param {number} turf @returns {Land | null} */
  landOf(turf) {
    return this.#lands.get(turf)?.land ?? null;
  }

  /** @param {number} turf whose map it was drawn from */
  creditOf(turf) {
    return this.#lands.get(turf)?.credit ?? "";
  }

  /** @param {Walk} walk whether it is walked as it was planned */
  isPlanned(walk) {
    return isSame(walk.doors, this.#planned.get(walk.turf) ?? walk.doors);
  }

  /** @param {Store} store @param {Walk} walk @param {readonly Door[] | null} doors null: as planned */
  reorder(store, walk, doors) {
    const planned = this.#planned.get(walk.turf) ?? [];
    return store.keepBeside("order", walk.turf, doors && !isSame(doors, planned) ? idsOf(doors) : null);
  }
}
