/** Answers about the whole graph from the server that feeds the page. */

import { Trouble, ask, askColumns } from "./asking.js";
import { readState } from "./state.js";

/** @import {Answers, Way} from "./answers.js" */
/** @import {Explorer} from "./explorer.js" */
/** @import {Feeding} from "./feeding.js" */
/** @import {Found} from "./search.js" */
/** @import {Names} from "./state.js" */

/** Nodes of which everything is asked for at the most. */
const MOST_BROUGHT = 20000;
/** So many unknown names of an address are looked up. */
const MOST_MET = 12;

/** @implements {Answers} */
export class Asked {
  canFind = true;

  /** @param {Feeding} feeding */
  constructor(feeding) {
    this.feeding = feeding;
    /** @type {Explorer|null} set when there is one */
    this.explorer = null;
    /** Names that lead nowhere. @type {Set<string>} */
    this.unknown = new Set();
  }

  /** @param {string} text @param {number} limit @returns {Promise<Found>} */
  async find(text, limit) {
    try {
      const reply = await ask(`${this.feeding.home}/search?limit=${limit}&q=${encodeURIComponent(text)}`);
      const found = /** @type {Found} */ (await reply.json());
      await this.feeding.learn(found.nodes);
      return found;
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      return { nodes: [], total: 0, guessed: false, partial: false, trouble: error.message };
    }
  }

  /** @param {string} text @returns {Promise<Set<number>>} */
  async named(text) {
    const found = await this.#tried(() => askColumns(`${this.feeding.home}/search?all=1&q=${encodeURIComponent(text)}`));
    return new Set(found?.columns.node ?? []);
  }

  /** @param {number} from @param {number} to @returns {Promise<Way>} */
  async way(from, to) {
    const reply = await this.#tried(() => ask(`${this.feeding.home}/path?from=${from}&to=${to}`));
    if (reply === null) return { path: [from], steps: [] };
    /** @type {{path: number[]|null, steps: {relation: string, outgoing: boolean}[]}} */
    const { path, steps } = await reply.json();
    if (path === null) return { path, steps: [] };
    await this.feeding.place(path);
    return { path, steps: steps.map((step, at) => ({ ...step, from: path[at], to: path[at + 1] })) };
  }

  /** @param {number} node @param {number} depth @returns {Promise<Set<number>>} */
  async around(node, depth) {
    const found = await this.#tried(() => askColumns(`${this.feeding.home}/around?node=${node}&depth=${depth}`));
    if (found === null) return new Set([node]);
    this.feeding.stand(`around/${node}/${depth}`, found.columns);
    return new Set(found.columns.all);
  }

  /** @param {number} node */
  surround(node) {
    return this.feeding.surround(node);
  }

  /** @param {number[]} nodes */
  place(nodes) {
    return this.feeding.place(nodes);
  }

  /** @param {number[]} nodes @returns {Promise<boolean>} */
  async bring(nodes) {
    if (nodes.length > MOST_BROUGHT) return false;
    return (await this.#tried(() => this.feeding.learn(nodes).then(() => true))) ?? false;
  }

  /** @returns {Promise<void>|undefined} */
  rank() {
    const { columns } = this.feeding.filling.payload;
    if (columns.rank) return undefined;
    return this.#tried(() => askColumns(`${this.feeding.home}/titles`)).then((found) => {
      if (found) columns.rank = found.columns.rank;
    });
  }

  /** @param {string} hash @param {Names} names @returns {Promise<void>|undefined} */
  meet(hash, names) {
    /** @type {Set<string>} */
    const unknown = new Set();
    const node = (/** @type {string} */ iri) => {
      const found = names.node(iri);
      if (found < 0 && !this.unknown.has(iri)) unknown.add(iri);
      return found;
    };
    readState(hash, { ...names, node });
    if (unknown.size === 0) return undefined;
    return Promise.all([...unknown].slice(0, MOST_MET).map((iri) => this.#meetOne(iri))).then(() => undefined);
  }

  /** @param {string} iri */
  async #meetOne(iri) {
    // What nobody knows is no trouble: the address is then read without it.
    const reply = await fetch(`explorer/node?iri=${encodeURIComponent(iri)}`).catch(() => null);
    if (!reply?.ok) {
      this.unknown.add(iri);
      return;
    }
    const { node } = /** @type {{node: number}} */ (await reply.json());
    this.explorer?.name(iri, node);
    await this.feeding.place([node]);
  }

  /**
   * What a question brings, or null where it went wrong, which is told.
   * @template T
   * @param {() => Promise<T>} question
   * @returns {Promise<T|null>}
   */
  async #tried(question) {
    try {
      return await question();
    } catch (error) {
      this.feeding.trouble(error);
      return null;
    }
  }
}
