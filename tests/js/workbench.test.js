// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { chosenFilter, cornersAsText, cornersOf, mayLetGo, targetOf } from "../../src/hustings/server/static/js/map/workbench_shapes.js";

test("a tap chooses a door of the walk that is shown, and says where chosen ones go", () => {
  assert.equal(targetOf(3, 3, 0), "choose");
  assert.equal(targetOf(3, 3, 2), "choose");
  assert.equal(targetOf(3, 4, 2), "there");
  assert.equal(targetOf(3, 4, 0), "open");
  assert.equal(targetOf(null, 4, 0), "open");
});

test("corners go to lines and back, and what is no corner is left out", () => {
  assert.deepEqual(cornersOf("0.5, 51\nnothing\n1;52\n1,2,3\n"), [[0.5, 51], [1, 52]]);
  assert.deepEqual(cornersOf(cornersAsText([[0.123456, -51.5]])), [[0.123456, -51.5]]);
});

test("doors that are chosen have a ring", () => {
  assert.deepEqual(chosenFilter([7, 9]), ["in", ["get", "door"], ["literal", [7, 9]]]);
});

test("a door that is let go moves only where what is shown is of that very choice, and breaks nothing", () => {
  assert.equal(mayLetGo("2", "2", false), true);
  assert.equal(mayLetGo("3", "2", false), false); // the figures are of the walk that the door was over before
  assert.equal(mayLetGo("2", "2", true), false);
  assert.equal(mayLetGo("2", undefined, false), false);
  assert.equal(mayLetGo("", "", false), false);
});
