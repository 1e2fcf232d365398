// @ts-check
import assert from "node:assert/strict";
import test from "node:test";

import { App } from "../../src/hustings/apps/canvass/static/canvass/app.js";
import { NOTHING, named, over } from "../../src/hustings/apps/canvass/static/canvass/draft.js";
import { aWalk, chance } from "./a_walk.js";
import { memoryStore } from "./memory_store.js";

/** @import { Answer, Carried, Changes, Entry, Receipt, Walk } from "../../src/hustings/apps/canvass/static/canvass/types.d.ts" */

/** A phone with a walk, a server that can be switched off, and a clock that is turned by hand. */
async function aPhone() {
  const { random } = chance(3);
  const world = {
    clock: 0,
    /** @type {(() => void) | null} */
    timer: null,
    waits: /** @type {number[]} */ ([]),
    now: () => world.clock,
    random,
    after: (/** @type {number} */ ms, /** @type {() => void} */ what) => {
      if (ms < 1000) return () => {}; // looking again soon is for screens alone
      world.waits.push(ms);
      world.timer = what;
      return () => { world.timer = null; };
    },
    alone: (/** @type {() => Promise<void>} */ what) => what(),
    told: () => {},
    wiped: async () => {},
  };
  const server = {
    up: true,
    walks: [aWalk()],
    stored: new Set(),
    clock: { aheadMs: /** @type {number | null} */ (null) },
    headers: /** @type {import("../../src/hustings/apps/canvass/static/canvass/types.d.ts").Header[]} */ ([]),
    /** @param {Entry[]} batch @param {import("../../src/hustings/apps/canvass/static/canvass/types.d.ts").Header} header @returns {Promise<Answer>} */
    async send(batch, header) {
      if (!server.up) return { what: "unreachable" };
      server.headers.push(header);
      for (const { id } of batch) server.stored.add(id);
      return { what: "answered", verdicts: batch.map(({ id }) => ({ id, status: "stored", message: "" })) };
    },
    /** @returns {Promise<Carried | null>} */
    carried: async () => (server.up ? { phone: { label: "Bob", id: "p", sequence: 1 }, walks: server.walks.map(({ turf, number, name }) => ({ turf, number, name, doors: 7 })) } : null),
    /** @param {number} turf @returns {Promise<Walk | "same" | "gone" | null>} */
    async walkOf(turf) {
      if (!server.up) return null;
      server.asked.push(`whole ${turf}`);
      return server.walks.find((walk) => walk.turf === turf) ?? "gone";
    },
    asked: /** @type {string[]} */ ([]),
    said: /** @type {Changes | null} */ (null),
    /** @param {Walk} walk @returns {Promise<{ said: Changes, mark: string } | "same" | "gone" | null>} */
    async changesOf({ turf }) {
      if (!server.up) return null;
      server.asked.push(`changes ${turf}`);
      return server.said ? { said: server.said, mark: "m" } : "same";
    },
    /** @returns {Promise<Receipt | null>} */
    receiptOf: async () => null,
    handBack: async () => null,
    signOut: async () => server.up,
  };
  const store = memoryStore();
  const app = new App(/** @type {any} */ (store), /** @type {any} */ (server), world, "test 1");
  await app.look();
  await app.refresh();
  return { app, server, store, world };
}

/** @param {App} app @param {number} [door] */
const tap = (app, door = 0) => {
  const walk = /** @type {Walk} */ (app.walks.get(7));
  return app.heard(walk, walk.doors[door], { kind: "answered", support: "1", answer: "Support" }, { person: walk.doors[door].people[0] });
};
/** @param {Partial<Changes>} more @returns {Changes} */
const someChanges = (more) => ({ over: "", erased: [], position: 0, doors: [], gone: [], doors_on_walk: [1, 2, 3, 4, 5, 6, 7], wording: 3, seconds_left: 3600, ...more });
/** @param {() => boolean} is */
const until = async (is) => {
  for (let turns = 0; turns < 200 && !is(); turns++) await new Promise((resolve) => setImmediate(resolve));
  assert.ok(is());
};

test("a tap that comes while the one before is being kept is made of what that one left", async () => {
  const { app, store } = await aPhone();
  const walk = /** @type {Walk} */ (app.walks.get(7));
  const [door] = walk.doors;
  const record = store.record;
  store.record = async (fresh) => {
    await new Promise((resolve) => setTimeout(resolve, 20)); // a slow disk
    return record(fresh);
  };
  /** @type {string[]} */
  const seen = [];
  /** @param {string} wish_note @param {string} wishes */
  const wish = (wish_note, wishes) => app.heard(walk, door, (standing) => {
    const before = standing.mine.at(-1);
    seen.push(before?.wish_note ?? "");
    return { kind: "answered", support: "1", answer: "x", wishes, wish_note: wish_note || (before?.wish_note ?? "") };
  }, { person: door.people[0] });
  await Promise.all([wish("the window", "poster"), wish("", "poster lift")]);
  assert.deepEqual(seen, ["", "the window"]);
  const [first, second] = app.entriesOf(7).map(({ event }) => event);
  assert.deepEqual([second.wishes, second.wish_note, second.after], ["poster lift", "the window", first.id]);
});

