/** What colours mean: the values of a facet or steps of a number, each with its hue and how many articles have it. */

import { MONTH_NAMES, counted, plain, toDate } from "../elements/formats.js";
import { HUES, SCALE_STEPS } from "../map/colours.js";
import { NODE_FACETS, wantedIn, withValue } from "./choice.js";
import { mainValues } from "./facets.js";
import { facetWords, valueWords } from "./value_words.js";

/** @import {Explorer} from "../state/explorer.js" */
/** @import {Atlas} from "../data/atlas.js" */
/** @import {Choice, Facet} from "./choice.js" */
/** @import {Island} from "../data/payload.js" */
/** What a colour stands for. `choice`: what a click chooses; null where it cannot be chosen.
 * @typedef {{hue: number, label: string, count: number, choice: Partial<Choice>|null, chosen: boolean}} Meaning */
/** The hue of each node, or null for those of islands. @typedef {{hues: Uint8Array|null, meanings: Meaning[]}} Colouring */

/** Numbers by which articles can be coloured, by their columns. @type {Record<string, string>} */
export const NUMBERS = { day: "Date", quality: "Quality", heat: "Heat", words: "Words", size: "Links to it" };

/** Those by which they can be sized, besides the links. */
export const SIZES = ["quality", "heat", "words"];

/** @param {Explorer} explorer @returns {Colouring} */
export function colouringOf(explorer) {
  const { colour } = explorer.state.look;
  if (!explorer.atlas.countable) return { hues: null, meanings: [] };
  if (Object.hasOwn(NUMBERS, colour)) return byNumber(explorer, colour);
  return explorer.filters.of(/** @type {Facet} */ (colour)) ? byFacet(explorer, /** @type {Facet} */ (colour)) : byIsland(explorer);
}

/** What an island stands for: a topic, or, where articles have none, a folder or a community. @param {Island[]} islands @returns {string} */
function islandWords(islands) {
  if (!islands.some(({ group }) => group)) return "topic";
  return islands.some(({ topic }) => topic >= 0) ? "topic, folder or community" : "folder or community";
}

/** @param {Explorer} explorer @returns {string} what colours mean */
export function colourWords({ atlas, colouring, state: { look } }) {
  if (colouring.hues === null) return `the ${islandWords(atlas.header.islands)} of its island`;
  return basisWords(atlas, look.colour);
}

/** @param {Atlas} atlas @param {string} name  of a number or facet @returns {string} what colours, sizes or lanes go by */
export function basisWords(atlas, name) {
  return (NUMBERS[name] ?? facetWords(atlas, /** @type {Facet} */ (name))).toLowerCase();
}

/** @param {Explorer} explorer @param {Facet} facet @returns {Colouring} */
function byFacet(explorer, facet) {
  const { atlas, filters, filtered: { kept }, state: { choice } } = explorer;
  const values = filters.of(facet);
  if (!values) return { hues: null, meanings: [] };
  const main = mainValues(values, atlas.articles, kept);
  /** @type {Map<number, number>} */
  const counts = new Map();
  main.forEach((value, n) => kept[n] && counts.set(value, (counts.get(value) ?? 0) + 1));
  const ranked = [...counts.keys()].filter((value) => value >= 0).sort((one, other) => (counts.get(other) ?? 0) - (counts.get(one) ?? 0) || one - other);
  const hueOf = new Map(ranked.slice(0, HUES - 1).map((value, at) => [value, at + 1]));
  const hues = new Uint8Array(atlas.count);
  main.forEach((value, n) => (hues[n] = hueOf.get(value) ?? 0));
  if (NODE_FACETS.includes(facet)) for (const [value, hue] of hueOf) hues[values.keyOf(value)] = hue;
  /** @type {Meaning[]} */
  const meanings = [...hueOf].map(([value, hue]) => {
    const key = values.keyOf(value);
    const chosen = wantedIn(choice, facet).includes(key);
    return { hue, label: valueWords(atlas, facet, key), count: counts.get(value) ?? 0, choice: withValue(choice, facet, key, chosen ? "neither" : "wanted", values.joint), chosen };
  });
  const others = ranked.slice(HUES - 1);
  const rest = others.reduce((sum, value) => sum + (counts.get(value) ?? 0), 0);
  if (rest) meanings.push({ hue: 0, label: counted(others.length, "other"), count: rest, choice: null, chosen: false });
  const none = counts.get(-1) ?? 0;
  if (none) meanings.push({ hue: 0, label: "None", count: none, choice: null, chosen: false });
  return { hues, meanings };
}

