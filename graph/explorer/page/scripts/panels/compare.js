/** Topics, providers and people side by side: articles, what they share, what is their own, and lines over time. */

import { compare } from "../data/comparing.js";
import { byId, fill, make, makeSvg, panelHead } from "../elements/dom.js";
import { counted, monthDay, monthsWords, percent, plain, toMonth } from "../elements/formats.js";
import { nameTag, nodeButton } from "../elements/nodes.js";
import { ticks } from "../map/timeline/ticks.js";
import { SearchField } from "../search/search_field.js";
import { MOST_COMPARED } from "../state/state.js";

/** @import {Compared, Comparison, Pair} from "../data/comparing.js" */
/** @import {Explorer} from "../state/explorer.js" */

const LINES = { width: 600, height: 120, edge: 2 };
/** The distance between two dates below the lines, so that they do not touch in a narrow window, in units of the drawing. */
const BETWEEN_DATES = 90;
/** How the lines are distinguished without colours. */
const DASHES = ["", "7 4", "2 4", "10 3 2 3"];

/** @param {Explorer} explorer @param {() => void} onClose @returns {{update: () => void}} */
export function createCompare(explorer, onClose) {
  const panel = byId("compare");
  let drawn = "";
  const chosen = make("div", { class: "tags", role: "group", "aria-label": "Compared" });
  const body = make("div", { class: "compare-body" });
  const adding = make("div", { class: "compare-adding" });
  const set = (/** @type {number[]} */ compared) => explorer.change({ compared }, { stay: true });
  const add = (/** @type {number} */ node) => {
    if (!explorer.state.compared.includes(node)) set([...explorer.state.compared, node].slice(-MOST_COMPARED));
  };
  const field = new SearchField(adding, explorer, {
    id: "compared",
    label: "Topic, provider or person to compare",
    hint: "Add a topic, provider or person",
    onPick: (node) => (add(node), field.input.focus()),
    only: { fits: (node) => node >= explorer.atlas.articles, otherwise: "Articles cannot be compared. Choose a topic, a provider or a person." },
  });
  const update = () => {
    if (panel.hidden) return;
    // A link can name anything.
    const nodes = explorer.state.compared.filter((node) => node >= explorer.atlas.articles);
    const key = `${nodes.join()} ${explorer.atlas.countable}`;
    if (key === drawn) return;
    drawn = key;
    fill(chosen, ...nodes.map((node, at) => {
      const label = explorer.atlas.label(node);
      const drop = make("button", { class: "tag", "aria-label": `Compare without ${label}`, onclick: () => (set(nodes.filter((one) => one !== node)), field.input.focus()) });
      drop.append(sample(at), nameTag(explorer.atlas, node), make("span", { "aria-hidden": "true", text: "✕" }));
      return drop;
    }));
    if (!explorer.atlas.countable) fill(body, make("p", { class: "faint", text: "Counting articles …" }));
    else if (nodes.length < 2) fill(body, make("p", { class: "faint", text: "Choose two or more topics, providers or people to see them side by side." }));
    else fill(body, ...comparisonParts(explorer, compare(explorer.atlas, nodes, (topic) => explorer.filters.countsFor(topic))));
  };
  fill(panel, panelHead("Compare", "Close the comparison", onClose), make("div", { class: "compare-choice" }, chosen, adding), body);
  explorer.listen((before) => {
    const { state } = explorer;
    const isNews = state.panel !== before.panel || state.node !== before.node;
    // Opening this with a topic, provider or person selected means comparing it. The announced change is not written
    // yet.
    if (isNews && state.panel === "compare" && state.compared.length === 0 && state.node >= explorer.atlas.articles) state.compared = [state.node];
    update();
  });
  return { update };
}

/** @param {number} at @returns {SVGElement} a piece of the line of one of those compared */
function sample(at) {
  const svg = makeSvg("svg", { width: 22, height: 8, viewBox: "0 0 22 8", class: `compare-line line-${at}`, "aria-hidden": "true" });
  svg.append(pathOf("M0 4H22", at));
  return svg;
}

/** @param {string} shape @param {number} at */
function pathOf(shape, at) {
  const path = makeSvg("path", { d: shape, class: `line-${at}` });
  if (DASHES[at]) path.setAttribute("stroke-dasharray", DASHES[at]);
  return path;
}

