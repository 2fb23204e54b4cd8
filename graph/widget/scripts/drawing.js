/** The local graph as SVG: every dot with an address is a link, which the keyboard reaches too. */

/** @import {Contents, Neighbour} from "./data.js" */
import { LINE, placeLabels } from "./labels.js";
import { spread } from "./layout.js";

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 18;
const DOT = 4.5;

/**
 * Make an element of SVG.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string|number>} [attributes]
 * @param {...(Node|string)} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
function shape(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/**
 * Draw the neighbours of an article.
 * @param {SVGSVGElement} picture
 * @param {Contents} contents
 * @param {number} width  in pixels
 * @param {(address: string|undefined) => string|null} toHref
 */
export function draw(picture, { nodes, links }, width, toHref) {
  const height = Math.round(Math.min(420, Math.max(200, width * 0.6, nodes.length * 13)));
  const room = [width / 2 - MARGIN - Math.min(80, width / 6), height / 2 - MARGIN];
  const dots = spread(nodes.length, links).map(
    ([x, y]) => /** @type {[number, number]} */ ([width / 2 + x * room[0], height / 2 + y * room[1]].map(Math.round)),
  );
  const degree = nodes.map((_, node) => links.filter((link) => link.includes(node)).length);
  const order = [...nodes.keys()].sort((a, b) => Number(b === 0) - Number(a === 0) || degree[b] - degree[a] || a - b);
  const labels = placeLabels(dots, nodes.map(({ label }) => label), order, width, height, measurer(picture));
  picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
  picture.setAttribute("height", String(height));
  const lines = links.map(([from, to]) =>
    shape("line", { x1: dots[from][0], y1: dots[from][1], x2: dots[to][0], y2: dots[to][1] }),
  );
  const marks = nodes.map((node, number) => markOf(node, number, dots[number], labels[number], toHref(node.url)));
  // The node that is pointed at and its neighbours are highlighted.
  const near = nodes.map((_, number) => new Set(links.filter((link) => link.includes(number)).flat()));
  const point = (/** @type {number} */ chosen) => {
    picture.classList.toggle("pointing", chosen >= 0);
    marks.forEach((mark, number) => mark.classList.toggle("near", number === chosen || near[chosen]?.has(number)));
    marks.forEach((mark, number) => mark.classList.toggle("pointed", number === chosen));
    lines.forEach((line, number) => line.classList.toggle("near", links[number].includes(chosen)));
  };
  marks.forEach((mark, number) => {
    // A shape that listens for focus gets it, so only links do.
    const isLink = mark instanceof SVGAElement;
    for (const event of ["pointerenter", ...(isLink ? ["focus"] : [])]) mark.addEventListener(event, () => point(number));
    for (const event of ["pointerleave", ...(isLink ? ["blur"] : [])]) mark.addEventListener(event, () => point(-1));
  });
  picture.replaceChildren(shape("g", { "aria-hidden": "true", class: "lines" }, ...lines), ...marks);
}

/**
 * @param {Neighbour} node
 * @param {number} number
 * @param {[number, number]} dot
 * @param {import("./labels.js").Label} label
 * @param {string|null} href
 */
function markOf({ label: name, kind, tie }, number, [x, y], label, href) {
  const said = tie ? `${name} (${tie})` : name;
  const isLink = href !== null && number > 0;
  const mark = shape(
    isLink ? "a" : "g",
    { class: `mark ${number ? kind : "centre"}`, "aria-label": said, ...(isLink ? { href } : { role: "img" }) },
    shape("title", {}, said),
    // A wider, invisible ring is easier to hit.
    shape("circle", { class: "reach", cx: x, cy: y, r: 12 }),
    dotOf(number ? kind : "centre", x, y),
    shape("text", { y: label.y, "text-anchor": label.anchor, "dominant-baseline": "central" }, ...linesOf(label)),
  );
  mark.classList.toggle("unlabelled", !label.isShown);
  return mark;
}

/** @param {import("./labels.js").Label} label @returns {(Node|string)[]} */
function linesOf({ x, lines, isCut }) {
  return lines.flatMap((line, number) => {
    const fades = isCut && number === lines.length - 1;
    const made = shape("tspan", { x, ...(number ? { dy: LINE } : {}), ...(fades ? { class: "cut" } : {}) }, line);
    return number ? [" ", made] : [made];
  });
}

/** Kinds differ in shape and not only in colour. @param {string} kind @param {number} x @param {number} y */
function dotOf(kind, x, y) {
  if (kind === "topic") return shape("path", { class: "dot", d: `M${x} ${y - DOT - 1}l${DOT + 1} ${DOT + 1}l${-DOT - 1} ${DOT + 1}l${-DOT - 1} ${-DOT - 1}z` });
  if (kind === "provider") return shape("rect", { class: "dot", x: x - DOT + 0.5, y: y - DOT + 0.5, width: 2 * DOT - 1, height: 2 * DOT - 1 });
  if (kind === "person") return shape("path", { class: "dot", d: `M${x} ${y - DOT - 0.5}l${DOT + 0.5} ${2 * DOT}h${-2 * DOT - 1}z` });
  return shape("circle", { class: "dot", cx: x, cy: y, r: kind === "centre" ? DOT + 1.5 : DOT });
}

/** A measure of the widths of labels. @param {SVGSVGElement} picture @returns {(text: string) => number} */
function measurer(picture) {
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen) return (text) => 7 * text.length;
  pen.font = `11px ${getComputedStyle(picture).fontFamily}`;
  return (text) => pen.measureText(text).width;
}
