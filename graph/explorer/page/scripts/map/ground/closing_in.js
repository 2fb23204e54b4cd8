/** Moves circles together without letting them overlap. */

/** @import {Circle} from "../../data/payload.js" */

/** Directions in which a circle is tried, as turns from the one it had; of very many circles only the first. */
const TURNS = [0, 0.12, -0.12, 0.28, -0.28, 0.5, -0.5, 0.8, -0.8, 1.2, -1.2];
const MOST_TURNED = 400;
const SECTORS = 512;

/**
 * Move circles together, the largest first, each in the direction in which it was.
 * @param {[Circle, Circle][]} circles  each with where it was
 * @param {number} broad  how much wider than high the whole becomes
 * @param {number} apart  how far they stay from one another
 */
export function moveTogether(circles, broad, apart) {
  const weight = circles.reduce((sum, [{ r }]) => sum + r * r, 0);
  const [midX, midY] = [0, 1].map((axis) => circles.reduce((sum, [{ r }, was]) => sum + r * r * (axis ? was.y : was.x), 0) / weight);
  const order = [...circles].sort(([one], [other]) => other.r - one.r);
  const turns = circles.length > MOST_TURNED ? [0] : TURNS;
  const placed = new Placed(apart);
  for (const [circle, was] of order) {
    const way = Math.atan2(was.y - midY, was.x - midX);
    let best = Infinity;
    for (const turn of turns) {
      const [across, down] = [broad * Math.cos(way + turn), Math.sin(way + turn)];
      const length = Math.hypot(across, down);
      const far = placed.firstFree(circle.r + apart, across / length, down / length);
      const [x, y] = [(far * across) / length, (far * down) / length];
      const cost = Math.hypot(x / broad, y) * (1 + 0.25 * Math.abs(turn));
      if (cost < best - 1e-6) [best, circle.x, circle.y] = [cost, x, y];
    }
    placed.add(circle);
  }
}

/**
 * Move a few circles as close together as they go, the largest first: each beside two others, where it is nearest to the middle of all.
 * @param {[Circle, Circle][]} circles  each with where it was, which decides on which side the second one is
 * @param {number} apart  how far they stay from one another
 */
export function packClosely(circles, apart) {
  const order = [...circles].sort(([one], [other]) => other.r - one.r);
  /** @type {Circle[]} */
  const placed = [];
  for (const [circle, was] of order) {
    const spots = placed.flatMap((one, at) => placed.slice(0, at).flatMap((other) => besideBoth(one, other, circle.r + apart)));
    if (placed.length === 1) {
      const [far, way] = [placed[0].r + circle.r + apart, Math.atan2(was.y - order[0][1].y, was.x - order[0][1].x)];
      spots.push({ x: far * Math.cos(way), y: far * Math.sin(way) });
    }
    const weight = placed.reduce((sum, { r }) => sum + r * r, 0) || 1;
    const [midX, midY] = [placed.reduce((sum, { x, r }) => sum + x * r * r, 0) / weight, placed.reduce((sum, { y, r }) => sum + y * r * r, 0) / weight];
    const isFree = (/** @type {{x: number, y: number}} */ { x, y }) => placed.every((other) => Math.hypot(x - other.x, y - other.y) > other.r + circle.r + apart - 1e-6);
    let best = Infinity;
    for (const spot of spots) {
      const far = Math.hypot(spot.x - midX, spot.y - midY);
      if (far < best - 1e-6 && isFree(spot)) {
        best = far;
        Object.assign(circle, spot);
      }
    }
    placed.push(circle);
  }
}

/** The middles of circles that touch two others. @param {Circle} one @param {Circle} other @param {number} r  with the room around it @returns {{x: number, y: number}[]} */
function besideBoth(one, other, r) {
  const [across, down] = [other.x - one.x, other.y - one.y];
  const between = Math.hypot(across, down);
  const [near, far] = [one.r + r, other.r + r];
  const along = (between * between + near * near - far * far) / (2 * between);
  const aside = near * near - along * along;
  if (!(aside > 0)) return [];
  return [1, -1].map((side) => {
    const off = side * Math.sqrt(aside);
    return { x: one.x + (across * along - down * off) / between, y: one.y + (down * along + across * off) / between };
  });
}

/** Circles, the largest added first, by the directions from (0, 0) in which they may be in the way of a smaller one. */
class Placed {
  /** @type {Circle[][]} */
  #sectors = Array.from({ length: SECTORS }, () => []);
  /** Where along a direction there is no room. */
  #taken = { from: new Float64Array(64), to: new Float64Array(64) };
  #apart;

  /** @param {number} apart  how far they stay from one another */
  constructor(apart) {
    this.#apart = apart;
  }

  /** @param {Circle} circle */
  add(circle) {
    const near = 2 * circle.r + this.#apart;
    const far = Math.hypot(circle.x, circle.y);
    const half = far > near * 1.001 ? Math.asin(near / far) : Math.PI;
    const way = Math.atan2(circle.y, circle.x);
    const [first, last] = half < Math.PI / 2 ? [sectorAt(way - half - 1e-6), sectorAt(way + half + 1e-6)] : [0, SECTORS - 1];
    for (let at = first; at <= last; at += 1) this.#sectors[(at + SECTORS) % SECTORS].push(circle);
  }

  /**
   * How far from (0, 0) in a direction there is room for a circle that is not larger than any of these.
   * @param {number} r  with the room around it
   * @param {number} across  of the direction, whose length is 1
   * @param {number} down
   */
  firstFree(r, across, down) {
    const circles = this.#sectors[(sectorAt(Math.atan2(down, across)) + SECTORS) % SECTORS];
    if (this.#taken.from.length < circles.length) this.#taken = { from: new Float64Array(2 * circles.length), to: new Float64Array(2 * circles.length) };
    const { from, to } = this.#taken;
    let end = 0;
    for (const other of circles) {
      const apart = r + other.r;
      const along = other.x * across + other.y * down;
      const aside = other.x * down - other.y * across;
      const half = apart * apart - aside * aside;
      if (half <= 0 || along + Math.sqrt(half) <= 0) continue;
      from[end] = along - Math.sqrt(half);
      to[end] = along + Math.sqrt(half);
      end += 1;
    }
    let far = 0;
    for (let before = -1; before < far; ) {
      before = far;
      for (let at = 0; at < end; at += 1) if (from[at] < far + 1e-9 && to[at] > far) far = to[at];
    }
    return far;
  }
}

/** @param {number} way  from -2π to 2π @returns {number} the sector of a direction, also before the first or after the last */
function sectorAt(way) {
  return Math.floor((way / (2 * Math.PI) + 0.5) * SECTORS);
}
