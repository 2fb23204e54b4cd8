/** The current choices as chips over the map, each of which takes one back, and a message for an empty map. */

import { byId, fill, make, quoted, say } from "../elements/dom.js";
import { counted, cut, dayWords, KINDS_NAME, ownValue, plain } from "../elements/formats.js";
import { spanWords } from "./bins.js";
import { ownChoices, ownFacet } from "./filters.js";

/** @import {Explorer} from "../state/explorer.js" */
/** @import {Choice} from "./filters.js" */

/** @param {Explorer} explorer */
export function createChips(explorer) {
  const place = byId("chips");
  const empty = byId("empty");
  /** The choice whose chips are shown. @type {Choice|null} */
  let drawn = null;
  /** What was said last about how many are shown. */
  let said = EVERYTHING;
  const update = () => {
    const { atlas, all, filtered, state, naming } = explorer;
    // Chips that stay the same keep the focus.
    if (drawn !== state.choice) fill(place, ...chipsOf(explorer));
    drawn = state.choice;
    empty.hidden = filtered.shown > 0;
    empty.textContent = atlas.count === 0 ? EMPTY : NOTHING_FITS;
    if (naming || !atlas.countable) return;
    const words = filtered.active ? `${plain(filtered.articles)} of ${counted(all.articles, "article")} shown` : EVERYTHING;
    if (words !== said) say(words);
    said = words;
  };
  explorer.listen(update);
  update();
}

const EVERYTHING = "Everything is shown";
const EMPTY = "There is nothing to show yet. Build a folder with articles to see them here.";
export const NOTHING_FITS = "Nothing matches these filters.";

/** @param {Explorer} explorer @returns {HTMLElement[]} */
function chipsOf(explorer) {
  const { state, atlas } = explorer;
  const { choice } = state;
  /** @type {HTMLElement[]} */
  const made = [];
  const chip = (/** @type {string} */ text, /** @type {Partial<Choice>} */ part) => {
    const remove = make("button", { class: "chip", "aria-label": `Remove the filter “${text}”`, onclick: () => explorer.choose(part) });
    remove.append(quoted(cut(text, 60)), make("span", { "aria-hidden": "true", text: "✕" }));
    made.push(remove);
  };
  const without = (/** @type {any[]} */ values, /** @type {any} */ value) => values.filter((one) => one !== value);
  if (choice.words) chip(`“${choice.words}”`, { words: "" });
  if (choice.kinds.length) chip(choice.kinds.map((kind) => KINDS_NAME[/** @type {keyof KINDS_NAME} */ (kind)]).join(", "), { kinds: [] });
  for (const topic of choice.topics) chip(atlas.label(topic), { topics: without(choice.topics, topic) });
  for (const provider of choice.providers) chip(atlas.label(provider), { providers: without(choice.providers, provider) });
  for (const type of choice.types) chip(type, { types: without(choice.types, type) });
  for (const category of choice.categories) chip(category, { categories: without(choice.categories, category) });
  for (const status of choice.status) chip(status === "full" ? "published" : status, { status: without(choice.status, status) });
  for (const one of choice.communities) {
    chip(atlas.header.communities[one]?.label ?? `Community ${one + 1}`, { communities: without(choice.communities, one) });
  }
  for (const [facet, keys] of ownChoices(choice)) {
    for (const key of keys) chip(facetWords(explorer, facet, key), { [facet]: without(keys, key) });
  }
  const dates = datesOf(choice);
  if (dates) chip(dates, { from: null, to: null });
  if (choice.low !== null || choice.high !== null) {
    chip(`quality ${choice.low ?? "…"} to ${choice.high ?? "…"}`, { low: null, high: null });
  }
  if (made.length > 1) {
    made.push(make("button", { class: "chip", text: "Clear all", onclick: () => explorer.clearChoice() }));
  }
  return made;
}

/** @param {Explorer} explorer @param {import("./filters.js").Own} facet @param {string} key */
function facetWords({ atlas }, facet, key) {
  const own = atlas.header.facets.find(({ name }) => ownFacet(name) === facet);
  return `${own?.label ?? facet.slice("own.".length)}: ${ownValue(own, key)}`;
}

/** @param {Choice} choice */
function datesOf({ from, to }) {
  if (from !== null && to !== null) return spanWords(from, to);
  if (from !== null) return `since ${dayWords(from)}`;
  return to === null ? "" : `until ${dayWords(to)}`;
}
