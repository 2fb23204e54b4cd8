/** Where the camera goes: to everything, to some nodes, to an island; and how one view turns into another. */

/** @import {CameraPlace, Inset, Zooms} from "./camera.js" */
/** @import {Bounds, Circle, View} from "../data/payload.js" */
/** @import {Ground} from "./ground/ground.js" */
/** @import {Scene} from "./scene.js" */
import { SENTENCE, besideButtons, between, boundsAround, centredOn, firstZoomInTime, fitted, roomForLanes, wholeIn, zoomedAround } from "./camera.js";
import { LEAST_CARD } from "./ground/cards.js";
import { groupsIn, seenFromAfar } from "./ground/circles.js";
import { distanceTo } from "./labels/label_room.js";
import { pickGround } from "./picking.js";
import { groundsOf, markAt } from "./scene.js";

/** The height of a name above a circle, in pixels. */
const NAME_ABOVE = 30;
/** The radius of a usual article's dot at the highest zoom, in pixels. */
const LARGEST_DOT = 90;
/** The same where one node is brought into sight, and at most where several are. */
const ONE_IN_SIGHT = 6;
const SEVERAL_IN_SIGHT = 9;
/** How far the first view is from the edges, in pixels. */
const EDGE = 20;
/** How much smaller than the window everything may be. */
const LEAST_ZOOM = 0.6;
/** If an island fills a larger share of the window, the camera is near enough. */
const FILLS = 0.7;
/** How far everything may be moved away from buttons, in shares of the whole distance. */
const AS_FAR = [0, 0.2, 0.4, 0.6, 0.8, 1];
/** How much smaller than the whole window everything may become for this. */
const LEAST_BESIDE = 0.75;
/** How far a node is from a button where several are brought into sight, in pixels: there is room for the number of a step. */
const BESIDE_BUTTON = 8;
/** How far a node that is brought into sight is from what covers the map, in pixels. */
const AROUND_REVEALED = 60;

/** The camera that shows everything: a timeline beside the names of its lanes, islands and communities with none under a button. @param {Scene} scene @returns {CameraPlace} */
export function wholeOf(scene) {
  const [bounds, room] = [wholeBounds(scene), roomOf(scene)];
  const whole = wholeIn(bounds, room, scene.grain);
  if (scene.view === "timeline" || scene.ground.boxes.length) return whole;
  // Moved above, below or beside the buttons only as far as necessary, and made smaller only if that is not enough.
  const away = insetsOf(scene, room.inset).map((inset) => wholeIn(bounds, { ...room, inset }, scene.grain));
  const tried = AS_FAR.flatMap((share) => away.map((camera) => between(whole, camera, share))).sort((one, other) => other.zoom - one.zoom);
  return tried.find((camera) => camera.zoom > LEAST_BESIDE * whole.zoom && isBesideButtons(scene, camera)) ?? whole;
}

/** How much panels and buttons cover, if what is shown is above or below the buttons on the right, and if it is beside them. @param {Scene} scene @param {Inset} inset */
function insetsOf({ buttons, width, height }, inset) {
  const right = buttons.filter(({ left }) => left > width / 2);
  const isAbove = right.every(({ top, bottom }) => top + bottom < height);
  const beyond = isAbove ? { top: Math.max(inset.top, ...right.map(({ bottom }) => bottom)) } : { bottom: Math.max(inset.bottom, ...right.map(({ top }) => height - top)) };
  return [beyond, { right: Math.max(inset.right, ...right.map(({ left }) => width - left)) }].map((more) => ({ ...inset, ...more }));
}

/** Whether no island or community is under a button. @param {Scene} scene @param {CameraPlace} camera */
function isBesideButtons({ atlas, view, ground, buttons, width, height }, { x, y, zoom }) {
  const { circles } = groupsIn(atlas, view, ground);
  return buttons.every((button) =>
    circles.every((circle) => circle.r === 0 || distanceTo(button, (circle.x - x) * zoom + width / 2, (circle.y - y) * zoom + height / 2) >= circle.r * zoom),
  );
}

/**
 * The camera with which a view begins: everything, but in a tall window only the end of a timeline, as far back as dots can be seen.
 * @param {Scene} scene
 * @returns {CameraPlace}
 */
export function firstOf(scene) {
  const whole = wholeOf(scene);
  if (scene.ground.row > 0 && scene.ground.row * whole.zoom < LEAST_CARD) return firstCards(scene, wholeBounds(scene));
  if (scene.view !== "timeline") return whole;
  const [bounds, room] = [wholeBounds(scene), roomOf(scene)];
  const zoom = firstZoomInTime(bounds, room, scene.grain);
  if (zoom === whole.zoom) return whole;
  const free = scene.width - scene.inset.left - scene.inset.right - 2 * EDGE;
  const { y } = centredOn(0, (bounds[1] + bounds[3]) / 2, zoom, room);
  return { ...centredOn(bounds[2] - free / 2 / zoom, 0, zoom, scene), y };
}

