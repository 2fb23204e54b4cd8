/** Feeding: the page holds what is looked at, and asks its server for it when somebody looks. */

import { Server, Trouble } from "./server.js";
import { Filling, addTexts, noText, rowsOf, surroundingsOf } from "./partial_payload.js";
import { nameOf, tilesInSight } from "./tiles.js";

/** @import {Atlas} from "../data/atlas.js" */
/** @import {Explorer} from "../state/explorer.js" */
/** @import {NodeText} from "./partial_payload.js" */
/** @import {Column, MapPayload, Tiling} from "../data/payload.js" */
/** @import {QuotesOfOne} from "../data/quotes.js" */
/** @import {Tile} from "./tiles.js" */
/** What came: which nodes it put on the map, from which level of the tiles on they are drawn (always where that is not
 * said), whether there is more below it, and when it was last wanted.
 * @typedef {{nodes: Column, level: number|undefined, deeper: boolean, used: number}} Piece */

const TILES_AT_ONCE = 4;
/** How often texts are asked for at the same time. */
const GATHERERS = 2;
/** Pieces of more nodes than this are not kept for the sake of one of them. */
const FEW = 2500;
/** Milliseconds in which wishes are gathered, in which what came is gathered, and after which pointing means asking. */
const GATHERED = 20;
const DRAWN = 90;
const POINTED = 160;
/** Milliseconds after which what failed is tried again, at first and at most. */
const AGAIN = { first: 2000, most: 60000 };
const WISHED = 1;
const ASKED = 2;

/** Whether this page holds nothing, and is to ask its server. @returns {boolean} */
export function isFed() {
  return document.getElementById("map-data")?.textContent === "";
}

export class Feeding {
  /** What to do with what went wrong, and whether it lasts; nothing is wrong any more where there are no words.
   * @type {(words: string, lasts?: boolean) => void} */
  onTrouble = () => {};
  /** Articles that stand on the map at the most; beyond, what has not been seen for longest is let go of. */
  most = 200000;
  /** Nodes whose texts are asked for at once. */
  textsAtOnce = 400;
  /** @type {Explorer|null} */
  #explorer = null;
  /** @type {Map<string, Piece>} */
  #pieces = new Map();
  /** What has been asked for and is to come. @type {Map<string, Promise<void>>} */
  #coming = new Map();
  /** Counts how often the map was looked at. */
  #turn = 0;
  #text = noText();
  /** 1 for each node whose texts have come. */
  #told;
  /** WISHED for each node whose texts are wanted, ASKED for each whose texts were asked for. */
  #wished;
  /** Nodes whose texts are wanted. @type {number[]} */
  #lacking = [];
  #gathering = 0;
  #gatherers = 0;
  #drawing = 0;
  #pointing = 0;
  #pointed = -1;
  /** Nodes that have come since the map was drawn. @type {Column[]} */
  #fresh = [];
  /** Whether more than the map is to be told anew. */
  #isUntold = false;
  #failures = 0;
  #recovering = 0;

