/** The ground below the dots: where each node is, and the circles, boxes or lanes below it. A filter moves what is left closer together. */

/** @import {Atlas} from "../../data/atlas.js" */
/** @import {Bounds, Circle, Community, Island, View} from "../../data/payload.js" */
/** @import {Values} from "../../filters/facets.js" */
/** A band of the timeline; `node` is what it stands for, or -1. @typedef {{label: string, node: number, y: number, height: number, count: number,
 *   whole: number, placed: number, inferred: number}} Band  `count` articles are shown of `whole`, 0 if that is not known; `placed` of
 *   these, and `inferred` of the whole, are there by their story */
/** A part of a community, which is its parent. @typedef {import("../../data/payload.js").CommunityPart & {parent: number, rank: number}} Part */
/** A group of cards: its island or community, and the rectangle around it. @typedef {{at: number, left: number, top: number, right: number, bottom: number}} CardBox */
/**
 * @typedef {object} Ground
 * @property {boolean} anew  whether what is shown was arranged anew
 * @property {boolean} tall  whether across and down are exchanged, as the window is higher than wide
 * @property {{across: number, down: number, circles: Circle[]}} stretch  how much wider and higher it is than in a broad window, and what keeps its shape
 * @property {Float32Array} x  where each node is, in world units; NaN if it is nowhere
 * @property {Float32Array} y
 * @property {Island[]} islands  by number; of radius 0 where nothing is shown
 * @property {Community[]} communities  likewise
 * @property {Part[]} parts  of communities, in the view of these; of radius 0 where nothing is shown
 * @property {(Circle & {label: string, size: number, number: number, count: number})[]} stories  with names, their place in the header from 1, and how many of their articles are shown
 * @property {Uint32Array|null} counts  how many articles are shown of each island, or of each community and then of each part; null where all are
 * @property {Uint32Array|null} placed  how many of these were placed there by their story
 * @property {CardBox[]} boxes  of cards, where there are so few that all titles fit
 * @property {number} row  the height of a card, in world units; 0 where there are none
 * @property {number} column  its width
 * @property {Band[]} lanes
 * @property {import("../../data/payload.js").Header["time"]} time
 * @property {Bounds} bounds  of all there is
 * @property {Bounds|null} whole  of what is seen from afar, if it was arranged anew or not all circles are known
 */
/** What is to be seen: the nodes that are shown, or null for all; whether the rest stays; the facet of the lanes, with
 * what its values are called and how many articles each has; the number of the sizes.
 * @typedef {{shown: Uint8Array|null, articles: number, faded: boolean, lanes: Values|null, size: string, label: (key: any) => string,
 *   total: (key: any) => number}} Wanted */

import { layCards } from "./cards.js";
import { gatherGroups } from "./gather.js";
import { layLanes } from "./lanes.js";
import { besideButtons, firstZoomInTime, laneNames, roomForLanes, roomWithin } from "../camera.js";
import { sizesBy } from "../sizes.js";
import { groupsIn, withCircles, withinGroups } from "./circles.js";
import { NO_PANELS, isTall, spreadDown, turned, turnedBounds } from "./upright.js";

/** The most articles that are arranged anew. */
const MOST = 250000;
/** If more than this share of all articles is left, the gaps are small, and articles stay where they are. */
const NEARLY_ALL = 0.7;
/** How high the name of a lane is, in pixels. */
const LANE_NAME = 17;
/** The most articles of which the timeline is laid out again for a broad window, so that their dots are large. */
const MOST_RELAID = 2000;
/** The most articles that are cards. */
const MOST_CARDS = 60;
const COLUMNS = { topics: ["topics_x", "topics_y"], network: ["network_x", "network_y"], timeline: ["time_x", "time_y"] };

/** The part of a scene that a ground depends on. @typedef {{atlas: Atlas, width: number, height: number, letters: number, inset: import("../camera.js").Inset, buttons: import("../labels/label_room.js").Box[]}} Window */
/**
 * The ground of a view. Linear in the nodes, apart from sorting.
 * @param {Window} window
 * @param {View} view
 * @param {Wanted} wanted
 * @returns {Ground}
 */
