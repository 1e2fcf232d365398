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
  let sequence = 0;
  let order = 0;
  /** @type {Map<number, import("../../src/hustings/apps/canvass/static/canvass/board.js").Board>} */
  const boards = new Map();
  /** @type {Map<number, import("../../src/hustings/apps/canvass/static/canvass/safety.js").CheckIn>} */
  const checkIns = new Map();
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
    async wipe(/** @type {number} */ turf) {
      walks.delete(turf);
      boards.delete(turf);
      checkIns.delete(turf);
      entries = entries.filter((entry) => entry.turf !== turf || entry.state === "waiting" || entry.state === "refused");
    },
    async forget() {
      walks.clear();
      boards.clear();
      checkIns.clear();
      entries = [];
    },
    checkIns: async () => [...checkIns.values()],
    async changeCheckIn(/** @type {number} */ turf, /** @type {(one: any) => any} */ change) {
      if (!walks.has(turf)) return null;
      const after = change(checkIns.get(turf) ?? null);
      if (after) checkIns.set(turf, after);
      else checkIns.delete(turf);
      return after;
    },
    boards: async () => [...boards.values()],
    async changeBoard(/** @type {number} */ turf, /** @type {(board: any) => any} */ change) {
      if (!walks.has(turf)) return null;
      const after = change(boards.get(turf) ?? null);
      if (after) boards.set(turf, after);
      else boards.delete(turf);
      return after;
    },
  };
}
