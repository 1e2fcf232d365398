// @ts-check
/** The checks on the phone find what the server's find: one table of cases for both. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { countReport, isAnOutcome, LotTrouble } from "../../src/hustings/apps/contests/static/contests/night/caucus_count.js";
import { entryChecks, openTie, readReport } from "../../src/hustings/apps/contests/static/contests/night/entry_checks.js";

const { rules, cases } = JSON.parse(readFileSync(new URL("../core/contest/entry_cases.json", import.meta.url), "utf8"));

for (const one of cases) {
  test(`as on the server: ${one.name}`, () => {
    const found = entryChecks(readReport(one.report), rules[one.rules], (one.neighbours ?? []).map(readReport));

    assert.deepEqual(found, one.found);
  });
}

test("every one of the ten checks has a case that it finds something in", () => {
  const found = new Set(cases.flatMap((/** @type {any} */ one) => one.found.map((/** @type {any} */ each) => each.check)));

  assert.deepEqual([...found].sort(), ["V1", "V10", "V2", "V3", "V4", "V5", "V6", "V7", "V8", "V9"]);
});

test("a lot that is needed says among whom, and is needed no more once it is written down", () => {
  const said = { unit: "Mill Lane", delegates: 6, attendance: 200, final: { Ash: 100, Birch: 50, Cedar: 50 } };
  const tie = openTie(readReport(said), rules["iowa-2020"]);

  assert.deepEqual(tie, { step: "one less, turn 1", among: ["Birch", "Cedar"], choose: 1, gets: false });
  const drawn = readReport({ ...said, lots: [{ step: "one less, turn 1", among: ["Cedar", "Birch"], chosen: ["Birch"] }] });
  assert.equal(openTie(drawn, rules["iowa-2020"]), null);
  assert.deepEqual([...countReport(drawn, rules["iowa-2020"], drawn.lots).awarded], [["Ash", 3], ["Birch", 1], ["Cedar", 2]]);
});

test("both outcomes of a lot are outcomes, and a third award is none", () => {
  const report = readReport({ unit: "Mill Lane", delegates: 6, attendance: 200, final: { Ash: 100, Birch: 50, Cedar: 50 } });
  const is = (/** @type {[string, number][]} */ ...award) => isAnOutcome(report, rules["iowa-2020"], new Map(award));

  assert.ok(is(["Ash", 3], ["Birch", 2], ["Cedar", 1]) && is(["Ash", 3], ["Birch", 1], ["Cedar", 2]));
  assert.ok(!is(["Ash", 2], ["Birch", 2], ["Cedar", 2]));
});

test("two lots for one tie are trouble, and so is one for nothing", () => {
  const report = readReport({ unit: "Mill Lane", delegates: 2, attendance: 20, final: { Ash: 10, Birch: 10 } });
  const lot = { step: "one less, turn 1", among: ["Ash", "Birch"], chosen: ["Ash"] };

  assert.throws(() => countReport(report, rules["iowa-2020"], [lot, lot]), LotTrouble);
  assert.throws(() => countReport(report, rules["iowa-2020"], [lot]), LotTrouble);
});
