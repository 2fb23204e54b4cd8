/** Which nodes the reader wants to see, and how many each further choice would leave. */

/** @import {Atlas} from "../data/atlas.js" */
/** What the reader has chosen; an empty list chooses all.
 * @typedef {object} Settled
 * @property {string[]} kinds
 * @property {string[]} types
 * @property {string[]} categories
 * @property {number[]} topics  nodes; a topic includes all narrower ones
 * @property {number[]} providers  nodes
 * @property {string[]} status  "full", "stub", "unpublished"
 * @property {number[]} communities
 * @property {number|null} from  first day
 * @property {number|null} to  last day
 * @property {number|null} low  lowest quality
 * @property {number|null} high  highest quality
 * @property {string} words  that names must have
 * @property {number[]} picked  nodes selected on the map
 */
/** A facet of the site's own, with the keys of the chosen values.
 * @typedef {`own.${string}`} Own */
/** @typedef {Settled & Record<Own, string[]>} Choice */
/** How many articles each value would leave, by facet and value; days and qualities by value.
 * @typedef {Record<"kinds"|"types"|"categories"|"topics"|"providers"|"status"|"communities"|Own, Map<any, number>>} Counts */
/** @typedef {{visible: Uint8Array, articles: number, shown: number, counts: Counts, dated: Uint8Array,
 *   rated: Uint8Array, active: boolean}} Filtered */

const STATUSES = ["full", "stub", "unpublished"];
const FACETS = ["types", "categories", "topics", "providers", "status", "communities", "days", "quality", "words"];
/** The place of each facet that every site has. @type {Record<string, number>} */
const AT = Object.fromEntries(FACETS.map((name, place) => [name, place]));
/** For each article how many facets it fails, and the place of the last of these.
 * @typedef {{number: Uint16Array, last: Uint16Array}} Fails */

/** @returns {Choice} the choice of everything */
export function noChoice() {
  const lists = { kinds: [], types: [], categories: [], topics: [], providers: [], status: [], communities: [], picked: [] };
  return { ...lists, from: null, to: null, low: null, high: null, words: "" };
}

/** @param {Choice} choice @returns {boolean} whether anything is chosen */
export function isChosen(choice) {
  return Object.values(choice).some((value) => (Array.isArray(value) ? value.length > 0 : value !== null && value !== ""));
}

/** @param {Choice} choice @returns {[Own, string[]][]} what is chosen in facets of the site's own */
export function ownChoices(choice) {
  const chosen = /** @type {[Own, string[]][]} */ (Object.entries(choice).filter(([name]) => name.startsWith("own.")));
  return chosen.filter(([, keys]) => keys.length > 0);
}

/** @param {string} name @returns {Own} the facet of a relation or literal of the site's own, in a choice */
export function ownFacet(name) {
  return `own.${name}`;
}

export class Filters {
  /** @param {Atlas} atlas */
  constructor(atlas) {
    this.atlas = atlas;
    const [first, end] = atlas.header.kinds.topic;
    /** For each topic the topics it counts for: itself and all wider ones. @type {number[][]} */
    this.wider = [];
    for (let topic = first; topic < end; topic += 1) this.wider.push([...widerThan(atlas, topic)]);
    this.about = atlas.rows("about");
    /** The relations by which articles keep other nodes, that to providers first. */
    this.ends = ["publisher", "author", "about", ...atlas.header.own.relations.map(({ name }) => name)].map((name) => atlas.rows(name));
    /** The facets of the site's own, and the rows of their values. */
    this.own = atlas.header.facets.map(({ name, values, keys = values }) => ({ facet: ownFacet(name), keys, rows: atlas.facet(name) }));
    /** The place of each facet among all. @type {Map<string, number>} */
    this.place = new Map([...FACETS, ...this.own.map(({ facet }) => facet)].map((name, place) => [name, place]));
    this.communities = 0;
    for (const one of atlas.columns.community) this.communities = Math.max(this.communities, one + 1);
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
      if (fails.number[node] !== 0) continue;
      articles += 1;
      kept[node] = 1;
      if (active) this.#keepAround(node, kept);
    }
    for (let node = atlas.articles; node < atlas.count; node += 1) if (!active || named?.has(node)) kept[node] = 1;
    if (active) {
      this.#keepParents(kept);
      this.#keepPeople(kept);
    }
    /** @type {Map<string, number>} */
    const byKind = new Map();
    let shown = 0;
    for (const [kind, [first, end]] of Object.entries(atlas.header.kinds)) {
      let some = 0;
      for (let node = first; node < end; node += 1) some += kept[node];
      if (some > 0) byKind.set(kind, some);
      if (!wants(kind)) continue;
      visible.set(kept.subarray(first, end), first);
      shown += some;
    }
    const counts = { ...this.#counts(fails), kinds: byKind };
    const passes = (/** @type {string} */ facet) => {
      const place = this.place.get(facet);
      const passed = new Uint8Array(fails.number.length);
      fails.number.forEach((number, node) => (passed[node] = Number(number === 0 || (number === 1 && fails.last[node] === place))));
      return passed;
    };
    return {
      visible,
      articles: wants("article") ? articles : 0,
      shown,
      counts,
      dated: passes("days"),
      rated: passes("quality"),
      active: active || kinds.size > 0,
    };
  }

