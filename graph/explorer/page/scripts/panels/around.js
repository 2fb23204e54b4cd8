/** What is around the selected node, laid out anew: what it leads to on the right, what leads to it on the left, and why. */

import { candidates, localGraph } from "../data/local_graph.js";
import { verbOf } from "../data/paths.js";
import { byId, fill, make, makeSvg, panelHead, say } from "../elements/dom.js";
import { KINDS_NAME, counted } from "../elements/formats.js";
import { kindsIn, nameTag, nodeButton } from "../elements/nodes.js";
import { Latest } from "../state/latest.js";
import { quotation } from "./quotation.js";

/** @import {LocalGraph, Placed, Tie, Wanted} from "../data/local_graph.js" */
/** @import {Explorer} from "../state/explorer.js" */

const MOST_CANDIDATES = 400;
/** In pixels: the widths of a column and of the gap between two, which depend on the available space. */
const COLUMN = { least: 104, most: 240, gap: 64, leastGap: 20 };
/** Heights of a row, in pixels: three lines of a name in a narrow column need more than two in a wide one. */
const ROW_HEIGHTS = { wide: 46, narrow: 60, below: 140 };
/** With more connections, those among neighbours are shown only when one of them is pointed at. */
const FEW_CONNECTIONS = 120;
/** Nodes that are offered before one is selected. */
const BEGINNINGS = 6;
/** @type {[Wanted["direction"], string][]} */
const DIRECTIONS = [["both", "Both ways"], ["out", "From it"], ["in", "To it"]];

/** What is shown before a node is selected. @param {Explorer} explorer @returns {HTMLElement[]} */
function beginnings(explorer) {
  const { atlas, filtered: { visible } } = explorer;
  const central = atlas.header.insights.central.map(([n]) => n).filter((n) => visible[n]).slice(0, BEGINNINGS);
  const words = `Select a node, on the map or by search, to see what is around it${central.length ? ", or begin with one of the most central" : ""}.`;
  const rows = central.map((n) => make("li", {}, nodeButton(explorer, n)));
  return [make("p", { class: "found-note", text: words }), make("ul", { class: "around-begin", "aria-label": "Most central" }, ...rows)];
}

/** @param {Explorer} explorer @param {() => void} onClose @returns {{update: () => void}} */
export function createAround(explorer, onClose) {
  const { atlas } = explorer;
  const panel = byId("around");
  const asked = new Latest();
  /** @type {Wanted} */
  const wanted = { depth: Math.min(Math.max(atlas.header.part?.steps ?? 1, 1), atlas.header.tables.deepest_focus), direction: "both", without: new Set(), withoutKinds: new Set() };
  const drawing = make("div", { class: "around-drawing", tabindex: "0", role: "group", "aria-label": "What is around the selected node" });
  const row = make("div", { class: "around-row" });
  const told = make("p", { class: "faint" });
  const reasons = make("ul", { class: "around-reasons" });
  const listed = make("details", { class: "around-list" }, make("summary", { text: "All connections shown, and where they are stated" }), reasons);
  let drawn = "";
  const draw = () => {
    const { node } = explorer.state;
    if (panel.hidden) return;
    const key = JSON.stringify([node, wanted.depth, wanted.direction, [...wanted.without], [...wanted.withoutKinds], atlas.hasText]) + String(explorer.filtered.shown);
    if (key === drawn) return;
    drawn = key;
    panel.classList.toggle("empty", node < 0);
    for (const part of [row, told, listed]) part.hidden = node < 0;
    if (node < 0) {
      asked.drop();
      fill(drawing, ...beginnings(explorer));
      return;
    }
    asked.ask(gatherAround(explorer, node, wanted.depth), (found) => {
      if (found === null) {
        drawn = "";
        return;
      }
      const graph = localGraph(atlas, node, found.some, wanted);
      graph.left += found.left;
      place(explorer, drawing, graph, node);
      const list = () => fill(reasons, ...graph.ties.map((tie) => reason(explorer, tie)));
      list();
      explorer.answers.quote(graph.nodes.map((one) => one.node)).then((isMore) => isMore && drawn === key && list());
      told.textContent = `${counted(graph.nodes.length - 1, "node")} and ${counted(graph.ties.length, "connection")}${graph.left ? `; ${counted(graph.left, "smaller one")} left out` : ""}. Point at a connection, or tap it, to see why it is there.`;
      say(told.textContent);
    });
  };
  const depths = Array.from({ length: atlas.header.tables.deepest_focus }, (_, at) => pressing(counted(at + 1, "step"), () => wanted.depth === at + 1, () => (wanted.depth = at + 1)));
  const ways = DIRECTIONS.map(([name, words]) => pressing(words, () => wanted.direction === name, () => (wanted.direction = name)));
  const kinds = kindsIn(atlas).map((kind) =>
    ticking(KINDS_NAME[kind], () => !wanted.withoutKinds.has(kind), (on) => (on ? wanted.withoutKinds.delete(kind) : wanted.withoutKinds.add(kind))),
  );
  const relations = atlas.header.tables.relations
    .filter(({ name }) => atlas.header.relations.includes(name))
    .map(({ name, outward }) => ticking(outward, () => !wanted.without.has(name), (on) => (on ? wanted.without.delete(name) : wanted.without.add(name))));
  const all = [...depths, ...ways, ...kinds, ...relations];
  const refresh = () => {
    for (const one of all) one.update();
    draw();
  };
  for (const one of all) one.onChange = refresh;
  const group = (/** @type {string} */ label, /** @type {{element: HTMLElement}[]} */ parts) =>
    make("div", { class: "segments", role: "group", "aria-label": label }, ...parts.map((part) => part.element));
  const choices = make("details", { class: "around-choices" }, make("summary", { text: "Relations and kinds" }), group("Kinds", kinds), group("Relations", relations));
  row.append(group("Steps", depths), group("Direction", ways), choices);
  fill(
    panel,
    panelHead("Around", "Close Around", onClose),
    row,
    told,
    drawing,
    listed,
  );
  for (const one of all) one.update();
  explorer.listen(draw);
  return { update: draw };
}

