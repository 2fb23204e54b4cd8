/** The atlas: all nodes by number, what is known of each, and how they hang together. Nothing here draws. */

/** @import {Column, Kind, MapPayload} from "./payload.js" */
/** @typedef {Record<string, string|number|boolean>} Facts */
/** @typedef {{node: number, relation: string, outgoing: boolean}} Neighbour */
/** @typedef {{start: Column, end: Column, to: Column}} Rows  row n is to[start[n]] up to to[end[n]] */
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
 */

/** What stands for "none" in the integer columns. */
export const NOTHING = -2147483648;

/** The bits of the column `flags`. */
export const FLAG = { stub: 1, unpublished: 2, inferred: 4, picture: 8 };

const DAY = 86400000;
const NO_NODES = new Uint32Array(0);

/** All nodes by number: articles first (island by island), then topics, providers and people. */
export class Atlas {
  /** @type {TextPayload|null} */
  #text = null;
  #whole = false;
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
   * @param {boolean} [whole]  false for one to which more will be added
   */
  addText(text, whole = true) {
    this.#text = text;
    this.#whole = whole;
  }

  /** @param {number} n @returns {boolean} whether this node's texts have arrived */
  hasTextOf(n) {
    return this.#whole || (n < this.articles && this.iri(n) !== "");
  }

  /** Columns have been added to: what was derived from them no longer holds. */
  forget() {
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
    return this.#text ? this.#text.label[n] : "";
  }

  /** @param {number} n @returns {string} */
  iri(n) {
    if (n >= this.articles) return this.header.iris[n - this.articles];
    return this.#text ? this.#text.iri[n] : "";
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
    return n < this.articles ? this.columns.story[n] : -1;
  }

  /**
   * The nodes that `n` points to by `relation`, ascending.
   * @param {string} relation
   * @param {number} n
   * @returns {Column}
   */
  out(relation, n) {
    return row(this.#rows(relation), n);
  }

  /**
   * The nodes that point to `n` by `relation`, ascending. The first question about a relation turns it round once.
   * @param {string} relation
   * @param {number} n
   * @returns {Column}
   */
  into(relation, n) {
    let rows = this.#reversed.get(relation);
    if (!rows) {
      rows = reversed(this.#rows(relation), this.count);
      this.#reversed.set(relation, rows);
    }
    return row(rows, n);
  }

  /**
   * All that `n` points to and all that points to it, relation by relation.
   * @param {number} n
   * @returns {Neighbour[]}
   */
  neighbours(n) {
    /** @type {Neighbour[]} */
    const found = [];
    for (const relation of this.header.relations) {
      for (const node of this.out(relation, n)) found.push({ node, relation, outgoing: true });
      for (const node of this.into(relation, n)) found.push({ node, relation, outgoing: false });
    }
    return found;
  }

  /**
   * @param {string} relation
   * @returns {Rows}
   */
  #rows(relation) {
    let rows = this.#forward.get(relation);
    if (!rows) {
      const start = this.columns[`${relation}_start`] ?? new Uint32Array(this.count + 1);
      const end = this.columns[`${relation}_end`] ?? start.subarray(1);
      rows = { start, end, to: this.columns[`${relation}_to`] ?? NO_NODES };
      this.#forward.set(relation, rows);
    }
    return rows;
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

/** @param {Rows} rows @param {number} n @returns {Column} */
function row(rows, n) {
  return rows.to.subarray(rows.start[n], rows.end[n]);
}

/** @param {Rows} rows @param {number} count @returns {Rows} the same relation, pointing back */
function reversed(rows, count) {
  const start = new Uint32Array(count + 1);
  for (let from = 0; from < count; from += 1) {
    for (let at = rows.start[from]; at < rows.end[from]; at += 1) start[rows.to[at] + 1] += 1;
  }
  for (let n = 0; n < count; n += 1) start[n + 1] += start[n];
  const next = start.slice(0, count);
  const to = new Uint32Array(rows.to.length);
  for (let from = 0; from < count; from += 1) {
    for (let at = rows.start[from]; at < rows.end[from]; at += 1) {
      const target = rows.to[at];
      to[next[target]] = from;
      next[target] += 1;
    }
  }
  return { start, end: start.subarray(1), to };
}
