// @ts-check
/**
 * What a phone knows of its units: the newest of what was sent, entered or begun, phase by phase.
 *
 * Pure: everything is handed in.
 *
 * @import { Entry, Photo } from "./store.js"
 * @typedef {{ counts: Record<string, number>, attendance?: number, spoilt?: number }} Numbers
 * @typedef {{ id: number, name: string, area: string, delegates: number | null, eligible: number | null }} Unit
 * @typedef {{ contest: string, kind: string, reporter: string, ended: boolean, opens_at: string, ahead_ms?: number, time_zone: string, phases: string[], rules: any, candidates: { code: string, name: string }[], units: Unit[], practised: boolean, has: { id: string, unit: number, phase: string, numbers: Numbers }[], photos: string[] }} Facts
 * @typedef {{ id: string, numbers: Numbers, lots: any[], where: "waiting" | "accepted" | "late" | "refused", message: string }} Said
 */
import { entryChecks, lotsThatFit, openTie, readReport } from "./entry_checks.js";

/** Whether reports only practise yet, by the server's clock as far as this phone knows it. @param {Facts} facts @param {number} now */
export const isPractice = (facts, now) => now - (facts.ahead_ms ?? 0) < Date.parse(facts.opens_at);

/**
 * What this phone last said of a phase: its own entry, or what the office has from it where the phone lost its memory.
 *
 * @param {Facts} facts @param {readonly Entry[]} entries oldest first @param {number} unit @param {string} phase
 * @returns {Said | null}
 */
export function saidOf(facts, entries, unit, phase) {
  const own = entries.findLast(({ event }) => event.kind === "report" && event.unit === unit && event.phase === phase);
  const office = facts.has.findLast((one) => one.unit === unit && one.phase === phase);
  if (own) {
    const there = facts.has.some((one) => one.id === own.id);
    return { id: own.id, numbers: own.event.numbers, lots: own.event.lots ?? [], where: there ? "accepted" : own.state, message: own.message };
  }
  return office ? { id: office.id, numbers: office.numbers, lots: [], where: "accepted", message: "" } : null;
}

/**
 * Whether everything that was entered under a link is with the office: what was refused lies on the phone only, until
 * something newer of the same unit is there.
 *
 * @param {readonly Entry[]} entries oldest first @param {readonly Photo[]} photos oldest first @param {boolean} practice
 */
export function isAllThere(entries, photos, practice) {
  const kind = practice ? "practice" : "report";
  const newest = new Map(entries.filter(({ event }) => event.kind === kind).map((one) => [`${one.event.unit} ${one.event.phase}`, one.state]));
  for (const one of photos) newest.set(`photo ${one.unit}`, one.state);
  const states = [...newest.values()];
  return states.length > 0 && states.every((state) => state === "accepted" || state === "late");
}

/** Where a unit's photographs are: one waits, the office has one, or neither. @param {readonly Photo[]} photos @returns {"waiting" | "there" | ""} */
export function whereIs(photos) {
  const some = (/** @type {Photo["state"]} */ state) => photos.some((one) => one.state === state);
  return some("waiting") ? "waiting" : some("accepted") ? "there" : "";
}

/**
 * A unit's phases as the checks read them.
 *
 * @param {Facts} facts @param {Unit} unit @param {Map<string, Numbers>} numbers by phase @param {any[]} lots
 */
export function reportOf(facts, unit, numbers, lots) {
  const first = numbers.get("first");
  const final = numbers.get("final");
  const delegates = numbers.get("delegates");
  const inOrder = (/** @type {Numbers | undefined} */ said) => new Map(facts.candidates.flatMap(({ code }) => (said?.counts[code] === undefined ? [] : [[code, said.counts[code]]])));
  return readReport({
    unit: `${unit.area} ${unit.name}`.trim(),
    delegates: unit.delegates ?? 0,
    eligible: unit.eligible,
    attendance: first?.attendance ?? final?.attendance,
    first: inOrder(first),
    final: inOrder(final),
    // Where nobody knows how many delegates a unit elects, nothing is said of those that were read out.
    awarded: delegates && unit.delegates !== null ? inOrder(delegates) : null,
    lots,
  });
}

/**
 * What is odd, the lots that fit and the tie that waits for one, with these numbers of one phase and what was said of the others.
 *
 * @param {Facts} facts @param {readonly Entry[]} entries @param {Unit} unit @param {string} phase @param {Numbers} numbers @param {any[]} lots
 */
export function judged(facts, entries, unit, phase, numbers, lots) {
  if (!facts.rules) return { findings: tooMany(unit, numbers), tie: null, lots };
  const all = saidInAll(facts, entries, unit.id).set(phase, numbers);
  // Who does not know how many attended, as a second reporter who came for the final count, is told nothing by guesses.
  if (!all.has("first") && all.get("final")?.attendance === undefined) return { findings: [], tie: null, lots };
  const fit = lotsThatFit(reportOf(facts, unit, all, []), facts.rules, lots);
  const report = reportOf(facts, unit, all, fit);
  const others = facts.units.filter((one) => one.id !== unit.id).map((one) => reportOf(facts, one, saidInAll(facts, entries, one.id), []));
  return { findings: entryChecks(report, facts.rules, others), tie: phase === "delegates" ? openTie(report, facts.rules) : null, lots: fit };
}

/** @param {Facts} facts @param {readonly Entry[]} entries @param {number} unit @returns {Map<string, Numbers>} what was said of a unit, by phase */
function saidInAll(facts, entries, unit) {
  const all = new Map();
  for (const phase of facts.phases) {
    const said = saidOf(facts, entries, unit, phase);
    if (said) all.set(phase, said.numbers);
  }
  return all;
}

/** The one thing that a plain count can contradict. @param {Unit} unit @param {Numbers} numbers @returns {import("./entry_checks.js").Finding[]} */
function tooMany(unit, { counts, spoilt = 0 }) {
  const attendance = Object.values(counts).reduce((sum, number) => sum + number, spoilt);
  return unit.eligible !== null && attendance > unit.eligible ? [{ check: "V10", names: [], numbers: { attendance, eligible: unit.eligible } }] : [];
}

/** What was typed into a box: a number, nothing, or no number. @param {string} typed @returns {number | null | undefined} undefined where it is none */
export function numberIn(typed) {
  const text = typed.trim().replace(/\p{Nd}/gu, valueOf);
  if (!text) return null;
  const digits = /^\d{1,3}(\s\d{3})+$/.test(text) ? text.replace(/\s/g, "") : text;
  return /^\d{1,7}$/.test(digits) ? Number(digits) : undefined;
}

/** A digit of any script as ours: each has its ten in a row. @param {string} digit @returns {string} */
function valueOf(digit) {
  const code = /** @type {number} */ (digit.codePointAt(0));
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}
