// @ts-check
/**
 * A precinct caucus counted on the phone: who gets how many delegates, and where a lot is needed.
 *
 * The second implementation beside `core/contest/caucus/`; `tests/core/contest/entry_cases.json` holds both equal.
 * Whole numbers only, as BigInt where two of them are multiplied.
 *
 * @typedef {Map<string, number>} Table
 * @typedef {{ step: string, among: string[], chosen: string[] }} Lot
 * @typedef {{ up_to?: number, share: string }} Viable
 * @typedef {{ viability: Viable[], round_up_from?: string, too_many_groups: string, locked?: boolean, tie_places?: number, further_passes?: boolean }} Rules
 * @typedef {{ unit: string, delegates: number, attendance: number, eligible: number | null, first: Table, final: Table, awarded: Table | null, sde: Map<string, string>, rate: [bigint, bigint] | null, lots: Lot[] }} Report
 * @typedef {{ step: string, among: string[], choose: number, gets: boolean }} Tie
 * @typedef {{ awarded: Table, tie: Tie | null }} Count
 */

export const ADD_DELEGATES = "add delegates";
const MOST_MEMBERS = "most members";
const THE_ONE = "the one delegate";
const TOO_MANY = "more groups than delegates";

/** What is odd about the lots that are on record. */
export class LotTrouble extends Error {}

/** @param {string} written "3/20", "0.15" or "3" @returns {[bigint, bigint]} */
export function fraction(written) {
  const [above, below] = written.split("/");
  if (below) return [BigInt(above), BigInt(below)];
  const [whole, rest = ""] = above.split(".");
  return [BigInt(whole + rest), 10n ** BigInt(rest.length)];
}

/** @param {Rules} rules @param {number} delegates @returns {string} */
const shareFor = (rules, delegates) =>
  /** @type {Viable} */ (rules.viability.find((row) => row.up_to === undefined || row.up_to === null || delegates <= row.up_to)).share;

/** How many people make a group viable; null where there are no groups. @param {Rules} rules @param {number} delegates @param {number} attendance @returns {number | null} */
export function leastMembers(rules, delegates, attendance) {
  const share = shareFor(rules, delegates);
  if (share === MOST_MEMBERS) return null;
  const [above, below] = fraction(share);
  return Number((BigInt(attendance) * above + below - 1n) / below);
}

/** @param {Report} report @param {Rules} rules @param {Lot[]} lots @returns {Count} */
export function countReport(report, rules, lots) {
  const drawn = lotsByStep(lots);
  /** @type {Set<string>} */
  const used = new Set();
  /** @param {Tie} tie @returns {string[] | null} */
  const draw = (tie) => {
    const lot = drawn.get(tie.step);
    if (!lot) return null;
    const among = new Set(lot.among);
    if (among.size !== lot.among.length || among.size !== tie.among.length || tie.among.some((name) => !among.has(name))) throw new LotTrouble();
    const chosen = new Set(lot.chosen);
    if (chosen.size !== lot.chosen.length || chosen.size !== tie.choose || lot.chosen.some((name) => !tie.among.includes(name))) throw new LotTrouble();
    used.add(tie.step);
    return tie.among.filter((name) => chosen.has(name));
  };
  const count = counted(report, rules, draw);
  if (!count.tie && [...drawn.keys()].some((step) => !used.has(step))) throw new LotTrouble();
  return count;
}

/** @param {Lot[]} lots @returns {Map<string, Lot>} */
function lotsByStep(lots) {
  const found = new Map();
  for (const lot of lots) {
    if (found.has(lot.step)) throw new LotTrouble();
    found.set(lot.step, lot);
  }
  return found;
}

/** @param {Report} report @param {Rules} rules @param {(tie: Tie) => string[] | null} draw @returns {Count} */
function counted(report, rules, draw) {
  const nothing = { awarded: new Map(), tie: null };
  if (report.delegates === 0 || report.attendance === 0) return nothing;
  const least = leastMembers(rules, report.delegates, report.attendance);
  if (least === null) return theOne(report, draw);
  const viable = new Map([...report.final].filter(([, members]) => members >= least));
  if (!viable.size) return nothing;
  if (viable.size > report.delegates && rules.too_many_groups !== ADD_DELEGATES) {
    const tie = leaving(viable, report.delegates, draw);
    if (tie) return { awarded: new Map(), tie };
  }
  return award(viable, report, rules, draw);
}

/** No groups: whoever has the most members has the delegate. @param {Report} report @param {(tie: Tie) => string[] | null} draw @returns {Count} */
function theOne(report, draw) {
  const some = (/** @type {Table} */ table) => [...table].filter(([, members]) => members > 0);
  const groups = some(report.final).length ? some(report.final) : some(report.first);
  if (!groups.length) return { awarded: new Map(), tie: null };
  const most = Math.max(...groups.map(([, members]) => members));
  let first = groups.filter(([, members]) => members === most).map(([name]) => name);
  const awarded = new Map(groups.map(([name]) => [name, 0]));
  if (first.length > 1) {
    const tie = { step: THE_ONE, among: first, choose: 1, gets: true };
    const chosen = draw(tie);
    if (!chosen) return { awarded, tie };
    first = chosen;
  }
  awarded.set(first[0], 1);
  return { awarded, tie: null };
}

