/** The map in tiles, and which of them are needed for what is seen. Each level has tiles of half the side. */

/** @import {CameraPlace} from "../map/camera.js" */
/** @import {Tiling, View} from "../data/payload.js" */
/** @typedef {{view: View, level: number, across: number, down: number}} Tile */

/** The most pixels across a tile before finer ones are needed. */
const MOST_ACROSS = 768;
/** How much around what is seen is asked for too, as a share of it. */
const AROUND = 0.12;

/**
 * The finest level that is drawn at a zoom.
 * @param {Tiling} tiles
 * @param {View} view
 * @param {number} zoom  pixels of a world unit
 * @returns {number}
 */
export function levelAt({ deepest, squares }, view, zoom) {
  const side = squares[view][2] * zoom;
  return Math.max(0, Math.min(deepest, Math.ceil(Math.log2(side / MOST_ACROSS))));
}

/** @param {Tile} tile @returns {string} its path on the server */
export function nameOf({ view, level, across, down }) {
  return `tiles/${view}/${level}/${across}/${down}`;
}

/**
 * The tiles that are needed and have not come, the coarser first, of one level those nearest to the middle first; and all
 * tiles in sight that have come.
 * @param {Tiling} tiles
 * @param {View} view
 * @param {{camera: CameraPlace, width: number, height: number}} window
 * @param {(name: string) => boolean|null} deeper  whether there are finer tiles within one; null if it has not come
 * @returns {{wanted: Tile[], seen: string[]}}
 */
export function tilesInSight(tiles, view, { camera, width, height }, deeper) {
  const [left, top, side] = tiles.squares[view];
  const finest = levelAt(tiles, view, camera.zoom);
  const [right, below] = [((0.5 + AROUND) * width) / camera.zoom, ((0.5 + AROUND) * height) / camera.zoom];
  /** @type {Tile[]} */
  const wanted = [];
  /** @type {string[]} */
  const seen = [];
  /** Grows while it is gone through, level by level. @type {Tile[]} */
  const reached = [{ view, level: 0, across: 0, down: 0 }];
  for (const tile of reached) {
    const edge = side / 2 ** tile.level;
    const [x, y] = [left + tile.across * edge - camera.x, top + tile.down * edge - camera.y];
    if (x > right || x + edge < -right || y > below || y + edge < -below) continue;
    const more = deeper(nameOf(tile));
    if (more === null) wanted.push(tile);
    else seen.push(nameOf(tile));
    if (!more || tile.level >= finest) continue;
    for (const [aside, under] of [[0, 0], [1, 0], [0, 1], [1, 1]]) {
      reached.push({ view, level: tile.level + 1, across: 2 * tile.across + aside, down: 2 * tile.down + under });
    }
  }
  const away = (/** @type {Tile} */ { level, across, down }) => {
    const edge = side / 2 ** level;
    return Math.hypot(left + (across + 0.5) * edge - camera.x, top + (down + 0.5) * edge - camera.y);
  };
  wanted.sort((one, other) => one.level - other.level || away(one) - away(other));
  return { wanted, seen };
}