export function groundOf(window, view, wanted) {
  const { atlas, width, height, inset } = window;
  const [free, plain] = [width - inset.left - inset.right, plainGround(atlas, view, isTall(window))];
  const { shown, articles, faded, lanes } = wanted;
  const some = shown !== null && articles > 0 && articles < atlas.articles;
  if (shown !== null && view !== "timeline") countGroups(atlas, plain, view, shown);
  const byLanes = view === "timeline" && lanes !== null;
  const isArranged = (some && !faded) || byLanes;
  const nodes = () => shownArticles(atlas, faded ? null : shown);
  const isNearlyAll = (articles > MOST || articles > NEARLY_ALL * atlas.articles) && !byLanes;
  const time = (/** @type {number} */ across) => layLanes(atlas, plain, nodes(), wanted, (across - laneNames(width)) / height, (LANE_NAME * window.letters) / roomWithin(roomForLanes(window, isArranged)).height);
  if (fitsTime(window, view)) {
    // On a page that loads tiles it is not where the tiles have it.
    if (isTall(window)) return stretched(window, { ...time(free), anew: isArranged || Boolean(atlas.header.tiles) }, plain);
    const anew = isArranged && !isNearlyAll;
    const laid = anew || atlas.articles <= MOST_RELAID ? { ...time(anew ? free : width - inset.left), anew } : plain;
    // Panels on the right and at the bottom come and go, and nothing moves because of them.
    return stretched({ ...window, inset: { ...NO_PANELS, left: inset.left } }, laid, plain);
  }
  if (!isArranged || isNearlyAll) return inPlace(window, view, plain, wanted);
  return view === "timeline" ? time(free) : gathered(window, view, plain, nodes(), wanted);
}

/** Everything where it was, but no island or community of which nothing is shown, unless the rest stays in sight. @param {Window} window @param {View} view @param {Ground} plain @param {Wanted} wanted @returns {Ground} */
function inPlace(window, view, plain, { articles, faded }) {
  const spread = spreadDown(window, view, plain);
  return faded || articles === window.atlas.articles ? spread : withoutEmpty(spread, view);
}

/** Cards where there are few, else islands or communities that have moved together. @param {Window} window @param {View} view @param {Ground} plain @param {Uint32Array} nodes @param {Wanted} wanted @returns {Ground} */
function gathered(window, view, plain, nodes, { shown, size }) {
  const { atlas, width, height, inset, letters } = window;
  const free = width - inset.left - inset.right;
  const ground = nodes.length <= MOST_CARDS ? layCards(atlas, plain, view, nodes, free - besideButtons(window), height - inset.top - inset.bottom, letters) : gatherGroups(atlas, plain, view, nodes, sizesBy(atlas, size), { width: free, height: height - inset.top - inset.bottom });
  placeOthers(atlas, ground, view, nodes, /** @type {Uint8Array} */ (shown));
  return ground;
}

/** Whether the timeline is laid out as high as the window: once all dates are known, unless it comes in tiles.
 * @param {Window} window @param {View} view */
export function fitsTime(window, view) {
  const { countable, articles, header } = window.atlas;
  return view === "timeline" && (!header.tiles || (isTall(window) && countable && articles <= MOST));
}

/** Lanes spaced so that they use all of the height at the initial zoom. @param {Window} window @param {Ground} ground @param {Ground} plain @returns {Ground} */
function stretched(window, ground, plain) {
  if (ground.lanes.length === 0) return isTall(window) ? { ...plain, lanes: [] } : ground; // nothing that is shown has a date
  const [left, top, right, bottom] = ground.bounds;
  const room = roomForLanes(window, ground.anew);
  const zoom = firstZoomInTime(ground.bounds, room, window.atlas.header.grain);
  const apart = Math.max(1, roomWithin(room).height / zoom / (bottom - top));
  const y = apart === 1 ? ground.y : ground.y.map((at) => {
    if (Number.isNaN(at)) return at;
    const lane = ground.lanes.reduce((best, one) => (Math.abs(at - one.y) - one.height / 2 < Math.abs(at - best.y) - best.height / 2 ? one : best));
    return at + (apart - 1) * lane.y;
  });
  const lanes = ground.lanes.map((lane) => ({ ...lane, y: apart * lane.y, height: apart * lane.height }));
  /** @type {Bounds} */
  const bounds = [left, apart * top, right, apart * bottom];
  const stretch = { across: ground.time.scale / plain.time.scale, down: bounds[3] / plain.bounds[3], circles: [] };
  return { ...ground, stretch, y, lanes, bounds, whole: bounds };
}

/** The ground of everything, as the header has it; upright, if that is wanted and it is not a timeline. @param {Atlas} atlas @param {View} view @param {boolean} [upright] @returns {Ground} */
export function plainGround(atlas, view, upright = false) {
  const { header, columns } = atlas;
  const tall = upright && view !== "timeline";
  const places = COLUMNS[view].map((name) => /** @type {Float32Array} */ (columns[name]));
  const [x, y] = tall ? places.reverse() : places;
  const lanes = header.lanes.map(({ topic, ...lane }) => ({ ...lane, node: topic, whole: lane.count, placed: 0, inferred: 0 }));
  const { time, whole_network: far } = header;
  const [islands, communities] = tall ? [header.islands.map(turned), header.communities.map(turned)] : [header.islands, header.communities];
  const stand = (/** @type {Bounds} */ bounds) => (tall ? turnedBounds(bounds) : bounds);
  const whole = view === "network" && far ? stand(far) : null; // the header has only the largest communities
  const circle = (/** @type {Circle} */ one) => (tall ? turned(one) : one);
  const parts = view === "network" ? communities.flatMap((one, at) => (one.parts ?? []).map((part) => ({ ...part, ...circle(part), parent: at, rank: 1 }))) : [];
  const stories = view === "timeline" ? [] : header.stories.flatMap(({ label, size, [view]: place }, at) => (place ? [{ label, size, number: at + 1, count: size, ...circle(place) }] : []));
  return { anew: false, tall, stretch: { across: 1, down: 1, circles: [] }, x, y, islands, communities, parts, stories, counts: null, placed: null, boxes: [], row: 0, column: 0, lanes, time, bounds: stand(header.bounds[view]), whole };
}

