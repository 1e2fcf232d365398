// @ts-check
import assert from "node:assert/strict";
import test from "node:test";

import { changed, forgotten } from "../../src/hustings/apps/canvass/static/canvass/changes.js";
import { slip, standings } from "../../src/hustings/apps/canvass/static/canvass/walk.js";
import { aDoor, aWalk } from "./a_walk.js";

/** @import { Changes, Entry, Mine } from "../../src/hustings/apps/canvass/static/canvass/types.d.ts" */

/** @param {Partial<Changes>} [more] @returns {Changes} */
const said = (more = {}) => ({ over: "", erased: [], position: 5, doors: [], gone: [], doors_on_walk: [1, 2, 3, 4, 5, 6, 7], wording: 3, seconds_left: 1800, ...more });
/** @param {Partial<Mine>} [more] @returns {Mine} */
const mine = (more = {}) => ({ id: "a", person: 10, met: null, kind: "answered", support: "1", strength: null, ...more });
/** @param {import("../../src/hustings/apps/canvass/static/canvass/types.d.ts").Walk} walk */
const shown = (walk) => walk.doors.map(({ id, people }) => [id, people.map((person) => person.id)]);

test("doors that others did say so, and a door that they undid is left again", () => {
  const done = changed(aWalk(), said({ doors: [{ id: 3, elsewhere: "done", newest: "n" }] }), 9);
  const undone = changed(done, said({ doors: [{ id: 3, elsewhere: "", newest: "m" }] }), 10);
  assert.deepEqual([standings(done, []).get(3)?.state, standings(undone, []).get(3)?.state], ["done", "left"]);
  assert.deepEqual([undone.position, undone.seconds_left, undone.fetched_at, undone.stale], [5, 1800, 10, false]);
});

test("a door that went to another walk leaves the list, and what was recorded there still counts here", () => {
  const walk = { ...aWalk(), doors: [aDoor(1, { mine: [mine()] }), aDoor(2)] };
  const left = changed(walk, said({ gone: [1], doors_on_walk: [2] }), 9);
  assert.deepEqual(shown(left), [[2, [20]]]);
  assert.equal(left.stale, false);
  assert.equal(slip(left, standings(left, []), []).recorded, 1);
});

test("a door that this phone has not, or a wording that it has not, makes the walk stale", () => {
  assert.equal(changed(aWalk(), said({ doors_on_walk: [1, 2, 3, 4, 5, 6, 7, 8] }), 9).stale, true);
  assert.equal(changed(aWalk(), said({ doors_on_walk: [1, 2, 3, 4, 5, 6, 8] }), 9).stale, true); // as many, and another
  assert.equal(changed(aWalk(), said({ wording: 4 }), 9).stale, true);
  assert.equal(changed({ ...aWalk(), stale: true }, said(), 9).stale, true);
});

test("on polling day who has voted leaves the door, and with the last one the door", () => {
  const two = aDoor(1, { people: [...aDoor(1).people, ...aDoor(2).people] });
  const walk = { ...aWalk(), knock: 1, doors: [two, aDoor(3, { mine: [mine({ person: 30 })] })] };
  const left = changed(walk, said({ knock: { number: 1, people: { 1: [20] } } }), 9);
  assert.deepEqual(shown(left), [[1, [20]]]);
  assert.equal(left.stale, false);
  assert.equal(slip(left, standings(left, []), []).recorded, 1);
});

test("a mark that was taken back, and the next knock, make the walk stale", () => {
  const walk = { ...aWalk(), knock: 1, doors: [aDoor(1)] };
  assert.equal(changed(walk, said({ knock: { number: 1, people: { 1: [10], 2: [20] } } }), 9).stale, true);
  assert.equal(changed(walk, said({ knock: { number: 2, people: { 1: [10] } } }), 9).stale, true);
  assert.equal(changed(walk, said({ gone: [2], knock: { number: 1, people: { 1: [10], 2: [20] } } }), 9).stale, false);
  assert.equal(changed(walk, said({ doors_on_walk: [1] }), 9).stale, true); // the day has ended: everybody is shown
});

test("a door of the knock before and of this one is recorded once", () => {
  const walk = { ...aWalk(), knock: 2, behind: [{ door: 1, mine: [mine({ kind: "no_answer" })] }], doors: [aDoor(1, { mine: [mine({ id: "b" })] })] };
  assert.deepEqual([slip(walk, standings(walk, []), []).recorded, slip(walk, standings(walk, []), []).contacts], [1, 1]);
});

test("of somebody erased the name goes at once, and the walk is stale", () => {
  const walk = { ...aWalk(), doors: [aDoor(1, { mine: [mine()] }), aDoor(2)] };
  const left = changed(walk, said({ erased: [10], doors_on_walk: [1, 2] }), 9);
  assert.deepEqual(shown(left), [[1, []], [2, [20]]]);
  assert.deepEqual([left.doors[0].mine[0].person, left.doors[0].mine[0].support, left.stale], [null, "", true]);
});

test("of what was recorded about somebody erased only what waits stays, without a name", () => {
  const somebody = { id: "met", door: 1, forename: "Jon", surname: "" };
  /** @param {string} id @param {Entry["state"]} state @param {Partial<Entry["event"]>} about @param {Partial<Entry>} [more] @returns {Entry} */
  const entry = (id, state, about, more = {}) => ({ id, tap: id, turf: 7, door: 1, state, message: "", address: "", answer: "", event: { id, sequence: 1, turf: 7, door: 1, kind: "refused", occurred_at: "", ...about }, ...more });
  const walk = { ...aWalk(), doors: [aDoor(1, { people: [{ id: 77, name: "Jon", met: "met", absent: "", stopped: "" }] })] };
  const entries = [entry("a", "accepted", { person: 10 }), entry("b", "refused", { met: "met" }, { somebody }), entry("c", "waiting", { met: "met" }, { somebody }), entry("d", "waiting", { person: 10 }), entry("e", "accepted", { person: 20 })];
  const found = forgotten(entries, walk, [10, 77]);
  assert.deepEqual([...found].map(([id, kept]) => [id, kept && "somebody" in kept]), [["a", null], ["b", null], ["c", false]]);
});
