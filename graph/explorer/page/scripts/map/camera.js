/** The camera: the world point in the middle of the canvas, and how many pixels a world unit has. */

/** @import {Bounds, Circle} from "../data/payload.js" */
/** @typedef {{x: number, y: number, zoom: number}} CameraPlace */
/** @typedef {{left: number, right: number, top: number, bottom: number}} Inset  pixels covered by panels */
/** @typedef {{width: number, height: number, inset: Inset}} Viewport  in pixels of the page */
/** @typedef {{least: number, most: number}} Zooms */

/** By how much a button or key zooms in. */
export const NEARER = 1.5;
/** How high the axis of a timeline is, in pixels. */
export const AXIS = 28;
/** The height of the sentence about what is shown, which lies over the map, in pixels. */
export const SENTENCE = 34;
const LARGEST_AT_FIRST = 36;
/** How far a tall window is zoomed into the timeline at first, because dots would be too small. */
const CLOSER_IN_TIME = 5;
/** If a usual dot has at least this radius in pixels, a timeline is shown as a whole at first. */
const SEEN_AT_FIRST = 1.3;
const LANE_NAMES = 130;
const NARROW_WINDOW = 600;
/** Around what is shown, in pixels, and at most as a share of the window. */
const MARGIN = { most: 28, share: 0.035 };

/** How much room the names of lanes have if all of a timeline is shown, in pixels. @param {number} width  of the window */
export function laneNames(width) {
  return Math.min(LANE_NAMES, 0.3 * width);
}

/** @param {{width: number}} window */
export function isNarrowWindow({ width }) {
  return width < NARROW_WINDOW;
}

/** How much of a narrow window buttons cover on its right, in pixels; in a broad one they are out of the way of cards.
 * @param {{width: number, buttons: import("./labels/label_room.js").Box[]}} window */
export function besideButtons({ width, buttons }) {
  return isNarrowWindow({ width }) ? Math.max(0, ...buttons.filter(({ left }) => left > width / 2).map(({ left }) => width - left)) : 0;
}

/** How much of any window lanes leave free for the buttons on its right, in pixels, wherever panels move these.
 * @param {{width: number, buttons: import("./labels/label_room.js").Box[]}} window */
function leftToButtons({ width, buttons }) {
  const aside = buttons.filter(({ left }) => left > width / 2).map(({ left, right }) => right - left);
  return Math.max(besideButtons({ width, buttons }), ...aside);
}

/** @param {Circle[]} circles @returns {Bounds} around all of them */
export function boundsAround(circles) {
  return circles.reduce(
    ([left, top, right, bottom], { x, y, r }) => [Math.min(left, x - r), Math.min(top, y - r), Math.max(right, x + r), Math.max(bottom, y + r)],
    /** @type {Bounds} */ ([Infinity, Infinity, -Infinity, -Infinity]),
  );
}

/**
 * The camera after zooming by `factor`, with the world point under the pixel (px, py) staying there.
 * @param {CameraPlace} camera
 * @param {Viewport} viewport
 * @param {number} factor
 * @param {number} px
 * @param {number} py
 * @returns {CameraPlace}
 */
export function zoomedAround(camera, viewport, factor, px, py) {
  const dx = px - viewport.width / 2;
  const dy = py - viewport.height / 2;
  const zoom = camera.zoom * factor;
  return { x: camera.x + dx / camera.zoom - dx / zoom, y: camera.y + dy / camera.zoom - dy / zoom, zoom };
}

/**
 * The same, with a zoom within limits.
 * @param {Zooms} zooms
 * @param {CameraPlace} camera
 * @param {Viewport} viewport
 * @param {number} factor
 * @param {number} px
 * @param {number} py
 */
export function zoomedWithin({ least, most }, camera, viewport, factor, px, py) {
  return zoomedAround(camera, viewport, Math.min(Math.max(camera.zoom * factor, least), most) / camera.zoom, px, py);
}

/** What panels leave free, without a margin, in pixels. @param {Viewport} viewport */
export function roomWithin({ width, height, inset }) {
  const margin = Math.min(MARGIN.most, MARGIN.share * width);
  return {
    width: Math.max(60, width - inset.left - inset.right - 2 * margin),
    height: Math.max(60, height - inset.top - inset.bottom - 2 * margin),
  };
}

