/** Names on the map: broken into lines, given room, and painted, from a store of pictures of names where that is faster. */

/** @import {Colours, Rgb} from "../colours.js" */
/** @import {Pen} from "../drawing/pen.js" */
/** @import {Scene} from "../scene.js" */
/** @import {Side, Wish} from "./wanted_labels.js" */
/** @typedef {import("./label_room.js").Box & {side: Side, wish: Wish, rows: string[], text: string}} Caption */
import { AXIS } from "../timeline/axis.js";
import { wishes } from "./wanted_labels.js";
import { css } from "../colours.js";
import { visibleArticles } from "../drawing/dots.js";
import { STEP } from "../drawing/edges.js";
import { Room, lines } from "./label_room.js";
import { roundedBox } from "../drawing/pen.js";
import { LEVEL, TONE, grainOnScreen, markRadius, screenX, screenY, standsByItself } from "../scene.js";

const LEADING = 1.22;
const HALO = 4;
const MOST_PICTURES = 700;
/** The first letter is Hebrew, Arabic or of another script that runs from right to left. */
const RIGHT_TO_LEFT = /^\P{L}*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Knows how wide texts are, and keeps the pictures of names that were painted lately. */
export class Lettering {
  /** @type {Map<string, HTMLCanvasElement>} */
  #pictures = new Map();
  /** @type {Map<string, {rows: string[], width: number}>} */
  #broken = new Map();
  #ruler = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));

  /** Forget all pictures: the colours or the pixels have changed. */
  forget() {
    this.#pictures.clear();
    this.#broken.clear();
  }

  /**
   * The names for which there is room, none over another.
   * @param {Scene} scene
   * @returns {Caption[]}
   */
  place(scene) {
    const { width, height, inset, view } = scene;
    const bottom = height - inset.bottom - (view === "timeline" ? AXIS : 0);
    const room = new Room({ left: inset.left + 3, top: inset.top + 3, right: width - inset.right - 3, bottom: bottom - 3 });
    if (!scene.moving && grainOnScreen(scene) >= LEVEL.providers) noteDots(room, scene);
    blockMarks(room, scene);
    /** @type {Caption[]} */
    const placed = [];
    const seen = new Set();
    for (const wish of wishes(scene)) {
      if (wish.node >= 0 && wish.ground === undefined && seen.has(wish.node)) continue;
      if (!hopeful(room, wish)) continue;
      const { rows, width: wide } = this.#break(wish, scene.colours.font);
      const tall = (rows.length * wish.size + (wish.note ? wish.size * 0.8 : 0)) * LEADING;
      const caption = find(room, wish, wide, tall, { left: inset.left, right: width - inset.right, top: inset.top, bottom });
      if (!caption) continue;
      if (wish.node >= 0) seen.add(wish.node);
      placed.push({ ...caption, wish, rows, text: rows.join(" ") });
    }
    return placed;
  }

  /**
   * Paint the names from their pictures.
   * @param {CanvasRenderingContext2D} context
   * @param {Caption[]} captions
   * @param {Scene} scene
   */
  paint(context, captions, { colours, scale }) {
    for (const caption of captions) {
      if (caption.wish.ground === undefined && caption.wish.gap > 0) {
        writeCaption(context, caption, colours);
        continue;
      }
      const picture = this.#picture(caption, colours, scale);
      const left = Math.round((caption.left - HALO) * scale) / scale;
      const top = Math.round((caption.top - HALO) * scale) / scale;
      context.drawImage(picture, left, top, picture.width / scale, picture.height / scale);
    }
  }

