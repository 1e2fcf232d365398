// @ts-check
import assert from "node:assert/strict";
import test from "node:test";

import { nobodyIn } from "../../src/hustings/apps/canvass/static/canvass/event.js";
import { BATCH, drain, entriesOf, fileOf, verdictsOn, waitMs } from "../../src/hustings/apps/canvass/static/canvass/outbox.js";
import { aWalk, chance, source } from "./a_walk.js";
import { memoryStore } from "./memory_store.js";

/** @import { Answer, Entry } from "../../src/hustings/apps/canvass/static/canvass/types.d.ts" */

/** @param {number} events */
async function aStoreWith(events) {
  const store = memoryStore();
  const walk = aWalk();
  for (let nth = 0; nth < events; nth++) await store.record(nobodyIn(source(nth + 1), walk, [walk.doors[nth % 7]], { kind: "no_answer", answer: "No answer" }));
  return store;
}

/** A server that keeps each id once. @param {(batch: Entry[]) => Answer | null} [breaks] what goes wrong, before anything is kept */
function aServer(breaks = () => null) {
  /** @type {Map<string, number>} */
  const stored = new Map();
  let most = 0;
  return {
    stored,
    biggest: () => most,
    /** @param {Entry[]} batch @returns {Promise<Answer>} */
    async send(batch) {
      most = Math.max(most, batch.length);
      const broken = breaks(batch);
      if (broken) return broken;
      const verdicts = batch.map(({ id, event }) => {
        const status = stored.has(id) ? "known" : "stored";
        stored.set(id, event.sequence);
        return { id, status, message: "" };
      });
      return { what: "answered", verdicts };
    },
  };
}

test("everything is sent, oldest first, at most a hundred at once", async () => {
  const store = await aStoreWith(250);
  const server = aServer();
  assert.equal(await drain(store, server.send), "empty");
  assert.deepEqual([...server.stored.values()], Array.from({ length: 250 }, (_, nth) => nth + 1));
  assert.equal(server.biggest(), BATCH);
  assert.ok((await store.all()).entries.every((entry) => entry.state === "accepted"));
});

test("unreachable, signed out and an app that is too old leave everything where it is", async () => {
  for (const what of /** @type {const} */ (["unreachable", "signed-out", "outdated"])) {
    const store = await aStoreWith(3);
    assert.equal(await drain(store, aServer(() => ({ what })).send), what);
    assert.equal((await store.oldest(9)).length, 3);
  }
});

test("what is refused is kept with its reason and does not hold up the rest", async () => {
  const store = await aStoreWith(5);
  const [, bad] = await store.oldest(5);
  const ended = await drain(store, async (batch) => ({
    what: "answered",
    verdicts: batch.map(({ id }) => ({ id, status: id === bad.id ? "refused" : "stored", message: id === bad.id ? "No." : "" })),
  }));
  const { entries } = await store.all();
  assert.equal(ended, "empty");
  assert.deepEqual(entries.map(({ state, message }) => [state, message]).filter(([state]) => state !== "accepted"), [["refused", "No."]]);
});

test("what is about somebody who was erased is forgotten here too", async () => {
  const store = await aStoreWith(3);
  const [, gone] = await store.oldest(3);
  await drain(store, async (batch) => ({
    what: "answered",
    verdicts: batch.map(({ id }) => ({ id, status: id === gone.id ? "erased" : "stored", message: "" })),
  }));
  const { entries } = await store.all();
  assert.equal(entries.length, 2);
  assert.ok(!entries.some(({ id }) => id === gone.id));
});

test("one event that cannot be read is found by halving, and all others arrive", async () => {
  const store = await aStoreWith(130);
  const poison = (await store.oldest(130))[77].id;
  const server = aServer((batch) => (batch.some(({ id }) => id === poison) ? { what: "unreadable", message: "This is not JSON." } : null));
  assert.equal(await drain(store, server.send), "empty");
  const { entries } = await store.all();
  assert.deepEqual(entries.filter(({ state }) => state !== "accepted").map(({ id, state }) => [id, state]), [[poison, "refused"]]);
  assert.equal(server.stored.size, 129);
});