test("a tap that could not be kept holds up none after it, and one that says nothing is no tap", async () => {
  const { app, store } = await aPhone();
  const record = store.record;
  store.record = async () => { throw new Error("no room"); };
  const lost = tap(app);
  await assert.rejects(lost);
  store.record = record;
  const walk = /** @type {Walk} */ (app.walks.get(7));
  await app.heard(walk, walk.doors[0], () => null);
  assert.equal(app.entriesOf(7).length, 0);
  await tap(app);
  assert.equal(app.entriesOf(7).length, 1);
});

test("a tap is kept before anything is sent, and is shown at once", async () => {
  const { app, server, store } = await aPhone();
  server.up = false;
  await tap(app);
  assert.equal((await store.oldest(9)).length, 1);
  assert.equal(app.standingsOf(/** @type {Walk} */ (app.walks.get(7))).get(1)?.state, "done");
  assert.equal(server.stored.size, 0);
});

test("when nobody answers the app waits longer each time, and sends when somebody does", async () => {
  const { app, server, world } = await aPhone();
  server.up = false;
  await tap(app);
  await until(() => world.waits.length === 1);
  world.timer?.();
  await until(() => world.waits.length === 2);
  assert.ok(world.waits[1] > world.waits[0]);
  assert.equal(app.reach, "unreachable");
  server.up = true;
  world.timer?.();
  await until(() => server.stored.size === 1 && app.waiting().length === 0);
  assert.equal(app.reach, "there");
});

test("an answer changed and taken back is three events, and all of them arrive", async () => {
  const { app, server } = await aPhone();
  await tap(app);
  await tap(app);
  const walk = /** @type {Walk} */ (app.walks.get(7));
  const { mine } = app.standingOf(walk, walk.doors[0]);
  await app.takeBack(walk, [walk.doors[0]], mine[0].tap, "Undone");
  assert.equal(app.standingOf(walk, walk.doors[0]).state, "left");
  await until(() => server.stored.size === 3);
});

test("a walk that is over leaves the phone, and the answers that nobody has yet stay", async () => {
  const { app, server, world } = await aPhone();
  await tap(app, 0);
  await until(() => app.entries[0]?.state === "accepted");
  server.up = false;
  await tap(app, 1);
  world.clock = 3_600_000;
  await app.tidy();
  assert.equal(app.walks.size, 0);
  assert.deepEqual(app.entries.map(({ address, answer, state }) => [address, answer, state]), [["2 Mill Lane", "Support", "waiting"]]);
});

test("a walk that the server does not give this phone any more leaves it", async () => {
  const { app, server } = await aPhone();
  server.walks = [];
  await app.refresh();
  assert.equal(app.walks.size, 0);
});

test("no network is no reason to forget a walk", async () => {
  const { app, server } = await aPhone();
  server.up = false;
  await app.refresh();
  assert.equal(app.walks.size, 1);
});

test("signing out forgets only when the server knows", async () => {
  const { app, server } = await aPhone();
  server.up = false;
  assert.equal(await app.signOut(), false);
  assert.equal(app.walks.size, 1);
  server.up = true;
  assert.equal(await app.signOut(), true);
  assert.equal(app.walks.size, 0);
});

test("a phone that has the walk asks the light address, and fetches the whole walk only when it must", async () => {
  const { app, server, world } = await aPhone();
  await app.catchUp();
  server.said = someChanges({ position: 4, doors: [{ id: 2, elsewhere: "done", newest: "n" }] });
  await app.catchUp();
  assert.deepEqual(server.asked, ["whole 7", "changes 7", "changes 7"]);
  assert.equal(app.standingsOf(/** @type {Walk} */ (app.walks.get(7))).get(2)?.state, "done");
  server.said = someChanges({ wording: 4 });
  await app.catchUp();
  assert.deepEqual(server.asked.slice(3), ["changes 7", "whole 7"]);
  server.said = null;
  world.clock = 15 * 60_000;
  await app.catchUp();
  assert.deepEqual(server.asked.slice(5), ["whole 7"]);
});

test("a whole walk that did not come is asked for again", async () => {
  const { app, server } = await aPhone();
  server.said = someChanges({ wording: 4 });
  const { walkOf } = server;
  server.walkOf = async () => null;
  await app.catchUp();
  server.walkOf = walkOf;
  await app.catchUp();
  assert.deepEqual(server.asked, ["whole 7", "changes 7", "whole 7"]);
});

test("a walk that ended leaves the phone, and the answers that nobody has yet stay", async () => {
  const { app, server, store } = await aPhone();
  const send = server.send;
  server.send = async () => ({ what: "unreachable" });
  await tap(app);
  server.said = /** @type {Changes} */ ({ over: "returned", erased: [] });
  await app.catchUp();
  assert.equal(app.walks.size, 0);
  assert.equal((await store.oldest(9)).length, 1);
  server.send = send;
});

