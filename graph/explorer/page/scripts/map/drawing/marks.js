/** One node's mark: a dot, a ring for a stub, a diamond for a topic, a square for a provider, a triangle for a person. */

/** @import {Pen} from "./pen.js" */
/** @import {Scene} from "../scene.js" */
import { css, mixed } from "../colours.js";
import { beginCircle, fillWith, strokeWith } from "./pen.js";
import { LEVEL, TONE, dotRadius, grainOnScreen, isInSight, markAt, standsByItself } from "../scene.js";

/** How far the colour of unpublished articles, and of those whose place is inferred, goes towards that of the paper. */
export const PALER = 0.5;

/** @param {Pen} pen @param {Scene} scene @param {number} n */
export function drawMark(pen, scene, n) {
  const [x, y] = markAt(scene, n);
  if (!isInSight(scene, x, y, 30)) return;
  if (n < scene.atlas.articles) drawArticle(pen, scene, n);
  else drawOther(pen, scene, n);
}

/** @param {Pen} pen @param {Scene} scene @param {number} n */
function drawArticle(pen, scene, n) {
  const [x, y, r] = markAt(scene, n);
  const { colours, tone, nodeHue, atlas } = scene;
  const flags = atlas.columns.flags[n];
  const alpha = [0.1, 0.28, 1, 1][tone[n]];
  const hue = colours.hues[nodeHue[n]];
  const pale = flags & (atlas.flag.unpublished | atlas.flag.inferred) ? mixed(hue, colours.paper, PALER) : hue;
  const stub = atlas.isStub(n) && r > 1.6;
  const thick = Math.max(0.9, r * 0.24);
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
  const alpha = tone[n] >= TONE.plain ? 1 : 0.3;
  if (atlas.hasFlag(n, "unpublished")) {
    beginCircle(pen, x, y, r - 0.7);
    strokeWith(pen, css(hue, alpha), 1.4, [r * 0.42, r * 0.36]);
  }
  if (atlas.hasFlag(n, "inferred")) {
    beginCircle(pen, x, y, r + 2.2);
    strokeWith(pen, css(hue, alpha * 0.75), 1.1, [1.2, 2.8]);
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
  const [x, y, r] = markAt(scene, n);
  const { colours, tone, nodeHue, atlas } = scene;
  const alpha = [0.1, 0.3, 1, 1][tone[n]];
  const kind = atlas.kind(n);
  pen.beginPath();
  if (kind === "topic") corners(pen, x, y, [0, -1.2, 1.2, 0, 0, 1.2, -1.2, 0], r);
  else if (kind === "provider") corners(pen, x, y, [-0.9, -0.9, 0.9, -0.9, 0.9, 0.9, -0.9, 0.9], r);
  else corners(pen, x, y, [0, -1.15, 1.1, 0.85, -1.1, 0.85], r);
  fillWith(pen, css(kind === "topic" ? colours.hues[nodeHue[n]] : mixed(colours.ink, colours.paper, 0.25), alpha));
  strokeWith(pen, css(colours.paper, alpha), 1.5);
}

/** @param {Pen} pen @param {number} x @param {number} y @param {number[]} places @param {number} r */
function corners(pen, x, y, places, r) {
  pen.moveTo(x + places[0] * r, y + places[1] * r);
  for (let at = 2; at < places.length; at += 2) pen.lineTo(x + places[at] * r, y + places[at + 1] * r);
  pen.closePath();
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
