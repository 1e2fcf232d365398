// @ts-check
import assert from "node:assert/strict";
import test from "node:test";

import { SELDOM_MS, asksNow, isOffered } from "../../src/hustings/apps/canvass/static/canvass/power.js";
import { Saving } from "../../src/hustings/apps/canvass/static/canvass/saving.js";

/** What a browser keeps for a page. */
function aKeeper() {
  const kept = new Map();
  return {
    kept,
    getItem: (/** @type {string} */ name) => kept.get(name) ?? null,
    setItem: (/** @type {string} */ name, /** @type {string} */ value) => void kept.set(name, value),
    removeItem: (/** @type {string} */ name) => void kept.delete(name),
  };
}

test("with power to spare the clock asks for news, and sending does not", () => {
  assert.equal(asksNow(false, "clock", 0), true);
  assert.equal(asksNow(false, "back", 0), true);
  assert.equal(asksNow(false, "sent", 1e9), false);
});

test("saving power the clock never asks, and sending and coming back ask seldom", () => {
  assert.equal(asksNow(true, "clock", 1e9), false);
  for (const why of /** @type {const} */ (["sent", "back"])) {
    assert.equal(asksNow(true, why, SELDOM_MS - 1), false);
    assert.equal(asksNow(true, why, SELDOM_MS), true);
    assert.equal(asksNow(true, why, Infinity), true);
  }
});

test("it is offered below fifteen per cent, once, and not on a charger", () => {
  assert.equal(isOffered({ level: 0.14, charging: false }, false, false), true);
  assert.equal(isOffered({ level: 0.15, charging: false }, false, false), false);
  assert.equal(isOffered({ level: 0.05, charging: true }, false, false), false);
  assert.equal(isOffered({ level: 0.05, charging: false }, true, false), false);
  assert.equal(isOffered({ level: 0.05, charging: false }, false, true), false);
  assert.equal(isOffered(null, false, false), false);
});

test("the switch is kept on the phone, and the page shows it", () => {
  const keeper = aKeeper();
  const root = { dataset: /** @type {DOMStringMap} */ ({}) };
  const saving = new Saving(() => keeper, root);
  assert.equal(root.dataset.power, undefined);
  saving.set(true);
  assert.equal(root.dataset.power, "low");
  assert.equal(new Saving(() => keeper, { dataset: {} }).on, true);
  saving.set(false);
  assert.equal(root.dataset.power, undefined);
  assert.equal(keeper.kept.size, 0);
});

test("a low battery switches nothing, and whoever says no is left in peace", () => {
  const saving = new Saving(aKeeper, { dataset: {} });
  let told = 0;
  saving.listen(() => told++);
  saving.battery({ level: 0.1, charging: false });
  assert.deepEqual([saving.on, saving.isOffered, told], [false, true, 1]);
  saving.decline();
  saving.battery({ level: 0.05, charging: false });
  assert.deepEqual([saving.on, saving.isOffered], [false, false]);
});

test("a browser that keeps nothing still saves power while the page is open", () => {
  const saving = new Saving(() => { throw new Error("refused"); }, { dataset: {} });
  saving.set(true);
  assert.equal(saving.on, true);
});

test("the switch that another tab moved is moved here", () => {
  const keeper = aKeeper();
  const [one, other] = [new Saving(() => keeper, { dataset: {} }), new Saving(() => keeper, { dataset: {} })];
  one.set(true);
  other.look();
  assert.equal(other.on, true);
});
