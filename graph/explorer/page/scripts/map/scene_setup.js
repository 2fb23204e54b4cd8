/** How a scene begins: places and hues, all derived from the atlas. */

/** @import {Atlas} from "../data/atlas.js" */
/** @import {Colours} from "./colours.js" */
/** @import {Column, View} from "../data/payload.js" */
/** @import {Scene} from "./scene.js" */
import { HUES } from "./colours.js";
import { huesOf } from "./island_hues.js";
import { TONE, areStoriesSeen, storyCircles } from "./scene.js";

const NONE = new Float32Array(0);
const COLUMNS = { topics: ["topics_x", "topics_y"], network: ["network_x", "network_y"], timeline: ["time_x", "time_y"] };

/**
 * Where each node stands in a view.
 * @param {Atlas} atlas
 * @param {View} view
 * @returns {{x: Float32Array, y: Float32Array}}
 */
export function placesIn(atlas, view) {
  const [x, y] = COLUMNS[view].map((name) => /** @type {Float32Array} */ (atlas.columns[name]));
  return { x, y };
}

/**
 * The scene before anything has happened, without a size yet.
 * @param {Atlas} atlas
 * @param {Colours} colours
 * @returns {Scene}
 */
export function sceneOf(atlas, colours) {
  const { islands } = atlas.header;
  const islandHue = huesOf(islands, HUES);
  const headsIsland = new Uint8Array(atlas.count);
  for (const { topic } of islands) if (topic >= 0) headsIsland[topic] = 1;
  const nodeHue = hueNodes(atlas, islandHue, new Uint8Array(atlas.count));
  return {
    atlas,
    view: "topics",
    ...placesIn(atlas, "topics"),
    camera: { x: 0, y: 0, zoom: 1 },
    width: 1,
    height: 1,
    inset: { left: 0, right: 0, top: 0, bottom: 0 },
    scale: 1,
    colours,
    islandHue,
    nodeHue,
    tone: new Uint8Array(atlas.count).fill(TONE.plain),
    headsIsland,
    wholeZoom: 1,
    stories: { x: NONE, y: NONE, r: NONE, hue: new Uint8Array(0) },
    isStoryNew: true,
    grain: atlas.header.grain,
    selected: -1,
    hovered: -1,
    near: [],
    byName: false,
    shown: null,
    focus: null,
    path: null,
    moving: false,
    turning: null,
    presence: { topics: 1, network: 0, timeline: 0 },
  };
}

/**
 * Give every node the hue of its island.
 * @param {Atlas} atlas
 * @param {Uint8Array} islandHue
 * @param {Uint8Array} nodeHue
 * @returns {Uint8Array} the last, filled
 */
function hueNodes({ columns, count }, islandHue, nodeHue) {
  const { island } = columns;
  for (let n = 0; n < count; n += 1) nodeHue[n] = island[n] >= 0 ? islandHue[island[n]] : 0;
  return nodeHue;
}

/**
 * Take in what was added to the atlas: hues now, circles round stories when they are next seen.
 * @param {Scene} scene
 * @param {Column[]} [fresh]  whom it tells of; everyone where this is not said
 */
export function restage(scene, fresh) {
  const { atlas, islandHue, nodeHue } = scene;
  const { island } = atlas.columns;
  if (!fresh) hueNodes(atlas, islandHue, nodeHue);
  for (const nodes of fresh ?? []) for (const n of nodes) nodeHue[n] = island[n] >= 0 ? islandHue[island[n]] : 0;
  scene.isStoryNew = true;
}

/** Draw circles round the stories that are known by now, if they are seen. @param {Scene} scene */
export function enclose(scene) {
  if (!scene.isStoryNew || !areStoriesSeen(scene)) return;
  scene.stories = storyCircles(scene.atlas, scene.nodeHue);
  scene.isStoryNew = false;
}

/**
 * The neighbour of `node` that lies nearest in a direction, or -1: straight ahead counts for more than near.
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
    const cost = along + 2.5 * aside;
    if (along > 0 && along >= aside * 0.4 && cost < least && tone[other] !== TONE.hidden) [best, least] = [other, cost];
  });
  return best;
}
