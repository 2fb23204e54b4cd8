/** What a link to the page, or a picture of it, shows, in words. */

import { counted, cut } from "../elements/formats.js";
import { isChosen } from "../filters/choice.js";
import { basisWords } from "../filters/colouring.js";
import { sentenceOf } from "../filters/sentence.js";
import { MOST_PICKED } from "../state/state.js";

/** @import {Explorer} from "../state/explorer.js" */

const LONGEST_NAME = 80;
/** @type {Record<string, string>} */
const VIEW_WORDS = { topics: "Topics", network: "Network", timeline: "Timeline" };

const PANEL_WORDS = { table: "the table is open", insights: "the insights are open", around: "Around is open", compare: "the comparison is open" };

/** @param {Explorer} explorer @returns {string} such as `Network: Containers, since 1 May 2020` */
export function lookWords({ atlas, state }) {
  const sentence = sentenceOf(atlas, state.choice);
  const view = VIEW_WORDS[state.view] ?? state.view;
  return sentence ? `${view}: ${sentence}` : `${view}: everything`;
}

/** @param {Explorer} explorer @returns {string[]} what is shown, part by part */
export function stateWords(explorer) {
  const { atlas, state } = explorer;
  const name = (/** @type {number} */ node) => `“${cut(atlas.label(node) || atlas.iri(node), LONGEST_NAME)}”`;
  const parts = [lookWords(explorer), ...mannerWords(explorer)];
  if (state.node >= 0) parts.push(`${name(state.node)} is selected`);
  if (state.depth > 0) parts.push(`only nodes at most ${counted(state.depth, "step")} away from it are in focus`);
  if (state.to >= 0) parts.push(`the path from there to ${name(state.to)}`);
  if (state.panel) parts.push(state.panel === "compare" && state.compared.length > 1 ? `${state.compared.map(name).join(" and ")} are compared` : PANEL_WORDS[state.panel]);
  if (state.camera) parts.push("the position and the zoom of the map");
  return parts;
}

/** How it is shown, as far as the reader has chosen that. @param {Explorer} explorer @returns {string[]} */
function mannerWords({ atlas, state: { view, choice, look } }) {
  const off = atlas.header.tables.relations.filter(({ name }) => look.off.includes(name)).map(({ outward }) => `“${outward}”`);
  return [
    look.faded && isChosen(choice) ? "the rest is faded" : "",
    look.colour ? `colours by ${basisWords(atlas, look.colour)}` : "",
    look.size ? `sizes by ${basisWords(atlas, look.size)}` : "",
    look.lanes && view === "timeline" ? `lanes by ${basisWords(atlas, look.lanes)}` : "",
    off.length ? `without the relations ${off.join(", ")}` : "",
  ].filter(Boolean);
}

/** @param {Explorer} explorer @returns {string} what a link cannot hold, or "" */
export function linkLacks({ state }) {
  const { length } = state.choice.picked;
  return length > MOST_PICKED ? `A link cannot hold ${counted(length, "node")} selected on the map. Save the view as a file instead.` : "";
}
