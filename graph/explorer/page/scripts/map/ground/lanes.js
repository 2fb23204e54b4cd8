/** The timeline of what is left, or by another facet: lanes, in which the dots of the same days are stacked. */

/** @import {Atlas} from "../../data/atlas.js" */
/** @import {Header} from "../../data/payload.js" */
/** @import {Band, Ground, Wanted} from "./ground.js" */
/** @import {Values} from "../../filters/facets.js" */
/** @typedef {Header["tables"]["timeline"]} Timeline */

import { NODE_FACETS } from "../../filters/choice.js";
import { mainValues } from "../../filters/facets.js";
import { sizesBy } from "../sizes.js";
import { outermost } from "./circles.js";

/** Between dots, between lanes, and the height of the lowest lane, in world units. */
const APART = { dots: 0.7, lanes: 4, least: 6 };
/** How many times as many columns are tried next. */
const MORE_TRIED = 1.3;
/** The share of dots that fit into the width of a column; a few are larger, and overlap. */
const NEARLY_ALL_DOTS = 0.9;
const NONE_PLACED = { placed: 0, inferred: 0 };
/** How much wider than high a timeline is at least. */
const NARROWEST = 0.4;
/** At most this share of the height is taken from high lanes so that low ones have room for their names. */
const FOR_NAMES = 0.5;

/**
 * @param {Atlas} atlas
 * @param {Ground} plain
 * @param {Uint32Array} nodes  the articles that are shown
 * @param {Wanted} wanted
 * @param {number} aspect  how much wider than high the room for the dots is
 * @param {number} [name]  how much of the height the name of a lane needs
 * @returns {Ground}
 */
export function layLanes(atlas, plain, nodes, { lanes: values, label, total, size: by }, aspect, name = 0) {
  const { columns, header, count } = atlas;
  const { nothing, timeline } = header.tables;
  const [x, y] = [new Float32Array(count).fill(NaN), new Float32Array(count).fill(NaN)];
  const dated = nodes.filter((n) => columns.day[n] !== nothing);
  if (dated.length === 0) return { ...plain, anew: true, x, y, lanes: [], bounds: [0, 0, 1, 1], whole: [0, 0, 1, 1] };
  let [first, last] = [Infinity, -Infinity];
  for (const n of dated) {
    first = Math.min(first, columns.day[n]);
    last = Math.max(last, columns.day[n]);
  }
  const { lane, bands } = values ? lanesOf(values, atlas, dated, label, total) : islandLanes(atlas, dated);
  const size = sizesBy(atlas, by);
  const sizes = Float32Array.from(dated, (n) => size[n]).sort();
  const pitch = 2 * sizes[Math.floor(NEARLY_ALL_DOTS * (sizes.length - 1))] + APART.dots;
  const span = last - first + 1;
  const order = Uint32Array.from(
    Float64Array.from(dated, (n, at) => (lane[at] * span + columns.day[n] - first) * dated.length + at).sort(),
    (key) => key % dated.length,
  );
  const sorted = { lane: lane.map((_, place) => lane[order[place]]), day: Float64Array.from(order, (at) => columns.day[dated[at]] - first) };
  const wide = Math.min(timeline.width, Math.max(NARROWEST, aspect));
  let best = { columns: 1, places: new Float64Array(0), heights: [0], off: Infinity };
  const [fewest, most, aDay, more] = timeline.columns;
  for (let some = fewest; some <= Math.min(most, aDay * span + more); some = Math.ceil(some * MORE_TRIED)) {
    const stacked = stack(sorted, some, span, bands, timeline);
    const heights = withNames(stacked.most.map((dots) => Math.max(APART.least, (dots + 1) * pitch)), name);
    const whole = heightOf(heights);
    const off = Math.abs(Math.log((Math.max(some, stacked.columns) * pitch) / whole / wide));
    if (off < best.off) best = { columns: some, places: stacked.places, heights, off };
  }
  let top = 0;
  const made = bands.map((band, at) => {
    const height = best.heights[at];
    const y0 = top + (height + APART.lanes) / 2;
    top += height + APART.lanes;
    return { ...band, y: y0, height };
  });
  let right = best.columns * pitch;
  for (let place = 0; place < order.length; place += 1) {
    const [at, column, rank] = [order[place], best.places[2 * place], best.places[2 * place + 1]];
    x[dated[at]] = (column + 0.5) * pitch;
    y[dated[at]] = made[lane[at]].y + (rank % 2 ? (rank + 1) / 2 : -rank / 2) * pitch;
    right = Math.max(right, (column + 1) * pitch);
  }
  const time = { first, last, scale: (best.columns * pitch) / span };
  /** @type {import("../../data/payload.js").Bounds} */
  const bounds = [0, 0, right, top];
  return { ...plain, anew: true, x, y, lanes: made, time, bounds, whole: bounds };
}

/** @param {number[]} heights  of lanes @returns {number} how high they are together */
function heightOf(heights) {
  return heights.reduce((sum, height) => sum + height + APART.lanes, 0);
}

/** Heights of lanes of which none is too low for its name. @param {number[]} heights @param {number} name  how much of all a name needs @returns {number[]} */
function withNames(heights, name) {
  const share = Math.min(name, FOR_NAMES / heights.length);
  const low = heights.filter((height) => height + APART.lanes < share * heightOf(heights));
  const rest = heights.filter((height) => !low.includes(height));
  // Lanes that are low now stay low when all become higher; others may join them.
  const least = (share * heightOf(rest)) / (1 - share * low.length) - APART.lanes;
  return heights.map((height) => Math.max(height, least));
}

