/** The links: the strongest when near, all of one node's, and a path. */

/** @import {Pen} from "./pen.js" */
/** @import {Rgb} from "../colours.js" */
/** @import {Raster} from "./raster.js" */
/** @import {Scene} from "../scene.js" */
import { css, pixel } from "../colours.js";
import { beginCircle, fillWith, strokeWith } from "./pen.js";
import { putLine } from "./raster.js";
import { LEVEL, TONE, centre, grainOnScreen, markAt } from "../scene.js";

/** With at least this many links, the neighbours of a node are highlighted without drawing lines. */
const HUB = 260;
const HUB_MOVING = 60;

/** The relations that are drawn as arrows, by which an article points to another. */
const ARROW_RELATIONS = ["related", "links", "part", "based_on"];

/** The radius of the number of a path's step, in pixels. */
export const STEP = 11;

/** How far arrows bend, as a share of their length; more if all are in rows. */
const ARROW_BEND = { usual: 0.14, inRows: 0.28 };
/** The heads of arrows: their length in pixels, and as a part of the arrow at most; half of their width as a share of it; and how far
 * from the mark they end. */
const ARROW_HEAD = { least: 4.5, most: 9, part: 6, half: 0.42, before: 1.5 };

/** The longer a link, the fainter it is, so that those across the map do not hide the short ones. */
const BANDS = [
  { upTo: 90, strength: 0.42 },
  { upTo: 260, strength: 0.2 },
  { upTo: Infinity, strength: 0.07 },
];

/** The strongest links between what is seen, as shapes. @param {Pen} pen @param {Scene} scene */
export function drawBackbone(pen, scene) {
  const bands = backboneInSight(scene);
  for (const [at, { strength }] of BANDS.entries()) {
    const ends = bands.ends[at];
    if (!ends.length) continue;
    pen.beginPath();
    for (let end = 0; end < ends.length; end += 4) {
      pen.moveTo(ends[end], ends[end + 1]);
      pen.lineTo(ends[end + 2], ends[end + 3]);
    }
    strokeWith(pen, css(scene.colours.soft, strength * bands.presence), 1);
  }
}

/**
 * The same as pixels, the shorter first, as long as they are not more than `most` pixels long in all.
 * @param {Raster} raster
 * @param {Scene} scene
 * @param {number} most
 */
export function putBackbone(raster, scene, most) {
  const bands = backboneInSight(scene);
  const scale = raster.width / scene.width;
  const rgb = pixel(scene.colours.soft) & 0xffffff;
  let whole = 0;
  for (const [at, { strength }] of BANDS.entries()) {
    const ends = bands.ends[at];
    whole += bands.lengths[at] * scale;
    if (whole > most) return;
    const colour = ((Math.round(255 * strength * bands.presence) << 24) | rgb) >>> 0;
    for (let end = 0; end < ends.length; end += 4) {
      putLine(raster, ends[end] * scale, ends[end + 1] * scale, ends[end + 2] * scale, ends[end + 3] * scale, colour);
    }
  }
}

/**
 * The ends of the links that cross the canvas, by band of length; how long those are in all; how strongly they show.
 * @param {Scene} scene
 */
function backboneInSight(scene) {
  const { atlas, camera, width, height, x, y, tone, path } = scene;
  const grain = grainOnScreen(scene);
  /** @type {number[][]} */
  const ends = BANDS.map(() => []);
  const fading = centre(scene) >= 0 || path !== null ? 0.4 : 1;
  const lengths = BANDS.map(() => 0);
  const found = { ends, lengths, presence: fading * Math.min(1, Math.max(0.5, (grain - LEVEL.links) / 4 + 0.5)) };
  const isFar = scene.ground.anew && scene.view === "topics" ? camera.zoom < 1.3 * scene.wholeZoom : grain < LEVEL.links;
  if (scene.view === "timeline" || scene.ground.boxes.length || (isFar && !scene.few)) return found;
  const { backbone_from: from, backbone_to: to } = atlas.columns;
  const shiftX = width / 2 - camera.x * camera.zoom;
  const shiftY = height / 2 - camera.y * camera.zoom;
  for (let at = 0; at < from.length; at += 1) {
    const [one, other] = [from[at], to[at]];
    const startX = x[one] * camera.zoom + shiftX;
    const startY = y[one] * camera.zoom + shiftY;
    const endX = x[other] * camera.zoom + shiftX;
    const endY = y[other] * camera.zoom + shiftY;
    if (beyond(startX, endX, width) || beyond(startY, endY, height)) continue;
    if (tone[one] === TONE.hidden || tone[other] === TONE.hidden || (scene.off.size && !isTied(scene, one, other))) continue;
    const length = Math.hypot(endX - startX, endY - startY);
    const band = BANDS.findIndex(({ upTo }) => length <= upTo);
    if (band < 0) continue;
    lengths[band] += Math.min(length, width);
    ends[band].push(startX, startY, endX, endY);
  }
  return found;
}

