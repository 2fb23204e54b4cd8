/** A relation as rows: the nodes that each node leads to, one row after the other; and the same reversed. */

/** @import {Column} from "./payload.js" */
/** @typedef {{first: number, start: Column, to: Column}} Rows  the row of n is to[start[n - first]] up to to[start[n - first + 1]] */

export const NO_NODES = new Uint32Array(0);

/** @param {Rows} rows @param {number} n @returns {Column} */
export function row({ first, start, to }, n) {
  const at = n - first;
  return at < 0 || at + 1 >= start.length ? NO_NODES : to.subarray(start[at], start[at + 1]);
}

/** @param {Rows} rows @param {number} count @returns {Rows} the same relation, pointing back */
export function reversed(rows, count) {
  const start = new Uint32Array(count + 1);
  for (let at = 0; at < rows.to.length; at += 1) start[rows.to[at] + 1] += 1;
  for (let n = 0; n < count; n += 1) start[n + 1] += start[n];
  const next = start.slice(0, count);
  const to = new Uint32Array(rows.to.length);
  for (let from = 0; from + 1 < rows.start.length; from += 1) {
    for (let at = rows.start[from]; at < rows.start[from + 1]; at += 1) {
      const target = rows.to[at];
      to[next[target]] = rows.first + from;
      next[target] += 1;
    }
  }
  return { first: 0, start, to };
}
