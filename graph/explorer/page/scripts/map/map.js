/** The map: one canvas that shows an atlas, follows the pointer, and reports what the reader does. */

/** @import {Atlas} from "../data/atlas.js" */
/** @import {CameraPlace, Inset} from "./camera.js" */
/** @import {Label} from "./labels/label_painter.js" */
/** @import {Column, View} from "../data/payload.js" */
/** @import {Ground, Wanted} from "./ground/ground.js" */
/** @import {Box} from "./labels/label_room.js" */
/** @import {Frame} from "./drawing/picture.js" */
/** @typedef {{frames: number, lastFrameMs: number, firstDrawAt: number, labels: (Box & {text: string, ground: number})[]}} MapStats */
/**
 * @typedef {object} MapEvents
 * @property {(node: number) => void} [onHover]  -1 when nothing is under the pointer any more
 * @property {(node: number) => void} [onSelect]  -1 when the reader clicked on nothing
 * @property {(node: number) => void} [onOpen]  a double click on a node
 * @property {(place: CameraPlace) => boolean} [onCamera]  the camera came to rest at another place; returns whether the reader chose it
 */
import { between, kept, zoomedWithin } from "./camera.js";
import { printColours, readColours } from "./colours.js";
import { circlesIn, firstOf, holding, midst, nearerAt, nodesIn, revealed, turning, wholeOf, zoomsOf } from "./camera_moves.js";
import { Mover, prefersCalm } from "./animation.js";
import { Painter } from "./drawing/painter.js";
import { circleOf, inside, labelAt, nearestOf, pick } from "./picking.js";
import { listen } from "./gestures.js";
import { fitsTime, groundOf, standsAlike } from "./ground/ground.js";
import { NO_PANELS, isTall, laidFlat, stoodUp } from "./ground/upright.js";
import { groundsOf, setMarks, setShown, setTones } from "./scene.js";
import { measureScene, newScene, paintNodes, refreshHues } from "./scene_setup.js";
import { sizesBy } from "./sizes.js";
import { enclose } from "./stories.js";
import { paintPicture, toPng, writePicture } from "./drawing/picture.js";
import { onTheme } from "../theme.js";

/** Milliseconds of camera moves (usual ones, those by a button or key, and by two taps), and after which the camera is at rest. */
const FLIGHT = { usual: 500, brief: 180, tapped: 300, rest: 140 };

export class ArticleMap {
  #canvas;
  #atlas;
  #painter;
  #scene;
  #mover = new Mover();
  #zooms = { least: 0.01, most: 100 };
  #frame = 0;
  #pressed = false;
  #reported = "";
  /** What is to be seen. @type {Wanted} */
  #wanted = { shown: null, articles: 0, faded: false, lanes: null, size: "", label: String, total: () => 0 };
  /** @type {Label[]} */
  #labels = [];
  /** What is called when the reader does something. @type {MapEvents} */
  events = {};
  /** The number of frames, how long the last one took in milliseconds, when the first was drawn, and where labels are. */
  stats = /** @type {MapStats} */ ({ frames: 0, lastFrameMs: 0, firstDrawAt: 0, labels: [] });

