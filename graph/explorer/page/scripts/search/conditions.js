/** The conditions of a query as tests of nodes: who published an article, what it is about, when it appeared. */

import { ownFacet } from "../filters/choice.js";
import { having } from "../filters/facets.js";
import { KIND_NAME, cut } from "../elements/formats.js";
import { row } from "../data/rows.js";
import { periodOf } from "./query.js";
import { fold, wordsOf } from "./spelling.js";

/** @import {Kind} from "../data/payload.js" */
/** @import {Values} from "../filters/facets.js" */
/** @import {Explorer} from "../state/explorer.js" */
/** @import {Condition} from "./query.js" */
/** @typedef {(node: number) => boolean} Test */
/** What a condition means: its test, and what to tell the reader where it cannot mean anything.
 * @typedef {{test: Test, fault: string}} Meaning */

/** What may follow `is:`, and the status that it means. @type {Record<string, string>} */
const ARTICLE_STATES = { stub: "stub", unpublished: "unpublished", published: "full", unlinked: "unnamed", orphan: "alone" };
const LONGEST_VALUE = 40;
const NEVER = () => false;

/**
 * Return whether a node fulfils all conditions, and which of them mean nothing here. Conditions of the same name are
 * alternatives, as in a list of filters; all others must hold, and so must each that is negated.
 * @param {Explorer} explorer
 * @param {Condition[]} conditions
 * @returns {{test: Test, faults: string[]}}
 */
export function testOf(explorer, conditions) {
  /** @type {Map<string, Test[]>} */
  const wanted = new Map();
  /** @type {Test[]} */
  const unwanted = [];
  /** @type {string[]} */
  const faults = [];
  for (const condition of conditions) {
    const { test, fault } = meaningOf(explorer, condition);
    if (fault) faults.push(fault);
    if (condition.negated) unwanted.push(test);
    else {
      const isBound = condition.name === "before" || condition.name === "after";
      const key = isBound ? `${condition.name}:${condition.value}` : condition.name;
      wanted.set(key, [...(wanted.get(key) ?? []), test]);
    }
  }
  const articlesOnly = !conditions.some(({ name, negated }) => name === "kind" && !negated);
  const groups = [...wanted.values()];
  const test = (/** @type {number} */ node) =>
    (!articlesOnly || node < explorer.atlas.articles) &&
    groups.every((tests) => tests.some((one) => one(node))) &&
    !unwanted.some((one) => one(node));
  return { test, faults };
}

/** What each condition means. @type {Record<string, (explorer: Explorer, value: string) => Meaning>} */
const MEANINGS = {
  topic: topicTest,
  provider: (explorer, value) => relationTest(explorer, "publisher", "provider", value),
  author: (explorer, value) => relationTest(explorer, "author", "person", value),
  before: (explorer, value) => dayTest(explorer, "before", value, (first) => [-Infinity, first]),
  after: (explorer, value) => dayTest(explorer, "after", value, (first) => [first, Infinity]),
  date: (explorer, value) => dayTest(explorer, "date", value, (first, end) => [first, end]),
  type: ({ atlas }, value) => valueTest(atlas.header.types, "type", value, (node, place) => node < atlas.articles && atlas.columns.type[node] === place + 1),
  category: ({ atlas }, value) =>
    valueTest(atlas.header.categories, "category", value, (node, place) => node < atlas.articles && atlas.columns.category[node] === place + 1),
  quality: ({ atlas }, value) => {
    const least = Number(value);
    if (!Number.isFinite(least)) return { test: NEVER, fault: `“${cut(value, LONGEST_VALUE)}” is not a number: write quality:80 for 80 or more.` };
    return { test: (node) => (atlas.number("quality", node) ?? -Infinity) >= least, fault: "" };
  },
  is: ({ atlas, filters }, value) => {
    const said = fold(value);
    const status = Object.hasOwn(ARTICLE_STATES, said) ? ARTICLE_STATES[said] : "";
    if (!status) return { test: NEVER, fault: `“is:${cut(value, LONGEST_VALUE)}” is unknown: write is:${Object.keys(ARTICLE_STATES).join(", is:")}.` };
    const has = having(/** @type {Values} */ (filters.of("status")), [status], false, atlas.articles);
    return { test: (node) => has[node] === 1, fault: "" };
  },
  kind: ({ atlas }, value) => {
    const kind = /** @type {Kind|undefined} */ (Object.keys(KIND_NAME).find((one) => fold(value).startsWith(one.slice(0, 5))));
    if (!kind) return { test: NEVER, fault: `There is no kind “${cut(value, LONGEST_VALUE)}”: write kind:${Object.keys(KIND_NAME).join(", kind:")}.` };
    return { test: (node) => atlas.kind(node) === kind, fault: "" };
  },
  community: ({ atlas }, value) => {
    const names = atlas.header.communities.map(({ label }) => label);
    return valueTest(names, "community", value, (node, place) => atlas.columns.community[node] === place);
  },
};

