/** Which nodes the reader wants to see, and how many each further choice would leave. */

/** @import {Atlas} from "../data/atlas.js" */
/** @import {Choice, Facet} from "./choice.js" */
/** @import {Values} from "./facets.js" */
/** How many articles each value would leave, by facet and value: alone, or together with what is wanted where all wanted values
 * are needed. Of a barred value, how many articles it takes away.
 * @typedef {Record<"kinds"|Facet, Map<any, number>>} Counts */
/** `kept` are the articles that fit, whatever kinds are shown.
 * @typedef {{visible: Uint8Array, kept: Uint8Array, articles: number, shown: number, counts: Counts, dated: Uint8Array,
 *   rated: Uint8Array, active: boolean}} Filtered */

import { barred, facetsIn, isChosen, wantedIn } from "./choice.js";
import { Tally, facetsOf, having } from "./facets.js";

/** For each article how many conditions it fails, and the place of the last of these: that of a facet for its wanted values, and
 * so many further on for its barred ones.
 * @typedef {{number: Uint16Array, last: Uint16Array}} Fails */

export class Filters {
  /** Of each topic, itself and all wider ones. @type {number[][]} */
  #wider;

  /** @param {Atlas} atlas */
  constructor(atlas) {
    this.atlas = atlas;
    this.facets = facetsOf(atlas);
    const [{ above = [], keyOf }] = this.facets;
    this.#wider = above.map((all) => all.map(keyOf));
    /** The relations by which articles keep other nodes. */
    this.ends = ["publisher", "author", "about", ...atlas.header.own.relations.map(({ name }) => name)].map((name) => atlas.rows(name));
    /** The places of conditions that are no facets. */
    this.places = { days: 2 * this.facets.length, quality: 2 * this.facets.length + 1, words: 2 * this.facets.length + 2, nowhere: 2 * this.facets.length + 3 };
  }

  /** @param {number} topic @returns {number[]} the topic and all wider ones */
  countsFor(topic) {
    return this.#wider[topic - this.atlas.articles];
  }

  /** @param {Facet} facet @returns {Values|undefined} */
  of(facet) {
    return this.facets.find((one) => one.facet === facet);
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
    const active = isChosen({ ...choice, kinds: [] });
    const fit = failing(fails, 0);
    for (let at = 0; at < fit.length; at += 1) kept[fit[at]] = 1;
    if (active) this.#keepAround(fit, kept);
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
    const fitting = kept.subarray(0, atlas.articles);
    const passes = (/** @type {number} */ place, /** @type {(number|null)[]} */ ...ends) => {
      if (ends.every((end) => end === null)) return fitting;
      const passed = fitting.slice();
      for (const node of failing(fails, 1, place)) passed[node] = 1;
      return passed;
    };
    return {
      visible,
      kept: fitting,
      articles: wants("article") ? fit.length : 0,
      shown,
      counts: this.#counts(choice, fails, fit, byKind),
      dated: passes(this.places.days, choice.from, choice.to),
      rated: passes(this.places.quality, choice.low, choice.high),
      active: active || kinds.size > 0,
    };
  }

  /** Keep the other nodes that articles lead to: topics and wider ones, providers, authors. @param {Uint32Array} nodes @param {Uint8Array} kept */
  #keepAround(nodes, kept) {
    const { articles, header } = this.atlas;
    for (const { start, to } of this.ends) {
      for (let place = 0; place < nodes.length; place += 1) {
        for (let at = start[nodes[place]]; at < start[nodes[place] + 1]; at += 1) if (to[at] >= articles) kept[to[at]] = 1;
      }
    }
    const [first, end] = header.kinds.topic;
    for (let topic = first; topic < end; topic += 1) if (kept[topic] === 1) for (const wider of this.countsFor(topic)) kept[wider] = 1;
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
   * @returns {Fails} which conditions each article fails
   */
  #fails(choice, named) {
    const { columns, articles, header: { tables: { nothing } } } = this.atlas;
    const [number, last] = [new Uint16Array(articles), new Uint16Array(articles)];
    const need = (/** @type {number} */ place, /** @type {Uint8Array} */ has, wanted = 1) => {
      for (let node = 0; node < articles; node += 1) {
        if (has[node] === wanted) continue;
        number[node] += 1;
        last[node] = place;
      }
    };
    const { days, quality, words, nowhere } = this.places;
    for (const facet of facetsIn(choice)) {
      const place = this.facets.findIndex((one) => one.facet === facet);
      const values = this.facets[place];
      const [wanted, out] = [wantedIn(choice, facet), barred(choice, facet)];
      if (wanted.length) need(values ? place : nowhere, values ? having(values, wanted, choice.every.includes(facet), articles) : new Uint8Array(articles));
      if (out.length && values) need(place + this.facets.length, having(values, out, false, articles), 0);
    }
    if (choice.from !== null || choice.to !== null) need(days, isWithin(columns.day, articles, choice.from, choice.to, nothing));
    if (choice.low !== null || choice.high !== null) need(quality, isWithin(columns.quality, articles, choice.low, choice.high, nothing));
    if (named !== null) need(words, Uint8Array.from({ length: articles }, (_, node) => Number(named.has(node))));
    return { number, last };
  }

  /**
   * @param {Choice} choice
   * @param {Fails} fails
   * @param {Uint32Array} fit  the articles that fail nothing
   * @param {Map<string, number>} kinds
   * @returns {Counts} each counted when it is first asked for
   */
  #counts(choice, fails, fit, kinds) {
    const counts = { kinds };
    this.facets.forEach((values, place) => {
      /** @type {Map<any, number>|null} */
      let known = null;
      Object.defineProperty(counts, values.facet, { enumerable: true, get: () => (known ??= this.#count(values, place, choice, fails, fit)) });
    });
    return /** @type {Counts} */ (counts);
  }

  /** @param {Values} values @param {number} place  of these among the facets @param {Choice} choice @param {Fails} fails @param {Uint32Array} fit */
  #count(values, place, choice, fails, fit) {
    const { facet, placeOf } = values;
    const tally = new Tally(values);
    tally.add(fit);
    // One other choice brings back each article that fails only this one; but if all wanted values are needed, another
    // one only narrows.
    if (wantedIn(choice, facet).length && !choice.every.includes(facet)) tally.add(failing(fails, 1, place));
    const out = barred(choice, facet);
    if (out.length) {
      const lost = new Tally(values);
      lost.add(failing(fails, 1, place + this.facets.length));
      tally.take(lost, out.map(placeOf));
    }
    return tally.counts();
  }
}

/** @param {Fails} fails @param {number} many @param {number} [place]  of the last @returns {Uint32Array} the articles that fail so many conditions */
function failing({ number, last }, many, place = 0) {
  const found = new Uint32Array(number.length);
  let end = 0;
  for (let node = 0; node < number.length; node += 1) if (number[node] === many && last[node] === place) found[end++] = node;
  return found.subarray(0, end);
}

/**
 * @param {import("../data/payload.js").Column} column
 * @param {number} articles
 * @param {number|null} low
 * @param {number|null} high
 * @param {number} nothing  what means "unknown"
 * @returns {Uint8Array} 1 for each whose value is known and lies between both, which are included
 */
function isWithin(column, articles, low, high, nothing) {
  const [least, most] = [low ?? -Infinity, high ?? Infinity];
  const found = new Uint8Array(articles);
  for (let node = 0; node < articles; node += 1) if (column[node] !== nothing && column[node] >= least && column[node] <= most) found[node] = 1;
  return found;
}
