/** What is printed: the picture of what is shown, and a list of it. */

import { byId, fill, make, quoted } from "../elements/dom.js";
import { counted, plain } from "../elements/formats.js";
import { frameOf } from "./save.js";

/** @import {Explorer} from "../state/explorer.js" */

/** The most articles that are listed. */
const MOST_LISTED = 500;

/** @param {Explorer} explorer */
export function preparePrint(explorer) {
  const paper = byId("paper");
  window.addEventListener("beforeprint", () => {
    const { atlas } = explorer;
    const articles = explorer.shown().filter((node) => node < atlas.articles);
    const isListed = articles.length <= MOST_LISTED;
    const told = (/** @type {number} */ node) => [atlas.dateText(node), atlas.labels("publisher", node).join(", "), atlas.iri(node)].filter(Boolean).join(" · ");
    const rows = articles.slice(0, isListed ? MOST_LISTED : 0).map((node) => make("li", {}, make("b", {}, quoted(atlas.label(node) || "…")), make("span", { text: told(node) })));
    const count = counted(articles.length, "article");
    const heading = make("h2", { text: isListed ? count : `${count}, more than the ${plain(MOST_LISTED)} that can be listed here.` });
    fill(paper, explorer.map.toPaper(frameOf(explorer)), heading, make("ol", {}, ...rows));
    paper.hidden = false;
  });
  window.addEventListener("afterprint", () => {
    paper.hidden = true;
    fill(paper);
  });
}