/** @param {Explorer} explorer @param {Comparison} comparison @returns {(Node|null)[]} */
function comparisonParts(explorer, comparison) {
  const { compared, pairs, topics, first } = comparison;
  const section = (/** @type {string} */ name, /** @type {Node[]} */ content) => make("section", {}, make("h3", { text: name }), ...content);
  const tags = (/** @type {number[]} */ some, /** @type {string} */ none) =>
    some.length ? make("div", { class: "tags" }, ...some.map((topic) => nodeButton(explorer, topic, { class: "tag" }))) : make("p", { class: "faint", text: none });
  const own = compared.map((one) => make("div", {}, make("h3", {}, nameTag(explorer.atlas, one.node)), make("p", { class: "faint", text: `${counted(one.articles.length, "article")}${spanOf(one, first)}` }), one.own.length > 0 && make("p", { class: "faint", text: "More often about:" }), tags(one.own, "No topic more often than the others.")));
  const months = compared[0]?.months.length ?? 0;
  return [
    make("div", { class: "compare-columns" }, ...own),
    section("In common", [make("ul", {}, ...pairs.map((pair) => make("li", {}, ...pairWords(explorer, pair)))), ...(topics.length ? [make("p", { class: "faint", text: compared.length > 2 ? "All about:" : "Both about:" })] : []), tags(topics, "No topics in common.")]),
    months > 1 ? section("Over time", [linesOver(compared, first), make("p", { class: "faint", text: `Articles per month,  ${monthsWords(monthDay(first), monthDay(first + months - 1))}, at most ${plain(mostIn(compared))}.` })]) : null,
  ];
}

/** @param {Compared} one @param {number} first @returns {string} */
function spanOf({ months }, first) {
  const from = months.findIndex((count) => count > 0);
  if (from < 0) return "";
  const to = months.length - 1 - [...months].reverse().findIndex((count) => count > 0);
  return `, ${monthsWords(monthDay(first + from), monthDay(first + to))}`;
}

/** @param {Explorer} explorer @param {Pair} pair @returns {(Node|string)[]} */
function pairWords({ atlas }, { one, other, shared, overlap, lead }) {
  const [left, right] = [nameTag(atlas, one), nameTag(atlas, other)];
  const isApart = shared === 0 && atlas.kind(one) === "provider" && atlas.kind(other) === "provider";
  const common = isApart ? ": " : `: ${shared ? `${counted(shared, "article")} in common, ${percent(overlap)} of theirs` : "no articles in common"}. `;
  if (lead === null) return [left, " and ", right, `${common}Neither clearly leads the other in time.`];
  if (lead.months === 0) return [left, " and ", right, `${common}They rise and fall together (correlation ${lead.fit.toFixed(2)}).`];
  const ahead = nameTag(atlas, lead.months > 0 ? one : other);
  return [left, " and ", right, common, ahead, ` leads by ${counted(Math.abs(lead.months), "month")} (correlation ${lead.fit.toFixed(2)}).`];
}

/** @param {Compared[]} compared @returns {number} the most articles of one of them in a month */
function mostIn(compared) {
  return Math.max(1, ...compared.flatMap(({ months }) => months));
}

/** @param {Compared[]} compared @param {number} first  the first month @returns {Node} the lines of all, with months below and numbers beside them; the words around tell this, too */
function linesOver(compared, first) {
  const svg = makeSvg("svg", { viewBox: `0 0 ${LINES.width} ${LINES.height}`, class: "compare-lines", preserveAspectRatio: "none" });
  const most = mostIn(compared);
  const length = Math.max(1, ...compared.map(({ months }) => months.length - 1));
  const step = LINES.width / length;
  const heightOf = (/** @type {number} */ count) => LINES.height - LINES.edge - (count / most) * (LINES.height - 2 * LINES.edge);
  compared.forEach(({ months }, at) => {
    svg.append(pathOf(`M${months.map((count, place) => `${(place * step).toFixed(1)} ${heightOf(count).toFixed(1)}`).join("L")}`, at));
  });
  const days = [monthDay(first), monthDay(first + length)];
  const dates = ticks(days[0], days[1], LINES.width / (days[1] - days[0]), BETWEEN_DATES).filter(({ day }) => monthDay(toMonth(day)) === day);
  const numbers = [...new Set([0, Math.round(most / 2), most])];
  return make(
    "div",
    { class: "compare-plot", "aria-hidden": "true" },
    svg,
    ...numbers.map((count) => placed(make("span", { class: "count", text: plain(count) }), "top", `${heightOf(count)}px`)),
    ...dates.map(({ day, text }) => placed(make("span", { class: "month", text }), "left", `${(100 * (toMonth(day) - first)) / length}%`)),
  );
}

/** Place a mark. The policy of the page allows no style in markup. @param {HTMLElement} mark @param {"top"|"left"} side @param {string} away */
function placed(mark, side, away) {
  mark.style[side] = away;
  return mark;
}