  /** Keep the other nodes that an article leads to: topics and wider ones, provider, authors. @param {number} node @param {Uint8Array} kept */
  #keepAround(node, kept) {
    const { articles, header } = this.atlas;
    const [, end] = header.kinds.topic;
    for (const { start, to } of this.ends) {
      for (let at = start[node]; at < start[node + 1]; at += 1) {
        const other = to[at];
        if (other < articles || kept[other] === 1) continue; // its wider topics are kept too
        kept[other] = 1;
        if (other < end) for (const near of this.countsFor(other)) kept[near] = 1;
      }
    }
  }

  /** Keep providers of which a part is kept. @param {Uint8Array} kept */
  #keepParents(kept) {
    const [first, end] = this.atlas.header.kinds.provider;
    const rising = Array.from({ length: end - first }, (_, at) => first + at).filter((node) => kept[node] === 1);
    for (const node of rising) {
      for (const parent of this.atlas.out("parent", node)) {
        if (kept[parent] === 0) rising.push(parent);
        kept[parent] = 1;
      }
    }
  }

  /** Keep people whose organisation or subject is kept. @param {Uint8Array} kept */
  #keepPeople(kept) {
    const [first, end] = this.atlas.header.kinds.person;
    for (let node = first; node < end; node += 1) {
      if (kept[node] === 1 || this.atlas.into("author", node).length > 0) continue;
      const ends = [...this.atlas.out("affiliation", node), ...this.atlas.out("expertise", node)];
      if (ends.some((other) => kept[other] === 1)) kept[node] = 1;
    }
  }

  /**
   * @param {Choice} choice
   * @param {Set<number>|null} named
   * @returns {Fails} which facets' choices each article fails
   */
  #fails(choice, named) {
    const { atlas } = this;
    const { columns, header: { tables: { nothing } } } = atlas;
    const [number, last] = [new Uint16Array(atlas.articles), new Uint16Array(atlas.articles)];
    /** @param {string} facet @param {(node: number) => boolean} passes */
    const need = (facet, passes) => {
      const place = this.place.get(facet) ?? this.place.size;
      for (let node = 0; node < number.length; node += 1) {
        if (passes(node)) continue;
        number[node] += 1;
        last[node] = place;
      }
    };
    const [types, categories, status] = [new Set(choice.types), new Set(choice.categories), new Set(choice.status)];
    const [topics, providers, communities] = [new Set(choice.topics), new Set(choice.providers), new Set(choice.communities)];
    if (types.size) need("types", (node) => types.has(atlas.type(node)));
    if (categories.size) need("categories", (node) => categories.has(atlas.category(node)));
    if (topics.size) need("topics", leadsTo(this.about, (topic) => this.countsFor(topic).some((one) => topics.has(one)), atlas.count));
    if (providers.size) need("providers", leadsTo(this.ends[0], (one) => providers.has(one), atlas.count));
    if (status.size) need("status", (node) => statusOf(atlas, node).some((one) => status.has(one)));
    if (communities.size) need("communities", (node) => communities.has(columns.community[node]));
    if (choice.from !== null || choice.to !== null) need("days", isWithin(columns.day, choice.from, choice.to, nothing));
    if (choice.low !== null || choice.high !== null) need("quality", isWithin(columns.quality, choice.low, choice.high, nothing));
    if (named !== null) need("words", (node) => named.has(node));
    for (const [facet, keys] of ownChoices(choice)) {
      const own = this.own.find((one) => one.facet === facet);
      const wanted = new Set(keys.map((key) => own?.keys.indexOf(key) ?? -1)); // an unknown value leaves nothing
      need(facet, own ? leadsTo(own.rows, (value) => wanted.has(value), own.keys.length) : () => false);
    }
    return { number, last };
  }

  /** @param {Fails} fails */
  #counts(fails) {
    const { columns, header, count, flag: { stub, unpublished } } = this.atlas;
    const { type, category, flags, community } = columns;
    const [types, categories, status] = [new Uint32Array(256), new Uint32Array(256), new Uint32Array((stub | unpublished) + 1)];
    const [communities, nodes] = [new Uint32Array(this.communities + 1), new Uint32Array(count)];
    const last = new Int32Array(count).fill(-1);
    const own = this.own.map(({ keys }) => new Uint32Array(keys.length));
    const [publisher] = this.ends;
    for (let node = 0; node < fails.number.length; node += 1) {
      if (fails.number[node] > 1) continue; // fails two facets, so that no single further choice brings it back
      const failed = fails.number[node] === 0 ? -1 : fails.last[node];
      if (failed < 0 || failed === AT.types) types[type[node]] += 1;
      if (failed < 0 || failed === AT.categories) categories[category[node]] += 1;
      if (failed < 0 || failed === AT.status) status[flags[node] & (stub | unpublished)] += 1;
      if (failed < 0 || failed === AT.communities) communities[community[node] + 1] += 1;
      if (failed < 0 || failed === AT.providers) addRow(publisher, node, nodes);
      if (failed < 0 || failed === AT.topics) this.#countTopics(node, nodes, last);
      for (let at = 0; at < own.length; at += 1) if (failed < 0 || failed === FACETS.length + at) addRow(this.own[at].rows, node, own[at]);
    }
    const { topic, provider } = header.kinds;
    const both = status[stub | unpublished];
    /** @type {Counts} */
    const counts = {
      kinds: new Map(),
      types: countedUp(types.subarray(1), (at) => header.types[at]),
      categories: countedUp(categories.subarray(1), (at) => header.categories[at]),
      topics: countedUp(nodes.subarray(...topic), (at) => topic[0] + at),
      providers: countedUp(nodes.subarray(...provider), (at) => provider[0] + at),
      status: countedUp(Uint32Array.of(status[0], status[stub] + both, status[unpublished] + both), (at) => STATUSES[at]),
      communities: countedUp(communities, (at) => at - 1),
      ...Object.fromEntries(this.own.map(({ facet, keys }, at) => [facet, countedUp(own[at], (place) => keys[place])])),
    };
    return counts;
  }

  /**
   * @param {number} node
   * @param {Uint32Array} tally  by node
   * @param {Int32Array} last  the article that each topic was last counted for, as each article counts it once
   */
  #countTopics(node, tally, last) {
    const { start, to } = this.about;
    for (let at = start[node]; at < start[node + 1]; at += 1) {
      for (const topic of this.countsFor(to[at])) {
        if (last[topic] !== node) tally[topic] += 1;
        last[topic] = node;
      }
    }
  }
}

