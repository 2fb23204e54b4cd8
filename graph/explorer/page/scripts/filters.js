/** Which nodes the reader wants to see, and how many there would be under each further choice. */

import { FLAG, NOTHING } from "./atlas.js";

/** @import {Atlas} from "./atlas.js" */
/** What the reader has chosen; an empty list chooses all.
 * @typedef {object} Choice
 * @property {string[]} kinds
 * @property {string[]} types
 * @property {string[]} categories
 * @property {number[]} topics  nodes; a topic stands for all narrower ones too
 * @property {number[]} providers  nodes
 * @property {string[]} status  "full", "stub", "unpublished"
 * @property {number[]} communities
 * @property {number|null} from  first day
 * @property {number|null} to  last day
 * @property {number|null} low  lowest quality
 * @property {number|null} high  highest quality
 * @property {string} words  what articles and others must be called
 */
/** How many articles each value would leave, by facet and value; days and qualities by value.
 * @typedef {Record<"kinds"|"types"|"categories"|"topics"|"providers"|"status"|"communities", Map<any, number>>} Counts */
/** @typedef {{visible: Uint8Array, articles: number, shown: number, counts: Counts, dated: Uint8Array,
 *   rated: Uint8Array, active: boolean}} Filtered */

const FACETS = ["types", "categories", "topics", "providers", "status", "communities", "days", "quality", "words"];
/** @type {Record<string, number>} */
const BIT = Object.fromEntries(FACETS.map((name, place) => [name, 1 << place]));

/** @returns {Choice} the choice of everything */
export function noChoice() {
  return {
    kinds: [],
    types: [],
    categories: [],
    topics: [],
    providers: [],
    status: [],
    communities: [],
    from: null,
    to: null,
    low: null,
    high: null,
    words: "",
  };
}

/** @param {Choice} choice @returns {boolean} whether anything is chosen */
export function isChosen(choice) {
  return Object.values(choice).some((value) => (Array.isArray(value) ? value.length > 0 : value !== null && value !== ""));
}

export class Filters {
  /** @param {Atlas} atlas */
  constructor(atlas) {
    this.atlas = atlas;
    const [first, end] = atlas.header.kinds.topic;
    /** For each topic the topics it counts for: itself and all wider ones. @type {number[][]} */
    this.wider = [];
    for (let topic = first; topic < end; topic += 1) this.wider.push([...widerThan(atlas, topic)]);
  }

  /** @param {number} topic @returns {number[]} the topic and all wider ones */
  countsFor(topic) {
    return this.wider[topic - this.atlas.articles];
  }

  /**
   * @param {Choice} choice
   * @param {Set<number>|null} named  the nodes that fit the choice's words, where it has any
   * @returns {Filtered}
   */
  apply(choice, named) {
    const { atlas } = this;
    const fails = this.#fails(choice, named);
    const kinds = new Set(choice.kinds);
    const wants = (/** @type {string} */ kind) => kinds.size === 0 || kinds.has(kind);
    const visible = new Uint8Array(atlas.count);
    const kept = new Uint8Array(atlas.count);
    let articles = 0;
    const active = isChosen({ ...choice, kinds: [] });
    for (let node = 0; node < atlas.articles; node += 1) {
      if (fails[node] !== 0) continue;
      articles += 1;
      kept[node] = 1;
      if (active) this.#keepAround(node, kept);
    }
    for (let node = atlas.articles; node < atlas.count; node += 1) if (!active || named?.has(node)) kept[node] = 1;
    if (active) this.#keepPeople(kept);
    /** @type {Map<string, number>} */
    const byKind = new Map();
    let shown = 0;
    for (let node = 0; node < atlas.count; node += 1) {
      if (kept[node] === 0) continue;
      const kind = atlas.kind(node);
      byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
      if (!wants(kind)) continue;
      visible[node] = 1;
      shown += 1;
    }
    const counts = { ...this.#counts(fails), kinds: byKind };
    const passes = (/** @type {number} */ bit) => Uint8Array.from(fails, (failed) => ((failed & ~bit) === 0 ? 1 : 0));
    return {
      visible,
      articles: wants("article") ? articles : 0,
      shown,
      counts,
      dated: passes(BIT.days),
      rated: passes(BIT.quality),
      active: active || kinds.size > 0,
    };
  }

  /** Keep the topics (and wider ones), provider and authors of an article. @param {number} node @param {Uint8Array} kept */
  #keepAround(node, kept) {
    const { atlas } = this;
    for (const near of atlas.out("publisher", node)) kept[near] = 1;
    for (const near of atlas.out("author", node)) kept[near] = 1;
    for (const topic of atlas.out("about", node)) for (const near of this.countsFor(topic)) kept[near] = 1;
  }