test("somebody who was erased vanishes from the phone, with what was heard from them", async () => {
  const { app, server } = await aPhone();
  await tap(app, 0);
  await until(() => app.entries[0]?.state === "accepted");
  server.walks = [{ ...aWalk(), doors: aWalk().doors.map((door) => (door.id === 1 ? { ...door, people: [], mine: [{ id: app.entries[0].id, person: null, met: null, kind: "spoken_to", support: "", strength: null }] } : door)) }];
  server.said = someChanges({ erased: [10] });
  await app.catchUp();
  assert.ok(!JSON.stringify(await app.store.all()).includes("Mira 1"));
  assert.deepEqual(app.entries, []);
  const walk = /** @type {Walk} */ (app.walks.get(7));
  assert.equal(app.standingOf(walk, walk.doors[0]).state, "done");
});

test("with a batch the phone says who it is, its clock, and which numbers it gave, sent or not", async () => {
  const { app, server, world } = await aPhone();
  server.up = false;
  world.clock = Date.UTC(2026, 5, 13, 12);
  for (const door of [0, 1, 2]) await tap(app, door);
  server.up = true;
  world.clock += 60_000;
  await app.tryNow();
  assert.deepEqual(server.headers[0], { format: 2, device: "p", sent_at: "2026-06-13T12:01:00.000Z", first: 1, newest: 3, unsent: 3, app: "test 1" });
});

test("an app that is too old asks for a new one and keeps its answers", async () => {
  const { app, server, world } = await aPhone();
  let asked = 0;
  app.world.renew = () => asked++;
  server.send = async () => ({ what: "outdated" });
  await tap(app);
  await until(() => world.waits.length === 1);
  assert.deepEqual([asked, app.reach, app.waiting().length], [1, "outdated", 1]);
});

test("the right time is known from the server's answers, and still after the page was killed", async () => {
  const { app, server, store, world } = await aPhone();
  world.clock = Date.UTC(2026, 5, 13, 14);
  server.clock.aheadMs = 7_200_000;
  await app.look();
  assert.equal(new Date(app.rightNow()).toISOString(), "2026-06-13T12:00:00.000Z");
  const again = new App(/** @type {any} */ (store), /** @type {any} */ ({ ...server, clock: { aheadMs: null } }), world, "test 1");
  await again.look();
  assert.equal(again.rightNow(), app.rightNow());
});

test("an answer comes after what another phone did at the door, once this one knows of it", async () => {
  const { app, server, world } = await aPhone();
  server.said = someChanges({ doors: [{ id: 1, elsewhere: "out", newest: "theirs" }] });
  world.clock = 1000;
  await app.catchUp();
  world.clock = 2000;
  await tap(app, 0);
  await tap(app, 0);
  await tap(app, 1);
  const [first, second, third] = app.entries;
  assert.deepEqual([first.event.after, second.event.after, third.event.after], ["theirs", first.id, undefined]);
  await until(() => app.entries.every((entry) => entry.state === "accepted"));
  server.said = someChanges({ doors: [{ id: 1, elsewhere: "out", newest: "later" }] });
  world.clock = 3000;
  await app.catchUp();
  await tap(app, 0);
  assert.equal(app.entries.at(-1)?.event.after, "later");
});

test("a name that was typed before anything was said is there after the page was killed, and goes with the walk", async () => {
  const { app, server, store, world } = await aPhone();
  const somebody = { id: "met", door: 1, forename: "Siobhán", surname: "" };
  await app.draft(7, 1, named(NOTHING, somebody));
  const again = new App(/** @type {any} */ (store), /** @type {any} */ (server), world, "test 1");
  await again.look();
  assert.deepEqual(again.draftOf(7, 1).people, [somebody]);
  assert.equal(again.draftOf(7, 2), NOTHING);
  world.clock = 3_600_000;
  await again.tidy();
  assert.equal((await store.all()).drafts.size, 0);
});

test("what was begun goes when it is said, and what was typed while the store was read is not lost", async () => {
  const { app, store } = await aPhone();
  await app.draft(7, 1, { ...NOTHING, asking: "10-language", language: "Tigrinya" });
  await app.draft(7, 1, over(app.draftOf(7, 1)));
  assert.equal((await store.all()).drafts.size, 0);
  const looking = app.look();
  void app.draft(7, 2, { ...NOTHING, adding: true, forename: "J" });
  await looking;
  assert.equal(app.draftOf(7, 2).forename, "J");
});

test("a look that took longer than the tap after it does not hide what was tapped", async () => {
  const { app, store } = await aPhone();
  await app.refresh();
  const walk = /** @type {Walk} */ (app.walks.get(7));
  const { beside } = store;
  /** @type {() => void} */
  let go = () => {};
  const held = new Promise((resolve) => (go = () => resolve(null)));
  store.beside = async (...what) => {
    store.beside = beside;
    await held;
    return beside(...what);
  };
  const slow = app.look();
  await new Promise((resolve) => setTimeout(resolve));
  await app.heard(walk, walk.doors[0], { kind: "answered", support: "1", answer: "Support" });
  go();
  await slow;
  assert.equal(app.entries.length, 1);
});
