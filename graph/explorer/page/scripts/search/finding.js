/** Answers a query: its words are searched for, and its conditions are tested here, if the page has the values of the filters. */

import { isCondition, testOf } from "./conditions.js";
import { NOTHING_FOUND } from "./name_search.js";
import { parseQuery } from "./query.js";

/** @import {Explorer} from "../state/explorer.js" */
/** @import {Found} from "./name_search.js" */
/** @import {Query} from "./query.js" */
/** What is wanted of all that is found, and what to say if nothing of it is. @typedef {{fits: (node: number) => boolean, otherwise: string}} Only */

/** Among how many of the best matches to look for wanted ones. */
const MOST_SIFTED = 50;
const NO_SUCH_WORDS = "Nothing that fits the conditions has such a name or text.";
const NONE_FITS_ALL = "Nothing fits all of these conditions.";

/** @param {Explorer} explorer @param {string} text @returns {Query} */
function queryOf(explorer, text) {
  return parseQuery(text, (name) => isCondition(explorer, name));
}

/** @param {Explorer} explorer @param {string} text @returns {boolean} whether it can be answered yet */
export function canAnswer({ answers, atlas }, text) {
  return answers.canFind && (atlas.countable || !text.includes(":"));
}

/**
 * Return the best nodes for a query. With conditions the newest articles come first.
 * @param {Explorer} explorer
 * @param {string} text
 * @param {number} limit
 * @param {Only} [only]
 * @returns {Promise<Found>}
 */
export async function findByQuery(explorer, text, limit, only) {
  const { words, conditions } = queryOf(explorer, text);
  const fits = only?.fits ?? (() => true);
  if (conditions.length === 0) {
    const found = await explorer.answers.find(text, only ? MOST_SIFTED : limit);
    const nodes = found.nodes.filter(fits).slice(0, limit);
    if (!only || nodes.length || found.nodes.length === 0) return { ...found, nodes };
  }
  const { faults } = testOf(explorer, conditions);
  if (faults.length) return { ...NOTHING_FOUND, trouble: faults.join(" ") };
  const all = await allByQuery(explorer, text);
  if (all === null) return { ...NOTHING_FOUND, trouble: "There is no answer now. Try again." };
  const { day, size } = explorer.atlas.columns;
  const known = [...all].filter(fits).sort((one, other) => (day[other] ?? 0) - (day[one] ?? 0) || size[other] - size[one] || one - other);
  const nodes = known.slice(0, limit);
  await explorer.answers.learn(nodes);
  const trouble = known.length ? undefined : all.size ? only?.otherwise : words ? NO_SUCH_WORDS : NONE_FITS_ALL;
  return { ...NOTHING_FOUND, nodes, total: known.length, words, trouble };
}

/**
 * Return all nodes that a query finds; null where there is no answer.
 * @param {Explorer} explorer
 * @param {string} text
 * @returns {Promise<Set<number>|null>}
 */
export async function allByQuery(explorer, text) {
  const { words, conditions } = queryOf(explorer, text);
  if (conditions.length === 0) return explorer.answers.named(text);
  const { test } = testOf(explorer, conditions);
  if (words === "") {
    const { count } = explorer.atlas;
    return new Set(Array.from({ length: count }, (_, node) => node).filter(test));
  }
  const found = await explorer.answers.named(words);
  return found && new Set([...found].filter(test));
}
