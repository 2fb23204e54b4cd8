/** Feeds a page: it asks its server for what the reader looks at, and keeps only that. */

import { nextFrame } from "../map/animation.js";
import { PartialPayload, addTexts, noText, rowsOf, surroundingsOf } from "./partial_payload.js";
import { Server, Trouble } from "./server.js";
import { nameOf, tilesInSight } from "./tiles.js";

/** @import {Atlas} from "../data/atlas.js" */
/** @import {Explorer} from "../state/explorer.js" */
/** @import {NodeText} from "./partial_payload.js" */
/** @import {Column, Header, MapPayload, Tiling} from "../data/payload.js" */
/** @import {LinesOfOne, QuotesOfOne} from "../data/quotes.js" */
/** @import {Tile} from "./tiles.js" */
/** What came: the nodes that it put on the map, the level of the tiles from which on they are drawn (always if there is none),
 * whether there are finer tiles, and when it was last wanted.
 * @typedef {{nodes: Column, level: number|undefined, deeper: boolean, used: number}} Piece */

const TILES_AT_ONCE = 4;
/** The most questions about texts at the same time. */
const GATHERERS = 2;
/** Pieces with more nodes than this are not kept for one of them. */
const FEW = 2500;
/** Milliseconds to collect wishes, to collect answers, and to point at a node before it is asked for. */
const GATHERED = 20;
const DRAWN = 90;
const POINTED = 160;
/** Milliseconds before what failed is tried again, at first and at most. */
const AGAIN = { first: 2000, most: 60000 };
const WISHED = 1;
const ASKED = 2;

/** Whether this page holds nothing, and has to ask its server. @returns {boolean} */
export function isFed() {
  return document.getElementById("map-data")?.textContent === "";
}

export class Feeding {
  /** Called with what went wrong, and whether it lasts; with no words when all is well again.
   * @type {(words: string, lasts?: boolean) => void} */
  onTrouble = () => {};
  /** The most articles on the map; of more, those not seen for longest are dropped. */
  most = 200000;
  /** The most nodes whose texts are asked for in one question. */
  textsAtOnce = 400;
  /** @type {Explorer|null} */
  #explorer = null;
  /** @type {Map<string, Piece>} */
  #pieces = new Map();
  /** What has been asked for and has not come. @type {Map<string, Promise<void>>} */
  #coming = new Map();
  /** Counts how often the map was looked at. */
  #turn = 0;
  #text = noText();
  /** 1 for each node whose texts have come. */
  #told;
  /** WISHED for each node whose texts are wanted, ASKED for each whose texts have been asked for. */
  #wished;
  /** Nodes whose texts are wanted. @type {number[]} */
  #lacking = [];
  #gathering = 0;
  #gatherers = 0;
  #drawing = 0;
  #pointing = 0;
  #pointed = -1;
  /** Nodes that have come since the map was last drawn. @type {Column[]} */
  #fresh = [];
  /** Whether more than the map has to be updated. */
  #isUntold = false;
  #failures = 0;
  #recovering = 0;

