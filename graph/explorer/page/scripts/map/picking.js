/** What lies under a pixel. All nodes are looked at: at a hundred thousand that takes less than a millisecond. */

/** @import {Scene} from "./scene.js" */
import { TONE, isDrawn, markRadius, screenX, screenY, standsByItself } from "./scene.js";

/**
 * The node at a pixel, or -1: the nearest whose mark is at most `reach` pixels away.
 * @param {Scene} scene
 * @param {number} px
 * @param {number} py
 * @param {number} reach
 * @returns {number}
 */
export function pick(scene, px, py, reach) {
  const { atlas, x, y, camera, width, height, tone } = scene;
  const far = (reach + 26) / camera.zoom;
  const worldX = (px - width / 2) / camera.zoom + camera.x;
  const worldY = (py - height / 2) / camera.zoom + camera.y;
  const drawn = isDrawn(scene);
  let best = -1;
  let least = reach;
  for (let n = 0; n < atlas.count; n += 1) {
    if (!(Math.abs(x[n] - worldX) < far && Math.abs(y[n] - worldY) < far) || tone[n] === TONE.hidden) continue;
    if (n < atlas.articles ? !drawn(n) : !standsByItself(scene, n)) continue;
    const gap = Math.hypot(screenX(scene, x[n]) - px, screenY(scene, y[n]) - py) - markRadius(scene, n);
    // What has a shape of its own lies over the dots, and is meant where both are hit.
    const handicap = n >= atlas.articles && gap <= 0 ? gap - 30 : gap;
    if (handicap < least) {
      least = handicap;
      best = n;
    }
  }
  return best;
}

/**
 * The island or community at a pixel, the innermost; -1 where there is only open sea.
 * @param {Scene} scene
 * @param {number} px
 * @param {number} py
 * @returns {number}
 */
export function pickGround(scene, px, py) {
  const { islands, communities } = scene.atlas.header;
  /** @type {{x: number, y: number, r: number}[]} */
  const grounds = scene.view === "topics" ? islands : scene.view === "network" ? communities : [];
  let best = -1;
  for (const [at, { x, y, r }] of grounds.entries()) {
    const gap = Math.hypot(screenX(scene, x) - px, screenY(scene, y) - py) - r * scene.camera.zoom;
    if (gap <= 0 && (best < 0 || r < grounds[best].r)) best = at;
  }
  return best;
}
