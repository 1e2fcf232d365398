// @ts-check
import assert from "node:assert/strict";
import test from "node:test";

import { Press } from "../../src/hustings/apps/canvass/static/canvass/press.js";

/** A press whose clock is turned by hand, and what was drawn. */
function aScreen() {
  const later = /** @type {{ what: () => void, milliseconds: number }[]} */ ([]);
  const drawn = /** @type {string[]} */ ([]);
  const press = new Press((what, milliseconds) => void later.push({ what, milliseconds }));
  /** @param {number} milliseconds */
  const pass = (milliseconds) => later.splice(0).forEach((one) => (one.milliseconds <= milliseconds ? one.what() : later.push(one)));
  return { press, drawn, pass, draw: (/** @type {string} */ what, /** @type {unknown} */ whose = "app") => press.unpressed(whose, () => drawn.push(what)) };
}

test("while no mouse is down everything is drawn at once", () => {
  const { press, drawn, draw, pass } = aScreen();
  draw("first");
  press.down();
  press.up();
  draw("second");
  pass(0);
  assert.deepEqual(drawn, ["first", "second"]);
});

test("what comes while the mouse is down is drawn after its click, and only the newest of each", () => {
  const { press, drawn, draw, pass } = aScreen();
  press.down();
  draw("old");
  draw("new");
  draw("night", "night");
  press.up();
  assert.deepEqual(drawn, []);
  pass(0);
  assert.deepEqual(drawn, ["new", "night"]);
});

test("pressed again at once, it waits for that click too", () => {
  const { press, drawn, draw, pass } = aScreen();
  press.down();
  draw("x");
  press.up();
  press.down();
  pass(0);
  assert.deepEqual(drawn, []);
  press.up();
  pass(0);
  assert.deepEqual(drawn, ["x"]);
});

test("a mouse that is held down holds nothing up for long", () => {
  const { press, drawn, draw, pass } = aScreen();
  press.down();
  draw("x");
  pass(1000);
  pass(0);
  assert.deepEqual(drawn, ["x"]);
});
