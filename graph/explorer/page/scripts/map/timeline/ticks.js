/** The ticks of a time axis: days, months, quarters, years or decades, whichever are far enough apart. */

/** @typedef {{day: number, text: string, major: boolean}} Tick  day counted from 1970-01-01 */

import { MONTH_NAMES, toDate, toDay } from "../../elements/formats.js";

/** 1970-01-01 was so many days after a Monday. */
const MONDAY = 3;
/** @type {{unit: "day"|"month"|"year", every: number, days: number}[]} */
const STEPS = [
  { unit: "day", every: 1, days: 1 },
  { unit: "day", every: 7, days: 7 },
  { unit: "month", every: 1, days: 30.4 },
  { unit: "month", every: 3, days: 91.3 },
  { unit: "year", every: 1, days: 365.2 },
  { unit: "year", every: 2, days: 730.5 },
  { unit: "year", every: 5, days: 1826 },
  { unit: "year", every: 10, days: 3652 },
  { unit: "year", every: 50, days: 18262 },
  { unit: "year", every: 100, days: 36524 },
];

/**
 * The ticks between two days, at least `apart` pixels from one another.
 * @param {number} first
 * @param {number} last
 * @param {number} pixels  per day
 * @param {number} [apart]
 * @returns {Tick[]}
 */
export function ticks(first, last, pixels, apart = 64) {
  const step = STEPS.find(({ days }) => days * pixels >= apart) ?? STEPS[STEPS.length - 1];
  const found = [];
  for (let day = begin(first, step); day <= last && found.length < 400; day = after(day, step)) {
    if (day >= first) found.push({ day, ...named(day, step.unit) });
  }
  return found;
}

/** @param {number} day @param {{unit: string, every: number}} step @returns {number} the last tick at or before it */
function begin(day, { unit, every }) {
  const whole = Math.floor(day);
  const [year, month] = toDate(whole);
  if (unit === "day") return every === 1 ? whole : whole - ((((whole + MONDAY) % 7) + 7) % 7);
  if (unit === "month") return toDay(year, month - ((month - 1) % every));
  return toDay(year - (((year % every) + every) % every));
}

/** @param {number} day @param {{unit: string, every: number}} step */
function after(day, { unit, every }) {
  const [year, month] = toDate(day);
  if (unit === "day") return day + every;
  return unit === "month" ? toDay(year, month + every) : toDay(year + every);
}

/** @param {number} day @param {string} unit @returns {{text: string, major: boolean}} */
function named(day, unit) {
  const [year, month, date] = toDate(day);
  const name = MONTH_NAMES[month - 1].slice(0, 3);
  if (unit === "year" || (unit === "month" && month === 1)) return { text: String(year), major: true };
  if (unit === "month") return { text: name, major: false };
  return { text: date <= 7 && month === 1 ? `${date} Jan ${year}` : `${date} ${name}`, major: date <= 7 };
}