/** What is free of the window for what the view shows, beside names, sentences and buttons. @param {Scene} scene @returns {import("./camera.js").Viewport} */
function roomOf(scene) {
  const { ground, view, inset, width, height } = scene;
  if (view === "timeline") return roomForLanes(scene, ground.anew);
  const top = ground.anew ? SENTENCE + (ground.boxes.length ? 0 : NAME_ABOVE) : 0;
  return { width, height, inset: { ...inset, right: inset.right + asideOf(scene), top: inset.top + top } };
}

/** How much room cards leave for buttons. @param {Scene} scene */
function asideOf(scene) {
  return scene.ground.boxes.length ? besideButtons(scene) : 0;
}

/** The camera that shows as many cards from above as can be read. @param {Scene} scene @param {Bounds} bounds */
function firstCards({ ...scene }, [left, top, right]) {
  scene.inset = { ...scene.inset, right: scene.inset.right + asideOf(scene), top: scene.inset.top + SENTENCE };
  const across = fitted([left, top, right, top + 1e-3], scene, (LEAST_CARD + 2) / scene.ground.row);
  const free = scene.height - scene.inset.top - scene.inset.bottom - EDGE;
  return centredOn((left + right) / 2, top + free / 2 / across.zoom, across.zoom, scene);
}

/** @param {Scene} scene */
function wholeBounds({ atlas, view, ground }) {
  return seenFromAfar(atlas, view, ground);
}

/**
 * The least and the most zoom; the zoom that shows everything is kept in the scene.
 * @param {Scene} scene
 * @returns {Zooms}
 */
export function zoomsOf(scene) {
  const most = LARGEST_DOT / scene.grain;
  scene.wholeZoom = scene.view === "timeline" ? wholeIn(wholeBounds(scene), scene, scene.grain).zoom : wholeOf(scene).zoom;
  return { least: Math.min(scene.wholeZoom * LEAST_ZOOM, most), most };
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
  const near = standing.length === 1 ? Math.max(camera.zoom, ONE_IN_SIGHT / grain) : SEVERAL_IN_SIGHT / grain;
  const bounds = boundsAround(standing.map((n) => ({ x: x[n], y: y[n], r: 0 })));
  const fit = (/** @type {Inset} */ inset) => fitted(bounds, { ...scene, inset }, Math.min(near, LARGEST_DOT / grain));
  const whole = fit(scene.inset);
  const isFree = (/** @type {CameraPlace} */ place) => standing.every((n) => !scene.buttons.some((box) => isUnder(box, markAt({ ...scene, camera: place }, n))));
  if (isFree(whole)) return whole;
  return insetsOf(scene, scene.inset).map(fit).filter(isFree).sort((one, other) => other.zoom - one.zoom)[0] ?? whole;
}

/** Whether a mark is under a button, or touches it. @param {import("./labels/label_room.js").Box} button @param {[number, number, number]} mark */
function isUnder(button, [x, y, r]) {
  return distanceTo(button, x, y) < r + BESIDE_BUTTON;
}

/**
 * Where a double click beside all nodes leads: to the island there, or, if that fills the window, nearer.
 * @param {Scene} scene
 * @param {number} px
 * @param {number} py
 * @returns {CameraPlace}
 */
export function nearerAt(scene, px, py) {
  const circle = groundsOf(scene)[pickGround(scene, px, py)];
  const free = Math.min(scene.width, scene.height);
  if (!circle || 2 * circle.r * scene.camera.zoom > free * FILLS) return zoomedAround(scene.camera, scene, 2, px, py);
  return circlesIn(scene, [circle]);
}

/** The camera that shows all of these circles. @param {Scene} scene @param {Circle[]} circles @returns {CameraPlace} */
export function circlesIn(scene, circles) {
  return fitted(boundsAround(circles), scene, LARGEST_DOT / scene.grain);
}

/**
 * The camera after moving as little as it takes to see a node, beside the panels; null if it is in sight, or not in this view.
 * @param {Scene} scene
 * @param {number} n
 * @returns {CameraPlace|null}
 */