  /** @param {Server} server @param {MapPayload} overview */
  constructor(server, overview) {
    this.server = server;
    this.filling = new Filling(overview);
    this.#told = new Uint8Array(this.filling.count);
    this.#wished = new Uint8Array(this.filling.count);
    window.addEventListener("online", () => this.#recover());
  }

  /** Ask for the overview, enough for a first drawing. @returns {Promise<Feeding>} */
  static async open() {
    const server = new Server();
    return new Feeding(server, await server.open());
  }

  /** Let an atlas know no more than what has come. @param {Atlas} atlas */
  feed(atlas) {
    atlas.addText(this.#text, this.#told);
    atlas.countable = false;
    atlas.onLacking = (node) => this.#wish(node);
  }

  /**
   * Ask for what is seen, and for what filters count by, and go on following the reader.
   * @param {Explorer} explorer
   * @returns {Promise<void>} settled when filters can count, or that has failed for now
   */
  follow(explorer) {
    this.#explorer = explorer;
    explorer.movers.push(() => this.look());
    this.look();
    return this.#takeFacets(explorer);
  }

  /** @returns {Promise<void>} settled when nothing is on its way */
  async rest() {
    while (this.#coming.size || this.#gathering || this.#gatherers || this.#drawing) {
      const ends = [...this.#coming.values()].map((coming) => coming.catch(() => {}));
      await Promise.race([...ends, new Promise((resolve) => window.setTimeout(resolve, DRAWN))]);
    }
  }

  /** Ask for what is seen and has not come; let go of what has long not been seen. */
  look() {
    const explorer = this.#explorer;
    if (!explorer) return;
    const { map, atlas } = explorer;
    const deeper = (/** @type {string} */ name) => this.#pieces.get(name)?.deeper ?? null;
    const { wanted, seen } = tilesInSight(/** @type {Tiling} */ (atlas.header.tiles), map.view, map.sight, deeper);
    this.#turn += 1;
    for (const name of seen) {
      const piece = this.#pieces.get(name);
      if (piece) piece.used = this.#turn;
    }
    const under = [...this.#coming.keys()].filter((name) => name.startsWith("tiles/")).length;
    const next = wanted.filter((tile) => !this.#coming.has(nameOf(tile)));
    for (const tile of next.slice(0, Math.max(0, TILES_AT_ONCE - under))) this.#once(nameOf(tile), () => this.#takeTile(tile));
    this.#letGo();
  }

  /** A node is pointed at: after a moment its surroundings are wanted. @param {number} node */
  point(node) {
    window.clearTimeout(this.#pointing);
    this.#pointed = node;
    if (node >= 0) this.#pointing = window.setTimeout(() => this.surround(node), POINTED);
  }

  /** Know all that is tied to a node, and where the foremost of it stands. @param {number} node @returns {Promise<void>|undefined} */
  surround(node) {
    const name = `near/${node}`;
    if (this.#pieces.has(name)) return undefined;
    return this.#once(name, async () => {
      const { header, columns } = await this.server.columns(name);
      const { quotes, trouble } = /** @type {{quotes?: QuotesOfOne, trouble?: string}} */ (/** @type {unknown} */ (header));
      const atlas = this.#explorer?.atlas;
      atlas?.tell(node, surroundingsOf(atlas.header, columns));
      if (quotes) atlas?.quotes.take(node, quotes);
      if (trouble) this.onTrouble(trouble);
      this.#add(name, columns);
      this.#show(true);
    });
  }

  /** Know where nodes stand; at once where all stand already. @param {number[]} nodes @returns {Promise<void>|undefined} */
  place(nodes) {
    const lacking = nodes.filter((node) => !this.filling.holds(node)).slice(0, this.textsAtOnce);
    if (lacking.length === 0) return undefined;
    const name = `places/${lacking.join()}`;
    return this.#once(name, async () => {
      this.#add(name, await this.#takeNodes(lacking));
      this.#show(true);
    });
  }

  /** Know everything of nodes but where they stand. @param {number[]} nodes @returns {Promise<void>} */
  async learn(nodes) {
    const lacking = nodes.filter((node) => !this.#told[node]);
    for (let at = 0; at < lacking.length; at += this.textsAtOnce) {
      this.filling.learn(await this.#takeNodes(lacking.slice(at, at + this.textsAtOnce)));
    }
  }

  /** Let nodes stand on the map. @param {string} name @param {Record<string, Column>} columns */
  stand(name, columns) {
    this.#add(name, columns);
    this.#show(false);
  }

  /** Tell what the server cannot answer; what else went wrong is a mistake of this page. @param {unknown} error */
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
      this.filling.addFacets(columns);
      explorer.atlas.forget();
      // Between long pieces of work the page answers.
      await new Promise((resolve) => window.setTimeout(resolve));
      explorer.atlas.countable = true;
      explorer.recount();
      await new Promise((resolve) => window.setTimeout(resolve));
      explorer.map.refresh();
    });
  }

  /** Add what a reply tells of nodes to the map. @param {string} name @param {Record<string, Column>} columns @param {boolean} [deeper] @param {number} [level] */
  #add(name, columns, deeper = false, level = undefined) {
    const before = this.#pieces.get(name);
    this.filling.add(columns, level);
    if (before) this.filling.drop(before.nodes, before.level);
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

  /** Take in the texts and rows of nodes. @param {number[]} nodes @returns {Promise<Record<string, Column>>} what else is told of them */
  async #takeNodes(nodes) {
    const of = [...new Set(nodes)].sort((one, other) => one - other);
    for (const node of of) this.#wished[node] = ASKED;
    try {
      const { header, columns } = await this.server.columns(`nodes?of=${of.join()}`);
      const { texts } = /** @type {{texts: NodeText[]}} */ (/** @type {unknown} */ (header));
      addTexts(this.#text, columns.node, texts);
      const atlas = this.#explorer?.atlas;
      columns.node.forEach((/** @type {number} */ node, /** @type {number} */ at) => {
        this.#told[node] = 1;
        atlas?.tell(node, rowsOf(atlas.header, columns, at));
        this.#explorer?.name(texts[at].iri ?? "", node);
        atlas?.arrived(node);
      });
      return columns;
    } finally {
      // What has not come may be wished for again.
      for (const node of of) if (!this.#told[node]) this.#wished[node] = 0;
    }
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
    if (this.#gatherers >= GATHERERS) return; // whoever is done first goes on
    // What was asked for in another way meanwhile is on its way already.
    this.#lacking = this.#lacking.filter((node) => this.#wished[node] === WISHED);
    const some = this.#lacking.splice(0, this.textsAtOnce);
    if (some.length === 0) return;
    this.#gatherers += 1;
    this.#once(`texts/${some.join()}`, async () => {
      this.filling.learn(await this.#takeNodes(some));
      this.#show(true);
    }).finally(() => {
      this.#gatherers -= 1;
      this.#gather();
    });
    if (this.#lacking.length) this.#gathering = window.setTimeout(() => this.#gather(), GATHERED);
  }

  /** Do something of a name, unless it is being done; what goes wrong is told. @param {string} name @param {() => Promise<void>} work */
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

  /** Ask again for all that has failed to come. */
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

  /** Where too much stands on the map, let go of what has not been wanted for longest; what the reader has chosen stays. */
  #letGo() {
    if (this.filling.standing <= this.most || !this.#explorer) return;
    const { state, path } = this.#explorer;
    const chosen = new Set([state.node, state.to, this.#pointed, ...(path ?? [])]);
    const isKept = (/** @type {string} */ name, /** @type {Column} */ nodes) =>
      [`near/${state.node}`, `around/${state.node}/${state.depth}`].includes(name) ||
      (nodes.length <= FEW && nodes.some((/** @type {number} */ node) => chosen.has(node)));
    const unused = [...this.#pieces].filter(([, piece]) => piece.used < this.#turn).sort(([, one], [, other]) => one.used - other.used);
    for (const [name, { nodes, level }] of unused) {
      if (this.filling.standing <= this.most) break;
      if (isKept(name, nodes)) continue;
      this.#pieces.delete(name);
      this.filling.drop(nodes, level);
      if (name.startsWith("near/")) this.#explorer.atlas.untell(Number(name.slice(5)));
    }
  }

  /** Let the page show what has come, in a moment in which nothing moves. @param {boolean} whole  whether more than the map tells of it */
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
