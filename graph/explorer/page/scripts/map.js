/** The map: one canvas that shows an atlas, follows the pointer, and says what the reader does with it. */

/** @import {Atlas} from "./atlas.js" */
/** @import {View} from "./payload.js" */
/** @typedef {{x: number, y: number, zoom: number}} CameraPlace  the world point in the middle; pixels per world unit */
/** @typedef {{left: number, right: number, top: number, bottom: number}} Inset  pixels covered by panels */
/** @typedef {{left: number, top: number, right: number, bottom: number, text: string}} LabelBox */
/** @typedef {{frames: number, lastFrameMs: number, firstDrawAt: number, labels: LabelBox[]}} MapStats */
/**
 * @typedef {object} MapEvents
 * @property {(node: number) => void} [onHover]  -1 when nothing is under the pointer any more
 * @property {(node: number) => void} [onSelect]  -1 when the reader clicked on nothing
 * @property {(node: number) => void} [onOpen]  a double click or Enter on a node
 * @property {(place: CameraPlace) => void} [onCamera]  the camera came to rest at another place
 */

/** What `createMap` returns. */
export class ArticleMap {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Atlas} atlas
   * @param {MapEvents} events
   */
  constructor(canvas, atlas, events) {
    this.canvas = canvas;
    this.atlas = atlas;
    this.events = events;
    /** @type {View} */
    this.view = "topics";
    this.selected = -1;
    /** @type {MapStats} */
    this.stats = { frames: 0, lastFrameMs: 0, firstDrawAt: 0, labels: [] };
    /** @type {CameraPlace} may be set, then jumps there */
    this.camera = { x: 0, y: 0, zoom: 1 };
  }

  /** @param {View} _view @param {{animate?: boolean}} [_options] */
  setView(_view, _options) {}

  /** @param {Uint8Array|null} _shown  1 for each node that is shown; null shows all */
  setVisible(_shown) {}

  /** Mark a node with all its links; -1 marks none. Does not call onSelect. @param {number} _node */
  select(_node) {}

  /** Draw a path with numbered steps. @param {number[]|null} _nodes */
  showPath(_nodes) {}

  /** Let everything but these nodes fade. @param {Set<number>|null} _nodes */
  setFocus(_nodes) {}

  /** @param {number[]} _nodes @param {{animate?: boolean}} [_options] */
  flyTo(_nodes, _options) {}

  /** Show everything. @param {{animate?: boolean}} [_options] */
  fit(_options) {}

  /** @param {number} _factor */
  zoomBy(_factor) {}

  /** @param {number} _dx @param {number} _dy  pixels */
  panBy(_dx, _dy) {}

  /**
   * The neighbour of `node` that lies nearest in a direction; -1 when there is none.
   * @param {number} _node
   * @param {"left"|"right"|"up"|"down"} _direction
   * @returns {number}
   */
  nearest(_node, _direction) {
    return -1;
  }

  /** @param {Partial<Inset>} _pixels  the rest is 0 */
  inset(_pixels) {}

  /** What is seen, as a picture twice as fine. @returns {Promise<Blob>} */
  async toPng() {
    return new Blob();
  }

  /** What is seen, as real shapes and text. @returns {string} */
  toSvg() {
    return "";
  }

  redraw() {}

  dispose() {}
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Atlas} atlas
 * @param {MapEvents} [events]
 * @returns {ArticleMap}
 */
export function createMap(canvas, atlas, events = {}) {
  return new ArticleMap(canvas, atlas, events);
}
