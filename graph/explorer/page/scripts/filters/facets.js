/** The facets of articles: which values each article has. */

/** @import {Atlas} from "../data/atlas.js" */
/** @import {Column} from "../data/payload.js" */
/** @import {Rows} from "../data/rows.js" */
/** @import {Facet} from "./choice.js" */
/** Values by number: those of article n stand in the rows, or the one it has, plus `shift`, in a column; 0 is none then. `above`
 * are the values that a value counts for, itself included. `many`: whether an article may have several; `joint`: whether most
 * have, so that several wanted values are first taken as needed together.
 * @typedef {{facet: Facet, size: number, keyOf: (at: number) => any, placeOf: (key: any) => number, many: boolean, joint: boolean, rows?: Rows,
 *   column?: Column, shift?: number, above?: (at: number) => number[]}} Values */

import { STATUSES, ownFacet } from "./choice.js";

/** From so many values of an article on, on average, several wanted ones are taken as needed together. */
const JOINT = 1.5;

/** @param {Atlas} atlas @returns {Values[]} all facets of an atlas */
export function facetsOf(atlas) {
  const { header, columns, count } = atlas;
  const wider = Array.from({ length: header.kinds.topic[1] - atlas.articles }, (_, at) => [...widerThan(atlas, atlas.articles + at)]);
  const nodes = (/** @type {Facet} */ facet, /** @type {string} */ relation) => ({
    facet, size: count, keyOf: (/** @type {number} */ at) => at, placeOf: (/** @type {number} */ node) => node, ...inRows(atlas.rows(relation)),
  });
  const named = (/** @type {Facet} */ facet, /** @type {Column} */ column, /** @type {string[]} */ names) => ({
    facet, size: 256, column, shift: 0, many: false, joint: false,
    keyOf: (/** @type {number} */ at) => names[at - 1], placeOf: (/** @type {string} */ name) => names.indexOf(name) + 1 || -1,
  });
  let communities = 1;
  for (const one of columns.community) communities = Math.max(communities, one + 2);
  const own = header.facets.map(({ name, values, keys = values }) => ({
    facet: ownFacet(name), size: keys.length, keyOf: (/** @type {number} */ at) => keys[at], placeOf: (/** @type {string} */ key) => keys.indexOf(key),
    ...inRows(atlas.facet(name)),
  }));
  return [
    { ...nodes("topics", "about"), above: (at) => wider[at - atlas.articles] ?? [at] },
    nodes("providers", "publisher"),
    nodes("authors", "author"),
    named("types", columns.type, header.types),
    named("categories", columns.category, header.categories),
    {
      facet: "status", size: STATUSES.length, ...inRows(statusRows(atlas)),
      keyOf: (at) => STATUSES[at], placeOf: (/** @type {any} */ name) => STATUSES.indexOf(name),
    },
    { facet: "communities", size: communities, column: columns.community, shift: 1, many: false, joint: false, keyOf: (at) => at - 1, placeOf: (one) => one + 1 },
    ...own,
  ];
}

/** Values in rows. @param {Rows} rows */
function inRows(rows) {
  const { start, to } = rows;
  let [some, several] = [0, false];
  for (let n = 0; n + 1 < start.length; n += 1) {
    if (start[n + 1] > start[n]) some += 1;
    if (start[n + 1] > start[n] + 1) several = true;
  }
  return { rows, many: several, joint: to.length >= JOINT * some && several };
}

/** @param {Atlas} atlas @returns {Rows} what each article is, by the places of STATUSES */
function statusRows({ articles, columns: { flags }, flag }) {
  const bits = STATUSES.map((name) => (name === "full" ? 0 : (flag[name] ?? 0)));
  const start = new Uint32Array(articles + 1);
  const to = new Uint8Array(STATUSES.length * articles);
  let end = 0;
  for (let n = 0; n < articles; n += 1) {
    if (!(flags[n] & (flag.stub | flag.unpublished))) to[end++] = 0;
    for (let at = 1; at < bits.length; at += 1) if (flags[n] & bits[at]) to[end++] = at;
    start[n + 1] = end;
  }
  return { first: 0, start, to: to.subarray(0, end) };
}

/** @param {Atlas} atlas @param {number} topic @returns {Set<number>} the topic and all wider ones, even in a circle */
function widerThan(atlas, topic) {
  const found = new Set([topic]);
  for (const one of found) for (const wider of atlas.out("broader", one)) found.add(wider);
  return found;
}

