// @ts-check
import assert from "node:assert/strict";
import test from "node:test";

import { ageInWords } from "../../src/hustings/server/static/js/ages.js";
import { KIND_LOOKS, WALK_COLOURS, colourWalks } from "../../src/hustings/server/static/js/map/palette.js";
import { boxRound, middles, nextWalk, oneByOne, say, spread } from "../../src/hustings/server/static/js/map/shapes.js";

/** @param {number | null} walk @param {number} lon @param {number} lat @returns {any} */
const door = (walk, lon, lat) => ({ type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] }, properties: { walk } });

/**
 * Lightness and the one hue left to somebody who does not tell red from green
 * (deuteranope cones after Viénot, Brettel and Mollon 1999), both on a cube-root scale.
 *
 * @param {string} hex
 */
function asDeuteranope(hex) {
  const [r, g, b] = [1, 3, 5].map((at) => (Number.parseInt(hex.slice(at, at + 2), 16) / 255) ** 2.2);
  const yellow = 0.29275 * r + 0.70725 * g;
  const blue = Math.max(0, -0.02234 * r + 0.02234 * g + b);
  return [1.16 * Math.cbrt(0.93 * yellow + 0.07 * blue), Math.cbrt(yellow) - Math.cbrt(blue)];
}

test("a walk's number stands on one of its doors", () => {
  const found = middles([door(7, 0, 0), door(7, 0, 1), door(7, 0, 4), door(null, 9, 9)]);
  assert.deepEqual(found, [{ walk: 7, at: [0, 1], doors: 3 }]);
});

test("walks come by number, whatever the order of their doors", () => {
  assert.deepEqual(middles([door(12, 0, 0), door(3, 1, 1)]).map(({ walk }) => walk), [3, 12]);
});

test("neighbouring walks have different colours", () => {
  const walks = [];
  for (let row = 0; row < 12; row++)
    for (let column = 0; column < 12; column++) walks.push({ walk: row * 12 + column, at: /** @type {[number, number]} */ ([column * 2, row]) });
  const colours = colourWalks(walks);
  let same = 0;
  for (const { walk, at } of walks)
    for (const other of walks)
      if (other.walk > walk && Math.abs(other.at[0] - at[0]) / 2 + Math.abs(other.at[1] - at[1]) === 1 && colours.get(walk) === colours.get(other.walk)) same++;
  assert.equal(same, 0);
  assert.equal(new Set(colours.values()).size, WALK_COLOURS.length);
});

test("the six colours stay apart for eyes that do not tell red from green", () => {
  for (const [place, one] of WALK_COLOURS.entries())
    for (const other of WALK_COLOURS.slice(place + 1)) {
      const [a, b] = [asDeuteranope(one), asDeuteranope(other)];
      const apart = Math.hypot(a[0] - b[0], a[1] - b[1]);
      assert.ok(apart > 0.15, `${one} and ${other}: ${apart.toFixed(3)}`);
    }
});

test("the box holds every point, and there is none round nothing", () => {
  assert.deepEqual(boxRound([[2, 5], [1, 7]]), [[1, 5], [2, 7]]);
  assert.equal(boxRound([]), null);
});

test("the next walk goes round the end, and starts at either", () => {
  assert.equal(nextWalk([3, 5, 9], 9, 1), 3);
  assert.equal(nextWalk([3, 5, 9], 3, -1), 9);
  assert.equal(nextWalk([3, 5, 9], null, -1), 9);
  assert.equal(nextWalk([], 3, 1), null);
});

test("a sentence keeps what nobody fills", () => {
  assert.equal(say("Walk {walk}: {doors} doors {x}", { walk: 7, doors: 61 }), "Walk 7: 61 doors {x}");
});

test("an age is said in words, and a clock that runs ahead says now", () => {
  assert.match(ageInWords(12_000, "en-GB"), /^12 sec/);
  assert.equal(ageInWords(-5000, "en-GB"), "now");
  assert.match(ageInWords(3 * 3600_000, "en-GB"), /^3 h/);
});

test("doors that have the same to say come together and are drawn one by one", () => {
  const properties = { walk: 3, kind: "tried" };
  const together = { type: "Feature", properties, geometry: { type: "MultiPoint", coordinates: [[0, 1], [2, 3]] } };
  const doors = oneByOne([together, door(7, 5, 5)]);
  assert.deepEqual(doors.map((one) => [one.properties.walk, ...one.geometry.coordinates]), [[3, 0, 1], [3, 2, 3], [7, 5, 5]]);
});

test("the doors of one place stand round it, none on another, none far away", () => {
  const doors = spread(Array.from({ length: 40 }, () => door(1, 9.5, 60)), 3);
  assert.deepEqual(doors[0].geometry.coordinates, [9.5, 60]);
  const metres = doors.map(({ geometry: { coordinates: [lon, lat] } }) => [(lon - 9.5) * 111_195 * 0.5, (lat - 60) * 111_195]);
  for (const [place, one] of metres.entries()) {
    assert.ok(Math.hypot(...one) < 3 * Math.sqrt(40));
    for (const other of metres.slice(place + 1)) assert.ok(Math.hypot(one[0] - other[0], one[1] - other[1]) > 2.5);
  }
});

test("what was heard, what was tried and what is to do look different to eyes that do not tell red from green", () => {
  for (const group of [["support-1", "support-2", "support-3", "support-4", "support-5", "contact"], ["walk-none", "walk-begun", "walk-most", "walk-all"]])
    for (const [place, one] of group.entries())
      for (const other of group.slice(place + 1)) {
        const [a, b] = [asDeuteranope(KIND_LOOKS[one].colour), asDeuteranope(KIND_LOOKS[other].colour)];
        assert.ok(Math.hypot(a[0] - b[0], a[1] - b[1]) > 0.08, `${one} and ${other}`);
      }
  assert.notEqual(KIND_LOOKS.tried.ring, KIND_LOOKS.todo.ring);
});
