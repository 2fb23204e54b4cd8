/** One node's mark: a dot, a ring for a stub, a diamond for a topic, a square for a provider, a triangle for a person. */

/** @import {Colours} from "../colours.js" */
/** @import {Pen} from "./pen.js" */
/** @import {Scene} from "../scene.js" */
import { css, mixed } from "../colours.js";
import { beginCircle, fillWith, strokeWith } from "./pen.js";
import { ALPHAS, LEVEL, TONE, dotRadius, grainOnScreen, isInSight, markAt, standsByItself } from "../scene.js";

/** How far the colour of unpublished articles, and of those whose place is inferred, goes towards that of the paper. */
export const PALER = 0.5;
/** The ring of a stub: the least radius to draw one, its thickness as a share of the radius, and the least thickness, in pixels. */
export const RING = { from: 1.6, share: 0.24, least: 0.9 };
/** How far outside the window a node's middle may be while its mark is still visible, in pixels. */
const BESIDE_SIGHT = 30;
/** The lines that mark doubtful articles: their width and dashes (shares of the radius, or pixels), and how far they are from the rim. */
const BROKEN_LINE = { width: 1.4, dash: 0.42, gap: 0.36, inside: 0.7 };
const DOTTED_LINE = { width: 1.1, dashes: [1.2, 2.8], outside: 2.2, strength: 0.75 };
/** The corners of marks, as multiples of the radius, about as large as a dot to the eye. @type {Record<string, number[]>} */
const MARK_CORNERS = {
  topic: [0, -1.2, 1.2, 0, 0, 1.2, -1.2, 0],
  provider: [-0.9, -0.9, 0.9, -0.9, 0.9, 0.9, -0.9, 0.9],
  person: [0, -1.15, 1.1, 0.85, -1.1, 0.85],
};
/** How far the ink of providers and people goes towards the paper. */
const SOFTER_INK = 0.25;

/** @param {Pen} pen @param {Scene} scene @param {number} n */
export function drawMark(pen, scene, n) {
  const [x, y] = markAt(scene, n);
  if (!isInSight(scene, x, y, BESIDE_SIGHT)) return;
  if (n < scene.atlas.articles) drawArticle(pen, scene, n);
  else drawOther(pen, scene, n);
}

/** @param {Pen} pen @param {Scene} scene @param {number} n */
function drawArticle(pen, scene, n) {
  const [x, y, r] = markAt(scene, n);
  const { colours, tone, nodeHue, atlas } = scene;
  const flags = atlas.columns.flags[n];
  const alpha = ALPHAS[tone[n]];
  const hue = colours.hues[nodeHue[n]];
  const pale = flags & (atlas.flag.unpublished | atlas.flag.inferred) ? mixed(hue, colours.paper, PALER) : hue;
  const stub = atlas.isStub(n) && r > RING.from;
  const thick = Math.max(RING.least, r * RING.share);
  beginCircle(pen, x, y, stub ? r - thick / 2 : r);
  fillWith(pen, css(stub ? colours.paper : pale, alpha));
  if (stub) strokeWith(pen, css(pale, alpha), thick);
  if (r >= LEVEL.doubts) drawDoubts(pen, scene, n);
}

/**
 * Around an article's dot: a broken line if it is unpublished, a dotted one if its place is inferred.
 * @param {Pen} pen
 * @param {Scene} scene
 * @param {number} n
 */
function drawDoubts(pen, scene, n) {
  const [x, y, r] = markAt(scene, n);
  const { colours, nodeHue, atlas, tone } = scene;
  const hue = colours.hues[nodeHue[n]];
  const alpha = ALPHAS[Math.max(TONE.faded, tone[n])];
  if (atlas.hasFlag(n, "unpublished")) {
    beginCircle(pen, x, y, r - BROKEN_LINE.inside);
    strokeWith(pen, css(hue, alpha), BROKEN_LINE.width, [r * BROKEN_LINE.dash, r * BROKEN_LINE.gap]);
  }
  if (atlas.hasFlag(n, "inferred")) {
    beginCircle(pen, x, y, r + DOTTED_LINE.outside);
    strokeWith(pen, css(hue, alpha * DOTTED_LINE.strength), DOTTED_LINE.width, DOTTED_LINE.dashes);
  }
}

/**
 * The same for all articles whose dots were written as pixels.
 * @param {Pen} pen
 * @param {Scene} scene
 * @param {number[]} visible
 */
export function drawAllDoubts(pen, scene, visible) {
  if (dotRadius(grainOnScreen(scene)) < LEVEL.doubts) return;
  const { columns: { flags }, flag: { unpublished, inferred } } = scene.atlas;
  for (const n of visible) {
    if (!(flags[n] & (unpublished | inferred)) || scene.tone[n] === TONE.hidden) continue;
    drawDoubts(pen, scene, n);
  }
}

/** Topics, providers and people that have a mark. @param {Pen} pen @param {Scene} scene */
export function drawOthers(pen, scene) {
  for (let n = scene.atlas.articles; n < scene.atlas.count; n += 1) {
    if (standsByItself(scene, n)) drawMark(pen, scene, n);
  }
}

/** @param {Pen} pen @param {Scene} scene @param {number} n */
function drawOther(pen, scene, n) {
  const { colours, tone, nodeHue, atlas } = scene;
  const alpha = ALPHAS[tone[n]];
  fillCorners(pen, atlas.kind(n), markAt(scene, n), colours, nodeHue[n], alpha);
  strokeWith(pen, css(colours.paper, alpha), 1.5);
}

/** @param {Pen} pen @param {string} kind @param {[number, number, number]} at  where, and its radius @param {Colours} colours @param {number} hue  of a topic @param {number} [alpha] */
export function fillCorners(pen, kind, [x, y, r], colours, hue, alpha) {
  const places = MARK_CORNERS[kind];
  pen.beginPath();
  pen.moveTo(x + places[0] * r, y + places[1] * r);
  for (let at = 2; at < places.length; at += 2) pen.lineTo(x + places[at] * r, y + places[at + 1] * r);
  pen.closePath();
  fillWith(pen, css(kind === "topic" ? colours.hues[hue] : mixed(colours.ink, colours.paper, SOFTER_INK), alpha));
}

/**
 * A ring around the node that is selected or pointed at.
 * @param {Pen} pen
 * @param {Scene} scene
 * @param {number} n
 * @param {number} thick
 */
export function drawRing(pen, scene, n, thick) {
  const [x, y, r] = markAt(scene, n);
  if (Number.isNaN(x + y)) return;
  beginCircle(pen, x, y, r + 3 + (n < scene.atlas.articles ? 0 : 2));
  strokeWith(pen, css(scene.colours.paper), thick + 2.5);
  strokeWith(pen, css(n === scene.selected ? scene.colours.accent : scene.colours.ink), thick);
}
