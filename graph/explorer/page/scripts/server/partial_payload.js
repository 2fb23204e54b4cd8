/** A payload that comes in pieces: columns of full length that begin empty, and are filled with what the server sends. */

import { row } from "../data/rows.js";

/** @import {Column, Header, MapPayload} from "../data/payload.js" */
/** @import {TextPayload, KnownRows} from "../data/atlas.js" */
/** @typedef {{label?: string, iri?: string, url?: string, excerpt?: string, image?: string, names?: string[], keywords?: string, sections?: string[],
 *   facts?: import("../data/atlas.js").Facts}} NodeText  without what is empty */

const PLACES = ["topics_x", "topics_y", "network_x", "network_y", "time_x", "time_y"];
/** What pieces say about each node beside its places, and what is there before; null stands for "unknown". @type {Record<string, [any, number|null]>} */
const TOLD = {
  size: [Float32Array, 0],
  flags: [Uint8Array, 0],
  island: [Int32Array, -1],
  community: [Int32Array, -1],
  part: [Uint16Array, 0],
  named: [Uint16Array, 0],
  day: [Int32Array, null],
  quality: [Int32Array, null],
  heat: [Int32Array, null],
  words: [Int32Array, null],
  type: [Uint8Array, 0],
  category: [Uint8Array, 0],
  degree: [Uint32Array, 0],
};
const NO_TILE = 255;

/** A node that has not come has no place and no relations. */
export class PartialPayload {
  /** For each node, how many of the pieces that are kept hold it. */
  #held;
  /** For each article, how many of these are drawn at any zoom, and the level of the tile that holds it. */
  #always;
  #tile;
  /** For each article whether its links have come. */
  #tied;
  #edges = 0;

  /** @param {MapPayload} overview */
  constructor({ header, columns }) {
    const { article, person } = header.kinds;
    this.articles = article[1];
    this.count = person[1];
    this.#held = new Uint16Array(this.count);
    this.#always = new Uint16Array(this.articles);
    this.#tile = new Uint8Array(this.articles).fill(NO_TILE);
    this.#tied = new Uint8Array(this.articles);
    /** @type {Record<string, Column>} */
    const whole = {};
    for (const name of PLACES) whole[name] = new Float32Array(this.count).fill(NaN);
    for (const [name, [Kind, nothing]] of Object.entries(TOLD)) whole[name] = new Kind(this.count).fill(nothing ?? header.tables.nothing);
    whole.level = new Uint8Array(this.articles);
    for (const name of ["from", "to"]) whole[`backbone_${name}`] = new Uint32Array(0);
    /** How many articles are on the map. */
    this.standing = 0;
    const firsts = Object.fromEntries(relationsIn(header, columns).map((name) => [name, this.articles]));
    /** What the atlas is made of. @type {MapPayload} */
    this.payload = { header: { ...header, firsts }, columns: whole };
    this.#take(columns, this.articles);
  }

  /** Take in what filters count by, of all articles. @param {Record<string, Column>} columns */
  addFacets(columns) {
    this.payload.columns.story = columns.story;
    for (const { name } of this.payload.header.facets) {
      for (const part of ["start", "to"]) this.payload.columns[`facet.${name}_${part}`] = columns[`facet.${name}_${part}`];
    }
    this.#take(columns, 0);
  }

