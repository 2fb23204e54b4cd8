/** Which node is at a pixel, or in a direction. All nodes are checked, which takes less than a millisecond for 100,000. */

/** @import {Label} from "./labels/label_painter.js" */
/** @import {Scene} from "./scene.js" */
import { TONE, groundsOf, isDrawn, markRadius, screenX, screenY, standsByItself } from "./scene.js";

/** How far around the name of an island a tap means the island, in pixels. */
const BESIDE_NAME = 6;
/** More than any mark's radius, in pixels: nodes farther away are not measured. */
const LARGEST_MARK = 26;
/** How much nearer than a dot the mark of a topic, provider or person counts where it is hit: it is drawn over the dots. */
const ON_TOP = 30;
/** How much farther a neighbour counts for each pixel aside of a direction, and how far along it must be for one aside. */
const ASIDE = { cost: 2.5, least: 0.4 };

/** What the label at a pixel names. Labels in boxes do not count, as they cover other nodes. @param {Label[]} labels @param {number} px @param {number} py */
export function labelAt(labels, px, py) {
  return labels.find(({ left, top, right, bottom, wanted }) => {
    // A tap beside the name of an island does not mean one of its many dots.
    const near = wanted.ground === undefined ? 0 : BESIDE_NAME;
    return !wanted.pill && px > left - near && px < right + near && py > top - near && py < bottom + near;
  })?.wanted;
}

/** The island, community, part or story that a label names. @param {Scene} scene @param {Label["wanted"]} label */
export function circleOf(scene, { ground, story = -1 }) {
  return ground === undefined ? scene.ground.stories[story] : groundsOf(scene)[ground];
}

/**
 * The node at a pixel, or -1: the nearest whose mark is at most `reach` pixels away.
 * @param {Scene} scene
 * @param {number} px
 * @param {number} py
 * @param {number} reach
 * @returns {number}
 */
export function pick(scene, px, py, reach) {
  const { atlas, x, y, camera, width, height, tone } = scene;
  const far = (reach + LARGEST_MARK) / camera.zoom;
  const worldX = (px - width / 2) / camera.zoom + camera.x;
  const worldY = (py - height / 2) / camera.zoom + camera.y;
  const drawn = isDrawn(scene);
  let best = -1;
  let least = reach;
  for (let n = 0; n < atlas.count; n += 1) {
    if (!(Math.abs(x[n] - worldX) < far && Math.abs(y[n] - worldY) < far) || tone[n] === TONE.hidden) continue;
    if (n < atlas.articles ? !drawn(n) : !standsByItself(scene, n)) continue;
    const gap = Math.hypot(screenX(scene, x[n]) - px, screenY(scene, y[n]) - py) - markRadius(scene, n);
    const handicap = n >= atlas.articles && gap <= 0 ? gap - ON_TOP : gap;
    if (handicap < least) {
      least = handicap;
      best = n;
    }
  }
  return best;
}

/**
 * The innermost island or community at a pixel, or -1.
 * @param {Scene} scene
 * @param {number} px
 * @param {number} py
 * @returns {number}
 */
export function pickGround(scene, px, py) {
  const grounds = groundsOf(scene);
  let best = -1;
  for (const [at, { x, y, r }] of grounds.entries()) {
    const gap = Math.hypot(screenX(scene, x) - px, screenY(scene, y) - py) - r * scene.camera.zoom;
    if (gap <= 0 && (best < 0 || r < grounds[best].r)) best = at;
  }
  return best;
}

/**
 * The neighbour of `node` that is nearest in a direction, or -1. Direction counts for more than distance.
 * @param {Scene} scene
 * @param {number} node
 * @param {"left"|"right"|"up"|"down"} direction
 * @returns {number}
 */
export function nearestOf({ atlas, x, y, tone }, node, direction) {
  const ahead = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] }[direction];
  let best = -1;
  let least = Infinity;
  atlas.eachNeighbour(node, (other) => {
    const [dx, dy] = [x[other] - x[node], y[other] - y[node]];
    const along = dx * ahead[0] + dy * ahead[1];
    const aside = Math.abs(dx * ahead[1]) + Math.abs(dy * ahead[0]);
    const cost = along + ASIDE.cost * aside;
    if (along > 0 && along >= aside * ASIDE.least && cost < least && tone[other] !== TONE.hidden) [best, least] = [other, cost];
  });
  return best;
}

/**
 * The nodes inside a polygon of pixels that the reader can see: neither hidden nor faded.
 * @param {Scene} scene
 * @param {[number, number][]} corners
 * @returns {number[]}
 */
export function inside(scene, corners) {
  const drawn = isDrawn(scene);
  const isSeen = (/** @type {number} */ n) => scene.tone[n] > TONE.faded && (n < scene.atlas.articles ? drawn(n) : standsByItself(scene, n));
  const [across, down] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const [left, right, top, bottom] = [Math.min(...across), Math.max(...across), Math.min(...down), Math.max(...down)];
  const found = [];
  for (let n = 0; n < scene.atlas.count; n += 1) {
    const [x, y] = [screenX(scene, scene.x[n]), screenY(scene, scene.y[n])];
    if (x >= left && x <= right && y >= top && y <= bottom && isSeen(n) && isInside(corners, x, y)) found.push(n);
  }
  return found;
}

/** Whether a ray from a point crosses the sides an odd number of times. @param {[number, number][]} corners @param {number} x @param {number} y */
function isInside(corners, x, y) {
  let odd = false;
  for (let at = 0, last = corners.length - 1; at < corners.length; last = at, at += 1) {
    const [[oneX, oneY], [otherX, otherY]] = [corners[at], corners[last]];
    if (oneY > y !== otherY > y && x < ((otherX - oneX) * (y - oneY)) / (otherY - oneY) + oneX) odd = !odd;
  }
  return odd;
}