export function revealed(scene, n) {
  const { camera, inset, width, height } = scene;
  const [x, y] = markAt(scene, n);
  if (Number.isNaN(x + y)) return null;
  const into = (/** @type {number} */ at, /** @type {number} */ low, /** @type {number} */ high) => {
    const margin = Math.min(AROUND_REVEALED, (high - low) / 2);
    return Math.max(low + margin - at, 0) || Math.min(high - margin - at, 0);
  };
  const [dx, dy] = [into(x, inset.left, width - inset.right), into(y, inset.top, height - inset.bottom)];
  return dx || dy ? { ...camera, x: camera.x - dx / camera.zoom, y: camera.y - dy / camera.zoom } : null;
}

/**
 * What is in the middle of the area beside the panels: the selected node or the one held before, if it is in sight, else the article
 * nearest to the middle.
 * @param {Scene} scene
 * @returns {{node: number, dx: number, dy: number}|null}  and how far from the middle, in pixels; null if nothing is in sight
 */
export function midst(scene) {
  const { atlas: { articles }, x, y, shown, selected, held, camera: { zoom } } = scene;
  const middle = freeOf(scene);
  const isIn = (/** @type {number} */ n) => Math.abs(x[n] - middle.x) * zoom <= middle.across && Math.abs(y[n] - middle.y) * zoom <= middle.down;
  const first = [selected, held].find((n) => n >= 0 && isIn(n)) ?? -1;
  let [node, least] = [first, Infinity];
  for (let n = 0; n < articles && first < 0; n += 1) {
    const away = (x[n] - middle.x) ** 2 + (y[n] - middle.y) ** 2;
    if (away < least && (!shown || shown[n]) && isIn(n)) [node, least] = [n, away];
  }
  return node < 0 ? null : { node, dx: (x[node] - middle.x) * zoom, dy: (y[node] - middle.y) * zoom };
}

/** The camera moved so that a node stays where it was, if that is in sight. @param {Scene} scene @param {CameraPlace} camera @param {ReturnType<typeof midst>} held @returns {CameraPlace} */
export function holding(scene, camera, held) {
  const [x, y] = held ? [scene.x[held.node], scene.y[held.node]] : [NaN, NaN];
  if (!held || Number.isNaN(x + y)) return camera;
  const { across, down } = freeOf(scene);
  const into = (/** @type {number} */ at, /** @type {number} */ most) => Math.min(Math.max(at, EDGE - most), most - EDGE);
  return centredOn(x - into(held.dx, across) / camera.zoom, y - into(held.dy, down) / camera.zoom, camera.zoom, scene);
}

/** The world point in the middle of the area beside the panels, and how far its edges are from there, in pixels. @param {Scene} scene */
function freeOf({ camera, inset: { left, right, top, bottom }, width, height }) {
  const { x, y } = camera;
  return { x: x + (left - right) / 2 / camera.zoom, y: y + (top - bottom) / 2 / camera.zoom, across: (width - left - right) / 2, down: (height - top - bottom) / 2 };
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
  const standing = new Uint32Array(count);
  let end = 0;
  for (let n = 0; n < count; n += 1) if (!Number.isNaN(from.x[n]) || !Number.isNaN(to.x[n])) standing[end++] = n;
  const moved = standing.subarray(0, end);
  Object.assign(scene, { view, ground, ...to });
  zoomsOf(scene);
  const goal = (before !== view && scene.selected >= 0 && nodesIn({ ...scene, camera: wholeOf(scene) }, [scene.selected])) || firstOf(scene);
  return (t) => {
    const presence = { topics: 0, network: 0, timeline: 0 };
    if (t === 1) {
      Object.assign(scene, { ...to, ground, camera: goal, turning: null, presence: { ...presence, [view]: 1 } });
      return;
    }
    for (const n of moved) {
      // Nodes in only one of the two views are NaN on the way: they disappear at once, or appear at the end.
      x[n] = from.x[n] + (to.x[n] - from.x[n]) * t;
      y[n] = from.y[n] + (to.y[n] - from.y[n]) * t;
    }
    Object.assign(scene, { x, y, turning: moved, camera: between(start, goal, t) });
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
  /** @template {Circle} T @param {T[]} some @param {T[]} others @param {boolean} [goes]  whether also what has no size goes along @returns {T[]} */
  const mix = (some, others, goes = false) =>
    others.map((other, at) => {
      const one = some[at] ?? { ...other, r: 0 };
      if (one === other) return other;
      // Circles that appear or disappear grow or shrink in place.
      const [start, end] = [goes || one.r > 0 ? one : { ...other, r: 0 }, goes || other.r > 0 ? other : { ...one, r: 0 }];
      return { ...other, x: start.x + (end.x - start.x) * t, y: start.y + (end.y - start.y) * t, r: start.r + (end.r - start.r) * t };
    });
  return { ...to, boxes: [], islands: mix(from.islands, to.islands), communities: mix(from.communities, to.communities), parts: mix(from.parts, to.parts, true) };
}
