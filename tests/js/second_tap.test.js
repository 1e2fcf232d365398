// @ts-check
import assert from "node:assert/strict";
import test from "node:test";

import { NEAR_PX, SOON_MS, SecondTaps } from "../../src/hustings/apps/canvass/static/canvass/second_tap.js";

const tap = (/** @type {number} */ timeStamp, more = {}) => ({ timeStamp, clientX: 50, clientY: 600, detail: 1, pointerType: "touch", ...more });

/** @param {any[]} taps @returns {boolean[]} of each whether it is taken for a second one */
function heard(...taps) {
  const seconds = new SecondTaps();
  return taps.map((one) => seconds.isSecond(one));
}

test("a finger that taps twice on one spot tapped once", () => {
  assert.deepEqual(heard(tap(0), tap(150)), [false, true]);
  assert.deepEqual(heard(tap(0), tap(150), tap(300)), [false, true, true]);
});

test("the next tap on that spot counts once the hand had time to look", () => {
  assert.deepEqual(heard(tap(0), tap(SOON_MS)), [false, false]);
});

test("two buttons pressed quickly are two", () => {
  assert.deepEqual(heard(tap(0), tap(150, { clientY: 600 - NEAR_PX - 1 })), [false, false]);
});

test("a mouse says itself which click is a second one", () => {
  assert.deepEqual(heard(tap(0, { pointerType: "mouse" }), tap(90, { pointerType: "mouse", detail: 2 })), [false, true]);
  assert.deepEqual(heard(tap(0, { pointerType: "mouse" }), tap(90, { pointerType: "mouse" })), [false, false]);
});

test("a browser that does not say what tapped is taken for a finger", () => {
  assert.deepEqual(heard(tap(0, { pointerType: undefined }), tap(150, { pointerType: undefined })), [false, true]);
});

test("keys are never held back", () => {
  assert.deepEqual(heard(tap(0, { detail: 0 }), tap(10, { detail: 0 })), [false, false]);
});
