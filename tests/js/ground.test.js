// @ts-check
import assert from "node:assert/strict";
import test from "node:test";

import { landOf, metresBetween, stopPlaces } from "../../src/hustings/apps/canvass/static/canvass/ground.js";
import { aDoor } from "./a_walk.js";

/** @import { Ground } from "../../src/hustings/apps/canvass/static/canvass/types.d.ts" */

/** @returns {Ground} round 9.52° E, 47.14° N */
const aGround = () => ({
  turf: 7, mark: "m", middle: [9_520_000, 47_140_000], doors: [[1, 0, 0], [2, 100, 0], [3, 0, 100], [4, 0, 100]],
  route: [0, 0, 100, 0, 0, 100], streets: [["Mill Lane", 0, [0, 0, 10, 10]]], houses: [[0, 0, 10, 0, 0, 10]], credit: "© OpenStreetMap contributors",
});
/** @param {number} a @param {number} b */
const near = (a, b) => assert.ok(Math.abs(a - b) < 0.01, `${a} is not ${b}`);

test("a ten-thousandth of a degree is eleven metres north, and less to the east the farther north", () => {
  const { doors } = landOf(aGround());
  const [[x0, y0], [x1, y1], [x2, y2]] = [1, 2, 3].map((id) => doors.get(id) ?? [NaN, NaN]);
  near(x1 - x0, 11.1195 * Math.cos((47.14 * Math.PI) / 180));
  near(y1, y0);
  near(y2 - y0, -11.1195);
  near(x2, x0);
});

test("a line is put together from its steps", () => {
  const { route } = landOf(aGround());
  assert.equal(route.length, 3);
  near(metresBetween(route[1], route[2]), 11.1195);
  near(route[1][0], route[2][0]);
});

test("where somebody stands is found on the same ground", () => {
  const land = landOf(aGround());
  const [x, y] = land.metresOf(9.5201, 47.14);
  near(x, land.doors.get(2)?.[0] ?? NaN);
  near(y, 0);
});

test("a building stands in the middle of its doors, and stops of one place stand side by side", () => {
  const land = landOf(aGround());
  const places = stopPlaces([[aDoor(1), aDoor(2)], [aDoor(3)], [aDoor(4)]], land);
  near(places.get(0)?.[0] ?? NaN, (land.doors.get(2)?.[0] ?? NaN) / 2);
  const [one, other] = [places.get(1) ?? [0, 0], places.get(2) ?? [0, 0]];
  assert.ok(metresBetween(one, other) >= 3.9);
});

test("a stop that nobody could place is on no map", () => {
  assert.deepEqual([...stopPlaces([[aDoor(1)], [aDoor(99)]], landOf(aGround())).keys()], [0]);
});

test("a walk without a ground is empty and no error", () => {
  const land = landOf({ ...aGround(), doors: [], route: [], streets: [], houses: [], middle: [0, 0] });
  assert.equal(land.doors.size, 0);
  assert.deepEqual(land.route, []);
});
