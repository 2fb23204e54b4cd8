/** The scene: all that decides what a frame looks like. Layers read it; only the map writes it. */

/** @import {Atlas, Neighbour} from "../data/atlas.js" */
/** @import {CameraPlace, Inset} from "./camera.js" */
/** @import {Colours} from "./colours.js" */
/** @import {View} from "../data/payload.js" */
/** @typedef {{x: Float32Array, y: Float32Array, r: Float32Array, hue: Uint8Array}} Circles */
/**
 * @typedef {object} Scene
 * @property {Atlas} atlas
 * @property {View} view
 * @property {Float32Array} x  where each node stands now, in world units; NaN where it does not stand
 * @property {Float32Array} y
 * @property {CameraPlace} camera
 * @property {number} width  in pixels of the page
 * @property {number} height
 * @property {Inset} inset
 * @property {number} scale  pixels of the canvas for each pixel of the page
 * @property {Colours} colours
 * @property {Uint8Array} islandHue  index into colours.hues, by island
 * @property {Uint8Array} nodeHue  likewise, by node
 * @property {Uint8Array} tone  TONE of each node
 * @property {Circles} stories  what encloses each story in the view of topics
 * @property {boolean} isStoryNew  whether more is known of stories than these show
 * @property {Uint8Array} headsIsland  1 for each topic that has an island of its own
 * @property {number} wholeZoom  the zoom at which all of the view is seen
 * @property {number} grain  what radius a usual article has, in world units
 * @property {number} selected
 * @property {number} hovered
 * @property {Neighbour[]} near  what is tied to the node whose surroundings are shown; of very many the largest
 * @property {boolean} byName  whether it is pointed at by its name
 * @property {Uint8Array|null} shown
 * @property {Set<number>|null} focus
 * @property {number[]|null} path
 * @property {boolean} moving
 * @property {Uint32Array|null} turning  who stands somewhere before or after, while one view becomes another
 * @property {Record<View, number>} presence  how far the ground of each view is there, while one becomes another
 */

import { levelAt } from "../server/tiles.js";

/** How a node stands out: left out by a filter, receding, as usual, or lit. */
export const TONE = { hidden: 0, faded: 1, plain: 2, lit: 3 };

/** Up to how many nodes everything is drawn from the beginning. */
export const SMALL = 300;

/** So many neighbours of a node can be told apart on the map. */
const MOST_NEAR = 2000;

/** From which pixel radius of a usual article on something is drawn. */
export const LEVEL = { stories: 1.3, providers: 2, links: 2.4, titles: 4.2, doubts: 6.5, single: 14 };

/** The radius that a usual article has on the screen. @param {Scene} scene @returns {number} in pixels */
export function grainOnScreen(scene) {
  return scene.grain * scene.camera.zoom;
}

/** @param {Scene} scene @param {number} worldX @returns {number} pixels from the left */
export function screenX({ camera, width }, worldX) {
  return (worldX - camera.x) * camera.zoom + width / 2;
}

/** @param {Scene} scene @param {number} worldY @returns {number} pixels from the top */
export function screenY({ camera, height }, worldY) {
  return (worldY - camera.y) * camera.zoom + height / 2;
}

/**
 * An article's radius on the screen: never too small to see, and slower to grow when near, which leaves room for titles.
 * @param {number} pixels  its radius in world units times the zoom
 * @returns {number}
 */
export function dotRadius(pixels) {
  if (pixels <= 5) return Math.max(pixels, 0.62);
  return Math.min(22, 5 * Math.sqrt(pixels / 5));
}

/** The radius of any node's mark. @param {Scene} scene @param {number} n @returns {number} in pixels */
export function markRadius(scene, n) {
  const pixels = scene.atlas.columns.size[n] * scene.camera.zoom;
  return n < scene.atlas.articles ? dotRadius(pixels) : Math.min(8.5, Math.max(4, pixels));
}

/**
 * Whether the mark of a topic, provider or person is drawn although nobody points at it. A topic with an island of its
 * own is shown by the island's name.
 * @param {Scene} scene
 * @param {number} n
 */
