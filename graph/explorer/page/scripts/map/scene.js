/** The scene: everything that decides what a frame looks like. The map writes it, and what draws only reads it. */

/** @import {Atlas, Neighbour} from "../data/atlas.js" */
/** @import {CameraPlace, Inset} from "./camera.js" */
/** @import {Colours} from "./colours.js" */
/** @import {Community, Island, View} from "../data/payload.js" */
/** @import {Ground, Part} from "./ground/ground.js" */
/** @typedef {{x: Float32Array, y: Float32Array, r: Float32Array, hue: Uint8Array, island: Int32Array}} Circles */
/**
 * @typedef {object} Scene
 * @property {Atlas} atlas
 * @property {View} view
 * @property {Float32Array} x  where each node is now, in world units; NaN if it is nowhere
 * @property {Float32Array} y
 * @property {Ground} ground  what the nodes stand on
 * @property {CameraPlace} camera
 * @property {number} width  in pixels of the page
 * @property {number} height
 * @property {Inset} inset
 * @property {import("./labels/label_room.js").Box[]} buttons  that lie over the map
 * @property {import("./labels/label_room.js").Box[]} sentence  the parts of the words of the filters, which cover the map
 * @property {number} scale  pixels of the canvas for each pixel of the page
 * @property {number} letters  how much larger than usual the reader's text is, from 1 to 2
 * @property {Colours} colours
 * @property {Uint8Array} islandHue  index into colours.hues, by island
 * @property {Uint8Array} nodeHue  likewise, by node
 * @property {boolean} isByIsland  whether colours are those of islands
 * @property {Float32Array} size  the radius of each node, in world units
 * @property {Uint32Array} rank  of each topic, provider and person by size, from 0
 * @property {Uint8Array} tone  TONE of each node
 * @property {Circles} stories  around each story in the view of topics, and the island that it is on
 * @property {boolean} isStoryNew  whether more has become known of stories since
 * @property {Uint8Array} headsIsland  1 for each topic that has an island of its own
 * @property {number} wholeZoom  the zoom at which all of the view is seen
 * @property {number} grain  the median radius of articles, in world units
 * @property {boolean} isOwn  whether the reader chose the place of the camera
 * @property {number} held  the node that stayed in its place when the window was turned, or -1 after the camera has moved
 * @property {number} selected
 * @property {number} hovered
 * @property {Neighbour[]} near  the neighbours of the node in the centre, the largest of very many
 * @property {boolean} byName  whether the label of the node is pointed at
 * @property {Uint8Array|null} shown
 * @property {boolean} fades  whether what is not shown is faded instead of hidden
 * @property {boolean} few  whether so few nodes are shown that everything is drawn at any zoom
 * @property {Set<string>} off  relations that are not shown
 * @property {Set<number>|null} focus
 * @property {number[]|null} path
 * @property {boolean} moving
 * @property {Uint32Array|null} turning  the nodes of either view while one becomes another
 * @property {Record<View, number>} presence  how strongly the background of each view is drawn, from 0 to 1
 */

import { levelAt } from "../server/tiles.js";
import { hasRoom } from "./standing.js";

/** How a node is drawn: hidden by a filter (not at all, or very faint), faded, as usual, or highlighted. */
export const TONE = { hidden: 0, faded: 1, plain: 2, lit: 3 };

/** How opaque a node of each tone is. */
export const ALPHAS = [0.1, 0.28, 1, 1];

/** The radius of an article's dot, in pixels: the smallest that is seen, from which on it grows slowly, and the largest. */
const DOT = { least: 0.62, slow: 5, most: 22 };
/** The radius of the mark of a topic, provider or person, in pixels. */
const MARK = { least: 4, most: 8.5 };

/** Up to this many nodes, everything is drawn at any zoom. */
export const SMALL = 300;

/** With many nodes, topics, providers and people are shown beside islands from this multiple of the whole view's zoom on. */
const NEAR = 1.7;

/** The least radius of an article in focus where few are, in pixels. */
const LEAST_IN_FOCUS = 3.5;

/** The most neighbours of a node that can be told apart on the map. */
const MOST_NEAR = 2000;

/** The least radius of a usual article, in pixels, for something to be drawn. */
export const LEVEL = { stories: 1.3, providers: 2, links: 2.4, titles: 4.2, doubts: 6.5, single: 14 };

/** The circles of the view that have names: islands, or communities followed by their parts. @param {{ground: Ground, view: View}} scene @returns {(Island|Community|Part)[]} */
export function groundsOf({ ground, view }) {
  return view === "topics" ? ground.islands : view === "network" ? [...ground.communities, ...ground.parts] : [];
}

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
 * An article's radius on the screen: always large enough to see, and growing slowly when near, to leave room for titles.
 * @param {number} pixels  its radius in world units times the zoom
 * @returns {number}
 */
export function dotRadius(pixels) {
  if (pixels <= DOT.slow) return Math.max(pixels, DOT.least);
  return Math.min(DOT.most, DOT.slow * Math.sqrt(pixels / DOT.slow));
}

/** The radius of any node's mark. @param {Scene} scene @param {number} n @returns {number} in pixels */
export function markRadius(scene, n) {
  const pixels = scene.size[n] * scene.camera.zoom;
  if (n >= scene.atlas.articles) return Math.min(MARK.most, Math.max(MARK.least, pixels));
  return Math.max(dotRadius(pixels), standsOut(scene, n) ? LEAST_IN_FOCUS : 0);
}