/** The smallest must realign; they go out of `viable`. @param {Table} viable @param {number} delegates @param {(tie: Tie) => string[] | null} draw @returns {Tie | null} */
function leaving(viable, delegates, draw) {
  const last = [...viable.values()].sort((one, other) => other - one)[delegates - 1];
  const equal = [...viable].filter(([, members]) => members === last).map(([name]) => name);
  const gone = [...viable].filter(([, members]) => members < last).map(([name]) => name);
  const more = viable.size - delegates - gone.length;
  if (more) {
    const tie = { step: TOO_MANY, among: equal, choose: more, gets: false };
    const chosen = draw(tie);
    if (!chosen) return tie;
    gone.push(...chosen);
  }
  for (const name of gone) viable.delete(name);
  return null;
}

/** @param {Table} viable @param {Report} report @param {Rules} rules @param {(tie: Tie) => string[] | null} draw @returns {Count} */
function award(viable, report, rules, draw) {
  const people = BigInt(report.attendance);
  const raw = new Map([...viable].map(([name, members]) => [name, BigInt(members) * BigInt(report.delegates)]));
  const [above, below] = fraction(rules.round_up_from ?? "1/2");
  /** @type {Table} */
  const awarded = new Map();
  for (const [name, parts] of raw) {
    const up = (parts % people) * below >= above * people;
    awarded.set(name, Math.max(1, Number(parts / people) + (up ? 1 : 0)));
  }
  // Compared in parts of a delegate: as many to one as there are people, or as the places say.
  const places = rules.tie_places ?? null;
  const scale = places === null ? people : 10n ** BigInt(places);
  const compared = new Map([...raw].map(([name, parts]) => [name, places === null ? parts : halfUp(parts * scale, people)]));
  for (let turn = 1; ; turn++) {
    const over = [...awarded.values()].reduce((sum, number) => sum + number, 0) - report.delegates;
    if (over === 0) return { awarded, tie: null };
    const change = over < 0 ? 1 : -1;
    const open = [...awarded].filter(([, number]) => change > 0 || number > 1).map(([name]) => name);
    if (!open.length) return { awarded, tie: null };
    const ahead = (/** @type {string} */ name) => BigInt(/** @type {number} */ (awarded.get(name))) * scale - /** @type {bigint} */ (compared.get(name));
    // One more goes to who is furthest behind the exact number, which is closest to the next whole one after rounding; one less to who is furthest ahead.
    const sides = open.map(ahead);
    const edge = sides.reduce((one, other) => ((change > 0 ? other < one : other > one) ? other : one));
    const equal = open.filter((name, place) => sides[place] === edge);
    const need = Math.min(Math.abs(over), equal.length);
    let chosen = equal;
    if (equal.length > need) {
      const tie = { step: `one ${change > 0 ? "more" : "less"}, turn ${turn}`, among: equal, choose: need, gets: change > 0 };
      const drawn = draw(tie);
      if (!drawn) {
        if (change < 0) for (const name of equal) awarded.set(name, /** @type {number} */ (awarded.get(name)) - 1);
        return { awarded, tie };
      }
      chosen = drawn;
    }
    for (const name of chosen) awarded.set(name, /** @type {number} */ (awarded.get(name)) + change);
  }
}

/** @param {bigint} above @param {bigint} below */
const halfUp = (above, below) => above / below + ((above % below) * 2n >= below ? 1n : 0n);

/** Whether an award is what the rule gives by one outcome or other of its lots. @param {Report} report @param {Rules} rules @param {Table} awarded */
export function isAnOutcome(report, rules, awarded) {
  /** @type {Lot[]} */
  const lots = [];
  for (;;) {
    const { tie, awarded: found } = countReport(report, rules, lots);
    if (!tie) return sameAward(found, awarded);
    const chosen = tie.among.filter((name) => {
      const has = awarded.get(name) ?? 0;
      if (tie.step === TOO_MANY) return has === 0;
      return tie.gets ? has > (found.get(name) ?? 0) : has === (found.get(name) ?? 0);
    });
    if (chosen.length !== tie.choose) return false;
    lots.push({ step: tie.step, among: tie.among, chosen });
  }
}

/** @param {Table} one @param {Table} other */
export function sameAward(one, other) {
  const some = (/** @type {Table} */ table) => [...table].filter(([, number]) => number);
  return some(one).length === some(other).length && some(one).every(([name, number]) => other.get(name) === number);
}
