// @ts-check
/** Signing out of the walks takes off what belongs to the walks. */
import assert from "node:assert/strict";
import test from "node:test";

import { takeOff } from "../../src/hustings/apps/canvass/static/canvass/wiping.js";

/** A browser with both pages on it. */
function aBrowser() {
  const names = new Set(["hustings-doorstep-1", "hustings-doorstep-2", "hustings-night-1", "of-another-program"]);
  const scopes = new Set(["https://example.org/w/", "https://example.org/night/"]);
  const caches = { keys: async () => [...names], delete: async (/** @type {string} */ name) => names.delete(name) };
  const workers = [...scopes].map((scope) => ({ scope, unregister: async () => scopes.delete(scope) }));
  return { names, scopes, caches, workers };
}

test("signing out takes the app's worker and files off the phone, and leaves a reporter's page of the night", async () => {
  const { names, scopes, caches, workers } = aBrowser();

  await takeOff(caches, workers);

  assert.deepEqual([...scopes], ["https://example.org/night/"]);
  assert.deepEqual([...names], ["hustings-night-1", "of-another-program"]);
});
