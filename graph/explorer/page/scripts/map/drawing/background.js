/** The background of the dots: islands and stories, communities, or the lanes of the timeline. */

/** @import {Circle} from "../../data/payload.js" */
/** @import {Pen} from "./pen.js" */
/** @import {Scene} from "../scene.js" */
/** @import {CardBox} from "../ground/ground.js" */
import { css } from "../colours.js";
import { beginCircle, fillWith, strokeWith } from "./pen.js";
import { LEVEL, areStoriesSeen, grainOnScreen, isInSight, isTurning, screenX, screenY } from "../scene.js";

/** The smallest radius of a circle that is drawn, in pixels: while one view becomes another, and otherwise. */
const SMALLEST = { turning: 2.5, usual: 0.5 };
/** The radii of circles with a line around them, in pixels: lines of thousands of small ones take long to draw, and those of larger ones are out of view. */
const LINED = { smallest: 3, largest: 4000 };
/** How strongly areas and their lines are coloured; on dark paper areas need more. */
const TINTS = {
  island: { light: 0.085, dark: 0.13, line: 0.34 },
  community: { light: 0.055, dark: 0.1, line: 0.22 },
  part: { light: 0.05, dark: 0.08, line: 0.16 },
};
/** The share of it for an island within another, where both colours add up. */
const WITHIN = 0.6;
/** The share of it for stories when they are first visible; more when zoomed in. */
const STORIES_AT_FIRST = 0.35;
/** How strongly every other lane is coloured, and the lanes between. */
const LANES = [0.07, 0.02];

/** @param {Pen} pen @param {Scene} scene */
export function drawBackground(pen, scene) {
  const { presence } = scene;
  if (presence.timeline > 0) drawLanes(pen, scene, presence.timeline);
  if (presence.network > 0) drawCommunities(pen, scene, presence.network);
  if (presence.topics > 0) drawIslands(pen, scene, presence.topics);
}

/** How strongly an area and its line are coloured. @param {Scene} scene @param {keyof typeof TINTS} what @returns {[number, number]} */
function tintOf({ colours }, what) {
  return [colours.dark ? TINTS[what].dark : TINTS[what].light, TINTS[what].line];
}

/** @param {Pen} pen @param {Scene} scene @param {number} presence */
function drawIslands(pen, scene, presence) {
  const { atlas, colours, islandHue, stories, ground } = scene;
  const [strength, line] = tintOf(scene, "island");
  // A circle has the colour of its topic only if its dots have it, too.
  const hueOf = (/** @type {number} */ at) => (scene.isByIsland ? colours.hues[islandHue[at] ?? 0] : colours.soft);
  for (const [at, island] of ground.islands.entries()) {
    const hue = hueOf(at);
    const deeper = atlas.header.islands[at].depth > 0 && !ground.anew ? WITHIN : 1;
    disc(pen, scene, island, css(hue, strength * deeper * presence), css(hue, line * deeper * presence));
  }
  for (const box of ground.boxes) {
    const hue = hueOf(box.at);
    cardBox(pen, scene, box, css(hue, strength * presence), css(hue, line * presence));
  }
  if (ground.anew || !areStoriesSeen(scene)) return;
  const faint = strength * presence * Math.min(1, grainOnScreen(scene) - LEVEL.stories + STORIES_AT_FIRST);
  for (let at = 0; at < stories.x.length; at += 1) {
    const circle = { x: stories.x[at], y: stories.y[at], r: stories.r[at] };
    if (ground.islands[stories.island[at]]?.r !== 0) disc(pen, scene, circle, css(scene.isByIsland ? colours.hues[stories.hue[at]] : colours.soft, faint), null);
  }
}

/** @param {Pen} pen @param {Scene} scene @param {number} presence */
function drawCommunities(pen, scene, presence) {
  const { colours, ground } = scene;
  const [area, line] = tintOf(scene, "community").map((strength) => css(colours.soft, strength * presence));
  for (const box of ground.boxes) cardBox(pen, scene, box, area, line);
  for (const community of ground.communities) disc(pen, scene, community, area, line);
  const [inner, innerLine] = tintOf(scene, "part").map((strength) => css(colours.soft, strength * presence));
  for (const part of ground.parts) disc(pen, scene, part, inner, innerLine);
}

/** @param {Pen} pen @param {Scene} scene @param {number} presence */
function drawLanes(pen, scene, presence) {
  const { ground, colours, camera, width, height } = scene;
  for (const [at, lane] of ground.lanes.entries()) {
    const tall = lane.height * camera.zoom;
    const top = screenY(scene, lane.y) - tall / 2;
    if (top > height || top + tall < 0) continue;
    pen.fillStyle = css(colours.soft, LANES[at % 2] * presence);
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
  if (line !== null && r >= LINED.smallest && r <= LINED.largest) strokeWith(pen, line, 1);
}
