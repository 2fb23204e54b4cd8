/** Finding nodes by the words of their texts (names, excerpts and headings): all texts are one, which is scanned. */

import { UNSPACED, fold } from "./spelling.js";

/** What is searched: nodes are numbers from 0. @typedef {{count: number, text: (node: number) => string}} Texts */
/** @import {Atlas} from "../data/atlas.js" */

const BREAK = "\n";
const SIGN = /[\p{L}\p{N}]/u;

/** Return all texts of an atlas. @param {Atlas} atlas @returns {Texts} */
export function textsIn(atlas) {
  const text = (/** @type {number} */ node) =>
    [atlas.label(node), ...atlas.names(node), atlas.keywords(node), atlas.excerpt(node), ...atlas.sections(node)].join(" · ");
  return { count: atlas.count, text };
}

export class TextSearch {
  /** @type {string[]} */
  #parts = [];
  #all = "";
  ready = false;

  /** @param {Texts} texts */
  constructor(texts) {
    this.texts = texts;
    /** Where the text of each node begins. */
    this.starts = new Uint32Array(texts.count + 1);
  }

  /**
   * Go on reading for about so many milliseconds, and return whether all is done.
   * @param {number} milliseconds
   * @returns {boolean}
   */
  work(milliseconds) {
    const end = performance.now() + milliseconds;
    while (this.#parts.length < this.texts.count && !this.ready) {
      const node = this.#parts.length;
      const part = fold(this.texts.text(node)) + BREAK;
      this.starts[node + 1] = this.starts[node] + part.length;
      this.#parts.push(part);
      if (node % 32 === 0 && performance.now() > end) return false;
    }
    if (!this.ready) this.#all = this.#parts.join("");
    this.#parts = [];
    this.ready = true;
    return true;
  }

  /**
   * Return the nodes whose texts have each of these words, or words that begin with it, ascending. One letter alone is
   * a whole word. Linear in all texts, at about a gigabyte a second.
   * @param {string[]} words  folded
   * @returns {number[]}
   */
  match(words) {
    if (!this.ready || words.length === 0) return [];
    const has = new Uint8Array(this.texts.count);
    words.forEach((word, place) => this.#find(word, (node) => has[node] === place && (has[node] += 1)));
    /** @type {number[]} */
    const found = [];
    for (let node = 0; node < has.length; node += 1) if (has[node] === words.length) found.push(node);
    return found;
  }

  /** Visit each node that has a word, once. @param {string} word @param {(node: number) => void} visit */
  #find(word, visit) {
    const all = this.#all;
    const isAnywhere = UNSPACED.test(word);
    const isWhole = word.length === 1 && !isAnywhere;
    let node = 0;
    for (let at = all.indexOf(word); at >= 0; at = all.indexOf(word, at)) {
      const isHit = (isAnywhere || !isSign(all, at - 1)) && !(isWhole && isSign(all, at + 1));
      if (!isHit) at += 1;
      else {
        node = this.#nodeAt(at, node);
        visit(node);
        at = this.starts[node + 1];
      }
    }
  }

  /** @param {number} at @param {number} low  a node that is not behind it @returns {number} the node whose text stands there */
  #nodeAt(at, low) {
    let [first, last] = [low, this.texts.count - 1];
    while (first < last) {
      const middle = (first + last + 1) >> 1;
      if (this.starts[middle] <= at) first = middle;
      else last = middle - 1;
    }
    return first;
  }
}

/** @param {string} text @param {number} at @returns {boolean} whether a letter or digit of a word stands there */
function isSign(text, at) {
  const code = text.charCodeAt(at);
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
  const sign = text.charAt(at);
  return SIGN.test(sign) && !UNSPACED.test(sign);
}
