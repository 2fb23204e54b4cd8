/** Promises of atlas.js: every node is found with its kind, its words and its links in both directions. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Atlas } from "../../graph/explorer/page/scripts/data/atlas.js";
import { decode } from "../../graph/explorer/page/scripts/data/payload.js";
import { invent } from "./fixture.js";

const invented = invent(200);
const atlas = new Atlas(decode(invented.map));

test("each node has the kind of its range", () => {
  const counts = { article: 0, topic: 0, provider: 0, person: 0 };
  for (let n = 0; n < atlas.count; n += 1) counts[atlas.kind(n)] += 1;
  const { articles, topics, providers, people } = atlas.header.counts;
  assert.deepEqual(counts, { article: articles, topic: topics, provider: providers, person: people });
});

test("articles are nameless until their text arrives, everything else is named at once", () => {
  const fresh = new Atlas(decode(invented.map));
  assert.equal(fresh.hasText, false);
  assert.equal(fresh.label(3), "");
  assert.equal(fresh.label(fresh.count - 1), "Ada Example");
  fresh.addText(invented.text);
  assert.equal(fresh.label(3), invented.text.label[3]);
});

test("a link that goes out of one node comes into the other", () => {
  for (const relation of atlas.header.relations) {
    for (let n = 0; n < atlas.count; n += 1) {
      for (const target of atlas.out(relation, n)) assert.ok(atlas.into(relation, target).includes(n));
      for (const source of atlas.into(relation, n)) assert.ok(atlas.out(relation, source).includes(n));
    }
  }
});

test("neighbours are all links of a node, both ways", () => {
  for (const { node, relation, outgoing } of atlas.neighbours(20)) {
    const back = outgoing ? atlas.into(relation, node) : atlas.out(relation, node);
    assert.ok(back.includes(20));
  }
  assert.ok(atlas.neighbours(20).length >= 3);
});

test("what is unknown is null or empty, never a number that stands for nothing", () => {
  const topic = atlas.articles;
  assert.equal(atlas.day(topic), null);
  assert.equal(atlas.dateText(topic), "");
  assert.equal(atlas.type(topic), "");
  const unrated = Array.from({ length: 200 }, (_, n) => n).find((n) => atlas.columns.quality[n] < 0) ?? 0;
  assert.equal(atlas.number("quality", unrated), null);
});

test("an address that is no web address is no link", () => {
  const hostile = new Atlas(decode(invented.map));
  const url = [...invented.text.url];
  url[0] = "javascript:alert(1)";
  hostile.addText({ ...invented.text, url });
  assert.equal(hostile.url(0), null);
  assert.equal(hostile.url(1), "https://example.org/article/1");
});
