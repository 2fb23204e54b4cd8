/** The widget's data: what an article's file says, fetched once. */

/** @typedef {{label: string, url?: string}} Named  its address may be relative to the site's */
/** @typedef {Named & {kind: string, tie?: string}} Neighbour */
/** @typedef {Named & {quote?: [string, string, string], text?: string}} Listed  a quote is text, words of the link, text */
/**
 * @typedef {object} Contents
 * @property {Neighbour[]} nodes  the article itself first
 * @property {[number, number][]} links
 * @property {Listed[]} backlinks
 * @property {number} more  backlinks that are not listed
 * @property {Listed[]} related
 */
import { indexOf } from "./addresses.js";

/** @type {Map<string, Promise<any>>} */
const asked = new Map();

/** @param {URL} url @returns {Promise<any>} null if there is no such file */
function fetched(url) {
  const known = asked.get(url.href);
  if (known) return known;
  const answer = fetch(url).then((response) => (response.ok ? response.json() : null));
  asked.set(url.href, answer);
  answer.catch(() => asked.delete(url.href));
  return answer;
}

/**
 * The contents for the article with one of the keys; null if none is known.
 * @param {string[]} keys
 * @param {string} folder  the address of the widget's files
 * @param {number} indexes
 * @returns {Promise<Contents|null>}
 */
export async function contentsOf(keys, folder, indexes) {
  for (const key of keys) {
    const listed = await fetched(new URL(`index/${indexOf(key, indexes)}.json`, folder));
    if (listed && Object.hasOwn(listed, key)) return fetched(new URL(`pages/${encodeURIComponent(listed[key])}.json`, folder));
  }
  return null;
}
