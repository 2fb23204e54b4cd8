/** Dots written straight into pixels: what makes a hundred thousand of them cheap without a graphics card. */

/** @typedef {{pixels: Uint32Array, width: number, height: number}} Raster  little-endian, transparent where empty */

/**
 * A filled disc with smooth edges. Dots do not overlap, so where two share a pixel the fuller one keeps it.
 * @param {Raster} raster
 * @param {number} x
 * @param {number} y
 * @param {number} radius  in pixels; under half a pixel it grows paler instead of smaller
 * @param {number} colour
 */
export function putDisc({ pixels, width, height }, x, y, radius, colour) {
  const outer = Math.max(radius, 0.5) + 0.5;
  const strength = (colour >>> 24) * (radius < 0.5 ? radius * radius * 4 : 1);
  const full = radius > 0.5 ? (radius - 0.5) * (radius - 0.5) : 0;
  const left = Math.max(0, Math.ceil(x - outer - 0.5));
  const right = Math.min(width - 1, Math.floor(x + outer - 0.5));
  const top = Math.max(0, Math.ceil(y - outer - 0.5));
  const bottom = Math.min(height - 1, Math.floor(y + outer - 0.5));
  const rgb = colour & 0xffffff;
  for (let row = top; row <= bottom; row += 1) {
    const dy = row + 0.5 - y;
    const rest = outer * outer - dy * dy;
    const start = row * width;
    for (let column = left; column <= right; column += 1) {
      const dx = column + 0.5 - x;
      const far = dx * dx;
      if (far >= rest) continue;
      const at = start + column;
      const square = far + dy * dy;
      const alpha = square <= full ? strength : Math.min(1, outer - Math.sqrt(square)) * strength;
      if (pixels[at] >>> 24 < alpha) pixels[at] = ((alpha << 24) | rgb) >>> 0;
    }
  }
}

/**
 * A ring with smooth edges, filled with another colour.
 * @param {Raster} raster
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {number} thick
 * @param {number} colour
 * @param {number} filling  shown as strongly as the colour
 */
export function putRing(raster, x, y, radius, thick, colour, filling) {
  putDisc(raster, x, y, radius, colour);
  const { pixels, width, height } = raster;
  const inner = radius - thick;
  const outer = inner + 0.5;
  if (inner <= 0) return;
  const left = Math.max(0, Math.ceil(x - outer - 0.5));
  const right = Math.min(width - 1, Math.floor(x + outer - 0.5));
  const top = Math.max(0, Math.ceil(y - outer - 0.5));
  const bottom = Math.min(height - 1, Math.floor(y + outer - 0.5));
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) {
      const share = Math.min(1, outer - Math.hypot(column + 0.5 - x, row + 0.5 - y));
      if (share > 0) pixels[row * width + column] = blended(colour, filling, share);
    }
  }
}

/**
 * The pixel `share` of the way from one colour to the other, as opaque as the first.
 * @param {number} from
 * @param {number} to
 * @param {number} share
 * @returns {number}
 */
export function blended(from, to, share) {
  const part = (/** @type {number} */ shift) => {
    const start = (from >>> shift) & 255;
    return (start + (((to >>> shift) & 255) - start) * share) << shift;
  };
  return ((from & 0xff000000) | (part(16) & 0xff0000) | (part(8) & 0xff00) | (part(0) & 0xff)) >>> 0;
}
