// @ts-check
/** What a walk does not keep never leaves the phone: no person, and where it keeps sums no door. */
import assert from "node:assert/strict";
import test from "node:test";

import { heard, nobodyIn, takeBack } from "../../src/hustings/apps/canvass/static/canvass/event.js";
import { fileOf, peopleOf } from "../../src/hustings/apps/canvass/static/canvass/outbox.js";
import { slip, standing, standings } from "../../src/hustings/apps/canvass/static/canvass/walk.js";
import { aWalk, source } from "./a_walk.js";

/** @import { Entry, Fresh, Keeps, Standing } from "../../src/hustings/apps/canvass/static/canvass/types.d.ts" */

/** @type {Standing} */
const nothing = { state: "left", mine: [] };
const support = /** @type {const} */ ({ kind: "answered", support: "1", answer: "Support" });
let order = 0;
/** @param {Fresh[]} fresh @returns {Entry[]} */
const kept = (fresh) => fresh.map((one) => ({ ...one, order: ++order, event: { ...one.event, sequence: order } }));
/** @param {Keeps} keeps */
const walkThat = (keeps) => ({ ...aWalk(), keeps });

test("a walk that keeps doors sends no person and nobody's name, whoever is tapped", () => {
  const walk = walkThat("household");
  const [door] = walk.doors;
  const somebody = { id: "0190-met", door: 1, forename: "Jon", surname: "Zqx" };
  const sent = [heard(source(1), walk, door, nothing, support, { person: door.people[0] }), heard(source(2), walk, door, nothing, support, { somebody })];
  const file = JSON.stringify(fileOf(kept(sent), null, ""));
  assert.deepEqual(peopleOf(kept(sent)), []);
  for (const word of ["person", "met", "Jon", "Zqx"]) assert.ok(!file.includes(`"${word}`), word);
  assert.deepEqual(sent.map((one) => one.event.door), [1, 1]);
});

test("a walk that keeps sums sends no door either, not in a batch and not in a file", () => {
  const walk = walkThat("counts");
  const sent = [heard(source(1), walk, walk.doors[0], nothing, support, { person: walk.doors[0].people[0] }), ...nobodyIn(source(2), walk, walk.doors, { kind: "no_answer", answer: "No answer" })];
  for (const { event } of sent) assert.deepEqual(Object.keys(event).filter((word) => ["door", "person", "met"].includes(word)), []);
  assert.deepEqual(fileOf(kept(sent), null, "").events.filter((event) => "door" in event), []);
});

test("taking back and correcting say what was counted, so that the sum can be put right", () => {
  const walk = walkThat("counts");
  const [door] = walk.doors;
  const first = kept([heard(source(1), walk, door, nothing, support)]);
  const second = heard(source(2), walk, door, standing(door, first), { kind: "refused", answer: "Refused" });
  const undo = takeBack(source(3), walk, [{ door, standing: standing(door, [...first, ...kept([second])]) }], second.tap, "Undone");
  assert.deepEqual([second.event.corrects, second.event.replaces], [first[0].id, "answered:1:3"]);
  assert.deepEqual(undo.map(({ event }) => [event.kind, event.corrects, event.replaces]), [["undo", second.id, "refused::3"]]);
});

test("the phone still knows where it has been, and its slip counts each door once", () => {
  const walk = walkThat("counts");
  const [door] = walk.doors;
  const first = kept([heard(source(1), walk, door, nothing, support)]);
  const second = kept([heard(source(2), walk, door, standing(door, first), { kind: "refused", answer: "Refused" })]);
  const other = kept(nobodyIn(source(3), walk, [walk.doors[1]], { kind: "no_answer", answer: "No answer" }));
  const entries = [...first, ...second, ...other];
  const now = standings(walk, entries);
  assert.deepEqual([now.get(1)?.state, now.get(2)?.state, now.get(3)?.state], ["done", "out", "left"]);
  const { recorded, contacts, answers } = slip(walk, now, entries);
  assert.deepEqual([recorded, contacts, answers], [2, 1, 0]);
});
