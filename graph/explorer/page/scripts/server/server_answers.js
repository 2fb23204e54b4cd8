/** Answers about the whole graph from the server that feeds the page. */

import { NOTHING_FOUND } from "../search/name_search.js";
import { readState } from "../state/state.js";
import { Trouble } from "./server.js";

/** @import {Answers, Way} from "../data/answers.js" */
/** @import {MapPayload} from "../data/payload.js" */
/** @import {Found} from "../search/name_search.js" */
/** @import {Explorer} from "../state/explorer.js" */
/** @import {Names} from "../state/state.js" */
/** @import {Feeding} from "./feeding.js" */
/** A path as the server tells it. @typedef {{path: number[]|null, steps: {relation: string, outgoing: boolean}[]}} ToldWay */

/** The most nodes of which everything is asked for. */
const MOST_LEARNT = 20000;
/** The most unknown names of an address that are looked up. */
const MOST_RESOLVED = 40;
/** The most characters of the names that are looked up with one question. */
const LONGEST_NAMED = 6000;
/** The most nodes of which the relations among them are asked for. */
const MOST_AMONG_ASKED = 400;
/** The most milliseconds that a search waits for the previous one, so that not every letter of a fast typist is searched for. */
const MOST_WAITED = 110;
const NOT_FOUND = 404;

/** @implements {Answers} */
export class ServerAnswers {
  canFind = true;
  most = MOST_LEARNT;
  /** Counts the searches. */
  #searches = 0;
  /** Calls off the search that is on its way. */
  #finding = new AbortController();
  /** Settled when the next search may begin. @type {Promise<unknown>} */
  #free = Promise.resolve();
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

  /** @param {string} text @param {number} limit @returns {Promise<Found>} nothing if another search began meanwhile */
  async find(text, limit) {
    this.#searches += 1;
    const turn = this.#searches;
    await this.#free;
    if (turn < this.#searches) return NOTHING_FOUND;
    this.#finding.abort();
    const { signal } = (this.#finding = new AbortController());
    const reply = this.feeding.server.columns(`search?limit=${limit}&q=${encodeURIComponent(text)}`, signal);
    const answered = reply.catch(() => {});
    this.#free = Promise.race([answered, new Promise((resolve) => window.setTimeout(resolve, MOST_WAITED))]);
    try {
      const { header, columns } = await reply;
      this.feeding.take(header, columns);
      return /** @type {Found} */ (/** @type {unknown} */ (header));
    } catch (error) {
      if (signal.aborted) return NOTHING_FOUND;
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
    /** @type {ToldWay|null} */
    const found = await this.#tried(() => this.feeding.server.json(`path?from=${from}&to=${to}`));
    if (found === null) return null;
    await Promise.all([this.feeding.place(found.path ?? []), this.quote(found.path ?? [])]);
    return wayOf(found);
  }

  /** @param {number} from @param {number} to @returns {Promise<Way[]|null>} */
  async ways(from, to) {
    /** @type {ToldWay[]|null} */
    const found = await this.#tried(() => this.feeding.server.json(`paths?from=${from}&to=${to}`));
    if (found === null) return null;
    const nodes = found.flatMap(({ path }) => path ?? []);
    await Promise.all([this.feeding.place(nodes), this.quote(nodes)]);
    return found.map(wayOf);
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
  async quote(nodes) {
    const some = [...new Set(nodes.slice(0, MOST_AMONG_ASKED))];
    if (some.length < 2) return false;
    /** @type {{stated: import("../data/quotes.js").StatedOne[], trouble?: string}|null} */
    const found = await this.#tried(() => this.feeding.server.json(`stated?of=${some.join()}`));
    if (found?.trouble) this.feeding.onTrouble(found.trouble);
    this.explorer?.atlas.quotes.takeAmong(found?.stated ?? []);
    return found !== null;
  }

  /** @param {number[]} nodes */
  place(nodes) {
    return this.feeding.place(nodes);
  }

  /** @param {number[]} nodes @returns {Promise<"all"|"many"|"lost">} */
  async learn(nodes) {
    if (nodes.length > MOST_LEARNT) return "many";
    return (await this.#tried(() => this.feeding.learn(nodes).then(() => /** @type {const} */ ("all")))) ?? "lost";
  }

  async rankTitles() {
    const { columns } = this.feeding.partial.payload;
    if (columns.rank) return;
    this.#ranking ??= this.#columns("titles").then((found) => {
      this.#ranking = null;
      if (found) columns.rank = found.columns.rank;
    });
    await this.#ranking;
  }

  /** @param {string} hash @param {Names} names */
  async resolve(hash, names) {
    /** @type {Set<string>} */
    const unknown = new Set();
    const node = (/** @type {string} */ iri) => {
      const found = names.node(iri);
      if (found < 0 && iri && !this.#unknown.has(iri)) unknown.add(iri);
      return found;
    };
    readState(hash, { ...names, node });
    const known = await Promise.all([...unknown].slice(0, MOST_RESOLVED).map((iri) => this.#resolveOne(iri)));
    return known.every(Boolean);
  }

  /** @param {string[]} iris @param {Names} names @returns {Promise<number[]>} */
  async nodesOf(iris, names) {
    const unknown = iris.filter((iri) => names.node(iri) < 0);
    while (unknown.length) {
      const some = unknown.splice(0, this.explorer?.atlas.header.tables.most_iris ?? 1);
      const query = () => some.map((iri) => `iri=${encodeURIComponent(iri)}`).join("&");
      while (some.length > 1 && query().length > LONGEST_NAMED) unknown.unshift(...some.splice(Math.ceil(some.length / 2)));
      /** @type {{nodes: number[]}|null} */
      const found = await this.#tried(() => this.feeding.server.json(`named?${query()}`));
      if (found === null) break;
      some.forEach((iri, at) => found.nodes[at] >= 0 && this.explorer?.name(iri, found.nodes[at]));
    }
    return iris.map(names.node).filter((node) => node >= 0);
  }

  /** @param {string} iri @returns {Promise<boolean>} whether it is now known which node it leads to, if any */
  async #resolveOne(iri) {
    try {
      /** @type {{node: number}} */
      const { node } = await this.feeding.server.json(`node?iri=${encodeURIComponent(iri)}`);
      this.explorer?.name(iri, node);
      return true;
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      // An unknown name is not a fault: the address is then read without it.
      if (error.status === NOT_FOUND) this.#unknown.add(iri);
      else this.feeding.trouble(error);
      return error.status === NOT_FOUND;
    }
  }

  /** @param {string} path @returns {Promise<MapPayload|null>} */
  #columns(path) {
    return this.#tried(() => this.feeding.server.columns(path));
  }

  /**
   * Return the answer to a question, or null if there is none; then the reader is told why.
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

/** @param {ToldWay} told @returns {Way} */
function wayOf({ path, steps }) {
  return { path, steps: path ? steps.map((step, at) => ({ ...step, from: path[at], to: path[at + 1] })) : [] };
}
