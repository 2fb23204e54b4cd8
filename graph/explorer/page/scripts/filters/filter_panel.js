/** The filters: for each facet its values, with how many articles each would leave, and a way to choose. */

import { NOTHING } from "../data/atlas.js";
import { barOf, dayBins, numberBins } from "./bins.js";
import { ChoiceList } from "./choice_list.js";
import { byId, fill, make } from "../elements/dom.js";
import { noChoice, ownFacet } from "./filters.js";
import { Histogram } from "./histogram.js";
import { createLegend } from "./legend.js";
import { counted, ownValue, plain } from "../elements/formats.js";

/** @import {Explorer} from "../state/explorer.js" */
/** @import {Bins} from "./bins.js" */
/** @typedef {{update: () => void}} Part */

const STATUS = { full: "Published, with its text", stub: "Stub: known only from links", unpublished: "Unpublished" };

/**
 * Build the panel of filters, as soon as they can count.
 * @param {Explorer} explorer
 * @param {() => void} onClose
 */
export function createFacets(explorer, onClose) {
  /** @type {(() => void)|null} */
  let update = null;
  let isBegun = false;
  const begin = () => {
    update = fillPanel(explorer, onClose);
    update();
  };
  const follow = () => {
    update?.();
    if (isBegun || !explorer.atlas.countable) return;
    isBegun = true;
    window.setTimeout(begin); // not in one go with the counting: both take long where there are very many
  };
  if (explorer.atlas.countable) begin();
  else fill(byId("filters"), make("p", { class: "found-note", text: "Counting the articles …" }));
  isBegun = explorer.atlas.countable;
  explorer.listen(follow);
}

/** @param {Explorer} explorer @param {() => void} onClose @returns {() => void} tells the panel what has changed */
function fillPanel(explorer, onClose) {
  const { atlas, all } = explorer;
  const panel = byId("filters");
  const count = make("p", { class: "faint" });
  const clear = make("button", { type: "button", class: "plain", text: "Clear all", onclick: () => explorer.change({ choice: noChoice() }, { stay: true }) });
  const head = make(
    "div",
    { class: "head" },
    make("h2", { text: "Filters" }),
    clear,
    make("button", { type: "button", class: "icon", "aria-label": "Close the filters", text: "✕", onclick: onClose }),
  );
  /** @type {Part[]} */
  const parts = [];
  const legend = createLegend(explorer);
  parts.push(legend);
  fill(panel, head, make("div", { class: "legend" }, count, legend.element));
  const list = (/** @type {Omit<import("./choice_list.js").Offered, "explorer">} */ offered) => {
    const made = new ChoiceList({ ...offered, explorer });
    if (made.values < 2 && !offered.tree) return;
    if (made.values === 0) return;
    parts.push(made);
    panel.append(made.element);
  };
  const label = (/** @type {number} */ node) => atlas.label(node);
  addHistogram(explorer, panel, parts, "Date", "day", "dated", ["from", "to"]);
  list({ name: "Topics", facet: "topics", totals: all.counts.topics, label, tree: true, open: true });
  list({ name: "Providers", facet: "providers", totals: all.counts.providers, label, open: true });
  list({ name: "Type", facet: "types", totals: all.counts.types, label: String });
  list({ name: "Category", facet: "categories", totals: all.counts.categories, label: String });
  for (const own of atlas.header.facets) {
    const facet = ownFacet(own.name);
    list({ name: own.label, facet, totals: all.counts[facet], label: (key) => ownValue(own, key) });
  }
  list({ name: "Status", facet: "status", totals: all.counts.status, label: (one) => STATUS[/** @type {keyof STATUS} */ (one)] });
  addHistogram(explorer, panel, parts, "Quality", "quality", "rated", ["low", "high"]);
  const communities = new Map([...all.counts.communities].filter(([one]) => one >= 0 && atlas.header.communities[one]));
  list({ name: "Community", facet: "communities", totals: communities, label: (one) => atlas.header.communities[one].label });
  /** What was told last. @type {[object, object]|null} */
  let told = null;
  return () => {
    const { filtered, state } = explorer;
    if (told?.[0] === filtered && told[1] === state.choice) return;
    told = [filtered, state.choice];
    count.textContent = filtered.active
      ? `${plain(filtered.articles)} of ${counted(all.articles, "article")} shown`
      : counted(all.articles, "article");
    clear.hidden = !filtered.active;
    for (const part of parts) part.update();
  };
}

/**
 * Add a histogram, where there is anything to part.
 * @param {Explorer} explorer
 * @param {HTMLElement} panel
 * @param {Part[]} parts
 * @param {string} name
 * @param {"day"|"quality"} column
 * @param {"dated"|"rated"} passing
 * @param {["from", "to"] | ["low", "high"]} ends
 */
function addHistogram(explorer, panel, parts, name, column, passing, ends) {
  const known = /** @type {Int32Array} */ (explorer.atlas.columns[column]).subarray(0, explorer.atlas.articles);
  const values = known.filter((value) => value !== NOTHING);
  if (values.every((value) => value === values[0])) return;
  const bins = column === "day" ? dayBins(values) : numberBins(values);
  const histogram = new Histogram({
    name,
    bins,
    totals: countBars(explorer, bins, column, null),
    onBrush: (from, to) => {
      const choice = { ...explorer.state.choice, [ends[0]]: from, [ends[1]]: to };
      explorer.change({ choice }, { stay: true });
    },
  });
  const some = make("span", { class: "some", hidden: true });
  panel.append(
    make("details", { class: "facet", open: column === "day" }, make("summary", {}, make("span", { text: name }), some), histogram.element),
  );
  parts.push({
    update: () => {
      const { choice } = explorer.state;
      const [from, to] = [choice[ends[0]], choice[ends[1]]];
      some.hidden = from === null && to === null;
      some.textContent = "chosen";
      histogram.update(countBars(explorer, bins, column, explorer.filtered[passing]), from, to);
    },
  });
}

/** @param {Explorer} explorer @param {Bins} bins @param {"day"|"quality"} column @param {Uint8Array|null} passing */
function countBars({ atlas }, bins, column, passing) {
  /** @type {number[]} */
  const counts = new Array(bins.edges.length - 1).fill(0);
  const values = atlas.columns[column];
  for (let node = 0; node < atlas.articles; node += 1) {
    if (passing !== null && passing[node] === 0) continue;
    if (values[node] !== NOTHING) counts[barOf(bins, values[node])] += 1;
  }
  return counts;
}
