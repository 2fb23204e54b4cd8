/** The marks of a time axis: days, months, quarters, years or decades, whichever stand far enough apart. */

/** @typedef {{day: number, text: string, major: boolean}} Tick  day counted from 1970-01-01 */

const ONE_DAY = 86400000;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
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
  const date = new Date(Math.floor(day) * ONE_DAY);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (unit === "day") return every === 1 ? Math.floor(day) : Math.floor(day) - ((date.getUTCDay() + 6) % 7);
  if (unit === "month") return number(year, month - (month % every));
  return number(year - (((year % every) + every) % every), 0);
}

/** @param {number} day @param {{unit: string, every: number}} step */
function after(day, { unit, every }) {
  const date = new Date(day * ONE_DAY);
  if (unit === "day") return day + every;
  if (unit === "month") return number(date.getUTCFullYear(), date.getUTCMonth() + every);
  return number(date.getUTCFullYear() + every, 0);
}

/** @param {number} year @param {number} month */
function number(year, month) {
  const date = new Date(Date.UTC(2000, month, 1));
  date.setUTCFullYear(year + date.getUTCFullYear() - 2000);
  return Math.round(date.getTime() / ONE_DAY);
}

/** @param {number} day @param {string} unit @returns {{text: string, major: boolean}} */
function named(day, unit) {
  const date = new Date(day * ONE_DAY);
  const [year, month, ofMonth] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  if (unit === "year") return { text: String(year), major: true };
  if (unit === "month") return month === 0 ? { text: String(year), major: true } : { text: MONTHS[month], major: false };
  if (ofMonth <= 7 && month === 0) return { text: `${ofMonth} Jan ${year}`, major: true };
  return { text: `${ofMonth} ${MONTHS[month]}`, major: ofMonth <= 7 };
}
