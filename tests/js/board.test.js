// @ts-check
import assert from "node:assert/strict";
import test from "node:test";

import { App } from "../../src/hustings/apps/canvass/static/canvass/app.js";
import { Boards } from "../../src/hustings/apps/canvass/static/canvass/boards.js";
import { MOST_DOORS, MOST_STEPS, calledBack, comeOut, deal, dealAll, emptyBoard, freeDoors, goHome, handAt, handsOf, join, nextFor, onlyOn, outNow, sideOf, stepBack, swap, takeDoorBack } from "../../src/hustings/apps/canvass/static/canvass/board.js";
import { aDoor, aWalk, chance } from "./a_walk.js";
import { memoryStore } from "./memory_store.js";

/** @import { Board } from "../../src/hustings/apps/canvass/static/canvass/board.js" */
/** @import { Door, Standing } from "../../src/hustings/apps/canvass/static/canvass/types.d.ts" */

const TEAM = ["Ada", "Ben", "Cleo", "Dev", "Eve", "Fay"];
/** @param {number} [many] */
const aTeam = (many = TEAM.length) => TEAM.slice(0, many).reduce(join, emptyBoard(7));
/** A street walked with both sides in turn: 1, 2, 3, 4 … @param {number} many */
const aStreet = (many) => Array.from({ length: many }, (_, place) => aDoor(place + 1));
/** @param {Set<number>} done @param {Door[]} doors @returns {Map<number, Standing>} */
const standingsWith = (done, doors) => new Map(doors.map(({ id }) => [id, { state: done.has(id) ? "done" : "left", mine: [] }]));

test("a side is a street's even or odd numbers, and a building is one of its own", () => {
  assert.equal(sideOf(aDoor(12)), "Mill Lane even");
  assert.equal(sideOf(aDoor(3, { house: "7A Weir Street" })), "Weir Street odd");
  assert.equal(sideOf(aDoor(3, { house: "14-16 Weir Street" })), "Weir Street even");
  assert.equal(sideOf(aDoor(3, { house: "Rose Cottage" })), "Rose Cottage");
  assert.equal(sideOf(aDoor(3, { building: 9 })), "building 9");
});

test("a name is short, and nothing is no name", () => {
  const board = join(join(emptyBoard(7), "  Ada   M "), "   ");
  assert.deepEqual(board.team.map(({ name }) => name), ["Ada M"]);
  assert.equal(join(board, "x".repeat(99)).team[1].name.length, 24);
});