test("an answer about other events, or about none, does not empty the outbox and does not go round for ever", async () => {
  const store = await aStoreWith(2);
  for (const verdicts of [[], [{ id: "another", status: "stored", message: "" }]])
    assert.equal(await drain(store, async () => ({ what: "answered", verdicts })), "unreachable");
  assert.equal((await store.oldest(9)).length, 2);
});

test("a word that this app does not know is kept and shown, not taken for yes", () => {
  const sent = /** @type {any} */ ([{ id: "a" }]);
  assert.deepEqual(verdictsOn(sent, [{ id: "a", status: "pondered", message: "" }]), [{ id: "a", state: "refused", message: "pondered" }]);
});

test("with half of all answers lost before or after the server kept them, each event is there once", async () => {
  for (let seed = 1; seed <= 40; seed++) {
    const store = await aStoreWith(230);
    const server = aServer();
    const { next } = chance(seed);
    const flaky = async (/** @type {Entry[]} */ batch) => {
      const luck = next();
      if (luck < 0.25) return /** @type {Answer} */ ({ what: "unreachable" });
      const answer = await server.send(batch);
      return luck < 0.5 ? /** @type {Answer} */ ({ what: "unreachable" }) : answer;
    };
    let tries = 0;
    while ((await drain(store, flaky)) !== "empty") assert.ok(++tries < 200);
    assert.equal(server.stored.size, 230);
    assert.ok((await store.all()).entries.every((entry) => entry.state === "accepted"));
  }
});

test("the wait doubles to five minutes, and no two phones wait alike", () => {
  const waits = Array.from({ length: 12 }, (_, nth) => waitMs(nth + 1, 0.5));
  assert.deepEqual(waits.slice(0, 3), [1500, 3000, 6000]);
  assert.equal(waits.at(-1), 225_000);
  assert.ok(waitMs(40, 1) <= 300_000);
  assert.notEqual(waitMs(3, 0.2), waitMs(3, 0.3));
});

test("the file of unsent answers holds the events as they would be sent, and each person met once", async () => {
  const store = await aStoreWith(2);
  const { entries } = await store.all();
  const somebody = { id: "met", door: 1, forename: "Jon", surname: "" };
  const file = fileOf(entries.map((entry) => ({ ...entry, somebody })), { label: "Bob", id: "p" }, "2026-06-13T12:00:00Z");
  assert.deepEqual(file.events, entries.map(({ event }) => event));
  assert.deepEqual(file.people, [somebody]);
});

test("a file brought to another browser is the same events, sent once from whichever", async () => {
  const store = await aStoreWith(3);
  const server = aServer();
  const { entries } = await store.all();
  const somebody = { id: "met", door: 1, forename: "Jon", surname: "" };
  entries[0].somebody = somebody;
  entries[0].event.met = "met";
  const file = JSON.parse(JSON.stringify(fileOf(entries, { label: "Bob", id: "p" }, "2026-06-13T12:00:00Z")));
  const brought = entriesOf(file, (_turf, door) => `${door} Mill Lane`, (kind) => kind) ?? [];
  assert.deepEqual(brought.map(({ event }) => event), entries.map(({ event }) => event));
  assert.deepEqual([brought[0].somebody, brought[0].address, brought[0].answer], [somebody, "1 Mill Lane", "no_answer"]);
  const other = memoryStore();
  assert.deepEqual([await other.bringIn(brought), await other.bringIn(brought)], [3, 0]);
  await drain(other, server.send);
  await drain(store, server.send);
  assert.equal(server.stored.size, 3);
  const [next] = await other.record(nobodyIn(source(9), aWalk(), [aWalk().doors[0]], { kind: "no_answer", answer: "x" }));
  assert.equal(next.event.sequence, 4);
});

test("another file, or one with an event that is none, is not brought in by halves", () => {
  for (const file of [null, 7, {}, { what: "unsent answers", version: 2, events: [] }, { what: "unsent answers", version: 1, events: [{ id: 7 }] }])
    assert.equal(entriesOf(file, String, String), null);
});
