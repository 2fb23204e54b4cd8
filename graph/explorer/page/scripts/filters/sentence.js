/** What is chosen in words: `Containers, Microsoft, since 1 May 2020`. */

import { KINDS_NAME, counted, dayWords, ownValue } from "../elements/formats.js";
import { spanWords } from "./bins.js";
import { ownChoices, ownFacet } from "./filters.js";

/** @import {Atlas} from "../data/atlas.js" */
/** @import {Choice} from "./filters.js" */
/** A part of the sentence, and what to choose to be without it. @typedef {{words: string, without: Partial<Choice>}} Clause */

/** @param {Atlas} atlas @param {Choice} choice @returns {Clause[]} */
export function clausesOf(atlas, choice) {
  /** @type {Clause[]} */
  const made = [];
  const add = (/** @type {string} */ words, /** @type {Partial<Choice>} */ part) => made.push({ words, without: part });
  const without = (/** @type {any[]} */ values, /** @type {any} */ value) => values.filter((one) => one !== value);
  if (choice.picked.length) add(`${counted(choice.picked.length, "node")} selected on the map`, { picked: [] });
  if (choice.words) add(`“${choice.words}”`, { words: "" });
  if (choice.kinds.length) add(choice.kinds.map((kind) => KINDS_NAME[/** @type {keyof KINDS_NAME} */ (kind)]).join(", "), { kinds: [] });
  for (const facet of /** @type {const} */ (["topics", "providers"])) {
    for (const node of choice[facet]) add(atlas.label(node), { [facet]: without(choice[facet], node) });
  }
  for (const facet of /** @type {const} */ (["types", "categories"])) {
    for (const value of choice[facet]) add(value, { [facet]: without(choice[facet], value) });
  }
  for (const status of choice.status) add(status === "full" ? "published" : status, { status: without(choice.status, status) });
  for (const one of choice.communities) {
    add(atlas.header.communities[one]?.label ?? `Community ${one + 1}`, { communities: without(choice.communities, one) });
  }
  for (const [facet, keys] of ownChoices(choice)) {
    const own = atlas.header.facets.find(({ name }) => ownFacet(name) === facet);
    for (const key of keys) add(`${own?.label ?? facet.slice("own.".length)}: ${ownValue(own, key)}`, { [facet]: without(keys, key) });
  }
  const dates = datesOf(choice);
  if (dates) add(dates, { from: null, to: null });
  const quality = qualityOf(choice);
  if (quality) add(quality, { low: null, high: null });
  return made;
}

/** @param {Atlas} atlas @param {Choice} choice @returns {string} the whole sentence; empty where nothing is chosen */
export function sentenceOf(atlas, choice) {
  return clausesOf(atlas, choice).map(({ words }) => words).join(", ");
}

/** @param {Choice} choice */
function qualityOf({ low, high }) {
  return low === null && high === null ? "" : `quality ${low ?? "…"} to ${high ?? "…"}`;
}

/** @param {Choice} choice */
function datesOf({ from, to }) {
  if (from !== null && to !== null) return spanWords(from, to);
  if (from !== null) return `since ${dayWords(from)}`;
  return to === null ? "" : `until ${dayWords(to)}`;
}
