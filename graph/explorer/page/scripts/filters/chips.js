/** The current choices as a sentence over the map, each part of which can be removed, and a message for an empty map. */

import { byId, fill, make, quoted, say } from "../elements/dom.js";
import { cut, shownWords } from "../elements/formats.js";
import { clausesOf } from "./sentence.js";

/** @import {Explorer} from "../state/explorer.js" */
/** @import {Choice} from "./choice.js" */

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
    const isTimeless = state.view === "timeline" && filtered.shown > 0 && !hasDates(explorer);
    empty.hidden = (filtered.shown > 0 && !isTimeless) || explorer.playing;
    empty.textContent = atlas.count === 0 ? EMPTY : isTimeless ? TIMELESS : NOTHING_FITS;
    if (naming || !atlas.countable) return;
    const words = filtered.active ? shownWords(filtered.articles, all.articles) : EVERYTHING;
    // The time player says this in its own words, and not at each step.
    if (words !== said && !explorer.playing) say(words);
    said = words;
  };
  explorer.listen(update);
  update();
}

const EVERYTHING = "Everything is shown";
const EMPTY = "There is nothing to show yet. Build a folder with articles to see them here.";
export const NOTHING_FITS = "Nothing matches these filters.";
const TIMELESS = "Nothing of what is shown has a date: look at it in Topics or Network.";

/** Whether an article that is shown has a date. @param {Explorer} explorer */
function hasDates({ atlas, filtered }) {
  if (!atlas.countable) return true;
  for (let n = 0; n < atlas.articles; n += 1) if (filtered.visible[n] && atlas.day(n) !== null) return true;
  return false;
}

/** @param {Explorer} explorer @returns {HTMLElement[]} */
function chipsOf(explorer) {
  const { state, atlas, filters } = explorer;
  const clauses = clausesOf(atlas, state.choice, (facet) => filters.of(facet)?.many ?? false);
  const made = clauses.flatMap(({ before, words, without, other }) => {
    const remove = make("button", { class: "chip", "aria-label": `Remove the filter “${words}”`, onclick: () => explorer.choose(without) });
    remove.append(quoted(cut(words, 60)), make("span", { "aria-hidden": "true", text: "✕" }));
    const joint = before.replace(/^, /, "").trim();
    if (joint === "") return [remove];
    if (other === null) return [make("span", { class: "joint", text: joint }), remove];
    const label = joint === "or" ? "or: click to show only what has both" : "and: click to show what has either";
    return [make("button", { class: "joint", "aria-label": label, title: label, text: joint, onclick: () => explorer.choose(other) }), remove];
  });
  if (clauses.length > 1) made.push(make("button", { class: "chip", text: "Clear all", onclick: () => explorer.clearChoice() }));
  return made;
}
