/** Where the nodes of a small graph are: by springs, the first in the middle, the same each time. */

const STEPS = 240;
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/**
 * Place nodes after T. Fruchterman and E. Reingold (1991), Graph Drawing by Force-directed Placement. Takes time that
 * grows with the square of the nodes.
 * @param {number} count
 * @param {[number, number][]} links
 * @returns {[number, number][]} x and y of each, from -1 to 1
 */
export function spread(count, links) {
  const x = Array.from({ length: count }, (_, node) => Math.sqrt(node) * Math.cos(node * GOLDEN));
  const y = Array.from({ length: count }, (_, node) => Math.sqrt(node) * Math.sin(node * GOLDEN));
  for (let step = 0; step < STEPS; step += 1) {
    const heat = 0.3 * (1 - step / STEPS);
    const dx = new Array(count).fill(0);
    const dy = new Array(count).fill(0);
    const push = (/** @type {number} */ a, /** @type {number} */ b, /** @type {(distance: number) => number} */ force) => {
      const [ax, ay] = [x[a] - x[b], y[a] - y[b]];
      const distance = Math.max(0.01, Math.hypot(ax, ay));
      const share = force(distance) / distance;
      dx[a] += ax * share;
      dy[a] += ay * share;
      dx[b] -= ax * share;
      dy[b] -= ay * share;
    };
    for (let a = 0; a < count; a += 1) for (let b = 0; b < a; b += 1) push(a, b, (distance) => 1 / distance);
    for (const [a, b] of links) push(a, b, (distance) => -(distance ** 2) / (a && b ? 3 : 1));
    for (let node = 1; node < count; node += 1) {
      const moved = Math.max(0.01, Math.hypot(dx[node], dy[node]));
      x[node] += (dx[node] / moved) * Math.min(heat, moved);
      y[node] += (dy[node] / moved) * Math.min(heat, moved);
    }
  }
  const fit = (/** @type {number[]} */ values) => {
    const most = Math.max(0.01, ...values.map((value) => Math.abs(value - values[0])));
    return values.map((value) => (value - values[0]) / most);
  };
  const [across, down] = [fit(x), fit(y)];
  return across.map((value, node) => [value, down[node]]);
}
