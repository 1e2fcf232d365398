// @ts-check
import assert from "node:assert/strict";
import test from "node:test";

import { idsOf, inOrder, isSame, move, sideFirst, startFrom, turnAround } from "../../src/hustings/apps/canvass/static/canvass/order.js";
import { parityOf } from "../../src/hustings/apps/canvass/static/canvass/sides.js";
import { aDoor, chance } from "./a_walk.js";

/** @import { Door } from "../../src/hustings/apps/canvass/static/canvass/types.d.ts" */

/** Three houses, a building of four flats, a house. */
const doors = () => [aDoor(1), aDoor(2), aDoor(3), ...[4, 5, 6, 7].map((id) => aDoor(id, { building: 9 })), aDoor(8)];
/** @param {Door} one @param {Door} other */
const byNumber = (one, other) => Math.abs(Number(one.number) - Number(other.number));
/** @param {Door} door */
const parity = (door) => parityOf(door.number);

test("the walk begins where somebody stands and goes round to the door before it", () => {
  assert.deepEqual(idsOf(startFrom(doors(), 3)), [3, 4, 5, 6, 7, 8, 1, 2]);
  assert.deepEqual(idsOf(startFrom(doors(), 6)), [4, 5, 6, 7, 8, 1, 2, 3]);
  assert.deepEqual(idsOf(startFrom(doors(), 1)), [1, 2, 3, 4, 5, 6, 7, 8]);
});

test("turned around the last stop is the first, and nobody turns round a staircase", () => {
  assert.deepEqual(idsOf(turnAround(doors())), [8, 4, 5, 6, 7, 3, 2, 1]);
  assert.deepEqual(idsOf(turnAround(turnAround(doors()))), idsOf(doors()));
});

test("a stop goes one earlier or later, a building with all its doors, and not over the ends", () => {
  assert.deepEqual(idsOf(move(doors(), 2, 1)), [1, 3, 2, 4, 5, 6, 7, 8]);
  assert.deepEqual(idsOf(move(doors(), 5, -1)), [1, 2, 4, 5, 6, 7, 3, 8]);
  assert.deepEqual(idsOf(move(doors(), 1, -1)), idsOf(doors()));
  assert.deepEqual(idsOf(move(doors(), 8, 1)), idsOf(doors()));
});

test("one side of a street first, and the other from where the first ends", () => {
  const street = [1, 2, 3, 4, 5, 6].map((id) => aDoor(id));
  assert.deepEqual(idsOf(sideFirst(street, 2, parity, byNumber)), [2, 4, 6, 5, 3, 1]);
  assert.deepEqual(idsOf(sideFirst(street, 5, parity, byNumber)), [1, 3, 5, 6, 4, 2]);
});

test("a side that is walked back already stays as it is, and other streets keep their place", () => {
  const other = aDoor(20, { street: "Weir Street" });
  const street = [aDoor(1), aDoor(3), other, aDoor(5), aDoor(6), aDoor(4), aDoor(2)];
  assert.deepEqual(idsOf(sideFirst(street, 3, parity, byNumber)), [1, 3, 5, 6, 4, 2, 20]);
  assert.deepEqual(idsOf(sideFirst([other, ...street.filter((door) => door !== other)], 4, parity, byNumber)), [20, 6, 4, 2, 1, 3, 5]);
});

test("a street with one side only is left as it is", () => {
  const street = [aDoor(2), aDoor(4), aDoor(6)];
  assert.deepEqual(idsOf(sideFirst(street, 4, parity, byNumber)), [2, 4, 6]);
});

test("whatever is done to an order, every door is in it once", () => {
  const { next } = chance(5);
  let now = doors();
  for (let turn = 0; turn < 400; turn++) {
    const door = now[Math.floor(next() * now.length)].id;
    const what = Math.floor(next() * 4);
    if (what === 0) now = startFrom(now, door);
    else if (what === 1) now = turnAround(now);
    else if (what === 2) now = move(now, door, next() < 0.5 ? 1 : -1);
    else now = sideFirst(now, door, parity, byNumber);
    assert.deepEqual(idsOf(now).sort(), [1, 2, 3, 4, 5, 6, 7, 8]);
  }
});

test("an order that was kept is the walk's, without doors that are gone and with new ones where the plan has them", () => {
  const planned = doors();
  assert.deepEqual(idsOf(inOrder(planned, null)), idsOf(planned));
  assert.deepEqual(idsOf(inOrder(planned, [8, 7, 6, 5, 4, 3, 2, 1])), [8, 7, 6, 5, 4, 3, 2, 1]);
  assert.deepEqual(idsOf(inOrder(planned.slice(1, 4), [8, 4, 3, 1, 2])), [4, 3, 2]);
  assert.deepEqual(idsOf(inOrder(planned.slice(0, 4), [3, 2])), [1, 3, 4, 2]);
  assert.deepEqual(idsOf(inOrder(planned, [3, 3, 2, 1]).slice(0, 2)), [3, 4]);
});

test("the same order is known again", () => {
  assert.equal(isSame(doors(), doors()), true);
  assert.equal(isSame(doors(), turnAround(doors())), false);
  assert.equal(isSame(doors(), doors().slice(1)), false);
});
