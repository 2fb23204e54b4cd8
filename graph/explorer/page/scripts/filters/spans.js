/** Spans of the calendar that follow one another: weeks from Monday, months, quarters and years. */

import { monthDay, toMonth } from "../elements/formats.js";

/** @typedef {"week"|"month"|"quarter"|"year"} Unit */
/** The first and the last day of a span. @typedef {{from: number, to: number}} Span */

/** The longest first. @type {Unit[]} */
export const UNITS = ["year", "quarter", "month", "week"];
const MONTHS = { month: 1, quarter: 3, year: 12 };
const WEEK = 7;
/** 1970-01-01 was a Thursday. */
const THURSDAY = 3;
/** The fewest spans that show how things change. */
const FEWEST = 12;

/** Return the span that a day is in. @param {number} day @param {Unit} unit @returns {Span} */
export function spanOn(day, unit) {
  if (unit === "week") {
    const monday = Math.floor((day + THURSDAY) / WEEK) * WEEK - THURSDAY;
    return { from: monday, to: monday + WEEK - 1 };
  }
  const start = Math.floor(toMonth(day) / MONTHS[unit]) * MONTHS[unit];
  return { from: monthDay(start), to: monthDay(start + MONTHS[unit]) - 1 };
}

/** Return the span before or after that of a day, or null if it is outside of a range. @param {number} day @param {Unit} unit
 * @param {-1|1} direction @param {Span} range @returns {Span|null} */
export function spanBeside(day, unit, direction, range) {
  const { from, to } = spanOn(day, unit);
  const found = spanOn(direction < 0 ? from - 1 : to + 1, unit);
  return found.to < range.from || found.from > range.to ? null : found;
}

/** Return the longest unit of which a range holds enough to see how things change. @param {Span} range @returns {Unit} */
export function unitFor({ from, to }) {
  const lengths = { week: WEEK, month: 30.4, quarter: 91.3, year: 365.2 };
  return UNITS.find((unit) => (to - from + 1) / lengths[unit] >= FEWEST) ?? "week";
}