export function standsByItself(scene, n) {
  if (scene.tone[n] === TONE.lit) return true;
  if (scene.tone[n] === TONE.hidden || (scene.view === "topics" && scene.headsIsland[n])) return false;
  return scene.atlas.count <= SMALL || (scene.camera.zoom > 1.7 * scene.wholeZoom && grainOnScreen(scene) >= LEVEL.providers);
}

/**
 * Whether an article is drawn at this zoom: of a map that comes in tiles, those of finer ones are for who is nearer.
 * @param {Scene} scene
 * @returns {(n: number) => boolean}
 */
export function isDrawn({ atlas, view, camera, tone }) {
  const { level } = atlas.columns;
  const { tiles } = atlas.header;
  if (!level || !tiles) return () => true;
  const finest = levelAt(tiles, view, camera.zoom);
  return (n) => level[n] <= finest || tone[n] === TONE.lit;
}

/** Whether circles round stories are drawn: near, but not so near that one of them fills the window. @param {Scene} scene @returns {boolean} */
export function areStoriesSeen(scene) {
  const grain = grainOnScreen(scene);
  return grain >= LEVEL.stories && grain <= LEVEL.single && !scene.moving && scene.presence.topics > 0;
}

/** Whether one view is becoming another. @param {Scene} scene @returns {boolean} */
export function isTurning({ view, presence }) {
  return presence[view] < 1;
}

/** The node whose surroundings are shown: the one pointed at, else the selected one. @param {Scene} scene */
export function centre(scene) {
  return scene.hovered >= 0 ? scene.hovered : scene.selected;
}

/**
 * Give every node its tone; called whenever something other than the camera changes.
 * @param {Scene} scene
 */
export function setTones(scene) {
  const { tone, shown, focus, path, hovered, atlas } = scene;
  const recede = hovered >= 0 || path !== null;
  for (let n = 0; n < atlas.count; n += 1) {
    if (shown && !shown[n]) tone[n] = TONE.hidden;
    else if (recede || (focus && !focus.has(n))) tone[n] = TONE.faded;
    else tone[n] = TONE.plain;
  }
  const light = (/** @type {number} */ n) => {
    if (tone[n] !== TONE.hidden) tone[n] = TONE.lit;
  };
  for (const n of path ?? []) tone[n] = TONE.lit;
  const middle = centre(scene);
  scene.near = middle < 0 ? [] : atlas.neighbours(middle, MOST_NEAR);
  if (middle >= 0) {
    atlas.eachNeighbour(middle, light);
    tone[middle] = TONE.lit;
  }
  if (scene.selected >= 0) tone[scene.selected] = TONE.lit;
}

/**
 * The circle round each story of three articles or more; a story is a run of articles on one island.
 * @param {Atlas} atlas
 * @param {Uint8Array} nodeHue
 * @returns {Circles}
 */
export function storyCircles({ columns, articles }, nodeHue) {
  const { story, island, size, topics_x: x, topics_y: y } = columns;
  /** @type {number[][]} */
  const found = [];
  for (let first = 0; first < articles && story; ) {
    let end = first + 1;
    while (end < articles && story[end] === story[first] && island[end] === island[first]) end += 1;
    if (end - first >= 3 && story[first] >= 0 && !Number.isNaN(x[first])) {
      const circle = enclosing(x, y, size, first, end);
      // A story of which some have not come yet is not enclosed.
      if (!Number.isNaN(circle[2])) found.push([...circle, nodeHue[first]]);
    }
    first = end;
  }
  const column = (/** @type {number} */ at) => found.map((circle) => circle[at]);
  return {
    x: Float32Array.from(column(0)),
    y: Float32Array.from(column(1)),
    r: Float32Array.from(column(2)),
    hue: Uint8Array.from(column(3)),
  };
}

/**
 * @param {import("../data/payload.js").Column} x
 * @param {import("../data/payload.js").Column} y
 * @param {import("../data/payload.js").Column} size
 * @param {number} first
 * @param {number} end
 * @returns {[number, number, number]} a circle round these discs
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
