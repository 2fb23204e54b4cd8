/** One node's mark: a dot, a ring for a stub, a diamond for a topic, a square for a provider, a triangle for a person. */

/** @import {Pen} from "./pen.js" */
/** @import {Scene} from "../scene.js" */
import { css, mixed } from "../colours.js";
import { LEVEL, TONE, dotRadius, grainOnScreen, markRadius, screenX, screenY, standsByItself } from "../scene.js";

/** How far the colour of unpublished articles, and of those whose place is inferred, goes towards that of the paper. */
export const PALER = 0.5;

const ROUND = 2 * Math.PI;

/**
 * @param {Pen} pen
 * @param {Scene} scene
 * @param {number} n
 */
export function drawMark(pen, scene, n) {
  const x = screenX(scene, scene.x[n]);
  const y = screenY(scene, scene.y[n]);
  if (!(x > -30 && x < scene.width + 30 && y > -30 && y < scene.height + 30)) return;
  const r = markRadius(scene, n);
  if (n < scene.atlas.articles) drawArticle(pen, scene, n, x, y, r);
  else drawOther(pen, scene, n, x, y, r);
}

/** @param {Pen} pen @param {Scene} scene @param {number} n @param {number} x @param {number} y @param {number} r */
function drawArticle(pen, scene, n, x, y, r) {
  const { colours, tone, nodeHue, atlas } = scene;
  const flags = atlas.columns.flags[n];
  const alpha = [0.1, 0.28, 1, 1][tone[n]];
  const hue = colours.hues[nodeHue[n]];
  const pale = flags & (atlas.flag.unpublished | atlas.flag.inferred) ? mixed(hue, colours.paper, PALER) : hue;
  const stub = atlas.isStub(n) && r > 1.6;
  const thick = Math.max(0.9, r * 0.24);
  pen.beginPath();
  pen.arc(x, y, stub ? r - thick / 2 : r, 0, ROUND);
  pen.fillStyle = stub ? css(colours.paper, alpha) : css(pale, alpha);
  pen.fill();
  if (stub) {
    pen.strokeStyle = css(pale, alpha);
    pen.lineWidth = thick;
    pen.stroke();
  }
  if (r >= LEVEL.doubts) drawDoubts(pen, scene, n, x, y, r);
}

/**
 * Around an article's dot: a broken line if it is unpublished, a dotted one if its place is inferred.
 * @param {Pen} pen
 * @param {Scene} scene
 * @param {number} n
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
function drawDoubts(pen, { colours, nodeHue, atlas, tone }, n, x, y, r) {
  const alpha = tone[n] >= TONE.plain ? 1 : 0.3;
  if (atlas.hasFlag(n, "unpublished")) {
    pen.beginPath();
    pen.arc(x, y, r - 0.7, 0, ROUND);
    pen.strokeStyle = css(colours.hues[nodeHue[n]], alpha);
    pen.lineWidth = 1.4;
    pen.setLineDash([r * 0.42, r * 0.36]);
    pen.stroke();
  }
  if (atlas.hasFlag(n, "inferred")) {
    pen.beginPath();
    pen.arc(x, y, r + 2.2, 0, ROUND);
    pen.strokeStyle = css(colours.hues[nodeHue[n]], alpha * 0.75);
    pen.lineWidth = 1.1;
    pen.setLineDash([1.2, 2.8]);
    pen.stroke();
  }
  pen.setLineDash([]);
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
    drawDoubts(pen, scene, n, screenX(scene, scene.x[n]), screenY(scene, scene.y[n]), markRadius(scene, n));
  }
}

/**
 * Topics, providers and people that have a mark.
 * @param {Pen} pen
 * @param {Scene} scene
 */
export function drawOthers(pen, scene) {
  for (let n = scene.atlas.articles; n < scene.atlas.count; n += 1) {
    if (standsByItself(scene, n)) drawMark(pen, scene, n);
  }
}

/** @param {Pen} pen @param {Scene} scene @param {number} n @param {number} x @param {number} y @param {number} r */
function drawOther(pen, scene, n, x, y, r) {
  const { colours, tone, nodeHue, atlas } = scene;
  const alpha = [0.1, 0.3, 1, 1][tone[n]];
  const kind = atlas.kind(n);
  pen.beginPath();
  if (kind === "topic") corners(pen, x, y, [0, -1.2, 1.2, 0, 0, 1.2, -1.2, 0], r);
  else if (kind === "provider") corners(pen, x, y, [-0.9, -0.9, 0.9, -0.9, 0.9, 0.9, -0.9, 0.9], r);
  else corners(pen, x, y, [0, -1.15, 1.1, 0.85, -1.1, 0.85], r);
  pen.fillStyle = css(kind === "topic" ? colours.hues[nodeHue[n]] : mixed(colours.ink, colours.paper, 0.25), alpha);
  pen.fill();
  pen.strokeStyle = css(colours.paper, alpha);
  pen.lineWidth = 1.5;
  pen.stroke();
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
  const x = screenX(scene, scene.x[n]);
  const y = screenY(scene, scene.y[n]);
  if (Number.isNaN(x + y)) return;
  const r = markRadius(scene, n) + 3 + (n < scene.atlas.articles ? 0 : 2);
  pen.beginPath();
  pen.arc(x, y, r, 0, ROUND);
  pen.strokeStyle = css(scene.colours.paper);
  pen.lineWidth = thick + 2.5;
  pen.stroke();
  pen.beginPath();
  pen.arc(x, y, r, 0, ROUND);
  pen.strokeStyle = css(n === scene.selected ? scene.colours.accent : scene.colours.ink);
  pen.lineWidth = thick;
  pen.stroke();
}
