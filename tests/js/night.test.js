// @ts-check
/** What a reporter's phone knows of its units: nothing sent is lost from sight, and nobody is told nonsense. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { isPractice, judged, numberIn, saidOf, whereIs } from "../../src/hustings/apps/contests/static/contests/night/state.js";

const { rules } = JSON.parse(readFileSync(new URL("../core/contest/entry_cases.json", import.meta.url), "utf8"));
const unit = { id: 7, name: "Ward 7", area: "River", delegates: 6, eligible: 300 };
/** @type {import("../../src/hustings/apps/contests/static/contests/night/state.js").Facts} */
const facts = {
  contest: "Caucus", kind: "caucus", reporter: "Bob", ended: false, opens_at: "2026-02-03T19:00:00-06:00", time_zone: "America/Chicago",
  phases: ["first", "final", "delegates"], rules: rules["iowa-2020"], candidates: ["ash", "birch", "cedar"].map((code) => ({ code, name: code })),
  units: [unit], practised: false, has: [], photos: [],
};
/** @param {string} id @param {string} phase @param {any} numbers @param {any} [more] */
const entry = (id, phase, numbers, more = {}) => ({ id, token: "t", state: /** @type {const} */ ("waiting"), message: "", event: { kind: "report", unit: 7, phase, numbers, ...more } });

test("before it opens a phone practises, and from then on it reports", () => {
  assert.ok(isPractice(facts, Date.parse("2026-02-04T00:59:59Z")));
  assert.ok(!isPractice(facts, Date.parse("2026-02-04T01:00:00Z")));
  assert.ok(isPractice({ ...facts, ahead_ms: 3_600_000 }, Date.parse("2026-02-04T01:59:59Z")));
  assert.ok(!isPractice({ ...facts, ahead_ms: -3_600_000 }, Date.parse("2026-02-04T00:00:00Z")));
});

test("the newest entry of a phase holds, and a practice is none", () => {
  const entries = [entry("a", "first", { counts: { ash: 1 } }), entry("b", "first", { counts: { ash: 2 } }), entry("c", "first", { counts: { ash: 9 } }, { kind: "practice" })];

  assert.equal(saidOf(facts, entries, 7, "first")?.id, "b");
  assert.equal(saidOf(facts, entries, 7, "final"), null);
  assert.equal(saidOf(facts, entries, 8, "first"), null);
});

test("a phone that lost its memory shows what the office has from it", () => {
  const has = [{ id: "x", unit: 7, phase: "first", numbers: { counts: { ash: 4 } } }];

  assert.deepEqual(saidOf({ ...facts, has }, [], 7, "first"), { id: "x", numbers: { counts: { ash: 4 } }, lots: [], where: "accepted", message: "" });
});

test("an entry whose answer was lost is with the office as soon as the office says that it has it", () => {
  const entries = [entry("a", "first", { counts: { ash: 1 } })];
  const has = [{ id: "a", unit: 7, phase: "first", numbers: { counts: { ash: 1 } } }];

  assert.equal(saidOf(facts, entries, 7, "first")?.where, "waiting");
  assert.equal(saidOf({ ...facts, has }, entries, 7, "first")?.where, "accepted");
});

test("phases are judged together: the award by what was entered before it", () => {
  const people = { ash: 100, birch: 50, cedar: 50 };
  const entries = [entry("a", "first", { counts: people, attendance: 200 }), entry("b", "final", { counts: people })];
  const award = (/** @type {any} */ counts, lots = []) => judged(facts, entries, unit, "delegates", { counts }, lots);

  assert.deepEqual(award({ ash: 3, birch: 2, cedar: 1 }).findings.map((one) => one.check), ["V6"]);
  assert.deepEqual(award({ ash: 3, birch: 2, cedar: 1 }).tie?.among, ["birch", "cedar"]);
  assert.deepEqual(award({ ash: 4, birch: 1, cedar: 1 }).findings.map((one) => one.check), ["V5", "V6"]);
  const lots = /** @type {any} */ ([{ step: "one less, turn 1", among: ["birch", "cedar"], chosen: ["cedar"] }]);
  assert.deepEqual(award({ ash: 3, birch: 2, cedar: 1 }, lots), { findings: [], tie: null, lots });
});

test("a lot that a correction made worthless is set aside, and the phone asks for the one that is due", () => {
  const equal = (/** @type {[string, string]} */ [one, other], /** @type {string} */ most) => {
    const people = { ash: 50, birch: 50, cedar: 50, [most]: 100 };
    const entries = [entry("a", "first", { counts: people, attendance: 200 }), entry("b", "final", { counts: people })];
    const lot = { step: "one less, turn 1", among: [one, other], chosen: [other] };
    return { lot, by: (/** @type {any[]} */ lots) => judged(facts, entries, unit, "delegates", { counts: { [most]: 3, [one]: 2, [other]: 1 } }, lots) };
  };
  const [before, after] = [equal(["birch", "cedar"], "ash"), equal(["ash", "birch"], "cedar")];

  const asked = after.by([before.lot]);
  assert.deepEqual(asked.tie?.among, ["ash", "birch"]);
  assert.deepEqual(asked.findings, [{ check: "V6", names: ["ash", "birch"], numbers: { choose: 1 } }]);
  assert.deepEqual(asked.lots, []);
  assert.deepEqual(after.by([before.lot, after.lot]), { findings: [], tie: null, lots: [after.lot] });
  assert.deepEqual(before.by([before.lot, after.lot]), { findings: [], tie: null, lots: [before.lot] });
});

