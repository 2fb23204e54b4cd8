/** Labels on the map: broken into lines, given room, and painted, from stored pictures where that is faster. */

/** @import {Colours, Rgb} from "../colours.js" */
/** @import {Pen} from "../drawing/pen.js" */
/** @import {Scene} from "../scene.js" */
/** @import {Side, WantedLabel} from "./wanted_labels.js" */
/** @typedef {import("./label_room.js").Box & {side: Side, wanted: WantedLabel, rows: string[], text: string}} Label */
import { AXIS } from "../camera.js";
import { wantedLabels } from "./wanted_labels.js";
import { css } from "../colours.js";
import { visibleArticles } from "../drawing/dots.js";
import { STEP } from "../drawing/edges.js";
import { GroundNames } from "./ground_names.js";
import { Room, boxAt, lines, spaced } from "./label_room.js";
import { fillWith, strokeWith } from "../drawing/pen.js";
import { LEVEL, TONE, grainOnScreen, hasFewInFocus, markAt, standsByItself } from "../scene.js";

const LEADING = 1.22;
const HALO = 4;
const MOST_PICTURES = 700;
/** The width in pixels beyond which even a name is cut, and how much wider what is cut is tried. */
const WIDEST = 320;
const WIDER = 1.2;
/** Matches a text whose first letter is of a script that runs from right to left. */
const RIGHT_TO_LEFT = /^\P{L}*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Knows how wide texts are, and keeps pictures of the labels that were painted last. */
export class LabelPainter {
  /** @type {Map<string, HTMLCanvasElement>} */
  #pictures = new Map();
  /** @type {Map<string, {rows: string[], width: number}>} */
  #broken = new Map();
  #grounds = new GroundNames();
  /** On which side of each story its name stands, so that it stays there. @type {Map<number, Side>} */
  #sides = new Map();
  /** @type {import("../ground/ground.js").Ground|null} */
  #ground = null;
  #ruler = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));

  /** Forget all pictures, as the colours or the resolution have changed. */
  forget() {
    this.#pictures.clear();
    this.#broken.clear();
    this.#grounds.forget();
  }

