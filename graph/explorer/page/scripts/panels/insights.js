/** What stands out among the articles shown: the most central ones, rising topics, communities, bridges; each a click from its nodes. */

import { countLinks, risingAmong } from "../data/among.js";
import { byId, fill, make, panelHead, quoted } from "../elements/dom.js";
import { counted, plain } from "../elements/formats.js";
import { nodeButton } from "../elements/nodes.js";

/** @import {Explorer} from "../state/explorer.js" */
/** @import {Insights} from "../data/payload.js" */
/** What the panel shows, and what it says where the page does not know everything. @typedef {Insights & {central_words: string, bridges_words: string}} Shown */

const SHOWN = 10;
const CENTRAL = "Articles that others point to.";
const BRIDGES = "Articles on the paths between communities.";

/** @param {Explorer} explorer @param {() => void} onClose */
export function createInsights(explorer, onClose) {
  const panel = byId("insights");
  /** What is drawn. @type {unknown[]} */
  let drawn = [];
  const update = () => {
    const now = [explorer.filtered, explorer.state.look.off, explorer.atlas.countable];
    if (panel.hidden || now.every((one, at) => one === drawn[at])) return;
    drawn = now;
    fill(panel, panelHead("Insights", "Close the insights", onClose), ...parts(explorer));
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
    approximate: insights.approximate && insights.bridges.some(([n]) => visible[n]),
    central_words: isWhole ? "Of the articles shown, those that most others shown point to." : "Of the articles shown, those that most others point to, shown or not.",
    bridges_words: "Articles shown that are on the paths between the communities of all articles.",
  };
}

/** @param {Explorer} explorer @returns {HTMLElement[]} */
function parts(explorer) {
  const { header } = explorer.atlas;
  const { central, rising, communities, bridges, approximate, central_words, bridges_words } = insightsOf(explorer);
  const linked = (/** @type {[number, number, number][]} */ rows) =>
    rows.map(([node, , links]) => nodeButton(explorer, node, { aside: links ? counted(links, "link") : "" }));
  const made = [
    ...insightPart("Most central", central_words, linked(central)),
    ...insightPart(
      "Rising topics",
      "Their share of the articles, earlier and recently.",
      rising.map(([node, recent, earlier]) => nodeButton(explorer, node, { aside: `${share(earlier)} → ${share(recent)}` })),
    ),
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
  } else if (approximate) {
    made.push(make("p", { class: "insight faint", text: "Estimated from a sample, because the graph is large." }));
  }
  return made;
}

/** @param {string} name @param {string} words @param {HTMLElement[]} rows @returns {HTMLElement[]} one section, or none without rows */
function insightPart(name, words, rows) {
  if (rows.length === 0) return [];
  const list = make("ul", {}, ...rows.slice(0, SHOWN).map((one) => make("li", {}, one)));
  return [make("section", { class: "insight" }, make("h3", { text: name }), make("p", { class: "faint", text: words }), list)];
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
  return portion > 0 && portion < 0.01 ? "<1 %" : `${plain(100 * portion)} %`;
}
