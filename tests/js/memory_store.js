// @ts-check
/**
 * The store's promises kept in memory, for tests without a browser.
 *
 * @import { Carried, Changes, Entry, Fresh, Verdict, Walk } from "../../src/hustings/apps/canvass/static/canvass/types.d.ts"
 */
import { changed, forgotten } from "../../src/hustings/apps/canvass/static/canvass/changes.js";
import { isNothing, keyOf } from "../../src/hustings/apps/canvass/static/canvass/draft.js";

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
  let aheadMs = 0;
  /** @type {Map<string, import("../../src/hustings/apps/canvass/static/canvass/types.d.ts").Draft>} */
  const drafts = new Map();
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
    async bringIn(/** @type {Entry[]} */ brought) {
      const fresh = brought.filter(({ id }) => !entries.some((entry) => entry.id === id));
      entries.push(...fresh.map((entry) => ({ ...entry, order: ++order })));
      sequence = Math.max(sequence, ...fresh.map(({ event }) => event.sequence));
      return fresh.length;
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
      return { walks: [...walks.values()], entries: [...entries], carried, aheadMs, drafts: new Map(drafts) };
    },
    async keepDraft(/** @type {number} */ turf, /** @type {number} */ door, /** @type {import("../../src/hustings/apps/canvass/static/canvass/types.d.ts").Draft} */ draft) {
      if (isNothing(draft)) drafts.delete(keyOf(turf, door));
      else drafts.set(keyOf(turf, door), draft);
    },
    async numbers() {
      return { device: carried?.phone?.id, first: 1, newest: sequence, unsent: entries.filter(({ state }) => state === "waiting" || state === "refused").length };
    },
    async keepClock(/** @type {number} */ ahead) {
      aheadMs = ahead;
      return "ahead_ms";
    },
    async keepWalk(/** @type {Walk} */ walk) {
      const before = walks.get(walk.turf);
      if (before && before.knock !== walk.knock) entries = entries.filter((entry) => entry.turf !== walk.turf || entry.state !== "accepted");
      walks.set(walk.turf, walk);
    },
    async stillWhole(/** @type {number} */ turf, /** @type {number} */ now) {
      const walk = walks.get(turf);
      if (walk) walks.set(turf, { ...walk, whole_at: now });
    },
    async change(/** @type {number} */ turf, /** @type {Changes} */ said, /** @type {string} */ mark, /** @type {number} */ now) {
      const walk = walks.get(turf);
      const found = forgotten(entries, walk, said.erased);
      entries = entries.flatMap((entry) => (found.has(entry.id) ? (found.get(entry.id) ?? []) : entry));
      if (walk && !said.over) walks.set(turf, { ...changed(walk, said, now), marked: mark });
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
      boards.delete(turf);
      for (const key of drafts.keys()) if (key.startsWith(`draft ${turf} `)) drafts.delete(key);
      for (const key of [...beside.keys()]) if (key.endsWith(` ${turf}`)) beside.delete(key);
      checkIns.delete(turf);
      entries = entries.filter((entry) => entry.turf !== turf || entry.state === "waiting" || entry.state === "refused");
    },
    async forget() {
      walks.clear();
      boards.clear();
      drafts.clear();
      beside.clear();
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
