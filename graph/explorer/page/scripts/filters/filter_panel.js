/** The panel of filters: for each facet its values, with how many articles each would leave. */

import { byId, fill, make, panelHead } from "../elements/dom.js";
import { counted, dayWords, plain, shownWords, toDay } from "../elements/formats.js";
import { barOf, dayBins, numberBins, spanWords } from "./bins.js";
import { barred, ownFacet, withValue } from "./choice.js";
import { ChoiceList } from "./choice_list.js";
import { Histogram } from "./histogram.js";
import { createLegend } from "./legend.js";
import { createRelationList } from "./relation_list.js";
import { TimePlayer } from "./time_player.js";
import { valueWords } from "./value_words.js";

/** @import {Explorer} from "../state/explorer.js" */
/** @import {Bins} from "./bins.js" */
/** What shows the choice at once, and what is counted for it after the map is drawn. @typedef {{update: () => void, follow?: () => void}} Part */

/** What can be left out with one click, and what each is called. */
const HIDDEN = /** @type {const} */ ([["stub", "Stubs"], ["alone", "Orphans, without links"], ["unpublished", "Unpublished"]]);
/** How many days are new, and what they are called. */
const NEW = /** @type {const} */ ([[7, "Newest week"], [30, "Newest month"]]);

/** Build the panel of filters, as soon as they can count. @param {Explorer} explorer @param {() => void} onClose
 * @returns {{leave: () => boolean}} stops what plays by itself; false where nothing does */
export function createFilterPanel(explorer, onClose) {
  /** @type {ReturnType<typeof fillPanel>|null} */
  let filled = null;
  const begin = () => {
    filled = fillPanel(explorer, onClose);
    filled.update();
    filled.follow();
  };
  let isBegun = explorer.atlas.countable;
  if (isBegun) begin();
  else fill(byId("filters"), make("p", { class: "found-note", text: "Counting articles …" }));
  explorer.followers.push(() => filled?.follow());
  explorer.listen(() => {
    filled?.update();
    if (isBegun || !explorer.atlas.countable) return;
    isBegun = true;
    window.setTimeout(begin); // not right after the counting, because both take long for very many articles
  });
  return { leave: () => (filled?.player?.isPlaying ?? false) && (filled?.player?.end() ?? false) };
}

