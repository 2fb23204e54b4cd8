/** What is around a node, for a separate drawing: steps, sides, rows, and all relations among the nodes shown. */

/** @import {Atlas} from "./atlas.js" */
/** @import {Kind} from "./payload.js" */
/** A node: how many steps away, on which side (1 for what it leads to, -1 for what leads to it), and in which row of its column.
 * @typedef {{node: number, step: number, side: number, row: number, relation: string, parent: number}} Placed */
/** @typedef {{from: number, to: number, relation: string}} Tie */
/** @typedef {{nodes: Placed[], ties: Tie[], left: number}} LocalGraph  left: how many more nodes there are within these steps */
/** What is wanted, without some relations and without some kinds.
 * @typedef {{depth: number, direction: "both"|"out"|"in", without: Set<string>, withoutKinds: Set<Kind>}} Wanted */

/** The most nodes of a column, so that each has room for its name. */
export const MOST_OF_COLUMN = 24;

/**
 * Return the local graph of a node from among some nodes, whose outward relations must all be known.
 * @param {Atlas} atlas
 * @param {number} centre
 * @param {Iterable<number>} among
 * @param {Wanted} wanted
 * @returns {LocalGraph}
 */
export function localGraph(atlas, centre, among, { depth, direction, without, withoutKinds }) {
  const some = new Set([...among].filter((node) => node !== centre && !withoutKinds.has(atlas.kind(node))));
  some.add(centre);
  const ties = tiesAmong(atlas, some, without);
  /** @type {Map<number, {node: number, relation: string, side: number}[]>} */
  const beside = new Map([...some].map((node) => [node, []]));
  for (const { from, to, relation } of ties) {
    if (direction !== "in") beside.get(from)?.push({ node: to, relation, side: 1 });
    if (direction !== "out") beside.get(to)?.push({ node: from, relation, side: -1 });
  }
  const order = new Map(atlas.header.tables.relations.map(({ name }, at) => [name, at]));
  /** @type {Map<number, Placed>} */
  const placed = new Map([[centre, { node: centre, step: 0, side: 1, row: 0, relation: "", parent: -1 }]]);
  let layer = [centre];
  let left = 0;
  for (let step = 1; step <= depth && layer.length; step += 1) {
    /** @type {Map<number, Placed>} */
    const next = new Map();
    for (const parent of layer) {
      for (const { node, relation, side } of beside.get(parent) ?? []) {
        const known = next.get(node);
        if (placed.has(node) || (known && (known.parent !== parent || rank(known.relation) <= rank(relation)))) continue;
        next.set(node, { node, step, side: step === 1 ? side : (placed.get(parent)?.side ?? 1), row: 0, relation, parent });
      }
    }
    layer = [];
    for (const side of [-1, 1]) {
      const column = [...next.values()].filter((one) => one.side === side);
      const size = (/** @type {Placed} */ one) => atlas.columns.size[one.node];
      const shown = column.sort((one, other) => size(other) - size(one) || one.node - other.node).slice(0, MOST_OF_COLUMN);
      left += column.length - shown.length;
      const above = (/** @type {Placed} */ one) => (step === 1 ? rank(one.relation) : (placed.get(one.parent)?.row ?? 0));
      shown.sort((one, other) => above(one) - above(other) || size(other) - size(one) || one.node - other.node);
      shown.forEach((one, row) => {
        placed.set(one.node, { ...one, row: row - (shown.length - 1) / 2 });
        layer.push(one.node);
      });
    }
  }
  return { nodes: [...placed.values()], ties: ties.filter(({ from, to }) => placed.has(from) && placed.has(to)), left };

  /** @param {string} relation */
  function rank(relation) {
    return order.get(relation) ?? order.size;
  }
}

/** @param {Atlas} atlas @param {Set<number>} some @param {Set<string>} without @returns {Tie[]} all relations from one of them to another */
function tiesAmong(atlas, some, without) {
  /** @type {Tie[]} */
  const found = [];
  for (const relation of atlas.header.relations) {
    if (without.has(relation)) continue;
    for (const from of some) for (const to of atlas.out(relation, from)) if (some.has(to) && to !== from) found.push({ from, to, relation });
  }
  return found;
}

/**
 * The nodes from which a local graph is made: of very many, those that fill the columns beside the centre, and the
 * largest, because a hub of thousands would not fit. @param {Atlas} atlas @param {number} centre @param {Set<number>}
 * around @param {Uint8Array} visible @param {number} most @returns {number[]}
 */
export function candidates(atlas, centre, around, visible, most) {
  const { size } = atlas.columns;
  const some = [...around].filter((node) => node !== centre && visible[node] === 1).sort((one, other) => size[other] - size[one] || one - other);
  if (some.length <= most) return [centre, ...some];
  const beside = [true, false].flatMap((side) => {
    const near = new Set();
    atlas.eachNeighbour(centre, (node, _, outgoing) => outgoing === side && near.add(node));
    return some.filter((node) => near.has(node)).slice(0, MOST_OF_COLUMN);
  });
  return [...new Set([centre, ...beside, ...some])].slice(0, most + 1);
}
