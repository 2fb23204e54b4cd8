/** A query as it is typed: words, and conditions such as `provider:microsoft`, `-topic:ai` or `before:2021`. */

import { toDay } from "../elements/formats.js";

/** @typedef {{name: string, value: string, negated: boolean}} Condition */
/** @typedef {{words: string, conditions: Condition[]}} Query */

/** A name, a colon, and a value that may be in quotes, after a space or at the beginning. */
const CONDITION = /(^|\s)(-?)([\p{L}][\p{L}\p{N}_]*):(?:"([^"]*)"?|(\S+))/gu;
const PERIOD = /^(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?$/;

/**
 * Split a text into words and conditions. Whatever has no known name before its colon, such as an address, is words.
 * @param {string} text
 * @param {(name: string) => boolean} isKnown
 * @returns {Query}
 */
export function parseQuery(text, isKnown) {
  /** @type {Condition[]} */
  const conditions = [];
  const words = text.replace(CONDITION, (whole, space, minus, name, quoted, plain) => {
    const value = (quoted ?? plain).trim();
    if (!isKnown(name.toLowerCase()) || value === "") return whole;
    conditions.push({ name: name.toLowerCase(), value, negated: minus === "-" });
    return space;
  });
  return { words: conditions.length ? words.trim().replace(/\s+/gu, " ") : text, conditions };
}

/**
 * Return the first day of a year, month or day such as `2021`, `2021-05` or `2021-05-23`, and the day after its last.
 * @param {string} text
 * @returns {[number, number]|null}
 */
export function periodOf(text) {
  const found = PERIOD.exec(text);
  if (found === null) return null;
  const [year, month, day] = found.slice(1).map((part) => (part === undefined ? 0 : Number(part)));
  if (month > 12 || (found[2] && month < 1) || (found[3] && (day < 1 || day > 31))) return null;
  const first = toDay(year, month || 1, day || 1);
  if (day) return toDay(year, month + 1, 1) > first ? [first, first + 1] : null;
  return [first, month ? toDay(year, month + 1) : toDay(year + 1)];
}
