// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { held, heardOnTheWay, standsAt, walked, wordsFor } from "../../src/hustings/apps/canvass/static/canvass/script_walk.js";

/** @import { ScriptStep, Wording } from "../../src/hustings/apps/canvass/static/canvass/types.d.ts" */

/** @type {{ scripts: Record<string, ScriptStep[]>, walks: { called: string, script: string, taken: number[], at: string | null, behind: string[], held: string[][] }[] }} */
const cases = JSON.parse(readFileSync(new URL("script_cases.json", import.meta.url), "utf8"));
const steps = cases.scripts.branching;
/** @type {Wording} */
const wording = { version: 2, text: "", as_parties: false, choices: [{ code: "1", label: "Support", shade: "" }, { code: "3", label: "Undecided", shade: "" }], steps, languages: [] };
const welsh = { code: "cy", name: "Cymraeg", mark: "cy:4", texts: { start: "Helo." } };

for (const one of cases.walks) {
  test(`a walk through the script stands where the server says: ${one.called}`, () => {
    const script = cases.scripts[one.script];
    assert.equal(standsAt(script, one.taken)?.name ?? null, one.at);
    assert.deepEqual(walked(script, one.taken).map(({ step }) => step.name), one.behind);
    assert.deepEqual(held(script, one.taken).map(({ kind, code }) => [kind, code]), one.held);
  });
}

test("an answer that is a level is recorded in the words of the scale", () => {
  assert.deepEqual(heardOnTheWay(wording, [0], undefined, null, true), { kind: "answered", support: "1", answer: "Support" });
});

test("what was wished for goes with the answer, and the language with both", () => {
  assert.deepEqual(heardOnTheWay(wording, [0, 0], undefined, welsh, true), { kind: "answered", support: "1", wishes: "poster", said_in: "cy:4", answer: "Support" });
});

test("a walk that keeps no people hears neither wishes nor language", () => {
  assert.deepEqual(heardOnTheWay(wording, [0, 0], undefined, welsh, false), { kind: "answered", support: "1", answer: "Support" });
});

test("a way that says nothing records nothing, also where something was said before", () => {
  assert.equal(heardOnTheWay(wording, [2], { support: "1" }, null, true), null);
  assert.equal(heardOnTheWay(wording, [], undefined, null, true), null);
});

test("a wish without a level goes with what was said before, as firmly", () => {
  /** @type {Wording} */
  const asked = { ...wording, steps: [steps[1], steps[2]] };
  assert.deepEqual(heardOnTheWay(asked, [0], { support: "3", strength: 2 }, null, true), { kind: "answered", support: "3", strength: 2, wishes: "poster", answer: "Undecided" });
  assert.equal(heardOnTheWay(asked, [0], undefined, null, true), null);
});

test("a level that is not offered is not recorded", () => {
  assert.equal(heardOnTheWay({ ...wording, choices: [] }, [0], undefined, null, true), null);
});

test("what is not translated is said as it was written, and says so", () => {
  assert.deepEqual(wordsFor(welsh, "start", "Hello."), { text: "Helo.", missing: false, lang: "cy" });
  assert.deepEqual(wordsFor(welsh, "poster", "A poster?"), { text: "A poster?", missing: true, lang: undefined });
  assert.deepEqual(wordsFor(null, "poster", "A poster?"), { text: "A poster?", missing: false, lang: undefined });
});
