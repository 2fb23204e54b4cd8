/** Where the names of islands and communities are: each on one side of its circle, from some zoom on, and over no other circle. */

/** @import {Circle, Community, Island} from "../../data/payload.js" */
/** @import {Part} from "../ground/ground.js" */
/** @import {Box} from "./label_room.js" */
/** @import {Side, WantedLabel} from "./wanted_labels.js" */
/** @import {Scene} from "../scene.js" */
/** @typedef {(wanted: WantedLabel) => [number, number]} Measure  how wide and how high a label is, in pixels */
/** The side on which a name stands, how far from the usual place, in pixels, and how far along that side, in shares of the name.
 * @typedef {{side: Side, away: number, along: number, small: boolean}} Spot */
/** Where a name stands from a zoom on. @typedef {Spot & {from: number}} Standing */
import { wholeOf } from "../camera_moves.js";
import { CircleGrid } from "./circle_grid.js";
import { Room, boxAt, spaced } from "./label_room.js";
import { shareOf, shareWords } from "./shares.js";
import { LEVEL, SMALL, grainOnScreen, groundsOf, isInSight, isTurning, labelWidth, markRadius, screenX, screenY, standsByItself } from "../scene.js";

/** The factor between two zooms at which further names are given a place. */
const ZOOM_STEP = 1.2;
const MOST_ZOOM_STEPS = 60;
/** The smallest circles that are named: those in no other, those in one, communities, and their parts; in pixels. */
const LEAST_NAMED = { outer: 9, inner: 24, community: 12, part: 26 };
/** At this radius or more, a name may be in its circle, over dots that are too small to be distinguished. */
const ROOMY = 24;
/** At this radius or more, a part is named even if there was no room for the name of its community, in pixels. */
const BEFORE_PARENT = 60;
const SMALLEST_NAME = 10.5;
const NARROW_NAME = 64;
const LARGEST_PART_NAME = 14;
/** With at least this many articles, a name is in its circle, if their dots are too small to be distinguished. */
const CROWD = 60;
/** How many names are shown when zoomed out even if they cover circles smaller than this share of their own. */
const LEADING_NAMES = 6;
const SMALL_BESIDE = 0.6;
/** How far the empty corners of a name may reach, in radii of its circle; those of a small name may reach further. */
const CORNERS = { usual: 1.18, small: 1.5 };
const MOST_GROUND_NAMES = 160;
const LABEL_REACH = 28;
/** The least distance of a name from the edge of the window, in pixels. */
const EDGE_OF_WINDOW = 4;
/** Where a name may stand, the best place first: in the circle, else like a heading. */
const HEADING_SIDES = /** @type {Side[]} */ (["middle", "above", "below", "right", "left"]);
/** Where else the most important names may stand: beyond the marks around their circles, along these, and smaller. @type {Omit<Spot, "side">[]} */
const ELSEWHERE = [false, true].flatMap((small) =>
  [0, 14, 26, 38].flatMap((away) => [0, 0.3, -0.3, 0.6, -0.6].map((along) => ({ away, along, small }))),
);
const USUAL = { away: 0, along: 0, small: false };

/** Decides once for each view where its names are, so that each has the same place at every zoom from some zoom on. */
export class GroundNames {
  #key = "";
  /** @type {import("../ground/ground.js").Ground|null} */
  #ground = null;
  /** Of each name: leaving the circle when its dots can be told apart is the only change of place. @type {Standing[][]} */
  #standing = [];
  /** The names that may lie over small circles. @type {Set<number>} */
  #leading = new Set();
  #grid = new CircleGrid([]);
  #steps = 0;

