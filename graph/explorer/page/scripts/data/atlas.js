/** The atlas: all nodes by number, what is known about each, and how they are connected. Nothing here draws. */

/** @import {Column, Flag, Kind, MapPayload} from "./payload.js" */
/** @import {Quote} from "./quotes.js" */
/** @import {Rows} from "./rows.js" */
/** @typedef {Record<string, string|number|boolean>} Facts */
/** @typedef {{node: number, relation: string, outgoing: boolean}} Neighbour */
/** @typedef {{out: Column, into: Column|null}} KnownRows  one node's row of a relation, and of the reversed relation if that is known */
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
 * @property {Record<string, string[]>} [sections]  the headings of texts; absent where the page carries none
 * @property {Record<string, Record<string, number[]>>} [lines]  of other relations: by relation, for each node in the order of its row
 * @property {Record<string, (Quote|null)[]>} [quotes]  for each node in the order of its links
 */

import { dayCode } from "../elements/formats.js";
import { Quotes } from "./quotes.js";
import { NO_NODES, reversed, row } from "./rows.js";

/** All nodes by number: articles first (island by island), then topics, providers and people. */
export class Atlas {
  /** @type {TextPayload|null} */
  #text = null;
  #whole = false;
  /** 1 for each node whose texts have come, on a page that asks a server. @type {Uint8Array|null} */
  #textOf = null;
  /** Rows of single nodes, on a page that asks a server. @type {Map<number, Map<string, KnownRows>>} */
  #knownRows = new Map();
  /** The sentences around links. @readonly */
  quotes = new Quotes();
  /** What to do when a node's texts arrive. @type {Map<number, (() => void)[]>} */
  #waiting = new Map();
  /** Called with each node whose texts are wanted before they have come. @type {((node: number) => void)|null} */
  onLacking = null;
  /** Whether everything that filters count has arrived. */
  countable = true;
  /** @type {Map<string, Rows>} */
  #forward = new Map();
  /** @type {Map<string, Rows>} */
  #reversed = new Map();
  /** How many relations each node has, where the page counts them. @type {Column|null} */
  #degrees = null;