  /** @param {HTMLCanvasElement} canvas @param {Atlas} atlas */
  constructor(canvas, atlas) {
    this.#canvas = canvas;
    this.#atlas = atlas;
    this.#painter = new Painter(canvas);
    this.#scene = newScene(atlas, readColours(canvas));
    measureScene(this.#scene, canvas);
    this.#stand();
    this.#listen();
    setTones(this.#scene);
    this.fit({ animate: false });
  }

  /** The view that is shown. @returns {View} */
  get view() {
    return this.#scene.view;
  }

  /** The node that is selected, or -1. */
  get selected() {
    return this.#scene.selected;
  }

  /** What decides what a frame looks like; only the map writes it. @returns {Readonly<import("./scene.js").Scene>} */
  get scene() {
    return this.#scene;
  }

  /** The camera over the map as it lies in a broad window; setting it jumps there. @returns {CameraPlace} */
  get camera() {
    return laidFlat(this.#scene.ground, this.#scene.camera);
  }

  set camera(place) {
    this.#mover.stop();
    this.#settle();
    this.#look(stoodUp(this.#scene.ground, place));
  }

  /** Fit the map to the window: upright in a tall one, or a timeline as high as it. */
  #stand() {
    const scene = this.#scene;
    this.#mover.finish();
    const { camera } = this;
    const held = scene.isOwn && scene.ground.anew ? midst(scene) : null;
    const ground = groundOf(scene, scene.view, this.#wanted);
    Object.assign(scene, { ground, x: ground.x, y: ground.y, isStoryNew: true });
    this.#zooms = zoomsOf(scene);
    this.camera = camera;
    if (held) (this.#look(holding(scene, scene.camera, held)), (scene.held = held.node));
  }

  /** Show another view: all of it, or the selected node. @param {View} view @param {{animate?: boolean}} [options] */
  setView(view, { animate = true } = {}) {
    this.#mover.finish();
    if (this.#scene.view !== view) this.#turn(view, groundOf(this.#scene, view, this.#wanted), animate);
  }

  /** @param {View} view @param {Ground} ground @param {boolean} animate */
  #turn(view, ground, animate) {
    const turn = turning(this.#scene, view, ground);
    this.#zooms = zoomsOf(this.#scene);
    this.#mover.run(animate ? FLIGHT.usual : 0, (t) => {
      turn(t);
      this.#stir();
    });
  }

  /** Show some nodes: with the next frame where they were, as where they go is found out after that. @param {Wanted} wanted
   * @param {{animate?: boolean, onShown?: () => void, onMove?: () => void}} [options]  called after that frame; before the camera moves to fit them */
  show(wanted, { animate = true, onShown, onMove } = {}) {
    this.#mover.supersede();
    this.#wanted = wanted;
    const scene = this.#scene;
    setShown(scene, wanted.shown, wanted.faded);
    scene.size = sizesBy(this.#atlas, wanted.size);
    const arrange = () => {
      onShown?.();
      const ground = groundOf(scene, scene.view, wanted);
      this.redraw();
      if (standsAlike(ground, scene.ground)) scene.ground = ground;
      else (onMove?.(), this.#turn(scene.view, ground, animate));
    };
    if (animate && !prefersCalm()) (this.#stir(), this.#mover.afterFrame(arrange));
    else arrange();
  }

  /** Colour nodes. @param {Uint8Array|null} hues  by node; null for those of islands */
  paint(hues) {
    paintNodes(this.#scene, hues);
    this.redraw();
  }

  /** Do not show these relations. @param {string[]} relations */
  hideRelations(relations) {
    this.#scene.off = new Set(relations);
    this.#retone();
  }

  /** Mark a node with all its links, or none with -1, without calling onSelect. @param {number} node */
  select(node) {
    this.#mark({ selected: node });
  }

  /** Draw a path with numbered steps. @param {number[]|null} nodes */
  showPath(nodes) {
    this.#mark({ path: nodes?.length ? nodes : null });
  }

  /** Fade everything but these nodes. @param {Set<number>|null} nodes */
  setFocus(nodes) {
    this.#mark({ focus: nodes });
  }

  /** Bring nodes into the middle of what the panels leave free. @param {number[]} nodes @param {{animate?: boolean}} [options] */
  flyTo(nodes, { animate = true } = {}) {
    this.#mover.finish();
    const to = nodesIn(this.#scene, nodes);
    if (to) this.#travel(to, animate);
  }

  /** Bring an island or community of this view into sight, all of it. @param {number} at @param {{animate?: boolean}} [options] */
  flyToGround(at, { animate = true } = {}) {
    this.#mover.finish();
    this.#travel(circlesIn(this.#scene, [groundsOf(this.#scene)[at]]), animate);
  }

  /** Move as little as it takes to see a node beside the panels. @param {number} node */
  reveal(node) {
    const to = revealed(this.#scene, node);
    if (to) this.#travel(to, true, FLIGHT.brief);
  }

  /** Show the view as it begins, or all of it. @param {{animate?: boolean, whole?: boolean}} [options] */
  fit({ animate = true, whole = false } = {}) {
    this.#mover.finish();
    this.#zooms = zoomsOf(this.#scene);
    this.#travel(whole ? wholeOf(this.#scene) : firstOf(this.#scene), animate);
  }

  /** Whether the view begins with all of it. */
  get beginsWhole() {
    return firstOf(this.#scene).zoom === wholeOf(this.#scene).zoom;
  }

  /** @param {number} factor */
  zoomBy(factor) {
    const { width, height, inset } = this.#scene;
    this.#mover.finish();
    const [x, y] = [(inset.left + width - inset.right) / 2, (inset.top + height - inset.bottom) / 2];
    this.#travel(zoomedWithin(this.#zooms, this.#scene.camera, this.#scene, factor, x, y), true, FLIGHT.brief);
  }

  /** @param {number} dx @param {number} dy  pixels by which what is seen moves */
  panBy(dx, dy) {
    const { x, y, zoom } = this.#scene.camera;
    this.#look({ x: x - dx / zoom, y: y - dy / zoom, zoom });
  }

  /** The nearest neighbour of a node in a direction, or -1. @param {number} node @param {"left"|"right"|"up"|"down"} direction @returns {number} */
  nearest(node, direction) {
    return nearestOf(this.#scene, node, direction);
  }

  /** Set how many pixels panels cover, and where buttons lie over the map. @param {Partial<Inset>} pixels  the rest is 0 @param {Box[]} [buttons] */
  inset(pixels, buttons = []) {
    const { left } = this.#scene.inset;
    Object.assign(this.#scene, { inset: { ...NO_PANELS, ...pixels }, buttons });
    if (fitsTime(this.#scene, this.#scene.view) && (isTall(this.#scene) || left !== this.#scene.inset.left)) this.#stand();
    this.redraw();
  }

  /** Keep names from being covered by the words of the filters. @param {Box[]} sentence  its parts */
  keepBeside = (sentence) => (Object.assign(this.#scene, { sentence }), this.redraw());

  /** What is seen, in a frame, as a picture or a drawing, and as it is printed. @param {Frame} [frame] */
  toPng = (frame) => toPng(this.#scene, this.#labels, frame);
  /** @param {Frame} [frame] */
  toSvg = (frame) => writePicture(this.#scene, this.#labels, this.#painter.labels, frame);
  /** @param {Frame} frame */
  toPaper = (frame) => paintPicture({ ...this.#scene, colours: printColours(this.#canvas) }, this.#labels, frame);

  /** The nodes that are seen inside a polygon of pixels. @param {[number, number][]} corners @returns {number[]} */
  within = (corners) => inside(this.#scene, corners);

  /** Take in what was added to the atlas's columns. @param {Column[]} [fresh]  the nodes that it is about; all of them if not given */
  refresh(fresh) {
    refreshHues(this.#scene, fresh);
    this.#retone();
  }

  /** Whether it is moving or being moved. */
  get isMoving() {
    return this.#scene.moving || this.#mover.moving;
  }

  /** Draw again with the next frame. */
  redraw() {
    if (!this.#frame) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    this.#frame = 0;
    const begun = performance.now();
    enclose(this.#scene);
    this.#labels = this.#painter.paint(this.#scene);
    const { stats } = this;
    stats.frames += 1;
    stats.lastFrameMs = performance.now() - begun;
    stats.firstDrawAt ||= performance.now();
    stats.labels = this.#labels.map(({ left, top, right, bottom, text, wanted }) => ({ left, top, right, bottom, text, ground: wanted.ground ?? -1 }));
  }

  /** @param {Partial<import("./scene.js").Scene>} part */
  #mark(part) {
    if (setMarks(this.#scene, part)) this.redraw();
  }

  #retone() {
    setTones(this.#scene);
    this.redraw();
  }

  /** @param {CameraPlace} camera */
  #look(camera) {
    Object.assign(this.#scene, { camera: kept(camera, this.#scene.ground.bounds, this.#zooms, this.#scene.inset), held: -1 });
    this.#stir();
  }

  /** @param {CameraPlace} to @param {boolean} animate @param {number} [duration] */
  #travel(to, animate, duration = FLIGHT.usual) {
    const from = this.#scene.camera;
    this.#mover.run(animate ? duration : 0, (t) => this.#look(t === 1 ? to : between(from, to, t)), true);
  }

  /** Something moves: draw coarsely now, and in full when it has stopped. */
  #stir() {
    this.#scene.moving = true;
    if (prefersCalm() && !this.#pressed) this.#settle();
    else this.#mover.afterRest(FLIGHT.rest, () => this.#settle());
    this.redraw();
  }

  #settle() {
    this.#mover.afterRest(0, null);
    this.#scene.moving = false;
    this.redraw();
    const place = JSON.stringify([this.#scene.view, this.#scene.camera]);
    if (place !== this.#reported) this.#scene.isOwn = this.events.onCamera?.(this.camera) ?? false;
    this.#reported = place;
  }

  /** @param {number} node @param {boolean} [byName]  whether its label is pointed at, which then stays in place */
  #hover(node, byName = false) {
    if (node === this.#scene.hovered) return;
    this.#canvas.style.cursor = this.#pressed ? "grabbing" : node >= 0 ? "pointer" : "grab";
    this.events.onHover?.(node);
    this.#mark({ hovered: node, byName });
  }

  /** The node whose label is at a pixel, else whose mark is, unless the name of an island without a node is there. @param {number} px @param {number} py @param {number} reach */
  #at(px, py, reach) {
    const label = labelAt(this.#labels, px, py);
    if (!label || (label.node < 0 && !circleOf(this.#scene, label))) return pick(this.#scene, px, py, reach);
    return label.node;
  }

  /** Select a node, or go to what is tapped by its name. @param {number} px @param {number} py @param {number} reach */
  #tap(px, py, reach) {
    const label = labelAt(this.#labels, px, py);
    const circle = label && label.node < 0 ? circleOf(this.#scene, label) : undefined;
    if (circle) (this.#mover.finish(), this.#travel(circlesIn(this.#scene, [circle]), true));
    else {
      const node = this.#at(px, py, reach);
      this.select(node);
      this.events.onSelect?.(node);
    }
  }

  /** Open a node, go to an island, or zoom in. @param {number} px @param {number} py @param {number} reach */
  #doubleTap(px, py, reach) {
    const node = labelAt(this.#labels, px, py) ? -1 : pick(this.#scene, px, py, reach);
    if (node >= 0) this.events.onOpen?.(node);
    else {
      this.#mover.finish();
      this.#travel(nearerAt(this.#scene, px, py), true, FLIGHT.tapped);
    }
  }

  #listen() {
    listen(this.#canvas, {
      pan: (dx, dy) => {
        this.#mover.stop();
        this.#hover(-1);
        this.panBy(dx, dy);
      },
      zoom: (factor, x, y) => {
        this.#mover.stop();
        this.#hover(-1);
        this.#look(zoomedWithin(this.#zooms, this.#scene.camera, this.#scene, factor, x, y));
      },
      point: (x, y) => {
        if (!this.#mover.moving && !this.#scene.moving) this.#hover(this.#at(x, y, 6), (labelAt(this.#labels, x, y)?.node ?? -1) >= 0);
      },
      leave: () => this.#hover(-1),
      tap: (x, y, reach) => this.#tap(x, y, reach),
      doubleTap: (x, y, reach) => this.#doubleTap(x, y, reach),
      press: (pressed) => {
        this.#pressed = pressed;
        this.#canvas.style.cursor = pressed ? "grabbing" : "grab";
      },
    });
    onTheme(() => {
      this.#scene.colours = readColours(this.#canvas);
      this.#painter.labels.forget();
      this.redraw();
    });
    new ResizeObserver(() => {
      const before = isTall(this.#scene);
      if (measureScene(this.#scene, this.#canvas)) this.#painter.labels.forget();
      if (isTall(this.#scene) || before || fitsTime(this.#scene, this.#scene.view)) this.#stand();
      this.redraw();
    }).observe(this.#canvas);
  }
}