test("of two lots for one tie the newer one is meant", () => {
  const people = { ash: 100, birch: 50, cedar: 50 };
  const entries = [entry("a", "first", { counts: people, attendance: 200 }), entry("b", "final", { counts: people })];
  const lots = ["birch", "cedar"].map((code) => ({ step: "one less, turn 1", among: ["birch", "cedar"], chosen: [code] }));

  assert.deepEqual(judged(facts, entries, unit, "delegates", { counts: { ash: 3, birch: 2, cedar: 1 } }, lots).lots, [lots[1]]);
});

test("who cannot judge a lot sends it as it was written down", () => {
  const lots = [{ step: "one less, turn 1", among: ["birch", "cedar"], chosen: ["cedar"] }];

  assert.equal(judged(facts, [], unit, "delegates", { counts: { ash: 3 } }, lots).lots, lots);
});

test("the office has a photograph only where it took one", () => {
  const photos = (/** @type {string[]} */ ...states) => /** @type {any[]} */ (states.map((state) => ({ state })));

  assert.equal(whereIs([]), "");
  assert.equal(whereIs(photos("refused")), "");
  assert.equal(whereIs(photos("refused", "accepted")), "there");
  assert.equal(whereIs(photos("accepted", "refused", "waiting")), "waiting");
});

test("who does not know the final count is told nothing of who was viable, and of a sum that is wrong", () => {
  const entries = [entry("a", "first", { counts: { ash: 60, birch: 40 }, attendance: 100 })];
  const award = (/** @type {any} */ counts) => judged(facts, entries, unit, "delegates", { counts }, []).findings.map((one) => one.check);

  assert.deepEqual(award({ ash: 4, birch: 2 }), []);
  assert.deepEqual(award({ ash: 4, birch: 3 }), ["V3"]);
});

test("who knows only the final count is told nothing by guesses", () => {
  assert.deepEqual(judged(facts, [], unit, "final", { counts: { ash: 100 } }, []), { findings: [], tie: null, lots: [] });
});

test("where nobody knows how many delegates a unit elects, none of those read out are called too many", () => {
  const unknown = { ...unit, delegates: null };
  const entries = [entry("a", "first", { counts: { ash: 60, birch: 40 }, attendance: 90 })];

  assert.deepEqual(judged(facts, entries, unknown, "delegates", { counts: { ash: 5, birch: 3 } }, []).findings.map((one) => one.check), ["V10"]);
});

test("how many signed in is believed of the first alignment, and of the final count where the first does not say", () => {
  const said = (/** @type {any} */ first) => judged(facts, [entry("a", "first", { counts: { ash: 60, birch: 20 }, ...first })], unit, "final", { counts: { ash: 90 }, attendance: 95 }, []).findings.map((one) => one.check);

  assert.deepEqual(said({}), ["V2"]);
  assert.deepEqual(said({ attendance: 85 }), ["V1", "V2"]);
});

test("the same numbers in two units of one phone are noticed", () => {
  const other = { ...unit, id: 8, name: "Ward 8" };
  const numbers = { counts: { ash: 30, birch: 9 }, attendance: 39 };
  const entries = [{ ...entry("a", "first", numbers), event: { ...entry("a", "first", numbers).event, unit: 8 } }];

  assert.deepEqual(judged({ ...facts, units: [unit, other] }, entries, unit, "first", numbers, []).findings, [{ check: "V8", names: ["River Ward 8"], numbers: {} }]);
});

test("a plain count is only held against how many may vote", () => {
  const plain = { ...facts, kind: "constituency", phases: ["final"], rules: null };
  const found = (/** @type {number} */ ash) => judged(plain, [], unit, "final", { counts: { ash }, spoilt: 1 }, []).findings;

  assert.deepEqual(found(299), []);
  assert.deepEqual(found(300), [{ check: "V10", names: [], numbers: { attendance: 301, eligible: 300 } }]);
});

test("what is typed is a whole number, nothing, or no number", () => {
  assert.deepEqual(["", " 12 ", "0", "-1", "1.5", "4x", "12345678"].map(numberIn), [null, 12, 0, undefined, undefined, undefined, undefined]);
});

test("a number is read in the digits of other scripts, and with its thousands apart", () => {
  assert.deepEqual(["١٢٣", "۱۲۳", "१२३", "1 200", "1\u202f200", "12 00", "1 20"].map(numberIn), [123, 123, 123, 1200, 1200, undefined, undefined]);
});
