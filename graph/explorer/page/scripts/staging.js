/** How a scene begins: places and hues, all derived from the atlas. */

/** @import {Atlas} from "./atlas.js" */
/** @import {Colours} from "./colours.js" */
/** @import {View} from "./payload.js" */
/** @import {Scene} from "./scene.js" */
import { HUES } from "./colours.js";
import { huesOf } from "./hues.js";
import { TONE, storyCircles } from "./scene.js";

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
  const nodeHue = new Uint8Array(atlas.count);
  for (let n = 0; n < atlas.count; n += 1) {
    const island = atlas.columns.island[n];
    nodeHue[n] = island >= 0 ? islandHue[island] : 0;
  }
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
    stories: storyCircles(atlas, nodeHue),
    grain: usualSize(atlas),
    selected: -1,
    hovered: -1,
    byName: false,
    shown: null,
    focus: null,
    path: null,
    moving: false,
    presence: { topics: 1, network: 0, timeline: 0 },
  };
}

/** The middle one of the articles' radii. @param {Atlas} atlas */
function usualSize({ columns, articles, count }) {
  const sizes = columns.size.slice(0, articles || count).sort();
  return sizes[sizes.length >> 1] || 1;
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
  for (const { node: other } of atlas.neighbours(node)) {
    const [dx, dy] = [x[other] - x[node], y[other] - y[node]];
    const along = dx * ahead[0] + dy * ahead[1];
    const aside = Math.abs(dx * ahead[1]) + Math.abs(dy * ahead[0]);
    const cost = along + 2.5 * aside;
    if (along > 0 && along >= aside * 0.4 && cost < least && tone[other] !== TONE.hidden) [best, least] = [other, cost];
  }
  return best;
}
