/** Rearranges the articles that a filter leaves: dots move together within each island or community, and these move closer. */

/** @import {Atlas} from "../../data/atlas.js" */
/** @import {Circle, Column, View} from "../../data/payload.js" */
/** @import {Ground} from "./ground.js" */
import { boundsAround } from "../camera.js";
import { groupsIn, withCircles, withinGroups } from "./circles.js";
import { moveTogether, packClosely } from "./closing_in.js";

/** Between dots, between the outermost dots and the edge of their circle, between circles, and between those in another; in world units. */
const BETWEEN = { dots: 0.7, edge: 1.7, circles: 5, inner: 0.5 };
/** The articles of a part or a story stay together if there are this many, and this many of their community are shown. */
const FEWEST_TOGETHER = { inner: 5, outer: 40 };
/** How much of a circle dots fill, and how much larger than full of them one becomes so that stories stand together. */
const FILLED = 0.75;
const LOOSE = 1.55;
/** The most circles that are packed as closely as possible, which takes long for more. */
const MOST_PACKED = 24;
/** From which radius on a circle has room for a name around it, and how much, in pixels; and how much larger all circles together are than
 * one of the same area. */
const NAMED = { from: 26, room: 18 };
const SPREAD = 1.2;
/** How often the middle of circles is moved towards the outermost. */
const STEPS_TO_MIDDLE = 40;
/** How much wider than high the whole becomes, at least and at most. */
const BROAD = { least: 0.6, most: 1.6 };
/** How finely the directions of dots are distinguished, and the most dots: with the number of a ring they fit exactly into one number. */
const TURN = 2 ** 24;
const MOST_DOTS = 2 ** 18;
/** How many sizes of dots are distinguished. */
const DOT_SIZES = 512;
/** How many sizes per world unit are distinguished. */
const SIZES_A_UNIT = 32;

/**
 * @param {Atlas} atlas
 * @param {Ground} plain
 * @param {View} view
 * @param {Uint32Array} nodes  the articles that are shown
 * @param {Float32Array} size  the radius of each node
 * @param {{width: number, height: number}} free  the free part of the window, in pixels
 * @returns {Ground}
 */
export function gatherGroups(atlas, plain, view, nodes, size, free) {
  const { group, circles: before } = groupsIn(atlas, view, plain);
  const [x, y] = [new Float32Array(atlas.count).fill(NaN), new Float32Array(atlas.count).fill(NaN)];
  const within = withinGroups(atlas, view, plain);
  /** @type {Circle[]} */
  const parts = plain.parts.map(() => ({ x: 0, y: 0, r: 0 }));
  /** By number, as a story that is on several islands is named where most of it is. @type {Map<number, Ground["stories"][number]>} */
  const stories = new Map();
  const levels = [
    levelOf(within.part, plain.parts, (at, circle) => (parts[at] = circle)),
    levelOf(within.story, plain.stories, (at, circle, count) => {
      const { label, size: whole, number } = plain.stories[at];
      const story = Object.assign(circle, { label, size: whole, number, count });
      if (count > (stories.get(story.number)?.count ?? 0)) stories.set(story.number, story);
    }),
  ].filter(({ before: some }) => some.length > 0);
  const packed = { plain, size, x, y };
  const sorted = bySize(nodes, group, size, before.length);
  /** @type {Circle[]} */
  const circles = before.map(() => ({ x: 0, y: 0, r: 0 }));
  const rest = { x: 0, y: 0, r: 0 };
  /** Of each of them the circles in it. @type {Circle[][]} */
  const inner = [];
  /** @type {[Circle, Circle, number, number][]} circle, where it was, and its part of the sorted nodes */
  const filled = [];
  for (let first = 0; first < sorted.length; ) {
    const at = placeOf(group[sorted[first]], before.length);
    let end = first + 1;
    while (end < sorted.length && placeOf(group[sorted[end]], before.length) === at) end += 1;
    const [circle, was] = at < before.length ? [circles[at], before[at]] : [rest, { x: 0, y: 0, r: 0 }];
    const found = closeLevels(packed, sorted.subarray(first, end), was, levels);
    for (const stand of found.stood) stand();
    circle.r = found.r;
    filled.push([circle, was, first, end]);
    inner.push(found.inner);
    first = end;
  }
  const roomy = withNameRoom(filled.map(([circle]) => circle), free);
  moveTogether(roomy.map((circle, at) => [circle, filled[at][1]]), Math.min(BROAD.most, Math.max(BROAD.least, free.width / free.height)), BETWEEN.circles);
  for (const [at, { x: across, y: down }] of roomy.entries()) Object.assign(filled[at][0], { x: across, y: down });
  for (const [at, [circle, , first, end]] of filled.entries()) shift(packed, sorted.subarray(first, end), inner[at], circle);
  const bounds = boundsAround(filled.map(([circle]) => circle));
  // A part whose articles are not kept together shrinks into the middle of its community.
  const stood = plain.parts.map((part, at) => ({ ...part, ...(parts[at].r > 0 ? parts[at] : { ...circles[part.parent], r: 0 }) }));
  return { ...withCircles(plain, view, (at) => circles[at]), anew: true, parts: stood, stories: [...stories.values()], x, y, bounds, whole: bounds };
}

