// @ts-check
import assert from "node:assert/strict";
import test from "node:test";

import { heard, nobodyIn } from "../../src/hustings/apps/canvass/static/canvass/event.js";
import { begin, canBegin, next, whoWereOut } from "../../src/hustings/apps/canvass/static/canvass/second_knock.js";
import { standing, standings } from "../../src/hustings/apps/canvass/static/canvass/walk.js";
import { WISHES, canWish, has, stillWished, turned } from "../../src/hustings/apps/canvass/static/canvass/wishes.js";
import { aWalk, source } from "./a_walk.js";

/** @import { Entry, Fresh, Standing } from "../../src/hustings/apps/canvass/static/canvass/types.d.ts" */

/** @type {Standing} */
const nothing = { state: "left", mine: [] };
let order = 0;
/** @param {Fresh[]} fresh @returns {Entry[]} */
const kept = (fresh) => fresh.map((one) => ({ ...one, order: ++order, event: { ...one.event, sequence: order } }));

test("a tap adds a wish in the server's order, another takes it off", () => {
  assert.equal(turned({ wishes: "" }, "lift"), "lift");
  assert.equal(turned({ wishes: "lift" }, "poster"), "poster lift");
  assert.equal(turned({ wishes: "poster lift" }, "poster"), "lift");
  assert.equal(WISHES.reduce((wishes, code) => turned({ wishes }, code), ""), WISHES.join(" "));
  assert.deepEqual([has({ wishes: "postal_vote" }, "poster"), has(undefined, "poster"), has({ wishes: "poster" }, "poster")], [false, false, true]);
});

test("another answer of the same person keeps what they wished for, and a result that cannot has none", () => {
  const before = { wishes: "poster", wish_note: "the window" };
  assert.deepEqual(stillWished({ kind: "answered", support: "2", answer: "x" }, before), { kind: "answered", support: "2", answer: "x", wishes: "poster", wish_note: "the window" });
  assert.deepEqual(stillWished({ kind: "answered", support: "2", wishes: "", answer: "x" }, before), { kind: "answered", support: "2", wishes: "", answer: "x" });
  assert.deepEqual(stillWished({ kind: "moved", answer: "x" }, before), { kind: "moved", answer: "x" });
  assert.deepEqual([canWish({ kind: "answered" }), canWish({ kind: "no_answer" }), canWish(undefined)], [true, false, false]);
});

test("a wish is in the event that is sent, and in what the door says by now", () => {
  const walk = aWalk();
  const [door] = walk.doors;
  const one = heard(source(), walk, door, nothing, { kind: "answered", support: "1", wishes: "poster lift", wish_note: "the window", answer: "x" }, { person: door.people[0] });
  assert.deepEqual([one.event.wishes, one.event.wish_note], ["poster lift", "the window"]);
  const [mine] = standing(door, kept([one])).mine;
  assert.deepEqual([mine.wishes, mine.wish_note], ["poster lift", "the window"]);
});

test("a second knock is offered when nothing is left, goes through those who were out, and ends", () => {
  const walk = { ...aWalk(), turf: 71 };
  const now = Date.UTC(2026, 5, 13, 12);
  const out = kept(walk.doors.slice(0, 2).flatMap((door) => nobodyIn({ ...source(door.id), now }, walk, [door], { kind: "no_answer", answer: "" })));
  assert.equal(canBegin(walk, standings(walk, out), out), false); // doors are left
  const rest = kept(walk.doors.slice(2).map((door) => heard({ ...source(door.id), now }, walk, door, nothing, { kind: "answered", support: "1", answer: "" }, { person: door.people[0] })));
  const all = [...out, ...rest];
  assert.equal(canBegin(walk, standings(walk, all), all), true);
  assert.equal(next(walk, null, standings(walk, all), all), null); // nobody began it
  assert.deepEqual(whoWereOut(walk, standings(walk, all)).map(({ id }) => id), [1, 2]);

  begin(walk.turf, now + 60_000);
  assert.equal(canBegin(walk, standings(walk, all), all), false);
  assert.equal(next(walk, null, standings(walk, all), all)?.id, 1);
  const again = kept(nobodyIn({ ...source(9), now: now + 120_000 }, walk, [walk.doors[0]], { kind: "no_answer", answer: "" }));
  const later = [...all, ...again];
  assert.equal(next(walk, 1, standings(walk, later), later)?.id, 2);
  const last = kept([heard({ ...source(10), now: now + 180_000 }, walk, walk.doors[1], standings(walk, later).get(2) ?? nothing, { kind: "answered", support: "2", answer: "" }, { person: walk.doors[1].people[0] })]);
  const end = [...later, ...last];
  assert.equal(next(walk, 2, standings(walk, end), end), null);
  assert.equal(canBegin(walk, standings(walk, end), end), true); // one is still out
});