  /** @param {Record<string, Column>} columns @param {number} first  the node that their first value is of */
  #take(columns, first) {
    const whole = this.payload.columns;
    for (const name of [...PLACES, ...Object.keys(TOLD)]) if (columns[name]) whole[name].set(columns[name], first);
    for (const relation of relationsIn(this.payload.header, columns)) {
      for (const part of ["start", "to"]) whole[`${relation}_${part}`] = columns[`${relation}_${part}`];
    }
  }

  /**
   * Put some nodes on the map.
   * @param {Record<string, Column>} columns  among them `node`, the numbers of these nodes
   * @param {number} [level]  of the tiles, from which on they are drawn; always if it is not given
   */
  add(columns, level) {
    const { node } = columns;
    const whole = this.payload.columns;
    this.learn(columns);
    for (const name of PLACES) for (let at = 0; at < node.length; at += 1) whole[name][node[at]] = columns[name][at];
    for (let at = 0; at < node.length; at += 1) {
      const n = node[at];
      if (n >= this.articles) continue;
      if (this.#held[n] === 0) this.standing += 1;
      this.#held[n] += 1;
      if (level === undefined) this.#always[n] += 1;
      else this.#tile[n] = Math.min(this.#tile[n], level);
      whole.level[n] = this.#always[n] > 0 ? 0 : this.#tile[n];
    }
    if (columns.backbone_start) this.#tie(node, columns);
  }

  /** Take in what is known about nodes without putting them on the map. @param {Record<string, Column>} columns  among them `node` */
  learn(columns) {
    const { node } = columns;
    for (const name of Object.keys(TOLD)) {
      const [values, into] = [columns[name], this.payload.columns[name]];
      if (values?.length === node.length) for (let at = 0; at < node.length; at += 1) into[node[at]] = values[at];
    }
  }

  /** @param {number} n @returns {boolean} whether it is on the map */
  holds(n) {
    return n >= this.articles || this.#held[n] > 0;
  }

  /**
   * Drop the nodes of a piece; those that are in no other piece leave the map.
   * @param {Column} nodes
   * @param {number} [level]  as it was given when they were added
   */
  drop(nodes, level) {
    for (const n of nodes) {
      if (n >= this.articles) continue;
      this.#held[n] -= 1;
      if (level === undefined) this.#always[n] -= 1;
      this.payload.columns.level[n] = this.#always[n] > 0 ? 0 : this.#tile[n];
      if (this.#held[n] > 0) continue;
      this.standing -= 1;
      for (const name of PLACES) this.payload.columns[name][n] = NaN;
    }
  }

  /** Add the links of nodes, once for each node. @param {Column} node @param {Record<string, Column>} columns */
  #tie(node, { backbone_start: start, backbone_to: to }) {
    const { columns } = this.payload;
    this.#edges = columns.backbone_from.length;
    const most = this.#edges + to.length;
    const from = whole32(columns.backbone_from, most);
    const ends = whole32(columns.backbone_to, most);
    for (let at = 0; at < node.length; at += 1) {
      if (this.#tied[node[at]]) continue;
      this.#tied[node[at]] = 1;
      for (let place = start[at]; place < start[at + 1]; place += 1) {
        from[this.#edges] = node[at];
        ends[this.#edges] = to[place];
        this.#edges += 1;
      }
    }
    columns.backbone_from = from.subarray(0, this.#edges);
    columns.backbone_to = ends.subarray(0, this.#edges);
  }
}

/** @param {Header} header @param {Record<string, Column>} columns @returns {string[]} the relations that have rows here */
function relationsIn({ relations }, columns) {
  return relations.filter((name) => columns[`${name}_start`]);
}

/** Return the same numbers with room for more after them. @param {Column} numbers @param {number} most @returns {Uint32Array} */
function whole32(numbers, most) {
  const known = new Uint32Array(numbers.buffer);
  if (known.length >= most) return known;
  const larger = new Uint32Array(2 * most);
  larger.set(numbers);
  return larger;
}

/** @returns {TextPayload} the texts before any has come */
export function noText() {
  return { label: [], iri: [], url: [], excerpt: [], image: [], names: {}, keywords: {}, facts: {}, sections: {} };
}

/**
 * Take in the texts of nodes.
 * @param {TextPayload} text
 * @param {Column} nodes
 * @param {NodeText[]} texts  one for each node
 */
export function addTexts(text, nodes, texts) {
  texts.forEach((told, at) => {
    const n = nodes[at];
    if (told.label !== undefined) text.label[n] = told.label;
    if (told.iri !== undefined) text.iri[n] = told.iri;
    text.url[n] = told.url ?? null;
    text.image[n] = told.image ?? null;
    if (text.excerpt) text.excerpt[n] = told.excerpt ?? null;
    if (told.names) text.names[n] = told.names;
    if (told.keywords) text.keywords[n] = told.keywords;
    if (told.sections && text.sections) text.sections[n] = told.sections;
    if (told.facts) text.facts[n] = told.facts;
  });
}

/**
 * The rows of one node in a reply about several, by relation.
 * @param {Header} header
 * @param {Record<string, Column>} columns
 * @param {number} at  the place of the node in the reply
 * @returns {Map<string, KnownRows>}
 */
export function rowsOf(header, columns, at) {
  const rowIn = (/** @type {string} */ relation) => row({ first: 0, start: columns[`${relation}_start`], to: columns[`${relation}_to`] }, at);
  return new Map(relationsIn(header, columns).map((relation) => [relation, { out: rowIn(relation).slice(), into: null }]));
}

/**
 * All relations of one node in a reply about it.
 * @param {Header} header
 * @param {Record<string, Column>} columns
 * @returns {Map<string, KnownRows>}
 */
export function surroundingsOf({ relations }, columns) {
  const known = relations.filter((relation) => columns[`${relation}_out`]);
  return new Map(known.map((relation) => [relation, { out: columns[`${relation}_out`], into: columns[`${relation}_in`] ?? null }]));
}
