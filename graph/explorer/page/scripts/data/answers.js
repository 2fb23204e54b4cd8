/** Answers about the whole graph: what can be asked, and the answers of a page that holds everything. */

import { NOTHING_FOUND } from "../search/name_search.js";
import { around, findPath, findPaths, stepsOf } from "./paths.js";

/** @import {Atlas} from "./atlas.js" */
/** @import {Step} from "./paths.js" */
/** @import {Found, NameSearch} from "../search/name_search.js" */
/** @import {TextSearch} from "../search/text_search.js" */
/** @import {Names} from "../state/state.js" */
/** @typedef {{path: number[]|null, steps: Step[]}} Way  null where nothing joins the two */
/**
 * @typedef {object} Answers
 * @property {boolean} canFind  whether names can be searched yet
 * @property {string} version  of the node numbers; empty where they are not to be kept
 * @property {(text: string, limit: number) => Promise<Found>} find  the best nodes with such a name, then those with such a text
 * @property {(text: string) => Promise<Set<number>|null>} named  all of these; null, here and below, where there is no answer
 * @property {(from: number, to: number) => Promise<Way|null>} way  the shortest path
 * @property {(from: number, to: number) => Promise<Way[]|null>} ways  several paths, the shortest first
 * @property {(node: number, depth: number) => Promise<Set<number>|null>} around  the nodes at most so many steps away
 * @property {(node: number) => Promise<void>} surround  learn all relations of a node
 * @property {(nodes: number[]) => Promise<boolean>} quote  learn where the relations among nodes are stated; whether more is known then
 * @property {number} most  the most nodes that can be learnt about at once
 * @property {(nodes: number[]) => Promise<void>} place  learn where nodes are on the map
 * @property {(nodes: number[]) => Promise<"all"|"many"|"lost">} learn  learn everything about nodes, unless there are too many
 * @property {() => Promise<void>} rankTitles  learn the order of titles
 * @property {(hash: string, names: Names) => Promise<boolean>} resolve  learn the nodes that an address names; false where there is no answer
 * @property {(iris: string[], names: Names) => Promise<number[]>} nodesOf  the nodes that have these IRIs, without those that none has
 */

const ALL = 1e9;

/** @implements {Answers} */
export class WholeAnswers {
  /** @type {NameSearch|null} set when all titles are indexed */
  search = null;
  /** @type {TextSearch|null} set when all texts are read */
  texts = null;
  version = "";
  most = Infinity;

  /** @param {Atlas} atlas */
  constructor(atlas) {
    this.atlas = atlas;
  }

  get canFind() {
    return this.search !== null;
  }

  /** @param {string} text @param {number} limit */
  async find(text, limit) {
    const { search } = this;
    if (!search) return NOTHING_FOUND;
    const { nodes, fits, guessed, partial } = search.match(text);
    const isExact = nodes.length > 0 && !guessed && !partial;
    const texts = this.texts?.match(search.typed(text)) ?? [];
    if (texts.length === 0) return { nodes: search.best(nodes, fits, limit), total: nodes.length, guessed, partial };
    // A text with all words is a better answer than a name with only some of them, or with similar ones.
    const known = new Set(isExact ? nodes : []);
    const others = texts.filter((node) => !known.has(node));
    const first = isExact ? search.best(nodes, fits, limit) : [];
    const rest = search.best(others, search.weights, limit - first.length);
    return { nodes: [...first, ...rest], total: known.size + others.length, guessed: false, partial: false };
  }

  /** @param {string} text */
  async named(text) {
    return new Set((await this.find(text, ALL)).nodes);
  }

  /** @param {number} from @param {number} to */
  async way(from, to) {
    const path = findPath(this.atlas, from, to);
    return { path, steps: path ? stepsOf(this.atlas, path) : [] };
  }

  /** @param {number} from @param {number} to */
  async ways(from, to) {
    const { most_ways: count, longest_way: longest } = this.atlas.header.tables;
    const paths = findPaths(this.atlas, from, to, count, longest);
    return paths.map((path) => ({ path, steps: stepsOf(this.atlas, path) }));
  }

  /** @param {number} node @param {number} depth */
  async around(node, depth) {
    return around(this.atlas, node, depth);
  }

  async surround() {}

  async quote() {
    return false;
  }

  async place() {}

  /** @returns {Promise<"all">} */
  async learn() {
    return "all";
  }

  async rankTitles() {
    this.atlas.rankTitles();
  }

  async resolve() {
    return true;
  }

  /** @param {string[]} iris @param {Names} names */
  async nodesOf(iris, names) {
    return iris.map(names.node).filter((node) => node >= 0);
  }
}
