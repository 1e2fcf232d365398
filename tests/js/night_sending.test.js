// @ts-check
/** What waits on a reporter's phone goes out, whichever link it was entered under, and nothing holds up the rest. */
import assert from "node:assert/strict";
import test from "node:test";

import { drain } from "../../src/hustings/apps/canvass/static/canvass/outbox.js";
import { sendPhoto } from "../../src/hustings/apps/contests/static/contests/night/send.js";
import { sendPhotos, sendReports } from "../../src/hustings/apps/contests/static/contests/night/sending.js";
import { isAllThere } from "../../src/hustings/apps/contests/static/contests/night/state.js";
import { draftKey, lotsKey } from "../../src/hustings/apps/contests/static/contests/night/store.js";

/**
 * @import { Entry, Photo, State } from "../../src/hustings/apps/contests/static/contests/night/store.js"
 * @param {string} id @param {string} token @param {State} [state] @param {any} [event] @returns {Entry}
 */
const entry = (id, token, state = "waiting", event = {}) => ({ id, token, state, message: "", event: { kind: "report", unit: 7, phase: "first", ...event } });
/** @param {string} id @param {string} token @param {string} taken_at @param {State} [state] @returns {Photo} */
const photo = (id, token, taken_at, state = "waiting") => ({ id, token, unit: 7, report: "", taken_at, state, message: "", picture: new Blob(["x"]) });

/** @param {Entry[]} entries @param {Photo[]} [photos] */
const kept = (entries, photos = []) => ({
  waitingOf: async () => [...new Set(entries.filter((one) => one.state === "waiting").map((one) => one.token))],
  outboxOf: (/** @type {string} */ token) => ({
    oldest: async () => entries.filter((one) => one.token === token && one.state === "waiting"),
    settle: async (/** @type {any[]} */ verdicts) => verdicts.forEach(({ id, state }) => Object.assign(/** @type {Entry} */ (entries.find((one) => one.id === id)), { state })),
  }),
  photos: async () => [...photos],
  keepPhoto: async (/** @type {Photo} */ one) => void photos.splice(photos.findIndex(({ id }) => id === one.id), 1, one),
});
const states = (/** @type {{ id: string, state: string }[]} */ all) => Object.fromEntries(all.map(({ id, state }) => [id, state]));

test("reports that wait under an old link go out by that link, though another was opened since", async () => {
  const entries = [entry("a", "old"), entry("b", "new"), entry("c", "old")];
  /** @type {[string, string[]][]} */
  const sent = [];
  const sender = (/** @type {string} */ token) => async (/** @type {Entry[]} */ batch) => {
    sent.push([token, batch.map(({ id }) => id)]);
    return { what: /** @type {const} */ ("answered"), verdicts: batch.map(({ id }) => ({ id, status: token === "old" ? "late" : "stored", message: "" })) };
  };

  assert.ok(await sendReports(kept(entries), drain, sender, () => {}));
  assert.deepEqual(sent, [["old", ["a", "c"]], ["new", ["b"]]]);
  assert.deepEqual(states(entries), { a: "late", b: "accepted", c: "late" });
});

test("a link that nobody answers any more holds up no other, and its reports go on waiting", async () => {
  const entries = [entry("a", "gone"), entry("b", "new")];
  const sender = (/** @type {string} */ token) => async (/** @type {Entry[]} */ batch) =>
    token === "gone" ? { what: /** @type {const} */ ("unreachable") } : { what: /** @type {const} */ ("answered"), verdicts: batch.map(({ id }) => ({ id, status: "stored", message: "" })) };

  assert.ok(!(await sendReports(kept(entries), drain, sender, () => {})));
  assert.deepEqual(states(entries), { a: "waiting", b: "accepted" });
});

test("one photograph that is not answered holds up no other, and they go oldest first", async () => {
  const photos = [photo("z", "new", "2026-02-03T20:00:00Z"), photo("y", "old", "2026-02-03T19:00:00Z"), photo("x", "new", "2026-02-03T21:00:00Z"), photo("w", "new", "2026-02-03T18:00:00Z", "accepted")];
  const store = kept([], photos);
  /** @type {string[]} */
  const asked = [];
  const send = async (/** @type {Photo} */ one) => {
    asked.push(one.id);
    return one.id === "y" ? null : { state: /** @type {const} */ ("accepted"), message: "" };
  };

  assert.ok(!(await sendPhotos(store, send, () => {})));
  assert.deepEqual(asked, ["y", "z", "x"]);
  assert.deepEqual(states(photos), { z: "accepted", y: "waiting", x: "accepted", w: "accepted" });
  assert.deepEqual(photos.map(({ picture }) => picture === null), [true, false, true, false]);
  assert.ok(await sendPhotos(store, async () => ({ state: "accepted", message: "" }), () => {}));
});

test("a photograph that was taken while others were sent still waits", async () => {
  const photos = [photo("a", "new", "2026-02-03T20:00:00Z")];
  const send = async () => {
    photos.push(photo("b", "new", "2026-02-03T20:01:00Z"));
    return { state: /** @type {const} */ ("accepted"), message: "" };
  };

  assert.ok(!(await sendPhotos(kept([], photos), send, () => {})));
});

test("a photograph has two minutes to go out over a bad line", async (t) => {
  const patience = t.mock.method(AbortSignal, "timeout", () => new AbortController().signal);
  t.mock.method(globalThis, "fetch", async () => Response.json({ status: "stored" }));

  assert.deepEqual(await sendPhoto(photo("a", "new", "2026-02-03T20:00:00Z")), { state: "accepted", message: "" });
  assert.deepEqual(patience.mock.calls.map((call) => call.arguments), [[120_000]]);
});

test("not everything is with the office while the newest of a unit was refused or waits", () => {
  const there = [entry("a", "t", "accepted"), entry("b", "t", "late", { phase: "final" })];

  assert.ok(!isAllThere([], [], false));
  assert.ok(isAllThere(there, [], false));
  assert.ok(!isAllThere([...there, entry("c", "t", "refused")], [], false));
  assert.ok(!isAllThere([...there, entry("c", "t", "waiting")], [], false));
  assert.ok(isAllThere([...there, entry("c", "t", "refused"), entry("d", "t", "accepted")], [], false));
  assert.ok(!isAllThere(there, [photo("p", "t", "", "refused")], false));
  assert.ok(isAllThere(there, [photo("p", "t", "", "refused"), photo("q", "t", "", "accepted")], false));
});

test("what became of a practice says nothing of the night", () => {
  const practised = [entry("a", "t", "accepted", { kind: "practice" })];

  assert.ok(isAllThere(practised, [], true));
  assert.ok(!isAllThere(practised, [], false));
  assert.ok(isAllThere([...practised, entry("b", "t", "refused", { kind: "practice" }), entry("c", "t", "accepted", { phase: "final" })], [], false));
});

test("what was made up for practice is kept apart from what the night's form holds", () => {
  assert.notEqual(draftKey("t", 7, "first", true), draftKey("t", 7, "first", false));
  assert.notEqual(lotsKey("t", 7, true), lotsKey("t", 7, false));
});
