/** Which circles a box would lie over: looked up in a grid with about one circle a cell. */

/** @import {Circle} from "../../data/payload.js" */
/** @import {Box} from "./label_room.js" */
import { distanceTo } from "./label_room.js";

/** Circles that may lie in each other. */
export class CircleGrid {
  #circles;
  #cell = 1;
  /** @type {Map<string, number[]>} */
  #cells = new Map();

  /** @param {(Circle & {parent?: number, rank?: number})[]} circles  `parent`: the number of the circle around it, or -1; of a higher `rank` are those in others */
  constructor(circles) {
    this.#circles = circles;
    const seen = circles.filter(({ r }) => r > 0);
    if (seen.length === 0) return;
    this.#cell = Math.max(1e-6, 4 * Math.sqrt(seen.reduce((sum, { r }) => sum + r * r, 0) / seen.length));
    for (const [at, { x, y, r }] of circles.entries()) {
      if (r === 0) continue;
      this.#eachCell({ left: x - r, top: y - r, right: x + r, bottom: y + r }, (key) => {
        const cell = this.#cells.get(key);
        if (cell) cell.push(at);
        else this.#cells.set(key, [at]);
      });
    }
  }

  /**
   * Whether a box lies over no circle but its own, those around that, and small ones. Those of a higher rank do not count.
   * @param {number} own
   * @param {Box} box  in the units of the circles
   * @param {number} small  up to which share of its own radius circles are small
   * @returns {boolean}
   */
  isFree(own, box, small) {
    if (this.#cells.size === 0) return true;
    const around = new Set();
    for (let at = own; at >= 0 && !around.has(at); at = this.#circles[at].parent ?? -1) around.add(at);
    const { r, rank: highest = 0 } = this.#circles[own];
    const least = small * r;
    const isInTheWay = (/** @type {number} */ at) => {
      const { x, y, r: reach, rank = 0 } = this.#circles[at];
      return rank <= highest && !around.has(at) && reach > least && distanceTo(box, x, y) < reach;
    };
    let free = true;
    this.#eachCell(box, (key) => {
      if (free && this.#cells.get(key)?.some(isInTheWay)) free = false;
    });
    return free;
  }

  /** @param {Box} box @param {(key: string) => void} then */
  #eachCell({ left, top, right, bottom }, then) {
    for (let row = Math.floor(top / this.#cell); row <= Math.floor(bottom / this.#cell); row += 1) {
      for (let column = Math.floor(left / this.#cell); column <= Math.floor(right / this.#cell); column += 1) then(`${row} ${column}`);
    }
  }
}
