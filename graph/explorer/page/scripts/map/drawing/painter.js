/** One frame, layer by layer: background, links, dots, the neighbours of a node, a path, labels. */

/** @import {Label} from "../labels/label_painter.js" */
/** @import {Pen} from "./pen.js" */
/** @import {Raster} from "./raster.js" */
/** @import {Scene} from "../scene.js" */
import { isEmbedded } from "../../embedding.js";
import { drawAxis, drawTickLines } from "../timeline/axis.js";
import { css } from "../colours.js";
import { putDots, visibleArticles } from "./dots.js";
import { drawBackbone, drawPath, drawSurroundings, putBackbone } from "./edges.js";
import { drawBackground } from "./background.js";
import { LabelPainter, writeLabel } from "../labels/label_painter.js";
import { drawAllDoubts, drawMark, drawOthers, drawRing } from "./marks.js";
import { LEVEL, TONE, centre, grainOnScreen, hasFewInFocus, standsOut } from "../scene.js";

/** How many pixels of links are drawn while something moves, and while nothing does. */
const LINKS = { moving: 150000, resting: 600000 };
const MOST_PIXELS = 2600000;

/** Paints frames on one canvas. */
export class Painter {
  #canvas;
  #context;
  #dots = document.createElement("canvas");
  /** @type {ImageData|null} */
  #image = null;
  /** @type {Raster} */
  #raster = { pixels: new Uint32Array(0), width: 0, height: 0 };
  /** What paints the labels. */
  labels = new LabelPainter();

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#canvas = canvas;
    this.#context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: isEmbedded() }));
  }

  /** @param {Scene} scene @returns {Label[]} the labels that were painted */
  paint(scene) {
    const context = this.#context;
    const [width, height] = [Math.round(scene.width * scene.scale), Math.round(scene.height * scene.scale)];
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
    context.setTransform(scene.scale, 0, 0, scene.scale, 0, 0);
    if (scene.colours.isClear) context.clearRect(0, 0, scene.width, scene.height);
    drawUnder(context, scene);
    this.#paintDots(scene, width, height);
    drawOver(context, scene);
    const labels = this.labels.place(scene);
    this.labels.paint(context, labels, scene);
    drawAxis(context, scene);
    return labels;
  }

  /** @param {Scene} scene @param {number} width @param {number} height */
  #paintDots(scene, width, height) {
    // On a very fine screen, dots are coarser while it moves: that is invisible, and there are four times fewer pixels.
    const coarse = scene.moving && width * height > MOST_PIXELS ? scene.scale : 1;
    const [across, down] = [Math.round(width / coarse), Math.round(height / coarse)];
    const context = this.#dots.getContext("2d", { willReadFrequently: true });
    if (!context || across < 1 || down < 1) return;
    if (!this.#image || this.#image.width !== across || this.#image.height !== down) {
      this.#dots.width = across;
      this.#dots.height = down;
      this.#image = context.createImageData(across, down);
      this.#raster = { pixels: new Uint32Array(this.#image.data.buffer), width: across, height: down };
    }
    this.#raster.pixels.fill(0);
    putBackbone(this.#raster, scene, scene.moving ? LINKS.moving : LINKS.resting);
    putDots(this.#raster, scene);
    context.putImageData(this.#image, 0, 0);
    this.#context.drawImage(this.#dots, 0, 0, scene.width, scene.height);
  }
}

/**
 * Everything as shapes and text, for a pen without pixels.
 * @param {Pen} pen
 * @param {Scene} scene
 * @param {Label[]} labels
 */
export function drawShapes(pen, scene, labels) {
  pen.layer?.("background");
  drawUnder(pen, scene);
  pen.layer?.("links");
  drawBackbone(pen, scene);
  pen.layer?.("articles");
  for (const n of visibleArticles(scene)) drawMark(pen, scene, n);
  pen.layer?.("highlights");
  drawOver(pen, scene);
  pen.layer?.("labels");
  for (const label of labels) writeLabel(pen, label, scene.colours);
  drawAxis(pen, scene);
  pen.layer?.("");
}

/** What is under the dots. @param {Pen} pen @param {Scene} scene */
function drawUnder(pen, scene) {
  if (!scene.colours.isClear) {
    pen.fillStyle = css(scene.colours.paper);
    pen.fillRect(0, 0, scene.width, scene.height);
  }
  drawBackground(pen, scene);
  drawTickLines(pen, scene);
}

/** The articles in focus, each in a ring when zoomed out, where its dot is one of thousands. @param {Pen} pen @param {Scene} scene */
function drawFocus(pen, scene) {
  const found = [...(scene.focus ?? [])].filter((n) => n < scene.atlas.articles && standsOut(scene, n));
  const isFar = grainOnScreen(scene) < LEVEL.providers;
  for (const n of found) {
    if (isFar) drawRing(pen, scene, n, 1.25);
    drawMark(pen, scene, n);
  }
}

/** What is over them. @param {Pen} pen @param {Scene} scene */
function drawOver(pen, scene) {
  if (!scene.moving && grainOnScreen(scene) >= LEVEL.titles) drawAllDoubts(pen, scene, visibleArticles(scene));
  if (hasFewInFocus(scene)) drawFocus(pen, scene);
  const middle = centre(scene);
  if (middle >= 0) {
    drawSurroundings(pen, scene);
    const near = new Set(scene.near.map(({ node }) => node));
    if (near.size <= 400) for (const n of near) if (scene.tone[n] === TONE.lit) drawMark(pen, scene, n);
    drawMark(pen, scene, middle);
  }
  drawOthers(pen, scene);
  if (scene.path) drawPath(pen, scene);
  if (scene.selected >= 0) drawRing(pen, scene, scene.selected, 2.5);
  if (scene.hovered >= 0 && scene.hovered !== scene.selected) drawRing(pen, scene, scene.hovered, 1.75);
}