test("the first round sends half of the team to each side", () => {
  const doors = aStreet(20);
  const board = dealAll(aTeam(), doors, 5);
  const sides = board.hands.map(({ door }) => (door % 2 ? "odd" : "even"));
  assert.equal(sides.filter((side) => side === "odd").length, 3);
  assert.deepEqual(board.hands.map(({ door }) => door).sort((a, b) => a - b), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(new Set(board.hands.map(({ at }) => at)), new Set([5]));
});

test("nobody is sent on to the next street while the first one has a door for them", () => {
  const doors = [...[2, 4, 6, 8].map((id) => aDoor(id)), ...[10, 12, 14].map((id) => aDoor(id, { house: `${id} Weir Street` }))];
  assert.deepEqual(dealAll(aTeam(5), doors, 0).hands.map(({ door }) => door), [2, 4, 6, 8, 10]);
});

test("whoever calls back gets the next door on their own side", () => {
  const doors = aStreet(20);
  const board = deal(deal(aTeam(2), doors, 1, 0, doors[0]), doors.slice(1), 2, 0, doors[1]);
  const after = calledBack(board, doors.slice(2), 1, ["tap"], 9);
  assert.deepEqual(handsOf(after, 1), [{ who: 1, door: 3, at: 9 }]);
  assert.deepEqual(handsOf(calledBack(after, doors.slice(3), 2, [], 10), 2).map(({ door }) => door), [4]);
});

test("a door of the other side is taken when it would be left behind", () => {
  const doors = aStreet(20);
  let board = deal(aTeam(1), doors, 1, 0, doors[0]);
  const order = [1];
  const done = new Set();
  while (board.hands.length) {
    const [{ door }] = board.hands;
    done.add(door);
    board = calledBack(board, freeDoors(board, doors, standingsWith(done, doors)), door, [], 0);
    if (board.hands[0]) order.push(board.hands[0].door);
  }
  assert.deepEqual([...order].sort((a, b) => a - b), doors.map(({ id }) => id));
  for (const [place, door] of order.entries()) assert.ok(order.slice(0, place).every((before) => before <= door + 3), `${door} waited too long`);
});

test("a door that somebody is at, that is done or that others did is not free", () => {
  const doors = aStreet(4);
  const board = deal(aTeam(1), doors, 1, 0);
  assert.deepEqual(freeDoors(board, doors, standingsWith(new Set([3]), doors)).map(({ id }) => id), [2, 4]);
});

test("whoever goes home gives their doors back, and is dealt nothing until they come out again", () => {
  const doors = aStreet(4);
  const board = goHome(deal(aTeam(2), doors, 1, 0), 1, 9);
  assert.deepEqual(board.hands, []);
  assert.equal(deal(board, doors, 1, 10), board);
  assert.equal(deal(comeOut(board, 1), doors, 1, 10).hands.length, 1);
});

test("two of a team change places, with their sides", () => {
  const doors = aStreet(6);
  const board = dealAll(aTeam(2), doors, 0);
  const [one, other] = [handsOf(board, 1)[0].door, handsOf(board, 2)[0].door];
  const after = swap(board, 1, 2, 7);
  assert.equal(handsOf(after, 1)[0].door, other);
  assert.equal(handsOf(after, 2)[0].door, one);
  assert.equal(after.team[0].side, board.team[1].side);
  assert.equal(swap(board, 1, 1, 7), board);
});

test("a hand holds so many doors and no more", () => {
  const doors = aStreet(9);
  let board = aTeam(1);
  for (let turn = 0; turn < 6; turn++) board = deal(board, freeDoors(board, doors, new Map()), 1, turn);
  assert.equal(handsOf(board, 1).length, MOST_DOORS);
  const [first] = board.hands;
  assert.equal(calledBack(board, doors.slice(5), first.door, [], 9).hands.length, MOST_DOORS - 1);
});

test("doors that left the walk leave the board", () => {
  const doors = aStreet(4);
  const board = dealAll(aTeam(4), doors, 0);
  assert.deepEqual(onlyOn(board, doors.slice(1)).hands.map(({ door }) => door).sort(), [2, 3, 4]);
  assert.equal(onlyOn(board, doors), board);
});

test("whatever a team does, no door is in two hands, none is forgotten, and every step can be taken back", () => {
  for (let seed = 1; seed <= 150; seed++) {
    const { next } = chance(seed);
    const pick = (/** @type {number} */ most) => Math.floor(next() * most);
    const doors = aStreet(8 + pick(25));
    const done = new Set();
    let board = aTeam(1 + pick(6));
    const free = () => freeDoors(board, doors, standingsWith(done, doors));
    /** @param {Board} after */
    const step = (after) => {
      if (after.steps.length > board.steps.length || (after !== board && board.steps.length === MOST_STEPS)) {
        const back = stepBack(after, 99);
        assert.deepEqual(back.hands, board.hands);
        assert.deepEqual(back.team.map(({ id, side, home_at }) => [id, side, home_at === null]), board.team.map(({ id, side, home_at }) => [id, side, home_at === null]));
      }
      board = after;
      assert.equal(new Set(board.hands.map(({ door }) => door)).size, board.hands.length);
      const out = new Set(outNow(board).map(({ id }) => id));
      for (const { who, door } of board.hands) {
        assert.ok(out.has(who));
        assert.ok(!done.has(door), `${door} is done and still in a hand`);
      }
      for (const { id } of board.team) assert.ok(handsOf(board, id).length <= MOST_DOORS || board.steps.at(-1)?.word === "swapped");
    };
    for (let turn = 0; turn < 120; turn++) {
      const who = 1 + pick(board.team.length);
      const hand = board.hands[pick(board.hands.length || 1)];
      const luck = pick(10);
      const ahead = free();
      if (luck === 0) step(dealAll(board, ahead, turn));
      else if (luck < 3) {
        const chosen = nextFor(board, ahead, who);
        if (chosen) assert.ok(ahead.slice(0, Math.max(1, 2 * outNow(board).length)).includes(chosen));
        step(deal(board, ahead, who, turn));
      } else if (luck < 7 && hand) {
        done.add(hand.door);
        step(calledBack(board, free(), hand.door, [], turn));
        assert.equal(handAt(board, hand.door), null);
      } else if (luck === 7 && hand) step(takeDoorBack(board, hand.door));
      else if (luck === 8) step(swap(board, who, 1 + pick(board.team.length), turn));
      else if (next() < 0.3) step(goHome(board, who, turn));
      else board = comeOut(board, who);
    }
    for (const { id } of board.team) board = comeOut(board, id);
    for (let turn = 0; turn < 200 && (board.hands.length || free().length); turn++) {
      board = dealAll(board, free(), turn);
      for (const { door } of board.hands) {
        done.add(door);
        board = calledBack(board, free(), door, [], turn);
      }
    }
    assert.equal(done.size, doors.length);
  }
});

// --- on a phone --------------------------------------------------------------------------------------

async function aBoardRunner() {
  const world = { now: () => Date.UTC(2026, 5, 13, 12), random: chance(3).random, after: () => () => {}, alone: (/** @type {() => Promise<void>} */ what) => what(), told: () => {}, wiped: async () => {} };
  const server = { clock: { aheadMs: null }, send: async () => ({ what: "unreachable" }) };
  const store = memoryStore();
  await store.keepWalk(aWalk());
  const app = new App(/** @type {any} */ (store), /** @type {any} */ (server), world, "test 1");
  const boards = new Boards(app, store);
  await app.look();
  const walk = /** @type {import("../../src/hustings/apps/canvass/static/canvass/types.d.ts").Walk} */ (app.walks.get(7));
  await boards.change(walk, (board) => TEAM.slice(0, 2).reduce(join, board));
  await boards.dealAll(walk);
  return { app, boards, store, walk };
}

test("one tap records that nobody was in and sends them on; undo takes both back", async () => {
  const { app, boards, walk } = await aBoardRunner();
  const [{ door: at }] = handsOf(boards.of(walk), 1);
  const door = /** @type {Door} */ (walk.doors.find(({ id }) => id === at));
  await boards.nobodyIn(walk, door, "No answer");
  assert.equal(app.standingOf(walk, door).state, "out");
  assert.equal(handsOf(boards.of(walk), 1).length, 1);
  assert.notEqual(handsOf(boards.of(walk), 1)[0].door, at);

  await boards.undo(walk, "Taken back");
  assert.equal(app.standingOf(walk, door).state, "left");
  assert.deepEqual(handsOf(boards.of(walk), 1).map((hand) => hand.door), [at]);
  assert.deepEqual(app.entries.map(({ event }) => event.kind), ["no_answer", "undo"]);
});

test("what is sent has no name of the team in it", async () => {
  const { app, boards, walk } = await aBoardRunner();
  for (const { door } of boards.of(walk).hands) await boards.nobodyIn(walk, /** @type {Door} */ (walk.doors.find(({ id }) => id === door)), "No answer");
  const sent = JSON.stringify(app.entries);
  assert.ok(app.entries.length === 2 && TEAM.every((name) => !sent.includes(name)));
});

test("the board outlives the page, and goes with the walk", async () => {
  const { app, boards, store, walk } = await aBoardRunner();
  const again = new Boards(app, store);
  await again.look();
  assert.deepEqual(again.of(walk), boards.of(walk));
  assert.ok(again.isUsed(7));
  await store.wipe(7);
  await app.look();
  await again.look();
  assert.equal(again.isUsed(7), false);
  assert.deepEqual(await store.boards(), []);
});

test("an answer that was kept before the page died leaves somebody at a door that can be gone on from", async () => {
  const { app, boards, walk } = await aBoardRunner();
  const [{ door: at }] = handsOf(boards.of(walk), 2);
  const door = /** @type {Door} */ (walk.doors.find(({ id }) => id === at));
  await app.nobodyIn(walk, [door], { kind: "no_answer", answer: "No answer" });
  assert.ok(handAt(boards.of(walk), at));
  await boards.onward(walk, door);
  assert.equal(handAt(boards.of(walk), at), null);
  await boards.undo(walk, "Taken back");
  assert.equal(app.standingOf(walk, door).state, "left");
});
