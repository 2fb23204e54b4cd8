/** Shows why a text was found: the typed words in it, and the part with the most of them. */

import { fold } from "./spelling.js";

/** A text in parts, each with whether it is a word that was typed. @typedef {[string, boolean][]} Marked */

const HIT_WORD = /[\p{L}\p{N}\p{M}]+[#+]*/gu;
const BEFORE_HIT = 30;

/** @param {string} text @param {string[]} words  folded @returns {[number, number, number][]} where hits begin and end, and of which word each is */
function hitsIn(text, words) {
  /** @type {[number, number, number][]} */
  const hits = [];
  for (const { 0: word, index } of text.matchAll(HIT_WORD)) {
    const folded = fold(word);
    const typed = words.findIndex((one) => folded.startsWith(one) || (/[^\x20-\x7e]/.test(one) && folded.includes(one)));
    if (typed >= 0) hits.push([index, index + word.length, typed]);
  }
  return hits;
}

/** @param {string} text @param {string[]} words  folded @returns {Marked} */
export function marked(text, words) {
  /** @type {Marked} */
  const parts = [];
  let end = 0;
  for (const [from, to] of hitsIn(text, words)) {
    if (from > end) parts.push([text.slice(end, from), false]);
    parts.push([text.slice(from, to), true]);
    end = to;
  }
  if (end < text.length) parts.push([text.slice(end), false]);
  return parts;
}

/**
 * Return the words that a text has none of.
 * @param {string} text
 * @param {string[]} words  folded
 * @returns {string[]}
 */
export function wordsMissing(text, words) {
  const known = new Set(hitsIn(text, words).map((hit) => hit[2]));
  return words.filter((_, place) => !known.has(place));
}

/**
 * Return about this many characters of a text where most of the words are, cut between words; "" if there are none.
 * @param {string} text
 * @param {string[]} words  folded
 * @param {number} longest
 * @returns {string}
 */
export function partWith(text, words, longest) {
  const hits = hitsIn(text, words);
  if (hits.length === 0) return "";
  let best = 0;
  let most = 0;
  for (const [place, [from]] of hits.entries()) {
    const near = new Set(hits.slice(place).filter(([, to]) => to - from <= longest - BEFORE_HIT).map((hit) => hit[2])).size;
    if (near > most) [best, most] = [from, near];
  }
  let first = Math.max(0, Math.min(best - BEFORE_HIT, text.length - longest));
  if (first > 0) first = text.indexOf(" ", first) + 1 || first;
  let last = Math.min(text.length, first + longest);
  if (last < text.length) last = Math.max(text.lastIndexOf(" ", last), best + 1);
  return (first > 0 ? "…" : "") + text.slice(first, last).trim() + (last < text.length ? "…" : "");
}
