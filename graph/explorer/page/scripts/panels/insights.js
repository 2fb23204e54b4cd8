/** What stands out among the articles shown: the most central ones, rising topics, communities, bridges; each a click from its nodes. */

import { countLinks, risingAmong } from "../data/among.js";
import { trendsAmong } from "../data/trends.js";
import { byId, fill, make, makeSvg, panelHead, quoted } from "../elements/dom.js";
import { counted, percent, plain } from "../elements/formats.js";
import { nodeButton } from "../elements/nodes.js";

/** @import {Explorer} from "../state/explorer.js" */
/** @import {Insights} from "../data/payload.js" */
/** @import {Trend} from "../data/trends.js" */
/** What the panel shows, and what it says if the page does not know everything. @typedef {Insights & {central_words: string, bridges_words: string}} Shown */

const SHOWN = 10;
/** The most topics of each course over time. */
const OF_A_COURSE = 5;
const LINE = { width: 56, height: 18, edge: 1.5 };
const CENTRAL = "Articles that others point to. A link from a central article counts more.";
const BRIDGES = "Articles that connect communities with few other ties.";

/** @param {Explorer} explorer @param {() => void} onClose */
export function createInsights(explorer, onClose) {
  const panel = byId("insights");
  const head = panelHead("Insights", "Close the insights", onClose);
  /** What is drawn. @type {unknown[]} */
  let drawn = [];
  const update = () => {
    const now = [explorer.filtered, explorer.state.look.off, explorer.atlas.countable];
    if (panel.hidden || now.every((one, at) => one === drawn[at])) return;
    drawn = now;
    fill(panel, head, ...parts(explorer));
  };
  explorer.listen(update);
  return { update };
}

/** @param {Explorer} explorer @returns {Shown} */
function insightsOf(explorer) {
  const { atlas, filtered, state } = explorer;
  const { insights } = atlas.header;
  if (!filtered.active && state.look.off.length === 0) return { ...insights, central_words: CENTRAL, bridges_words: BRIDGES };
  const { kept, visible } = filtered;
  const { named, isWhole } = countLinks(atlas, visible, state.look.off);
  const { size } = atlas.columns;
  const shown = Array.from(kept.keys()).filter((n) => kept[n] === 1 && !atlas.isStub(n) && (!isWhole || named[n] > 0));
  shown.sort((one, other) => named[other] - named[one] || size[other] - size[one] || one - other);
  /** @type {Map<number, number>} */
  const communities = new Map();
  for (let n = 0; n < atlas.articles; n += 1) if (kept[n]) communities.set(atlas.columns.community[n], (communities.get(atlas.columns.community[n]) ?? 0) + 1);
  return {
    central: shown.slice(0, SHOWN).map((n) => [n, 0, named[n]]),
    rising: risingAmong(atlas, kept),
    communities: [...communities].filter(([one, count]) => one >= 0 && count > 1).sort((one, other) => other[1] - one[1] || one[0] - other[0]),
    bridges: insights.bridges.filter(([n]) => visible[n]),
    central_words: isWhole ? "Of the articles shown, those that most others shown point to." : "Of the articles shown, those that most others point to, shown or not.",
    bridges_words: "Articles shown that connect the communities of all articles with few other ties.",
  };
}

/** @param {Explorer} explorer @returns {HTMLElement[]} */
function parts(explorer) {
  const { header } = explorer.atlas;
  const { central, rising, communities, bridges, central_words, bridges_words } = insightsOf(explorer);
  const { periods, trends } = trendsAmong(explorer.atlas, explorer.filtered.kept);
  const lines = new Map(trends.map(({ topic, shares }) => [topic, shares]));
  const linked = (/** @type {[number, number, number][]} */ rows) =>
    rows.map(([node, , links]) => nodeButton(explorer, node, { aside: links ? counted(links, "link") : "" }));
  const made = [
    ...insightPart("Most central", central_words, linked(central)),
    ...insightPart(
      "Rising topics",
      "Their share of the articles, earlier and recently.",
      rising.map(([node, recent, earlier]) => withLine(nodeButton(explorer, node, { aside: `${share(earlier)} → ${share(recent)}` }), lines.get(node) ?? [])),
    ),
    ...(periods.length > 1 ? insightPart("Topics over time", trendWords(periods, explorer.atlas.hasText), telling(trends).map((trend) => trendRow(explorer, trend))) : []),
    ...insightPart(
      "Communities",
      "Articles that are more connected with each other than with the rest. A click shows only these.",
      communities.filter(([one]) => header.communities[one]).map(([one, size]) => communityRow(explorer, one, size)),
    ),
    ...insightPart("Bridges", bridges_words, linked(bridges)),
  ];
  if (made.length === 0) {
    const words = "There is too little here to say what stands out. It takes articles that are related to each other.";
    made.push(make("p", { class: "insight faint", text: words }));
  }
  return made;
}