/** Whether all nodes have the same places on two grounds. @param {Ground} one @param {Ground} other @returns {boolean} */
export function standsAlike(one, other) {
  const isSame = (/** @type {Float32Array} */ some, /** @type {Float32Array} */ others) =>
    some === others || (some.length === others.length && some.every((place, at) => Object.is(place, others[at])));
  return one.anew === other.anew && isSame(one.x, other.x) && isSame(one.y, other.y);
}

/** Tell a ground how many articles of its groups are shown. @param {Atlas} atlas @param {Ground} plain @param {View} view @param {Uint8Array} shown */
function countGroups(atlas, plain, view, shown) {
  const { columns: { flags }, flag } = atlas;
  const { group, circles } = groupsIn(atlas, view, plain);
  const { part, story } = withinGroups(atlas, view, plain);
  const counts = new Uint32Array(circles.length + plain.parts.length);
  const placed = new Uint32Array(counts.length);
  for (const one of plain.stories) one.count = 0;
  for (let n = 0; n < atlas.articles; n += 1) {
    if (!shown[n] || group[n] < 0) continue;
    counts[group[n]] += 1;
    if (flags[n] & flag.inferred) placed[group[n]] += 1;
    const inPart = part(n);
    const inStory = story(n);
    if (inPart >= 0) counts[circles.length + inPart] += 1;
    if (inStory >= 0) plain.stories[inStory].count += 1;
  }
  Object.assign(plain, { counts, placed });
}

/** @param {Ground} plain @param {View} view @returns {Ground} the same without what has nothing to show */
function withoutEmpty(plain, view) {
  const { counts } = plain;
  if (counts === null) return plain;
  const parts = plain.parts.map((part, at) => (counts[plain.communities.length + at] > 0 ? part : { ...part, r: 0 }));
  const stories = plain.stories.filter(({ count }) => count > 0);
  return withCircles({ ...plain, parts, stories }, view, (at) => (counts[at] > 0 ? null : { x: 0, y: 0, r: 0 }));
}

/** @param {Atlas} atlas @param {Uint8Array|null} shown @returns {Uint32Array} */
function shownArticles({ articles }, shown) {
  const found = new Uint32Array(articles);
  let end = 0;
  for (let n = 0; n < articles; n += 1) if (shown === null || shown[n]) found[end++] = n;
  return found.subarray(0, end);
}

/**
 * Place topics, providers and people at the rim of the group that has most of their articles, one behind the other.
 * @param {Atlas} atlas
 * @param {Ground} ground
 * @param {View} view
 * @param {Uint32Array} nodes  the articles that are shown
 * @param {Uint8Array} shown
 */
function placeOthers(atlas, ground, view, nodes, shown) {
  const { group } = groupsIn(atlas, view, ground);
  const circles = view === "topics" ? ground.islands : ground.communities;
  /** The group of the last article that leads to a node, and how far those of the same group outweigh the others. */
  const [home, lead] = [new Int32Array(atlas.count).fill(-1), new Int32Array(atlas.count)];
  for (const relation of ["about", "publisher", "author"]) {
    const { start, to } = atlas.rows(relation);
    for (let place = 0; place < nodes.length; place += 1) {
      const n = nodes[place];
      const own = group[n];
      for (let at = start[n]; at < start[n + 1]; at += 1) {
        const other = to[at];
        if (home[other] === own) lead[other] += 1;
        else if (lead[other] > 0) lead[other] -= 1;
        else {
          home[other] = own;
          lead[other] = 1;
        }
      }
    }
  }
  const placed = new Uint32Array(circles.length);
  for (let n = atlas.articles; n < atlas.count; n += 1) {
    if (!shown[n] || home[n] < 0) continue;
    const circle = circles[home[n]];
    if (!circle || circle.r === 0) continue;
    const room = Math.max(6, Math.floor((2 * Math.PI * circle.r) / 9));
    const [ring, seat] = [Math.floor(placed[home[n]] / room), placed[home[n]] % room];
    placed[home[n]] += 1;
    const angle = (2 * Math.PI * (seat + ring / 2)) / room - Math.PI / 2;
    const away = circle.r + 3 + 8 * ring;
    [ground.x[n], ground.y[n]] = [circle.x + away * Math.cos(angle), circle.y + away * Math.sin(angle)];
  }
}
