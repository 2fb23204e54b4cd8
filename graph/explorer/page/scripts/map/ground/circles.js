/** The islands or communities of a view, also elsewhere than the header has them. */

/** @import {Atlas} from "../../data/atlas.js" */
/** @import {Ground} from "./ground.js" */
/** @import {View} from "../../data/payload.js" */

/** The number of the island or community that each article is in, and all of them. @param {Atlas} atlas @param {View} view @param {Ground} plain */
export function groupsIn({ columns }, view, { islands, communities }) {
  return view === "topics" ? { group: columns.island, circles: islands } : { group: columns.community, circles: communities };
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