  /** @param {Wish} wish @param {string} font */
  #break(wish, font) {
    const key = `${wish.size}|${wish.weight}|${wish.width}|${wish.rows}|${wish.note ?? ""}|${wish.text}`;
    let found = this.#broken.get(key);
    if (!found) {
      this.#ruler.font = `${wish.weight} ${wish.size}px ${font}`;
      const rows = lines(wish.text, wish.width, wish.rows, (text) => this.#ruler.measureText(text).width);
      let width = Math.max(...rows.map((row) => this.#ruler.measureText(row).width));
      this.#ruler.font = `450 ${wish.size * 0.8}px ${font}`;
      width = Math.max(width, wish.note ? this.#ruler.measureText(wish.note).width : 0);
      found = { rows, width };
      if (this.#broken.size > 4000) this.#broken.clear();
      this.#broken.set(key, found);
    }
    return found;
  }

  /** @param {Caption} caption @param {Colours} colours @param {number} scale */
  #picture(caption, colours, scale) {
    const { wish, rows } = caption;
    const key = `${wish.size}|${wish.weight}|${css(wish.colour)}|${wish.pill ?? ""}|${caption.side}|${wish.note ?? ""}|${rows.join("\n")}`;
    let picture = this.#pictures.get(key);
    if (picture) {
      this.#pictures.delete(key);
    } else {
      picture = document.createElement("canvas");
      picture.width = Math.ceil((caption.right - caption.left + 2 * HALO) * scale);
      picture.height = Math.ceil((caption.bottom - caption.top + 2 * HALO) * scale);
      const context = /** @type {CanvasRenderingContext2D} */ (picture.getContext("2d"));
      context.scale(scale, scale);
      writeCaption(context, { ...caption, ...moved(caption, HALO - caption.left, HALO - caption.top) }, colours);
    }
    this.#pictures.set(key, picture);
    if (this.#pictures.size > MOST_PICTURES) {
      const [oldest] = this.#pictures.keys();
      this.#pictures.delete(oldest);
    }
    return picture;
  }
}

/** @param {import("./label_room.js").Box} box @param {number} dx @param {number} dy */
function moved({ left, top, right, bottom }, dx, dy) {
  return { left: left + dx, top: top + dy, right: right + dx, bottom: bottom + dy };
}

/**
 * Write a name where it was given room.
 * @param {Pen} pen
 * @param {Caption} caption
 * @param {Colours} colours
 */
export function writeCaption(pen, { left, top, right, bottom, side, wish, rows }, colours) {
  if (wish.pill) {
    roundedBox(pen, left, top, right - left, bottom - top, 7);
    pen.fillStyle = css(colours.paper, 0.96);
    pen.fill();
    pen.strokeStyle = css(colours.soft, 0.5);
    pen.lineWidth = 1;
    pen.stroke();
  }
  const margin = wish.pill ? PILL.down : 0;
  // Beside its node a name begins or ends at the node; elsewhere it has the node in its middle.
  const align = wish.pill || (side !== "left" && side !== "right") ? "center" : side === "right" ? "left" : "right";
  const middle = align === "center" ? (left + right) / 2 : align === "left" ? left : right;
  pen.textAlign = align;
  pen.textBaseline = "middle";
  const write = (/** @type {string} */ text, /** @type {number} */ y, /** @type {string} */ font, /** @type {Rgb} */ colour) => {
    pen.font = font;
    pen.direction = RIGHT_TO_LEFT.test(text) ? "rtl" : "ltr";
    if (!wish.pill) {
      pen.lineJoin = "round";
      pen.lineWidth = HALO - 0.5;
      pen.strokeStyle = css(colours.paper, 0.88);
      pen.strokeText(text, middle, y);
    }
    pen.fillStyle = css(colour);
    pen.fillText(text, middle, y);
  };
  rows.forEach((row, at) => {
    const y = top + margin + (at + 0.5) * wish.size * LEADING;
    write(row, y, `${wish.weight} ${wish.size}px ${colours.font}`, wish.colour);
  });
  if (wish.note) {
    const y = top + margin + (rows.length * wish.size + wish.size * 0.4) * LEADING;
    write(wish.note, y, `450 ${wish.size * 0.8}px ${colours.font}`, colours.soft);
  }
}

/** No name lies over what is selected, pointed at, or a step of the path. @param {Room} room @param {Scene} scene */
function blockMarks(room, scene) {
  const { selected, path } = scene;
  const hovered = scene.byName ? -1 : scene.hovered; // the name of what is pointed at by it may stand on it
  for (const n of [...(path ?? []), selected, hovered]) {
    if (n < 0) continue;
    const [x, y] = [screenX(scene, scene.x[n]), screenY(scene, scene.y[n])];
    const r = path?.includes(n) ? STEP : markRadius(scene, n) + 3;
    if (!Number.isNaN(x + y)) room.block({ left: x - r, top: y - r, right: x + r, bottom: y + r });
  }
}

/** @param {Room} room @param {Scene} scene */
function noteDots(room, scene) {
  const { atlas, tone, x, y } = scene;
  for (const n of visibleArticles(scene)) {
    if (tone[n] >= TONE.plain) room.addDot(screenX(scene, x[n]), screenY(scene, y[n]), markRadius(scene, n));
  }
  for (let n = atlas.articles; n < atlas.count; n += 1) {
    if (standsByItself(scene, n)) room.addDot(screenX(scene, x[n]), screenY(scene, y[n]), markRadius(scene, n));
  }
}

/** Whether there may be room, judged by half of the likely size: measuring text is dear. @param {Room} room @param {Wish} wish */
function hopeful(room, wish) {
  if (wish.spare === undefined) return true;
  const wide = Math.min(wish.width, wish.text.length * wish.size * 0.5) * 0.7;
  return wish.sides.some((side) => room.free(boxAt(wish, side, wide, wish.size), wish.spare));
}

const PILL = { across: 10, down: 6 };

/**
 * @param {Room} room
 * @param {Wish} wish
 * @param {number} wide
 * @param {number} tall
 * @param {import("./label_room.js").Box} limits
 * @returns {(import("./label_room.js").Box & {side: Side})|null}
 */
function find(room, wish, wide, tall, limits) {
  const [across, down] = wish.pill ? [wide + 2 * PILL.across, tall + 2 * PILL.down] : [wide, tall];
  let forced = null;
  for (const side of wish.sides) {
    const box = boxAt(wish, side, across, down);
    if (room.take(box, wish.spare)) return { ...box, side };
    forced ??= box;
  }
  if (!wish.pill || !forced) return null;
  const dx = Math.max(limits.left + 4 - forced.left, 0) || Math.min(limits.right - 4 - forced.right, 0);
  const dy = Math.max(limits.top + 4 - forced.top, 0) || Math.min(limits.bottom - 4 - forced.bottom, 0);
  const box = moved(forced, dx, dy);
  return room.take(box) ? { ...box, side: "above" } : null;
}

/** @param {Wish} wish @param {Side} side @param {number} wide @param {number} tall @returns {import("./label_room.js").Box} */
function boxAt({ x, y, gap }, side, wide, tall) {
  const left = side === "right" ? x + gap : side === "left" ? x - gap - wide : x - wide / 2;
  const over = side === "above" ? y - gap - tall : side === "below" ? y + gap : y - tall / 2;
  const top = gap === 0 && side === "above" ? y - tall * 1.1 : gap === 0 && side === "below" ? y + tall * 0.1 : over;
  return { left, top, right: left + wide, bottom: top + tall };
}