/** Circles with room around the large ones for their names. @param {Circle[]} circles @param {{width: number, height: number}} free @returns {Circle[]} */
function withNameRoom(circles, free) {
  const pixel = (2 * SPREAD * Math.sqrt(circles.reduce((sum, { r }) => sum + r * r, 0))) / Math.min(free.width, free.height);
  return circles.map((circle) => ({ ...circle, r: circle.r + (circle.r > NAMED.from * pixel ? NAMED.room * pixel : 0) }));
}

/** Nodes of one place. @typedef {{at: number, some: Uint32Array, end: number}} Together */
/** What articles of a group stand together by: the place of each, where these circles were, room to count and to group by place, which
 * stays empty, and what becomes of one.
 * @typedef {{of: (n: number) => number, before: Circle[], counts: Uint32Array, groups: (Together|null)[], stand: (at: number, circle: Circle, count: number) => void}} Level */
/** @param {Level["of"]} of @param {Circle[]} before @param {Level["stand"]} stand @returns {Level} */
function levelOf(of, before, stand) {
  return { of, before, counts: new Uint32Array(before.length), groups: before.map(() => null), stand };
}

/** @typedef {{plain: Ground, size: Column, x: Float32Array, y: Float32Array}} Packed */

/**
 * Place nodes around (0, 0), those of a part or a story beside each other in a circle, unless the whole would be much larger then.
 * @param {Packed} packed
 * @param {Uint32Array} nodes  the largest first
 * @param {Circle} was
 * @param {Level[]} levels  the outer ones first
 * @returns {{r: number, inner: Circle[], stood: (() => void)[]}} the radius of the circle around them, the circles in it, and what tells of these
 */
function closeLevels(packed, nodes, was, [level, ...deeper]) {
  if (!level || nodes.length < FEWEST_TOGETHER.outer) return { r: closeRanks(nodes, was, packed), inner: [], stood: [] };
  const together = groupBy(nodes, level);
  if (together.length === 1 && together[0].at < 0) return closeLevels(packed, nodes, was, deeper);
  /** @type {Circle[]} */
  const inner = [];
  /** @type {(() => void)[]} */
  const stood = [];
  /** @type {[Circle, Circle, Uint32Array, Circle[]][]} */
  const filled = [];
  for (const { at, some } of together) {
    const before = level.before[at] ?? was;
    const found = closeLevels(packed, some, before, deeper);
    const circle = { x: 0, y: 0, r: found.r };
    if (at >= 0) {
      stood.push(() => level.stand(at, circle, some.length));
      inner.push(circle);
    }
    filled.push([circle, before, some, found.inner]);
    inner.push(...found.inner);
    stood.push(...found.stood);
  }
  const close = filled.length > MOST_PACKED ? (/** @type {[Circle, Circle][]} */ some) => moveTogether(some, 1, BETWEEN.inner) : (/** @type {[Circle, Circle][]} */ some) => packClosely(some, BETWEEN.inner);
  close(filled.map(([circle, before]) => [circle, before]));
  const around = circleAround(filled.map(([circle]) => circle));
  // A circle that is half empty looks as if it had more articles than others of its size.
  if (around.r > LOOSE * leastRadius(nodes, packed.size)) return closeLevels(packed, nodes, was, deeper);
  for (const [circle, , some, within] of filled) {
    circle.x -= around.x;
    circle.y -= around.y;
    shift(packed, some, within, circle);
  }
  return { r: around.r + BETWEEN.inner, inner, stood };
}

/** @param {Uint32Array} nodes @param {Column} size @returns {number} about the radius of a circle full of them */
function leastRadius(nodes, size) {
  let area = 0;
  for (let at = 0; at < nodes.length; at += 1) area += (size[nodes[at]] + BETWEEN.dots / 2) ** 2;
  return Math.sqrt(area / FILLED) + BETWEEN.edge;
}

/**
 * Nearly the smallest circle around others (after Bădoiu and Clarkson 2003).
 * @param {Circle[]} circles
 * @returns {Circle}
 */
function circleAround(circles) {
  let [x, y] = [circles[0].x, circles[0].y];
  const reach = (/** @type {Circle} */ one) => Math.hypot(one.x - x, one.y - y) + one.r;
  const outermost = () => circles.reduce((far, one) => (reach(one) > reach(far) ? one : far));
  for (let step = 1; step <= STEPS_TO_MIDDLE; step += 1) {
    const far = outermost();
    const [away, share] = [Math.hypot(far.x - x, far.y - y) || 1, reach(far) / (step + 1)];
    x += ((far.x - x) / away) * Math.min(away, share);
    y += ((far.y - y) / away) * Math.min(away, share);
  }
  return { x, y, r: reach(outermost()) };
}

