// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { inflateRawSync } from "node:zlib";

import { MOST_LETTERS, codesOf, inLetters } from "../../src/hustings/apps/canvass/static/canvass/codes.js";
// @ts-ignore: what others wrote has types of its own
import { encodeQR } from "../../src/hustings/server/static/vendor/qr/index.js";
import { chance } from "./a_walk.js";

/** @type {{ text: string, mask: number, rows: string[] }[]} */
const drawn = JSON.parse(readFileSync(new URL("./code_cases.json", import.meta.url), "utf-8"));

/** The bytes that letters stand for, by the standard and not by our own code. @param {string} letters */
const bytesOf = (letters) => {
  const bits = [...letters].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
};
/** @param {string} code */
const parts = (code) => /^HU1([ZR]):([A-Z2-7]{8}):(\d+)\/(\d+):([A-Z2-7]+)$/.exec(code)?.slice(1) ?? [];

test("letters stand for bytes as the standard says", () => {
  const vectors = { "": "", f: "MY", fo: "MZXQ", foo: "MZXW6", foob: "MZXW6YQ", fooba: "MZXW6YTB", foobar: "MZXW6YTBOI" };
  for (const [plain, letters] of Object.entries(vectors)) assert.equal(inLetters(new TextEncoder().encode(plain)), letters);
});

test("a file comes apart into codes that fit a screen and say which of how many they are", async () => {
  const { random } = chance(8);
  const file = { what: "unsent answers", events: Array.from({ length: 60 }, () => ({ id: Buffer.from(random(16)).toString("hex"), kind: "no_answer" })) };
  const codes = (await codesOf(file)).map(parts);
  assert.ok(codes.length > 3);
  assert.deepEqual(codes.map(([, , nth, of]) => [Number(nth), Number(of)]), codes.map((_code, place) => [place + 1, codes.length]));
  assert.equal(new Set(codes.map(([, set]) => set)).size, 1);
  assert.ok(codes.every(([, , , , piece]) => piece.length <= MOST_LETTERS));
  assert.deepEqual(JSON.parse(inflateRawSync(bytesOf(codes.map(([, , , , piece]) => piece).join(""))).toString()), file);
});

test("a browser that cannot make it smaller shows it as it is", async () => {
  const [[packed, , , of, piece]] = (await codesOf({ what: "é" }, async () => null)).map(parts);
  assert.deepEqual([packed, of, bytesOf(piece).toString()], ["R", "1", '{"what":"é"}']);
});

test("a code is drawn as segno draws it", () => {
  assert.ok(drawn.length >= 8);
  for (const { text, mask, rows } of drawn) {
    /** @type {boolean[][]} */
    const squares = encodeQR(text, "raw", { ecc: "medium", encoding: "alphanumeric", border: 1, mask });
    assert.deepEqual(squares.slice(1, -1).map((row) => row.slice(1, -1).map((dark) => (dark ? "#" : ".")).join("")), rows);
  }
});
