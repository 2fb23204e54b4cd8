/** Promises of filters.js: what is shown fits every choice, and each count is what one further choice would leave. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Atlas } from "../../graph/explorer/page/scripts/data/atlas.js";
import { STATUSES, barredIn, isChosen, noChoice, ownFacet } from "../../graph/explorer/page/scripts/filters/choice.js";
import { Filters } from "../../graph/explorer/page/scripts/filters/filters.js";
import { decode } from "../../graph/explorer/page/scripts/data/payload.js";
import { dice, invent } from "./fixture.js";

/** @typedef {import("../../graph/explorer/page/scripts/filters/choice.js").Choice} Choice */

const atlas = new Atlas(decode(invent(400).map));
const filters = new Filters(atlas);

/** @param {string} name @param {string[]} keys @param {number} node @returns {string[]} the keys of what it has in a facet of the site's own */
function keysOf(name, keys, node) {
  const { start, to } = atlas.facet(name);
  return Array.from(to.subarray(start[node], start[node + 1]), (place) => keys[place]);
}

/** @param {number} node @returns {string[]} what an article is, of STATUSES */
function statusOf(node) {
  const found = /** @type {const} */ (["stub", "unpublished"]).filter((name) => atlas.hasFlag(node, name));
  const apart = /** @type {const} */ (["unnamed", "alone"]).filter((name) => atlas.hasFlag(node, name));
  return [...(found.length ? found : ["full"]), ...apart];
}

/** @param {string} facet @param {number} node @returns {any[]} */
function valuesOf(facet, node) {
  const own = atlas.header.facets.find(({ name }) => ownFacet(name) === facet);
  if (own) return keysOf(own.name, own.keys ?? own.values, node);
  switch (facet) {
    case "types":
      return [atlas.type(node)];
    case "categories":
      return [atlas.category(node)];
    case "topics":
      return [...atlas.out("about", node)];
    case "providers":
      return [...atlas.out("publisher", node)];
    case "authors":
      return [...atlas.out("author", node)];
    case "status":
      return statusOf(node);
    default:
      return [atlas.columns.community[node]];
  }
}

const NAMES = ["types", "categories", "topics", "providers", "authors", "status", "communities", ...atlas.header.facets.map(({ name }) => ownFacet(name))];

/** @param {Choice} choice @param {number} node */
function fits(choice, node) {
  const between = (/** @type {number|null} */ value, /** @type {number|null} */ low, /** @type {number|null} */ high) =>
    (low === null && high === null) || (value !== null && (low === null || value >= low) && (high === null || value <= high));
  const chosen = /** @type {Record<string, any[]>} */ (/** @type {unknown} */ (choice));
  return (
    NAMES.every((facet) => {
      const [wanted, values] = [chosen[facet] ?? [], valuesOf(facet, node)];
      const has = (/** @type {any} */ one) => values.includes(one);
      if ((chosen[`not.${facet}`] ?? []).some(has)) return false;
      return wanted.length === 0 || (choice.every.includes(facet) ? wanted.every(has) : wanted.some(has));
    }) &&
    between(atlas.day(node), choice.from, choice.to) &&
    between(atlas.number("quality", node), choice.low, choice.high)
  );
}

/** @param {() => number} roll @returns {Choice} */
function chance(roll) {
  const some = (/** @type {any[]} */ values) => (roll() < 0.75 ? [] : values.filter(() => roll() < 0.4));
  const { topic, provider, person } = atlas.header.kinds;
  const range = (/** @type {number} */ first, /** @type {number} */ end) => Array.from({ length: end - first }, (_, n) => first + n);
  /** @type {Record<string, any[]>} */
  const values = {
    types: atlas.header.types, categories: atlas.header.categories, topics: range(...topic), providers: range(...provider), authors: range(...person),
    status: [...STATUSES], communities: range(0, atlas.header.communities.length),
    ...Object.fromEntries(atlas.header.facets.map(({ name, values: own, keys = own }) => [ownFacet(name), keys])),
  };
  return {
    ...noChoice(),
    ...Object.fromEntries(NAMES.map((facet) => [facet, some(values[facet])])),
    ...Object.fromEntries(NAMES.map((facet) => [`not.${facet}`, roll() < 0.85 ? [] : values[facet].filter(() => roll() < 0.15)])),
    every: NAMES.filter(() => roll() < 0.3),
    from: roll() < 0.3 ? 17000 + Math.floor(1500 * roll()) : null,
    to: roll() < 0.3 ? 18500 + Math.floor(1500 * roll()) : null,
    low: roll() < 0.2 ? Math.floor(60 * roll()) : null,
  };
}

