/** The islands or communities of a view, at the header's positions or at others. */

/** @import {Atlas} from "../../data/atlas.js" */
/** @import {Ground} from "./ground.js" */
/** @import {Bounds, Circle, View} from "../../data/payload.js" */
import { boundsAround } from "../camera.js";
import { SMALL } from "../scene.js";

/** The number of the island or community that each article is in, and all of them. @param {Atlas} atlas @param {View} view @param {Ground} plain */
export function groupsIn({ columns }, view, { islands, communities }) {
  return view === "topics" ? { group: columns.island, circles: islands } : { group: columns.community, circles: communities };
}

/** @param {(Circle & {parent?: number})[]} circles @param {number} at @returns {number} the circle around it, and around that, that is in no other */
export function outermost(circles, at) {
  const seen = new Set();
  let found = at;
  for (let next = at; next >= 0 && !seen.has(next); next = circles[next].parent ?? -1) seen.add((found = next));
  return found;
}

/**
 * The parts of communities, and the stories with names, that articles are in.
 * @param {Atlas} atlas
 * @param {View} view
 * @param {Ground} plain
 * @returns {{part: (n: number) => number, story: (n: number) => number}} their places in `plain`, -1 for none
 */
export function withinGroups({ columns, header }, view, { parts, stories }) {
  const firsts = new Int32Array(header.communities.length).fill(-1);
  for (const [at, { parent }] of parts.entries()) if (firsts[parent] < 0) firsts[parent] = at;
  const places = new Int32Array(header.stories.length + 1).fill(-1);
  for (const [at, { number }] of stories.entries()) places[number] = at;
  const { community, part, named } = columns;
  return {
    part: (n) => (view === "network" && part[n] > 0 && firsts[community[n]] >= 0 ? firsts[community[n]] + part[n] - 1 : -1),
    story: (n) => places[named[n]],
  };
}

/**
 * The ground with its islands or communities elsewhere, none in another.
 * @param {Ground} plain
 * @param {View} view
 * @param {(at: number) => import("../../data/payload.js").Circle|null} circleOf  null where it stays
 * @returns {Ground}
 */
export function withCircles(plain, view, circleOf) {
  if (view === "topics") {
    return { ...plain, islands: plain.islands.map((island, at) => ({ ...island, ...(circleOf(at) && { depth: 0, parent: -1 }), ...circleOf(at) })) };
  }
  return { ...plain, communities: plain.communities.map((community, at) => ({ ...community, ...circleOf(at) })) };
}

/** The bounds of what is seen from afar: on a large map only the islands, because what is around them is drawn only when zoomed in. @param {Atlas} atlas @param {View} view @param {Ground} ground @returns {Bounds} */
export function seenFromAfar(atlas, view, ground) {
  if (ground.whole) return ground.whole;
  /** @type {Circle[]} */
  const circles = groupsIn(atlas, view, ground).circles.filter(({ r }) => r > 0);
  return view === "timeline" || !circles.length || atlas.count <= SMALL ? ground.bounds : boundsAround(circles);
}
