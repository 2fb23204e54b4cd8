/** Promises of local_graph.js: what is shown is joined to the middle, every relation among it is there, and choices leave only what they say. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Atlas } from "../../graph/explorer/page/scripts/data/atlas.js";
import { candidates, localGraph } from "../../graph/explorer/page/scripts/data/local_graph.js";
import { around } from "../../graph/explorer/page/scripts/data/paths.js";
import { decode } from "../../graph/explorer/page/scripts/data/payload.js";
import { invent } from "./fixture.js";

const atlas = new Atlas(decode(invent(150).map));
const plain = () => ({ depth: 2, direction: /** @type {const} */ ("both"), without: new Set(), withoutKinds: new Set() });

test("each node has a parent one step nearer, rows are distinct, and all relations among what is shown are ties", () => {
  for (const centre of [0, 20, 77, atlas.articles + 1]) {
    const { nodes, ties, left } = localGraph(atlas, centre, around(atlas, centre, 2), plain());
    const at = new Map(nodes.map((one) => [one.node, one]));
    assert.ok(left >= 0);
    for (const { node, step, side, parent, relation } of nodes) {
      if (node === centre) continue;
      const nearer = at.get(parent);
      assert.ok(nearer && nearer.step === step - 1 && (step === 1 || nearer.side === side));
      assert.ok(ties.some((tie) => tie.relation === relation && [tie.from, tie.to].includes(node) && [tie.from, tie.to].includes(parent)));
    }
    assert.equal(new Set(nodes.map(({ step, side, row }) => `${step} ${side} ${row}`)).size, nodes.length);
    let count = 0;
    for (const one of at.keys()) atlas.eachNeighbour(one, (other, _, outgoing) => (count += Number(outgoing && other !== one && at.has(other))));
    assert.equal(ties.length, count);
  }
});

test("a direction, a relation left out and a kind leave only what they say", () => {
  const centre = 20;
  const among = around(atlas, centre, 1);
  const outward = localGraph(atlas, centre, among, { ...plain(), depth: 1, direction: "out" });
  assert.ok(outward.nodes.slice(1).every(({ side, relation, node }) => side === 1 && atlas.out(relation, centre).includes(node)));
  const inward = localGraph(atlas, centre, among, { ...plain(), depth: 1, direction: "in" });
  assert.ok(inward.nodes.slice(1).every(({ side, relation, node }) => side === -1 && atlas.into(relation, centre).includes(node)));
  const without = localGraph(atlas, centre, among, { ...plain(), without: new Set(["related"]) });
  assert.ok(without.ties.every(({ relation }) => relation !== "related"));
  const topics = localGraph(atlas, centre, among, { ...plain(), withoutKinds: new Set(["article", "provider", "person"]) });
  assert.ok(topics.nodes.slice(1).every(({ node }) => atlas.kind(node) === "topic"));
});

test("of too many candidates the largest are kept, and none that is hidden", () => {
  const hub = Array.from({ length: atlas.count - atlas.articles }, (_, n) => atlas.articles + n).sort((a, b) => atlas.degree(b) - atlas.degree(a))[0];
  const visible = new Uint8Array(atlas.count).fill(1);
  visible[3] = 0;
  const some = candidates(atlas, hub, new Set([3, ...around(atlas, hub, 1)]), visible, 5);
  assert.equal(some.length, 6);
  assert.ok(!some.includes(3) && some[0] === hub);
});

test("of too many candidates those beside the centre come before larger ones further away", () => {
  const all = new Uint8Array(atlas.count).fill(1);
  for (const centre of [0, 20, 77]) {
    const near = [...around(atlas, centre, 1)].filter((node) => node !== centre);
    const some = candidates(atlas, centre, around(atlas, centre, 3), all, near.length + 2);
    assert.ok(around(atlas, centre, 3).size > near.length + 3);
    assert.deepEqual(near.filter((node) => !some.includes(node)), []);
    assert.equal(some.length, near.length + 3);
  }
});
