// @ts-check
import assert from "node:assert/strict";
import test from "node:test";

import { Beside } from "../../src/hustings/apps/canvass/static/canvass/beside.js";
import { idsOf, turnAround } from "../../src/hustings/apps/canvass/static/canvass/order.js";
import { aWalk } from "./a_walk.js";
import { memoryStore } from "./memory_store.js";

/** @import { Ground, Walk } from "../../src/hustings/apps/canvass/static/canvass/types.d.ts" */

/** @param {string} mark @returns {Ground} */
const ground = (mark) => ({ turf: 7, mark, middle: [0, 0], doors: [[1, 0, 0]], route: [], streets: [], houses: [], credit: "© them" });

/** A store with a walk, a server that counts how often it is asked for a map. */
async function aPhone() {
  const store = memoryStore();
  const walk = { ...aWalk(), map: "first" };
  await store.keepWalk(walk);
  const server = { asked: 0, answers: /** @type {Ground | null} */ (ground("first")), mapOf: async () => { server.asked++; return server.answers; } };
  const beside = new Beside();
  const look = async () => (await beside.look(store, (await store.all()).walks))[0];
  return { store, walk, server, beside, look };
}

test("the map is fetched once, kept, and there after the app was closed", async () => {
  const { store, server, beside, look } = await aPhone();
  assert.equal(await beside.fetch(store, server, [await look()]), true);
  assert.equal(await beside.fetch(store, server, [await look()]), false);
  assert.equal(server.asked, 1);
  const again = new Beside();
  await again.look(store, (await store.all()).walks);
  assert.equal(again.landOf(7)?.doors.size, 1);
  assert.equal(again.creditOf(7), "© them");
});

test("another map is fetched when the walk says so, and the old one serves until it is here", async () => {
  const { store, walk, server, beside, look } = await aPhone();
  await beside.fetch(store, server, [await look()]);
  await store.keepWalk({ ...walk, map: "second" });
  server.answers = null;
  await beside.fetch(store, server, [await look()]);
  assert.equal(beside.landOf(7)?.doors.size, 1);
  server.answers = ground("second");
  await beside.fetch(store, server, [await look()]);
  await beside.fetch(store, server, [await look()]);
  assert.equal(server.asked, 3);
});

test("a map that comes when its walk is gone is not kept", async () => {
  const { store, server, beside, look } = await aPhone();
  const walk = await look();
  await store.wipe(7);
  await beside.fetch(store, server, [walk]);
  assert.equal(await store.beside("map", 7), null);
  assert.equal(beside.landOf(7), null);
});

test("an order is kept over the end of the app, and the plan comes back with one tap", async () => {
  const { store, beside, look } = await aPhone();
  const walk = await look();
  assert.equal(beside.isPlanned(walk), true);
  await beside.reorder(store, walk, turnAround(walk.doors));
  const turned = (await new Beside().look(store, (await store.all()).walks))[0];
  assert.deepEqual(idsOf(turned.doors), [4, 5, 6, 7, 3, 2, 1]);
  assert.equal(beside.isPlanned(await look()), false);
  await beside.reorder(store, turned, null);
  assert.deepEqual(idsOf((await look()).doors), [1, 2, 3, 4, 5, 6, 7]);
});

test("an order that is the plan again is not kept", async () => {
  const { store, beside, look } = await aPhone();
  const walk = await look();
  await beside.reorder(store, walk, turnAround(turnAround(walk.doors)));
  assert.equal(await store.beside("order", 7), null);
});

test("what lies beside a walk goes with it", async () => {
  const { store, server, beside, look } = await aPhone();
  const walk = await look();
  await beside.fetch(store, server, [walk]);
  await beside.reorder(store, walk, turnAround(walk.doors));
  await store.wipe(7);
  await store.keepWalk(walk);
  assert.equal(await store.beside("map", 7), null);
  assert.deepEqual(idsOf((await look()).doors), [1, 2, 3, 4, 5, 6, 7]);
});
