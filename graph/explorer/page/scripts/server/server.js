/** Asking the server that the page came from: again if it does not answer, and no more once the data is gone. */

import { decode } from "../data/payload.js";

/** @import {MapPayload} from "../data/payload.js" */

const ATTEMPTS = 3;
/** Milliseconds to wait for an answer. */
const PATIENCE = 30000;
const LONGEST = 300;
const ANSWERED = { gone: 410, busy: 429, failed: 500 };

/** What the server cannot or will not answer, in words for a person. */
export class Trouble extends Error {
  /** @param {string} words @param {number} [status] */
  constructor(words, status = 0) {
    super(words);
    this.status = status;
  }

  /** Whether asking again may help. */
  get isPassing() {
    return this.status === 0 || this.status === ANSWERED.busy || this.status >= ANSWERED.failed;
  }
}

/** The server, asked about one version of the data: the one it has when the page opens. */
export class Server {
  /** The address below which everything of this version is. */
  #home = "explorer";
  /** Set once the version is gone, after which nothing is asked. @type {Trouble|null} */
  gone = null;
  /** Milliseconds before a second attempt; before a third it is twice as long. */
  pause = 800;
  /** How many questions have not been answered yet. */
  unanswered = 0;

  /** Ask for the overview; everything else is asked about its version. @returns {Promise<MapPayload>} */
  async open() {
    return this.#ask("overview", undefined, async (reply) => {
      const overview = await columnsIn(reply);
      this.#home = `explorer/${encodeURIComponent(reply.headers.get("Explorer-Version") ?? "")}`;
      return overview;
    });
  }

  /** The name of the version. */
  get version() {
    return this.#home;
  }

  /** @param {string} path @param {AbortSignal} [calledOff] @returns {Promise<MapPayload>} header and columns of the reply */
  columns(path, calledOff) {
    return this.#ask(path, calledOff, columnsIn);
  }

  /** @param {string} path @returns {Promise<any>} the reply, which is JSON */
  json(path) {
    return this.#ask(path, undefined, (reply) => reply.json());
  }

  /**
   * @template T
   * @param {string} path  below the version's own
   * @param {AbortSignal|undefined} calledOff
   * @param {(reply: Response) => Promise<T>} read
   * @returns {Promise<T>}
   */
  async #ask(path, calledOff, read) {
    this.unanswered += 1;
    try {
      return await this.#attempt(path, calledOff, read);
    } finally {
      this.unanswered -= 1;
    }
  }

  /**
   * @template T
   * @param {string} path
   * @param {AbortSignal|undefined} calledOff
   * @param {(reply: Response) => Promise<T>} read
   * @returns {Promise<T>}
   */
  async #attempt(path, calledOff, read) {
    for (let attempt = 1; ; attempt += 1) {
      if (this.gone) throw this.gone;
      let reply = null;
      const ending = new AbortController();
      const end = () => ending.abort();
      const late = window.setTimeout(end, PATIENCE);
      calledOff?.addEventListener("abort", end);
      try {
        reply = await fetch(`${this.#home}/${path}`, { signal: ending.signal });
        if (reply.ok) return await read(reply);
      } catch (error) {
        // A truncated reply is requested again, like one that never arrived.
        if (calledOff?.aborted) throw error;
        reply = null;
      } finally {
        window.clearTimeout(late);
        calledOff?.removeEventListener("abort", end);
      }
      if (reply && reply.status < ANSWERED.failed && reply.status !== ANSWERED.busy) {
        const trouble = new Trouble(await wordsIn(reply), reply.status);
        if (reply.status === ANSWERED.gone) this.gone = trouble;
        throw trouble;
      }
      if (attempt === ATTEMPTS) throw new Trouble("The server does not answer. Trying again.");
      await new Promise((resolve) => window.setTimeout(resolve, attempt * this.pause));
    }
  }
}

/** @param {Response} reply @returns {Promise<MapPayload>} */
async function columnsIn(reply) {
  return decode(new Uint8Array(await reply.arrayBuffer()));
}

/** Return why it was refused, in the server's own words if these are for people. @param {Response} reply @returns {Promise<string>} */
async function wordsIn(reply) {
  const isPlain = (reply.headers.get("Content-Type") ?? "").startsWith("text/plain");
  const words = isPlain ? (await reply.text().catch(() => "")).trim() : "";
  if (reply.status === ANSWERED.gone) return words || "The data was replaced. Load the page again.";
  return words && words.length <= LONGEST ? words : `The server refused the request (status ${reply.status}).`;
}
