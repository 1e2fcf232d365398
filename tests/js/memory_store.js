// @ts-check
/**
 * The store's promises kept in memory, for tests without a browser.
 *
 * @import { Carried, Entry, Fresh, Verdict, Walk } from "../../src/hustings/apps/canvass/static/canvass/types.d.ts"
 */
export function memoryStore() {
  /** @type {Entry[]} */
  let entries = [];
  /** @type {Map<number, Walk>} */
  const walks = new Map();
  /** @type {Carried | null} */
  let carried = null;
  /** @type {Map<string, any>} */
  const beside = new Map();
  let sequence = 0;
  let order = 0;
  return {
    async record(/** @type {Fresh[]} */ fresh) {
      const kept = fresh.map((one) => ({ ...one, order: ++order, event: { ...one.event, sequence: ++sequence } }));
      entries.push(...kept);
      return kept;
    },
    async oldest(/** @type {number} */ most) {
      return entries.filter((entry) => entry.state === "waiting").slice(0, most);
    },
    async settle(/** @type {Verdict[]} */ verdicts) {
      for (const { id, state, message } of verdicts) {
        const entry = entries.find((one) => one.id === id);
        if (entry?.state !== "waiting") continue;
        if (state === "erased") entries = entries.filter((one) => one !== entry);
        else Object.assign(entry, { state, message });
      }
    },
    async sendAgain(/** @type {string[]} */ ids) {
      for (const entry of entries) if (ids.includes(entry.id)) entry.state = "waiting";
    },
    async discard(/** @type {string[]} */ ids) {
      entries = entries.filter((entry) => !ids.includes(entry.id));
    },
    async all() {
      return { walks: [...walks.values()], entries: [...entries], carried };
    },
    async keepWalk(/** @type {Walk} */ walk) {
      walks.set(walk.turf, walk);
      return walk.turf;
    },
    async keepCarried(/** @type {Carried} */ given) {
      carried = given;
    },
    async beside(/** @type {string} */ kind, /** @type {number} */ turf) {
      return beside.get(`${kind} ${turf}`) ?? null;
    },
    async keepBeside(/** @type {string} */ kind, /** @type {number} */ turf, /** @type {any} */ what) {
      if (!walks.has(turf)) return false;
      if (what === null) beside.delete(`${kind} ${turf}`);
      else beside.set(`${kind} ${turf}`, what);
      return true;
    },
    async wipe(/** @type {number} */ turf) {
      walks.delete(turf);
      for (const key of [...beside.keys()]) if (key.endsWith(` ${turf}`)) beside.delete(key);
      entries = entries.filter((entry) => entry.turf !== turf || entry.state === "waiting" || entry.state === "refused");
    },
    async forget() {
      walks.clear();
      beside.clear();
      entries = [];
    },
  };
}