/** Whether so few nodes are in focus that each of them is seen from afar. @param {Scene} scene */
export function hasFewInFocus({ focus }) {
  return focus !== null && focus.size <= SMALL;
}

/** Whether a node is one of these. @param {Scene} scene @param {number} n @returns {boolean} */
export function standsOut(scene, n) {
  return hasFewInFocus(scene) && scene.focus?.has(n) === true && scene.tone[n] !== TONE.hidden;
}

/** How wide a label becomes with the reader's letters, at most half of the window if it was narrower. @param {Scene} scene @param {number} width  with usual letters, in pixels */
export function labelWidth(scene, width) {
  return Math.min(width * scene.letters, Math.max(width, scene.width / 2));
}

/** Where a node's mark is, and its radius, in pixels. @param {Scene} scene @param {number} n @returns {[number, number, number]} */
export function markAt(scene, n) {
  return [screenX(scene, scene.x[n]), screenY(scene, scene.y[n]), markRadius(scene, n)];
}

/** Whether a circle reaches into the window; in pixels. @param {Scene} scene @param {number} x @param {number} y @param {number} r */
export function isInSight({ width, height }, x, y, r) {
  return x + r > 0 && x - r < width && y + r > 0 && y - r < height;
}

/**
 * Whether the mark of a topic, provider or person is drawn without being pointed at. A topic with an island is shown by the
 * name of the island.
 * @param {Scene} scene
 * @param {number} n
 */
export function standsByItself(scene, n) {
  if (scene.tone[n] === TONE.lit || standsOut(scene, n)) return true;
  if (scene.tone[n] === TONE.hidden || scene.ground.boxes.length || (scene.view === "topics" && scene.headsIsland[n])) return false;
  const isNear = scene.camera.zoom / scene.wholeZoom > NEAR && grainOnScreen(scene) >= LEVEL.providers;
  return (isNear || (scene.few && !scene.ground.anew)) && hasRoom(scene, n);
}

/**
 * Whether an article is drawn at this zoom: on a map in tiles, those of finer tiles are not.
 * @param {Scene} scene
 * @returns {(n: number) => boolean}
 */
export function isDrawn({ atlas, view, camera, tone, ground }) {
  const { level } = atlas.columns;
  const { tiles } = atlas.header;
  if (!level || !tiles || ground.anew) return () => true;
  const finest = levelAt(tiles, view, camera.zoom);
  return (n) => level[n] <= finest || tone[n] === TONE.lit;
}

/** Whether circles around stories are drawn: near, but not so near that one fills the window. @param {Scene} scene @returns {boolean} */
export function areStoriesSeen(scene) {
  const grain = grainOnScreen(scene);
  return grain >= LEVEL.stories && grain <= LEVEL.single && !scene.moving && scene.presence.topics > 0;
}

/** Whether one view or ground is becoming another. @param {Scene} scene @returns {boolean} */
export function isTurning({ view, presence, turning }) {
  return presence[view] < 1 || turning !== null;
}

/** The node whose surroundings are shown: the one pointed at, else the selected one. @param {Scene} scene */
export function centre(scene) {
  return scene.hovered >= 0 ? scene.hovered : scene.selected;
}

/** Show only some nodes. @param {Scene} scene @param {Uint8Array|null} shown @param {boolean} fades  whether the others are faded instead of hidden */
export function setShown(scene, shown, fades) {
  let count = shown ? 0 : scene.atlas.count;
  for (let n = 0; shown && n < shown.length && count <= SMALL; n += 1) count += shown[n];
  Object.assign(scene, { shown, fades, few: count <= SMALL });
  setTones(scene);
}

/** Change what is marked, and tones with it unless it is so already. @param {Scene} scene @param {Partial<Scene>} part @returns {boolean} whether it changed */
export function setMarks(scene, part) {
  const known = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (scene));
  if (Object.entries(part).every(([name, value]) => known[name] === value)) return false;
  Object.assign(scene, part);
  setTones(scene);
  return true;
}

/** Give every node its tone; called when anything but the camera changes. @param {Scene} scene */
export function setTones(scene) {
  const { tone, shown, focus, path, hovered, atlas } = scene;
  const fades = hovered >= 0 || path !== null;
  for (let n = 0; n < atlas.count; n += 1) {
    if (shown && !shown[n]) tone[n] = TONE.hidden;
    else if (fades || (focus && !focus.has(n))) tone[n] = TONE.faded;
    else tone[n] = TONE.plain;
  }
  const light = (/** @type {number} */ n) => {
    if (tone[n] !== TONE.hidden) tone[n] = TONE.lit;
  };
  for (const n of path ?? []) tone[n] = TONE.lit;
  const middle = centre(scene);
  scene.near = middle < 0 ? [] : atlas.neighbours(middle, MOST_NEAR).filter(({ relation }) => !scene.off.has(relation));
  if (middle >= 0) {
    atlas.eachNeighbour(middle, (n, relation) => !scene.off.has(relation) && light(n));
    tone[middle] = TONE.lit;
  }
  if (scene.selected >= 0) tone[scene.selected] = TONE.lit;
}
