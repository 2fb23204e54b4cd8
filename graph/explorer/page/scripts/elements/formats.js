/** How the page writes numbers, days and the names of kinds. */

/** @import {Kind} from "../data/payload.js" */

const DAY = 86400000;

export const KINDS = /** @type {const} */ (["article", "topic", "provider", "person"]);

/** @type {Record<Kind, string>} */
export const KIND_NAME = { article: "Article", topic: "Topic", provider: "Provider", person: "Person" };

/** @type {Record<Kind, string>} */
export const KINDS_NAME = { article: "Articles", topic: "Topics", provider: "Providers", person: "People" };

/** @param {import("../data/payload.js").OwnFacet|undefined} facet @param {string} key @returns {string} what a value of a facet is called */
export function ownValue(facet, key) {
  return facet?.values[facet.keys?.indexOf(key) ?? -1] ?? key;
}

const MONTH_FORMAT = new Intl.DateTimeFormat("en", { month: "long", timeZone: "UTC" });

/** The names of months in the language of the page. */
export const MONTH_NAMES = Array.from({ length: 12 }, (_, month) => MONTH_FORMAT.format(Date.UTC(1970, month)));

/** Return a whole number as it is read: `7,080`. @param {number} number @returns {string} */
export function plain(number) {
  return String(Math.round(number)).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** Return a share in percent: `12 %`; `less` says that it is below one. @param {number} share @param {string} [less] @returns {string} */
export function percent(share, less = "less than 1 %") {
  return share > 0 && share < 0.01 ? less : `${plain(100 * share)} %`;
}

/** Return a number with at most two decimals: `4.65`. @param {number} number @returns {string} */
export function rounded(number) {
  return String(Number(number.toFixed(2)));
}

/**
 * Return a number with what it counts: `1 article`, `7,080 articles`.
 * @param {number} number
 * @param {string} one
 * @param {string} [many]
 * @returns {string}
 */
export function counted(number, one, many = `${one}s`) {
  return `${plain(number)} ${number === 1 ? one : many}`;
}

/** Return what a button says that shows the next of what is left, at most so many at once. @param {number} left @param {number} most @returns {string} */
export function moreWords(left, most) {
  return left > most ? `Show ${plain(most)} more of ${plain(left)}` : `Show ${plain(left)} more`;
}

/** Return how many of all articles are shown: `40 of 7,080 articles shown`. @param {number} some @param {number} all @returns {string} */
export function shownWords(some, all) {
  return `${plain(some)} of ${counted(all, "article")} shown`;
}

/**
 * Return the year, month (from 1) and day of a day counted from 1970-01-01.
 * @param {number} day
 * @returns {[number, number, number]}
 */
export function toDate(day) {
  const date = new Date(day * DAY);
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
}

/**
 * Return the number of days from 1970-01-01 to a date; months beyond the year's carry over.
 * @param {number} year
 * @param {number} [month] from 1
 * @param {number} [day] from 1
 * @returns {number}
 */
export function toDay(year, month = 1, day = 1) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return Math.floor(date.getTime() / DAY);
}

/** @param {number} day @returns {number} its month, counted from the year 0 */
export function toMonth(day) {
  const [year, month] = toDate(day);
  return year * 12 + month - 1;
}

/** @param {number} month  counted from the year 0 @returns {number} its first day */
export function monthDay(month) {
  return toDay(0, month + 1);
}

/** Return a day as it is read: `23 May 2023`. @param {number} day @returns {string} */
export function dayWords(day) {
  const [year, month, date] = toDate(day);
  return `${date} ${MONTH_NAMES[month - 1]} ${year}`;
}

/** Return a day as it is written: `2023-05-23`. @param {number} day @returns {string} */
export function dayCode(day) {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** Return the day that a code such as `2023-05-23` names, or null. @param {string} code @returns {number | null} */
export function codeDay(code) {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(code);
  if (found === null) return null;
  const day = toDay(Number(found[1]), Number(found[2]), Number(found[3]));
  return dayCode(day) === code ? day : null;
}

/** Return a month as it is read: `May 2023`. @param {number} day any day of the month @returns {string} */
export function monthWords(day) {
  const [year, month] = toDate(day);
  return `${MONTH_NAMES[month - 1]} ${year}`;
}

/** Return the months from one day to another as they are read: `May 2023 to July 2024`. @param {number} from @param {number} to @returns {string} */
export function monthsWords(from, to) {
  const [first, last] = [monthWords(from), monthWords(to)];
  return first === last ? first : `${first} to ${last}`;
}

/** Return an ISO 8601 duration as it is read: `PT1H2M` is `1 h 2 min`. @param {string} code @returns {string} */
export function durationWords(code) {
  const found = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/.exec(code);
  if (found === null) return code;
  const units = ["wk", "d", "h", "min", "s"];
  const parts = found.slice(1).map((part, place) => (part && Number(part) ? `${Number(part)} ${units[place]}` : ""));
  return parts.filter(Boolean).slice(0, 2).join(" ") || code;
}

/**
 * Return a text cut to a length, with `…` where something is missing.
 * @param {string} text
 * @param {number} most
 * @returns {string}
 */
export function cut(text, most) {
  const signs = text.length > most ? [...text.slice(0, 2 * most)] : [];
  return signs.length > most ? `${signs.slice(0, most - 1).join("").trimEnd()}…` : text;
}
