/** A picture of what is visible, without what panels cover and without empty space, framed by a title, what is chosen, and a legend. */

/** @import {Colours} from "../colours.js" */
/** @import {Label, LabelPainter} from "../labels/label_painter.js" */
/** @import {Scene} from "../scene.js" */
/** @import {Pen} from "./pen.js" */
import { toXml } from "../../data/xml.js";
import { css } from "../colours.js";
import { overlap } from "../labels/label_room.js";
import { TONE, groundsOf, isInSight, markAt, screenX, screenY, standsByItself } from "../scene.js";
import { fillCorners } from "./marks.js";
import { Painter, drawShapes } from "./painter.js";
import { beginCircle, fillWith, strokeWith } from "./pen.js";
import { SvgPen, short } from "./svg.js";

/** What surrounds a picture: its title, lines below it, and what its symbols and colours mean. A swatch has a `hue`.
 * @typedef {{title: string, lines: string[], legend: {sign: "article"|"stub"|"topic"|"provider"|"person"|"swatch"|"", words: string, hue?: number}[]}} Frame */

const FRAME_EDGE = 20;
const CONTENT_EDGE = 48;
const NAME_EDGE = 8;
const SMALLEST_PICTURE = { width: 560, height: 300 };
const FRAME_TEXT = { title: 20, line: 13, legend: 12 };
const LEADING_OF_LINES = 1.45;
const SWATCH = 11;

/** The part of a scene that is not covered by panels, cut to its content, with its cards, its circles and their names.
 * @param {Scene} scene @param {Label[]} seen  on the map @returns {Scene} */
function croppedScene(scene, seen) {
  const { inset, camera } = scene;
  const free = { left: inset.left, top: inset.top, right: scene.width - inset.right, bottom: scene.height - inset.bottom };
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  const reach = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ r) => {
    box.left = Math.min(box.left, x - r);
    box.right = Math.max(box.right, x + r);
    box.top = Math.min(box.top, y - r);
    box.bottom = Math.max(box.bottom, y + r);
  };
  for (let n = 0; n < scene.atlas.count; n += 1) {
    if (scene.tone[n] === TONE.hidden || (n >= scene.atlas.articles && !standsByItself(scene, n))) continue;
    const [x, y, r] = markAt(scene, n);
    if (isInSight(scene, x, y, r)) reach(x, y, r + CONTENT_EDGE);
  }
  const reachBox = (/** @type {import("../labels/label_room.js").Box} */ { left, top, right, bottom }) => {
    reach(left, top, NAME_EDGE);
    reach(right, bottom, NAME_EDGE);
  };
  for (const name of seen) if (name.wanted.ground !== undefined) reachBox(name);
  const [across, down] = [(/** @type {number} */ x) => screenX(scene, x), (/** @type {number} */ y) => screenY(scene, y)];
  const boxes = scene.ground.boxes.map(({ left, top, right, bottom }) => ({ left: across(left), top: down(top), right: across(right), bottom: down(bottom) }));
  for (const card of boxes) if (overlap(card, free)) reachBox(card);
  for (const { x, y, r } of boxes.length ? [] : groundsOf(scene)) {
    if (r > 0 && isInSight(scene, across(x), down(y), r * camera.zoom)) reach(across(x), down(y), r * camera.zoom + NAME_EDGE);
  }
  // A timeline keeps its axis, which is at the bottom.
  const isTimeline = scene.view === "timeline";
  const span = (/** @type {number} */ low, /** @type {number} */ high, /** @type {number} */ first, /** @type {number} */ last, /** @type {number} */ least) => {
    const [from, to] = low < high ? [Math.max(low, first), Math.min(high, last)] : [first, last];
    const lack = Math.max(0, Math.min(least, last - first) - (to - from)) / 2;
    return [Math.round(Math.max(first, from - lack)), Math.round(Math.min(last, to + lack))];
  };
  const [left, right] = span(box.left, box.right, free.left, free.right, SMALLEST_PICTURE.width);
  const [top, bottom] = isTimeline ? [free.top, free.bottom] : span(box.top, box.bottom, free.top, free.bottom, SMALLEST_PICTURE.height);
  const middle = {
    x: camera.x + ((left + right) / 2 - scene.width / 2) / camera.zoom,
    y: camera.y + ((top + bottom) / 2 - scene.height / 2) / camera.zoom,
  };
  return {
    ...scene,
    width: right - left,
    height: bottom - top,
    inset: { left: 0, right: 0, top: 0, bottom: 0 },
    buttons: [],
    sentence: [],
    camera: { ...middle, zoom: camera.zoom },
    moving: false,
  };
}

/**
 * A canvas with the picture, at twice the resolution of the screen.
 * @param {Scene} whole
 * @param {Label[]} seen  on the map
 * @param {Frame} [frame]
 * @returns {HTMLCanvasElement}
 */
export function paintPicture(whole, seen, frame = untitled(whole)) {
  const scale = 2;
  const scene = { ...croppedScene(whole, seen), scale };
  const map = document.createElement("canvas");
  new Painter(map).paint(scene);
  const canvas = document.createElement("canvas");
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
  const layout = layOut(frame, scene, context);
  canvas.width = Math.round(scene.width * scale);
  canvas.height = Math.round(layout.height * scale);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  drawFrame(context, layout, scene);
  context.drawImage(map, 0, layout.top, scene.width, scene.height);
  return canvas;
}

/**
 * The picture as an SVG document, with a group for each of its parts.
 * @param {Scene} whole
 * @param {Label[]} seen  on the map
 * @param {LabelPainter} painter  places the labels
 * @param {Frame} [frame]
 * @returns {string}
 */
