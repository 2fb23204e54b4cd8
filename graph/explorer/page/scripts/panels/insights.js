/** What stands out: the most central articles, rising topics, communities and bridges, each a click from its nodes. */

import { byId, fill, make, panelHead, quoted } from "../elements/dom.js";
import { counted, plain } from "../elements/formats.js";
import { nodeButton } from "../elements/nodes.js";

/** @import {Explorer} from "../state/explorer.js" */

const SHOWN = 10;

/** @param {Explorer} explorer @param {() => void} onClose */
export function createInsights(explorer, onClose) {
  const panel = byId("insights");
  let drawn = false;
  const update = () => {
    if (panel.hidden || drawn) return;
    drawn = true;
    fill(panel, panelHead("Insights", "Close the insights", onClose), ...parts(explorer));
  };
  return { update };
}

/** @param {Explorer} explorer @returns {HTMLElement[]} */
function parts(explorer) {
  const { header } = explorer.atlas;
  const { insights } = header;
  const { central, rising, communities, bridges } = insights;
  const linked = (/** @type {[number, number, number][]} */ rows) =>
    rows.map(([node, , links]) => nodeButton(explorer, node, { aside: links ? counted(links, "link") : "" }));
  const made = [
    ...insightPart("Most central", "Articles that others point to.", linked(central)),
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
    ...insightPart("Bridges", "Articles on the paths between communities.", linked(bridges)),
  ];
  if (made.length === 0) {
    const words = "There is too little here to say what stands out. It takes articles that are related to each other.";
    made.push(make("p", { class: "insight faint", text: words }));
  } else if (insights.approximate) {
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

/** @param {Explorer} explorer @param {number} community @param {number} size */
function communityRow(explorer, community, size) {
  const circle = explorer.atlas.header.communities[community];
  const made = make("button", { class: "node" }, quoted(circle.label), make("span", { class: "count", text: counted(size, "article") }));
  made.addEventListener("click", () => {
    const choice = { ...explorer.state.choice, communities: [community] };
    explorer.change({ choice, view: "network" }, { stay: true });
    explorer.map.flyToCircle(circle);
  });
  return made;
}

/** @param {number} portion */
function share(portion) {
  return portion > 0 && portion < 0.01 ? "<1 %" : `${plain(100 * portion)} %`;
}
