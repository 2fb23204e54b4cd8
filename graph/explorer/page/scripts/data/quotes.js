/** The sentences around links. */

/** @import {Atlas} from "./atlas.js" */
/** @typedef {[number, string, string, string]} Quote  of a link: its line (0 where unknown), what stands before its words, these, what
 *   stands behind them */
/** @typedef {{out: Record<string, Quote>, in: Record<string, Quote>}} QuotesOfOne  of the links from a node and to it, by the other node */

/** The lines of relations from a node and to it, by relation and the other node.
 * @typedef {{out: Record<string, Record<string, number>>, in: Record<string, Record<string, number>>}} LinesOfOne */

/** A relation, the nodes at its ends, and where it is stated. @typedef {[string, number, number, ...Quote]} StatedOne */

/** How many answers are remembered. */
const MOST_AMONG = 20000;

/** The quotes that have arrived. */
export class Quotes {
  /** For each node in the order of its links, on a page that holds everything. @type {Record<string, (Quote|null)[]>} */
  ofAll = {};
  /** The lines of other relations: by relation, for each node in the order of its row. @type {Record<string, Record<string, number[]>>} */
  linesOfAll = {};
  /** The same of single nodes, on a page that asks a server. @type {Map<number, LinesOfOne>} */
  #linesOfOne = new Map();
  /** Of single nodes, on a page that asks a server. @type {Map<number, QuotesOfOne>} */
  #ofOne = new Map();

  /** Of relations among nodes that were asked for together, by relation and both ends. @type {Map<string, Quote>} */
  #among = new Map();

  /** @param {StatedOne[]} stated */
  takeAmong(stated) {
    if (this.#among.size > MOST_AMONG) this.#among.clear();
    for (const [relation, from, to, ...quote] of stated) this.#among.set(`${relation} ${from} ${to}`, quote);
  }

  /** @param {number} n @param {QuotesOfOne} quotes @param {LinesOfOne} [lines] */
  take(n, quotes, lines) {
    this.#ofOne.set(n, quotes);
    if (lines) this.#linesOfOne.set(n, lines);
  }

  /** @param {number} n */
  drop(n) {
    this.#ofOne.delete(n);
    this.#linesOfOne.delete(n);
  }

  /**
   * Return where a relation is stated: of a link the quotation, of any other the line.
   * @param {Atlas} atlas
   * @param {string} relation
   * @param {number} from
   * @param {number} to
   * @returns {Quote|null}
   */
  stated(atlas, relation, from, to) {
    const known = this.#among.get(`${relation} ${from} ${to}`);
    if (known) return known;
    if (relation === "links") return this.find(atlas, from, to, true) ?? this.find(atlas, to, from, false);
    const told = this.#linesOfOne.get(from)?.out[relation]?.[to] ?? this.#linesOfOne.get(to)?.in[relation]?.[from];
    const line = told ?? this.linesOfAll[relation]?.[from]?.[atlas.out(relation, from).indexOf(to)];
    return line ? [line, "", "", ""] : null;
  }

  /**
   * Return what a link is quoted from, where it is stated first.
   * @param {Atlas} atlas
   * @param {number} n
   * @param {number} other  the node at its other end
   * @param {boolean} outgoing  whether `n` links to it, and not it to `n`
   * @returns {Quote|null}
   */
  find(atlas, n, other, outgoing) {
    const known = this.#ofOne.get(n)?.[outgoing ? "out" : "in"][other];
    if (known) return known;
    const [from, to] = outgoing ? [n, other] : [other, n];
    const quotes = this.ofAll[from];
    return quotes ? (quotes[atlas.out("links", from).indexOf(to)] ?? null) : null;
  }
}
