/** Dividing days or numbers into the bars of a histogram. */

import { dayWords, monthDay, monthWords, plain, toDate, toMonth } from "../elements/formats.js";

/** Bar i has the values from edges[i] up to, but without, edges[i + 1].
 * @typedef {{edges: number[], words: (bar: number) => string}} Bins */

const MOST_BARS = 72;
/** Steps in months; the finest one that gives few enough bars is used. */
const MONTH_STEPS = [1, 3, 6, 12, 24, 60, 120, 600, 1200];

/**
 * Return bars for days: days, months, quarters or years. A few days far from all others, such as mistyped dates, share the
 * outermost bars, so that they do not squeeze the rest into one.
 * @param {ArrayLike<number>} days  at least one
 * @returns {Bins}
 */
export function dayBins(days) {
  const { from, to, first, last } = usualRange(days);
  const edges = to - from < 62 ? Array.from({ length: to - from + 2 }, (_, place) => from + place) : monthEdges(from, to);
  if (edges[0] > first) edges.unshift(first);
  if (edges[edges.length - 1] <= last) edges.push(last + 1);
  return { edges, words: (bar) => spanWords(edges[bar], edges[bar + 1] - 1) };
}

/**
 * The range of days without a few that are far from all others, and the first and last of all.
 * @param {ArrayLike<number>} days  at least one
 * @returns {{from: number, to: number, first: number, last: number}}
 */
export function usualRange(days) {
  const sorted = Float64Array.from(days).sort();
  const first = sorted[0];
  const last = sorted[sorted.length - 1];
  const low = sorted[Math.floor(0.005 * (sorted.length - 1))];
  const high = sorted[Math.ceil(0.995 * (sorted.length - 1))];
  const few = high - low < (last - first) / 2;
  return { from: few ? low : first, to: few ? high : last, first, last };
}

/** @param {number} from @param {number} to @returns {number[]} */
function monthEdges(from, to) {
  const [start, end] = [toMonth(from), toMonth(to)];
  const step = MONTH_STEPS.find((one) => (end - start) / one < MOST_BARS) ?? MONTH_STEPS[MONTH_STEPS.length - 1];
  const edges = [];
  for (let at = Math.floor(start / step) * step; at <= end; at += step) edges.push(monthDay(at));
  edges.push(monthDay(Math.floor(end / step) * step + step));
  return edges;
}

/**
 * Return a range of days in few words: `May 2023`, `2023`, `3 May 2023 – 9 June 2023`.
 * @param {number} from
 * @param {number} to
 * @returns {string}
 */
export function spanWords(from, to) {
  const [year, month, day] = toDate(from);
  const [nextYear, nextMonth, nextDay] = toDate(to + 1);
  if (from === to) return dayWords(from);
  if (day === 1 && nextDay === 1) {
    if (month === 1 && nextMonth === 1) return nextYear === year + 1 ? String(year) : `${year} – ${nextYear - 1}`;
    const last = monthWords(to);
    return monthWords(from) === last ? last : `${monthWords(from)} – ${last}`;
  }
  return `${dayWords(from)} – ${dayWords(to)}`;
}

/** Return bars for whole numbers. @param {ArrayLike<number>} values  at least one @returns {Bins} */
export function numberBins(values) {
  let [least, most] = [values[0], values[0]];
  for (let at = 1; at < values.length; at += 1) {
    least = Math.min(least, values[at]);
    most = Math.max(most, values[at]);
  }
  let step = 1;
  for (let at = 0; (most - least) / step >= 40; at += 1) step *= [2, 2.5, 2][at % 3];
  step = Math.ceil(step);
  /** @type {number[]} */
  const edges = [];
  for (let at = Math.floor(least / step) * step; at <= most; at += step) edges.push(at);
  edges.push(edges[edges.length - 1] + step);
  const words = (/** @type {number} */ bar) =>
    step === 1 ? plainSigned(edges[bar]) : `${plainSigned(edges[bar])} – ${plainSigned(edges[bar + 1] - 1)}`;
  return { edges, words };
}

/** @param {number} number */
function plainSigned(number) {
  return number < 0 ? `−${plain(-number)}` : plain(number);
}

/** Return the bar that holds a value, or the nearest one. @param {Bins} bins @param {number} value @returns {number} */
export function barOf(bins, value) {
  let low = 0;
  let high = bins.edges.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (bins.edges[middle] <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
