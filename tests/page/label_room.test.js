/** Promises of label_room.js: nothing is placed over anything else, and no text is wider than it may be. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Room, lines, overlap, shortened } from "../../graph/explorer/page/scripts/map/labels/label_room.js";
import { dice } from "./fixture.js";

const measure = (/** @type {string} */ text) => [...text].length * 7;

test("of many boxes, those that are taken never overlap and never leave the limits", () => {
  const throwDice = dice(3);
  const room = new Room({ left: 0, top: 0, right: 800, bottom: 500 });
  const taken = [];
  for (let n = 0; n < 600; n += 1) {
    const [left, top] = [throwDice() * 900 - 50, throwDice() * 600 - 50];
    const box = { left, top, right: left + 20 + throwDice() * 180, bottom: top + 14 + throwDice() * 30 };
    if (room.take(box)) taken.push(box);
  }
  assert.ok(taken.length > 30);
  for (const [at, box] of taken.entries()) {
    assert.ok(box.left >= 0 && box.top >= 0 && box.right <= 800 && box.bottom <= 500);
    for (const other of taken.slice(at + 1)) assert.ok(!overlap(box, other));
  }
});

test("boxes that only touch do not overlap", () => {
  const room = new Room({ left: 0, top: 0, right: 100, bottom: 100 });
  assert.ok(room.take({ left: 0, top: 0, right: 50, bottom: 20 }));
  assert.ok(room.take({ left: 50, top: 0, right: 100, bottom: 20 }));
  assert.ok(!room.take({ left: 49, top: 19, right: 60, bottom: 40 }));
});

test("a box that would cover more dots than it may is not taken", () => {
  const room = new Room({ left: 0, top: 0, right: 400, bottom: 100 });
  for (const x of [30, 60, 300]) room.addDot(x, 50, 4);
  const box = { left: 10, top: 40, right: 150, bottom: 60 };
  assert.ok(!room.free(box, 1));
  assert.ok(room.free(box, 2));
  assert.ok(room.take({ left: 160, top: 40, right: 280, bottom: 60 }, 0));
});

test("a large dot counts where it reaches into a box, wherever its middle is", () => {
  const room = new Room({ left: 0, top: 0, right: 400, bottom: 400 });
  room.addDot(150, 100, 20);
  for (const box of [{ left: 40, top: 90, right: 140, bottom: 110 }, { left: 120, top: 60, right: 180, bottom: 90 }]) assert.ok(!room.free(box, 0));
  assert.ok(room.free({ left: 40, top: 90, right: 125, bottom: 110 }, 0));
});

test("a text that fits is left alone, and one that does not ends in an ellipsis within its width", () => {
  assert.equal(shortened("short", 100, measure), "short");
  for (const text of ["a rather long title of an article", "x".repeat(2000), "مقالة طويلة جدا عن السحابة", "😀".repeat(90)]) {
    const cut = shortened(text, 90, measure);
    assert.ok(measure(cut) <= 90 && cut.endsWith("…") && cut.length > 3, cut);
  }
});

test("a text is cut between words, and within one only if it has no others", () => {
  assert.equal(shortened("a rather long title", 90, measure), "a rather…");
  assert.equal(shortened("wasm32-unknown-unknown", 130, measure), "wasm32-unknown…");
  assert.equal(shortened("園藝園藝園藝園藝", 40, measure), "園藝園藝…");
});

test("a text is broken at spaces into as many lines as allowed, and loses nothing while it fits", () => {
  assert.deepEqual(lines("one two three", 60, 3, measure), ["one two", "three"]);
  assert.deepEqual(lines("one two three four five", 60, 2, measure), ["one two", "three…"]);
  assert.deepEqual(lines("word", 60, 2, measure), ["word"]);
  for (const line of lines("a wordwithoutanyend whatever comes", 70, 3, measure)) assert.ok(measure(line) <= 70);
});

test("a mark that counts for any number is covered by no name with a limit", () => {
  const room = new Room({ left: 0, top: 0, right: 200, bottom: 200 });
  const box = { left: 20, top: 20, right: 80, bottom: 40 };
  room.addDot(50, 30, 4);
  assert.deepEqual([room.free(box, 0), room.free(box, 1)], [false, true]);
  room.addDot(60, 30, 4, Infinity);
  assert.deepEqual([room.free(box, 5), room.free(box)], [false, true]);
});