/** A button of several, one of which is pressed. @param {string} words @param {() => boolean} isOn @param {() => void} act */
function pressing(words, isOn, act) {
  const part = { element: make("button", { class: "button", text: words }), onChange: () => {}, update: () => part.element.setAttribute("aria-pressed", String(isOn())) };
  part.element.addEventListener("click", () => (act(), part.onChange()));
  return part;
}

/** A box to tick. @param {string} words @param {() => boolean} isOn @param {(on: boolean) => unknown} act */
function ticking(words, isOn, act) {
  const box = make("input", { type: "checkbox" });
  const part = { element: make("label", { class: "around-tick" }, box, words), onChange: () => {}, update: () => void (box.checked = isOn()) };
  box.addEventListener("change", () => (act(box.checked), part.onChange()));
  return part;
}

/** Learn what is needed about the surroundings of a node. @param {Explorer} explorer @param {number} node @param {number} depth @returns {Promise<{some: number[], left: number}|null>}  nodes, and how many others there are */
async function gatherAround({ answers, atlas, filtered }, node, depth) {
  await answers.surround(node);
  const found = await answers.around(node, depth);
  if (found === null) return null;
  const some = candidates(atlas, node, found, filtered.visible, MOST_CANDIDATES);
  const left = [...found].filter((one) => one !== node && filtered.visible[one] === 1).length + 1 - some.length;
  return (await answers.learn(some)) === "all" ? { some, left } : null;
}

/** @param {Explorer} explorer @param {Tie} tie @returns {HTMLElement} the connection in words, with where it is stated */
function reason(explorer, { from, to, relation }) {
  const { atlas } = explorer;
  const verb = verbOf(atlas, { from, to, relation, outgoing: true });
  return make("li", {}, nodeButton(explorer, from, { class: "plain", plain: true }), ` ${verb} `, nodeButton(explorer, to, { class: "plain", plain: true }), quotation(atlas.quotes.stated(atlas, relation, from, to)));
}

