/** Promises of partial_payload.js: what comes in pieces stands where it should, in whatever order, and goes when it is let go of. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Atlas } from "../../graph/explorer/page/scripts/data/atlas.js";
import { PartialPayload, addTexts, noText, rowsOf, surroundingsOf } from "../../graph/explorer/page/scripts/server/partial_payload.js";

/** @import {Column, Header, MapPayload} from "../../graph/explorer/page/scripts/data/payload.js" */

const VIEWS = ["topics", "network", "time"];
const RELATIONS = ["about", "related", "links", "broader"];

/** The overview of four articles and two topics, of which the second is narrower than the first. @returns {MapPayload} */
function overview() {
  const kinds = { article: [0, 4], topic: [4, 6], provider: [6, 6], person: [6, 6] };
  const header = { kinds, tables: { nothing: -2147483648 }, relations: RELATIONS, labels: ["A", "B"], iris: ["a", "b"], facets: [{ name: "level", label: "Level", values: ["easy"] }] };
  /** @type {Record<string, Column>} */
  const columns = { size: Float32Array.of(3, 4), island: Int32Array.of(0, 1), broader_start: Uint32Array.of(0, 0, 1), broader_to: Uint32Array.of(4) };
  for (const view of VIEWS) for (const axis of "xy") columns[`${view}_${axis}`] = Float32Array.of(40, 50);
  return { header: /** @type {Header} */ (/** @type {unknown} */ (header)), columns };
}

/** @param {number[]} node @param {Record<string, Column>} [more] @returns {Record<string, Column>} a piece that tells of these nodes */
function piece(node, more = {}) {
  /** @type {Record<string, Column>} */
  const columns = { node: Uint32Array.from(node), size: Float32Array.from(node, () => 1.5), island: Int32Array.from(node, () => 0), ...more };
  for (const view of VIEWS) for (const axis of "xy") columns[`${view}_${axis}`] = Float32Array.from(node, (n) => n + 0.5);
  return columns;
}

/** @param {number[][]} rows */
function backbone(rows) {
  const start = [0];
  for (const row of rows) start.push(start[start.length - 1] + row.length);
  return { backbone_start: Uint32Array.from(start), backbone_to: Uint32Array.from(rows.flat()) };
}

const FIRST = piece([0, 1], backbone([[3], []]));
const SECOND = piece([1, 2], backbone([[], [3]]));

for (const order of [[FIRST, SECOND], [SECOND, FIRST]]) {
  test(`pieces may come in any order: ${order.map(({ node }) => node)}`, () => {
    const filling = new PartialPayload(overview());
    const atlas = new Atlas(filling.payload);
    for (const columns of order) filling.add(columns, 1);
    assert.deepEqual([...atlas.columns.topics_x], [0.5, 1.5, 2.5, NaN, 40, 50]);
    assert.deepEqual([...atlas.columns.size], [1.5, 1.5, 1.5, 0, 3, 4]);
    const edges = Array.from(atlas.columns.backbone_from, (from, at) => `${from} ${atlas.columns.backbone_to[at]}`);
    assert.deepEqual(edges.sort(), ["0 3", "2 3"]);
    assert.equal(filling.standing, 3);
  });
}

test("what no piece that is held tells of stands nowhere any more, and its links come once", () => {
  const filling = new PartialPayload(overview());
  const { columns } = filling.payload;
  filling.add(FIRST, 1);
  filling.add(SECOND, 2);
  filling.drop(FIRST.node);
  assert.deepEqual([...columns.topics_x.subarray(0, 4)], [NaN, 1.5, 2.5, NaN]);
  assert.deepEqual([filling.holds(0), filling.holds(1), filling.holds(5), filling.standing], [false, true, true, 2]);
  filling.add(FIRST, 1);
  assert.equal(columns.topics_x[0], 0.5);
  assert.equal(filling.payload.columns.backbone_from.length, 2);
});

test("an article is drawn from the coarsest level on that tells of it", () => {
  const filling = new PartialPayload(overview());
  filling.add(SECOND, 3);
  filling.add(FIRST, 2);
  assert.deepEqual([...filling.payload.columns.level], [2, 2, 3, 0]);
  filling.add(piece([2]));
  assert.equal(filling.payload.columns.level[2], 0);
});

