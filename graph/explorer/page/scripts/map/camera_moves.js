/** Where the camera goes: to everything, to some nodes, to an island; and how one view becomes another. */

/** @import {CameraPlace} from "./camera.js" */
/** @import {Bounds, Circle, View} from "../data/payload.js" */
/** @import {Ground} from "./ground/ground.js" */
/** @import {Scene} from "./scene.js" */
/** @typedef {{least: number, most: number}} Zooms */
import { between, boundsAround, centredOn, fitted, zoomedAround } from "./camera.js";
import { LEAST_CARD } from "./ground/cards.js";
import { pickGround } from "./picking.js";
import { SMALL } from "./scene.js";

/** The height of the sentence about what is shown, which lies over the map, in pixels. */
const SENTENCE = 34;
const LARGEST_DOT = 90;
const LARGEST_AT_FIRST = 36;
/** How much nearer than all of the timeline a tall window begins, as dots would be too small. */
const CLOSER_IN_TIME = 5;

/**
 * The camera that shows everything. In a tall window a timeline is shown from its end, as far back as dots can be seen.
 * @param {Scene} scene
 * @returns {CameraPlace}
 */
export function wholeOf(scene) {
  return wholeIn(scene.ground.anew ? { ...scene, inset: { ...scene.inset, top: scene.inset.top + SENTENCE } } : scene);
}

/** @param {Scene} scene */
function wholeIn(scene) {
  const bounds = wholeBounds(scene);
  const limit = LARGEST_AT_FIRST / scene.grain;
  const whole = fitted(bounds, scene, limit);
  if (scene.ground.row * whole.zoom < LEAST_CARD && scene.ground.row > 0) return firstCards(scene, bounds);
  if (scene.view !== "timeline") return whole;
  const tall = fitted([0, bounds[1], 1e-3, bounds[3]], scene, limit);
  if (tall.zoom < whole.zoom * 1.5) return whole;
  const zoom = Math.min(tall.zoom, whole.zoom * CLOSER_IN_TIME);
  const free = scene.width - scene.inset.left - scene.inset.right - 40;
  return centredOn(bounds[2] - free / 2 / zoom, (bounds[1] + bounds[3]) / 2, zoom, scene);
}

/** The camera that shows as many cards from above as can be read. @param {Scene} scene @param {Bounds} bounds */
function firstCards(scene, [left, top, right]) {
  const across = fitted([left, top, right, top + 1e-3], scene, (LEAST_CARD + 2) / scene.ground.row);
  const free = scene.height - scene.inset.top - scene.inset.bottom - 20;
  return centredOn((left + right) / 2, top + free / 2 / across.zoom, across.zoom, scene);
}

/**
 * The bounds of what is seen from afar: of a large map only the islands, as what is around them is drawn only when near.
 * @param {Scene} scene
 * @returns {Bounds}
 */
function wholeBounds({ atlas, view, ground }) {
  if (ground.whole) return ground.whole;
  const { bounds, islands, communities, whole_network: whole } = atlas.header;
  if (view === "network" && whole) return whole; // the header has only the largest communities
  /** @type {Circle[]} */
  const circles = view === "topics" ? islands : communities;
  if (view === "timeline" || !circles.length || atlas.count <= SMALL) return bounds[view];
  return boundsAround(circles);
}

/**
 * The least and the most zoom; the zoom that shows everything is kept in the scene.
 * @param {Scene} scene
 * @returns {Zooms}
 */
export function zoomsOf(scene) {
  const most = LARGEST_DOT / scene.grain;
  scene.wholeZoom = fitted(wholeBounds(scene), scene, LARGEST_AT_FIRST / scene.grain).zoom;
  return { least: Math.min(scene.wholeZoom * 0.6, most), most };
}

/**
 * The camera that shows these nodes in the middle of what the panels leave free, or null if none of them is in this view.
 * For one node the camera zooms in, but never out.
 * @param {Scene} scene
 * @param {number[]} nodes
 * @returns {CameraPlace|null}
 */