/** Place the nodes in columns, and draw their connections. @param {Explorer} explorer @param {HTMLElement} drawing @param {LocalGraph} graph @param {number} centre */
function place(explorer, drawing, { nodes, ties }, centre) {
  const reach = (/** @type {number} */ side) => Math.max(0, ...nodes.filter((one) => one.side === side).map((one) => one.step));
  const [before, after] = [reach(-1), reach(1)];
  const rows = Math.max(...nodes.map((one) => Math.abs(one.row)), 1);
  const room = drawing.clientWidth / (before + after + 1);
  const gap = Math.max(COLUMN.leastGap, Math.min(COLUMN.gap, room / 6.5));
  const width = Math.max(COLUMN.least, Math.min(COLUMN.most, room - gap));
  const wide = width + gap;
  const height = width < ROW_HEIGHTS.below ? ROW_HEIGHTS.narrow : ROW_HEIGHTS.wide;
  const size = { width: (before + after + 1) * wide, height: (2 * rows + 2) * height };
  const left = (/** @type {Placed} */ one) => (before + one.side * one.step) * wide + gap / 2;
  const middle = (/** @type {Placed} */ one) => size.height / 2 + one.row * height;
  const lines = makeSvg("svg", { ...size, "aria-hidden": "true" });
  lines.classList.toggle("crowded", ties.length > FEW_CONNECTIONS);
  const at = new Map(nodes.map((one) => [one.node, one]));
  const why = make("p", { class: "around-why", hidden: true });
  /** @type {Map<number, SVGElement[]>} */
  const touching = new Map();
  for (const tie of ties) {
    const [one, other] = [at.get(tie.from), at.get(tie.to)];
    if (!one || !other) continue;
    const line = makeSvg("path", {
      d: curve(width, gap, left(one), middle(one), left(other), middle(other)),
      class: tie.from === centre ? "out" : tie.to === centre ? "in" : "among",
    });
    line.addEventListener("pointerenter", () => show([tie]));
    line.addEventListener("click", () => show([tie]));
    lines.append(line);
    for (const node of [tie.from, tie.to]) touching.set(node, [...(touching.get(node) ?? []), line]);
  }
  const show = (/** @type {Tie[]} */ some) => {
    why.hidden = some.length === 0;
    fill(why, ...some.flatMap((tie) => [nameTag(explorer.atlas, tie.from), ` ${verbOf(explorer.atlas, { ...tie, outgoing: true })} `, nameTag(explorer.atlas, tie.to), quotation(explorer.atlas.quotes.stated(explorer.atlas, tie.relation, tie.from, tie.to))]));
  };
  const buttons = nodes.map((one) => {
    const button = nodeButton(explorer, one.node, { class: one.node === centre ? "node around-node centre" : "node around-node" });
    Object.assign(button.style, { left: `${left(one)}px`, top: `${middle(one) - height / 2 + 2}px`, width: `${width}px`, height: `${height - 4}px` });
    const own = ties.filter((tie) => (tie.from === one.node && tie.to === one.parent) || (tie.to === one.node && tie.from === one.parent));
    const light = (/** @type {boolean} */ on) => {
      for (const line of touching.get(one.node) ?? []) line.classList.toggle("lit", on);
      if (on) show(own.slice(0, 3));
    };
    button.addEventListener("pointerenter", () => light(true));
    button.addEventListener("pointerleave", () => light(false));
    button.addEventListener("focus", () => light(true));
    button.addEventListener("blur", () => light(false));
    return button;
  });
  const field = make("div", { class: width < ROW_HEIGHTS.below ? "around-field narrow" : "around-field" }, ...buttons);
  field.prepend(lines);
  Object.assign(field.style, { width: `${size.width}px`, height: `${size.height}px` });
  fill(drawing, field, why);
  const centred = at.get(centre);
  if (centred) drawing.scrollTo(left(centred) + width / 2 - drawing.clientWidth / 2, size.height / 2 - drawing.clientHeight / 2);
}

/** A line from the side of one node to the side of another; within a column it bows out. @param {number} width  of a node @param {number} gap @param {number} left @param {number} top @param {number} right @param {number} bottom */
function curve(width, gap, left, top, right, bottom) {
  if (left === right) return `M${left + width} ${top}C${left + width + gap / 2} ${top} ${left + width + gap / 2} ${bottom} ${left + width} ${bottom}`;
  const [from, to] = left < right ? [left + width, right] : [left, right + width];
  const half = (from + to) / 2;
  return `M${from} ${top}C${half} ${top} ${half} ${bottom} ${to} ${bottom}`;
}
