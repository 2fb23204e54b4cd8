/** The atlas: all nodes by number, what is known of each, and how they are connected. Nothing here draws. */

/** @import {Column, Kind, MapPayload} from "./payload.js" */
/** @import {Quote} from "./quotes.js" */
/** @import {Rows} from "./rows.js" */
/** @typedef {Record<string, string|number|boolean>} Facts */
/** @typedef {{node: number, relation: string, outgoing: boolean}} Neighbour */
/** @typedef {{out: Column, into: Column|null}} Told  one node's row of a relation, and of the same relation turned round where it is known */
/**
 * @typedef {object} TextPayload
 * @property {string[]} label  titles of the articles
 * @property {string[]} iri  of the articles
 * @property {(string|null)[]} url
 * @property {(string|null)[]} [excerpt]  absent where the page carries none
 * @property {Record<string, string[]>} names
 * @property {(string|null)[]} image
 * @property {Record<string, string>} keywords
 * @property {Record<string, Facts>} facts
 * @property {Record<string, (Quote|null)[]>} [quotes]  for each node in the order of its links
 */

import { Quotes } from "./quotes.js";
import { NO_NODES, reversed, row } from "./rows.js";

/** What stands for "none" in the integer columns. */
export const NOTHING = -2147483648;

/** The bits of the column `flags`. */
export const FLAG = { stub: 1, unpublished: 2, inferred: 4, picture: 8 };

const DAY = 86400000;

/** All nodes by number: articles first (island by island), then topics, providers and people. */
export class Atlas {
  /** @type {TextPayload|null} */
  #text = null;
  #whole = false;
  /** Which nodes' texts have come, where they come by need. @type {Uint8Array|null} */
  #toldOf = null;
  /** Rows of single nodes, where they come by need. @type {Map<number, Map<string, Told>>} */
  #told = new Map();
  /** What links are quoted from. @readonly */
  quotes = new Quotes();
  /** What waits for a node's texts. @type {Map<number, (() => void)[]>} */
  #waiting = new Map();
  /** Called with each node whose texts were asked for before they had come. @type {((node: number) => void)|null} */
  onLacking = null;
  /** Whether filters can count: everything they look at has come. */
  countable = true;
  /** @type {Map<string, Rows>} */
  #forward = new Map();
  /** @type {Map<string, Rows>} */
  #reversed = new Map();

  /** @param {MapPayload} payload */
  constructor(payload) {
    /** @readonly */
    this.header = payload.header;
    /** The columns by name, one value a node (or an article). @readonly */
    this.columns = payload.columns;
    /** How many articles there are: nodes below this number are articles. @readonly */
    this.articles = payload.header.kinds.article[1];
    /** How many nodes there are. @readonly */
    this.count = payload.header.kinds.person[1];
  }

  /** Whether all titles, addresses and excerpts have arrived. */
  get hasText() {
    return this.#whole;
  }

  /**
   * Take in the second payload.
   * @param {TextPayload} text
   * @param {Uint8Array|null} [toldOf]  where texts come by need: 1 for each node whose texts have come
   */
  addText(text, toldOf = null) {
    this.#text = text;
    this.#toldOf = toldOf;
    this.#whole = toldOf === null;
    this.quotes.ofAll = text.quotes ?? {};
  }

  /** @param {number} n @returns {boolean} whether this node's texts have arrived */
  hasTextOf(n) {
    return this.#whole || this.#toldOf?.[n] === 1;
  }

  /**
   * Do something when this node's texts are there: at once, or when they have come, for which they are asked for.
   * @param {number} n
   * @param {() => void} then
   */
  whenTold(n, then) {
    if (this.hasTextOf(n)) then();
    else if (this.#toldOf !== null) {
      const waiting = this.#waiting.get(n);
      if (waiting) waiting.push(then);
      else this.#waiting.set(n, [then]);
      this.onLacking?.(n);
    }
  }