export function writePicture(whole, seen, painter, frame = untitled(whole)) {
  const scene = croppedScene(whole, seen);
  const ruler = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  const layout = layOut(frame, scene, ruler);
  const around = new SvgPen();
  drawFrame(around, layout, scene);
  const map = new SvgPen();
  drawShapes(map, scene, painter.place(scene));
  const [width, height] = [short(scene.width), short(layout.height)];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${toXml(scene.colours.font)}">`,
    `<title>${toXml(frame.title)}</title>`,
    ...(frame.lines.length ? [`<desc>${toXml(frame.lines.join("\n"))}</desc>`] : []),
    '<g id="frame">',
    ...around.shapes,
    "</g>",
    `<svg id="map" y="${short(layout.top)}" width="${width}" height="${short(scene.height)}">`,
    ...map.shapes,
    "</svg>",
    "</svg>\n",
  ].join("\n");
}

/** @param {Scene} scene @param {Label[]} seen  on the map @param {Frame} [frame] @returns {Promise<Blob>} the picture as PNG */
export function toPng(scene, seen, frame) {
  return new Promise((resolve, reject) => {
    paintPicture(scene, seen, frame).toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The browser made no picture."))), "image/png");
  });
}

/** @param {Scene} scene @returns {Frame} */
function untitled({ atlas }) {
  return { title: atlas.header.title, lines: [], legend: [] };
}

/** @typedef {{sign: string, words: string, hue: number, x: number, y: number}} Placed */
/** @typedef {{title: string[], rows: string[], legend: Placed[], top: number, height: number}} Layout */

/** Break the texts into lines, and give the legend its places. @param {Frame} frame @param {Scene} scene @param {CanvasRenderingContext2D} ruler @returns {Layout} */
function layOut(frame, { width, height, colours }, ruler) {
  const room = width - 2 * FRAME_EDGE;
  ruler.font = titleFont(colours);
  const title = brokenInto(frame.title, room, ruler);
  ruler.font = `${FRAME_TEXT.line}px ${colours.font}`;
  const rows = frame.lines.flatMap((line) => brokenInto(line, room, ruler));
  const top = FRAME_EDGE + title.length * FRAME_TEXT.title * LEADING_OF_LINES + rows.length * FRAME_TEXT.line * LEADING_OF_LINES + FRAME_EDGE / 2;
  ruler.font = `${FRAME_TEXT.legend}px ${colours.font}`;
  /** @type {Placed[]} */
  const legend = [];
  let [x, y] = [FRAME_EDGE, top + height + FRAME_EDGE];
  for (const { sign, words, hue = 0 } of frame.legend) {
    const wide = ruler.measureText(words).width + (sign ? 18 : 0) + 20;
    if (x > FRAME_EDGE && x + wide > width - FRAME_EDGE / 2) [x, y] = [FRAME_EDGE, y + FRAME_TEXT.legend * 1.7];
    legend.push({ sign, words, hue, x, y });
    x += wide;
  }
  return { title, rows, legend, top, height: Math.ceil(legend.length ? y + FRAME_EDGE : top + height) };
}

/** @param {string} text @param {number} room @param {CanvasRenderingContext2D} ruler @returns {string[]} */
function brokenInto(text, room, ruler) {
  /** @type {string[]} */
  const rows = [];
  for (const word of text.split(" ")) {
    const longer = rows.length ? `${rows[rows.length - 1]} ${word}` : word;
    if (rows.length && ruler.measureText(longer).width <= room) rows[rows.length - 1] = longer;
    else rows.push(word);
  }
  return rows;
}

/** @param {Pen} pen @param {Layout} layout @param {Scene} scene */
function drawFrame(pen, { title, rows, legend, height }, { width, colours }) {
  pen.fillStyle = css(colours.paper);
  pen.fillRect(0, 0, width, height);
  pen.textAlign = "left";
  pen.textBaseline = "alphabetic";
  pen.direction = "ltr";
  pen.fillStyle = css(colours.ink);
  pen.font = titleFont(colours);
  const leading = FRAME_TEXT.title * LEADING_OF_LINES;
  title.forEach((row, at) => pen.fillText(row, FRAME_EDGE, FRAME_EDGE + FRAME_TEXT.title * 0.8 + at * leading));
  pen.fillStyle = css(colours.soft);
  pen.font = `400 ${FRAME_TEXT.line}px ${colours.font}`;
  rows.forEach((row, at) => pen.fillText(row, FRAME_EDGE, FRAME_EDGE + title.length * leading + (at + 0.7) * FRAME_TEXT.line * LEADING_OF_LINES));
  pen.font = `400 ${FRAME_TEXT.legend}px ${colours.font}`;
  for (const { sign, words, hue, x, y } of legend) {
    if (sign) drawSign(pen, sign, x + 5, y - FRAME_TEXT.legend * 0.35, colours, hue);
    pen.fillStyle = css(colours.soft);
    pen.fillText(words, sign ? x + 16 : x, y);
  }
}

/** @param {Colours} colours */
function titleFont({ font }) {
  return `650 ${FRAME_TEXT.title}px ${font}`;
}

/** @param {Pen} pen @param {string} sign @param {number} x @param {number} y @param {Colours} colours @param {number} number  of the hue of a swatch */
function drawSign(pen, sign, x, y, colours, number) {
  if (sign === "swatch") {
    pen.fillStyle = css(colours.hues[number]);
    pen.fillRect(x - SWATCH / 2, y - SWATCH / 2, SWATCH, SWATCH);
    return;
  }
  if (sign === "article" || sign === "stub") {
    const style = css(colours.hues[1]);
    beginCircle(pen, x, y, sign === "stub" ? 4 : 5);
    if (sign === "article") fillWith(pen, style);
    else strokeWith(pen, style, 1.8);
    return;
  }
  fillCorners(pen, sign, [x, y, 5], colours, 1);
}
