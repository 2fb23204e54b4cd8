/** Answers about the whole graph from what the page holds; a page that holds little asks its server (feeding.js). */

import { around, findPath, stepsOf } from "./paths.js";

/** @import {Atlas} from "./atlas.js" */
/** @import {Step} from "./paths.js" */
/** @import {Found, Search} from "../search/name_search.js" */
/** @import {Names} from "../state/state.js" */
/** @template T @typedef {import("../state/soon.js").Soon<T>} Soon */
/** @typedef {{path: number[]|null, steps: Step[]}} Way  null where nothing joins the two */
/**
 * @typedef {object} Answers
 * @property {boolean} canFind  whether names can be searched already
 * @property {(text: string, limit: number) => Soon<Found>} find  the best of what has such a name
 * @property {string} version  of what the numbers of nodes hold; empty where they are not to be kept
 * @property {(text: string) => Soon<Set<number>|null>} named  all that has such a name; null, here and below, where nobody answers
 * @property {(from: number, to: number) => Soon<Way|null>} way  the shortest
 * @property {(node: number, depth: number) => Soon<Set<number>|null>} around  what is so few steps away
 * @property {(node: number) => Soon<void>} surround  know all that is tied to a node
 * @property {(nodes: number[]) => Soon<void>} place  know where nodes stand
 * @property {(nodes: number[]) => Soon<"all"|"many"|"lost">} bring  know everything of nodes, unless there are too many
 * @property {() => Soon<void>} rank  know the order of titles
 * @property {(hash: string, names: Names) => Soon<boolean>} meet  know the nodes that an address speaks of; false where nobody answers
 */

const ALL = 1e9;

/** @implements {Answers} */
export class Held {
  /** @type {Search|null} set when all titles are indexed */
  search = null;

  /** @param {Atlas} atlas */
  constructor(atlas) {
    this.atlas = atlas;
  }

  version = "";

  get canFind() {
    return this.search !== null;
  }

  /** @param {string} text @param {number} limit @returns {Found} */
  find(text, limit) {
    return this.search?.find(text, limit) ?? { nodes: [], total: 0, guessed: false, partial: false };
  }

  /** @param {string} text */
  named(text) {
    return new Set(this.find(text, ALL).nodes);
  }

  /** @param {number} from @param {number} to @returns {Way} */
  way(from, to) {
    const path = findPath(this.atlas, from, to);
    return { path, steps: path ? stepsOf(this.atlas, path) : [] };
  }

  /** @param {number} node @param {number} depth */
  around(node, depth) {
    return around(this.atlas, node, depth);
  }

  surround() {}

  place() {}

  /** @returns {"all"} */
  bring() {
    return "all";
  }

  rank() {}

  meet() {
    return true;
  }
}
