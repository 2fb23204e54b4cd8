/** Answers about the whole graph from the server that feeds the page. */

import { Trouble } from "./server.js";
import { readState } from "../state/state.js";

/** @import {Answers, Way} from "../data/answers.js" */
/** @import {Explorer} from "../state/explorer.js" */
/** @import {Feeding} from "./feeding.js" */
/** @import {MapPayload} from "../data/payload.js" */
/** @import {Found} from "../search/name_search.js" */
/** @import {Names} from "../state/state.js" */

/** Nodes of which everything is asked for at the most. */
const MOST_BROUGHT = 20000;
/** So many unknown names of an address are looked up. */
const MOST_MET = 12;
/** Milliseconds without another letter after which what was typed is looked for. */
const TYPED = 110;
const NO_SUCH = 404;
/** @type {Found} */
const NOTHING_FOUND = { nodes: [], total: 0, guessed: false, partial: false };

/** @implements {Answers} */
export class Asked {
  canFind = true;
  /** Calls off what is being looked for. @type {AbortController|null} */
  #finding = null;
  /** @type {Promise<void>|null} */
  #ranking = null;
  /** Names that lead nowhere. @type {Set<string>} */
  #unknown = new Set();

  /** @param {Feeding} feeding */
  constructor(feeding) {
    this.feeding = feeding;
    /** @type {Explorer|null} set when there is one */
    this.explorer = null;
  }

  get version() {
    return this.feeding.server.version;
  }

  /** @param {string} text @param {number} limit @returns {Promise<Found>} nothing where something else is looked for meanwhile */
  async find(text, limit) {
    this.#finding?.abort();
    const calledOff = new AbortController();
    this.#finding = calledOff;
    await new Promise((resolve) => window.setTimeout(resolve, TYPED));
    if (calledOff.signal.aborted) return NOTHING_FOUND;
    try {
      /** @type {Found} */
      const found = await this.feeding.server.json(`search?limit=${limit}&q=${encodeURIComponent(text)}`, calledOff.signal);
      if (!calledOff.signal.aborted) await this.feeding.learn(found.nodes);
      return found;
    } catch (error) {
      if (calledOff.signal.aborted) return NOTHING_FOUND;
      if (!(error instanceof Trouble)) throw error;
      return { ...NOTHING_FOUND, trouble: error.message };
    }
  }

  /** @param {string} text @returns {Promise<Set<number>|null>} */
  async named(text) {
    const found = await this.#columns(`search?all=1&q=${encodeURIComponent(text)}`);
    return found && new Set(found.columns.node);
  }

  /** @param {number} from @param {number} to @returns {Promise<Way|null>} */
  async way(from, to) {
    /** @type {{path: number[]|null, steps: {relation: string, outgoing: boolean}[]}|null} */
    const found = await this.#tried(() => this.feeding.server.json(`path?from=${from}&to=${to}`));
    if (found === null) return null;
    const { path, steps } = found;
    if (path === null) return { path, steps: [] };
    await this.feeding.place(path);
    return { path, steps: steps.map((step, at) => ({ ...step, from: path[at], to: path[at + 1] })) };
  }

  /** @param {number} node @param {number} depth @returns {Promise<Set<number>|null>} */
  async around(node, depth) {
    const found = await this.#columns(`around?node=${node}&depth=${depth}`);
    if (found === null) return null;
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

  /** @param {number[]} nodes @returns {Promise<"all"|"many"|"lost">} */
  async bring(nodes) {
    if (nodes.length > MOST_BROUGHT) return "many";
    return (await this.#tried(() => this.feeding.learn(nodes).then(() => /** @type {const} */ ("all")))) ?? "lost";
  }

  /** @returns {Promise<void>|undefined} */
  rank() {
    const { columns } = this.feeding.filling.payload;
    if (columns.rank) return undefined;
    this.#ranking ??= this.#columns("titles").then((found) => {
      this.#ranking = null;
      if (found) columns.rank = found.columns.rank;
    });
    return this.#ranking;
  }

  /** @param {string} hash @param {Names} names @returns {Promise<boolean>|true} */
  meet(hash, names) {
    /** @type {Set<string>} */
    const unknown = new Set();
    const node = (/** @type {string} */ iri) => {
      const found = names.node(iri);
      if (found < 0 && iri && !this.#unknown.has(iri)) unknown.add(iri);
      return found;
    };
    readState(hash, { ...names, node });
    if (unknown.size === 0) return true;
    return Promise.all([...unknown].slice(0, MOST_MET).map((iri) => this.#meetOne(iri))).then((met) => met.every(Boolean));
  }

  /** @param {string} iri @returns {Promise<boolean>} whether it is known now to which node it leads, if to any */
  async #meetOne(iri) {
    try {
      /** @type {{node: number}} */
      const { node } = await this.feeding.server.json(`node?iri=${encodeURIComponent(iri)}`);
      this.explorer?.name(iri, node);
      return true;
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      // What nobody knows is no trouble: the address is then read without it.
      if (error.status === NO_SUCH) this.#unknown.add(iri);
      else this.feeding.trouble(error);
      return error.status === NO_SUCH;
    }
  }

  /** @param {string} path @returns {Promise<MapPayload|null>} */
  #columns(path) {
    return this.#tried(() => this.feeding.server.columns(path));
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
