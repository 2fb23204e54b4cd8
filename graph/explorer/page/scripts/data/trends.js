/** Topics over time: their shares of the articles in each period, and whether these rise or fall, as in `graph/analysis/topic_trends.py`. */

/** @import {Atlas} from "./atlas.js" */
/** @typedef {"rising"|"falling"|"steady"|"unknown"} Course */
/** A topic: its share of each period, of the earlier and of the later half of all articles, how many are about it, and how its
 * share changes; a server's page does not know that, as it takes the order of articles of one day.
 * @typedef {{topic: number, shares: number[], before: number, after: number, articles: number, course: Course, chance: number}} Trend */

import { toDate } from "../elements/formats.js";

/** @type {Course[]} */
const COURSES = ["rising", "falling", "steady", "unknown"];
/** The names of periods, the longest first. @type {((day: number) => string)[]} */
const PERIODS = [
  (day) => String(toDate(day)[0]).padStart(4, "0"),
  (day) => `${PERIODS[0](day)}-Q${Math.floor((toDate(day)[1] + 2) / 3)}`,
  (day) => `${PERIODS[0](day)}-${String(toDate(day)[1]).padStart(2, "0")}`,
];

/**
 * The topics of some articles over time: the rising ones, then the falling, steady and unknown ones.
 * @param {Atlas} atlas
 * @param {Uint8Array} kept  1 for each article that counts
 * @returns {{periods: string[], trends: Trend[]}}
 */
export function trendsAmong(atlas, kept) {
  const { tables, kinds } = atlas.header;
  const { fewest, parts: [least, most], in_period: inPeriod, enough } = tables.trends;
  const { start, to } = atlas.rows("about");
  const { day } = atlas.columns;
  /** @type {number[]} */
  const dated = [];
  for (let n = 0; n < atlas.articles; n += 1) if (kept[n] && day[n] !== tables.nothing && start[n + 1] > start[n]) dated.push(n);
  const names = atlas.hasText ? dated.map((n) => atlas.iri(n)) : null;
  const order = dated.map((_, at) => at).sort((one, other) => day[dated[one]] - day[dated[other]] || (names ? (names[one] < names[other] ? -1 : 1) : one - other));
  const { periods, periodOf } = periodsOf(order.map((at) => day[dated[at]]), inPeriod, enough);
  const count = order.length;
  const parts = Math.min(Math.floor(count / inPeriod), most);
  /** The places of the articles of each topic. @type {Map<number, number[]>} */
  const places = new Map();
  order.forEach((at, place) => {
    for (let row = start[dated[at]]; row < start[dated[at] + 1]; row += 1) {
      const own = places.get(to[row]);
      if (own) own.push(place);
      else if (to[row] >= kinds.topic[0] && to[row] < kinds.topic[1]) places.set(to[row], [place]);
    }
  });
  const known = [...places].filter(([, own]) => names !== null && parts >= least && own.length >= fewest);
  const partOf = order.map((_, place) => Math.floor((place * parts) / count));
  const tests = known.map(([, own]) => kendall(sharesOf(own, partOf, parts)));
  const chances = corrected(tests.map(({ chance }) => chance));
  const found = new Map(known.map(([topic], at) => [topic, { tau: tests[at].tau, chance: Number(chances[at].toPrecision(6)) }]));
  const half = Math.floor(count / 2);
  const trends = [...places].map(([topic, own]) => {
    const { tau, chance } = found.get(topic) ?? { tau: null, chance: 0 };
    const early = own.filter((place) => place < half).length;
    /** @type {Course} */
    const course = tau === null ? "unknown" : chance > tables.trends.chance ? "steady" : tau > 0 ? "rising" : "falling";
    return { topic, shares: sharesOf(own, periodOf, periods.length), before: half ? early / half : 0, after: (own.length - early) / (count - half), articles: own.length, course, chance };
  });
  // The most certain come first.
  trends.sort((one, other) => COURSES.indexOf(one.course) - COURSES.indexOf(other.course) || one.chance - other.chance || other.articles - one.articles || one.topic - other.topic);
  return { periods, trends };
}