/** @param {Uint32Array} nodes @param {Level} level @returns {Together[]} by place, in the order in which places come first; too few to stand together have -1 */
function groupBy(nodes, { of, counts, groups }) {
  const places = new Int32Array(nodes.length);
  for (let at = 0; at < nodes.length; at += 1) {
    const place = of(nodes[at]);
    places[at] = place;
    if (place >= 0) counts[place] += 1;
  }
  /** @type {Together[]} */
  const found = [];
  const begin = (/** @type {number} */ at, /** @type {number} */ most) => {
    const group = { at, some: new Uint32Array(most), end: 0 };
    found.push(group);
    return group;
  };
  /** @type {Together|null} */
  let rest = null;
  for (let at = 0; at < nodes.length; at += 1) {
    const place = places[at];
    const group = place >= 0 && counts[place] >= FEWEST_TOGETHER.inner ? (groups[place] ??= begin(place, counts[place])) : (rest ??= begin(-1, nodes.length));
    group.some[group.end++] = nodes[at];
  }
  if (rest) rest.some = rest.some.subarray(0, rest.end);
  for (let at = 0; at < nodes.length; at += 1) {
    if (places[at] < 0) continue;
    counts[places[at]] = 0;
    groups[places[at]] = null;
  }
  return found;
}

/** Move nodes, and the circles around some of them. @param {Packed} packed @param {Uint32Array} nodes @param {Circle[]} circles @param {{x: number, y: number}} by */
function shift({ x, y }, nodes, circles, by) {
  for (let at = 0; at < nodes.length; at += 1) {
    x[nodes[at]] += by.x;
    y[nodes[at]] += by.y;
  }
  for (const circle of circles) {
    circle.x += by.x;
    circle.y += by.y;
  }
}

/** @param {number} group @param {number} groups @returns {number} its place; the last is for articles without a group that is known */
function placeOf(group, groups) {
  return group >= 0 && group < groups ? group : groups;
}

/** @param {Uint32Array} nodes  by number @param {Column} group @param {Column} size @param {number} groups @returns {Uint32Array} by group, the largest first, equals by number */
function bySize(nodes, group, size, groups) {
  const largestFirst = sortedBy(nodes, DOT_SIZES, (n) => DOT_SIZES - 1 - Math.min(DOT_SIZES - 1, Math.round(size[n] * SIZES_A_UNIT)));
  return sortedBy(largestFirst, groups + 1, (n) => placeOf(group[n], groups));
}

/** Nodes sorted by counting; equals stay in order. @param {Uint32Array} nodes @param {number} keys @param {(n: number) => number} keyOf  less than `keys` */
function sortedBy(nodes, keys, keyOf) {
  const next = new Uint32Array(keys + 1);
  const known = new Uint32Array(nodes.length);
  for (let at = 0; at < nodes.length; at += 1) {
    known[at] = keyOf(nodes[at]);
    next[known[at] + 1] += 1;
  }
  for (let key = 0; key < keys; key += 1) next[key + 1] += next[key];
  const found = new Uint32Array(nodes.length);
  for (let at = 0; at < nodes.length; at += 1) found[next[known[at]]++] = nodes[at];
  return found;
}

/**
 * Place nodes in rings around (0, 0), the largest in the middle, each in the direction in which it was.
 * @param {Uint32Array} nodes
 * @param {Circle} was
 * @param {Packed} packed
 * @returns {number} the radius of the circle around them
 */
function closeRanks(nodes, was, { plain, size, x, y }) {
  const keys = new Float64Array(nodes.length);
  const wayOf = (/** @type {number} */ n) => Math.atan2(plain.y[n] - was.y, plain.x[n] - was.x) || 0;
  /** @type {{end: number, radius: number}[]} */
  const rings = [];
  let reach = 0;
  for (let first = 0; first < nodes.length; ) {
    const broad = size[nodes[first]];
    const radius = first === 0 ? 0 : reach + BETWEEN.dots + broad;
    const room = first === 0 ? 1 : Math.max(1, Math.floor((2 * Math.PI * radius) / (2 * broad + BETWEEN.dots)));
    const end = Math.min(first + room, nodes.length);
    for (let at = first; at < end; at += 1) keys[at] = ((rings.length + 0.5) * TURN + Math.round((wayOf(nodes[at]) / (2 * Math.PI)) * TURN)) * MOST_DOTS + at;
    rings.push({ end, radius });
    reach = radius + broad;
    first = end;
  }
  keys.sort();
  let first = 0;
  for (const { end, radius } of rings) {
    const start = wayOf(nodes[keys[first] & (MOST_DOTS - 1)]);
    for (let at = first; at < end; at += 1) {
      const n = nodes[keys[at] & (MOST_DOTS - 1)];
      const angle = start + (2 * Math.PI * (at - first)) / (end - first);
      x[n] = radius * Math.cos(angle);
      y[n] = radius * Math.sin(angle);
    }
    first = end;
  }
  return reach + BETWEEN.edge;
}
