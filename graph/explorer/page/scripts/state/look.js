/** How the map shows what is chosen: what becomes of the rest, and what colours, sizes and lanes mean. */

/** Empty where nothing is chosen: the topic of an island, the number of links, the topics.
 * @typedef {object} Look
 * @property {boolean} faded  whether what does not fit stays in its place, faded
 * @property {string} colour  a facet or number
 * @property {string} size  a number
 * @property {string} lanes  a facet
 * @property {string[]} off  relations that are not shown
 */

import { isChosen } from "../filters/choice.js";

/** @import {Choice} from "../filters/choice.js" */

/** @returns {Look} as it is without a choice */
export function noLook() {
  return { faded: false, colour: "", size: "", lanes: "", off: [] };
}

/** Whether what is left is arranged anew, so that it fills the map. @param {{view: string, choice: Choice, look: Look}} state @returns {boolean} */
export function isArranged({ view, choice, look }) {
  return (isChosen({ ...choice, kinds: [] }) && !look.faded) || (view === "timeline" && look.lanes !== "");
}
