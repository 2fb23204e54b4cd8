/** Promises of paths.js: no way is shorter than the one found, each of its steps is a relation, and hubs are avoided. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Atlas } from "../../graph/explorer/page/scripts/data/atlas.js";
import { around, findPath, findPaths, stepsOf, verbOf } from "../../graph/explorer/page/scripts/data/paths.js";
import { decode } from "../../graph/explorer/page/scripts/data/payload.js";
import { dice, invent } from "./fixture.js";

const atlas = new Atlas(decode(invent(120).map));
const near = Array.from({ length: atlas.count }, (_, n) => new Set(atlas.neighbours(n).map(({ node }) => node)));

/** @param {number} start */
function distances(start) {
  const away = new Map([[start, 0]]);
  for (const [node, steps] of away) for (const other of near[node]) if (!away.has(other)) away.set(other, steps + 1);
  return away;
}

test("the way found is a shortest one, over relations, told by the verb of each", () => {
  const roll = dice(2);
  for (let round = 0; round < 80; round += 1) {
    const [start, end] = [Math.floor(roll() * atlas.count), Math.floor(roll() * atlas.count)];
    const path = findPath(atlas, start, end);
    const steps = distances(start).get(end);
    if (steps === undefined) assert.equal(path, null);
    else {
      assert.ok(path);
      assert.equal(path.length, steps + 1);
      assert.deepEqual([path[0], path[path.length - 1]], [start, end]);
      for (const step of stepsOf(atlas, path)) {
        const ends = step.outgoing ? atlas.out(step.relation, step.from) : atlas.into(step.relation, step.from);
        assert.ok(ends.includes(step.to));
        assert.ok(verbOf(atlas, step).length > 3);
      }
    }
  }
});

test("among shortest ways over one node the one over the least connected is taken", () => {
  for (let end = 1; end < atlas.count; end += 1) {
    const path = findPath(atlas, 0, end);
    if (path?.length !== 3) continue;
    const between = [...near[0]].filter((node) => near[node].has(end));
    assert.equal(atlas.degree(path[1]), Math.min(...between.map((node) => atlas.degree(node))));
  }
});

test("around a node lies what is so many steps away", () => {
  assert.deepEqual([...around(atlas, 4, 0)], [4]);
  assert.deepEqual(around(atlas, 4, 1), new Set([4, ...near[4]]));
  for (const node of around(atlas, 4, 2)) assert.ok((distances(4).get(node) ?? 9) <= 2);
});

test("several ways are different, each a walk over relations without a node twice, the shortest first, as the first is alone", () => {
  const roll = dice(8);
  for (let round = 0; round < 40; round += 1) {
    const [start, end] = [Math.floor(roll() * atlas.count), Math.floor(roll() * atlas.count)];
    const paths = findPaths(atlas, start, end, 3);
    const first = findPath(atlas, start, end);
    assert.deepEqual(paths[0] ?? null, first);
    assert.equal(new Set(paths.map((path) => path.join())).size, paths.length);
    for (const path of paths) {
      assert.equal(new Set(path).size, path.length);
      path.slice(1).forEach((node, at) => assert.ok(near[path[at]].has(node)));
    }
    const lengths = paths.map((path) => path.length);
    assert.deepEqual(lengths, [...lengths].sort((one, other) => one - other));
    assert.deepEqual(findPaths(atlas, start, end, 3, (first?.length ?? 1) - 1), paths.filter(({ length }) => length === first?.length));
    assert.ok(findPaths(atlas, start, end, 3, (first?.length ?? 1) - 2).every(({ length }) => length < (first?.length ?? 1)));
    // Where a neighbour of both ends is left out, nothing as short was overlooked.
    const between = start === end ? [] : [...near[start]].filter((node) => node !== end && near[node].has(end));
    if (between.length > 2 && first?.length === 3) assert.ok(paths.every((path) => path.length === 3));
  }
});