  /** @param {MapPayload} payload */
  constructor(payload) {
    /** @readonly */
    this.header = payload.header;
    /** The columns by name, with a value for each node, or for each article. @readonly */
    this.columns = payload.columns;
    /** The bits of the column of flags. @readonly */
    this.flag = payload.header.tables.flags;
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
   * @param {Uint8Array|null} [textOf]  on a page that asks a server: 1 for each node whose texts have come
   */
  addText(text, textOf = null) {
    this.#text = text;
    this.#textOf = textOf;
    this.#whole = textOf === null;
    this.quotes.ofAll = text.quotes ?? {};
    this.quotes.linesOfAll = text.lines ?? {};
    if (this.#whole) for (const n of this.waiting()) this.arrived(n);
  }

  /** @param {number} n @returns {boolean} whether this node's texts have arrived */
  hasTextOf(n) {
    return this.#whole || this.#textOf?.[n] === 1;
  }

  /**
   * Do something when this node's texts are there, and ask for them if they are not.
   * @param {number} n
   * @param {() => void} then
   */
  onText(n, then) {
    if (this.hasTextOf(n)) then();
    else {
      this.#waiting.set(n, [...(this.#waiting.get(n) ?? []), then]);
      this.onLacking?.(n);
    }
  }

  /** Ask for this node's texts unless they are there. @param {number} n */
  askForText(n) {
    if (this.#textOf?.[n] === 0) this.onLacking?.(n);
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
   * Take in rows of one node, which replace its others.
   * @param {number} n
   * @param {Map<string, KnownRows>} rows  by relation
   */
  addRows(n, rows) {
    const known = this.#knownRows.get(n) ?? new Map();
    for (const [relation, { out, into }] of rows) known.set(relation, { out, into: into ?? known.get(relation)?.into ?? null });
    this.#knownRows.set(n, known);
  }

  /** Forget the rows of one node. @param {number} n */
  dropRows(n) {
    this.#knownRows.delete(n);
    this.quotes.drop(n);
  }

  /** @param {number} n @returns {boolean} whether all relations of this node are known, in either direction */
  isSurrounded(n) {
    return this.#textOf === null || (this.#knownRows.get(n)?.get("related")?.into ?? null) !== null;
  }

  /** Forget what was derived from columns that have changed. */
  forget() {
    this.#forward.clear();
    this.#reversed.clear();
  }

  /** @param {number} n @returns {Kind} */
  kind(n) {
    const { topic, provider } = this.header.kinds;
    if (n < this.articles) return "article";
    if (n < topic[1]) return "topic";
    return n < provider[1] ? "provider" : "person";
  }

  /** @param {number} n @returns {string} its title or name; "" for an article whose text has not come */
  label(n) {
    if (n >= this.articles) return this.header.labels[n - this.articles];
    this.askForText(n);
    return this.#text?.label[n] ?? "";
  }

  /** @param {number} n @returns {string} */
  iri(n) {
    if (n >= this.articles) return this.header.iris[n - this.articles];
    return this.#text?.iri[n] ?? "";
  }

  /** @param {number} n @returns {string|null} the address of its page, http(s) only */
  url(n) {
    const url = this.#text?.url[n] ?? (n < this.articles ? this.iri(n) : "");
    return /^https?:\/\//i.test(url) ? url : null;
  }

  /** @param {number} n @returns {string} an article's excerpt, or the description of another node; "" when unknown */
  excerpt(n) {
    return this.#text?.excerpt?.[n] ?? "";
  }

  /** @param {number} n @returns {string|null} the address of its picture, http(s) only */
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

  /** Whether the page has the excerpts and headings of all articles. */
  get hasTexts() {
    return this.#text?.sections !== undefined;
  }

  /** @param {number} n @returns {string[]} the headings of its text */
  sections(n) {
    return this.#text?.sections?.[n] ?? [];
  }

  /** @param {number} n @returns {Facts} what else is known about it */
  facts(n) {
    return this.#text?.facts[n] ?? {};
  }

  /** @param {"day"|"quality"|"heat"|"words"} column @param {number} n @returns {number|null} what an article has there */
  number(column, n) {
    const { nothing } = this.header.tables;
    const value = n < this.articles ? (this.columns[column]?.[n] ?? nothing) : nothing;
    return value === nothing ? null : value;
  }

  /** @param {number} n @returns {number|null} the day it was published, counted from 1970-01-01 */
  day(n) {
    return this.number("day", n);
  }

  /** @param {number} n @returns {string} the day it was published as 2023-05-23; "" when unknown */
  dateText(n) {
    const day = this.day(n);
    return day === null ? "" : dayCode(day);
  }

  /** @param {number} n @returns {string} its type, such as "video"; "" when unknown */
  type(n) {
    return n < this.articles ? (this.header.types[this.columns.type[n] - 1] ?? "") : "";
  }

  /** @param {number} n @returns {string} its category, such as "news"; "" when unknown */
  category(n) {
    return n < this.articles ? (this.header.categories[this.columns.category[n] - 1] ?? "") : "";
  }

  /** @param {number} n @param {Flag} name @returns {boolean} */
  hasFlag(n, name) {
    return (this.columns.flags[n] & this.flag[name]) !== 0;
  }

  /** @param {number} n @returns {boolean} whether it is known only from nodes that name it */
  isStub(n) {
    return this.hasFlag(n, "stub");
  }

  /**
   * The nodes that `n` points to by `relation`, ascending.
   * @param {string} relation
   * @param {number} n
   * @returns {Column}
   */
  out(relation, n) {
    return this.#knownRows.get(n)?.get(relation)?.out ?? row(this.rows(relation), n);
  }

  /** @param {string} relation @param {number} n @returns {string[]} what those that `n` points to are called */
  labels(relation, n) {
    return Array.from(this.out(relation, n), (other) => this.label(other));
  }

  /**
   * The nodes that point to `n` by `relation`, ascending. The first question about a relation reverses all of it.
   * @param {string} relation
   * @param {number} n
   * @returns {Column}
   */
  into(relation, n) {
    const told = this.#knownRows.get(n)?.get(relation)?.into;
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
    this.#degrees ??= this.columns.degree ?? this.#countRelations();
    return this.#degrees[n];
  }

  #countRelations() {
    const degrees = new Uint32Array(this.count);
    for (const relation of this.header.relations) {
      const { start, to } = this.rows(relation);
      for (let n = 0; n + 1 < start.length; n += 1) degrees[n] += start[n + 1] - start[n];
      for (const n of to) degrees[n] += 1;
    }
    return degrees;
  }

  /** Give each node the place of its title among all titles, as the column `rank`, once the titles have arrived. */
  rankTitles() {
    if (this.#whole) this.columns.rank ??= ranksOf(Array.from({ length: this.count }, (_, n) => this.label(n)));
  }

  /**
   * All that `n` points to and all that points to it, relation by relation.
   * @param {number} n
   * @param {number} [most]  of more than this, about so many of the largest
   * @returns {Neighbour[]}
   */
  neighbours(n, most = Infinity) {
    const { size } = this.columns;
    const count = this.header.relations.reduce((sum, relation) => sum + this.out(relation, n).length + this.into(relation, n).length, 0);
    let least = -Infinity;
    if (count > most) {
      const sizes = new Float32Array(count);
      let end = 0;
      this.eachNeighbour(n, (node) => (sizes[end++] = size[node]));
      least = sizes.sort()[count - most];
    }
    /** @type {Neighbour[]} */
    const found = [];
    this.eachNeighbour(n, (node, relation, outgoing) => {
      if (found.length < most && !(size[node] < least)) found.push({ node, relation, outgoing });
    });
    return found;
  }

  /**
   * A relation as the page holds it: the rows of all nodes, or from the first one that has any.
   * @param {string} relation
   * @returns {Rows}
   */
  rows(relation) {
    let rows = this.#forward.get(relation);
    if (!rows) {
      const start = this.columns[`${relation}_start`] ?? NO_NODES;
      const first = this.header.firsts?.[relation] ?? 0;
      rows = { first, start, to: this.columns[`${relation}_to`] ?? NO_NODES };
      this.#forward.set(relation, rows);
    }
    return rows;
  }

  /** Whether the page has all of a relation. @param {string} relation @returns {boolean} */
  holdsAll(relation) {
    return this.#textOf === null || (this.columns[`${relation}_start`] !== undefined && this.rows(relation).first === 0);
  }

  /** @param {string} name of a facet of the site's own @returns {Rows} for each article the numbers of its values */
  facet(name) {
    return { first: 0, start: this.columns[`facet.${name}_start`] ?? NO_NODES, to: this.columns[`facet.${name}_to`] ?? NO_NODES };
  }
}

/** @param {string[]} names @returns {Uint32Array} the place of each in alphabetical order, whatever its case */
export function ranksOf(names) {
  const folded = names.map((name) => name.toLowerCase());
  const ranks = new Uint32Array(names.length);
  const order = [...names.keys()].sort((one, other) => (folded[one] < folded[other] ? -1 : folded[one] > folded[other] ? 1 : one - other));
  for (const [place, at] of order.entries()) ranks[at] = place;
  return ranks;
}
