/** The sentences around links. */

/** @import {Atlas} from "./atlas.js" */
/** @typedef {[number, string, string, string]} Quote  of a link: its line (0 where unknown), what stands before its words, these, what
 *   stands behind them */
/** @typedef {{out: Record<string, Quote>, in: Record<string, Quote>}} QuotesOfOne  of the links from a node and to it, by the other node */

/** The quotes that have come. */
export class Quotes {
  /** For each node in the order of its links, on a page that holds everything. @type {Record<string, (Quote|null)[]>} */
  ofAll = {};
  /** Of single nodes, on a page that asks a server. @type {Map<number, QuotesOfOne>} */
  #ofOne = new Map();

  /** @param {number} n @param {QuotesOfOne} quotes */
  take(n, quotes) {
    this.#ofOne.set(n, quotes);
  }

  /** @param {number} n */
  drop(n) {
    this.#ofOne.delete(n);
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
