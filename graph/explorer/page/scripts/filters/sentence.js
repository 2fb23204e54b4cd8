/** What is chosen as a sentence: `Containers and Security, not Microsoft, since May 2020`. */

import { KINDS_NAME, counted, dayWords, toDate, monthWords } from "../elements/formats.js";
import { spanWords } from "./bins.js";
import { barred, facetsIn, wantedIn, withOther, withValue } from "./choice.js";
import { valueInSentence } from "./value_words.js";

/** @import {Atlas} from "../data/atlas.js" */
/** @import {Choice, Facet} from "./choice.js" */
/** A part of the sentence: what precedes it, its words, the choice without it, and the choice with the other word
before it, if both "and" and "or" are possible.
 * @typedef {{before: string, words: string, without: Partial<Choice>, other: Partial<Choice>|null}} Clause */

/** What precedes the first value of a facet. @type {Record<string, string>} */
const BEFORE = { providers: "from ", authors: "by " };

/**
 * @param {Atlas} atlas
 * @param {Choice} choice
 * @param {(facet: Facet) => boolean} isMany  whether an article may have several values of a facet
 * @returns {Clause[]}
 */
export function clausesOf(atlas, choice, isMany) {
  /** @type {Clause[]} */
  const found = [];
  const add = (/** @type {string} */ words, /** @type {Partial<Choice>} */ without) => found.push({ before: found.length ? ", " : "", words, without, other: null });
  if (choice.picked.length) add(`${counted(choice.picked.length, "node")} selected on the map`, { picked: [] });
  if (choice.kinds.length) add(choice.kinds.map((kind) => KINDS_NAME[/** @type {keyof KINDS_NAME} */ (kind)]).join(", "), { kinds: [] });
  const facets = facetsIn(choice);
  for (const facet of facets) {
    const joint = choice.every.includes(facet) ? " and " : " or ";
    wantedIn(choice, facet).forEach((value, at) => {
      const before = at ? joint : `${found.length ? ", " : ""}${BEFORE[facet] ?? ""}`;
      const words = valueInSentence(atlas, facet, value);
      found.push({ before, words, without: withValue(choice, facet, value, "neither"), other: at && isMany(facet) ? withOther(choice, facet) : null });
    });
  }
  for (const facet of facets) {
    barred(choice, facet).forEach((value, at) => {
      const before = `${at ? " or " : found.length ? ", not " : "not "}${at ? "" : (BEFORE[facet] ?? "")}`;
      found.push({ before, words: valueInSentence(atlas, facet, value), without: withValue(choice, facet, value, "neither"), other: null });
    });
  }
  const dates = datesOf(choice);
  if (dates) add(dates, { from: null, to: null });
  const quality = qualityOf(choice);
  if (quality) add(quality, { low: null, high: null });
  if (choice.words) add(`“${choice.words}”`, { words: "" });
  return found;
}

/** @param {Atlas} atlas @param {Choice} choice @returns {string} the whole sentence; empty where nothing is chosen */
export function sentenceOf(atlas, choice) {
  return clausesOf(atlas, choice, () => false).map(({ before, words }) => before + words).join("");
}

/** @param {Choice} choice */
function datesOf({ from, to }) {
  if (from !== null && to !== null) return spanWords(from, to);
  if (from !== null) return `since ${toDate(from)[2] === 1 ? monthWords(from) : dayWords(from)}`;
  return to === null ? "" : `until ${dayWords(to)}`;
}

/** @param {Choice} choice */
function qualityOf({ low, high }) {
  if (low !== null && high !== null) return `quality ${low} to ${high}`;
  if (low !== null) return `quality ${low} or more`;
  return high === null ? "" : `quality ${high} or less`;
}
