// @ts-check
import assert from "node:assert/strict";
import test from "node:test";

import { sayIn } from "../../src/hustings/apps/canvass/static/canvass/words.js";

test("a number chooses its form and is written in the language's digits", () => {
  const say = sayIn({ doors: { one: "{n} door at {where}", other: "{n} doors at {where}" } }, "en-GB");
  assert.equal(say("doors", { n: 1, where: "7" }), "1 door at 7");
  assert.equal(say("doors", { n: 1234, where: "7" }), "1,234 doors at 7");
});

test("a language with more forms finds each, and falls back where one is missing", () => {
  const say = sayIn({ doors: { one: "{n} dvere", few: "{n} dvere!", other: "{n} dverí" } }, "sk");
  assert.deepEqual([1, 3, 7].map((n) => say("doors", { n })), ["1 dvere", "3 dvere!", "7 dverí"]);
});

test("a word that nobody wrote is an error, not a blank", () => {
  assert.throws(() => sayIn({}, "en-GB")("hello"), /hello/);
});
