/** Comparing topics, providers and people by their articles: what they share, what is their own, and how they run in time. */

import { toMonth } from "../elements/formats.js";

/** @import {Atlas} from "./atlas.js" */
/** One of those compared: its articles, by month where they are dated, and the topics that it has more than the others.
 * @typedef {{node: number, articles: number[], months: number[], own: number[]}} Compared */
/** Two of them: how many articles and which share of all theirs they have in common, and by how many months the first is ahead
 * (negative: behind), with the correlation; null where that is not clear.
 * @typedef {{one: number, other: number, shared: number, overlap: number, lead: {months: number, fit: number}|null}} Pair */
/** @typedef {{first: number, compared: Compared[], pairs: Pair[], topics: number[]}} Comparison  first: the first month; topics: shared */

const MOST_TOPICS = 8;
/** The longest lead in months, the fewest months and articles to tell one, and the least correlation. */
const LEAD = { longest: 6, months: 12, articles: 12, fit: 0.5, clearer: 0.1 };

/**
 * @param {Atlas} atlas
 * @param {number[]} nodes
 * @param {(topic: number) => number[]} countsFor  a topic and all wider ones
 * @returns {Comparison}
 */
export function compare(atlas, nodes, countsFor) {
  const sets = nodes.map((node) => articlesOf(atlas, node, countsFor));
  const dated = sets.flat().map((article) => atlas.day(article)).filter((day) => day !== null).map(Number);
  const months = dated.map(toMonth);
  const [first, last] = months.length ? [months.reduce((a, b) => Math.min(a, b)), months.reduce((a, b) => Math.max(a, b))] : [0, -1];
  const shares = sets.map((articles) => topicShares(atlas, articles, nodes));
  const compared = nodes.map((node, at) => ({ node, articles: sets[at], months: byMonth(atlas, sets[at], first, last), own: ownTopics(shares, at) }));
  const pairs = compared.flatMap((one, at) => compared.slice(at + 1).map((other) => pairOf(one, other)));
  return { first, compared, pairs, topics: sharedTopics(shares) };
}

/** @param {Atlas} atlas @param {number} node @param {(topic: number) => number[]} countsFor @returns {number[]} its articles, ascending */
export function articlesOf(atlas, node, countsFor) {
  const kind = atlas.kind(node);
  const [first, end] = atlas.header.kinds.topic;
  const fits = new Uint8Array(atlas.count);
  fits[node] = 1;
  if (kind === "topic") for (let topic = first; topic < end; topic += 1) if (countsFor(topic).includes(node)) fits[topic] = 1;
  const { first: from, start, to } = atlas.rows(kind === "topic" ? "about" : kind === "provider" ? "publisher" : "author");
  /** @type {number[]} */
  const found = [];
  for (let article = 0; article < atlas.articles; article += 1) {
    let has = false;
    for (let at = start[article - from]; at < start[article - from + 1]; at += 1) if (fits[to[at]]) has = true;
    if (has) found.push(article);
  }
  return found;
}

/** @param {Atlas} atlas @param {number[]} articles @param {number} first @param {number} last @returns {number[]} how many appeared in each month */
function byMonth(atlas, articles, first, last) {
  const counts = /** @type {number[]} */ (new Array(Math.max(0, last - first + 1)).fill(0));
  for (const article of articles) {
    const day = atlas.day(article);
    if (day !== null) counts[toMonth(day) - first] += 1;
  }
  return counts;
}

/** @param {Atlas} atlas @param {number[]} articles @param {number[]} without @returns {Map<number, number>} the share of articles about each topic */
function topicShares(atlas, articles, without) {
  /** @type {Map<number, number>} */
  const shares = new Map();
  for (const article of articles) {
    for (const topic of atlas.out("about", article)) if (!without.includes(topic)) shares.set(topic, (shares.get(topic) ?? 0) + 1 / articles.length);
  }
  return shares;
}

/** @param {Map<number, number>[]} shares @returns {number[]} topics of all of them, by the least share */
function sharedTopics(shares) {
  const least = (/** @type {number} */ topic) => Math.min(...shares.map((one) => one.get(topic) ?? 0));
  return [...(shares[0]?.keys() ?? [])].filter((topic) => least(topic) > 0).sort((one, other) => least(other) - least(one) || one - other).slice(0, MOST_TOPICS);
}

/** @param {Map<number, number>[]} shares @param {number} at @returns {number[]} topics that one has more than any other, by how much more */
function ownTopics(shares, at) {
  const more = (/** @type {number} */ topic) => (shares[at].get(topic) ?? 0) - Math.max(0, ...shares.filter((_, place) => place !== at).map((one) => one.get(topic) ?? 0));
  return [...shares[at].keys()].filter((topic) => more(topic) > 0).sort((one, other) => more(other) - more(one) || one - other).slice(0, MOST_TOPICS);
}

/** @param {Compared} one @param {Compared} other @returns {Pair} */
function pairOf(one, other) {
  const known = new Set(one.articles);
  const shared = other.articles.filter((article) => known.has(article)).length;
  const all = one.articles.length + other.articles.length - shared;
  return { one: one.node, other: other.node, shared, overlap: all ? shared / all : 0, lead: leadOf(one.months, other.months) };
}

/**
 * By how many months the first of two series is ahead of the second, where the correlation (Pearson's) of the shifted series is
 * strong and clearly better than without a shift; 0 where they run together; null where neither can be told.
 * @param {number[]} one
 * @param {number[]} other
 * @returns {{months: number, fit: number}|null}
 */
export function leadOf(one, other) {
  const total = (/** @type {number[]} */ series) => series.reduce((sum, count) => sum + count, 0);
  if (one.length < LEAD.months || total(one) < LEAD.articles || total(other) < LEAD.articles) return null;
  const fit = (/** @type {number} */ months) =>
    months >= 0 ? correlationOf(one.slice(0, one.length - months), other.slice(months)) : correlationOf(one.slice(-months), other.slice(0, other.length + months));
  let best = { months: 0, fit: fit(0) };
  for (let months = 1; months <= Math.min(LEAD.longest, one.length - LEAD.months); months += 1) {
    for (const shift of [months, -months]) if (fit(shift) > best.fit + (best.months === 0 ? LEAD.clearer : 0)) best = { months: shift, fit: fit(shift) };
  }
  return best.fit >= LEAD.fit ? best : null;
}

/** @param {number[]} one @param {number[]} other @returns {number} from -1 to 1; 0 where one of them does not change */
function correlationOf(one, other) {
  const mean = (/** @type {number[]} */ series) => series.reduce((sum, value) => sum + value, 0) / series.length;
  const [left, right] = [mean(one), mean(other)];
  let [both, first, second] = [0, 0, 0];
  one.forEach((value, at) => {
    both += (value - left) * (other[at] - right);
    first += (value - left) ** 2;
    second += (other[at] - right) ** 2;
  });
  return first && second ? both / Math.sqrt(first * second) : 0;
}
