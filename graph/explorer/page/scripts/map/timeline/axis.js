/** The axis of the timeline: dates along the lower edge, and faint lines up from them. */

/** @import {Pen} from "../drawing/pen.js" */
/** @import {Scene} from "../scene.js" */
import { AXIS } from "../camera.js";
import { css } from "../colours.js";
import { strokeWith } from "../drawing/pen.js";
import { screenX } from "../scene.js";
import { ticks } from "./ticks.js";

/** How far a date reaches from its tick, in pixels. */
const HALF_DATE = 24;

/** The ticks in sight, with their place in pixels. @param {Scene} scene */
function ticksInSight(scene) {
  const { time } = scene.ground;
  if (time.first === null || time.last === null || !time.scale) return [];
  const { camera, width, letters } = scene;
  const first = time.first;
  const dayAt = (/** @type {number} */ pixel) => ((pixel - width / 2) / camera.zoom + camera.x) / time.scale + first;
  const margin = Math.max(3, (time.last - time.first) * 0.02);
  const from = Math.max(dayAt(0), time.first - margin);
  const to = Math.min(dayAt(width), time.last + margin);
  return ticks(from, to, (camera.zoom * time.scale) / letters).map((tick) => ({
    ...tick,
    x: Math.round(screenX(scene, (tick.day - first) * time.scale)) + 0.5,
  }));
}

/** The lines, under the dots. @param {Pen} pen @param {Scene} scene */
export function drawTickLines(pen, scene) {
  if (scene.view !== "timeline") return;
  for (const major of [false, true]) {
    pen.beginPath();
    for (const tick of ticksInSight(scene)) {
      if (tick.major !== major) continue;
      pen.moveTo(tick.x, 0);
      pen.lineTo(tick.x, scene.height);
    }
    strokeWith(pen, css(scene.colours.soft, major ? 0.28 : 0.13), 1);
  }
}

/** The dates, over everything. @param {Pen} pen @param {Scene} scene */
export function drawAxis(pen, scene) {
  if (scene.view !== "timeline") return;
  const { buttons, colours, width, height, inset, letters } = scene;
  const top = height - inset.bottom - AXIS;
  pen.fillStyle = css(colours.paper, 0.92);
  pen.fillRect(0, top, width, AXIS);
  pen.fillStyle = css(colours.soft, 0.4);
  pen.fillRect(0, top, width, 1);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  const half = HALF_DATE * letters;
  const isHidden = (/** @type {number} */ x) =>
    x < inset.left + half || x > width - inset.right - half || buttons.some(({ left, right, bottom }) => bottom > top && x > left - half && x < right + half);
  for (const tick of ticksInSight(scene)) {
    // Half a date beside a button or a panel could not be read.
    if (isHidden(tick.x)) continue;
    pen.font = `${tick.major ? 650 : 400} ${12 * letters}px ${colours.font}`;
    pen.fillStyle = css(tick.major ? colours.ink : colours.soft);
    pen.fillText(tick.text, tick.x, top + AXIS / 2 + 0.5);
  }
}