  /** Ask for this node's texts, unless they are there. @param {number} n */
  want(n) {
    if (this.#toldOf?.[n] === 0) this.onLacking?.(n);
  }

  /** @returns {number[]} the nodes whose texts something waits for */
  waiting() {
    return [...this.#waiting.keys()];
  }

  /** This node's texts have come. @param {number} n */
  arrived(n) {
    const waiting = this.#waiting.get(n) ?? [];
    this.#waiting.delete(n);
    for (const then of waiting) then();
  }

  /**
   * Take in rows of one node, which hold for it from now on.
   * @param {number} n
   * @param {Map<string, Told>} rows  by relation
   */
  tell(n, rows) {
    const known = this.#told.get(n) ?? new Map();
    for (const [relation, { out, into }] of rows) known.set(relation, { out, into: into ?? known.get(relation)?.into ?? null });
    this.#told.set(n, known);
  }

  /** Let go of what was told of one node. @param {number} n */
  untell(n) {
    this.#told.delete(n);
    this.quotes.drop(n);
  }

  /** @param {number} n @returns {boolean} whether everything that is tied to this node is known, in either direction */
  isSurrounded(n) {
    return this.#toldOf === null || (this.#told.get(n)?.get("related")?.into ?? null) !== null;
  }

  /** Columns have been added to: what was derived from them no longer holds. */
  forget() {
    this.#forward.clear();
    this.#reversed.clear();
  }

  /**
   * @param {number} n
   * @returns {Kind}
   */
  kind(n) {
    const { topic, provider } = this.header.kinds;
    if (n < this.articles) return "article";
    if (n < topic[1]) return "topic";
    return n < provider[1] ? "provider" : "person";
  }

  /** @param {number} n @returns {string} its title or name; "" for an article whose text has not arrived */
  label(n) {
    if (n >= this.articles) return this.header.labels[n - this.articles];
    if (this.#toldOf?.[n] === 0) this.onLacking?.(n);
    return this.#text?.label[n] ?? "";
  }

  /** @param {number} n @returns {string} */
  iri(n) {
    if (n >= this.articles) return this.header.iris[n - this.articles];
    return this.#text?.iri[n] ?? "";
  }

  /** @param {number} n @returns {string|null} where it can be read, http(s) only */
  url(n) {
    const url = this.#text?.url[n] ?? (n < this.articles ? this.iri(n) : "");
    return /^https?:\/\//i.test(url) ? url : null;
  }

  /** @param {number} n @returns {string} an article's excerpt, or the description of another node; "" when unknown */
  excerpt(n) {
    return this.#text?.excerpt?.[n] ?? "";
  }

  /** @param {number} n @returns {string|null} the address of its picture, http(s) only; nothing is requested here */
  image(n) {
    const image = this.#text?.image[n] ?? "";
    return /^https?:\/\//i.test(image) ? image : null;
  }

  /** @param {number} n @returns {string[]} its other names */
  names(n) {
    return this.#text?.names[n] ?? [];
  }

  /** @param {number} n @returns {string} keywords of a topic, joined */
  keywords(n) {
    return this.#text?.keywords[n] ?? "";
  }

  /** @param {number} n @returns {Facts} what else is known of it */
  facts(n) {
    return this.#text?.facts[n] ?? {};
  }

  /** @param {number} n @returns {number|null} the day it was published, counted from 1970-01-01 */
  day(n) {
    return this.#number("day", n);
  }

  /** @param {number} n @returns {string} the day it was published as 2023-05-23; "" when unknown */
  dateText(n) {
    const day = this.day(n);
    return day === null ? "" : new Date(day * DAY).toISOString().slice(0, 10);
  }

  /** @param {number} n @returns {number|null} */
  quality(n) {
    return this.#number("quality", n);
  }

  /** @param {number} n @returns {number|null} */
  heat(n) {
    return this.#number("heat", n);
  }

  /** @param {number} n @returns {number|null} how many words it has */
  words(n) {
    return this.#number("words", n);
  }

  /** @param {number} n @returns {string} its type, such as "video"; "" when unknown */
  type(n) {
    return n < this.articles ? (this.header.types[this.columns.type[n] - 1] ?? "") : "";
  }

  /** @param {number} n @returns {string} its category, such as "news"; "" when unknown */
  category(n) {
    return n < this.articles ? (this.header.categories[this.columns.category[n] - 1] ?? "") : "";
  }

  /** @param {number} n @returns {number} the bits of FLAG */
  flags(n) {
    return this.columns.flags[n];
  }

  /** @param {number} n @returns {boolean} whether it is only known from others that name it */
  isStub(n) {
    return (this.columns.flags[n] & FLAG.stub) !== 0;
  }

  /** @param {number} n @returns {boolean} */
  isUnpublished(n) {
    return (this.columns.flags[n] & FLAG.unpublished) !== 0;
  }

  /** @param {number} n @returns {boolean} whether its place on the map was inferred from its story */
  isInferred(n) {
    return (this.columns.flags[n] & FLAG.inferred) !== 0;
  }

  /** @param {number} n @returns {number} index of its island, or -1 */
  island(n) {
    return this.columns.island[n];
  }

  /** @param {number} n @returns {number} index of its community, or -1 */
  community(n) {
    return this.columns.community[n];
  }

  /** @param {number} n @returns {number} number of its story (an article's only), or -1 */
  story(n) {
    return n < this.articles ? (this.columns.story?.[n] ?? -1) : -1;
  }

  /**
   * The nodes that `n` points to by `relation`, ascending.
   * @param {string} relation
   * @param {number} n
   * @returns {Column}
   */
  out(relation, n) {
    return this.#told.get(n)?.get(relation)?.out ?? row(this.rows(relation), n);
  }

  /**
   * The nodes that point to `n` by `relation`, ascending. The first question about a relation turns it round once.
   * @param {string} relation
   * @param {number} n
   * @returns {Column}
   */
  into(relation, n) {
    const told = this.#told.get(n)?.get(relation)?.into;
    if (told) return told;
    let rows = this.#reversed.get(relation);
    if (!rows) {
      rows = reversed(this.rows(relation), this.count);
      this.#reversed.set(relation, rows);
    }
    return row(rows, n);
  }

  /**
   * Visit all that `n` points to and all that points to it, relation by relation.
   * @param {number} n
   * @param {(node: number, relation: string, outgoing: boolean) => void} visit
   */
  eachNeighbour(n, visit) {
    for (const relation of this.header.relations) {
      const outward = this.out(relation, n);
      for (let at = 0; at < outward.length; at += 1) visit(outward[at], relation, true);
      const inward = this.into(relation, n);
      for (let at = 0; at < inward.length; at += 1) visit(inward[at], relation, false);
    }
  }

  /** @param {number} n @returns {number} how many relations it has, in and out */
  degree(n) {
    if (this.columns.degree) return this.columns.degree[n];
    let count = 0;
    for (const relation of this.header.relations) count += this.out(relation, n).length + this.into(relation, n).length;
    return count;
  }

  /**
   * All that `n` points to and all that points to it, relation by relation.
   * @param {number} n
   * @param {number} [most]  of more than so many only about as many, the largest
   * @returns {Neighbour[]}
   */
  neighbours(n, most = Infinity) {
    const { size } = this.columns;
    /** @type {number[]} */
    const sizes = [];
    this.eachNeighbour(n, (node) => sizes.push(size[node]));
    const least = sizes.length > most ? Float32Array.from(sizes).sort()[sizes.length - most] : -Infinity;
    /** @type {Neighbour[]} */
    const found = [];
    this.eachNeighbour(n, (node, relation, outgoing) => {
      if (found.length < most && !(size[node] < least)) found.push({ node, relation, outgoing });
    });
    return found;
  }

  /**
   * A relation as it is held: the rows of all nodes, or of those that have any.
   * @param {string} relation
   * @returns {Rows}
   */
  rows(relation) {
    let rows = this.#forward.get(relation);
    if (!rows) {
      const start = this.columns[`${relation}_start`] ?? NO_NODES;
      // Where rows come by need they begin at the first node that has any.
      const first = this.header.firsts?.[relation] ?? 0;
      rows = { first, start, to: this.columns[`${relation}_to`] ?? NO_NODES };
      this.#forward.set(relation, rows);
    }
    return rows;
  }

  /** @param {string} name of a facet of the site's own @returns {Rows} for each article the places of its values */
  facet(name) {
    return { first: 0, start: this.columns[`facet.${name}_start`] ?? NO_NODES, to: this.columns[`facet.${name}_to`] ?? NO_NODES };
  }

  /** @param {string} column @param {number} n @returns {number|null} */
  #number(column, n) {
    const value = n < this.articles ? (this.columns[column]?.[n] ?? NOTHING) : NOTHING;
    return value === NOTHING ? null : value;
  }
}

/**
 * @param {MapPayload} payload
 * @returns {Atlas}
 */
export function createAtlas(payload) {
  return new Atlas(payload);
}
