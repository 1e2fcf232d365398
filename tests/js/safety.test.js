// @ts-check
import assert from "node:assert/strict";
import test from "node:test";

import { App } from "../../src/hustings/apps/canvass/static/canvass/app.js";
import { CheckIns } from "../../src/hustings/apps/canvass/static/canvass/check_ins.js";
import { MINUTE_MS, begun, callForHelp, dueAt, heardAt, isOn, noCheckIn, signed, taken, told, toldAt, waits } from "../../src/hustings/apps/canvass/static/canvass/safety.js";
import { aWalk, chance } from "./a_walk.js";
import { memoryStore } from "./memory_store.js";

/** @import { CheckIn, Sign, Told } from "../../src/hustings/apps/canvass/static/canvass/safety.js" */
/** @import { Entry } from "../../src/hustings/apps/canvass/static/canvass/types.d.ts" */

const OFFER = { lead_phone: "123", every_minutes: [30] };
/** @param {boolean} [answers] */
const on = (answers = false) => begun({ ...noCheckIn(7), offer: OFFER }, { id: "w", every_minutes: 30, answers_count: answers, began_at: 0, sent: true });
/** @param {Partial<Sign>} more @returns {Sign} */
const sign = (more) => ({ id: "s", kind: "well", at: 0, sent: true, ...more });
/** @param {number} at @param {Entry["state"]} state */
const answer = (at, state) => /** @type {Entry} */ (/** @type {unknown} */ ({ state, event: { occurred_at: new Date(at).toISOString() } }));

test("the next sign is due so long after the last one", () => {
  assert.equal(dueAt(on(), []), 30 * MINUTE_MS);
  assert.equal(dueAt(signed(on(), sign({ at: 10 * MINUTE_MS })), []), 40 * MINUTE_MS);
});

test("an answer is a sign only where whoever checks in agreed", () => {
  const entries = [answer(20 * MINUTE_MS, "accepted")];
  assert.equal(heardAt(on(false), entries), 0);
  assert.equal(heardAt(on(true), entries), 20 * MINUTE_MS);
});

test("what has not arrived puts off the reminder, and not when the organisers are told", () => {
  const one = signed(on(true), sign({ at: 10 * MINUTE_MS, sent: false }));
  const entries = [answer(20 * MINUTE_MS, "waiting")];
  assert.equal(dueAt(one, entries), 50 * MINUTE_MS);
  assert.equal(toldAt(one, entries), 35 * MINUTE_MS);
  assert.ok(waits(one));
});

test("the server is told how long ago each was, so that a wrong clock does not matter", () => {
  const hour = 60 * MINUTE_MS;
  const one = signed({ ...on(), watch: { id: "w", every_minutes: 30, answers_count: false, began_at: 5 * hour, sent: false } }, sign({ at: 5.5 * hour, sent: false }));
  assert.ok(isOn(one));
  assert.deepEqual(told(one, 6 * hour), { watch: { id: "w", every_minutes: 30, answers_count: false, ago_s: 3600 }, signs: [{ id: "s", kind: "well", ago_s: 1800 }] });
  assert.equal(told(one, 5 * hour).signs[0].ago_s, 0); // a clock that was turned back says now, never later
});

test("what the server took is sent, and what it ended is over here once nothing waits", () => {
  const one = signed(on(), sign({ sent: false }));
  const after = taken(one, "w", ["s"], { offer: null, watch: "w" });
  assert.equal(waits(after), false);
  assert.equal(taken(one, "other", ["s"], { offer: null, watch: null }).signs[0].sent, false);
  assert.equal(taken(after, "w", [], { offer: null, watch: null }).watch, null);
  assert.ok(taken(signed(after, sign({ id: "t", sent: false })), "w", [], { offer: null, watch: null }).watch);
});

test("a call for help stands until they say that they are all right", () => {
  const call = signed(on(), sign({ id: "h", kind: "help" }));
  assert.equal(callForHelp(call)?.id, "h");
  assert.equal(callForHelp(signed(call, sign({ id: "t" }))), null);
  assert.equal(isOn(signed(call, sign({ id: "d", kind: "done" }))), false);
});

// --- on a phone --------------------------------------------------------------------------------------

async function aPhone() {
  const world = { clock: Date.UTC(2026, 5, 13, 12), now: () => world.clock, random: chance(3).random, after: () => () => {}, alone: (/** @type {() => Promise<void>} */ what) => what(), told: () => {}, wiped: async () => {} };
  const server = {
    clock: { aheadMs: null },
    up: true,
    status: 200,
    /** @type {Told[]} */
    heard: [],
    /** @param {string} _path @param {Told} what */
    async tell(_path, what) {
      if (!server.up) return null;
      server.heard.push(what);
      if (server.status !== 200) return { status: server.status, said: { error: "Not offered." } };
      const done = what.signs.some(({ kind }) => kind === "done");
      return { status: 200, said: { taken: what.signs.map(({ id }) => id), offer: OFFER, watch: done ? null : what.watch.id } };
    },
    ask: async () => (server.up ? { status: 200, said: { offer: OFFER, watch: server.heard.at(-1)?.watch.id ?? null } } : null),
  };
  const store = memoryStore();
  await store.keepWalk(aWalk());
  const app = new App(/** @type {any} */ (store), /** @type {any} */ ({ clock: server.clock }), world, "test 1");
  await app.look();
  const checkIns = new CheckIns(app, store, server);
  await checkIns.wake();
  return { app, checkIns, server, store, world };
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

test("a sign is kept before it is told, and told again until somebody answers", async () => {
  const { checkIns, server, store, world } = await aPhone();
  await checkIns.begin(7, 30, true);
  await settled();
  server.up = false;
  world.clock += 10 * MINUTE_MS;
  await checkIns.sign(7, "well");
  await settled();
  assert.equal((await store.checkIns())[0].signs.length, 1);
  assert.ok(waits(checkIns.of(7)));

  server.up = true;
  world.clock += 20 * MINUTE_MS;
  await checkIns.tryAgain();
  await checkIns.tryAgain();
  assert.equal(waits(checkIns.of(7)), false);
  assert.deepEqual(server.heard.at(-1)?.signs.map(({ kind, ago_s }) => [kind, ago_s]), [["well", 1200]]);
  assert.equal(server.heard.length, 2);
});

test("a campaign that does not offer it ends it here, and says why", async () => {
  const { checkIns, server } = await aPhone();
  server.status = 422;
  await checkIns.begin(7, 30, true);
  await settled();
  assert.equal(isOn(checkIns.of(7)), false);
  assert.equal(checkIns.of(7).why, "Not offered.");
});

test("being done is over at once, and the bar of another screen finds one that is on", async () => {
  const { checkIns } = await aPhone();
  assert.equal(checkIns.on(7), null);
  await checkIns.begin(7, 30, true);
  assert.equal(checkIns.on(0)?.turf, 7);
  await settled();
  await checkIns.sign(7, "done");
  assert.equal(checkIns.on(7), null);
  await settled();
  assert.equal(checkIns.of(7).watch, null);
});

test("it outlives the page, and goes with the walk", async () => {
  const { app, checkIns, server, store } = await aPhone();
  await checkIns.begin(7, 30, true);
  await settled();
  const again = new CheckIns(app, store, server);
  await again.look();
  assert.deepEqual(again.of(7), checkIns.of(7));
  await store.wipe(7);
  await app.look();
  assert.equal(again.on(7), null);
  assert.deepEqual(await store.checkIns(), []);
});
