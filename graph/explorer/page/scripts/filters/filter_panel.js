/** The panel of filters: for each facet its values, with how many articles each would leave. */

import { byId, fill, make, panelHead } from "../elements/dom.js";
import { counted, ownValue, plain } from "../elements/formats.js";
import { barOf, dayBins, numberBins } from "./bins.js";
import { ChoiceList } from "./choice_list.js";
import { ownFacet } from "./filters.js";
import { Histogram } from "./histogram.js";
import { createLegend } from "./legend.js";

/** @import {Explorer} from "../state/explorer.js" */
/** @import {Bins} from "./bins.js" */
/** @typedef {{update: () => void}} Part */

const STATUS = { full: "Published, with its text", stub: "Stub: known only from links", unpublished: "Unpublished" };

/** Build the panel of filters, as soon as they can count. @param {Explorer} explorer @param {() => void} onClose */
export function createFilterPanel(explorer, onClose) {
  /** @type {(() => void)|null} */
  let update = null;
  const begin = () => {
    update = fillPanel(explorer, onClose);
    update();
  };
  let isBegun = explorer.atlas.countable;
  if (isBegun) begin();
  else fill(byId("filters"), make("p", { class: "found-note", text: "Counting the articles …" }));
  explorer.listen(() => {
    update?.();
    if (isBegun || !explorer.atlas.countable) return;
    isBegun = true;
    window.setTimeout(begin); // not right after the counting, as both take long for very many articles
  });
}

/** @param {Explorer} explorer @param {() => void} onClose @returns {() => void} updates the panel */
function fillPanel(explorer, onClose) {
  const { atlas, all } = explorer;
  const panel = byId("filters");
  const count = make("p", { class: "faint" });
  const clear = make("button", { class: "plain", text: "Clear all", onclick: () => explorer.clearChoice() });
  const legend = createLegend(explorer);
  /** @type {Part[]} */
  const parts = [legend];
  fill(panel, panelHead("Filters", "Close the filters", onClose, clear), make("div", { class: "legend" }, count, legend.element));
  const list = (/** @type {Omit<import("./choice_list.js").Offered, "explorer">} */ offered) => {
    const made = new ChoiceList({ ...offered, explorer });
    if (made.values < (offered.tree ? 1 : 2)) return;
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
  /** What the panel shows. @type {[object, object]|null} */
  let shown = null;
  return () => {
    const { filtered, state } = explorer;
    if (shown?.[0] === filtered && shown[1] === state.choice) return;
    shown = [filtered, state.choice];
    count.textContent = filtered.active
      ? `${plain(filtered.articles)} of ${counted(all.articles, "article")} shown`
      : counted(all.articles, "article");
    clear.hidden = !filtered.active;
    for (const part of parts) part.update();
  };
}

/**
 * Add a histogram, unless all values are the same.
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
  const values = known.filter((value) => value !== explorer.atlas.header.tables.nothing);
  if (values.every((value) => value === values[0])) return;
  const bins = column === "day" ? dayBins(values) : numberBins(values);
  const histogram = new Histogram({
    name,
    bins,
    totals: countBars(explorer, bins, column, null),
    onBrush: (from, to) => explorer.choose(ends[0] === "from" ? { from, to } : { low: from, high: to }),
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
    if (values[node] !== atlas.header.tables.nothing) counts[barOf(bins, values[node])] += 1;
  }
  return counts;
}
