// @ts-check
import assert from "node:assert/strict";
import test from "node:test";

import { unitsLike } from "../../src/hustings/apps/canvass/static/canvass/units.js";

const doors = [...Array.from({ length: 600 }, (_, nth) => ({ label: `Flat ${nth + 1}` })), { label: "12A" }, { label: "Porter" }];
/** @param {string} typed */
const found = (typed) => unitsLike(doors, typed).map(({ label }) => label);

test("the unit with that number comes first", () => {
  assert.equal(found("12")[0], "Flat 12");
  assert.equal(found("flat 12")[0], "Flat 12");
  assert.equal(found("12 a")[0], "12A");
  assert.equal(found("por")[0], "Porter");
});

test("then those that begin so, and no more than fit a screen", () => {
  assert.deepEqual(found("59").slice(0, 4), ["Flat 59", "Flat 590", "Flat 591", "Flat 592"]);
  assert.equal(found("1").length, 24);
  assert.ok(found("59").includes("Flat 159"));
});

test("nothing typed and nothing like it find nothing", () => {
  assert.deepEqual(found(" "), []);
  assert.deepEqual(found("penthouse"), []);
});
