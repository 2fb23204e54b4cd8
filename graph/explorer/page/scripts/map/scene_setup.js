/** A new scene: places and hues, derived from the atlas. */

/** @import {Atlas} from "../data/atlas.js" */
/** @import {Colours} from "./colours.js" */
/** @import {Column} from "../data/payload.js" */
/** @import {Scene} from "./scene.js" */
import { HUES } from "./colours.js";
import { huesOf } from "./island_hues.js";
import { plainGround } from "./ground/ground.js";
import { SMALL, TONE } from "./scene.js";
import { sizesBy } from "./sizes.js";
import { forgetStanding } from "./standing.js";

const NONE = new Float32Array(0);
/** The usual size of letters on a page, in pixels, and how much larger those on the map become at most; less in a
narrow window, where hardly any name would fit. */
const LETTERS = { usual: 16, most: 2, narrow: { most: 1.5, width: 640 } };

/**
 * The scene before the reader has done anything, without a size yet.
 * @param {Atlas} atlas
 * @param {Colours} colours
 * @returns {Scene}
 */
export function newScene(atlas, colours) {
  const { islands } = atlas.header;
  const headsIsland = new Uint8Array(atlas.count);
  for (const { topic } of islands) if (topic >= 0) headsIsland[topic] = 1;
  const ground = plainGround(atlas, "topics");
  /** @type {Scene} */
  const scene = {
    atlas,
    view: "topics",
    x: ground.x,
    y: ground.y,
    ground,
    camera: { x: 0, y: 0, zoom: 1 },
    width: 1,
    height: 1,
    inset: { left: 0, right: 0, top: 0, bottom: 0 },
    buttons: [],
    sentence: [],
    scale: 1,
    letters: 1,
    colours,
    islandHue: huesOf(islands, HUES),
    nodeHue: new Uint8Array(atlas.count),
    isByIsland: true,
    size: sizesBy(atlas, ""),
    rank: new Uint32Array(atlas.count),
    tone: new Uint8Array(atlas.count).fill(TONE.plain),
    headsIsland,
    wholeZoom: 1,
    stories: { x: NONE, y: NONE, r: NONE, hue: new Uint8Array(0), island: new Int32Array(0) },
    isStoryNew: true,
    grain: atlas.header.grain,
    isOwn: false,
    held: -1,
    selected: -1,
    hovered: -1,
    near: [],
    byName: false,
    shown: null,
    fades: false,
    few: atlas.count <= SMALL,
    off: new Set(),
    focus: null,
    path: null,
    moving: false,
    turning: null,
    presence: { topics: 1, network: 0, timeline: 0 },
  };
  refreshHues(scene);
  return scene;
}

/**
 * Give nodes the hues of their islands, let stories be enclosed again, and marks find room again.
 * @param {Scene} scene
 * @param {Column[]} [fresh]  the nodes whose island has become known; all of them if not given
 */
export function refreshHues(scene, fresh) {
  const { atlas, islandHue, nodeHue } = scene;
  const { island } = atlas.columns;
  if (scene.isByIsland) for (const nodes of fresh ?? [nodeHue.keys()]) for (const n of nodes) nodeHue[n] = island[n] >= 0 ? islandHue[island[n]] : 0;
  scene.isStoryNew = true;
  forgetStanding(scene.ground);
  if (!fresh) rankOthers(scene);
}

/** Rank what may stand beside islands by size. @param {Scene} scene */
function rankOthers({ atlas, headsIsland, rank }) {
  const { size } = atlas.columns;
  const others = [];
  for (let n = atlas.articles; n < atlas.count; n += 1) if (!headsIsland[n]) others.push(n);
  others.sort((a, b) => size[b] - size[a] || a - b);
  for (const [place, n] of others.entries()) rank[n] = place;
}

/** Colour nodes. @param {Scene} scene @param {Uint8Array|null} hues  by node; null for those of islands */
export function paintNodes(scene, hues) {
  Object.assign(scene, { isByIsland: hues === null, nodeHue: hues ?? new Uint8Array(scene.atlas.count) });
  refreshHues(scene);
}

/** Take the size of a canvas and of the reader's letters, and return whether labels look different now. @param {Scene} scene @param {Element} canvas @returns {boolean} */
export function measureScene(scene, canvas) {
  const box = canvas.getBoundingClientRect();
  const scale = Math.min(2, window.devicePixelRatio || 1);
  const most = Math.min(LETTERS.most, Math.max(LETTERS.narrow.most, box.width / LETTERS.narrow.width));
  const letters = Math.min(most, Math.max(1, Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / LETTERS.usual || 1));
  const isOther = scale !== scene.scale || letters !== scene.letters;
  Object.assign(scene, { letters, width: Math.max(1, Math.round(box.width)), height: Math.max(1, Math.round(box.height)), scale });
  return isOther;
}
