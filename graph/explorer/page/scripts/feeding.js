/** Feeding: the server hands out the map in pieces, and what the reader looks at comes first. */

import { decode } from "./payload.js";
import { Filling, addTexts, noText } from "./filling.js";
import { readState } from "./state.js";

/** @import {Explorer} from "./explorer.js" */
/** @import {FedHeader} from "./filling.js" */
/** @typedef {{kind: "parts"|"texts", number: number}} Piece */

const AT_ONCE = 3;
const ATTEMPTS = 3;
const PAUSE = 800;
/** With so few parts in view the reader is near enough for titles. */
const NEAR = 3;

/** Whether this page holds nothing, and is to ask its server. @returns {boolean} */
export function isFed() {
  return document.getElementById("map-data")?.textContent === "";
}

export class Feeding {
  /** @param {Filling} filling @param {string} version */
  constructor(filling, version) {
    this.filling = filling;
    this.header = /** @type {FedHeader} */ (filling.payload.header);
    this.text = noText(this.header);
    this.place = `explorer/${encodeURIComponent(version)}`;
    /** What has been asked for. @type {Map<string, Promise<void>>} */
    this.asked = new Map();
    /** @type {Explorer|null} */
    this.explorer = null;
    this.drawing = 0;
  }

  /** Ask for the overview, enough for a first drawing. @returns {Promise<Feeding>} */
  static async open() {
    const reply = await ask("explorer/overview");
    const overview = decode(new Uint8Array(await reply.arrayBuffer()));
    return new Feeding(new Filling(overview), reply.headers.get("Explorer-Version") ?? "");
  }

  /**
   * Ask for all pieces, first those that the address names, then what is seen, then the rest.
   * @param {Explorer} explorer
   * @returns {Promise<void>} settled when everything is there
   */
  async follow(explorer) {
    this.explorer = explorer;
    explorer.atlas.addText(this.text, false);
    await this.#findNamed(explorer);
    explorer.settle();
    await Promise.all(Array.from({ length: AT_ONCE }, () => this.#work()));
    explorer.atlas.addText(this.text);
    this.#show();
  }

  /** Fetch what the address speaks of, so that it can be shown at once. @param {Explorer} explorer */
  async #findNamed(explorer) {
    /** @type {string[]} */
    const unknown = [];
    const names = explorer.names();
    const node = (/** @type {string} */ iri) => {
      const found = names.node(iri);
      if (found < 0) unknown.push(iri);
      return found;
    };
    readState(window.location.hash, { ...names, node });
    for (const iri of unknown.slice(0, ATTEMPTS)) {
      const reply = await fetch(`explorer/node?iri=${encodeURIComponent(iri)}`);
      if (!reply.ok) continue;
      const found = await reply.json();
      await Promise.all([this.#fetch({ kind: "parts", number: found.part }), this.#fetch({ kind: "texts", number: found.part })]);
      explorer.byIri?.set(iri, found.node);
    }
  }

  async #work() {
    for (let piece = this.#next(); piece; piece = this.#next()) await this.#fetch(piece);
  }

  /** The piece that is wanted most, of those not asked for. @returns {Piece|null} */
  #next() {
    const seen = this.#seen();
    const all = [...this.header.parts.keys()];
    /** @type {Piece[]} */
    const wanted = [
      ...seen.map((number) => /** @type {Piece} */ ({ kind: "parts", number })),
      ...(seen.length <= NEAR ? seen.map((number) => /** @type {Piece} */ ({ kind: "texts", number })) : []),
      ...all.map((number) => /** @type {Piece} */ ({ kind: "parts", number })),
      ...[all.length, ...seen, ...all].map((number) => /** @type {Piece} */ ({ kind: "texts", number })),
    ];
    return wanted.find(({ kind, number }) => !this.asked.has(`${kind}/${number}`)) ?? null;
  }

  /** The parts with islands in view, the nearest to the middle first. @returns {number[]} */
  #seen() {
    const map = this.explorer?.map;
    if (!map || map.view !== "topics") return [];
    const { x, y, zoom } = map.camera;
    const [across, down] = [window.innerWidth / 2 / zoom, window.innerHeight / 2 / zoom];
    const near = this.header.islands
      .map((island) => ({ island, away: Math.hypot(island.x - x, island.y - y) - island.r }))
      .filter(({ island }) => Math.abs(island.x - x) < across + island.r && Math.abs(island.y - y) < down + island.r)
      .sort((one, other) => one.away - other.away);
    const found = near.flatMap(({ island }) => this.#partsOf(island.first, island.end));
    return [...new Set(found)];
  }

  /** @param {number} first @param {number} end @returns {number[]} the parts that hold some of these articles */
  #partsOf(first, end) {
    return [...this.header.parts.entries()].filter(([, part]) => part[0] < end && part[1] > first).map(([number]) => number);
  }

  /** Fetch a piece, and put it in its place. @param {Piece} piece @returns {Promise<void>} */
  #fetch(piece) {
    const name = `${piece.kind}/${piece.number}`;
    const known = this.asked.get(name);
    if (known || (piece.kind === "parts" && piece.number >= this.header.parts.length)) return known ?? Promise.resolve();
    const coming = this.#take(name, piece);
    this.asked.set(name, coming);
    return coming;
  }

  /** @param {string} name @param {Piece} piece */
  async #take(name, { kind, number }) {
    const reply = await ask(`${this.place}/${name}`);
    if (kind === "texts") addTexts(this.text, await reply.json());
    else {
      this.filling.add(this.header.parts[number][0], decode(new Uint8Array(await reply.arrayBuffer())).columns);
      this.explorer?.atlas.forget();
    }
    if (!this.drawing) this.drawing = window.setTimeout(() => this.#show(), 120);
  }

  /** Let the page show what has come. */
  #show() {
    window.clearTimeout(this.drawing);
    this.drawing = 0;
    const { explorer } = this;
    explorer?.map.refresh();
    if (explorer && (explorer.state.node >= 0 || explorer.atlas.hasText)) explorer.retell();
  }
}

/**
 * Ask the server, again where it does not answer.
 * @param {string} address
 * @returns {Promise<Response>}
 */
async function ask(address) {
  for (let attempt = 1; ; attempt += 1) {
    const reply = await fetch(address).catch(() => null);
    if (reply?.ok) return reply;
    if (reply?.status === 404) throw new Error(`${(await reply.text()).trim()}`);
    if (attempt === ATTEMPTS) throw new Error("The server does not answer. Load the page again.");
    await new Promise((resolve) => window.setTimeout(resolve, attempt * PAUSE));
  }
}
