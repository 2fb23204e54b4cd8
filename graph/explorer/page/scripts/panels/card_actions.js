/** What can be done with the selected node: open it, copy its IRI, query it, find a path from it, focus on what is around it. */

import { verbOf } from "../data/paths.js";
import { queryFor } from "../data/sparql.js";
import { pageOf } from "../data/values.js";
import { copyButton, fill, make, toLink } from "../elements/dom.js";
import { counted, plain } from "../elements/formats.js";
import { nameTag, nodeButton } from "../elements/nodes.js";
import { quotation } from "./quotation.js";
import { SearchField } from "../search/search_field.js";

/** @import {Explorer} from "../state/explorer.js" */

const OPEN = { article: "Open the article", provider: "Open the website", topic: "Open the page", person: "Open the page" };

/** Whether the next click on the map chooses the end of a path. */
export const picking = { on: false };

/** Runs a query in the page's own panel; null where the page has no engine. */
export const asking = { run: /** @type {((query: string) => void)|null} */ (null) };

/**
 * @param {Explorer} explorer
 * @returns {{element: HTMLElement, technical: HTMLElement, update: () => void}}  common and rare actions
 */
export function createActions(explorer) {
  const { atlas } = explorer;
  const { deepest_focus: deepest } = atlas.header.tables;
  const open = make("a", { class: "button main", target: "_blank", rel: "noopener noreferrer nofollow" });
  const copy = copyButton("Copy IRI", () => atlas.iri(explorer.state.node));
  const ask = make("button", { class: "button", text: "SPARQL for this", "aria-expanded": "false" });
  const way = make("button", { class: "button", text: "Path from here to…", "aria-expanded": "false" });
  const box = make("div", { class: "box", hidden: true });
  const query = make("div", { class: "box", hidden: true });
  const told = make("div", { class: "box", hidden: true });
  /** @type {"" | "ask" | "way"} */
  let opened = "";
  let shownFor = -1;
  const last = { to: -1, path: /** @type {unknown} */ (null), looking: false };
  const show = (/** @type {typeof opened} */ what) => {
    opened = what;
    picking.on = what === "way";
    if (asking.run) ask.removeAttribute("aria-expanded");
    else ask.setAttribute("aria-expanded", String(what === "ask"));
    way.setAttribute("aria-expanded", String(what === "way"));
    box.hidden = what !== "way";
    query.hidden = what !== "ask";
    if (what === "ask") fill(query, ...sparql(explorer));
    if (what === "way") pickTarget(explorer, box, () => (show(""), way.focus()));
  };
  ask.addEventListener("click", () => (asking.run ? asking.run(queryOnNode(explorer)) : show(opened === "ask" ? "" : "ask")));
  way.addEventListener("click", () => show(opened === "way" ? "" : "way"));
  const depths = Array.from({ length: deepest + 1 }, (_, depth) => {
    const label = depth === 0 ? "Focus off" : `Focus: ${counted(depth, "step")} around`;
    return make("button", { class: "button", text: depth === 0 ? "Off" : String(depth), "aria-label": label, onclick: () => explorer.change({ depth }) });
  });
  const reach = make("span", { class: "faint" });
  const focus = make("div", { class: "segments", role: "group", "aria-label": "Focus" }, make("span", { class: "faint", text: "Focus" }), ...depths, reach);
  const element = make("div", {}, make("div", { class: "actions" }, open, way), box, told, focus);
  const technical = make("div", {}, make("div", { class: "actions" }, copy, ask), query);
  for (const part of [box, query, told, focus]) part.style.marginTop = "10px";
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
  return { element, technical, update };
}

/** @param {Explorer} explorer @returns {string} a query about the selected node */
function queryOnNode({ atlas, state }) {
  return queryFor(atlas.header.tables.prefixes, atlas.kind(state.node), atlas.iri(state.node));
}

/** @param {Explorer} explorer @returns {Node[]} */
function sparql(explorer) {
  const query = queryOnNode(explorer);
  const text = make("pre", { tabindex: "0", "aria-label": "The query", text: query });
  const words = "Run it with article-graph query, at the endpoint that serves this build, or offline in a page that was built with --sparql-in-page.";
  return [text, make("p", { class: "faint", text: words }), copyButton("Copy the query", () => query)];
}