  /**
   * The names to be shown, the most important first.
   * @param {Scene} scene
   * @param {Measure} measure
   * @returns {WantedLabel[]}
   */
  wanted(scene, measure) {
    if (isTurning(scene) || scene.ground.boxes.length) return [];
    const grounds = groundsOf(scene);
    this.#learn(scene, grounds, measure);
    const { zoom } = scene.camera;
    const shown = [];
    for (const [at, circle] of grounds.entries()) {
      const standing = this.#standing[at].filter(({ from }) => from <= Math.max(zoom, scene.wholeZoom) * 1.0001).at(-1);
      if (!standing || !isInSight(scene, screenX(scene, circle.x), screenY(scene, circle.y), circle.r * zoom + LABEL_REACH)) continue;
      const label = groundName(scene, circle, at, standing, measure);
      if (label) shown.push({ at, r: circle.r * zoom, label });
    }
    shown.sort((a, b) => this.#firstZoom(a.at) - this.#firstZoom(b.at) || b.r - a.r || a.at - b.at);
    // The names of several circles around the middle of the window are below each other.
    let edge = 0;
    return shown.slice(0, MOST_GROUND_NAMES).flatMap(({ at, r, label }) => {
      const size = measure(label);
      const found = inWindow(scene, label, size, grounds[at], r, edge);
      if (found && found.y !== label.y) edge += size[1] + 3;
      return found && this.#isFree(scene, found, measure) ? [found] : [];
    });
  }

  /** Forget all places, as texts are written otherwise now. */
  forget() {
    this.#key = "";
  }

  /** Give places to names up to the zoom of the scene. @param {Scene} scene @param {(Island|Community|Part)[]} grounds @param {Measure} measure */
  #learn(scene, grounds, measure) {
    const key = `${scene.view} ${scene.wholeZoom} ${scene.width} ${scene.height} ${grounds.length} ${JSON.stringify(scene.sentence)}`;
    if (key !== this.#key || scene.ground !== this.#ground) {
      this.#key = key;
      this.#ground = scene.ground;
      this.#steps = 0;
      this.#grid = new CircleGrid([...grounds, ...marksOf(scene)]);
      this.#standing = grounds.map(() => []);
      this.#leading.clear();
    }
    while (this.#steps < MOST_ZOOM_STEPS && scene.wholeZoom * ZOOM_STEP ** this.#steps <= Math.max(scene.camera.zoom, scene.wholeZoom) * 1.0001) {
      this.#fill({ ...scene, camera: { ...wholeOf(scene), zoom: scene.wholeZoom * ZOOM_STEP ** this.#steps } }, grounds, measure);
      this.#steps += 1;
    }
  }