/** Whether a visible relation ties two articles; if the page does not know all of theirs, whether one may. @param {Scene} scene @param {number} one @param {number} other */
function isTied({ atlas, off }, one, other) {
  const relations = ARROW_RELATIONS.filter((name) => !off.has(name));
  const isKnown = atlas.isSurrounded(one) || atlas.isSurrounded(other);
  return relations.some((name) => !isKnown || atlas.out(name, one).includes(other) || atlas.out(name, other).includes(one));
}

/** Whether a line is all on one side of the canvas. @param {number} start @param {number} end @param {number} size */
function beyond(start, end, size) {
  return (start < 0 && end < 0) || (start > size && end > size);
}

/**
 * All relations of the node that is pointed at or selected: arrows to and from articles, in a colour for each direction, and
 * thin lines to topics, provider and people.
 * @param {Pen} pen
 * @param {Scene} scene
 */
export function drawSurroundings(pen, scene) {
  const middle = centre(scene);
  if (middle < 0 || Number.isNaN(scene.x[middle])) return;
  const { colours, tone } = scene;
  const links = scene.near.filter(({ node }) => tone[node] !== TONE.hidden);
  if (links.length > (scene.moving ? HUB_MOVING : HUB)) return;
  for (const { node, relation, outgoing } of links) {
    const [from, to] = outgoing ? [middle, node] : [node, middle];
    if (ARROW_RELATIONS.includes(relation)) {
      drawArrow(pen, scene, from, to, outgoing ? colours.outward : colours.inward);
    } else {
      drawTie(pen, scene, from, to);
    }
  }
}

/** A thin straight line. @param {Pen} pen @param {Scene} scene @param {number} from @param {number} to */
function drawTie(pen, scene, from, to) {
  const [[startX, startY], [endX, endY]] = [markAt(scene, from), markAt(scene, to)];
  if (Number.isNaN(startX + startY + endX + endY)) return;
  pen.beginPath();
  pen.moveTo(startX, startY);
  pen.lineTo(endX, endY);
  strokeWith(pen, css(scene.colours.soft, 0.55), 1, [4, 3]);
}

/**
 * A slightly curved arrow; the two directions between the same nodes curve apart.
 * @param {Pen} pen
 * @param {Scene} scene
 * @param {number} from
 * @param {number} to
 * @param {Rgb} colour
 */
function drawArrow(pen, scene, from, to, colour) {
  const [[startX, startY], [endX, endY, radius]] = [markAt(scene, from), markAt(scene, to)];
  const length = Math.hypot(endX - startX, endY - startY);
  if (!(length > 1)) return;
  const bend = scene.view === "timeline" ? ARROW_BEND.inRows : ARROW_BEND.usual;
  const bowX = (startX + endX) / 2 + (endY - startY) * bend;
  const bowY = (startY + endY) / 2 - (endX - startX) * bend;
  const [aimX, aimY] = [endX - bowX, endY - bowY];
  const aim = Math.hypot(aimX, aimY) || 1;
  const head = Math.min(ARROW_HEAD.most, Math.max(ARROW_HEAD.least, length / ARROW_HEAD.part));
  const stop = Math.min(radius + ARROW_HEAD.before, length / 3);
  const [tipX, tipY] = [endX - (aimX / aim) * stop, endY - (aimY / aim) * stop];
  const [neckX, neckY] = [tipX - (aimX / aim) * head, tipY - (aimY / aim) * head];
  pen.beginPath();
  pen.moveTo(startX, startY);
  pen.quadraticCurveTo(bowX, bowY, neckX, neckY);
  strokeWith(pen, css(colour, 0.8), 1.5);
  pen.beginPath();
  pen.moveTo(tipX, tipY);
  pen.lineTo(neckX - (aimY / aim) * head * ARROW_HEAD.half, neckY + (aimX / aim) * head * ARROW_HEAD.half);
  pen.lineTo(neckX + (aimY / aim) * head * ARROW_HEAD.half, neckY - (aimX / aim) * head * ARROW_HEAD.half);
  pen.closePath();
  fillWith(pen, css(colour, 0.95));
}

/** The path, thick and with the number of each step at its node. @param {Pen} pen @param {Scene} scene */
export function drawPath(pen, scene) {
  const places = (scene.path ?? []).map((n) => markAt(scene, n));
  const standing = places.filter(([x, y]) => !Number.isNaN(x + y));
  if (!standing.length) return;
  const { colours } = scene;
  for (const [thick, colour] of /** @type {[number, Rgb][]} */ ([[8, colours.paper], [4, colours.accent]])) {
    pen.beginPath();
    standing.forEach(([x, y], at) => (at ? pen.lineTo(x, y) : pen.moveTo(x, y)));
    pen.lineCap = "round";
    pen.lineJoin = "round";
    strokeWith(pen, css(colour), thick);
  }
  pen.lineCap = "butt";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.font = `700 12px ${colours.font}`;
  places.forEach(([x, y], at) => {
    if (Number.isNaN(x + y)) return;
    beginCircle(pen, x, y, STEP);
    fillWith(pen, css(colours.accent));
    strokeWith(pen, css(colours.paper), 2);
    pen.fillStyle = css(colours.paper);
    pen.fillText(String(at + 1), x, y + 0.5);
  });
}
