/** At which zoom each topic, provider or person gets a mark: the largest first, and none that would leave no room for the name of another. */

/** @import {Ground} from "./ground/ground.js" */
/** @import {Scene} from "./scene.js" */

/** The most marks when zoomed out; more would look like chains of beads. */
const MARKS_AT_FIRST = 24;
/** With which power of the zoom their number grows: there is room for the square, and names need some of it. */
const MORE_WHEN_NEAR = 1.5;
/** How near two marks may be in neither direction, in pixels: a name needs more room across than down. */
const MARKS_APART = { across: 60, down: 22 };
/** The factor between two zooms at which further marks find room. */
const STEP_OF_MARKS = 1.25;

/** What was found out for a ground: the zoom from which on each node stands, and the zoom that comes next.
 * @typedef {{shown: Uint8Array|null, wholeZoom: number, from: Float32Array, next: number}} Standing */
/** @type {WeakMap<Ground, Standing>} */
const standings = new WeakMap();

/** Forget where marks stand, as more places are known now. @param {Ground} ground */
export function forgetStanding(ground) {
  standings.delete(ground);
}

/** Whether a topic, provider or person has room for a mark at this zoom. @param {Scene} scene @param {number} n @returns {boolean} */
export function hasRoom(scene, n) {
  const { ground, shown, wholeZoom, camera, atlas } = scene;
  let standing = standings.get(ground);
  if (standing?.shown !== shown || standing.wholeZoom !== wholeZoom) {
    standing = { shown, wholeZoom, from: new Float32Array(atlas.count - atlas.articles).fill(Infinity), next: wholeZoom };
    standings.set(ground, standing);
  }
  for (; standing.next > 0 && standing.next <= Math.max(camera.zoom, wholeZoom) * 1.0001; standing.next *= STEP_OF_MARKS) letStand(scene, standing);
  return standing.from[n - atlas.articles] <= Math.max(camera.zoom, wholeZoom) * 1.0001;
}

/** Find room for further marks at the next zoom. @param {Scene} scene @param {Standing} standing */
function letStand({ atlas, ground: { x, y }, view, shown, headsIsland, rank }, { from, next, wholeZoom }) {
  const { articles, count } = atlas;
  const most = MARKS_AT_FIRST * (next / wholeZoom) ** MORE_WHEN_NEAR;
  const [wide, high] = [MARKS_APART.across / next, MARKS_APART.down / next];
  /** @type {Map<string, number[]>} */
  const cells = new Map();
  const keyOf = (/** @type {number} */ across, /** @type {number} */ down) => `${across} ${down}`;
  const placeOf = (/** @type {number} */ n) => [Math.floor(x[n] / wide), Math.floor(y[n] / high)];
  const stand = (/** @type {number} */ n) => {
    const [across, down] = placeOf(n);
    const key = keyOf(across, down);
    cells.set(key, [...(cells.get(key) ?? []), n]);
  };
  const isFree = (/** @type {number} */ n) => {
    const [across, down] = placeOf(n);
    for (let at = 0; at < 9; at += 1) {
      const near = cells.get(keyOf(across - 1 + (at % 3), down - 1 + Math.floor(at / 3)));
      if (near?.some((other) => Math.abs(x[n] - x[other]) < wide && Math.abs(y[n] - y[other]) < high)) return false;
    }
    return true;
  };
  /** @type {number[]} */
  const waiting = [];
  for (let n = articles; n < count; n += 1) {
    if (from[n - articles] < Infinity) stand(n);
    else if (rank[n] < most && !(shown && !shown[n]) && !(view === "topics" && headsIsland[n]) && !Number.isNaN(x[n] + y[n])) waiting.push(n);
  }
  waiting.sort((one, other) => rank[one] - rank[other]);
  for (const n of waiting) {
    if (!isFree(n)) continue;
    from[n - articles] = next;
    stand(n);
  }
}
