/** How large articles are by a number: their areas grow with it, and what is not known is small. */

/** @import {Atlas} from "../data/atlas.js" */

/** Radii in world units, and the share of articles that are as large as possible. */
const RADIUS = { unknown: 0.6, least: 0.75, most: 1.9 };
const LARGEST = 0.01;

/**
 * @param {Atlas} atlas
 * @param {string} name  of a column; empty for the number of links, by which the header's sizes are
 * @returns {Float32Array} the radius of each node
 */
export function sizesBy(atlas, name) {
  const plain = /** @type {Float32Array} */ (atlas.columns.size);
  const column = atlas.columns[name];
  if (name === "" || name === "size" || !column) return plain;
  const { nothing } = atlas.header.tables;
  const known = Float64Array.from(column.subarray(0, atlas.articles)).filter((value) => value !== nothing).sort();
  if (known.length === 0) return plain;
  const [least, most] = [known[0], known[Math.floor((1 - LARGEST) * (known.length - 1))]];
  const sizes = plain.slice();
  for (let n = 0; n < atlas.articles; n += 1) {
    const share = most > least ? Math.min(1, Math.max(0, (column[n] - least) / (most - least))) : 1;
    sizes[n] = column[n] === nothing ? RADIUS.unknown : Math.sqrt(RADIUS.least ** 2 + share * (RADIUS.most ** 2 - RADIUS.least ** 2));
  }
  return sizes;
}
