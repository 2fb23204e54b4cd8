/** Maps in a tall window: across and down are exchanged, and circles are further apart, so that they use the height. */

/** @import {Bounds, Circle, View} from "../../data/payload.js" */
/** @import {CameraPlace} from "../camera.js" */
/** @import {Ground, Window} from "./ground.js" */
import { roomWithin } from "../camera.js";
import { groupsIn, outermost, seenFromAfar, withCircles } from "./circles.js";

/** How many times higher than wide a window must be for maps to be upright. */
const TALL = 1.2;
/** How much further down than on a broad map circles are at most, and the room for the names at both ends, in pixels. */
const MOST_APART = 1.6;
const NAMES_AT_ENDS = 70;
/** How far from a circle what belongs to it stands, in world units, and how many pairs are tried at most. */
const AT_THE_RIM = 30;
const MOST_TRIED = 4_000_000;
export const NO_PANELS = { left: 0, right: 0, top: 0, bottom: 0 };

/** Whether maps are upright in a window. What panels cover does not matter, because they come and go. @param {{width: number, height: number}} window */
export function isTall({ width, height }) {
  return height > TALL * width;
}

/** A place or a circle with across and down exchanged. @template {{x: number, y: number}} T @param {T} place @returns {T} */
export function turned(place) {
  return { ...place, x: place.y, y: place.x };
}

/** @param {Bounds} bounds @returns {Bounds} */
export function turnedBounds([left, top, right, bottom]) {
  return [top, left, bottom, right];
}

/**
 * An upright map with its circles so far apart that it fills the width and the height of the window. Tiled nodes stay
 * where the tiles have them. @param {Window} window @param {View} view @param {Ground} plain @returns {Ground}
 */
export function spreadDown({ atlas, width, height }, view, plain) {
  const [left, top, right, bottom] = seenFromAfar(atlas, view, plain);
  const room = roomWithin({ width, height, inset: NO_PANELS });
  const down = Math.min(MOST_APART, ((room.height - NAMES_AT_ENDS) / room.width) * ((right - left) / (bottom - top)));
  if (!plain.tall || atlas.header.tiles || !(down > 1)) return plain;
  const { group, circles } = groupsIn(atlas, view, plain);
  const outer = circles.map((_, at) => outermost(circles, at));
  const by = outer.map((at) => (down - 1) * circles[at].y);
  const isOuter = (/** @type {number} */ at) => outer[at] === at && circles[at].r > 0;
  const nearest = besideOf(plain, circles, [...circles.keys()].filter(isOuter).slice(0, MOST_TRIED / Math.max(1, atlas.count - atlas.articles)));
  const y = plain.y.map((at, n) => at + (by[n < atlas.articles ? group[n] : nearest(n)] ?? (down - 1) * at));
  /** @type {Map<number, number>} */
  const ofStory = new Map();
  for (let n = 0; n < atlas.articles; n += 1) if (atlas.columns.named[n] > 0) ofStory.set(atlas.columns.named[n], by[group[n]] ?? 0);
  const spread = withCircles(plain, view, (at) => ({ ...circles[at], y: circles[at].y + by[at] }));
  const parts = plain.parts.map((part) => ({ ...part, y: part.y + by[part.parent] }));
  const stories = plain.stories.map((story) => ({ ...story, y: story.y + (ofStory.get(story.number) ?? 0) }));
  const stretch = { across: 1, down, circles: groupsIn(atlas, view, spread).circles.filter((_, at) => isOuter(at)) };
  return { ...spread, y, parts, stories, stretch, bounds: stretchedBounds(plain.bounds, down), whole: plain.whole && stretchedBounds(plain.whole, down) };
}

/** Which of some circles a node stands beside; -1 for none. @param {Ground} ground @param {Circle[]} circles @param {number[]} some @returns {(n: number) => number} */
function besideOf({ x, y }, circles, some) {
  return (n) => {
    let [best, least] = [-1, AT_THE_RIM];
    for (const at of some) {
      const away = Math.hypot(x[n] - circles[at].x, y[n] - circles[at].y) - circles[at].r;
      if (away < least) [best, least] = [at, away];
    }
    return best;
  };
}

/** @param {Bounds} bounds @param {number} down @returns {Bounds} */
function stretchedBounds([left, top, right, bottom], down) {
  return [left, down * top, right, down * bottom];
}

/** The place of a camera over a ground as it lies in a broad window. @param {Ground} ground @param {CameraPlace} camera @returns {CameraPlace} */
export function laidFlat({ tall, stretch: { across, down, circles } }, { x, y, zoom }) {
  const around = circles.find((one) => Math.hypot(x - one.x, y - one.y) < one.r);
  const flat = { x: x / across, y: around ? y - around.y + around.y / down : y / down, zoom: zoom * across };
  return tall ? turned(flat) : flat;
}

/** The place of a camera in a broad window as it is over a ground. @param {Ground} ground @param {CameraPlace} camera @returns {CameraPlace} */
export function stoodUp({ tall, stretch: { across, down, circles } }, camera) {
  const { x, y, zoom } = tall ? turned(camera) : camera;
  const around = circles.find((one) => Math.hypot(x - one.x, y - one.y / down) < one.r);
  return { x: x * across, y: around ? y - around.y / down + around.y : y * down, zoom: zoom / across };
}