/** Count each value of a node's row. @param {import("../data/rows.js").Rows} rows @param {number} node @param {Uint32Array} tally */
function addRow({ start, to }, node, tally) {
  for (let at = start[node]; at < start[node + 1]; at += 1) tally[to[at]] += 1;
}

/**
 * What was counted at least once, by its key.
 * @param {Uint32Array} tally
 * @param {(at: number) => any} keyOf
 * @returns {Map<any, number>}
 */
function countedUp(tally, keyOf) {
  const found = new Map();
  tally.forEach((number, at) => {
    if (number > 0) found.set(keyOf(at), number);
  });
  return found;
}

/**
 * Whether an article points to a wanted node; each node is checked once.
 * @param {import("../data/rows.js").Rows} rows
 * @param {(node: number) => boolean} isWanted
 * @param {number} count  of all nodes
 * @returns {(node: number) => boolean}
 */
function leadsTo({ start, to }, isWanted, count) {
  const known = new Int8Array(count).fill(-1);
  return (node) => {
    for (let at = start[node]; at < start[node + 1]; at += 1) {
      const other = to[at];
      if (known[other] < 0) known[other] = isWanted(other) ? 1 : 0;
      if (known[other] === 1) return true;
    }
    return false;
  };
}

/** @param {Atlas} atlas @param {number} node @returns {string[]} what an article is, of full, stub and unpublished */
export function statusOf(atlas, node) {
  const found = /** @type {const} */ (["stub", "unpublished"]).filter((name) => atlas.hasFlag(node, name));
  return found.length ? found : ["full"];
}

/**
 * @param {import("../data/payload.js").Column} column
 * @param {number|null} low
 * @param {number|null} high
 * @param {number} nothing  what means "unknown"
 * @returns {(node: number) => boolean} whether a value is known and lies between both, which are included
 */
function isWithin(column, low, high, nothing) {
  return (node) => {
    const value = column[node];
    return value !== nothing && (low === null || value >= low) && (high === null || value <= high);
  };
}

/** @param {Atlas} atlas @param {number} topic @returns {Set<number>} the topic and all wider ones, even in a circle */
function widerThan(atlas, topic) {
  const found = new Set([topic]);
  for (const one of found) for (const wider of atlas.out("broader", one)) found.add(wider);
  return found;
}