/** @param {Explorer} explorer @param {() => void} onClose @returns {Required<Part> & {player: TimePlayer|null}} */
function fillPanel(explorer, onClose) {
  const { atlas, all } = explorer;
  const panel = byId("filters");
  const count = make("p", { class: "faint" });
  const clear = make("button", { class: "plain", text: "Clear all", onclick: () => explorer.clearChoice() });
  const legend = createLegend(explorer);
  const hiding = createHiding(explorer);
  /** @type {Part[]} */
  const parts = [legend, hiding];
  fill(panel, panelHead("Filters", "Close the filters", onClose, clear), make("div", { class: "legend" }, count, hiding.rest, legend.element));
  const list = (/** @type {Omit<import("./choice_list.js").Offered, "explorer">} */ offered) => {
    const made = new ChoiceList({ ...offered, explorer });
    if (made.values < (offered.tree ? 1 : 2)) return;
    parts.push(made);
    panel.append(made.element);
    if (offered.facet === "status") made.element.querySelector("summary")?.after(hiding.element);
  };
  const label = (/** @type {import("./choice.js").Facet} */ facet) => (/** @type {any} */ key) => valueWords(atlas, facet, key);
  const player = addHistogram(explorer, panel, parts, "Date", "day", "dated", ["from", "to"]);
  list({ name: "Topics", facet: "topics", totals: all.counts.topics, label: label("topics"), tree: true, open: true });
  list({ name: "Providers", facet: "providers", totals: all.counts.providers, label: label("providers"), open: true });
  list({ name: "Authors", facet: "authors", totals: all.counts.authors, label: label("authors") });
  list({ name: "Type", facet: "types", totals: all.counts.types, label: String });
  list({ name: "Category", facet: "categories", totals: all.counts.categories, label: String });
  for (const own of atlas.header.facets) {
    const facet = ownFacet(own.name);
    list({ name: own.label, facet, totals: all.counts[facet], label: label(facet) });
  }
  list({ name: "Status", facet: "status", totals: all.counts.status, label: label("status") });
  addHistogram(explorer, panel, parts, "Quality", "quality", "rated", ["low", "high"]);
  const communities = new Map([...all.counts.communities].filter(([one]) => one >= 0 && atlas.header.communities[one]));
  list({ name: "Community", facet: "communities", totals: communities, label: label("communities") });
  const relations = createRelationList(explorer);
  if (relations) {
    parts.push(relations);
    panel.append(relations.element);
  }
  /** What the panel shows. @type {unknown[]} */
  let shown = [];
  const update = () => {
    const { filtered, state } = explorer;
    const now = [filtered, state.choice, state.look, state.view];
    if (now.every((one, at) => one === shown[at])) return;
    shown = now;
    count.textContent = filtered.active ? shownWords(filtered.articles, all.articles) : counted(all.articles, "article");
    clear.hidden = !filtered.active;
    for (const part of parts) part.update();
  };
  return { update, follow: () => parts.forEach((part) => part.follow?.()), player };
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
 * @returns {TimePlayer|null} what plays through the days
 */
function addHistogram(explorer, panel, parts, name, column, passing, ends) {
  const known = /** @type {Int32Array} */ (explorer.atlas.columns[column]).subarray(0, explorer.atlas.articles);
  const values = known.filter((value) => value !== explorer.atlas.header.tables.nothing);
  if (values.every((value) => value === values[0])) return null;
  const bins = column === "day" ? dayBins(values) : numberBins(values);
  const bars = barsOf(explorer, bins, column);
  const histogram = new Histogram({
    name,
    bins,
    onBrush: (from, to) => explorer.choose(ends[0] === "from" ? { from, to } : { low: from, high: to }),
  });
  const player = column === "day" ? new TimePlayer(explorer, values) : null;
  const some = make("span", { class: "some", hidden: true });
  const summary = make("summary", {}, make("span", { text: name }), some);
  panel.append(make("details", { class: "facet", open: column === "day" }, summary, histogram.element, column === "day" ? newest(explorer, values) : null, player?.element));
  parts.push({
    update: () => {
      const { choice } = explorer.state;
      const [from, to] = [choice[ends[0]], choice[ends[1]]];
      some.hidden = from === null && to === null;
      some.textContent = "chosen";
      histogram.update(countBars(bars, bins.edges.length - 1, explorer.filtered[passing]), from, to);
      player?.update();
    },
  });
  return player;
}

/** Buttons that choose the last days before the newest article, but not days that are still to come. @param {Explorer} explorer @param {Int32Array} days */
function newest(explorer, days) {
  const now = new Date();
  const today = toDay(now.getUTCFullYear(), now.getUTCMonth() + 1, now.getUTCDate());
  const last = days.reduce((most, day) => (day <= today ? Math.max(most, day) : most), -Infinity);
  if (!Number.isFinite(last)) return null;
  const made = NEW.map(([count, text]) =>
    make("button", { class: "plain", text, title: `${spanWords(last - count + 1, last)}: the newest article is from ${dayWords(last)}`, onclick: () => explorer.choose({ from: last - count + 1, to: null }) }),
  );
  return make("div", { class: "newest" }, ...made);
}

/** Boxes that leave out what most readers do not look for, and one that fades the rest instead of hiding it. @param {Explorer} explorer */
function createHiding(explorer) {
  const { all, atlas } = explorer;
  const box = (/** @type {string} */ text, /** @type {(on: boolean) => void} */ onChange, /** @type {number|null} */ number = null) => {
    const input = make("input", { type: "checkbox", onchange: () => onChange(input.checked) });
    const element = make("li", { class: "choice" }, make("label", {}, input, make("bdi", { text }), number !== null && make("span", { class: "count", text: plain(number) })));
    return { input, element };
  };
  const present = HIDDEN.filter(([status]) => (all.counts.status.get(status) ?? 0) > 0 && (all.counts.status.get(status) ?? 0) < atlas.articles);
  const rows = present.map(([status, text]) => ({
    status,
    ...box(text, (on) => explorer.choose(withValue(explorer.state.choice, "status", status, on ? "barred" : "neither")), all.counts.status.get(status)),
  }));
  const rest = box("Show the rest faded", (faded) => explorer.changeLook({ faded }));
  const keeping = make("ul", {}, rest.element);
  const list = make("ul", { "aria-label": "Hide" }, ...rows.map(({ element }) => element));
  return {
    element: make("div", {}, rows.length > 0 && make("p", { class: "faint", text: "Hide" }), rows.length > 0 && list, rows.length > 0 && make("p", { class: "faint", text: "Show only" })),
    rest: keeping,
    update: () => {
      const out = barred(explorer.state.choice, "status");
      for (const { status, input } of rows) input.checked = out.includes(status);
      rest.input.checked = explorer.state.look.faded;
      keeping.hidden = !explorer.filtered.active && !explorer.state.look.faded;
    },
  };
}

/** @param {Explorer} explorer @param {Bins} bins @param {"day"|"quality"} column @returns {Uint8Array} the bar of each article; one after the last where nothing is known */
function barsOf({ atlas }, bins, column) {
  const values = atlas.columns[column];
  const bars = new Uint8Array(atlas.articles);
  for (let n = 0; n < bars.length; n += 1) bars[n] = values[n] === atlas.header.tables.nothing ? bins.edges.length - 1 : barOf(bins, values[n]);
  return bars;
}

/** @param {Uint8Array} bars  of each article @param {number} number  of bars @param {Uint8Array} passing */
function countBars(bars, number, passing) {
  const counts = new Uint32Array(number + 1);
  for (let n = 0; n < bars.length; n += 1) counts[bars[n]] += passing[n];
  return [...counts.subarray(0, number)];
}
