/** An atlas that fills up ends as the one that came whole, in whatever order its pieces come. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { createAtlas } from "../../graph/explorer/page/scripts/atlas.js";
import { Filling, addTexts, noText } from "../../graph/explorer/page/scripts/filling.js";

/** @import {Header, MapPayload} from "../../graph/explorer/page/scripts/payload.js" */

const EMPTY = { related_start: [0, 0, 0], related_to: [], part_start: [0, 0, 0], part_to: [], mentions_start: [0, 0, 0], mentions_to: [] };

/**
 * Columns of two nodes.
 * @param {Record<string, number[]>} given
 * @returns {Record<string, any>}
 */
function columns(given) {
  const places = Object.fromEntries(["topics_x", "topics_y", "network_x", "network_y", "time_x", "time_y"].map((name) => [name, [0.5, 1.5]]));
  const backbone = { backbone_from: [], backbone_to: [], backbone_weight: [] };
  const all = { ...places, ...EMPTY, ...backbone, ...given };
  return Object.fromEntries(Object.entries(all).map(([name, values]) => [name, /_[xy]$/.test(name) ? Float32Array.from(values) : Uint32Array.from(values)]));
}

/** The overview of four articles and two topics, and the two pieces of the articles. @returns {MapPayload} */
function overview() {
  /** @type {Record<string, [string, number]>} */
  const shapes = { backbone_from: ["u32", 2], backbone_to: ["u32", 2], backbone_weight: ["f32", 2] };
  for (const view of ["topics", "network", "time"]) for (const axis of "xy") shapes[`${view}_${axis}`] = ["f32", 6];
  for (const relation of ["related", "part", "mentions"]) {
    shapes[`${relation}_start`] = ["u32", 7];
    shapes[`${relation}_to`] = ["u32", relation === "related" ? 4 : 0];
  }
  const kinds = { article: [0, 4], topic: [4, 6], provider: [6, 6], person: [6, 6] };
  const header = { kinds, relations: ["related", "part", "mentions"], labels: ["A", "B"], iris: ["a", "b"], shapes, parts: [[0, 2], [2, 4]] };
  return { header: /** @type {Header} */ (/** @type {unknown} */ (header)), columns: columns({ topics_x: [40, 50] }) };
}

const FIRST = columns({ topics_x: [1, 2], related_start: [0, 2, 2], related_to: [1, 3], backbone_from: [0], backbone_to: [3] });
const SECOND = columns({ topics_x: [3, 4], related_start: [0, 0, 2], related_to: [0, 2], backbone_from: [2], backbone_to: [3] });

for (const order of [[0, 1], [1, 0]]) {
  test(`pieces may come in the order ${order}`, () => {
    const filling = new Filling(overview());
    const atlas = createAtlas(filling.payload);
    for (const number of order) {
      filling.add(2 * number, [FIRST, SECOND][number]);
      atlas.forget();
    }
    assert.deepEqual([...atlas.columns.topics_x], [1, 2, 3, 4, 40, 50]);
    assert.deepEqual([0, 1, 2, 3, 4].map((node) => [...atlas.out("related", node)]), [[1, 3], [], [], [0, 2], []]);
    assert.deepEqual([0, 1, 2, 3, 4].map((node) => [...atlas.into("related", node)]), [[3], [0], [3], [0], []]);
    assert.deepEqual([...atlas.columns.backbone_from].sort(), [0, 2]);
  });
}

test("what has not come stands nowhere and is tied to nothing", () => {
  const filling = new Filling(overview());
  const atlas = createAtlas(filling.payload);
  filling.add(2, SECOND);
  assert.ok(Number.isNaN(atlas.columns.topics_x[0]));
  assert.deepEqual([...atlas.out("related", 0)], []);
  assert.deepEqual([...atlas.into("related", 0)], [3]);
  assert.equal(atlas.columns.backbone_from.length, 1);
});

test("texts are told as they come", () => {
  const { header } = overview();
  const text = noText(header);
  const atlas = createAtlas(new Filling(overview()).payload);
  atlas.addText(text, false);
  addTexts(text, { first: 2, label: ["third", "fourth"], iri: ["i2", "i3"], url: [null, "https://x.example/"], facts: { 3: { price: 1 } } });
  assert.equal(atlas.label(2), "third");
  assert.equal(atlas.url(3), "https://x.example/");
  assert.deepEqual(atlas.facts(3), { price: 1 });
  assert.deepEqual([atlas.hasTextOf(0), atlas.hasTextOf(2), atlas.hasText], [false, true, false]);
  addTexts(text, { first: 4, label: [], iri: [], excerpt: ["about A", null] });
  assert.equal(atlas.excerpt(4), "about A");
  atlas.addText(text);
  assert.deepEqual([atlas.hasTextOf(0), atlas.hasText], [true, true]);
});
