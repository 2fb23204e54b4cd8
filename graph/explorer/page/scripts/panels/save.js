/** Saving what is shown: as a picture, or as data for other programs. */

import { toCsv, toGraphml, toTurtle } from "../data/file_formats.js";
import { byId, fill, make, panelHead } from "../elements/dom.js";
import { counted } from "../elements/formats.js";

/** @import {Explorer} from "../state/explorer.js" */

const TOO_MANY = "These are too many to fetch. Show fewer, or use the exports of the build, which hold everything.";
const SLUG = /[^\p{L}\p{N}]+/gu;

/** @param {Explorer} explorer @param {() => void} onClose @param {(text: string) => void} onTold */
export function createSave(explorer, onClose, onTold) {
  const { atlas, map } = explorer;
  const panel = byId("save");
  const count = make("span", { class: "count" });
  /** What is shown, with all that is known of it. @param {typeof toCsv} write @param {string} type @returns {Promise<Blob|null>} */
  const whole = async (write, type) => {
    const nodes = explorer.shown();
    const known = await explorer.answers.learn(nodes);
    if (known === "many") onTold(TOO_MANY);
    return known === "all" ? blob(write(atlas, nodes), type) : null;
  };
  /** @type {[string, string, string, () => Promise<Blob|null> | Blob][]} */
  const forms = [
    ["png", "Picture", "PNG, at twice the screen's resolution", () => map.toPng()],
    ["svg", "Drawing", "SVG, sharp at any size", () => blob(map.toSvg(), "image/svg+xml")],
    ["csv", "Table", "CSV for spreadsheets", () => whole(toCsv, "text/csv;charset=utf-8")],
    ["graphml", "Network", "GraphML for Gephi, yEd, NetworkX", () => whole(toGraphml, "application/xml")],
    ["ttl", "Triples", "Turtle for RDF tools", () => whole(toTurtle, "text/turtle;charset=utf-8")],
  ];
  const rows = forms.map(([ending, name, words, toBlob]) => {
    const button = make("button", { class: "node", id: `save-${ending}` }, make("bdi", { text: name }), make("span", { class: "faint", text: words }));
    button.addEventListener("click", async () => {
      const file = `${fileName(atlas.header.title)}.${ending}`;
      const content = await toBlob();
      if (content) {
        download(content, file);
        onTold(`Saved ${file}`);
      }
      onClose();
    });
    return make("li", {}, button);
  });
  fill(panel, panelHead("Save what is shown", "Close", onClose), make("p", { class: "found-note" }, count), make("ul", {}, ...rows));
  return {
    update: () => {
      if (!panel.hidden) count.textContent = `${counted(explorer.shown().length, "node is", "nodes are")} shown.`;
    },
  };
}

/** @param {string} text @param {string} type */
function blob(text, type) {
  return new Blob([text], { type });
}

/** @param {string} title @returns {string} */
function fileName(title) {
  return title.toLowerCase().replace(SLUG, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "article-graph";
}

/** @param {Blob} content @param {string} name */
function download(content, name) {
  const address = URL.createObjectURL(content);
  const link = make("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(address), 10000);
}
