/** Finding nodes by the words of their names: an index made in short slices, and answers from it, the best first. */

import { NO_NODES, reversed, row } from "../data/rows.js";
import { countBits, fold, lettersOf, slips, wordsOf } from "./spelling.js";

/** @import {Atlas} from "../data/atlas.js" */
/** @import {Kind, Ranking} from "../data/payload.js" */
/** @import {Rows} from "../data/rows.js" */
/** What is searched: nodes are numbers from 0. @typedef {{count: number, names: (node: number) => string[],
 *     address: (node: number) => string, weight: (node: number) => number, kind: (node: number) => Kind, ranking: Ranking}} Searched */
/** What is suggested; where it says so, other words are to be marked than those that were typed, and trouble is why there is no answer.
 * @typedef {{nodes: number[], total: number, guessed: boolean, partial: boolean, words?: string, trouble?: string}} Found */
/** All nodes that fit, in no order, and how well each does. @typedef {{nodes: number[], fits: Float64Array|Float32Array, guessed: boolean, partial: boolean}} Matches */

/** @type {Found} */
export const NOTHING_FOUND = { nodes: [], total: 0, guessed: false, partial: false };

/** Return the names of an atlas to search, weighed as the server does. @param {Atlas} atlas @returns {Searched} */
export function namesIn(atlas) {
  const ranking = atlas.header.tables.search;
  return {
    count: atlas.count,
    names: (node) => {
      const { domain } = atlas.facts(node);
      const keywords = atlas.keywords(node);
      return [atlas.label(node), ...atlas.names(node), ...(keywords ? keywords.split(", ") : []), ...(domain ? [String(domain)] : [])];
    },
    kind: (node) => atlas.kind(node),
    address: (node) => atlas.iri(node),
    weight: (node) => {
      const connected = Math.min(ranking.most_connected, ranking.per_doubling * (32 - Math.clz32(atlas.degree(node))));
      return connected + (node >= atlas.articles ? ranking.not_article : atlas.isStub(node) ? ranking.stub : 0);
    },
    ranking,
  };
}

export class NameSearch {
  /** @param {Searched} searched */
  constructor(searched) {
    this.searched = searched;
    this.ranking = searched.ranking;
    /** Nodes read so far. */
    this.read = 0;
    /** @type {Map<string, number>} */
    this.numbers = new Map();
    /** @type {string[]} */
    this.words = [];
    this.entries = new Uint32Array(1024);
    this.entryCount = 0;
    this.starts = new Uint32Array(searched.count + 1);
    /** How many words the label of each node has. */
    this.lengths = new Uint8Array(searched.count);
    /** Whether it has other names. */
    this.several = new Uint8Array(searched.count);
    this.weights = new Float32Array(searched.count);
    this.ready = false;
    /** Places of words in alphabetical order. */
    this.order = new Uint32Array(0);
    this.letters = new Int32Array(0);
    /** The nodes of each word. @type {Rows} */
    this.nodes = { first: 0, start: NO_NODES, to: NO_NODES };
  }

  /**
   * Go on indexing for about so many milliseconds, and return whether all is done.
   * @param {number} milliseconds
   * @returns {boolean}
   */
  work(milliseconds) {
    const end = performance.now() + milliseconds;
    while (this.read < this.searched.count) {
      const last = Math.min(this.read + 64, this.searched.count);
      for (; this.read < last; this.read += 1) this.take(this.read);
      if (performance.now() > end) return false;
    }
    if (!this.ready) this.close();
    return true;
  }

  /** @param {number} node */
  take(node) {
    /** @type {Set<number>} */
    const seen = new Set();
    const names = this.searched.names(node);
    this.several[node] = Number(names.length > 1);
    this.weights[node] = this.searched.weight(node);
    for (const name of names) {
      const words = wordsOf(name.slice(0, this.ranking.longest));
      if (seen.size === 0) this.lengths[node] = Math.min(words.length, 255);
      for (const word of words) {
        let number = this.numbers.get(word);
        if (number === undefined) {
          number = this.words.length;
          this.numbers.set(word, number);
          this.words.push(word);
        }
        seen.add(number);
      }
    }
    if (this.entryCount + seen.size > this.entries.length) {
      const larger = new Uint32Array(2 * (this.entryCount + seen.size));
      larger.set(this.entries);
      this.entries = larger;
    }
    for (const number of seen) this.entries[this.entryCount++] = number;
    this.starts[node + 1] = this.entryCount;
  }

  /** Turn words by node into nodes by word. */
  close() {
    const { words } = this;
    const to = this.entries.subarray(0, this.entryCount);
    this.nodes = reversed({ first: 0, start: this.starts, to }, words.length);
    this.entries = new Uint32Array(0);
    this.order = Uint32Array.from(words.keys()).sort((one, other) => (words[one] < words[other] ? -1 : 1));
    this.letters = Int32Array.from(words, lettersOf);
    this.ready = true;
  }