test("what is only learnt of does not stand on the map", () => {
  const filling = new PartialPayload(overview());
  filling.learn({ node: Uint32Array.of(2), quality: Int32Array.of(70) });
  assert.equal(filling.payload.columns.quality[2], 70);
  assert.ok(Number.isNaN(filling.payload.columns.topics_x[2]));
  assert.equal(filling.holds(2), false);
});

test("what filters look at comes as a whole, and turned round", () => {
  const filling = new PartialPayload(overview());
  const atlas = new Atlas(filling.payload);
  assert.deepEqual([...atlas.out("about", 1)], []);
  assert.deepEqual([...atlas.out("broader", 5)], [4]);
  assert.deepEqual([...atlas.into("broader", 4)], [5]);
  filling.addFacets({ day: Int32Array.of(1, 2, 3, 4), story: Int32Array.of(0, 0, 1, 1), about_start: Uint32Array.of(0, 1, 2, 2, 4), about_to: Uint32Array.of(4, 5, 4, 5) });
  atlas.forget();
  assert.deepEqual([0, 1, 2, 3, 4].map((node) => [...atlas.out("about", node)]), [[4], [5], [], [4, 5], []]);
  assert.deepEqual([...atlas.into("about", 4)], [0, 3]);
  assert.equal(atlas.day(3), 4);
  assert.equal(atlas.columns.story[2], 1);
  assert.equal(atlas.facet("level").to.length, 0);
  filling.addFacets({ "facet.level_start": Uint32Array.of(0, 0, 1, 1, 1), "facet.level_to": Uint16Array.of(0) });
  assert.deepEqual([[...atlas.facet("level").start], [...atlas.facet("level").to]], [[0, 0, 1, 1, 1], [0]]);
});

test("rows of single nodes hold once they have come, and are not forgotten when less is told", () => {
  const filling = new PartialPayload(overview());
  const atlas = new Atlas(filling.payload);
  atlas.addText(noText(), new Uint8Array(6));
  assert.deepEqual([[...atlas.out("related", 1)], [...atlas.into("related", 1)], atlas.isSurrounded(1)], [[], [], false]);
  atlas.addRows(1, surroundingsOf(atlas.header, { related_out: Uint32Array.of(2), related_in: Uint32Array.of(0, 3), about_out: Uint32Array.of(5) }));
  atlas.addRows(1, rowsOf(atlas.header, { related_start: Uint32Array.of(0, 0, 1), related_to: Uint32Array.of(2) }, 1));
  assert.deepEqual([[...atlas.out("related", 1)], [...atlas.into("related", 1)], atlas.isSurrounded(1)], [[2], [0, 3], true]);
  assert.deepEqual(atlas.neighbours(1).map(({ node, relation, outgoing }) => [node, relation, outgoing]), [
    [5, "about", true],
    [2, "related", true],
    [0, "related", false],
    [3, "related", false],
  ]);
});

test("texts are asked for when they are missed, once for each node, and told when they come", () => {
  const text = noText();
  const told = new Uint8Array(6);
  const atlas = new Atlas(new PartialPayload(overview()).payload);
  atlas.addText(text, told);
  /** @type {number[]} */
  const missed = [];
  atlas.onLacking = (node) => missed.push(node);
  assert.equal(atlas.label(2), "");
  assert.equal(atlas.label(4), "A");
  /** @type {string[]} */
  const heard = [];
  atlas.onText(3, () => heard.push(atlas.label(3)));
  assert.deepEqual(missed, [2, 3]);
  addTexts(text, Uint32Array.of(3, 4), [
    { label: "fourth", iri: "https://x.example/4", facts: { price: 1 } },
    { url: "https://a.example/", excerpt: "about A", names: ["Alpha"] },
  ]);
  for (const node of [3, 4]) {
    told[node] = 1;
    atlas.arrived(node);
  }
  assert.deepEqual(heard, ["fourth"]);
  assert.deepEqual([atlas.url(3), atlas.facts(3), atlas.excerpt(4), atlas.names(4)], ["https://x.example/4", { price: 1 }, "about A", ["Alpha"]]);
  assert.deepEqual([atlas.hasTextOf(2), atlas.hasTextOf(3), atlas.hasText], [false, true, false]);
});