/** @param {number[]} places @param {number[]} partOf  the part of each place, ascending @param {number} parts @returns {number[]} the share of each part */
function sharesOf(places, partOf, parts) {
  const [own, all] = [new Array(parts).fill(0), new Array(parts).fill(0)];
  for (const part of partOf) all[part] += 1;
  for (const place of places) own[partOf[place]] += 1;
  return own.map((count, part) => count / all[part]);
}

/**
 * The names of the periods of days, and the number of the period of each: the longest periods of which there are enough.
 * @param {number[]} days  ascending
 * @param {number} inPeriod
 * @param {number} enough
 */
function periodsOf(days, inPeriod, enough) {
  for (const [at, name] of PERIODS.entries()) {
    const found = joined(days.map(name), inPeriod);
    if (found.periods.length >= enough || at === PERIODS.length - 1) return found;
  }
  return { periods: [], periodOf: [] };
}

/** Join neighbouring periods until each has enough articles; what is left at the end joins the last. @param {string[]} names @param {number} inPeriod */
function joined(names, inPeriod) {
  /** @type {{first: string, last: string, size: number}[]} */
  const groups = [];
  for (const name of names) {
    const group = groups.at(-1);
    if (group && (group.size < inPeriod || group.last === name)) {
      group.last = name;
      group.size += 1;
    } else groups.push({ first: name, last: name, size: 1 });
  }
  const end = groups.at(-1);
  const before = groups.at(-2);
  if (end && before && end.size < inPeriod) groups.splice(-2, 2, { first: before.first, last: end.last, size: before.size + end.size });
  return {
    periods: groups.map(({ first, last }) => (first === last ? first : `${first} to ${last}`)),
    periodOf: groups.flatMap(({ size }, at) => new Array(size).fill(at)),
  };
}

/**
 * Kendall's correlation of numbers with their order, and how probable such a one is by chance; exact without equal numbers.
 * @param {number[]} values
 * @returns {{tau: number, chance: number}}
 */
export function kendall(values) {
  const count = values.length;
  const pairs = (count * (count - 1)) / 2;
  let [more, less] = [0, 0];
  for (let at = 1; at < count; at += 1) {
    for (let before = 0; before < at; before += 1) {
      if (values[at] > values[before]) more += 1;
      else if (values[at] < values[before]) less += 1;
    }
  }
  const equal = pairs - more - less;
  if (equal === pairs) return { tau: 0, chance: 1 };
  const tau = (more - less) / Math.sqrt(pairs) / Math.sqrt(pairs - equal);
  if (equal === 0) return { tau, chance: exactChance(count, Math.min(more, less)) };
  /** @type {Map<number, number>} */
  const times = new Map();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  let ties = 0;
  for (const some of times.values()) ties += some * (some - 1) * (2 * some + 5);
  const spread = (count * (count - 1) * (2 * count + 5) - ties) / 18;
  return { tau, chance: complementOfError(Math.abs(more - less) / Math.sqrt(2 * spread)) };
}

/** The share of the orders of `count` things that are at least as far from chance: with at most `swaps` pairs reversed, or all but these. @param {number} count @param {number} swaps */
function exactChance(count, swaps) {
  if (4 * swaps === count * (count - 1)) return 1;
  /** How many orders have each number of reversed pairs, as a share of all. */
  let shares = [1];
  for (let things = 2; things <= count; things += 1) {
    const next = new Array(Math.min(shares.length + things - 1, swaps + 1)).fill(0);
    shares.forEach((share, reversed) => {
      for (let more = 0; more < things && reversed + more < next.length; more += 1) next[reversed + more] += share / things;
    });
    shares = next;
  }
  return Math.min(1, 2 * shares.reduce((sum, share) => sum + share, 0));
}

/** 1 minus the error function, for a number that is not negative. @param {number} x */
function complementOfError(x) {
  if (x < 2) {
    let [term, sum] = [x, x];
    for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n += 1) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let n = 60; n > 0; n -= 1) fraction = n / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}

/** p-values corrected by Benjamini and Hochberg (1995), in the same order. @param {number[]} chances */
function corrected(chances) {
  const found = new Array(chances.length).fill(1);
  let least = 1;
  const order = chances.map((_, at) => at).sort((one, other) => chances[other] - chances[one]);
  order.forEach((at, place) => {
    least = Math.min(least, (chances[at] * chances.length) / (chances.length - place));
    found[at] = least;
  });
  return found;
}
