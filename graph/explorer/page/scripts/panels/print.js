/** What is printed: the picture of what is shown, and a list of it. */

import { byId, fill, make, quoted } from "../elements/dom.js";
import { plain } from "../elements/formats.js";
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
    const known = articles.slice(0, MOST_LISTED).map((node) => [atlas.label(node), atlas.dateText(node), atlas.labels("publisher", node).join(", "), atlas.iri(node)]);
    const rows = known.map(([label, ...rest]) => make("li", {}, quoted(label || "…"), ` ${rest.filter(Boolean).join(" · ")}`));
    const isCut = articles.length > known.length;
    const heading = make("h2", { text: isCut ? `The first ${plain(known.length)} of ${plain(articles.length)} articles` : `${plain(known.length)} articles` });
    fill(paper, explorer.map.toPaper(frameOf(explorer)), heading, make("ol", {}, ...rows));
    paper.hidden = false;
  });
  window.addEventListener("afterprint", () => {
    paper.hidden = true;
    fill(paper);
  });
}