/** The conditions that every site has, in the order in which the page offers them. */
export const CONDITIONS = Object.keys(MEANINGS);

/** @param {Explorer} explorer @param {string} name @returns {boolean} whether a condition has this name */
export function isCondition(explorer, name) {
  return CONDITIONS.includes(name) || explorer.atlas.header.facets.some((facet) => facet.name.toLowerCase() === name);
}

/** @param {Explorer} explorer @param {Condition} condition @returns {Meaning} */
function meaningOf(explorer, { name, value }) {
  return Object.hasOwn(MEANINGS, name) ? MEANINGS[name](explorer, value) : ownTest(explorer, name, value);
}

/**
 * @param {Explorer} explorer
 * @param {string} name  of the condition
 * @param {string} value
 * @param {(first: number, end: number) => [number, number]} within  the days that it means, by those of the period that it names
 * @returns {Meaning}
 */
function dayTest({ atlas }, name, value, within) {
  const period = periodOf(value);
  if (!period) return { test: NEVER, fault: `“${cut(value, LONGEST_VALUE)}” is not a date: write ${name}:2021, ${name}:2021-05 or ${name}:2021-05-23.` };
  const [first, end] = within(...period);
  const { day } = atlas.columns;
  const { nothing } = atlas.header.tables;
  return { test: (node) => node < atlas.articles && day[node] !== nothing && day[node] >= first && day[node] < end, fault: "" };
}

/** @param {Explorer} explorer @param {string} relation @param {Kind} kind @param {string} value @returns {Meaning} */
function relationTest(explorer, relation, kind, value) {
  const { atlas } = explorer;
  const wanted = new Set(nodesCalled(explorer, kind, value));
  const rows = atlas.rows(relation);
  return { test: (node) => row(rows, node).some((/** @type {number} */ other) => wanted.has(other)), fault: faultOf(wanted.size, KIND_NAME[kind].toLowerCase(), value) };
}

/** @param {Explorer} explorer @param {string} value @returns {Meaning} */
function topicTest(explorer, value) {
  const wanted = new Set(nodesCalled(explorer, "topic", value));
  const rows = explorer.atlas.rows("about");
  const fits = (/** @type {number} */ topic) => explorer.filters.countsFor(topic).some((one) => wanted.has(one));
  return { test: (node) => row(rows, node).some(fits), fault: faultOf(wanted.size, "topic", value) };
}

/** @param {Explorer} explorer @param {string} name @param {string} value @returns {Meaning} */
function ownTest({ atlas }, name, value) {
  const facet = atlas.header.facets.find((one) => one.name.toLowerCase() === name);
  if (!facet) return { test: NEVER, fault: `“${name}:” is unknown here.` };
  const rows = atlas.facet(ownFacet(facet.name).slice("own.".length));
  return valueTest(facet.values, facet.label, value, (node, place) => node < atlas.articles && row(rows, node).includes(place));
}

/**
 * @param {string[]} names
 * @param {string} what  they are names of
 * @param {string} value
 * @param {(node: number, place: number) => boolean} has  whether a node has the value at a place of the names
 * @returns {Meaning}
 */
function valueTest(names, what, value, has) {
  const places = placesCalled(names, value);
  return { test: (node) => places.some((place) => has(node, place)), fault: faultOf(places.length, what, value) };
}

/** @param {number} count @param {string} what @param {string} value */
function faultOf(count, what, value) {
  return count ? "" : `No ${what} is called “${cut(value, LONGEST_VALUE)}”.`;
}

/**
 * Return the nodes of a kind with a name: those called exactly so, else those with all its words, else those whose IRI
 * holds it, such as a provider by its domain.
 * @param {Explorer} explorer
 * @param {Kind} kind
 * @param {string} value
 * @returns {number[]}
 */
function nodesCalled({ atlas }, kind, value) {
  const [first, end] = atlas.header.kinds[kind];
  const labels = Array.from({ length: end - first }, (_, at) => atlas.label(first + at));
  const found = placesCalled(labels, value).map((place) => first + place);
  const wanted = value.trim().toLowerCase();
  if (found.length || wanted.length < 3) return found;
  return labels.map((_, at) => first + at).filter((node) => atlas.iri(node).toLowerCase().includes(wanted));
}

/** @param {string[]} names @param {string} value @returns {number[]} the places of the names that are meant */
function placesCalled(names, value) {
  const whole = fold(value).trim();
  const exact = names.flatMap((name, place) => (fold(name).trim() === whole ? [place] : []));
  const words = wordsOf(value);
  if (exact.length || words.length === 0) return exact;
  return names.flatMap((name, place) => {
    const known = wordsOf(name);
    return words.every((word) => known.some((one) => one.startsWith(word))) ? [place] : [];
  });
}
