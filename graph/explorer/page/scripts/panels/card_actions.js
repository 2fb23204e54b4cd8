/** What can be done with the selected node: open it, copy its name, ask about it, find a way from it, look around it. */

import { copyText, fill, make, mark, toLink } from "../elements/dom.js";
import { nameTag } from "../elements/nodes.js";
import { verbOf } from "../data/paths.js";
import { queryFor } from "../data/sparql.js";
import { Suggest } from "../search/search_field.js";
import { pageOf } from "../data/values.js";
import { counted, plain } from "../elements/formats.js";

/** @import {Explorer} from "../state/explorer.js" */

const OPEN = { article: "Open the article", provider: "Open the website", topic: "Open the page", person: "Open the page" };

/** Whether the next click on the map chooses where a path leads. */
export const picking = { on: false };

/**
 * @param {Explorer} explorer
 * @returns {{element: HTMLElement, update: () => void}}
 */
export function createActions(explorer) {
  const { atlas } = explorer;
  const open = make("a", { class: "button main", target: "_blank", rel: "noopener noreferrer nofollow" });
  const copy = make("button", { type: "button", class: "button", text: "Copy IRI" });
  copy.addEventListener("click", () => copied(copy, atlas.iri(explorer.state.node), "Copy IRI"));
  const ask = make("button", { type: "button", class: "button", text: "SPARQL for this", "aria-expanded": "false" });
  const way = make("button", { type: "button", class: "button", text: "Path from here to…", "aria-expanded": "false" });
  const box = make("div", { class: "box", hidden: true });
  const told = make("div", { class: "box", hidden: true });
  /** @type {"" | "ask" | "way"} */
  let opened = "";
  let shownFor = -1;
  const last = { to: -1, path: /** @type {unknown} */ (null), looking: false };
  const show = (/** @type {typeof opened} */ what) => {
    opened = what;
    picking.on = what === "way";
    ask.setAttribute("aria-expanded", String(what === "ask"));
    way.setAttribute("aria-expanded", String(what === "way"));
    box.hidden = what === "";
    if (what === "ask") fill(box, ...sparql(explorer));
    if (what === "way") pickTarget(explorer, box, () => (show(""), way.focus()));
  };
  ask.addEventListener("click", () => show(opened === "ask" ? "" : "ask"));
  way.addEventListener("click", () => show(opened === "way" ? "" : "way"));
  const depths = [0, 1, 2, 3].map((depth) => {
    const button = make("button", { type: "button", class: "button", text: depth === 0 ? "Off" : String(depth) });
    if (depth > 0) button.setAttribute("aria-label", `Focus: ${counted(depth, "step")} around`);
    else button.setAttribute("aria-label", "Focus off");
    button.addEventListener("click", () => explorer.change({ depth }));
    return button;
  });
  const reach = make("span", { class: "faint" });
  const focus = make("div", { class: "segments", role: "group", "aria-label": "Focus" }, make("span", { class: "faint", text: "Focus" }), ...depths, reach);
  const element = make("div", {}, make("div", { class: "actions" }, open, copy, ask, way), box, told, focus);
  for (const part of [box, told, focus]) part.style.marginTop = "10px";
  const update = () => {
    const { node, depth, to } = explorer.state;
    if (node < 0) {
      picking.on = false;
      return;
    }
    const address = toLink(pageOf(atlas, node));
    open.hidden = address === null;
    for (const button of [copy, ask]) button.disabled = atlas.iri(node) === "";
    if (address !== null) open.href = address;
    else open.removeAttribute("href");
    open.textContent = OPEN[atlas.kind(node)];
    if (node !== shownFor) show("");
    else if (opened === "way" && to >= 0) {
      const focused = box.contains(document.activeElement);
      show("");
      if (focused) way.focus();
    }
    shownFor = node;
    depths.forEach((button, place) => button.setAttribute("aria-pressed", String(place === depth)));
    reach.textContent = explorer.focus ? counted(explorer.focus.size - 1, "neighbour") : "";
    tell(explorer, told, last);
  };
  return { element, update };
}

/** @param {HTMLElement} button @param {string} text @param {string} name */
async function copied(button, text, name) {
  button.textContent = (await copyText(text)) ? "Copied" : "Copying is not allowed here";
  window.setTimeout(() => {
    button.textContent = name;
  }, 1600);
}

/** @param {Explorer} explorer @returns {Node[]} */
function sparql({ atlas, state }) {
  const query = queryFor(atlas.kind(state.node), atlas.iri(state.node));
  const copy = make("button", { type: "button", class: "button", text: "Copy the query" });
  copy.addEventListener("click", () => copied(copy, query, "Copy the query"));
  const text = make("pre", { tabindex: "0", "aria-label": "The query", text: query });
  return [text, make("p", { class: "faint", text: "Ask it with article-graph query, or of the endpoint that serves this build." }), copy];
}

/** @param {Explorer} explorer @param {HTMLElement} box @param {() => void} onLeave */
function pickTarget(explorer, box, onLeave) {
  fill(box, make("p", { class: "faint", text: "Find where the path is to lead, or choose it on the map." }));
  const suggest = new Suggest(box, explorer, {
    id: "target",
    label: "Where the path is to lead",
    hint: "To which article, topic, person …",
    onPick: (node) => explorer.change({ to: node }),
    onLeave,
  });
  suggest.input.focus();
}

/**
 * Tell the path in words; again only when it has changed, so that what has the focus stays.
 * @param {Explorer} explorer
 * @param {HTMLElement} told
 * @param {{to: number, path: unknown, looking: boolean}} last  what was told last
 */
function tell(explorer, told, last) {
  const { atlas, state, path, steps, looking } = explorer;
  told.hidden = state.to < 0;
  if (state.to === last.to && path === last.path && looking === last.looking) return;
  Object.assign(last, { to: state.to, path, looking });
  if (state.to < 0) {
    told.textContent = "";
    return;
  }
  const end = make("button", { type: "button", class: "plain", text: "Remove the path", onclick: () => explorer.change({ to: -1 }) });
  if (path === undefined) {
    const words = looking ? "Looking for the shortest way …" : "The way could not be looked for. Choose the end again to try again.";
    fill(told, make("p", { class: "faint", text: words }), end);
    return;
  }
  if (path === null) {
    const words = make("p", {}, "Nothing joins the two: no relation leads from here to “", nameTag(atlas, state.to), "”, however far one goes.");
    fill(told, words, end);
    return;
  }
  if (path.length === 1) {
    fill(told, make("p", { text: "That is this very node: you are there." }), end);
    return;
  }
  const list = make("ol", { class: "way" }, make("li", {}, nodeButton(explorer, path[0])));
  for (const step of steps) {
    list.append(make("li", {}, make("span", { class: "faint", text: verbOf(explorer.atlas, step) }), nodeButton(explorer, step.to)));
  }
  const count = path.length - 1;
  fill(told, make("p", { text: count === 1 ? "They are joined directly:" : `${plain(count)} steps apart:` }), list, end);
}

/** @param {Explorer} explorer @param {number} node */
function nodeButton(explorer, node) {
  const { atlas } = explorer;
  const button = make("button", { type: "button", class: "node" }, mark(atlas.kind(node), atlas.isStub(node)), nameTag(atlas, node));
  button.addEventListener("click", () => {
    if (node === explorer.state.node) explorer.map.flyTo([node]);
    else explorer.change({ node });
  });
  return button;
}
