// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { DoorsByTile, below, doorsAbout, tilesIn } from "../../src/hustings/server/static/js/map/by_tile.js";

/** @typedef {import("../../src/hustings/server/static/js/map/by_tile.js").Tile} Tile */

/** @param {Tile} tile */
const named = ({ zoom, column, row }) => `${zoom}/${column}/${row}`;

test("the squares of a window cover it and are a dozen at most", () => {
  // A window of 1360 by 800 pixels: at zoom z a square of 512.
  for (const zoom of [10, 13.2, 15.99, 17]) {
    const wide = (1360 / 512) * (360 / 2 ** zoom);
    const high = (800 / 512) * (360 / 2 ** zoom) * Math.cos(0.85);
    const tiles = tilesIn([[9, 48.7], [9 + wide, 48.7 + high]], zoom);
    assert.ok(tiles.length <= 35 && tiles.every((tile) => tile.zoom === Math.floor(zoom)));
  }
  assert.deepEqual(tilesIn([[-0.1, -0.1], [0.1, 0.1]], 11).map(named), ["11/1023/1023", "11/1023/1024", "11/1024/1023", "11/1024/1024"]);
});

test("a square's four are those below it", () => {
  assert.deepEqual(below({ zoom: 11, column: 3, row: 5 }).map(named), ["12/6/10", "12/6/11", "12/7/10", "12/7/11"]);
});

test("doors count about a box when their walk's middle is in it or beside it", () => {
  const walks = [{ walk: 1, at: /** @type {[number, number]} */ ([0.5, 0.5]), doors: 70 }, { walk: 2, at: /** @type {[number, number]} */ ([1.2, 0.5]), doors: 20 }, { walk: 3, at: /** @type {[number, number]} */ ([2, 0.5]), doors: 5 }];
  assert.equal(doorsAbout(walks, [[0, 0], [1, 1]]), 90);
});

test("where more doors stand than one answer holds the squares below are asked for, each once", async () => {
  /** @type {string[]} */
  const asked = [];
  const doors = new DoorsByTile(async (tile) => {
    asked.push(named(tile));
    return tile.zoom === 10 ? { more: true, doors: [] } : { more: false, doors: [[7, 1, 9, 48, "3", tile.column]] };
  });
  const found = await doors.in([{ zoom: 10, column: 1, row: 1 }]);
  assert.equal(found.length, 4);
  assert.deepEqual(found[0].properties, { walk: 7, stop: 1, label: "3", door: 2 });
  await doors.in([{ zoom: 10, column: 1, row: 1 }]);
  assert.equal(asked.length, 5);
});

test("a square that could not be had is asked for again", async () => {
  let times = 0;
  const doors = new DoorsByTile(async () => {
    times += 1;
    if (times === 1) throw new Error("no network");
    return { more: false, doors: [] };
  });
  await assert.rejects(doors.in([{ zoom: 10, column: 1, row: 1 }]));
  assert.deepEqual(await doors.in([{ zoom: 10, column: 1, row: 1 }]), []);
});
