/** How two nodes are connected: the shortest path between them, also in words; and the nodes around one. */

/** @import {Atlas} from "./atlas.js" */
/** @typedef {{from: number, to: number, relation: string, outgoing: boolean}} Step */

/**
 * Return the nodes of the shortest path over any relation in either direction, both ends included; null if there is
 * none. It leads through a hub only if every path does. Of equally short paths, the one through the least connected
 * nodes is taken, because a hub says little, and then the first by IRI: `graph/structure/ways.py` answers the same.
 * @param {Atlas} atlas @param {number} start @param {number} end @returns {number[]|null}
 */
export function findPath(atlas, start, end) {
  const most = mostWithoutHub(atlas);
  return (
    shortest(atlas, start, end, (node) => node === end || atlas.degree(node) <= most) ??
    shortest(atlas, start, end, () => true)
  );
}

/** @param {Atlas} atlas @returns {number} the most relations that a node may have without being a hub */
function mostWithoutHub(atlas) {
  const { fewest, share } = atlas.header.tables.hub;
  return Math.max(fewest, atlas.count / share);
}

/**
 * Return up to `count` shortest paths of at most `longest` steps that visit no node twice, in the order in which
 * `findPath` prefers them: those through hubs only if every path leads through one. The method of Yen (1971), as in
 * `graph/structure/ways.py`. @param {Atlas} atlas @param {number} start @param {number} end @param {number} count
 * @param {number} [longest] @returns {number[][]}
 */
export function findPaths(atlas, start, end, count, longest = Infinity) {
  const most = mostWithoutHub(atlas);
  let isOpen = (/** @type {number} */ node) => node === end || node === start || atlas.degree(node) <= most;
  let first = shortest(atlas, start, end, isOpen);
  if (first === null || first.length - 1 > longest) {
    isOpen = () => true;
    first = shortest(atlas, start, end, isOpen);
  }
  const found = first === null || first.length - 1 > longest ? [] : [first];
  /** @type {Map<string, {path: number[], cost: number}>} */
  const waiting = new Map();
  while (found.length > 0 && found.length < count) {
    const last = found[found.length - 1];
    last.slice(0, -1).forEach((node, place) => {
      const root = last.slice(0, place);
      const begun = last.slice(0, place + 1).join();
      const taken = new Set(found.filter((path) => path.slice(0, place + 1).join() === begun).map((path) => path[place + 1]));
      const rest = shortest(atlas, node, end, (other) => isOpen(other) && !root.includes(other), (one, other) => (one === node && taken.has(other)) || (other === node && taken.has(one)));
      if (rest === null || place + rest.length - 1 > longest) return;
      const path = [...root, ...rest];
      waiting.set(path.join(), { path, cost: path.reduce((sum, one) => sum + atlas.degree(one), 0) });
    });
    const next = [...waiting].sort(([, one], [, other]) => one.path.length - other.path.length || one.cost - other.cost || compareNames(atlas, one.path, other.path))[0];
    if (next === undefined) break;
    waiting.delete(next[0]);
    found.push(next[1].path);
  }
  return found;
}

/** @param {Atlas} atlas @param {number[]} one @param {number[]} other */
function compareNames(atlas, one, other) {
  const at = one.findIndex((node, place) => node !== other[place]);
  return at < 0 ? 0 : atlas.iri(one[at]) < atlas.iri(other[at]) ? -1 : 1;
}

/**
 * @param {Atlas} atlas
 * @param {number} start
 * @param {number} end
 * @param {(node: number) => boolean} isOpen  whether the way may lead through a node, or to it
 * @param {(one: number, other: number) => boolean} [isCut]  whether it may not go from one to the other
 */
function shortest(atlas, start, end, isOpen, isCut = () => false) {
  const away = new Int32Array(atlas.count).fill(-1);
  away[start] = 0;
  const reached = [start];
  for (const node of reached) {
    if (away[end] >= 0) break;
    atlas.eachNeighbour(node, (other) => {
      if (away[other] >= 0 || !isOpen(other) || isCut(node, other)) return;
      away[other] = away[node] + 1;
      reached.push(other);
    });
  }
  return away[end] < 0 ? null : cheapest(atlas, away, start, end, isCut);
}

/** @param {Atlas} atlas @param {Int32Array} away  steps from the start @param {number} start @param {number} end @param {(one: number, other: number) => boolean} isCut */
function cheapest(atlas, away, start, end, isCut) {
  /** For each node on a shortest way: how many relations it and those between it and the end have. */
  const cost = new Map([[end, 0]]);
  let layer = new Set([end]);
  for (let distance = away[end] - 1; distance >= 0; distance -= 1) {
    /** @type {typeof layer} */
    const nearer = new Set();
    for (const later of layer) {
      atlas.eachNeighbour(later, (node) => {
        if (away[node] !== distance || isCut(node, later)) return;
        nearer.add(node);
        cost.set(node, Math.min(cost.get(node) ?? Infinity, cost.get(later) ?? 0));
      });
    }
    for (const node of nearer) cost.set(node, (cost.get(node) ?? 0) + atlas.degree(node));
    layer = nearer;
  }
  const way = [start];
  while (way.length <= away[end]) {
    let best = -1;
    atlas.eachNeighbour(way[way.length - 1], (node) => {
      if (away[node] !== way.length || !cost.has(node) || isCut(way[way.length - 1], node)) return;
      const ahead = (cost.get(node) ?? 0) - (cost.get(best) ?? Infinity);
      if (ahead < 0 || (ahead === 0 && atlas.iri(node) < atlas.iri(best))) best = node;
    });
    way.push(best);
  }
  return way;
}

/**
 * Return the nodes at most so many steps away, hubs shown but not gone through from the second step on.
 * @param {Atlas} atlas
 * @param {number} start
 * @param {number} depth
 * @returns {Set<number>}
 */
export function around(atlas, start, depth) {
  const hub = mostWithoutHub(atlas);
  const away = new Map([[start, 0]]);
  for (const [node, steps] of away) {
    if (steps === depth) break;
    if (steps > 0 && atlas.degree(node) > hub) continue;
    atlas.eachNeighbour(node, (other) => {
      if (!away.has(other)) away.set(other, steps + 1);
    });
  }
  return new Set(away.keys());
}

/**
 * Return how the neighbours along a path are joined, by the most informative relation.
 * @param {Atlas} atlas
 * @param {number[]} path
 * @returns {Step[]}
 */
export function stepsOf(atlas, path) {
  return path.slice(1).map((to, place) => {
    const from = path[place];
    for (const relation of atlas.header.tables.ways) {
      if (atlas.out(relation, from).includes(to)) return { from, to, relation, outgoing: true };
      if (atlas.into(relation, from).includes(to)) return { from, to, relation, outgoing: false };
    }
    return { from, to, relation: "related", outgoing: true };
  });
}

/** @param {Atlas} atlas @param {Step} step @returns {string} such as `is about` */
export function verbOf(atlas, { relation, outgoing }) {
  const words = atlas.header.tables.relations.find(({ name }) => name === relation);
  return words === undefined ? relation : outgoing ? words.forward : words.backward;
}
