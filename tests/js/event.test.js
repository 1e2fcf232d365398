// @ts-check
import assert from "node:assert/strict";
import test from "node:test";

import { heard, inOrder, newestAt, nobodyIn, takeBack, uuid7 } from "../../src/hustings/apps/canvass/static/canvass/event.js";
import { standing } from "../../src/hustings/apps/canvass/static/canvass/walk.js";
import { aWalk, chance, source } from "./a_walk.js";

/** @import { Entry, Fresh, Standing } from "../../src/hustings/apps/canvass/static/canvass/types.d.ts" */

/** @type {Standing} */
const nothing = { state: "left", mine: [] };
/** @param {Fresh[]} fresh @returns {Entry[]} */
const kept = (fresh) => fresh.map((one, order) => ({ ...one, order, event: { ...one.event, sequence: order + 1 } }));
const support = /** @type {const} */ ({ kind: "answered", support: "1", answer: "Support" });

test("an id is a UUID of version 7 and later ones sort after earlier ones", () => {
  const { random } = chance(5);
  const ids = [1, 2, 1_700_000_000_000, 1_700_000_000_001, 2 ** 47].map((now) => uuid7(now, random(10)));
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual([...ids].sort(), ids);
  assert.equal(Number.parseInt(ids[2].replaceAll("-", "").slice(0, 12), 16), 1_700_000_000_000);
});

test("a hundred thousand ids of one millisecond are all different", () => {
  const { random } = chance(7);
  assert.equal(new Set(Array.from({ length: 100_000 }, () => uuid7(1, random(10)))).size, 100_000);
});

test("an answer says who, what, which wording, when by this clock, and with which program", () => {
  const walk = aWalk();
  const { event, address, answer, state } = heard(source(), walk, walk.doors[0], nothing, support, { person: walk.doors[0].people[0] });
  assert.deepEqual({ ...event, id: "" }, {
    id: "", format: 2, turf: 7, door: 1, kind: "answered", support: "1", person: 10, wording_version: 3, occurred_at: "2026-06-13T12:00:00.000Z", app: "test 1",
  });
  assert.deepEqual([address, answer, state], ["1 Mill Lane", "Support", "waiting"]);
});

test("another answer of the same person corrects the first, and of another person does not", () => {
  const walk = aWalk();
  const door = { ...walk.doors[0], people: [walk.doors[0].people[0], { ...walk.doors[0].people[0], id: 11 }] };
  const first = kept([heard(source(1), walk, door, nothing, support, { person: door.people[0] })]);
  const now = standing(door, first);
  assert.equal(heard(source(2), walk, door, now, support, { person: door.people[0] }).event.corrects, first[0].id);
  assert.equal(heard(source(3), walk, door, now, support, { person: door.people[1] }).event.corrects, undefined);
});

test("an answer replaces that nobody was in: never both", () => {
  const walk = aWalk();
  const out = kept(nobodyIn(source(1), walk, [walk.doors[0]], { kind: "no_answer", answer: "No answer" }));
  const answer = heard(source(2), walk, walk.doors[0], standing(walk.doors[0], out), support, { person: walk.doors[0].people[0] });
  assert.equal(answer.event.corrects, out[0].id);
  assert.equal(standing(walk.doors[0], [...out, ...kept([answer])]).mine.length, 1);
});

test("somebody met at the door goes by the id that the phone made", () => {
  const walk = aWalk();
  const somebody = { id: "0190-met", door: 1, forename: "Jon", surname: "" };
  const first = heard(source(1), walk, walk.doors[0], nothing, support, { somebody });
  assert.deepEqual([first.event.met, first.event.person, first.somebody], ["0190-met", undefined, somebody]);
  const now = standing(walk.doors[0], kept([first]));
  assert.equal(heard(source(2), walk, walk.doors[0], now, support, { somebody }).event.corrects, first.id);
  const known = { id: 77, name: "Jon", met: "0190-met", absent: "", stopped: "" };
  assert.equal(heard(source(3), walk, walk.doors[0], now, support, { person: known }).event.corrects, first.id);
});

test("a floor is one tap with an event for each door, and is taken back as one", () => {
  const walk = aWalk();
  const doors = walk.doors.slice(3);
  const entries = kept(nobodyIn(source(1), walk, doors, { kind: "no_answer", answer: "No answer" }));
  assert.equal(new Set(entries.map((entry) => entry.id)).size, 4);
  assert.equal(new Set(entries.map((entry) => entry.tap)).size, 1);
  const places = doors.map((door) => ({ door, standing: standing(door, entries.filter((entry) => entry.door === door.id)) }));
  const undone = takeBack(source(2), walk, places, entries[0].tap, "Undone");
  assert.deepEqual(undone.map(({ event }) => [event.kind, event.corrects, event.wording_version]), entries.map(({ id }) => ["undo", id, undefined]));
});

test("an event comes after this phone's own that nobody has yet, or after whichever it made or was told of last", () => {
  const walk = { ...aWalk(), whole_at: Date.UTC(2026, 5, 13, 11) };
  const [own] = kept([heard(source(), walk, walk.doors[0], nothing, support)]);
  const told = (/** @type {number} */ hour) => ({ ...walk, doors: [{ ...walk.doors[0], newest: "theirs", told_at: Date.UTC(2026, 5, 13, hour) }] });
  assert.equal(newestAt(walk, 1, []), undefined);
  assert.equal(newestAt(told(13), 1, []), "theirs");
  assert.equal(newestAt(told(13), 1, [own]), own.id);
  assert.equal(newestAt(told(13), 1, [{ ...own, state: "accepted" }]), "theirs");
  assert.equal(newestAt(told(11), 1, [{ ...own, state: "accepted" }]), own.id);
  assert.equal(newestAt(undefined, 1, [{ ...own, state: "refused" }]), undefined);
});

test("of several events at one door each comes after the one before", () => {
  const walk = aWalk();
  const fresh = inOrder(nobodyIn(source(), walk, [walk.doors[0], walk.doors[1], walk.doors[0]], { kind: "no_answer", answer: "x" }), (_turf, door) => (door === 1 ? "known" : undefined));
  assert.deepEqual(fresh.map(({ event }) => event.after), ["known", undefined, fresh[0].id]);
});
