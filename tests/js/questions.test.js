// @ts-check
/** Which questions stand at a walk, and what becomes of a reply. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { putAbout, reply } from "../../src/hustings/apps/canvass/static/canvass/questions.js";

const real = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = real;
});

/** @param {number} status @param {string} [type] */
const answering = (status, type = "application/json") => {
  globalThis.fetch = async () => new Response("{}", { status, headers: { "Content-Type": type } });
};

test("a question stands at its own walk, and nowhere while the server says none", () => {
  const questions = [{ id: 1, turf: 7, text: "How?" }, { id: 2, turf: 8, text: "When?" }];
  assert.deepEqual(putAbout(questions, 7).map(({ id }) => id), [1]);
  assert.deepEqual(putAbout(undefined, 7), []);
});

test("a reply is told only when our server says so", async () => {
  answering(200);
  assert.equal(await reply(1, "We were two."), "told");
  answering(200, "text/html"); // a hotel's sign-in page
  assert.equal(await reply(1, "We were two."), "unreachable");
  answering(503);
  assert.equal(await reply(1, "We were two."), "unreachable");
  answering(404);
  assert.equal(await reply(1, "We were two."), "gone");
  globalThis.fetch = async () => {
    throw new TypeError("no network");
  };
  assert.equal(await reply(1, "We were two."), "unreachable");
});