/** @param {string} name @param {string} words @param {HTMLElement[]} rows @returns {HTMLElement[]} one section, or none without rows */
function insightPart(name, words, rows) {
  if (rows.length === 0) return [];
  const list = make("ul", {}, ...rows.slice(0, SHOWN).map((one) => make("li", {}, one)));
  return [make("section", { class: "insight" }, make("h3", { text: name }), make("p", { class: "faint", text: words }), list)];
}

/** The most certain of those that rise and fall, and the most frequent others. @param {Trend[]} trends @returns {Trend[]} */
function telling(trends) {
  const of = (/** @type {Trend["course"]} */ course) => trends.filter((trend) => trend.course === course).slice(0, OF_A_COURSE);
  const changing = [...of("rising"), ...of("falling")];
  const others = trends.filter(({ course }) => course === "steady" || course === "unknown").sort((one, other) => other.articles - one.articles || one.topic - other.topic);
  return [...changing, ...others].slice(0, SHOWN);
}

/** @param {string[]} periods @param {boolean} isTested @returns {string} */
function trendWords(periods, isTested) {
  const [first] = periods[0].split(" to ");
  const last = periods[periods.length - 1].split(" to ").at(-1);
  const span = `Their share of the articles with topics from ${first} to ${last}`;
  return isTested ? `${span}, and in the earlier and the later half of them.` : `${span}. A served page does not say which of them rise or fall.`;
}

/** @param {Explorer} explorer @param {Trend} trend */
function trendRow(explorer, { topic, shares, before, after, course, articles }) {
  const halves = `${share(before)} → ${share(after)}`;
  const aside = !explorer.atlas.hasText ? counted(articles, "article") : course === "unknown" ? halves : `${course}, ${halves}`;
  return withLine(nodeButton(explorer, topic, { aside }), shares);
}

/** Put a small line before the last words of a button, which say the same. @param {HTMLElement} button @param {number[]} shares */
function withLine(button, shares) {
  const { width, height, edge } = LINE;
  const most = Math.max(...shares, 1e-9);
  const points = shares.map((one, at) => `${((at * width) / Math.max(1, shares.length - 1)).toFixed(1)} ${(height - edge - (one / most) * (height - 2 * edge)).toFixed(1)}`);
  const svg = makeSvg("svg", { viewBox: `0 0 ${width} ${height}`, class: "trend-line", "aria-hidden": "true" });
  svg.append(makeSvg("path", { d: `M${points.join("L")}` }));
  button.lastElementChild?.before(svg);
  return button;
}

/** @param {Explorer} explorer @param {number} community @param {number} shown  how many of its articles are shown */
function communityRow(explorer, community, shown) {
  const { label, size } = explorer.atlas.header.communities[community];
  const count = shown < size ? `${plain(shown)} of ${plain(size)}` : counted(size, "article");
  const made = make("button", { class: "node" }, quoted(label), make("span", { class: "count", text: count }));
  made.addEventListener("click", () => {
    const choice = { ...explorer.state.choice, communities: [community] };
    explorer.change({ choice, view: "network" }, { stay: true });
    if (explorer.state.look.faded) explorer.map.flyToGround(community);
  });
  return made;
}

/** @param {number} portion */
function share(portion) {
  return percent(portion, "<1 %");
}
