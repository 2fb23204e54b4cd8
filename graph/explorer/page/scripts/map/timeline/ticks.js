/** The ticks of a time axis: days, months, quarters, years or decades, whichever are far enough apart. */

/** @typedef {{day: number, text: string, major: boolean}} Tick  day counted from 1970-01-01 */

import { MONTH_NAMES, monthDay, toDate, toMonth } from "../../elements/formats.js";

/** 1970-01-01 was so many days after a Monday. */
const MONDAY = 3;
/** Steps in days and in months, from which the finest is taken that leaves room for the dates. */
const STEPS = { days: [1, 7], months: [1, 3, 6, 12, 24, 60, 120, 600, 1200] };
const DAYS_OF_MONTH = 30.43;
const MOST_TICKS = 400;

/**
 * The ticks between two days, at least `apart` pixels from one another.
 * @param {number} first
 * @param {number} last
 * @param {number} pixels  per day
 * @param {number} [apart]
 * @returns {Tick[]}
 */
export function ticks(first, last, pixels, apart = 64) {
  const days = STEPS.days.find((step) => step * pixels >= apart);
  const months = STEPS.months.find((step) => step * DAYS_OF_MONTH * pixels >= apart) ?? 1200;
  const begin = Math.floor(first);
  const found = [];
  for (let at = 0; found.length < MOST_TICKS; at += 1) {
    const day = days ? (Math.floor((begin + MONDAY) / days) + at) * days - MONDAY : monthDay((Math.floor(toMonth(begin) / months) + at) * months);
    if (day > last) break;
    if (day >= first) found.push({ day, ...named(day, days !== undefined) });
  }
  return found;
}

/** @param {number} day @param {boolean} ofDays  whether there are ticks within months @returns {{text: string, major: boolean}} */
function named(day, ofDays) {
  const [year, month, date] = toDate(day);
  const name = MONTH_NAMES[month - 1].slice(0, 3);
  if (!ofDays) return month === 1 ? { text: String(year), major: true } : { text: name, major: false };
  return { text: date <= 7 && month === 1 ? `${date} Jan ${year}` : `${date} ${name}`, major: date <= 7 };
}
