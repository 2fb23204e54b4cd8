/** The facets of articles: which values each article has. */

/** @import {Atlas} from "../data/atlas.js" */
/** @import {Column} from "../data/payload.js" */
/** @import {Rows} from "../data/rows.js" */
/** @import {Facet} from "./choice.js" */
/** Values by number: those of article n stand in the rows, or the one it has in a column, where 0 is none; plus `shift` in both. `above`
 * are, by number, the values that a value counts for, itself included. `many`: whether an article may have several; `joint`: whether
 * most have, so that several wanted values are first taken as needed together.
 * @typedef {{facet: Facet, size: number, keyOf: (at: number) => any, placeOf: (key: any) => number, many: boolean, joint: boolean, rows?: Rows,
 *   column?: Column, shift: number, above?: number[][]}} Values */

import { STATUSES, ownFacet } from "./choice.js";

/** With at least this many values per article, on average, several wanted ones are all needed. */
const JOINT = 1.5;

/** @param {Atlas} atlas @returns {Values[]} all facets of an atlas */
export function facetsOf(atlas) {
  const { header, columns, count, articles } = atlas;
  const nodes = (/** @type {Facet} */ facet, /** @type {string} */ relation) => ({
    facet, size: count - articles, keyOf: (/** @type {number} */ at) => at + articles, placeOf: (/** @type {number} */ node) => node - articles,
    ...inRows(atlas.rows(relation)), shift: -articles,
  });
  const topics = nodes("topics", "about");
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
    { ...topics, above: Array.from({ length: topics.size }, (_, at) => Array.from(widerThan(atlas, articles + at), topics.placeOf)) },
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
  return { rows, shift: 0, many: several, joint: to.length >= JOINT * some && several };
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
 * @param {number} articles
 * @returns {Uint8Array} 1 for each that has
 */
export function having(values, keys, every, articles) {
  const groups = every ? keys.map((key) => [key]) : [keys];
  const found = new Uint8Array(articles).fill(1);
  for (let at = 0; at < groups.length; at += 30) dropLacking(found, values, groups.slice(at, at + 30));
  return found;
}

/** @param {Uint8Array} found  becomes 0 where a group is lacking @param {Values} values @param {any[][]} groups  at most 30, of each of which one is needed */
function dropLacking(found, { size, placeOf, rows, column, shift, above }, groups) {
  const full = 2 ** groups.length - 1;
  /** The groups that each value is in, as bits. */
  let bits = new Int32Array(size);
  groups.forEach((keys, group) => {
    for (const key of keys) bits[placeOf(key)] |= 1 << group;
  });
  if (above) bits = bits.map((_, at) => above[at].reduce((sum, one) => sum | bits[one], 0));
  if (column) {
    for (let n = 0; n < found.length; n += 1) if (bits[column[n] + shift] !== full) found[n] = 0;
    return;
  }
  const { start, to } = /** @type {Rows} */ (rows);
  for (let n = 0; n < found.length; n += 1) {
    let has = 0;
    for (let at = start[n]; at < start[n + 1]; at += 1) has |= bits[to[at] + shift];
    if (has !== full) found[n] = 0;
  }
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
    this.#last = new Int32Array(values.above ? values.size : 0).fill(-1);
  }

  /** @param {Uint32Array} nodes  not added before */
  add(nodes) {
    const { column, shift, rows, above } = this.values;
    const [counts, last] = [this.#counts, this.#last];
    if (column) {
      for (let place = 0; place < nodes.length; place += 1) counts[column[nodes[place]] + shift] += 1;
      return;
    }
    const { start, to } = /** @type {Rows} */ (rows);
    for (let place = 0; place < nodes.length; place += 1) {
      const node = nodes[place];
      for (let at = start[node]; at < start[node + 1]; at += 1) {
        const value = to[at] + shift;
        if (!above) {
          counts[value] += 1;
          continue;
        }
        const all = above[value];
        for (let up = 0; up < all.length; up += 1) {
          if (last[all[up]] !== node) counts[all[up]] += 1;
          last[all[up]] = node;
        }
      }
    }
  }

  /** @param {Tally} other  of the same values, of which some are taken over @param {number[]} places */
  take(other, places) {
    for (const at of places) if (this.#counts[at] !== undefined) this.#counts[at] += other.#counts[at];
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
export function mainValues({ facet, column, shift, rows, size }, articles, kept) {
  const found = new Int32Array(articles).fill(-1);
  if (column) {
    for (let n = 0; n < articles; n += 1) found[n] = column[n] + shift || -1;
    return found;
  }
  const { start, to } = /** @type {Rows} */ (rows);
  const counts = new Uint32Array(size);
  for (let n = 0; n < articles; n += 1) if (kept[n]) for (let at = start[n]; at < start[n + 1]; at += 1) counts[to[at] + shift] += 1;
  for (let n = 0; n < articles; n += 1) {
    for (let at = start[n]; at < start[n + 1]; at += 1) {
      const [value, best] = [to[at] + shift, found[n]];
      if (best < 0 || (facet !== "status" && counts[value] > counts[best])) found[n] = value;
    }
  }
  return found;
}
