/** Promises of the widget's scripts: graphs spread, labels do not cover each other, pages find their article. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { keysOf, siteOf } from "../../graph/widget/scripts/addresses.js";
import { placeLabels, wrapped } from "../../graph/widget/scripts/labels.js";
import { spread } from "../../graph/widget/scripts/layout.js";

const SITE = "https://garden.example/notes/";

/** A star with a few more links. @param {number} count @returns {[number, number][]} */
function star(count) {
  return Array.from({ length: count - 1 }, (_, node) => /** @type {[number, number]} */ ([node % 4 ? 0 : Math.max(0, node - 1), node + 1]));
}

test("a graph is spread within its square, the first in the middle, the same each time", () => {
  for (const count of [1, 2, 3, 25, 60]) {
    const places = spread(count, star(count));
    assert.deepEqual(places, spread(count, star(count)));
    assert.equal(places.length, count);
    assert.deepEqual(places[0], [0, 0]);
    for (const [x, y] of places) assert.ok(Math.abs(x) <= 1 && Math.abs(y) <= 1, `${x} ${y}`);
    const close = places.filter(([x, y], at) => places.some(([a, b], other) => other < at && Math.hypot(a - x, b - y) < 0.02));
    assert.equal(close.length, 0);
  }
});

test("labels that are shown cover no other label and no dot, and stay in the picture", () => {
  const count = 40;
  const dots = spread(count, star(count)).map(([x, y]) => /** @type {[number, number]} */ ([320 + x * 240, 200 + y * 180]));
  const texts = dots.map((_, node) => `A label of several words ${node}`);
  const labels = placeLabels(dots, texts, [...dots.keys()], 640, 400, (text) => 6 * text.length);
  const boxes = labels.filter(({ isShown }) => isShown).map(({ x, y, anchor, lines }) => {
    const wide = 6 * Math.max(...lines.map((line) => line.length));
    const left = x - { start: 0, middle: wide / 2, end: wide }[anchor];
    return { left, right: left + wide, top: y - 6, bottom: y + 6 + 13 * (lines.length - 1) };
  });
  assert.ok(boxes.length > 5 && boxes.length < count, `${boxes.length}`);
  for (const [at, box] of boxes.entries()) {
    assert.ok(box.left >= 0 && box.right <= 640 && box.top >= 0 && box.bottom <= 400);
    for (const other of boxes.slice(0, at)) {
      assert.ok(box.left >= other.right || other.left >= box.right || box.top >= other.bottom || other.top >= box.bottom);
    }
    for (const [x, y] of dots) assert.ok(x <= box.left || x >= box.right || y <= box.top || y >= box.bottom);
  }
});

test("labels break between words, and within one only if it is too long", () => {
  assert.deepEqual(wrapped("Soil"), { lines: ["Soil"], isCut: false });
  assert.deepEqual(wrapped("Introduction to the soil of the garden"), { lines: ["Introduction to the soil", "of the garden"], isCut: false });
  assert.deepEqual(wrapped("x".repeat(60)).lines.map(({ length }) => length), [24, 24]);
  assert.ok(wrapped("one two three four five six seven eight nine ten eleven twelve").isCut);
});

test("a page is looked for by where it is, then by what it says of itself", () => {
  const here = new URL("http://localhost:4000/beds/herbs.html?x=1");
  const keys = keysOf(null, "https://garden.example/notes/beds/herbs", here, SITE);
  const places = ["localhost:4000/beds/herbs", "garden.example/notes/beds/herbs"].map((key) => keys.indexOf(key));
  assert.ok(places[0] >= 0 && places[1] > places[0], `${places}`);
  assert.ok(keysOf(null, null, here, SITE).includes("garden.example/notes/beds/herbs"));
  assert.ok(keysOf("./beds/herbs.md", null, here, SITE).includes("/beds/herbs.md"));
  assert.ok(keysOf("/notes/soil.html", null, here, SITE).includes("garden.example/notes/soil"));
  assert.deepEqual(keysOf(null, "http://[", here, "").slice(0, 1), ["localhost:4000/beds/herbs?x=1"]);
});

test("links of a preview stay in the preview, and others lead to the site", () => {
  const from = (/** @type {string} */ here, own = "./beds/herbs.html") => siteOf(own, new URL(here), SITE);
  assert.equal(from("http://localhost:4000/notes/beds/herbs.html"), "http://localhost:4000/notes/");
  assert.equal(from("http://localhost:4000/beds/herbs/"), "http://localhost:4000/");
  assert.equal(from("http://localhost:4000/elsewhere"), SITE);
  assert.equal(from("http://localhost:4000/index.html", "./"), "http://localhost:4000/");
  assert.equal(from("https://garden.example/notes/", "./"), SITE);
  assert.equal(siteOf("https://elsewhere.example/a", new URL("http://localhost/a"), SITE), SITE);
});