  /**
   * Return the words that a typed word may mean, each with how well it fits, from 0 to 1.
   * @param {string} typed
   * @param {boolean} ends whether the word is typed to its end
   * @returns {Map<number, number>}
   */
  meant(typed, ends) {
    /** @type {Map<number, number>} */
    const found = new Map();
    const exact = this.numbers.get(typed);
    if (exact !== undefined) found.set(exact, this.ranking.whole);
    const { beginning, last, more_typed: more } = this.ranking;
    let low = 0;
    let high = this.order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.words[this.order[middle]] < typed) low = middle + 1;
      else high = middle;
    }
    for (; low < this.order.length && this.words[this.order[low]].startsWith(typed); low += 1) {
      const word = this.order[low];
      if (word !== exact) found.set(word, (ends ? beginning : last) + (more * typed.length) / this.words[word].length);
    }
    return found;
  }

  /**
   * Return the words with no more typing errors than are tolerated.
   * @param {string} typed
   * @returns {Map<number, number>}
   */
  guessed(typed) {
    /** @type {Map<number, number>} */
    const found = new Map();
    const { guessed, guessed_beginning: begun, shortest, slip } = this.ranking;
    const most = this.ranking.slips.filter((least) => typed.length >= least).length;
    const letters = lettersOf(typed);
    for (let word = 0; most > 0 && word < this.words.length; word += 1) {
      if (countBits(letters & ~this.letters[word]) > most) continue;
      const length = this.words[word].length;
      if (length < shortest || length + most < typed.length) continue;
      const away = slips(typed, this.words[word], most, true);
      if (away <= most) {
        const whole = slips(typed, this.words[word], most) <= most;
        found.set(word, (whole ? guessed : begun) - slip * away);
      }
    }
    return found;
  }

  /** Return the different words of a text that count. @param {string} text @returns {string[]} */
  typed(text) {
    return [...new Set(wordsOf(text.slice(0, this.ranking.longest)))].slice(0, this.ranking.most_words);
  }

  /**
   * Return the nodes that fit all words of a text, or as many as any does, the best first.
   * @param {string} text
   * @param {number} [limit]
   * @returns {Found}
   */
  find(text, limit = this.ranking.shown) {
    const { nodes, fits, guessed, partial } = this.match(text);
    return { nodes: this.best(nodes, fits, limit), total: nodes.length, guessed, partial };
  }

  /**
   * Return the nodes that fit best, the best first, in linear time where few are wanted.
   * @param {number[]} nodes
   * @param {Matches["fits"]} fits  by node
   * @param {number} limit
   * @returns {number[]}
   */
  best(nodes, fits, limit) {
    let some = nodes;
    if (limit < nodes.length) {
      const least = Float64Array.from(nodes, (node) => fits[node]).sort()[nodes.length - limit];
      some = nodes.filter((node) => fits[node] >= least);
    }
    // Equals are compared by their addresses only as far as necessary.
    return [...some].sort((one, other) => (fits[one] === fits[other] ? this.inOrder(one, other) : fits[other] - fits[one])).slice(0, limit);
  }

  /** Return the nodes that fit all words of a text, or as many as any does. @param {string} text @returns {Matches} */
  match(text) {
    const words = wordsOf(text.slice(0, this.ranking.longest));
    const typed = this.typed(text);
    if (!this.ready || typed.length === 0) return this.matchAddress(text);
    const whole = fold(text).trim().replace(/\s+/gu, " ");
    const ended = /[^\p{L}\p{N}#+]$/u.test(text);
    const hits = new Uint8Array(this.searched.count);
    const scores = new Float32Array(this.searched.count);
    const best = new Float32Array(this.searched.count);
    let guessed = false;
    typed.forEach((word, place) => {
      let meant = this.meant(word, ended || place < typed.length - 1);
      if (meant.size === 0) {
        meant = this.guessed(word);
        guessed ||= meant.size > 0;
      }
      this.add(meant, hits, scores, best);
    });
    const most = hits.reduce((known, hit) => Math.max(known, hit), 0);
    if (most === 0 || (most < typed.length && whole.includes("/"))) return this.matchAddress(text);
    /** @type {number[]} */
    const nodes = [];
    for (let node = 0; node < hits.length; node += 1) if (hits[node] === most) nodes.push(node);
    const fits = Float64Array.from(scores);
    for (const node of nodes) {
      fits[node] = scores[node] / (1 + this.ranking.length * this.lengths[node]) + this.weights[node];
      // A name that equals the typed text comes first, however short it is or weakly connected its node.
      if (this.isCalled(node, whole, words.length)) fits[node] = Infinity;
    }
    return { nodes, fits, guessed, partial: most < typed.length };
  }

  /** @param {number} node @param {string} whole  folded @param {number} length  in words */
  isCalled(node, whole, length) {
    if (!this.several[node] && this.lengths[node] !== length) return false;
    return this.searched.names(node).some((name) => fold(name).trim() === whole);
  }

  /** Compare equals. @param {number} one @param {number} other */
  inOrder(one, other) {
    const { kinds } = this.ranking;
    const apart = kinds.indexOf(this.searched.kind(one)) - kinds.indexOf(this.searched.kind(other));
    return apart || (this.searched.address(one) < this.searched.address(other) ? -1 : 1);
  }

  /**
   * Count, for each node that has one of these words, one hit more, and the best of its fits.
   * @param {Map<number, number>} meant
   * @param {Uint8Array} hits
   * @param {Float32Array} scores
   * @param {Float32Array} best
   */
  add(meant, hits, scores, best) {
    /** @type {number[]} */
    const touched = [];
    for (const [word, fit] of meant) {
      const nodes = row(this.nodes, word);
      const rarity = Math.log(1 + this.searched.count / (1 + nodes.length));
      for (const node of nodes) {
        if (best[node] === 0) touched.push(node);
        best[node] = Math.max(best[node], Math.fround(fit) * (1 + this.ranking.rarity * rarity));
      }
    }
    for (const node of touched) {
      hits[node] += 1;
      scores[node] += best[node];
      best[node] = 0;
    }
  }

  /** Return the nodes whose address holds a text. @param {string} text @returns {Matches} */
  matchAddress(text) {
    const wanted = text.trim().toLowerCase();
    /** @type {number[]} */
    const nodes = [];
    if (wanted.length >= 4 && /[./:]/.test(wanted)) {
      for (let node = 0; node < this.searched.count; node += 1) {
        if (this.searched.address(node).toLowerCase().includes(wanted)) nodes.push(node);
      }
    }
    return { nodes, fits: this.weights, guessed: false, partial: false };
  }
}
