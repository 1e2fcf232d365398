// @ts-check
import assert from "node:assert/strict";
import test from "node:test";

import { fit, namePlace, nearest, onGround, onScreen, pinched, roomy, within, zoomed } from "../../src/hustings/apps/canvass/static/canvass/map/view.js";

/** @import { Point } from "../../src/hustings/apps/canvass/static/canvass/ground.js" */

const size = { width: 400, height: 300 };
/** @param {readonly number[]} a @param {readonly number[]} b */
const same = (a, b) => assert.ok(a.every((one, place) => Math.abs(one - b[place]) < 1e-6), `${a} is not ${b}`);

test("all places are inside the picture, with an edge round them", () => {
  /** @type {Point[]} */
  const points = [[-500, 20], [100, 40], [-200, -300]];
  const view = fit(points, size, 40, 5);
  for (const point of points) {
    const [x, y] = onScreen(view, size, point);
    assert.ok(x >= 39.9 && x <= 360.1 && y >= 39.9 && y <= 260.1);
  }
});

test("one door alone is not drawn larger than asked, and none is no error", () => {
  assert.equal(fit([[3, 4]], size, 40, 2.5).scale, 2.5);
  assert.deepEqual(fit([], size, 40, 2.5), { x: 0, y: 0, scale: 1 });
});

test("a pixel is the place that is drawn there", () => {
  const view = { x: 12, y: -7, scale: 1.5 };
  same(onGround(view, size, onScreen(view, size, [33, 44])), [33, 44]);
});

test("coming closer keeps the place under the finger there, and ends at the doorstep", () => {
  const view = { x: 12, y: -7, scale: 1.5 };
  same(onGround(zoomed(view, size, [50, 60], 2), size, [50, 60]), onGround(view, size, [50, 60]));
  assert.ok(zoomed(view, size, [0, 0], 1e9).scale < 100);
  assert.ok(zoomed(view, size, [0, 0], 1e-9).scale > 0.01);
});

test("two fingers that part hold on to what is under them", () => {
  const view = { x: 12, y: -7, scale: 1.5 };
  const now = pinched(view, size, [[100, 100], [200, 100]], [[80, 130], [280, 130]]);
  assert.equal(now.scale, 3);
  same(onScreen(now, size, onGround(view, size, [100, 100])), [80, 130]);
  same(onScreen(now, size, onGround(view, size, [200, 100])), [280, 130]);
});

test("a place inside the picture moves nothing, one outside comes to its middle", () => {
  const view = { x: 0, y: 0, scale: 1 };
  assert.equal(within(view, size, [100, 50], 40), view);
  assert.deepEqual(within(view, size, [190, 50], 40), { x: 190, y: 50, scale: 1 });
});

test("a thick finger means the stop nearest to it, and nothing where none is near", () => {
  const places = new Map(/** @type {[number, Point][]} */ ([[0, [10, 10]], [1, [40, 10]], [2, [300, 200]]]));
  assert.equal(nearest(places, [28, 12], 36), 1);
  assert.equal(nearest(places, [150, 100], 36), null);
});

test("numbers stand where they have room, the next one before all others", () => {
  const places = new Map(/** @type {[number, Point][]} */ ([[0, [0, 0]], [1, [12, 0]], [2, [30, 0]], [3, [12, 30]]]));
  assert.deepEqual([...roomy(places, [], () => 26, () => 26)].sort(), [0, 2, 3]);
  assert.deepEqual([...roomy(places, [1], () => 26, () => 26)].sort(), [1, 3]);
});

test("a street's name stands on its longest piece in the picture, the right way up", () => {
  const place = namePlace([[[-500, 100], [380, 100], [390, 120]]], size, 60);
  same(place?.at ?? [], [190, 100]);
  assert.equal(place?.degrees, 0);
  assert.equal(namePlace([[[380, 100], [-500, 100]]], size, 60)?.degrees, 0);
  assert.equal(namePlace([[[100, 100], [130, 100]]], size, 60), null);
  assert.equal(namePlace([[[-500, -10], [380, -10]]], size, 60), null);
});