test("exactly the articles that fit are shown, and around them their topics, providers and what else they lead to", () => {
  const roll = dice(11);
  for (let round = 0; round < 200; round += 1) {
    const choice = chance(roll);
    const { visible, articles } = filters.apply(choice, null);
    let count = 0;
    for (let node = 0; node < atlas.articles; node += 1) {
      const fit = fits(choice, node);
      assert.equal(visible[node], fit ? 1 : 0);
      count += fit ? 1 : 0;
      const around = ["about", "publisher", "editor"].flatMap((relation) => [...atlas.out(relation, node)]);
      if (fit) for (const near of around.filter((other) => other >= atlas.articles)) assert.equal(visible[near], 1);
    }
    assert.equal(articles, count);
  }
});

test("a count beside a value is what that value would leave, alone or in addition where all are needed", () => {
  const roll = dice(12);
  for (let round = 0; round < 60; round += 1) {
    const choice = chance(roll);
    const { counts, articles } = filters.apply(choice, null);
    for (const facet of /** @type {("types"|"topics"|"providers"|"status"|"communities"|"categories")[]} */ (Object.keys(counts).filter((name) => name !== "kinds"))) {
      const out = choice[barredIn(facet)];
      const wanted = choice.every.includes(facet) ? choice[facet] : [];
      for (const [value, count] of counts[facet]) {
        if (out.includes(value)) continue;
        assert.equal(filters.apply({ ...choice, [facet]: [...new Set([...wanted, value])] }, null).articles, count, `${facet} ${value}`);
      }
      // What is barred says how many articles come back without that.
      if (out.length === 1) {
        const back = filters.apply({ ...choice, [barredIn(facet)]: [] }, null).articles - articles;
        assert.equal(counts[facet].get(out[0]) ?? 0, back, `not ${facet} ${out[0]}`);
      }
    }
  }
});

test("what is barred is never shown, and all that is needed together has all of it", () => {
  const [first] = atlas.header.kinds.topic;
  const all = filters.apply({ ...noChoice(), topics: [first] }, null);
  const without = filters.apply({ ...noChoice(), topics: [first], "not.types": ["video"] }, null);
  assert.ok(without.articles > 0 && without.articles < all.articles);
  for (let node = 0; node < atlas.articles; node += 1) if (without.visible[node]) assert.notEqual(atlas.type(node), "video");
  assert.equal(filters.apply({ ...noChoice(), topics: [first, first + 1], every: ["topics"] }, null).articles, 0);
  const both = filters.apply({ ...noChoice(), "own.level": ["easy", "a,b & c"], every: ["own.level"] }, null);
  for (let node = 0; node < atlas.articles; node += 1) {
    assert.equal(both.visible[node] === 1, ["easy", "a,b & c"].every((key) => keysOf("level", ["easy", "hard", "a,b & c"], node).includes(key)));
  }
});

test("kinds are taken off the map without touching what the articles count", () => {
  const { visible, counts } = filters.apply({ ...noChoice(), kinds: ["topic"] }, null);
  for (let node = 0; node < atlas.count; node += 1) assert.equal(visible[node], atlas.kind(node) === "topic" ? 1 : 0);
  assert.equal(counts.kinds.get("article"), atlas.articles);
});

test("what no article has in a facet of the site's own leaves none, and an empty choice leaves all", () => {
  for (const [name, key] of [["level", "nowhere"], ["nosuch", "easy"], ["constructor", "name"]]) {
    assert.equal(filters.apply({ ...noChoice(), [ownFacet(name)]: [key] }, null).articles, 0);
  }
  assert.equal(filters.apply({ ...noChoice(), "own.level": [] }, null).articles, atlas.articles);
  assert.equal(isChosen({ ...noChoice(), "own.level": [] }), false);
});

test("words narrow to what bears them", () => {
  const { visible, articles } = filters.apply({ ...noChoice(), words: "x" }, new Set([3, 5]));
  assert.equal(articles, 2);
  assert.equal(visible[3] + visible[5], 2);
});

test("what a provider is part of stays with it, however high, and circles come to an end", () => {
  const own = new Atlas(decode(invent(100).map));
  const [first, end] = own.header.kinds.provider;
  const parents = [1, 2, 0].map((next) => first + next);
  parents.forEach((parent, at) => own.addRows(first + at, new Map([["parent", { out: Uint32Array.of(parent), into: null }]])));
  const published = Array.from({ length: own.articles }, (_, node) => [...own.out("publisher", node)]);
  assert.ok(end - first > 3 && published.some((row) => row.includes(first)));
  const { visible } = new Filters(own).apply({ ...noChoice(), providers: [first] }, null);
  assert.deepEqual([...visible.subarray(first, end)].map((shown, at) => (shown ? at : -1)).filter((at) => at >= 0), [0, 1, 2]);
});
