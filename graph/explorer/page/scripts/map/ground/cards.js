/** Few articles as cards: dots with their titles in columns, below the names of their islands or communities. */

/** @import {Atlas} from "../../data/atlas.js" */
/** @import {Circle, View} from "../../data/payload.js" */
/** @import {CardBox, Ground} from "./ground.js" */

import { groupsIn, withCircles } from "./circles.js";

/** The height of a card in radii of a usual article; of the name above its group and of the space below it, in cards. */
const CARD_HEIGHT = 1.75;
const HEAD = 0.62;
const FOOT = 0.3;
/** The size of a card that is easily read, in pixels. */
const READABLE = { height: 62, width: 300 };
/** The least height at which titles do not touch; of cards that need more room than there is, the first are shown. */
export const LEAST_CARD = 24;
const AROUND_CARDS = 70;

/**
 * @param {Atlas} atlas
 * @param {Ground} plain
 * @param {View} view
 * @param {Uint32Array} nodes  the articles that are shown
 * @param {number} width  that panels leave free, in pixels
 * @param {number} height
 * @param {number} letters  how much larger than usual the reader's text is
 * @returns {Ground}
 */
export function layCards(atlas, plain, view, nodes, width, height, letters) {
  const { columns, header } = atlas;
  const { group, circles } = groupsIn(atlas, view, plain);
  const groups = groupsOf(nodes, (n) => group[n], (n) => columns.day[n]);
  const shape = shapeFor(groups, Math.max(120, width - AROUND_CARDS), Math.max(120, height - AROUND_CARDS), letters);
  const row = CARD_HEIGHT * header.grain;
  const column = (row * shape.width) / shape.height;
  const [x, y] = [new Float32Array(atlas.count).fill(NaN), new Float32Array(atlas.count).fill(NaN)];
  /** @type {CardBox[]} */
  const boxes = [];
  let [across, down] = [0, 0];
  for (const { at, members } of groups) {
    let left = members;
    while (left.length) {
      // A name is never alone at the bottom of a column.
      if (down > 0 && down + HEAD + 1 > shape.rows) [across, down] = [across + 1, 0];
      const some = left.slice(0, Math.max(1, Math.floor(shape.rows - down - HEAD)));
      const [boxLeft, top] = [across * column, down * row];
      some.forEach((n, place) => {
        x[n] = boxLeft + row * 0.42;
        y[n] = top + (HEAD + place + 0.46) * row;
      });
      boxes.push({ at, left: boxLeft, top, right: boxLeft + column - row * 0.25, bottom: top + (HEAD + some.length) * row });
      down += HEAD + some.length + FOOT;
      left = left.slice(some.length);
    }
  }
  const right = Math.max(...boxes.map((box) => box.right));
  const bottom = Math.max(...boxes.map((box) => box.bottom));
  /** @type {Circle[]} */
  const none = circles.map(() => ({ x: 0, y: 0, r: 0 }));
  for (const box of boxes) {
    // Topics and providers are around the middle of their group's first box.
    if (box.at >= 0 && box.at < none.length && none[box.at].r === 0) {
      none[box.at] = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, r: 1e-3 };
    }
  }
  /** @type {import("../../data/payload.js").Bounds} */
  const bounds = [0, 0, right, bottom];
  return { ...withCircles(plain, view, (at) => none[at]), anew: true, parts: [], stories: [], x, y, boxes, row, column, bounds, whole: bounds };
}

/**
 * Articles by group, the largest group first, in each the newest first.
 * @param {Uint32Array} nodes
 * @param {(n: number) => number} groupOf
 * @param {(n: number) => number} dayOf
 */
function groupsOf(nodes, groupOf, dayOf) {
  /** @type {Map<number, number[]>} */
  const found = new Map();
  for (const n of nodes) found.set(groupOf(n), [...(found.get(groupOf(n)) ?? []), n]);
  const groups = [...found].map(([at, members]) => ({ at, members: members.sort((one, other) => dayOf(other) - dayOf(one) || one - other) }));
  return groups.sort((one, other) => other.members.length - one.members.length || one.at - other.at);
}

/**
 * How many rows a column has, and the size of a card in pixels, so that cards are as readable as there is room.
 * @param {{members: number[]}[]} groups
 * @param {number} width
 * @param {number} height
 * @param {number} letters
 */
function shapeFor(groups, width, height, letters) {
  const all = groups.reduce((sum, { members }) => sum + HEAD + members.length + FOOT, 0);
  const readable = { width: READABLE.width * letters, height: READABLE.height * letters };
  let best = { rows: all, ...readable };
  let most = -1;
  for (let columns = 1; columns <= 6; columns += 1) {
    const rows = columns === 1 ? all : Math.ceil(all / columns) + HEAD + 1;
    const [wide, tall] = [Math.min(1.5 * readable.width, width / columns), Math.max(LEAST_CARD + 2, Math.min(readable.height, height / rows))];
    const worth = Math.min(1, wide / readable.width) * (tall / readable.height);
    if (worth > most + 0.02) [most, best] = [worth, { rows, width: wide, height: tall }];
  }
  return best;
}