export function nodesIn(scene, nodes) {
  const { x, y, grain, camera } = scene;
  const standing = nodes.filter((n) => !Number.isNaN(x[n] + y[n]));
  if (!standing.length) return null;
  const near = standing.length === 1 ? Math.max(camera.zoom, 6 / grain) : 9 / grain;
  return fitted(boundsAround(standing.map((n) => ({ x: x[n], y: y[n], r: 0 }))), scene, Math.min(near, LARGEST_DOT / grain));
}

/**
 * Where a double click beside all nodes leads: to the island there, or, if that fills the window, nearer.
 * @param {Scene} scene
 * @param {number} px
 * @param {number} py
 * @returns {CameraPlace}
 */
export function nearerAt(scene, px, py) {
  const { islands, communities } = scene.ground;
  const at = pickGround(scene, px, py);
  const circle = at < 0 ? null : (scene.view === "topics" ? islands : communities)[at];
  const free = Math.min(scene.width, scene.height);
  if (!circle || 2 * circle.r * scene.camera.zoom > free * 0.7) return zoomedAround(scene.camera, scene, 2, px, py);
  return fitted(boundsAround([circle]), scene, LARGEST_DOT / scene.grain);
}

/**
 * Begin to turn the scene into another view, or to give it another ground. The returned function takes it there, from 0 to 1.
 * @param {Scene} scene
 * @param {View} view
 * @param {Ground} ground  of that view
 * @returns {(t: number) => void}
 */
export function turning(scene, view, ground) {
  const [from, to] = [{ x: scene.x, y: scene.y }, { x: ground.x, y: ground.y }];
  const earlier = scene.ground;
  const [before, start] = [scene.view, scene.camera];
  const { count } = scene.atlas;
  const [x, y] = [new Float32Array(count).fill(NaN), new Float32Array(count).fill(NaN)];
  const standing = [];
  for (let n = 0; n < count; n += 1) if (!Number.isNaN(from.x[n]) || !Number.isNaN(to.x[n])) standing.push(n);
  const moved = Uint32Array.from(standing);
  Object.assign(scene, { view, ground, ...to });
  zoomsOf(scene);
  const end = (before !== view && scene.selected >= 0 && nodesIn({ ...scene, camera: wholeOf(scene) }, [scene.selected])) || wholeOf(scene);
  return (t) => {
    const presence = { topics: 0, network: 0, timeline: 0 };
    if (t === 1) {
      Object.assign(scene, { ...to, ground, camera: end, turning: null, presence: { ...presence, [view]: 1 } });
      return;
    }
    for (const n of moved) {
      // What is in only one of the two views is NaN on the way: it goes at once, or appears at the end.
      x[n] = from.x[n] + (to.x[n] - from.x[n]) * t;
      y[n] = from.y[n] + (to.y[n] - from.y[n]) * t;
    }
    Object.assign(scene, { x, y, turning: moved, camera: between(start, end, t) });
    scene.presence = before === view ? { ...presence, [view]: 1 } : { ...presence, [before]: 1 - t, [view]: t };
    scene.ground = before === view ? groundBetween(earlier, ground, t) : { ...ground, [backOf(before)]: earlier[backOf(before)] };
  };
}

/** What a view draws behind its dots. @param {View} view @returns {"islands"|"communities"|"lanes"} */
function backOf(view) {
  return view === "topics" ? "islands" : view === "network" ? "communities" : "lanes";
}

/** The ground on the way from one to another of the same view. @param {Ground} from @param {Ground} to @param {number} t @returns {Ground} */
function groundBetween(from, to, t) {
  const mix = (/** @type {Circle[]} */ some, /** @type {Circle[]} */ others) =>
    others.map((other, at) => {
      const one = some[at];
      if (!one || one === other) return other;
      // What comes or goes grows or shrinks where it is.
      const [start, end] = [one.r > 0 ? one : { ...other, r: 0 }, other.r > 0 ? other : { ...one, r: 0 }];
      return { x: start.x + (end.x - start.x) * t, y: start.y + (end.y - start.y) * t, r: start.r + (end.r - start.r) * t };
    });
  return { ...to, boxes: [], islands: mix(from.islands, to.islands), communities: mix(from.communities, to.communities) };
}
