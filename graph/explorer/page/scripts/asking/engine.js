/** The engine within the page: a worker that is started when first needed, and ended when an answer takes too long. */

import { unpackBytes } from "../data/unpack.js";
import { answerQueries } from "./answering.js";

/** @import {Answer, Said} from "./answering.js" */

/** The most rows that are shown. */
export const MOST_ROWS = 10000;

const BROKEN = "The query crashed the engine. Ask for less, or simplify it.";

export class QueryEngine {
  /** @type {Worker|null} */
  #worker = null;
  /** @type {Promise<[string, WebAssembly.Module, string]>|null} */
  #parts = null;
  /** @type {Promise<number>|null} */
  #ready = null;
  /** Ends the current wait. @type {((reason: Error) => void)|null} */
  #giveUp = null;

  /** @param {Record<string, string>} prefixes  that need not be declared @param {number} limit  milliseconds for an answer */
  constructor(prefixes, limit) {
    this.prologue = Object.entries(prefixes).map(([name, namespace]) => `PREFIX ${name}: <${namespace}>`).join(" ");
    this.limit = limit;
  }

  /** Load the engine and the triples, once. @returns {Promise<number>} the number of triples */
  prepare() {
    this.#ready ??= this.#start();
    this.#ready.catch(() => this.#end());
    return this.#ready;
  }

  /**
   * Answer a query.
   * @param {string} query
   * @returns {Promise<Answer>} rejected with an Error whose message says why there is no answer
   */
  async ask(query) {
    this.cancel("Another query was started.");
    /** @type {Promise<never>} */
    const ended = new Promise((_, reject) => (this.#giveUp = reject));
    ended.catch(() => {});
    const giveUp = this.#giveUp;
    await Promise.race([this.prepare(), ended]);
    const timer = setTimeout(() => this.cancel(`There was no answer within ${this.limit / 1000} seconds. Ask for less.`), this.limit);
    try {
      const said = await Promise.race([this.#told({ query: `${this.prologue}\n${query}` }), ended]);
      if ("answer" in said) return said.answer;
      throw this.#fault(said);
    } finally {
      clearTimeout(timer);
      if (this.#giveUp === giveUp) this.#giveUp = null;
    }
  }

  /** End a query that is being answered. @param {string} [reason] */
  cancel(reason = "Stopped.") {
    if (this.#giveUp === null) return;
    const giveUp = this.#giveUp;
    this.#giveUp = null;
    this.#end();
    giveUp(new Error(reason));
  }

  #end() {
    this.#worker?.terminate();
    this.#worker = null;
    this.#ready = null;
  }

  async #start() {
    this.#parts ??= engineParts();
    const [script, module, triples] = await this.#parts;
    const text = `${script}\n(${answerQueries})({ initSync, Store }, ${MOST_ROWS});`;
    const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    this.#worker = new Worker(address);
    try {
      const said = await this.#told({ module, triples });
      if ("ready" in said) return said.ready;
      throw this.#fault(said);
    } finally {
      URL.revokeObjectURL(address);
    }
  }

  /**
   * Why there is no answer. A query that is nested too deep, or needs too much memory, crashes the engine; the next
   * query starts a new one. @param {Said} said
   */
  #fault(said) {
    if (!("error" in said)) return new Error("The engine did not answer.");
    if (!said.isBroken) return new Error(said.error);
    this.#end();
    return new Error(BROKEN);
  }

  /** Tell the worker something. @param {object} message @returns {Promise<Said>} what it says next */
  #told(message) {
    return new Promise((resolve, reject) => {
      const worker = this.#worker;
      if (!worker) {
        reject(new Error("Stopped."));
        return;
      }
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => {
        event.preventDefault();
        this.#end();
        reject(new Error(BROKEN));
      };
      worker.postMessage(message);
    });
  }
}

/** @returns {Promise<[string, WebAssembly.Module, string]>} the engine's script, its WebAssembly, and the triples */
async function engineParts() {
  const [script, wasm, triples] = await Promise.all(["engine-script", "engine-wasm", "triples"].map(unpackBytes));
  const decoder = new TextDecoder();
  return [decoder.decode(script), await WebAssembly.compile(/** @type {BufferSource} */ (wasm)), decoder.decode(triples)];
}
