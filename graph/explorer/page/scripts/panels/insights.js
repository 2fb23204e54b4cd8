/** What stands out: the most central articles, rising topics, communities and bridges, each a click from its nodes. */

import { byId, fill, make, mark, quoted } from "../elements/dom.js";
import { nameTag } from "../elements/nodes.js";
import { counted, plain } from "../elements/formats.js";

/** @import {Explorer} from "../state/explorer.js" */

const SHOWN = 10;

/**
 * @param {Explorer} explorer
 * @param {() => void} onClose
 */
export function createInsights(explorer, onClose) {
  const panel = byId("insights");
  let drawn = false;
  const update = () => {
    if (panel.hidden || (drawn && explorer.atlas.hasText === (panel.dataset.full === "yes"))) return;
    drawn = true;
    panel.dataset.full = explorer.atlas.hasText ? "yes" : "no";
    const head = make(
      "div",
      { class: "head" },
      make("h2", { text: "Insights" }),
      make("button", { type: "button", class: "icon", "aria-label": "Close the insights", text: "✕", onclick: onClose }),
    );
    fill(panel, head, ...parts(explorer));
  };
  return { update };
}

/** @param {Explorer} explorer @returns {HTMLElement[]} */
function parts(explorer) {
  const { header } = explorer.atlas;
  const { insights } = header;
  const { central = [], rising = [], communities = [], bridges = [] } = insights ?? {};
  const made = [];
  if (central.length) {
    made.push(insightPart("Most central", "Articles that others lead to.", central.map(([node, , links]) => insightRow(explorer, node, leading(links)))));
  }
  if (rising.length) {
    const rows = rising.map(([node, recent, earlier]) => insightRow(explorer, node, `${share(earlier)} → ${share(recent)}`));
    made.push(insightPart("Rising topics", "Their share of articles, before and of late.", rows));
  }
  if (communities.length) {
    const rows = communities.filter(([one]) => header.communities[one]).map(([one, size]) => communityRow(explorer, one, size));
    made.push(insightPart("Communities", "Articles more related to each other than to the rest. A click shows only these.", rows));
  }
  if (bridges.length) {
    made.push(insightPart("Bridges", "Articles on the ways between communities.", bridges.map(([node, , links]) => insightRow(explorer, node, leading(links)))));
  }
  if (made.length === 0) {
    const words = "There is too little here to say what stands out: that takes articles that are related to each other.";
    made.push(make("p", { class: "insight faint", text: words }));
  } else if (insights.approximate) {
    made.push(make("p", { class: "insight faint", text: "Estimated from a sample, as the graph is large: close, not exact." }));
  }
  return made;
}

/** @param {string} name @param {string} words @param {HTMLElement[]} rows */
function insightPart(name, words, rows) {
  const list = make("ul", {}, ...rows.slice(0, SHOWN).map((one) => make("li", {}, one)));
  return make("section", { class: "insight" }, make("h3", { text: name }), make("p", { class: "faint", text: words }), list);
}

/** @param {Explorer} explorer @param {number} node @param {string} aside */
function insightRow(explorer, node, aside) {
  const { atlas } = explorer;
  const made = make("button", { type: "button", class: "node" }, mark(atlas.kind(node), atlas.isStub(node)), nameTag(atlas, node), aside && make("span", { class: "count", text: aside }));
  made.addEventListener("click", () => explorer.change({ node }));
  return made;
}

/** @param {Explorer} explorer @param {number} community @param {number} size */
function communityRow(explorer, community, size) {
  const { label, nodes } = explorer.atlas.header.communities[community];
  const made = make("button", { type: "button", class: "node" }, quoted(label), make("span", { class: "count", text: counted(size, "article") }));
  made.addEventListener("click", () => {
    const choice = { ...explorer.state.choice, communities: [community] };
    explorer.change({ choice, view: "network" }, { stay: true });
    explorer.map.flyTo(nodes);
  });
  return made;
}

/** @param {number} links @returns {string} how many lead to it */
function leading(links) {
  return links ? counted(links, "link") : "";
}

/** @param {number} portion */
function share(portion) {
  return portion > 0 && portion < 0.01 ? "<1 %" : `${plain(100 * portion)} %`;
}