/**
 * The camera that shows all of `bounds` in what the panels leave free, zoomed to at most `limit`.
 * @param {Bounds} bounds
 * @param {Viewport} viewport
 * @param {number} limit
 * @returns {CameraPlace}
 */
export function fitted(bounds, viewport, limit) {
  const free = roomWithin(viewport);
  const across = Math.max(bounds[2] - bounds[0], 1e-6);
  const down = Math.max(bounds[3] - bounds[1], 1e-6);
  const zoom = Math.min(free.width / across, free.height / down, limit);
  return centredOn((bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2, zoom, viewport);
}

/**
 * The camera that shows all of `bounds`, but no dot too large.
 * @param {Bounds} bounds
 * @param {Viewport} viewport
 * @param {number} grain  the radius of a usual dot, in world units
 */
export function wholeIn(bounds, viewport, grain) {
  return fitted(bounds, viewport, LARGEST_AT_FIRST / grain);
}

/**
 * What is free for the lanes of a timeline: beside their names, above the axis, and below what a filter says.
 * @param {Viewport & {buttons: import("./labels/label_room.js").Box[]}} window
 * @param {boolean} anew  whether they were arranged anew
 * @returns {Viewport}
 */
export function roomForLanes(window, anew) {
  const { width, height, inset: { left, right, top, bottom } } = window;
  return { width, height, inset: { left: left + laneNames(width), right: right + leftToButtons(window), top: top + (anew ? SENTENCE : 0), bottom: bottom + AXIS } };
}

/**
 * The zoom with which a timeline begins: that which shows all of it, or in a tall window nearer, so that dots can be seen.
 * @param {Bounds} bounds
 * @param {Viewport} viewport  as `roomForLanes` returns it
 * @param {number} grain
 */
export function firstZoomInTime(bounds, viewport, grain) {
  const whole = wholeIn(bounds, viewport, grain).zoom;
  const high = wholeIn([0, bounds[1], 1e-3, bounds[3]], viewport, grain).zoom;
  return whole * grain >= SEEN_AT_FIRST || high < whole * 1.5 ? whole : Math.min(high, whole * CLOSER_IN_TIME);
}

/**
 * The camera that shows a world point in the middle of what the panels leave free.
 * @param {number} x
 * @param {number} y
 * @param {number} zoom
 * @param {Viewport} viewport
 * @returns {CameraPlace}
 */
export function centredOn(x, y, zoom, { inset }) {
  return { x: x - (inset.left - inset.right) / 2 / zoom, y: y - (inset.top - inset.bottom) / 2 / zoom, zoom };
}

/**
 * The camera at the moment `t` (0 to 1) of a flight: the zoom changes evenly to the eye, and the point that both ends share
 * stays in place.
 * @param {CameraPlace} from
 * @param {CameraPlace} to
 * @param {number} t
 * @returns {CameraPlace}
 */
export function between(from, to, t) {
  const zoom = from.zoom * (to.zoom / from.zoom) ** t;
  const evenly = Math.abs(to.zoom / from.zoom - 1) < 1e-3;
  const moved = evenly ? t : (1 / zoom - 1 / from.zoom) / (1 / to.zoom - 1 / from.zoom);
  return { x: from.x + (to.x - from.x) * moved, y: from.y + (to.y - from.y) * moved, zoom };
}

/**
 * The nearest camera within the zooms and the bounds, which may be left only by as much as panels cover.
 * @param {CameraPlace} camera
 * @param {Bounds} bounds
 * @param {Zooms} zooms
 * @param {Inset} inset
 * @returns {CameraPlace}
 */
export function kept(camera, [left, top, right, bottom], { least, most }, inset) {
  const zoom = Math.min(Math.max(camera.zoom, least), most);
  const across = (inset.right - inset.left) / 2 / zoom;
  const down = (inset.bottom - inset.top) / 2 / zoom;
  return {
    x: Math.min(Math.max(camera.x, left + Math.min(0, across)), right + Math.max(0, across)),
    y: Math.min(Math.max(camera.y, top + Math.min(0, down)), bottom + Math.max(0, down)),
    zoom,
  };
}
