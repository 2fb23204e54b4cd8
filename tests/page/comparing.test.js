/** Promises of comparing.js: counts are those of a plain look, overlap and leads are what they were made to be. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Atlas } from "../../graph/explorer/page/scripts/data/atlas.js";
import { articlesOf, compare, leadOf } from "../../graph/explorer/page/scripts/data/comparing.js";
import { decode } from "../../graph/explorer/page/scripts/data/payload.js";
import { dice, invent } from "./fixture.js";

const atlas = new Atlas(decode(invent(300).map));
const itself = (/** @type {number} */ topic) => [topic];

test("each has its own articles, in months that add up, and shares what both have", () => {
  const [topic] = atlas.header.kinds.topic;
  const [provider] = atlas.header.kinds.provider;
  const { compared, pairs, topics } = compare(atlas, [topic, provider], itself);
  const expected = [
    Array.from({ length: atlas.articles }, (_, n) => n).filter((n) => atlas.out("about", n).includes(topic)),
    Array.from({ length: atlas.articles }, (_, n) => n).filter((n) => atlas.out("publisher", n).includes(provider)),
  ];
  assert.deepEqual(compared.map(({ articles }) => articles), expected);
  for (const { articles, months } of compared) assert.equal(months.reduce((sum, count) => sum + count, 0), articles.filter((n) => atlas.day(n) !== null).length);
  const shared = expected[0].filter((n) => expected[1].includes(n)).length;
  assert.deepEqual([pairs.length, pairs[0].shared], [1, shared]);
  assert.equal(pairs[0].overlap, shared / (expected[0].length + expected[1].length - shared));
  assert.ok(!topics.includes(topic) && !compared.some(({ own }) => own.includes(topic)));
});

test("a topic includes narrower ones, and what nothing is about has no articles", () => {
  const [topic] = atlas.header.kinds.topic;
  const wider = (/** @type {number} */ one) => (one === topic + 1 ? [topic + 1, topic] : [one]);
  assert.equal(articlesOf(atlas, topic, wider).length, articlesOf(atlas, topic, itself).length + articlesOf(atlas, topic + 1, itself).length);
  assert.deepEqual(compare(atlas, [], itself), { first: 0, compared: [], pairs: [], topics: [] });
});

test("a lead is told where one series is the other, later, and not where they have nothing to do with each other", () => {
  const roll = dice(4);
  const noise = () => Array.from({ length: 60 }, () => Math.floor(roll() * 20));
  const series = noise();
  const later = (/** @type {number} */ months) => [...noise().slice(0, months), ...series.slice(0, 60 - months)];
  for (const months of [1, 3, 6]) {
    assert.equal(leadOf(series, later(months))?.months, months);
    assert.equal(leadOf(later(months), series)?.months, -months);
  }
  assert.equal(leadOf(series, series)?.months, 0);
  assert.equal(leadOf(series, noise()), null);
  assert.equal(leadOf(series.slice(0, 5), series.slice(0, 5)), null);
  assert.equal(leadOf(new Array(60).fill(1), series), null);
});
