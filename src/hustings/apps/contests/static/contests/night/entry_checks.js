// @ts-check
/**
 * The ten checks of one unit's report, V1 to V10, while it is typed; they never change a number.
 *
 * The second implementation beside `core/contest/caucus/entry_checks.py`, held equal by the shared table of cases.
 *
 * @import { Count, Lot, Report, Rules, Table } from "./caucus_count.js"
 * @typedef {{ check: string, names: string[], numbers: Record<string, number> }} Finding
 */
import { ADD_DELEGATES, countReport, fraction, isAnOutcome, leastMembers, LotTrouble, sameAward } from "./caucus_count.js";

/** @param {any} said numbers by name, as an object or a Map @returns {Table} */
const table = (said) => new Map(said instanceof Map ? said : Object.entries(said ?? {}));
/** @param {Iterable<number>} numbers */
const sum = (numbers) => [...numbers].reduce((one, other) => one + other, 0);

/** @param {any} said a report as JSON has it @returns {Report} */
export function readReport(said) {
  const first = table(said.first);
  const { rate } = said;
  return {
    unit: said.unit ?? "",
    delegates: said.delegates,
    attendance: said.attendance ?? sum(first.values()),
    eligible: said.eligible ?? null,
    first,
    final: table(said.final),
    awarded: said.awarded === undefined || said.awarded === null ? null : table(said.awarded),
    sde: /** @type {any} */ (table(said.sde)),
    rate: rate === undefined || rate === null ? null : typeof rate === "object" ? [BigInt(rate.state_delegates), BigInt(rate.county_delegates)] : fraction(String(rate)),
    lots: said.lots ?? [],
  };
}

/**
 * @param {Report} report
 * @param {Rules} rules
 * @param {Report[]} [neighbours]
 * @returns {Finding[]} in the order of the codes
 */
export function entryChecks(report, rules, neighbours = []) {
  return [v1, v2, v3, v4, v5, v6, v7, v8, v9, v10].flatMap((check) => check(report, rules, neighbours));
}

/** @param {string} check @param {string[]} names @param {Record<string, number>} numbers @returns {Finding} */
const finding = (check, names, numbers = {}) => ({ check, names, numbers });

/** @param {Report} report @param {Rules} rules */
function least(report, rules) {
  if (report.delegates === 0) return null;
  const members = leastMembers(rules, report.delegates, report.attendance);
  return members === null ? null : Math.max(members, 1);
}

/** @param {Report} report @param {Rules} rules */
function viable(report, rules) {
  const needed = least(report, rules);
  return needed === null ? [] : [...report.final].filter(([, members]) => members >= needed).map(([name]) => name);
}

/** @param {Report} report */
function v1(report) {
  const final = sum(report.final.values());
  return final > report.attendance ? [finding("V1", [], { final, attendance: report.attendance })] : [];
}

/** @param {Report} report @param {Rules} rules */
function v2(report, rules) {
  const needed = least(report, rules);
  if (!rules.locked || needed === null || !report.final.size) return [];
  const lost = [...report.first].filter(([name, members]) => members >= needed && (report.final.get(name) ?? 0) < members).map(([name]) => name);
  return lost.length ? [finding("V2", lost)] : [];
}

/** @param {Report} report @param {Rules} rules */
function v3(report, rules) {
  if (!report.awarded) return [];
  const awarded = sum(report.awarded.values());
  // How many groups were viable is not known before the end is.
  if (rules.too_many_groups === ADD_DELEGATES && !report.final.size && awarded > report.delegates) return [];
  const delegates = rules.too_many_groups === ADD_DELEGATES ? Math.max(report.delegates, viable(report, rules).length) : report.delegates;
  return awarded === delegates ? [] : [finding("V3", [], { awarded, delegates })];
}

/** @param {Report} report @param {Rules} rules */
function v4(report, rules) {
  const needed = least(report, rules);
  if (!report.awarded || needed === null || !report.final.size) return [];
  const small = [...report.awarded].filter(([name, delegates]) => delegates && (report.final.get(name) ?? 0) < needed).map(([name]) => name);
  return small.length ? [finding("V4", small, { viability: needed })] : [];
}

