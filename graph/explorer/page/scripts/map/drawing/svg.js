/** A pen that writes SVG. All text is escaped, and nothing in the file can run or load anything. */

/** @import {Pen} from "./pen.js" */
import { toXml } from "../../data/xml.js";

/** @param {number} value @returns {string} with at most two decimals */
export function short(value) {
  return String(Math.round(value * 100) / 100);
}

/** @implements {Pen} */
export class SvgPen {
  /** @type {string[]} what was drawn, an element each */
  shapes = [];
  /** @type {string|CanvasGradient|CanvasPattern} */
  fillStyle = "#000";
  /** @type {string|CanvasGradient|CanvasPattern} */
  strokeStyle = "#000";
  lineWidth = 1;
  /** @type {CanvasLineCap} */
  lineCap = "butt";
  /** @type {CanvasLineJoin} */
  lineJoin = "miter";
  font = "12px sans-serif";
  /** @type {CanvasTextAlign} */
  textAlign = "start";
  /** @type {CanvasTextBaseline} */
  textBaseline = "alphabetic";
  /** @type {CanvasDirection} */
  direction = "ltr";
  /** @type {string[]} */
  #path = [];
  /** @type {{x: number, y: number, r: number}|null} a circle, as long as the path is nothing else */
  #circle = null;
  /** @type {number[]} */
  #dash = [];
  #outline = { text: "", style: "" };
  #layers = false;

  beginPath() {
    this.#path = [];
    this.#circle = null;
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.#path.push(`M${short(x)} ${short(y)}`);
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.#path.push(`L${short(x)} ${short(y)}`);
  }

  /** @param {number} bowX @param {number} bowY @param {number} x @param {number} y */
  quadraticCurveTo(bowX, bowY, x, y) {
    this.#path.push(`Q${short(bowX)} ${short(bowY)} ${short(x)} ${short(y)}`);
  }

  closePath() {
    this.#path.push("Z");
  }

  /** A whole circle; the map draws no other arcs. @param {number} x @param {number} y @param {number} r */
  arc(x, y, r) {
    this.#circle = { x, y, r };
  }

  /** As on a canvas. @param {number} x @param {number} y @param {number} width @param {number} height @param {number} round */
  roundRect(x, y, width, height, round) {
    const r = Math.min(round, width / 2, height / 2);
    const corner = (/** @type {number} */ across, /** @type {number} */ down) => `a${r} ${r} 0 0 1 ${across} ${down}`;
    const [wide, tall] = [short(width - 2 * r), short(height - 2 * r)];
    this.moveTo(x + r, y);
    this.#path.push(`h${wide}`, corner(r, r), `v${tall}`, corner(-r, r), `h-${wide}`, corner(-r, -r), `v-${tall}`, corner(r, -r), "Z");
  }

  fill() {
    this.#put(`fill="${this.fillStyle}"`);
  }

  stroke() {
    const dash = this.#dash.length ? ` stroke-dasharray="${this.#dash.join(" ")}"` : "";
    const ends = this.lineCap === "butt" ? "" : ` stroke-linecap="${this.lineCap}" stroke-linejoin="${this.lineJoin}"`;
    this.#put(`fill="none" stroke="${this.strokeStyle}" stroke-width="${short(this.lineWidth)}"${dash}${ends}`);
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  fillRect(x, y, width, height) {
    const place = `x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"`;
    this.shapes.push(`<rect ${place} fill="${this.fillStyle}"/>`);
  }

  /** @param {Iterable<number>} dash */
  setLineDash(dash) {
    this.#dash = [...dash];
  }

  /** Begin a group of shapes, in which those that follow are, until the next. @param {string} name */
  layer(name) {
    if (this.#layers) this.shapes.push("</g>");
    if (name) this.shapes.push(`<g id="${toXml(name)}">`);
    this.#layers = name !== "";
  }

  /** @param {string} text @param {number} x @param {number} y */
  fillText(text, x, y) {
    // Letters and their outline are one text, so that both move together when the drawing is edited.
    const { text: outlined, style } = this.#outline;
    this.#outline = { text: "", style: "" };
    this.#write(text, x, y, `fill="${this.fillStyle}"${outlined === `${x} ${y} ${text}` ? style : ""}`);
  }

  /** The line around the text that is written next. @param {string} text @param {number} x @param {number} y */
  strokeText(text, x, y) {
    const style = ` stroke="${this.strokeStyle}" stroke-width="${short(this.lineWidth)}" stroke-linejoin="round" paint-order="stroke"`;
    this.#outline = { text: `${x} ${y} ${text}`, style };
  }

  /** @param {string} style */
  #put(style) {
    const circle = this.#circle;
    if (circle) this.shapes.push(`<circle cx="${short(circle.x)}" cy="${short(circle.y)}" r="${short(circle.r)}" ${style}/>`);
    else if (this.#path.length) this.shapes.push(`<path d="${this.#path.join("")}" ${style}/>`);
  }

  /** @param {string} text @param {number} x @param {number} y @param {string} style */
  #write(text, x, y, style) {
    const [, weight, size] = /^(?:(\d+) )?([\d.]+)px/.exec(this.font) ?? ["", "400", "12"];
    const rtl = this.direction === "rtl";
    const anchor = this.textAlign === "center" ? "middle" : (this.textAlign === "right") === rtl ? "start" : "end";
    // The baseline of letters whose middle is given is about a third of their size below it.
    const base = this.textBaseline === "middle" ? y + Number(size) * 0.35 : y;
    const letters = `font-size="${short(Number(size))}" font-weight="${weight ?? 400}" text-anchor="${anchor}"`;
    const direction = rtl ? ' direction="rtl"' : "";
    this.shapes.push(`<text x="${short(x)}" y="${short(base)}" ${letters}${direction} ${style}>${toXml(text)}</text>`);
  }
}
