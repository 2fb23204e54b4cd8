/** The hues of islands: neighbours differ as far as there are enough hues, and a child has its parent's. */

/** @import {Island} from "../data/payload.js" */
import { outermost } from "./ground/circles.js";

/**
 * A hue for each island, from 1 to `hues` - 1, and 0 for those without a subject if others have one. Islands of the same hue
 * are far apart. Each island is compared with up to `reach` others.
 * @param {Island[]} islands
 * @param {number} hues
 * @param {number} [reach]
 * @returns {Uint8Array}
 */
export function huesOf(islands, hues, reach = 300) {
  const chosen = new Uint8Array(islands.length);
  const isPlain = (/** @type {Island} */ { topic, group }) => topic < 0 && !group;
  if (islands.every(isPlain)) return chosen.fill(1);
  const given = [];
  const byWeight = islands.map((_, at) => at).sort((a, b) => weight(islands[b]) - weight(islands[a]) || a - b);
  for (const at of byWeight) {
    const island = islands[at];
    if (isPlain(island) || island.parent >= 0) continue;
    const gaps = new Float64Array(hues).fill(Infinity);
    for (const other of given.slice(-reach)) {
      const far = Math.hypot(island.x - islands[other].x, island.y - islands[other].y) - island.r - islands[other].r;
      gaps[chosen[other]] = Math.min(gaps[chosen[other]], Math.max(far, 0));
    }
    chosen[at] = widest(gaps, given.length);
    given.push(at);
  }
  for (const [at, island] of islands.entries()) {
    if (island.parent >= 0) chosen[at] = chosen[outermost(islands, at)];
  }
  return chosen;
}

/** @param {Float64Array} gaps @param {number} turn @returns {number} the hue whose islands are farthest, in turn */
function widest(gaps, turn) {
  const hues = gaps.length - 1;
  let best = 1 + (turn % hues);
  for (let hue = 1; hue < gaps.length; hue += 1) if (gaps[hue] > gaps[best]) best = hue;
  return best;
}

/** @param {Island} island */
function weight(island) {
  return island.end - island.first;
}