  /** The labels for which there is room, without overlaps. @param {Scene} scene @returns {Label[]} */
  place(scene) {
    const { width, height, inset, view } = scene;
    const bottom = height - inset.bottom - (view === "timeline" ? AXIS : 0);
    const room = new Room({ left: inset.left + 3, top: inset.top + 3, right: width - inset.right - 3, bottom: bottom - 3 });
    if (!scene.moving && (scene.few || grainOnScreen(scene) >= LEVEL.providers || hasFewInFocus(scene))) noteDots(room, scene);
    blockMarks(room, scene);
    for (const box of [...scene.buttons, ...scene.sentence]) room.block(box);
    /** @type {Label[]} */
    const placed = [];
    const seen = new Set();
    const measure = (/** @type {WantedLabel} */ wanted) => this.#measure(wanted, scene.colours.font);
    if (scene.ground !== this.#ground) this.#sides.clear();
    this.#ground = scene.ground;
    for (const one of wantedLabels(scene, this.#grounds.wanted(scene, measure), measure)) {
      const side = this.#sides.get(one.story ?? -1);
      // Placed labels stay, even if growing dots get under them.
      const wanted = side ? { ...one, sides: [side], spare: undefined } : one;
      if (wanted.node >= 0 && wanted.ground === undefined && seen.has(wanted.node)) continue;
      if (!mayFit(room, wanted)) continue;
      const { rows } = this.#break(wanted, scene.colours.font);
      const [wide, tall] = measure(wanted);
      const label = find(room, wanted, wide, tall, { left: inset.left, right: width - inset.right, top: inset.top, bottom });
      if (!label) continue;
      if (wanted.node >= 0) seen.add(wanted.node);
      if (wanted.story !== undefined) this.#sides.set(wanted.story, label.side);
      placed.push({ ...label, wanted, rows, text: rows.join(" ") });
    }
    return placed;
  }

  /**
   * Paint the labels, from their pictures where they have one.
   * @param {CanvasRenderingContext2D} context
   * @param {Label[]} labels
   * @param {Scene} scene
   */
  paint(context, labels, { colours, scale }) {
    for (const label of labels) {
      if (label.wanted.ground === undefined && label.wanted.gap > 0) {
        writeLabel(context, label, colours);
        continue;
      }
      const picture = this.#picture(label, colours, scale);
      const left = Math.round((label.left - HALO) * scale) / scale;
      const top = Math.round((label.top - HALO) * scale) / scale;
      context.drawImage(picture, left, top, picture.width / scale, picture.height / scale);
    }
  }

  /** @param {WantedLabel} wanted @param {string} font @returns {[number, number]} how wide and how high it is, in pixels */
  #measure(wanted, font) {
    const { rows, width } = this.#break(wanted, font);
    return [width, (rows.length * wanted.size + (wanted.note ? wanted.size * 0.8 : 0)) * LEADING];
  }

  /** @param {WantedLabel} wanted @param {string} font */
  #break(wanted, font) {
    const key = `${wanted.size}|${wanted.weight}|${wanted.width}|${wanted.rows}|${wanted.note ?? ""}|${wanted.text}`;
    let found = this.#broken.get(key);
    if (!found) {
      this.#ruler.font = `${wanted.weight} ${wanted.size}px ${font}`;
      const rows = broken(wanted, (text) => this.#ruler.measureText(text).width);
      let width = Math.max(...rows.map((row) => this.#ruler.measureText(row).width));
      this.#ruler.font = `450 ${wanted.size * 0.8}px ${font}`;
      width = Math.max(width, wanted.note ? this.#ruler.measureText(wanted.note).width : 0);
      found = { rows, width };
      if (this.#broken.size > 20000) this.#broken.clear();
      this.#broken.set(key, found);
    }
    return found;
  }

  /** @param {Label} label @param {Colours} colours @param {number} scale */
  #picture(label, colours, scale) {
    const { wanted, rows } = label;
    const key = `${wanted.size}|${wanted.weight}|${css(wanted.colour)}|${wanted.pill ?? ""}|${label.side}|${wanted.note ?? ""}|${rows.join("\n")}`;
    let picture = this.#pictures.get(key);
    if (picture) {
      this.#pictures.delete(key);
    } else {
      picture = document.createElement("canvas");
      picture.width = Math.ceil((label.right - label.left + 2 * HALO) * scale);
      picture.height = Math.ceil((label.bottom - label.top + 2 * HALO) * scale);
      const context = /** @type {CanvasRenderingContext2D} */ (picture.getContext("2d"));
      context.scale(scale, scale);
      writeLabel(context, { ...label, ...moved(label, HALO - label.left, HALO - label.top) }, colours);
    }
    this.#pictures.set(key, picture);
    if (this.#pictures.size > MOST_PICTURES) {
      const [oldest] = this.#pictures.keys();
      this.#pictures.delete(oldest);
    }
    return picture;
  }
}

/** The rows of a label. The name of an island, a community or a story is widened and never cut; others are widened if no word is cut then.
 * @param {WantedLabel} wanted @param {(text: string) => number} measure */
function broken({ text, width, rows, ground = undefined, story = ground }, measure) {
  const inWidth = (/** @type {number} */ wide) => lines(text, wide, rows, measure);
  const first = inWidth(width);
  if (story === undefined) {
    if (!hasCutWord(first, text)) return first;
    return [WIDER * width, WIDER ** 2 * width].map(inWidth).find((some) => !hasCutWord(some, text)) ?? first;
  }
  let [wide, found] = [width, first];
  while (wide <= Math.max(WIDEST, 1.25 * width) && found.join(" ").length < text.length) found = inWidth((wide *= WIDER));
  return found;
}

/** Whether a row is only the beginning of a word. @param {string[]} rows @param {string} text */
function hasCutWord(rows, text) {
  return rows.some((row) => row.endsWith("…") && !row.includes(" ") && !text.split(" ").some((word) => word.replace(/[.…,:;–-]+$/, "") === row.slice(0, -1)));
}

/** @param {import("./label_room.js").Box} box @param {number} dx @param {number} dy */
function moved({ left, top, right, bottom }, dx, dy) {
  return { left: left + dx, top: top + dy, right: right + dx, bottom: bottom + dy };
}

/** Write a label in its place. @param {Pen} pen @param {Label} label @param {Colours} colours */
export function writeLabel(pen, { left, top, right, bottom, side, wanted, rows }, colours) {
  if (wanted.pill) {
    pen.beginPath();
    pen.roundRect(left, top, right - left, bottom - top, 7);
    fillWith(pen, css(colours.paper, 0.96));
    strokeWith(pen, css(colours.soft, 0.5), 1);
  }
  const margin = wanted.pill ? PILL.down : 0;
  // A label beside its node begins or ends at the node; others are centred.
  const align = wanted.pill || (side !== "left" && side !== "right") ? "center" : side === "right" ? "left" : "right";
  const middle = align === "center" ? (left + right) / 2 : align === "left" ? left : right;
  pen.textAlign = align;
  pen.textBaseline = "middle";
  const write = (/** @type {string} */ text, /** @type {number} */ y, /** @type {string} */ font, /** @type {Rgb} */ colour) => {
    pen.font = font;
    pen.direction = RIGHT_TO_LEFT.test(text) ? "rtl" : "ltr";
    if (!wanted.pill) {
      pen.lineJoin = "round";
      pen.lineWidth = HALO - 0.5;
      pen.strokeStyle = css(colours.paper, 0.88);
      pen.strokeText(text, middle, y);
    }
    pen.fillStyle = css(colour);
    pen.fillText(text, middle, y);
  };
  rows.forEach((row, at) => {
    const y = top + margin + (at + 0.5) * wanted.size * LEADING;
    write(row, y, `${wanted.weight} ${wanted.size}px ${colours.font}`, wanted.colour);
  });
  if (wanted.note) {
    const y = top + margin + (rows.length * wanted.size + wanted.size * 0.4) * LEADING;
    write(wanted.note, y, `450 ${wanted.size * 0.8}px ${colours.font}`, colours.soft);
  }
}

/** Keep labels off what is selected, pointed at, or a step of the path. @param {Room} room @param {Scene} scene */
function blockMarks(room, scene) {
  const { selected, path } = scene;
  const hovered = scene.byName ? -1 : scene.hovered; // a label that is pointed at may cover its node
  for (const n of [...(path ?? []), selected, hovered]) {
    if (n < 0) continue;
    const [x, y, radius] = markAt(scene, n);
    const r = path?.includes(n) ? STEP : radius + 3;
    if (!Number.isNaN(x + y)) room.block({ left: x - r, top: y - r, right: x + r, bottom: y + r });
  }
}

/** @param {Room} room @param {Scene} scene */
function noteDots(room, scene) {
  const { atlas, tone } = scene;
  for (const n of visibleArticles(scene)) {
    if (tone[n] >= TONE.plain) room.addDot(...markAt(scene, n));
  }
  for (let n = atlas.articles; n < atlas.count; n += 1) {
    // A name over the mark of something else would be taken for the name of that.
    if (standsByItself(scene, n)) room.addDot(...markAt(scene, n), Infinity);
  }
}

/** Whether there may be room, judged by about half of the likely size, as measuring text is slow. @param {Room} room @param {WantedLabel} wanted */
function mayFit(room, wanted) {
  if (wanted.spare === undefined) return true;
  const wide = Math.min(wanted.width, wanted.text.length * wanted.size * 0.5) * 0.7;
  return wanted.sides.some((side) => room.free(boxAt(wanted, side, wide, wanted.size), wanted.spare));
}

const PILL = { across: 10, down: 6 };

/**
 * @param {Room} room
 * @param {WantedLabel} wanted
 * @param {number} wide
 * @param {number} tall
 * @param {import("./label_room.js").Box} limits
 * @returns {(import("./label_room.js").Box & {side: Side})|null}
 */
function find(room, wanted, wide, tall, limits) {
  const [across, down] = wanted.pill ? [wide + 2 * PILL.across, tall + 2 * PILL.down] : [wide, tall];
  const tried = wanted.sides.map((side) => ({ ...boxAt(wanted, side, across, down), side }));
  // Dots are covered only if there is no side without any.
  for (const spare of wanted.spare ? [0, wanted.spare] : [wanted.spare]) {
    const found = tried.find((box) => room.take(spaced(box), spare));
    if (found) return found;
  }
  if (!wanted.pill) return null;
  const [forced] = tried;
  const dx = Math.max(limits.left + 4 - forced.left, 0) || Math.min(limits.right - 4 - forced.right, 0);
  const dy = Math.max(limits.top + 4 - forced.top, 0) || Math.min(limits.bottom - 4 - forced.bottom, 0);
  const box = moved(forced, dx, dy);
  return room.take(box) ? { ...box, side: "above" } : null;
}
