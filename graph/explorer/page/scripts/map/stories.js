/** The circles around stories, drawn when they are first seen. */

/** @import {Atlas} from "../data/atlas.js" */
/** @import {Column} from "../data/payload.js" */
/** @import {Circles, Scene} from "./scene.js" */
import { areStoriesSeen } from "./scene.js";

/** Enclose the stories that are known by now, if they are seen. @param {Scene} scene */
export function enclose(scene) {
  if (!scene.isStoryNew || scene.ground.anew || !areStoriesSeen(scene)) return;
  scene.stories = storyCircles(scene.atlas, scene.nodeHue, scene.ground);
  scene.isStoryNew = false;
}

/**
 * The circle around each story of at least three articles. A story is a run of articles on one island.
 * @param {Atlas} atlas
 * @param {Uint8Array} nodeHue
 * @param {{x: Float32Array, y: Float32Array}} ground
 * @returns {Circles}
 */
function storyCircles({ columns, articles }, nodeHue, { x, y }) {
  const { story, island, size } = columns;
  /** @type {number[][]} */
  const found = [];
  for (let first = 0; first < articles && story; ) {
    let end = first + 1;
    while (end < articles && story[end] === story[first] && island[end] === island[first]) end += 1;
    if (end - first >= 3 && story[first] >= 0 && !Number.isNaN(x[first])) {
      const circle = enclosing(x, y, size, first, end);
      // A story is enclosed once all of it has arrived.
      if (!Number.isNaN(circle[2])) found.push([...circle, nodeHue[first], island[first]]);
    }
    first = end;
  }
  const column = (/** @type {number} */ at) => found.map((circle) => circle[at]);
  return {
    x: Float32Array.from(column(0)),
    y: Float32Array.from(column(1)),
    r: Float32Array.from(column(2)),
    hue: Uint8Array.from(column(3)),
    island: Int32Array.from(column(4)),
  };
}

/**
 * @param {Column} x
 * @param {Column} y
 * @param {Column} size
 * @param {number} first
 * @param {number} end
 * @returns {[number, number, number]} a circle around these discs
 */
function enclosing(x, y, size, first, end) {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let n = first; n < end; n += 1) {
    left = Math.min(left, x[n]);
    right = Math.max(right, x[n]);
    top = Math.min(top, y[n]);
    bottom = Math.max(bottom, y[n]);
  }
  const [middleX, middleY] = [(left + right) / 2, (top + bottom) / 2];
  let r = 0;
  for (let n = first; n < end; n += 1) r = Math.max(r, Math.hypot(x[n] - middleX, y[n] - middleY) + size[n]);
  return [middleX, middleY, r * 1.06];
}
