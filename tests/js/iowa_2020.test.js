// @ts-check
/** The phone's checks on the published night of 2020: what the server's find there, found by the other program. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import test from "node:test";

import { countReport, isAnOutcome } from "../../src/hustings/apps/contests/static/contests/night/caucus_count.js";
import { entryChecks, readReport } from "../../src/hustings/apps/contests/static/contests/night/entry_checks.js";

const file = `${globalThis.process?.env.HUSTINGS_TEST_DATA ?? ""}/vectors/caucus/iowa2020_precincts.json`;
const skip = existsSync(file) ? false : "HUSTINGS_TEST_DATA is not there";
const rules = JSON.parse(readFileSync(new URL("../core/contest/entry_cases.json", import.meta.url), "utf8")).rules["iowa-2020"];

/** @returns {any[]} only what was counted and printed, no verdict on it */
const reports = () =>
  JSON.parse(readFileSync(file, "utf8")).precincts.map((/** @type {any} */ row) =>
    readReport({ unit: `${row.county}, ${row.precinct}`, delegates: row.county_delegates, first: row.first, final: row.final, awarded: row.reported_delegates }),
  );

test("1,204 of 1,305 precincts are what the rule gives by one outcome or other of its lots", { skip }, () => {
  const all = reports();

  assert.equal(all.length, 1305);
  assert.equal(all.filter((one) => isAnOutcome(one, rules, one.awarded)).length, 1204);
});

test("108 precincts need a lot", { skip }, () => {
  assert.equal(reports().filter((one) => countReport(one, rules, []).tie !== null).length, 108);
});

test("the flags of the night are found: 67, 55, 32 and 22", { skip }, () => {
  const found = reports().map((one) => new Set(entryChecks(one, rules).map(({ check }) => check)));
  const with_ = (/** @type {string} */ check) => found.filter((checks) => checks.has(check)).length;

  assert.deepEqual(["V1", "V2", "V3", "V4"].map(with_), [67, 55, 32, 22]);
});