  /** People stay where what they belong to or know about stays. @param {Uint8Array} kept */
  #keepPeople(kept) {
    const [first, end] = this.atlas.header.kinds.person;
    for (let node = first; node < end; node += 1) {
      if (kept[node] === 1 || this.atlas.into("author", node).length > 0) continue;
      const ends = [...this.atlas.out("affiliation", node), ...this.atlas.out("expertise", node)];
      if (ends.some((other) => kept[other] === 1)) kept[node] = 1;
    }
  }

  /**
   * For each article the facets whose choice it fails, as bits.
   * @param {Choice} choice
   * @param {Set<number>|null} named
   */
  #fails(choice, named) {
    const { atlas } = this;
    const { columns } = atlas;
    const fails = new Uint16Array(atlas.articles);
    /** @param {string} facet @param {(node: number) => boolean} passes */
    const need = (facet, passes) => {
      for (let node = 0; node < fails.length; node += 1) if (!passes(node)) fails[node] |= BIT[facet];
    };
    const types = new Set(choice.types);
    if (types.size) need("types", (node) => types.has(atlas.type(node)));
    const categories = new Set(choice.categories);
    if (categories.size) need("categories", (node) => categories.has(atlas.category(node)));
    const topics = new Set(choice.topics);
    if (topics.size) {
      need("topics", (node) => atlas.out("about", node).some((topic) => this.countsFor(topic).some((t) => topics.has(t))));
    }
    const providers = new Set(choice.providers);
    if (providers.size) need("providers", (node) => atlas.out("publisher", node).some((one) => providers.has(one)));
    const status = new Set(choice.status);
    if (status.size) need("status", (node) => statusOf(columns.flags[node]).some((one) => status.has(one)));
    const communities = new Set(choice.communities);
    if (communities.size) need("communities", (node) => communities.has(columns.community[node]));
    if (choice.from !== null || choice.to !== null) need("days", isWithin(columns.day, choice.from, choice.to));
    if (choice.low !== null || choice.high !== null) need("quality", isWithin(columns.quality, choice.low, choice.high));
    if (named !== null) need("words", (node) => named.has(node));
    return fails;
  }

  /** @param {Uint16Array} fails */
  #counts(fails) {
    const { atlas } = this;
    const { columns } = atlas;
    /** @type {Counts} */
    const counts = {
      kinds: new Map(),
      types: new Map(),
      categories: new Map(),
      topics: new Map(),
      providers: new Map(),
      status: new Map(),
      communities: new Map(),
    };
    const more = (/** @type {Map<any, number>} */ map, /** @type {any} */ key) => map.set(key, (map.get(key) ?? 0) + 1);
    for (let node = 0; node < fails.length; node += 1) {
      const failed = fails[node];
      if ((failed & (failed - 1)) !== 0) continue; // fails two facets: no single further choice brings it back
      if ((failed & ~BIT.types) === 0 && columns.type[node]) more(counts.types, atlas.type(node));
      if ((failed & ~BIT.categories) === 0 && columns.category[node]) more(counts.categories, atlas.category(node));
      if ((failed & ~BIT.status) === 0) for (const one of statusOf(columns.flags[node])) more(counts.status, one);
      if ((failed & ~BIT.communities) === 0) more(counts.communities, columns.community[node]);
      if ((failed & ~BIT.providers) === 0) for (const one of atlas.out("publisher", node)) more(counts.providers, one);
      if ((failed & ~BIT.topics) === 0) {
        const topics = atlas.out("about", node);
        if (topics.length === 1) for (const one of this.countsFor(topics[0])) more(counts.topics, one);
        else for (const one of new Set([...topics].flatMap((topic) => this.countsFor(topic)))) more(counts.topics, one);
      }
    }
    return counts;
  }
}

/** @param {number} flags @returns {string[]} what an article is, of full, stub and unpublished */
export function statusOf(flags) {
  const found = [];
  if (flags & FLAG.stub) found.push("stub");
  if (flags & FLAG.unpublished) found.push("unpublished");
  return found.length ? found : ["full"];
}

/**
 * @param {import("./payload.js").Column} column
 * @param {number|null} low
 * @param {number|null} high
 * @returns {(node: number) => boolean} whether a value is known and lies between both, which are included
 */
function isWithin(column, low, high) {
  return (node) => {
    const value = column[node];
    return value !== NOTHING && (low === null || value >= low) && (high === null || value <= high);
  };
}

/** @param {Atlas} atlas @param {number} topic @returns {Set<number>} the topic and all wider ones, circles or not */
function widerThan(atlas, topic) {
  const found = new Set([topic]);
  for (const one of found) for (const wider of atlas.out("broader", one)) found.add(wider);
  return found;
}