/**
 * Stack dots by lane and column; those of an overfull column go on in the next.
 * @param {{lane: Uint16Array, day: Float64Array}} sorted  of each dot the lane and the day from the first, lane by lane, in each the oldest first
 * @param {number} columns  so many in all
 * @param {number} span  so many days in all
 * @param {{count: number}[]} bands
 * @param {Timeline} timeline
 */
function stack({ lane, day }, columns, span, bands, { full, steep }) {
  const places = new Float64Array(2 * lane.length);
  const most = bands.map(() => 0);
  const limit = bands.map(({ count }) => Math.max(full, Math.ceil(steep * Math.sqrt(count))));
  let [inLane, column, rank, last] = [-1, -1, 0, 0];
  for (let place = 0; place < lane.length; place += 1) {
    const wanted = Math.floor((day[place] * columns) / span);
    rank += 1;
    if (lane[place] !== inLane || wanted > column) {
      inLane = lane[place];
      column = wanted;
      rank = 0;
    }
    if (rank >= limit[inLane]) {
      column += 1;
      rank = 0;
    }
    places[2 * place] = column;
    places[2 * place + 1] = rank;
    if (rank > most[inLane]) most[inLane] = rank;
    if (column > last) last = column;
  }
  return { places, most, columns: last + 1 };
}

/** @param {Atlas} atlas @param {Uint32Array} dated @returns {{lane: Uint16Array, bands: Band[]}} the lanes of islands of a topic, folder or community */
function islandLanes({ articles, header, columns, flag }, dated) {
  const { islands } = header;
  const homes = islands.map((_, at) => outermost(islands, at));
  const placed = { shown: new Uint32Array(islands.length), whole: new Uint32Array(islands.length) };
  const isPlaced = (/** @type {number} */ n) => columns.flags[n] & flag.inferred && islands[homes[columns.island[n]]]?.topic >= 0;
  for (const n of dated) if (isPlaced(n)) placed.shown[homes[columns.island[n]]] += 1;
  for (let n = 0; n < articles; n += 1) if (columns.day[n] !== header.tables.nothing && isPlaced(n)) placed.whole[homes[columns.island[n]]] += 1;
  return toLanes(header.tables.timeline, dated, (n) => homes[columns.island[n]] ?? -1, {
    isNamed: (at) => at >= 0 && (islands[at].topic >= 0 || islands[at].group === true),
    label: (at) => islands[at]?.label ?? "None",
    node: (at) => islands[at]?.topic ?? -1,
    whole: (at) => header.lanes.find(({ topic, label }) => topic === islands[at]?.topic && label === islands[at].label)?.count ?? 0,
    placed: (at) => ({ placed: placed.shown[at] ?? 0, inferred: placed.whole[at] ?? 0 }),
  });
}

/** @param {Values} values @param {Atlas} atlas @param {Uint32Array} dated @param {(key: any) => string} label @param {(key: any) => number} total @returns {{lane: Uint16Array, bands: Band[]}} */
function lanesOf(values, { articles, header }, dated, label, total) {
  const { keyOf, facet } = values;
  const kept = new Uint8Array(articles);
  for (const n of dated) kept[n] = 1;
  const main = mainValues(values, articles, kept);
  const isNode = NODE_FACETS.includes(facet);
  const isNamed = (/** @type {number} */ at) => at >= 0;
  return toLanes(header.tables.timeline, dated, (n) => main[n], {
    isNamed,
    label: (at) => (isNamed(at) ? label(keyOf(at)) : "None"),
    node: (at) => (isNode && isNamed(at) ? keyOf(at) : -1),
    whole: (at) => (isNamed(at) ? total(keyOf(at)) : 0),
  });
}

/**
 * The lanes by number of dots, at most as many as the timeline of Python has: the last is for all that have none of their own.
 * @param {Timeline} timeline
 * @param {Uint32Array} dated
 * @param {(n: number) => number} valueOf  -1 for none
 * @param {{isNamed: (value: number) => boolean, label: (value: number) => string, node: (value: number) => number,
 *   whole: (value: number) => number, placed?: (value: number) => {placed: number, inferred: number}}} of  a value
 */
function toLanes({ most, other }, dated, valueOf, of) {
  const found = Int32Array.from(dated, valueOf);
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const value of found) counts.set(value, (counts.get(value) ?? 0) + 1);
  const ranked = [...counts].sort(([one, some], [another, others]) => others - some || one - another).map(([value]) => value);
  const named = ranked.filter(of.isNamed).slice(0, most - 1);
  const rest = ranked.filter((value) => !named.includes(value));
  const place = new Map(named.map((value, at) => [value, at]));
  const band = (/** @type {number} */ value, /** @type {number} */ count) => ({ label: of.label(value), node: of.node(value), y: 0, height: 0, count, whole: of.whole(value), ...(of.placed?.(value) ?? NONE_PLACED) });
  /** @type {Band[]} */
  const bands = named.map((value) => band(value, counts.get(value) ?? 0));
  const left = rest.reduce((sum, value) => sum + (counts.get(value) ?? 0), 0);
  if (rest.length === 1) bands.push(band(rest[0], left));
  else if (left > 0) bands.push({ label: other, node: -1, y: 0, height: 0, count: left, whole: 0, ...NONE_PLACED });
  return { lane: Uint16Array.from(found, (value) => place.get(value) ?? named.length), bands };
}
