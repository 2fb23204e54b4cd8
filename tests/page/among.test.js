/** Promises of among.js: what is counted among some nodes, and which topics rise among them. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Atlas } from "../../graph/explorer/page/scripts/data/atlas.js";
import { countLinks, evidence, risingAmong } from "../../graph/explorer/page/scripts/data/among.js";
import { decode } from "../../graph/explorer/page/scripts/data/payload.js";
import { dice, invent } from "./fixture.js";

const own = () => {
  const atlas = new Atlas(decode(invent(400).map));
  atlas.addText(invent(400).text);
  return atlas;
};

test("links are counted between nodes that are both shown, and by relations that are shown", () => {
  const atlas = own();
  const roll = dice(3);
  const visible = Uint8Array.from({ length: atlas.count }, () => Number(roll() < 0.4));
  for (const off of [[], ["related"], ["about", "publisher"]]) {
    const { all, named, isWhole } = countLinks(atlas, visible, off);
    assert.ok(isWhole);
    for (let n = 0; n < atlas.count; n += 1) {
      if (!visible[n]) continue;
      const near = atlas.neighbours(n).filter(({ node, relation }) => visible[node] && !off.includes(relation));
      assert.equal(all[n], near.length);
      const pointing = near.filter(({ node, relation, outgoing }) => !outgoing && node < atlas.articles && ["related", "links"].includes(relation));
      assert.equal(named[n], pointing.length);
    }
  }
  const every = countLinks(atlas, new Uint8Array(atlas.count).fill(1), []).all;
  for (let n = 0; n < atlas.count; n += 1) assert.equal(every[n], atlas.degree(n));
});

test("evidence is nothing at chance, and grows with what chance does not explain", () => {
  assert.equal(evidence(10, 100, 100, 1000), 0);
  assert.ok(evidence(1, 100, 100, 1000) < 0);
  // The first row of Dunning's own table (1993): 110 and 2442 of 2552, 111 and 29114 of 29225.
  assert.equal(Math.round(evidence(110, 2552, 221, 31777) * 100) / 100, 270.72);
});

test("a topic that is on many of the latest and few of the earlier articles rises, and one on all of them does not", () => {
  const atlas = own();
  const kept = new Uint8Array(atlas.articles).fill(1);
  const { day } = atlas.columns;
  const { start, to } = atlas.rows("about");
  const [topic] = atlas.header.kinds.topic;
  assert.ok(!risingAmong(atlas, kept).some(([one]) => one === topic));
  const late = Int32Array.from(day.subarray(0, atlas.articles)).sort()[Math.floor(atlas.articles * 0.8)];
  for (let n = 0; n < atlas.articles; n += 1) if (day[n] >= late) to[start[n]] = topic;
  const [[first, now, before, count]] = risingAmong(atlas, kept);
  assert.equal(first, topic);
  assert.ok(now > 2 * before && count > 20);
  assert.deepEqual(risingAmong(atlas, new Uint8Array(atlas.articles)), []);
});
