/** Saving what is shown: as a picture, or as data for other programs. */

import { NUMBERS, colourWords } from "../filters/colouring.js";
import { toCsv, toGraphml, toTurtle } from "../data/file_formats.js";
import { byId, fill, make, panelHead } from "../elements/dom.js";
import { KINDS, KINDS_NAME, counted, cut } from "../elements/formats.js";
import { lookWords } from "../kept/wording.js";
import { nextFrame } from "../map/animation.js";

/** @import {Explorer} from "../state/explorer.js" */

const TOO_MANY = "These are too many to fetch as a table, network or triples. Show fewer, or use the exports of the build, which have everything.";
const LONGEST_MEANING = 40;
const SLUG = /[^\p{L}\p{N}]+/gu;

/** @param {Explorer} explorer @param {() => void} onClose @param {(text: string) => void} onTold */
export function createSave(explorer, onClose, onTold) {
  const { atlas, map } = explorer;
  const panel = byId("save");
  const count = make("span", { class: "count" });
  const tooMany = make("p", { class: "found-note", text: TOO_MANY });
  /** What is shown, with everything known about it. @param {typeof toCsv} write @param {string} type @returns {Promise<Blob|null>} */
  const whole = async (write, type) => {
    const nodes = explorer.shown();
    const known = await explorer.answers.learn(nodes);
    if (known === "many") onTold(TOO_MANY);
    return known === "all" ? blob(write(atlas, nodes), type) : null;
  };
  /** @type {[string, string, string, () => Promise<Blob|null> | Blob][]} */
  const forms = [
    ["png", "Picture", "PNG, at twice the screen's resolution", () => map.toPng(frameOf(explorer))],
    ["svg", "Drawing", "SVG, sharp at any size, to edit", () => blob(map.toSvg(frameOf(explorer)), "image/svg+xml")],
    ["csv", "Table", "CSV for spreadsheets", () => whole(toCsv, "text/csv;charset=utf-8")],
    ["graphml", "Network", "GraphML for Gephi, yEd, NetworkX", () => whole(toGraphml, "application/xml")],
    ["ttl", "Triples", "Turtle for RDF tools", () => whole(toTurtle, "text/turtle;charset=utf-8")],
  ];
  const rows = forms.map(([ending, name, words, toBlob]) => {
    const button = make("button", { class: "node", id: `save-${ending}` }, make("bdi", { text: name }), make("span", { class: "faint", text: words }));
    button.addEventListener("click", async () => {
      const file = `${fileName(atlas.header.title)}.${ending}`;
      // On a phone this panel covers part of what is saved.
      onClose();
      await nextFrame();
      const content = await toBlob();
      if (!content) return;
      download(content, file);
      onTold(`Saved ${file}`);
    });
    return make("li", {}, button);
  });
  const print = make("button", { class: "node", id: "save-print", onclick: () => (onClose(), window.print()) }, make("bdi", { text: "Print" }), make("span", { class: "faint", text: "The picture and a list, on paper or as PDF" }));
  rows.push(make("li", {}, print));
  fill(panel, panelHead("Save what is shown", "Close", onClose), make("p", { class: "found-note" }, count), tooMany, make("ul", {}, ...rows));
  return {
    update: () => {
      if (panel.hidden) return;
      const shown = explorer.shown().length;
      count.textContent = `${counted(shown, "node is", "nodes are")} shown.`;
      tooMany.hidden = shown <= explorer.answers.most;
    },
  };
}

/** What surrounds a picture of what is shown. @param {Explorer} explorer @returns {import("../map/drawing/picture.js").Frame} */
export function frameOf(explorer) {
  const { atlas, colouring, filtered, state: { choice, look, view } } = explorer;
  const isShown = (/** @type {string} */ kind) => (filtered.counts.kinds.get(kind) ?? 0) > 0 && (choice.kinds.length === 0 || choice.kinds.includes(kind));
  /** @type {import("../map/drawing/picture.js").Frame["legend"]} */
  const legend = KINDS.filter(isShown).map((kind) => ({ sign: kind, words: KINDS_NAME[kind] }));
  if (atlas.header.counts.stubs > 0) legend.push({ sign: "stub", words: "Stubs, known only from links" });
  if (Object.hasOwn(NUMBERS, look.size)) legend.push({ sign: "", words: `Size: ${NUMBERS[look.size].toLowerCase()}` });
  if (atlas.header.islands.length > 1 || look.colour) {
    legend.push({ sign: "", words: `Colour: ${colourWords(explorer)}` });
    // The names of islands are on the map, each in its colour.
    const isNamed = colouring.hues === null && (view === "topics" || (view === "timeline" && !look.lanes));
    if (!isNamed) legend.push(...colouring.meanings.map(({ hue, label }) => /** @type {const} */ ({ sign: "swatch", words: cut(label, LONGEST_MEANING), hue })));
  }
  return { title: atlas.header.title, lines: [`${lookWords(explorer)} · ${counted(filtered.articles, "article")}`], legend };
}

/** @param {string} text @param {string} type */
function blob(text, type) {
  return new Blob([text], { type });
}

/** @param {string} title @returns {string} */
export function fileName(title) {
  return title.toLowerCase().replace(SLUG, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "article-graph";
}

/** @param {Blob} content @param {string} name */
export function download(content, name) {
  const address = URL.createObjectURL(content);
  const link = make("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(address), 10000);
}