  /** @param {Server} server @param {MapPayload} overview */
  constructor(server, overview) {
    this.server = server;
    this.partial = new PartialPayload(overview);
    this.#told = new Uint8Array(this.partial.count);
    this.#wished = new Uint8Array(this.partial.count);
    window.addEventListener("online", () => this.#recover());
  }

  /** Ask for the overview, enough for a first drawing. @returns {Promise<Feeding>} */
  static async open() {
    const server = new Server();
    return new Feeding(server, await server.open());
  }

  /** Let an atlas fill up as answers come. @param {Atlas} atlas */
  feed(atlas) {
    atlas.addText(this.#text, this.#told);
    atlas.countable = false;
    atlas.onLacking = (node) => this.#wish(node);
  }

  /**
   * Ask for what is seen, and for what filters count by, and follow the reader from now on.
   * @param {Explorer} explorer
   * @returns {Promise<void>} settled when filters can count, or this has failed for now
   */
  follow(explorer) {
    this.#explorer = explorer;
    explorer.movers.push(() => this.look());
    this.look();
    return this.#takeFacets(explorer);
  }

  /** @returns {Promise<void>} settled when nothing is on its way and nothing moves */
  async rest() {
    do {
      while (this.#isBusy) await new Promise((resolve) => window.setTimeout(resolve, GATHERED));
      await nextFrame(); // what has arrived may, once drawn, lead to further questions
    } while (this.#isBusy);
  }

  get #isBusy() {
    const { unanswered } = this.server;
    return Boolean(
      unanswered || this.#coming.size || this.#gathering || this.#gatherers || this.#drawing || this.#explorer?.map.isMoving,
    );
  }

  /** Ask for what is seen and has not come; drop what has not been seen for long. */
  look() {
    const explorer = this.#explorer;
    if (!explorer) return;
    const { map, atlas } = explorer;
    const deeper = (/** @type {string} */ name) => this.#pieces.get(name)?.deeper ?? null;
    const { ground, width, height } = map.scene;
    // Tiles are cut from the map as it lies in a broad window.
    const window = { camera: map.camera, ...(ground.tall ? { width: height, height: width } : { width, height }) };
    const { wanted, seen } = tilesInSight(/** @type {Tiling} */ (atlas.header.tiles), map.view, window, deeper);
    this.#turn += 1;
    // Rearranged nodes need no tiles: the filters know everything needed to draw them.
    if (ground.anew) return;
    for (const name of seen) {
      const piece = this.#pieces.get(name);
      if (piece) piece.used = this.#turn;
    }
    const under = [...this.#coming.keys()].filter((name) => name.startsWith("tiles/")).length;
    const next = wanted.filter((tile) => !this.#coming.has(nameOf(tile)));
    for (const tile of next.slice(0, Math.max(0, TILES_AT_ONCE - under))) this.#once(nameOf(tile), () => this.#takeTile(tile));
    this.#letGo();
  }

  /** A node is pointed at: after a moment ask for its relations. @param {number} node */
  point(node) {
    window.clearTimeout(this.#pointing);
    this.#pointed = node;
    if (node >= 0) this.#pointing = window.setTimeout(() => this.surround(node), POINTED);
  }

  /** Learn all relations of a node, and where the largest of its neighbours are. @param {number} node */
  async surround(node) {
    const name = `near/${node}`;
    if (this.#pieces.has(name)) return;
    await this.#once(name, async () => {
      const { header, columns } = await this.server.columns(name);
      const { quotes, lines, trouble } = /** @type {{quotes?: QuotesOfOne, lines?: LinesOfOne, trouble?: string}} */ (/** @type {unknown} */ (header));
      const atlas = this.#explorer?.atlas;
      atlas?.addRows(node, surroundingsOf(atlas.header, columns));
      if (quotes) atlas?.quotes.take(node, quotes, lines);
      if (trouble) this.onTrouble(trouble);
      this.#add(name, columns);
      this.#show(true);
    });
  }

  /** Learn where nodes are on the map. @param {number[]} nodes */
  async place(nodes) {
    const lacking = nodes.filter((node) => !this.partial.holds(node)).slice(0, this.textsAtOnce);
    if (lacking.length === 0) return;
    const name = `places/${lacking.join()}`;
    await this.#once(name, async () => {
      this.#add(name, await this.#takeNodes(lacking));
      this.#show(true);
    });
  }

  /** Learn everything about nodes except where they are. @param {number[]} nodes @returns {Promise<void>} */
  async learn(nodes) {
    const lacking = nodes.filter((node) => !this.#told[node]);
    for (let at = 0; at < lacking.length; at += this.textsAtOnce) {
      this.partial.learn(await this.#takeNodes(lacking.slice(at, at + this.textsAtOnce)));
    }
  }

  /** Take in a reply about nodes, except where they are. @param {Header} header @param {Record<string, Column>} columns */
  take(header, columns) {
    this.#takeTexts(header, columns);
    this.partial.learn(columns);
  }

  /** Put nodes on the map. @param {string} name @param {Record<string, Column>} columns */
  stand(name, columns) {
    this.#add(name, columns);
    this.#show(false);
  }

  /** Tell the reader what the server cannot answer; any other error is a fault of this page. @param {unknown} error */
  trouble(error) {
    if (!(error instanceof Trouble)) throw error;
    this.onTrouble(error.message, error.isPassing || this.server.gone !== null);
    if (!error.isPassing || this.#recovering) return;
    this.#failures += 1;
    const pause = Math.min(AGAIN.most, AGAIN.first * 2 ** (this.#failures - 1));
    this.#recovering = window.setTimeout(() => this.#recover(), pause);
  }

  /** @param {Explorer} explorer @returns {Promise<void>} */
  #takeFacets(explorer) {
    return this.#once("facets", async () => {
      const { columns } = await this.server.columns("facets");
      this.partial.addFacets(columns);
      explorer.atlas.forget();
      // The page responds between long pieces of work.
      await new Promise((resolve) => window.setTimeout(resolve));
      explorer.atlas.countable = true;
      explorer.recount();
      await new Promise((resolve) => window.setTimeout(resolve));
      explorer.map.refresh();
    });
  }

  /** Put the nodes of a reply on the map. @param {string} name @param {Record<string, Column>} columns @param {boolean} [deeper] @param {number} [level] */
  #add(name, columns, deeper = false, level = undefined) {
    const before = this.#pieces.get(name);
    this.partial.add(columns, level);
    if (before) this.partial.drop(before.nodes, before.level);
    this.#pieces.set(name, { nodes: columns.node, level, deeper, used: this.#turn });
    this.#fresh.push(columns.node);
  }

  /** @param {Tile} tile */
  async #takeTile(tile) {
    const { header, columns } = await this.server.columns(nameOf(tile));
    const { deeper } = /** @type {{deeper: boolean}} */ (/** @type {unknown} */ (header));
    this.#add(nameOf(tile), columns, deeper, tile.level);
    this.#show(false);
    window.setTimeout(() => this.look());
  }

  /** Take in the texts and rows of nodes. @param {number[]} nodes @returns {Promise<Record<string, Column>>} what else the reply says about them */
  async #takeNodes(nodes) {
    const of = [...new Set(nodes)].sort((one, other) => one - other);
    for (const node of of) this.#wished[node] = ASKED;
    try {
      const { header, columns } = await this.server.columns(`nodes?of=${of.join()}`);
      this.#takeTexts(header, columns);
      return columns;
    } finally {
      // What has not arrived may be asked for again.
      for (const node of of) if (!this.#told[node]) this.#wished[node] = 0;
    }
  }

  /** Take in the texts and rows of a reply about nodes. @param {Header} header @param {Record<string, Column>} columns */
  #takeTexts(header, columns) {
    const { texts } = /** @type {{texts: NodeText[]}} */ (/** @type {unknown} */ (header));
    addTexts(this.#text, columns.node, texts);
    const atlas = this.#explorer?.atlas;
    columns.node.forEach((/** @type {number} */ node, /** @type {number} */ at) => {
      this.#told[node] = 1;
      this.#wished[node] = ASKED;
      atlas?.addRows(node, rowsOf(atlas.header, columns, at));
      this.#explorer?.name(texts[at].iri ?? "", node);
      atlas?.arrived(node);
    });
  }

  /** @param {number} node */
  #wish(node) {
    if (this.#wished[node] || this.#recovering || this.server.gone) return;
    this.#wished[node] = WISHED;
    this.#lacking.push(node);
    this.#gathering ||= window.setTimeout(() => this.#gather(), GATHERED);
  }

  #gather() {
    this.#gathering = 0;
    if (this.#gatherers >= GATHERERS) return; // the first to be done goes on
    // What was asked for elsewhere in the meantime is on its way.
    this.#lacking = this.#lacking.filter((node) => this.#wished[node] === WISHED);
    const some = this.#lacking.splice(0, this.textsAtOnce);
    if (some.length === 0) return;
    this.#gatherers += 1;
    this.#once(`texts/${some.join()}`, async () => {
      this.partial.learn(await this.#takeNodes(some));
      this.#show(true);
    }).finally(() => {
      this.#gatherers -= 1;
      this.#gather();
    });
    if (this.#lacking.length) this.#gathering = window.setTimeout(() => this.#gather(), GATHERED);
  }

  /** Do something by its name unless it is being done, and tell the reader what goes wrong. @param {string} name @param {() => Promise<void>} work */
  #once(name, work) {
    const known = this.#coming.get(name);
    if (known) return known;
    const coming = work()
      .then(() => this.#succeeded())
      .catch((error) => this.trouble(error))
      .finally(() => this.#coming.delete(name));
    this.#coming.set(name, coming);
    return coming;
  }

  #succeeded() {
    if (this.#failures === 0 || this.#recovering) return;
    this.#failures = 0;
    this.onTrouble("");
  }

  /** Ask again for everything that failed to come. */
  #recover() {
    window.clearTimeout(this.#recovering);
    this.#recovering = 0;
    const explorer = this.#explorer;
    if (!explorer || this.server.gone) return;
    this.look();
    if (!explorer.atlas.countable) this.#takeFacets(explorer);
    for (const node of explorer.atlas.waiting()) this.#wish(node);
    if (explorer.state.node >= 0) this.surround(explorer.state.node);
    explorer.map.redraw();
  }

  /** If there is too much on the map, drop what has not been needed for longest; what the reader has chosen stays. */
  #letGo() {
    if (this.partial.standing <= this.most || !this.#explorer) return;
    const { state, path } = this.#explorer;
    const chosen = new Set([state.node, state.to, this.#pointed, ...(path ?? [])]);
    const isKept = (/** @type {string} */ name, /** @type {Column} */ nodes) =>
      [`near/${state.node}`, `around/${state.node}/${state.depth}`].includes(name) ||
      (nodes.length <= FEW && nodes.some((/** @type {number} */ node) => chosen.has(node)));
    const unused = [...this.#pieces].filter(([, piece]) => piece.used < this.#turn).sort(([, one], [, other]) => one.used - other.used);
    for (const [name, { nodes, level }] of unused) {
      if (this.partial.standing <= this.most) break;
      if (isKept(name, nodes)) continue;
      this.#pieces.delete(name);
      this.partial.drop(nodes, level);
      if (name.startsWith("near/")) this.#explorer.atlas.dropRows(Number(name.slice(5)));
    }
  }

  /** Let the page show what has come, when nothing moves. @param {boolean} whole  whether more than the map shows it */
  #show(whole) {
    this.#isUntold ||= whole;
    this.#drawing ||= window.setTimeout(() => {
      this.#drawing = 0;
      const explorer = this.#explorer;
      if (!explorer) return;
      if (explorer.map.isMoving) {
        this.#show(false);
        return;
      }
      explorer.map.refresh(this.#fresh);
      this.#fresh = [];
      if (this.#isUntold) explorer.retell();
      this.#isUntold = false;
    }, DRAWN);
  }
}