/** @param {Report} report @param {Rules} rules */
function v5(report, rules) {
  if (!report.awarded || !(report.final.size || report.delegates === 1)) return [];
  const count = byLotsOnRecord(report, rules);
  if (!count || count.tie) return isAnOutcome(report, rules, report.awarded) ? [] : [finding("V5", [])];
  if (sameAward(count.awarded, report.awarded)) return [];
  const byRule = [...count.awarded].filter(([, number]) => number);
  return [finding("V5", byRule.map(([name]) => name), Object.fromEntries(byRule))];
}

/** @param {Report} report @param {Rules} rules @returns {Count | null} */
function byLotsOnRecord(report, rules) {
  try {
    return countReport(report, rules, report.lots);
  } catch (error) {
    if (error instanceof LotTrouble) return null;
    throw error;
  }
}

/** @param {Report} report @param {Rules} rules */
function v6(report, rules) {
  const count = byLotsOnRecord(report, rules);
  if (!count) return [finding("V6", [])];
  return count.tie ? [finding("V6", count.tie.among, { choose: count.tie.choose })] : [];
}

/** The tie that waits for a lot, where there is one. @param {Report} report @param {Rules} rules */
export const openTie = (report, rules) => byLotsOnRecord(report, rules)?.tie ?? null;

/**
 * Those of the lots that were drawn for the ties there are: a correction makes others equal than before.
 *
 * @param {Report} report @param {Rules} rules @param {readonly Lot[]} lots of two that fit the newer one
 */
export function lotsThatFit(report, rules, lots) {
  /** @type {Lot[]} */
  const fit = [];
  for (;;) {
    const tie = openTie({ ...report, lots: fit }, rules);
    const next = tie && lots.findLast((lot) => lot.step === tie.step && byLotsOnRecord({ ...report, lots: [...fit, lot] }, rules));
    if (!next) return fit;
    fit.push(next);
  }
}

/** @param {Report} report */
function v7(report) {
  if (!report.awarded || !report.rate || !report.sde.size) return [];
  const [above, below] = report.rate;
  const { awarded, sde } = report;
  const wrong = [...new Set([...sde.keys(), ...awarded.keys()])].filter((name) => !printed(sde.get(name), BigInt(awarded.get(name) ?? 0) * above, below));
  return wrong.length ? [finding("V7", wrong)] : [];
}

/** Whether the exact number, rounded to the places that were printed, is the printed one. @param {string | number | undefined} said @param {bigint} above @param {bigint} below */
function printed(said, above, below) {
  if (said === undefined) return above === 0n;
  const text = String(said);
  const scale = 10n ** BigInt(text.includes("/") ? 0 : (text.split(".")[1] ?? "").length);
  const [mine, over] = fraction(text);
  const off = mine * scale * below - above * scale * over;
  return 2n * (off < 0n ? -off : off) <= below * over;
}

/** @param {Report} report @param {Rules} _rules @param {Report[]} neighbours */
function v8(report, _rules, neighbours) {
  if (![report.first, report.final].some((numbers) => sum(numbers.values()))) return [];
  const same = neighbours.filter((other) => other.unit !== report.unit && sameThroughout(report, other)).map(({ unit }) => unit);
  return same.length ? [finding("V8", same)] : [];
}

/** @param {Report} one @param {Report} other */
const sameThroughout = (one, other) =>
  one.attendance === other.attendance && sameAward(one.first, other.first) && sameAward(one.final, other.final) && sameAward(one.awarded ?? new Map(), other.awarded ?? new Map());

/** @param {Report} report @param {Rules} rules */
function v9(report, rules) {
  const groups = viable(report, rules);
  if (rules.too_many_groups === ADD_DELEGATES || groups.length <= report.delegates || report.delegates <= 0) return [];
  return [finding("V9", groups, { groups: groups.length, delegates: report.delegates })];
}

/** @param {Report} report */
function v10(report) {
  const { attendance, eligible } = report;
  const first = sum(report.first.values());
  return [
    ...(eligible !== null && attendance > eligible ? [finding("V10", [], { attendance, eligible })] : []),
    ...(first > attendance ? [finding("V10", [], { first, attendance })] : []),
  ];
}