/**
 * Which articles have one of some values, or, with `every`, all of them; what is no value leaves none.
 * @param {Values} values
 * @param {any[]} keys
 * @param {boolean} every
 * @returns {(node: number) => boolean}
 */
export function having(values, keys, every) {
  const groups = every ? keys.map((key) => [key]) : [keys];
  /** @type {((node: number) => boolean)[]} */
  const tests = [];
  for (let at = 0; at < groups.length; at += 30) tests.push(havingFew(values, groups.slice(at, at + 30)));
  return tests.length === 1 ? tests[0] : (node) => tests.every((test) => test(node));
}

/** @param {Values} values @param {any[][]} groups  at most 30, of each of which one is needed */
function havingFew({ size, placeOf, rows, column, shift = 0, above }, groups) {
  const full = 2 ** groups.length - 1;
  /** The groups that each value is in, as bits. */
  const bits = new Int32Array(size);
  groups.forEach((keys, group) => {
    for (const key of keys) if (bits[placeOf(key)] !== undefined) bits[placeOf(key)] |= 1 << group;
  });
  if (column) return (/** @type {number} */ node) => bits[column[node] + shift] === full;
  const { start, to } = /** @type {Rows} */ (rows);
  const known = above ? new Int32Array(size).fill(-1) : bits;
  return (/** @type {number} */ node) => {
    let found = 0;
    for (let at = start[node]; at < start[node + 1] && found !== full; at += 1) {
      const value = to[at];
      if (above && known[value] < 0) known[value] = above(value).reduce((sum, one) => sum | bits[one], 0);
      found |= known[value];
    }
    return found === full;
  };
}

/** Counts the values of articles. */
export class Tally {
  #counts;
  #last;

  /** @param {Values} values */
  constructor(values) {
    this.values = values;
    this.#counts = new Uint32Array(values.size);
    /** The article that each value was last counted for, where an article may lead to a value twice. */
    this.#last = values.above ? new Int32Array(values.size).fill(-1) : null;
  }

  /** @param {Uint32Array} nodes  not added before @param {Set<number>|null} [only]  the places that are counted, if not all */
  add(nodes, only = null) {
    const { column, shift = 0, rows, above } = this.values;
    const [counts, last] = [this.#counts, this.#last];
    if (column) {
      for (let place = 0; place < nodes.length; place += 1) {
        const at = column[nodes[place]] + shift;
        if (!only || only.has(at)) counts[at] += 1;
      }
      return;
    }
    const { start, to } = /** @type {Rows} */ (rows);
    for (let place = 0; place < nodes.length; place += 1) {
      const node = nodes[place];
      for (let at = start[node]; at < start[node + 1]; at += 1) {
        if (!above || !last) {
          if (!only || only.has(to[at])) counts[to[at]] += 1;
          continue;
        }
        for (const value of above(to[at])) {
          if (last[value] !== node && (!only || only.has(value))) counts[value] += 1;
          last[value] = node;
        }
      }
    }
  }

  /** @returns {Map<any, number>} what was counted at least once, by its key */
  counts() {
    const found = new Map();
    const { keyOf } = this.values;
    for (let at = 0; at < this.#counts.length; at += 1) {
      const key = this.#counts[at] > 0 ? keyOf(at) : undefined;
      if (key !== undefined) found.set(key, this.#counts[at]);
    }
    return found;
  }
}

/**
 * For each article one value, or -1: of several the commonest, so that values are few; of what it is, the first.
 * @param {Values} values
 * @param {number} articles
 * @param {Uint8Array} kept  1 for each article that counts
 * @returns {Int32Array}
 */
export function mainValues({ facet, column, shift = 0, rows, size }, articles, kept) {
  const found = new Int32Array(articles).fill(-1);
  if (column) {
    for (let n = 0; n < articles; n += 1) found[n] = column[n] + shift || -1;
    return found;
  }
  const { start, to } = /** @type {Rows} */ (rows);
  const counts = new Uint32Array(size);
  for (let n = 0; n < articles; n += 1) if (kept[n]) for (let at = start[n]; at < start[n + 1]; at += 1) counts[to[at]] += 1;
  for (let n = 0; n < articles; n += 1) {
    for (let at = start[n]; at < start[n + 1]; at += 1) {
      const best = found[n];
      if (best < 0 || (facet !== "status" && counts[to[at]] > counts[best])) found[n] = to[at];
    }
  }
  return found;
}
