/** The background of the dots: islands and stories, communities, or the lanes of the timeline. */

/** @import {Circle} from "../../data/payload.js" */
/** @import {Pen} from "./pen.js" */
/** @import {Scene} from "../scene.js" */
/** @import {CardBox} from "../ground/ground.js" */
import { css } from "../colours.js";
import { beginCircle, fillWith, strokeWith } from "./pen.js";
import { LEVEL, areStoriesSeen, grainOnScreen, isInSight, isTurning, screenX, screenY } from "../scene.js";

/** The smallest radius of a circle that is drawn, in pixels: while one view becomes another, and otherwise; and of one with a line. */
const SMALLEST = { turning: 2.5, usual: 0.5, lined: 3 };

/** @param {Pen} pen @param {Scene} scene */
export function drawBackground(pen, scene) {
  const { presence } = scene;
  if (presence.timeline > 0) drawLanes(pen, scene, presence.timeline);
  if (presence.network > 0) drawCommunities(pen, scene, presence.network);
  if (presence.topics > 0) drawIslands(pen, scene, presence.topics);
}

/** @param {Pen} pen @param {Scene} scene @param {number} presence */
function drawIslands(pen, scene, presence) {
  const { atlas, colours, islandHue, stories, ground } = scene;
  const strength = colours.dark ? 0.13 : 0.085;
  // A circle has the colour of its topic only where dots have it, too.
  const hueOf = (/** @type {number} */ at) => (scene.isByIsland ? colours.hues[islandHue[at] ?? 0] : colours.soft);
  for (const [at, island] of ground.islands.entries()) {
    const hue = hueOf(at);
    const deeper = atlas.header.islands[at].depth > 0 && !ground.anew ? 0.6 : 1;
    disc(pen, scene, island, css(hue, strength * deeper * presence), css(hue, 0.34 * deeper * presence));
  }
  for (const box of ground.boxes) {
    const hue = hueOf(box.at);
    cardBox(pen, scene, box, css(hue, strength * presence), css(hue, 0.34 * presence));
  }
  if (ground.anew || !areStoriesSeen(scene)) return;
  const faint = strength * presence * Math.min(1, grainOnScreen(scene) - LEVEL.stories + 0.35);
  for (let at = 0; at < stories.x.length; at += 1) {
    const circle = { x: stories.x[at], y: stories.y[at], r: stories.r[at] };
    disc(pen, scene, circle, css(scene.isByIsland ? colours.hues[stories.hue[at]] : colours.soft, faint), null);
  }
}

/** @param {Pen} pen @param {Scene} scene @param {number} presence */
function drawCommunities(pen, scene, presence) {
  const { colours, ground } = scene;
  const soft = (/** @type {number} */ alpha) => css(colours.soft, alpha * presence);
  const [filling, line] = [soft(colours.dark ? 0.1 : 0.055), soft(0.22)];
  for (const box of ground.boxes) cardBox(pen, scene, box, filling, line);
  for (const community of ground.communities) disc(pen, scene, community, filling, line);
  const [inner, innerLine] = [soft(colours.dark ? 0.08 : 0.05), soft(0.16)];
  for (const part of ground.parts) disc(pen, scene, part, inner, innerLine);
}

/** @param {Pen} pen @param {Scene} scene @param {number} presence */
function drawLanes(pen, scene, presence) {
  const { ground, colours, camera, width, height } = scene;
  for (const [at, lane] of ground.lanes.entries()) {
    const tall = lane.height * camera.zoom;
    const top = screenY(scene, lane.y) - tall / 2;
    if (top > height || top + tall < 0) continue;
    pen.fillStyle = css(colours.soft, (at % 2 ? 0.02 : 0.07) * presence);
    pen.fillRect(0, top, width, tall);
  }
}

/** @param {Pen} pen @param {Scene} scene @param {CardBox} box @param {string} filling @param {string} line */
function cardBox(pen, scene, { left, top, right, bottom }, filling, line) {
  const [x, y, zoom] = [screenX(scene, left), screenY(scene, top), scene.camera.zoom];
  if (x > scene.width || y > scene.height || x + (right - left) * zoom < 0 || y + (bottom - top) * zoom < 0) return;
  pen.beginPath();
  pen.roundRect(x, y, (right - left) * zoom, (bottom - top) * zoom, 10);
  fillWith(pen, filling);
  strokeWith(pen, line, 1);
}

/** @param {Pen} pen @param {Scene} scene @param {Circle} circle @param {string} filling @param {string|null} line */
function disc(pen, scene, circle, filling, line) {
  const x = screenX(scene, circle.x);
  const y = screenY(scene, circle.y);
  const r = circle.r * scene.camera.zoom;
  if (r < (isTurning(scene) ? SMALLEST.turning : SMALLEST.usual) || !isInSight(scene, x, y, r)) return;
  beginCircle(pen, x, y, r);
  fillWith(pen, filling);
  if (line !== null && r >= SMALLEST.lined && r <= 4000) strokeWith(pen, line, 1);
}