/** In steps with about as many articles each. @param {Explorer} explorer @param {string} name @returns {Colouring} */
function byNumber({ atlas, filtered: { kept }, state: { choice } }, name) {
  const { nothing } = atlas.header.tables;
  const column = atlas.columns[name];
  const hues = new Uint8Array(atlas.count);
  const isKnown = (/** @type {number} */ n) => column[n] !== nothing;
  const known = Float64Array.from(kept.keys()).filter((n) => kept[n] === 1 && isKnown(n)).map((n) => column[n]).sort();
  const starts = [...new Set(Array.from({ length: SCALE_STEPS }, (_, step) => known[Math.floor((step * known.length) / SCALE_STEPS)]))].filter((one) => one !== undefined);
  const stepOf = (/** @type {number} */ value) => Math.max(0, starts.filter((start) => value >= start).length - 1);
  // Few steps use the whole scale.
  const hueOf = (/** @type {number} */ step) => HUES + (starts.length > 1 ? Math.round((step * (SCALE_STEPS - 1)) / (starts.length - 1)) : SCALE_STEPS - 1);
  for (let n = 0; n < atlas.articles; n += 1) if (isKnown(n)) hues[n] = hueOf(stepOf(column[n]));
  const counts = new Uint32Array(starts.length);
  for (const value of known) counts[stepOf(value)] += 1;
  /** @type {Meaning[]} */
  const meanings = starts.map((start, step) => {
    const end = step + 1 < starts.length ? Math.max(start, starts[step + 1] - (name === "size" ? 0 : 1)) : known[known.length - 1];
    const [from, to] = name === "day" ? [choice.from, choice.to] : [choice.low, choice.high];
    const chosen = (name === "day" || name === "quality") && from === start && to === end;
    const range = name === "day" ? { from: chosen ? null : start, to: chosen ? null : end } : { low: chosen ? null : start, high: chosen ? null : end };
    return { hue: hueOf(step), label: rangeWords(name, start, end, step, starts.length), count: counts[step], choice: name === "day" || name === "quality" ? range : null, chosen };
  });
  const none = kept.reduce((sum, one, n) => sum + (one && !isKnown(n) ? 1 : 0), 0);
  if (none) meanings.push({ hue: 0, label: "Unknown", count: none, choice: null, chosen: false });
  return { hues, meanings };
}

/** @param {string} name @param {number} start @param {number} end @param {number} step @param {number} steps */
function rangeWords(name, start, end, step, steps) {
  if (name === "day") return shortMonth(start) === shortMonth(end) ? shortMonth(start) : `${shortMonth(start)} – ${shortMonth(end)}`;
  if (name === "size") return step === 0 ? "Fewest" : step === steps - 1 ? "Most" : "·";
  return start === end ? plain(start) : `${plain(start)} – ${plain(end)}`;
}

/** @param {number} day */
function shortMonth(day) {
  const [year, month] = toDate(day);
  return `${MONTH_NAMES[month - 1].slice(0, 3)} ${year}`;
}

/** What the largest islands stand for. @param {Explorer} explorer @returns {Colouring} */
function byIsland({ atlas, map, filters, filtered: { kept }, state: { choice } }) {
  const { islands } = atlas.header;
  const counts = new Uint32Array(islands.length);
  const { island } = atlas.columns;
  for (let n = 0; n < atlas.articles; n += 1) if (kept[n] && island[n] >= 0) counts[island[n]] += 1;
  const order = [...islands.keys()].filter((at) => counts[at] > 0 && (islands[at].topic >= 0 || islands[at].group)).sort((one, other) => counts[other] - counts[one] || one - other);
  /** @type {Meaning[]} */
  const meanings = order.slice(0, HUES - 1).map((at) => {
    const { topic, label, group } = islands[at];
    if (group) return { hue: map.scene.islandHue[at], label, count: counts[at], choice: null, chosen: false };
    const chosen = choice.topics.includes(topic);
    return { hue: map.scene.islandHue[at], label, count: counts[at], choice: withValue(choice, "topics", topic, chosen ? "neither" : "wanted", filters.of("topics")?.joint), chosen };
  });
  for (const [at, { label, topic, group }] of islands.entries()) {
    if (topic < 0 && !group && counts[at] > 0) meanings.push({ hue: map.scene.islandHue[at], label, count: counts[at], choice: null, chosen: false });
  }
  return { hues: null, meanings: islands.length > 1 ? meanings : [] };
}
