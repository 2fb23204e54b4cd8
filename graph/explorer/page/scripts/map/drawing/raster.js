/** Dots and lines written straight into pixels, which is fast for 100,000 of them without a graphics card. */

/** @typedef {{pixels: Uint32Array, width: number, height: number}} Raster  little-endian, transparent where empty */

/**
 * A filled disc with smooth edges. Dots do not overlap; the fuller of two keeps a pixel that they share.
 * @param {Raster} raster
 * @param {number} x
 * @param {number} y
 * @param {number} radius  in pixels; below half a pixel it becomes paler instead of smaller
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
 * A line one pixel wide, its edges smooth: each step along it is shared by the two pixels beside it (Wu, 1991).
 * @param {Raster} raster
 * @param {number} startX
 * @param {number} startY
 * @param {number} endX
 * @param {number} endY
 * @param {number} colour
 */
export function putLine(raster, startX, startY, endX, endY, colour) {
  if (Math.abs(endX - startX) >= Math.abs(endY - startY)) {
    const level = { length: raster.width, breadth: raster.height, stride: 1, aside: raster.width };
    putSteps(raster.pixels, level, startX, startY, endX, endY, colour);
  } else {
    const steep = { length: raster.height, breadth: raster.width, stride: raster.width, aside: 1 };
    putSteps(raster.pixels, steep, startY, startX, endY, endX, colour);
  }
}

/**
 * The steps of a line along its longer axis.
 * @param {Uint32Array} pixels
 * @param {{length: number, breadth: number, stride: number, aside: number}} axes  of the raster: its length along the
 *   longer axis of the line and its breadth across it, and how far the next pixel is along and across
 * @param {number} start  along the longer axis
 * @param {number} across  on the other axis, where it starts
 * @param {number} end
 * @param {number} acrossEnd
 * @param {number} colour
 */
function putSteps(pixels, { length, breadth, stride, aside }, start, across, end, acrossEnd, colour) {
  const slope = end === start ? 0 : (acrossEnd - across) / (end - start);
  let low = Math.min(start, end);
  let high = Math.max(start, end);
  if (slope !== 0) {
    const one = start + (-1 - across) / slope;
    const other = start + (breadth + 1 - across) / slope;
    low = Math.max(low, Math.min(one, other));
    high = Math.min(high, Math.max(one, other));
  }
  const rgb = colour & 0xffffff;
  const strength = colour >>> 24;
  const last = Math.min(length - 1, Math.floor(high - 0.5));
  for (let step = Math.max(0, Math.ceil(low - 0.5)); step <= last; step += 1) {
    const place = across + (step + 0.5 - start) * slope - 0.5;
    const near = Math.floor(place);
    const far = strength * (place - near);
    const at = step * stride + near * aside;
    if (near >= 0 && near < breadth && pixels[at] >>> 24 < strength - far) {
      pixels[at] = (((strength - far) << 24) | rgb) >>> 0;
    }
    if (near >= -1 && near < breadth - 1 && pixels[at + aside] >>> 24 < far) pixels[at + aside] = ((far << 24) | rgb) >>> 0;
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