/** @param {Explorer} explorer @param {HTMLElement} box @param {() => void} onLeave */
function pickTarget(explorer, box, onLeave) {
  fill(box, make("p", { class: "faint", text: "Search for the end of the path, or choose it on the map." }));
  const field = new SearchField(box, explorer, {
    id: "target",
    label: "End of the path",
    hint: "Article, topic, person …",
    onPick: (node) => explorer.change({ to: node }),
    onLeave,
  });
  field.input.focus();
}

/** The paths that are compared, and between which nodes; null where there was no answer. */
const ways = { for: "", found: /** @type {import("../data/answers.js").Way[]|null} */ (null) };

/** @param {Explorer} explorer @param {import("../data/paths.js").Step} step @returns {Node|null} where the relation of a step is stated */
function whyOf({ atlas }, { from, to, relation, outgoing }) {
  return quotation(outgoing ? atlas.quotes.stated(atlas, relation, from, to) : atlas.quotes.stated(atlas, relation, to, from));
}

/** Ask for several paths, and list them to choose from. @param {Explorer} explorer @param {HTMLElement} place */
async function offerWays(explorer, place) {
  const { node, to } = explorer.state;
  fill(place, make("p", { class: "faint", text: "Searching for other paths …" }));
  const found = await explorer.answers.ways(node, to);
  if (explorer.state.node !== node || explorer.state.to !== to) return;
  Object.assign(ways, { for: found ? `${node} ${to}` : "", found });
  listWays(explorer, place);
  place.querySelector("button")?.focus();
}

/** @param {Explorer} explorer @param {HTMLElement} place */
function listWays(explorer, place) {
  const { atlas, path } = explorer;
  const longest = counted(atlas.header.tables.longest_way, "step");
  const rows = (ways.found ?? []).map((way) => {
    const between = (way.path ?? []).slice(1, -1);
    const isShown = way.path?.join() === path?.join();
    const button = make("button", { class: "node", "aria-pressed": String(isShown), onclick: () => explorer.takeWay(way) });
    button.append(make("span", { class: "count", text: counted((way.path ?? []).length - 1, "step") }), make("span", {}, between.length ? "through " : "directly", ...between.flatMap((node, at) => [at ? ", " : "", nameTag(atlas, node)])));
    return make("li", {}, button);
  });
  if (ways.found === null) fill(place, make("p", { class: "faint", text: "The search for other paths failed." }));
  else if (rows.length === 0) fill(place, make("p", { class: "faint", text: `Paths of more than ${longest} are not compared.` }));
  else if (rows.length === 1) fill(place, make("p", { class: "faint", text: `There is no other path of at most ${longest}.` }));
  else fill(place, make("ul", { class: "ways", "aria-label": "Paths to compare" }, ...rows));
}

/**
 * Tell the path in words, again only when it has changed, so that a focused button keeps the focus.
 * @param {Explorer} explorer
 * @param {HTMLElement} told
 * @param {{to: number, path: unknown, looking: boolean}} last  what was told last
 */
function tell(explorer, told, last) {
  const { atlas, state, path, steps, looking } = explorer;
  told.hidden = state.to < 0;
  if (state.to === last.to && path === last.path && looking === last.looking) return;
  Object.assign(last, { to: state.to, path, looking });
  const end = make("button", { class: "plain", text: "Remove the path", onclick: () => explorer.change({ to: -1 }) });
  if (state.to < 0) fill(told);
  else if (path === undefined) {
    const words = looking ? "Searching for the shortest path …" : "The search for the path failed. Choose its end again to retry.";
    fill(told, make("p", { class: "faint", text: words }), end);
  } else if (path === null) fill(told, make("p", {}, "Nothing connects this node with “", nameTag(atlas, state.to), "”."), end);
  else if (path.length === 1) fill(told, make("p", { text: "That is the node itself." }), end);
  else {
    const made = steps.map((step) => make("li", {}, make("span", { class: "faint", text: verbOf(atlas, step) }), nodeButton(explorer, step.to), whyOf(explorer, step)));
    const list = make("ol", { class: "way" }, make("li", {}, nodeButton(explorer, path[0])), ...made);
    const count = path.length - 1;
    const others = make("div");
    const compare = make("button", { class: "plain", text: "Compare other paths", onclick: () => (compare.remove(), offerWays(explorer, others)) });
    fill(told, make("p", { text: count === 1 ? "They are connected directly:" : `${plain(count)} steps apart:` }), list, ways.for === `${state.node} ${state.to}` ? null : compare, others, end);
    if (ways.for === `${state.node} ${state.to}`) listWays(explorer, others);
  }
}