  /** Give a place to each further name for which there is room at this zoom. @param {Scene} scene @param {(Island|Community|Part)[]} grounds @param {Measure} measure */
  #fill(scene, grounds, measure) {
    const { camera, width, height, inset } = scene;
    // If everything is visible, names end at the window; when zoomed in, the reader can move it.
    const isWhole = this.#steps === 0;
    const far = isWhole ? -EDGE_OF_WINDOW : Infinity;
    const room = new Room({ left: inset.left - far, top: inset.top - far, right: width - inset.right + far, bottom: height - inset.bottom + far });
    for (const box of isWhole ? [...scene.buttons, ...scene.sentence] : []) room.block(box);
    const order = [...grounds.keys()].filter((at) => grounds[at].r > 0).sort((a, b) => this.#firstZoom(a) - this.#firstZoom(b) || grounds[b].r - grounds[a].r || a - b);
    const next = { ...scene, camera: { ...camera, zoom: camera.zoom * ZOOM_STEP } };
    const lasting = (/** @type {number} */ at, /** @type {Spot} */ spot) =>
      groundName(next, grounds[at], at, spot, measure) && groundName(scene, grounds[at], at, spot, measure);
    const leading = new Set(isWhole ? order.filter((at) => !isPart(grounds[at])).slice(0, LEADING_NAMES) : []);
    const isTooEarly = (/** @type {number} */ at) => {
      const [one, r] = [grounds[at], grounds[at].r * camera.zoom];
      return r < leastNamed(one) || (isPart(one) && r < BEFORE_PARENT && !this.#standing[one.parent].length);
    };
    const place = (/** @type {number} */ at) => {
      const standing = this.#standing[at];
      const now = standing.at(-1);
      if (!now && !leading.has(at) && isTooEarly(at)) return;
      const kept = now && lasting(at, now);
      if (kept) room.take(spaced(boxOf(kept, measure(kept))));
      else if (!beside(at, USUAL) && leading.has(at)) {
        this.#leading.add(at);
        ELSEWHERE.some((spot) => beside(at, spot, true));
      }
    };
    /** Whether there is a side for a name. @param {number} at @param {Omit<Spot, "side">} spot @param {boolean} [wholly]  whether it lies over no circle at all there */
    const beside = (at, spot, wholly = false) =>
      HEADING_SIDES.some((side) => {
        const label = lasting(at, { side, ...spot });
        if (!label || !this.#isFree(scene, label, measure, wholly) || !room.take(spaced(boxOf(label, measure(label))))) return false;
        this.#standing[at].push({ from: camera.zoom, side, ...spot });
        return true;
      });
    for (const at of order) place(at);
    // Without any name, one over much smaller circles is better than none.
    if (isWhole && !this.#standing.some((standing) => standing.length)) [...leading].some((at) => beside(at, USUAL));
  }

  /** @param {number} at @returns {number} the zoom from which a name is shown */
  #firstZoom(at) {
    return this.#standing[at][0]?.from ?? Infinity;
  }

  /** Whether a name lies over no other circle, or only over small ones. @param {Scene} scene @param {WantedLabel} label @param {Measure} measure @param {boolean} [wholly] */
  #isFree(scene, label, measure, wholly = false) {
    const at = label.ground ?? -1;
    return this.#grid.isFree(at, inWorld(scene, boxOf(label, measure(label))), this.#leading.has(at) && !wholly ? SMALL_BESIDE : 0);
  }
}

/** The marks beside islands that are drawn at any zoom, so that names must avoid them. @param {Scene} scene @returns {Circle[]} */
function marksOf(scene) {
  const { atlas, x, y } = scene;
  const found = [];
  for (let n = atlas.articles; n < atlas.count && atlas.count <= SMALL; n += 1) {
    if (standsByItself(scene, n) && !Number.isNaN(x[n])) found.push({ x: x[n], y: y[n], r: markRadius(scene, n) / scene.camera.zoom });
  }
  return found;
}

/** @param {Island|Community|Part} circle @returns {circle is Part} */
function isPart(circle) {
  return "rank" in circle;
}

/** The least radius of a circle that is named, in pixels. @param {Island|Community|Part} circle */
function leastNamed(circle) {
  if (isPart(circle)) return LEAST_NAMED.part;
  if (!("depth" in circle)) return LEAST_NAMED.community;
  return circle.depth > 0 ? LEAST_NAMED.inner : LEAST_NAMED.outer;
}

/**
 * The name of a circle on one of its sides, or in its middle, if there is room for all of it and dots are too small to be told apart.
 * @param {Scene} scene
 * @param {Island|Community|Part} circle
 * @param {number} at
 * @param {Spot} spot
 * @param {Measure} measure
 * @returns {WantedLabel|null}
 */
function groundName(scene, circle, at, { side, away, along, small }, measure) {
  const { letters } = scene;
  const r = circle.r * scene.camera.zoom;
  const share = shareOf(scene.ground, circle, at);
  const shown = share.stated + share.placed;
  /** @type {WantedLabel} */
  const label = {
    ...groundNamed(scene, at),
    note: r > 44 && shown > 0 ? shareWords(share, r) : undefined,
    x: screenX(scene, circle.x),
    y: screenY(scene, circle.y),
    gap: r + 3 + away,
    sides: [side],
    // In steps, so that one picture of the label serves many frames of a zoom.
    size: letters * Math.min(small ? SMALLEST_NAME : isPart(circle) ? LARGEST_PART_NAME : 20, Math.round((r < 27 ? 10.5 : 11.5) + r / 15)),
    weight: r < 27 || isPart(circle) ? 550 : 650,
    width: labelWidth(scene, small ? NARROW_NAME : Math.max(96, Math.min(260, 24 * Math.round(r / 15)))),
    rows: 4,
    ground: at,
  };
  if (side !== "middle") return along ? slid(label, side, along, measure) : label;
  if (r < ROOMY || shown < CROWD || grainOnScreen(scene) >= LEVEL.links) return null;
  const inside = { ...label, gap: 0, rows: 4, width: 1.7 * r };
  for (const tried of [inside, { ...inside, note: undefined }, { ...inside, note: undefined, size: letters * SMALLEST_NAME, weight: 550 }]) {
    const [wide, tall] = measure(tried);
    if (Math.hypot(wide, tall) / 2 < r * (small ? CORNERS.small : CORNERS.usual)) return tried;
  }
  return null;
}

/** A name moved along its side. @param {WantedLabel} label @param {Side} side @param {number} along @param {Measure} measure @returns {WantedLabel} */
function slid(label, side, along, measure) {
  const [wide, tall] = measure(label);
  return side === "above" || side === "below" ? { ...label, x: label.x + along * wide } : { ...label, y: label.y + along * tall };
}

/** What an island or community is called, and in which colour. @param {Scene} scene @param {number} at */
export function groundNamed({ ground, view, colours, islandHue, isByIsland }, at) {
  const { communities, parts } = ground;
  if (view !== "topics") return { text: (communities[at] ?? parts[at - communities.length])?.label ?? "", colour: colours.ink, node: -1 };
  const { label, topic } = ground.islands[at] ?? { label: "", topic: -1 };
  return { text: label, colour: isByIsland ? colours.texts[islandHue[at] ?? 0] : colours.ink, node: topic };
}

/**
 * The name where it can be read: if the middle of the window is in its circle, at the upper edge of the window.
 * @param {Scene} scene
 * @param {WantedLabel} label
 * @param {[number, number]} size
 * @param {Circle} circle
 * @param {number} r  in pixels
 * @param {number} edge  how much of the upper edge other names have taken
 * @returns {WantedLabel|null}  null if it cannot be read
 */
function inWindow(scene, label, size, circle, r, edge) {
  const { inset, width, height } = scene;
  const free = {
    left: inset.left + EDGE_OF_WINDOW,
    top: inset.top + EDGE_OF_WINDOW,
    right: width - inset.right - EDGE_OF_WINDOW,
    bottom: height - inset.bottom - EDGE_OF_WINDOW,
  };
  const box = boxOf(label, size);
  if (box.left >= free.left && box.top >= free.top && box.right <= free.right && box.bottom <= free.bottom) return label;
  const [x, y] = [screenX(scene, circle.x), screenY(scene, circle.y)];
  const isAround = Math.hypot((free.left + free.right) / 2 - x, (free.top + free.bottom) / 2 - y) < r;
  if (!isAround || y - r > free.top + size[1] + 3) return null;
  const across = Math.min(Math.max(x, free.left + size[0] / 2), free.right - size[0] / 2);
  const down = Math.max(free.top + 8 + edge + size[1] / 2, y - r + size[1]);
  const isInside = Math.hypot(Math.abs(across - x) + size[0] / 2, Math.abs(down - y) + size[1] / 2) < r;
  return isInside && down < free.bottom - size[1] ? { ...label, x: across, y: down, gap: 0, sides: ["middle"] } : null;
}

/** @param {WantedLabel} label @param {[number, number]} size @returns {Box} */
function boxOf(label, [wide, tall]) {
  return boxAt(label, label.sides[0], wide, tall);
}

/** @param {Scene} scene @param {Box} box  in pixels @returns {Box} */
function inWorld({ camera: { x, y, zoom }, width, height }, { left, top, right, bottom }) {
  const across = (/** @type {number} */ pixel) => (pixel - width / 2) / zoom + x;
  const down = (/** @type {number} */ pixel) => (pixel - height / 2) / zoom + y;
  return { left: across(left), top: down(top), right: across(right), bottom: down(bottom) };
}
