/** An atlas that fills up: columns of full length that begin empty, and pieces that are put in their places. */

import { NOTHING } from "./atlas.js";
import { ARRAYS } from "./payload.js";

/** @import {Column, ColumnType, Header, MapPayload} from "./payload.js" */
/** @import {TextPayload} from "./atlas.js" */
/** @typedef {Header & {parts: [number, number][], shapes: Record<string, [ColumnType, number]>}} FedHeader */
/** @typedef {Partial<TextPayload> & {first: number}} TextPiece */

const PLACES = ["topics_x", "topics_y", "network_x", "network_y", "time_x", "time_y"];
const RELATIONS = ["related", "part", "mentions"];
const BACKBONE = ["backbone_from", "backbone_to", "backbone_weight"];

/** What the pieces of a map are put into; nodes whose piece has not come stand nowhere and are tied to nothing. */
export class Filling {
  /** @type {Record<string, Column>} the columns that pieces complete, at full length */
  #whole = {};
  /** @type {Record<string, number>} how much of each list is in use */
  #used = {};

  /** @param {MapPayload} overview */
  constructor({ header, columns }) {
    const { shapes, kinds } = /** @type {FedHeader} */ (header);
    const count = kinds.person[1];
    for (const [name, [type, length]] of Object.entries(shapes)) {
      this.#whole[name] = new ARRAYS[type](length).fill(type === "f32" ? NaN : type === "i32" ? NOTHING : 0);
    }
    for (const relation of RELATIONS) this.#whole[`${relation}_end`] = new Uint32Array(count);
    /** What the atlas is made of. @type {MapPayload} */
    this.payload = { header, columns: { ...columns, ...this.#whole } };
    this.add(kinds.article[1], columns);
  }

  /**
   * Put a piece in its place.
   * @param {number} first  the first node that it tells of
   * @param {Record<string, Column>} columns
   */
  add(first, columns) {
    for (const name of PLACES) this.#whole[name].set(columns[name], first);
    for (const relation of RELATIONS) {
      const starts = columns[`${relation}_start`];
      const at = this.#append(`${relation}_to`, columns[`${relation}_to`]);
      for (let row = 0; row + 1 < starts.length; row += 1) {
        this.#whole[`${relation}_start`][first + row] = at + starts[row];
        this.#whole[`${relation}_end`][first + row] = at + starts[row + 1];
      }
    }
    for (const name of BACKBONE) {
      this.#append(name, columns[name]);
      this.payload.columns[name] = this.#whole[name].subarray(0, this.#used[name]);
    }
  }

  /** @param {string} name @param {Column} values @returns {number} where they begin */
  #append(name, values) {
    const at = this.#used[name] ?? 0;
    this.#whole[name].set(values, at);
    this.#used[name] = at + values.length;
    return at;
  }
}

/** @param {Header} header @returns {TextPayload} texts of which none has come */
export function noText({ kinds }) {
  const [articles, count] = [kinds.article[1], kinds.person[1]];
  const nulls = () => /** @type {(string|null)[]} */ (new Array(count).fill(null));
  const titles = new Array(articles).fill("");
  return { label: titles, iri: [...titles], url: nulls(), excerpt: nulls(), image: nulls(), names: {}, keywords: {}, facts: {} };
}

/** @param {TextPayload} text @param {TextPiece} piece  which is put in its place */
export function addTexts(text, piece) {
  for (const name of /** @type {const} */ (["label", "iri", "url", "excerpt", "image"])) {
    const row = /** @type {(string|null)[]|undefined} */ (text[name]);
    piece[name]?.forEach((value, at) => {
      if (row) row[piece.first + at] = value;
    });
  }
  Object.assign(text.names, piece.names);
  Object.assign(text.keywords, piece.keywords);
  Object.assign(text.facts, piece.facts);
}
