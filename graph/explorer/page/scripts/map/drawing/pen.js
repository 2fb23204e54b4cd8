/** What layers draw with: the part of a canvas context that SVG has too. */

/**
 * @typedef {Pick<CanvasRenderingContext2D, "beginPath"|"moveTo"|"lineTo"|"quadraticCurveTo"|"closePath"|"arc"|"roundRect"|"fill"|
 *   "stroke"|"fillRect"|"setLineDash"|"fillText"|"strokeText"> & {
 *   fillStyle: string|CanvasGradient|CanvasPattern, strokeStyle: string|CanvasGradient|CanvasPattern,
 *   lineWidth: number, lineCap: CanvasLineCap, lineJoin: CanvasLineJoin, font: string, textAlign: CanvasTextAlign,
 *   textBaseline: CanvasTextBaseline, direction: CanvasDirection, layer?: (name: string) => void}} Pen  layer: begin a named group
 */

/** Begin a circle. @param {Pen} pen @param {number} x @param {number} y @param {number} r */
export function beginCircle(pen, x, y, r) {
  pen.beginPath();
  pen.arc(x, y, r, 0, 2 * Math.PI);
}

/** @param {Pen} pen @param {string} style */
export function fillWith(pen, style) {
  pen.fillStyle = style;
  pen.fill();
}

/** @param {Pen} pen @param {string} style @param {number} width @param {number[]} [dash] */
export function strokeWith(pen, style, width, dash = []) {
  pen.strokeStyle = style;
  pen.lineWidth = width;
  if (dash.length) pen.setLineDash(dash);
  pen.stroke();
  if (dash.length) pen.setLineDash([]);
}
