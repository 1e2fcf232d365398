// @ts-check
import assert from "node:assert/strict";
import test from "node:test";

import { turnAround } from "../../src/hustings/apps/canvass/static/canvass/order.js";
import { parityOf, sidesOf } from "../../src/hustings/apps/canvass/static/canvass/sides.js";
import { aDoor } from "./a_walk.js";

/** @import { Land, Point } from "../../src/hustings/apps/canvass/static/canvass/ground.js" */

/**
 * Mill Lane runs east; even numbers stand south of it, odd ones north, ten metres off.
 *
 * @param {Record<number, Point>} doors @param {Point[]} [line] @returns {Land}
 */
const land = (doors, line = [[-100, 0], [0, 0], [100, 0]]) => ({
  doors: new Map(Object.entries(doors).map(([id, at]) => [Number(id), at])), route: [], houses: [],
  streets: [{ name: "MILL LANE", kind: 0, line }], metresOf: () => [0, 0],
});
const evens = { 2: /** @type {Point} */ ([0, 10]), 4: /** @type {Point} */ ([20, 10]), 6: /** @type {Point} */ ([40, 10]) };
const odds = { 1: /** @type {Point} */ ([0, -10]), 3: /** @type {Point} */ ([20, -10]), 5: /** @type {Point} */ ([40, -10]) };
/** @param {number[]} ids */
const walk = (...ids) => ids.map((id) => aDoor(id));
/** @param {ReturnType<typeof sidesOf>} sides */
const hands = (sides) => [...sides.values()].map(({ hand }) => hand);

test("walking east the south is on the right, and walking back it is on the left", () => {
  const doors = walk(2, 4, 6);
  assert.deepEqual(hands(sidesOf(doors, land(evens))), ["right", "right", "right"]);
  assert.deepEqual(hands(sidesOf(turnAround(doors), land(evens))), ["left", "left", "left"]);
});

test("up one side and down the other, both are on the right, and they are two sides", () => {
  const sides = sidesOf(walk(2, 4, 6, 5, 3, 1), land({ ...evens, ...odds }));
  assert.deepEqual(hands(sides), ["right", "right", "right", "right", "right", "right"]);
  assert.equal(sides.get(2)?.side, sides.get(6)?.side);
  assert.notEqual(sides.get(2)?.side, sides.get(1)?.side);
});

test("crossing the street at every door, the hands take turns", () => {
  const sides = sidesOf(walk(1, 2, 3, 4, 5, 6), land({ ...evens, ...odds }));
  assert.deepEqual(hands(sides), ["left", "right", "left", "right", "left", "right"]);
});

test("a side is the same side whichever way the map drew its street", () => {
  const one = sidesOf(walk(2, 4, 6), land(evens));
  const other = sidesOf(walk(2, 4, 6), land(evens, [[100, 0], [0, 0], [-100, 0]]));
  assert.deepEqual([...one], [...other]);
});

test("even and odd are said where they tell the sides apart, and nowhere else", () => {
  const apart = sidesOf(walk(2, 4, 1, 3), land({ ...evens, ...odds }));
  assert.deepEqual([...apart.values()].map(({ parity }) => parity), ["even", "even", "odd", "odd"]);
  const mixed = sidesOf(walk(1, 2, 3), land({ 1: [0, 10], 2: [20, 10], 3: [40, 10] }));
  assert.deepEqual([...mixed.values()].map(({ parity }) => parity), ["", "", ""]);
  const across = sidesOf(walk(2, 4), land({ 2: [0, 10], 4: [20, -10] }));
  assert.deepEqual([...across.values()].map(({ parity }) => parity), ["", ""]);
});

test("without a street on the phone the number is all that tells the side", () => {
  for (const none of [null, land({}), { ...land(evens), streets: [] }]) {
    const sides = sidesOf(walk(1, 2), none);
    assert.deepEqual([...sides.values()], [{ side: "odd", hand: "", parity: "odd" }, { side: "even", hand: "", parity: "even" }]);
  }
});

test("a door in the middle of the street, or far from it, is on no hand", () => {
  assert.deepEqual(hands(sidesOf(walk(2, 4), land({ 2: [0, 0.4], 4: [20, 300] }))), ["", ""]);
});

test("one door alone on its street is on the hand that the walk to it and on says", () => {
  const lone = aDoor(2);
  const before = aDoor(11, { street: "Weir Street" });
  const sides = sidesOf([before, lone], { ...land({ 2: [20, 10], 11: [-50, 5] }), streets: [{ name: "Mill Lane", kind: 0, line: [[0, 0], [100, 0]] }, { name: "Weir Street", kind: 0, line: [[-55, 0], [-55, 50]] }] });
  assert.equal(sides.get(2)?.hand, "right");
});

test("the number that a house begins with is even or odd", () => {
  assert.deepEqual(["12", "12a", "7", "Flat 3", "", "The Mill", "128–130"].map(parityOf), ["even", "even", "odd", "odd", "", "", "even"]);
});
