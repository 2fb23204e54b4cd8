/** The articles, written as pixels by the thousand. */

/** @import {Raster} from "./raster.js" */
/** @import {Scene} from "../scene.js" */
import { mixed, pixel } from "../colours.js";
import { PALER, RING } from "./marks.js";
import { putDisc, putRing } from "./raster.js";
import { ALPHAS, TONE, dotRadius, isDrawn, isInSight, screenX, screenY } from "../scene.js";

/** The most dots that are drawn while one view turns into another. */
const MOST_TURNING = 24000;

/** Write all articles into an empty raster of the whole canvas. @param {Raster} raster @param {Scene} scene */
export function putDots(raster, scene) {
  const { x, y, camera, tone, nodeHue, atlas, size } = scene;
  const { flags } = atlas.columns;
  const { stub, unpublished, inferred } = atlas.flag;
  const drawn = isDrawn(scene);
  const { width, height } = raster;
  const scale = width / scene.width;
  const zoom = camera.zoom * scale;
  const shiftX = width / 2 - camera.x * zoom;
  const shiftY = height / 2 - camera.y * zoom;
  const margin = 24 * scale;
  const { full, pale, paper } = pixels(scene);
  const hues = scene.colours.hues.length;
  // While one view turns into another, only some are drawn: articles that belong together have consecutive numbers.
  const { turning } = scene;
  const step = turning ? Math.ceil(turning.length / MOST_TURNING) : 1;
  const end = turning?.length ?? atlas.articles;
  for (let at = 0; at < end; at += 1) {
    const n = turning ? turning[at] : at;
    if (n >= atlas.articles) break;
    if (step > 1 && at % step > 0 && tone[n] !== TONE.lit) continue;
    const across = x[n] * zoom + shiftX;
    const down = y[n] * zoom + shiftY;
    if (!(across > -margin && across < width + margin && down > -margin && down < height + margin)) continue;
    if (!drawn(n)) continue;
    if (tone[n] === TONE.hidden && !scene.fades) continue;
    const radius = dotRadius(size[n] * camera.zoom) * scale;
    const flag = flags[n];
    const colour = (flag & (unpublished | inferred) ? pale : full)[tone[n] * hues + nodeHue[n]];
    if (flag & stub && radius > RING.from) {
      putRing(raster, across, down, radius, Math.max(RING.least * scale, radius * RING.share), colour, paper);
    } else {
      putDisc(raster, across, down, radius, colour);
    }
  }
}

/** The colours of dots as pixels, by tone and hue. @param {Scene} scene */
function pixels({ colours }) {
  const tones = [TONE.hidden, TONE.faded, TONE.plain, TONE.lit];
  const row = (/** @type {number} */ share) =>
    Uint32Array.from(
      tones.flatMap((tone) =>
        colours.hues.map((hue) => ((pixel(mixed(hue, colours.paper, share)) & 0xffffff) | (Math.round(255 * ALPHAS[tone]) << 24)) >>> 0),
      ),
    );
  return { full: row(0), pale: row(PALER), paper: pixel(colours.paper) };
}

/** The articles whose dots reach into the canvas. @param {Scene} scene @returns {number[]} */
export function visibleArticles(scene) {
  const { atlas } = scene;
  const drawn = isDrawn(scene);
  const found = [];
  for (let n = 0; n < atlas.articles; n += 1) {
    if ((scene.fades || scene.tone[n] !== TONE.hidden) && isInSight(scene, screenX(scene, scene.x[n]), screenY(scene, scene.y[n]), 24) && drawn(n)) found.push(n);
  }
  return found;
}
