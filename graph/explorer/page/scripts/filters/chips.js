/** The choices in force as chips over the map, each a click from being taken back; and kind words for an empty map. */

import { byId, fill, make, quoted, say } from "../elements/dom.js";
import { spanWords } from "./bins.js";
import { noChoice, ownChoices, ownFacet } from "./filters.js";
import { counted, dayWords, KINDS_NAME, ownValue, plain, cut } from "../elements/formats.js";

/** @import {Explorer} from "../state/explorer.js" */
/** @import {Choice} from "./filters.js" */

/** @param {Explorer} explorer */
export function createChips(explorer) {
  const place = byId("chips");
  const empty = byId("empty");
  /** The choice whose chips stand there. @type {Choice|null} */
  let drawn = null;
  /** How many are shown, as it was said last. */
  let said = EVERYTHING;
  const update = () => {
    const { atlas, all, filtered, state, naming } = explorer;
    // Chips that stay keep what the reader has put the focus on.
    if (drawn !== state.choice) fill(place, ...chipsOf(explorer));
    drawn = state.choice;
    empty.hidden = filtered.shown > 0;
    empty.textContent = atlas.count === 0 ? EMPTY : "Nothing fits these filters.";
    if (naming || !atlas.countable) return;
    const words = filtered.active ? `${plain(filtered.articles)} of ${counted(all.articles, "article")} shown` : EVERYTHING;
    if (words !== said) say(words);
    said = words;
  };
  explorer.listen(update);
  update();
}

const EVERYTHING = "Everything is shown";
const EMPTY = "There is nothing to show yet. Give article-graph a folder with articles, and they will stand here.";

/** @param {Explorer} explorer @returns {HTMLElement[]} */
function chipsOf(explorer) {
  const { state, atlas } = explorer;
  const { choice } = state;
  /** @type {HTMLElement[]} */
  const made = [];
  const chip = (/** @type {string} */ text, /** @type {Partial<Choice>} */ part) => {
    const remove = make("button", { type: "button", class: "chip", "aria-label": `Show again what is not “${text}”` });
    remove.append(quoted(cut(text, 60)), make("span", { "aria-hidden": "true", text: "✕" }));
    remove.addEventListener("click", () => {
      explorer.change({ choice: /** @type {Choice} */ ({ ...explorer.state.choice, ...part }) }, { stay: true });
    });
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
    made.push(make("button", { type: "button", class: "chip", text: "Clear all", onclick: () => explorer.change({ choice: noChoice() }, { stay: true }) }));
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
