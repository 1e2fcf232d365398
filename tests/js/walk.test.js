// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { floors, isOver, isWhole, nextDoor, slip, standing, standings, stops } from "../../src/hustings/apps/canvass/static/canvass/walk.js";
import { aDoor, aWalk } from "./a_walk.js";

/** @import { Entry, Kind, Mine, State } from "../../src/hustings/apps/canvass/static/canvass/types.d.ts" */
/** @type {any} */
const cases = JSON.parse(readFileSync(new URL("./walk_cases.json", import.meta.url), "utf-8"));

/** @param {string} id @param {Kind} kind @param {string | null} corrects @param {State} [state] @param {number} [door] @returns {Entry} */
const entry = (id, kind, corrects, state = "waiting", door = 1) => ({
  id, tap: id, turf: 7, door, state, message: "", address: "", answer: "",
  event: { id, sequence: 1, turf: 7, door, kind, occurred_at: "", ...(corrects ? { corrects } : {}) },
});
/** @param {string} id @param {Kind} kind @returns {Mine} */
const mine = (id, kind) => ({ id, person: null, met: null, kind, support: "", strength: null });

test("the next door is the one the server would name", () => {
  for (const { doors, left, after, next } of cases.next)
    assert.equal(nextDoor(doors.map((/** @type {number} */ id) => ({ id })), ({ id }) => left.includes(id), after)?.id ?? null, next);
});

test("doors of one building that follow each other are one entry of the list", () => {
  for (const { buildings, stops: wanted } of cases.stops)
    assert.deepEqual(stops(buildings.map((/** @type {number} */ building) => ({ building: building || null }))).map((one) => one.length), wanted);
});

test("a door says what its events say, by the server's own table", () => {
  for (const { events, state } of cases.states)
    assert.equal(standing(aDoor(1), events.map((/** @type {[string, Kind, string | null]} */ [id, kind, corrects]) => entry(id, kind, corrects))).state, state);
});

test("an event that the server has told us of already counts once", () => {
  const door = aDoor(1, { mine: [mine("a", "answered")] });
  assert.equal(standing(door, [entry("a", "answered", null, "accepted")]).mine.length, 1);
  assert.equal(standing(door, [entry("a", "answered", null, "accepted"), entry("b", "undo", "a")]).state, "left");
  assert.equal(standing(door, [entry("b", "undo", "a")]).state, "left");
});

test("what was refused, or waits for an organiser, counts on neither side", () => {
  for (const state of /** @type {State[]} */ (["refused", "late", "clash"])) {
    assert.equal(standing(aDoor(1), [entry("a", "answered", null, state)]).state, "left");
    assert.equal(standing(aDoor(1, { mine: [mine("a", "answered")] }), [entry("b", "undo", "a", state)]).state, "done");
  }
});

test("what others found at a door is shown until this phone says otherwise", () => {
  const door = aDoor(1, { elsewhere: "out" });
  assert.equal(standing(door, []).state, "out");
  assert.equal(standing(door, [entry("a", "come_back", null)]).state, "back");
});

test("a walk is over when its time is, whatever the clock says, and not before", () => {
  const walk = { ...aWalk(), seconds_left: 60 };
  for (const clock of [0, -7_200_000, 7_200_000]) {
    const there = { ...walk, fetched_at: clock };
    assert.equal(isOver(there, clock + 59_999), false);
    assert.equal(isOver(there, clock + 60_000), true);
  }
});

test("the floors of a building come in walking order", () => {
  assert.deepEqual(floors(aWalk().doors.slice(3)).map(([floor, doors]) => [floor, doors.length]), [[0, 2], [1, 2]]);
});

test("the slip counts doors, not taps", () => {
  const entries = [
    entry("a", "no_answer", null, "accepted", 1), entry("b", "answered", "a", "accepted", 1), entry("c", "answered", null, "accepted", 1),
    entry("d", "no_answer", null, "waiting", 2), entry("e", "come_back", null, "refused", 3), entry("f", "no_answer", null, "late", 4),
  ];
  const here = slip(aWalk(), standings(aWalk(), entries), entries);
  assert.deepEqual(here, { recorded: 2, contacts: 1, answers: 2, comeBack: 0, waiting: 1, refused: 1, kept: 1 });
});

test("everything arrived only when nothing waits and the three numbers are one", () => {
  const there = { number: 7, name: "", recorded: 2, received: 2, contacts: 0, answers: 0, come_back: 0, first_at: null, last_at: null, returned_at: null };
  const here = { recorded: 2, waiting: 0, refused: 0 };
  assert.equal(isWhole(here, there), true);
  for (const other of [{ recorded: 3 }, { waiting: 1 }, { refused: 1 }]) assert.equal(isWhole({ ...here, ...other }, there), false);
  assert.equal(isWhole(here, { ...there, received: 1 }), false);
  assert.equal(isWhole(here, null), false);
});

test("what an organiser holds back arrived, and is no less on the receipt", () => {
  const there = { number: 7, name: "", recorded: 1, received: 1, held: 2, contacts: 0, answers: 0, come_back: 0, first_at: null, last_at: null, returned_at: null };
  assert.equal(isWhole({ recorded: 3, waiting: 0, refused: 0 }, there), true);
  assert.equal(isWhole({ recorded: 1, waiting: 0, refused: 0 }, there), false);
});
