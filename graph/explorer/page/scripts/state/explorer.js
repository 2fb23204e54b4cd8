/** The page's one state and all that follows from it: each part of the page listens, and changes it only here. */

import { Filters, isChosen } from "../filters/filters.js";
import { whenKnown } from "./soon.js";
import { startState } from "./state.js";
import { Trail } from "./history.js";

/** @import {Answers} from "../data/answers.js" */
/** @import {Atlas} from "../data/atlas.js" */
/** @import {ArticleMap, CameraPlace} from "../map/map.js" */
/** @import {Step} from "../data/paths.js" */
/** @import {State} from "./state.js" */
/** @typedef {{replace?: boolean, stay?: boolean, animate?: boolean}} Manner */

export class Explorer {
  /** @param {Atlas} atlas @param {ArticleMap} map @param {Answers} answers */
  constructor(atlas, map, answers) {
    this.atlas = atlas;
    this.map = map;
    this.answers = answers;
    this.state = startState();
    this.filters = new Filters(atlas);
    /** Everything, as it is without a choice. */
    this.all = this.filters.apply(this.state.choice, null);
    this.filtered = this.all;
    /** What is called as the choice of words says, once that is known. @type {{words: string, nodes: Set<number>}|null} */
    this.named = null;
    /** The words that are being looked for. */
    this.naming = "";
    /** @type {Set<number>|null} */
    this.focus = null;
    /** The way shown, `null` where there is none, `undefined` where it is not known. @type {number[]|null|undefined} */
    this.path = null;
    /** How the nodes of the way are joined. @type {Step[]} */
    this.steps = [];
    /** Whether the way is being looked for. */
    this.looking = false;
    this.trail = new Trail(this);
    /** Whether a change is under way, whose end is written. */
    this.held = false;
    /** @type {((before: State) => void)[]} */
    this.listeners = [];
    /** Called when a panel was opened or closed. @type {(() => void)[]} */
    this.arrangers = [];
    /** Called when the camera has come to rest. @type {(() => void)[]} */
    this.movers = [];
    /** @type {Map<string, number>|null} */
    this.byIri = null;
    /** Whether a page of a part shows all of it, as it did when it opened. */
    this.opening = false;
    /** Whether the camera is on its way to show everything. */
    this.fitting = false;
    /** Where the camera stands when it shows everything. @type {CameraPlace|null} */
    this.home = null;
  }

  /** @param {(before: State) => void} listener called after each change, with the state before */
  listen(listener) {
    this.listeners.push(listener);
  }

  /** Panels were opened or closed: what they show is drawn only while it is seen. */
  arranged() {
    for (const arranger of this.arrangers) arranger();
  }

  /**
   * Change part of the state. Choosing another node ends focus and path unless they are given too.
   * @param {Partial<State>} part
   * @param {Manner} [manner]  replace: no step to go back to; stay: the camera does not follow
   */
  change(part, manner = {}) {
    const next = { ...this.state, ...part };
    this.opening = false;
    if (part.node !== undefined && part.node !== this.state.node) {
      if (part.to === undefined) next.to = -1;
      if (part.depth === undefined) next.depth = 0;
    }
    if (next.node < 0) Object.assign(next, { to: -1, depth: 0 });
    // What moves the camera on the way belongs to the new entry of the history, not to the one left behind.
    this.held = true;
    this.show(next, manner);
    this.held = false;
    this.trail.leave();
    this.trail.write(manner.replace ?? false);
  }

  /**
   * Show a state.
   * @param {State} next
   * @param {Manner} [manner]
   */
  show(next, manner = {}) {
    const before = this.state;
    const { map } = this;
    const animate = manner.animate ?? true;
    const now = next;
    if (now.view === "timeline" && !this.hasTime()) now.view = "topics";
    this.state = now;
    if (now.view !== before.view) {
      this.home = null;
      this.fitting = now.node < 0;
      map.setView(now.view, { animate });
    }
    if (now.choice !== before.choice) this.#filter();
    if (now.node !== before.node) {
      map.select(now.node);
      if (now.node >= 0) whenKnown(this.answers.surround(now.node), () => {});
    }
    if (now.node !== before.node || now.depth !== before.depth) this.#refocus(before, manner);
    if (now.node !== before.node || now.to !== before.to) this.#findWay(before, manner);
    for (const listener of this.listeners) listener(before);
    if (!manner.stay) this.#follow(before, animate);
  }

  /** Tell all who listen, and let the camera follow, when an answer came later than the change that asked for it. @param {State} before @param {Manner} manner */
  #tellLater(before, manner) {
    for (const listener of this.listeners) listener(before);
    if (!manner.stay) this.#follow(before, manner.animate ?? true);
  }

  /** @param {State} before @param {Manner} manner */
  #refocus(before, manner) {
    const { node, depth } = this.state;
    let isLate = false;
    const set = (/** @type {Set<number>|null} */ found) => {
      if (this.state.node !== node || this.state.depth !== depth) return;
      this.focus = found;
      this.map.setFocus(found);
      if (isLate) this.#tellLater(before, manner);
    };
    const around = depth > 0 ? this.answers.around(node, depth) : null;
    // Until it is known what lies around this node, nothing recedes for the sake of another.
    if (around instanceof Promise) set(null);
    whenKnown(around, set);
    isLate = true;
  }

  /** @param {State} before @param {Manner} manner */
  #findWay(before, manner) {
    const { node, to } = this.state;
    let isLate = false;
    this.looking = to >= 0;
    this.path = to >= 0 ? undefined : null;
    this.steps = [];
    if (to >= 0) {
      whenKnown(this.answers.way(node, to), (way) => {
        if (this.state.node !== node || this.state.to !== to) return;
        this.looking = false;
        this.path = way?.path;
        this.steps = way?.steps ?? [];
        this.map.showPath(this.path ?? null);
        if (isLate) this.#tellLater(before, manner);
      });
    }
    this.map.showPath(this.path ?? null);
    isLate = true;
  }

  /** Let the camera go where something new is to be seen. @param {State} before @param {boolean} animate */
  #follow(before, animate) {
    const now = this.state;
    /** @type {number[]} */
    let wanted = [];
    if (now.node >= 0 && now.to >= 0 && now.to !== before.to) wanted = this.path ?? [];
    else if (now.depth > 0 && now.depth !== before.depth) wanted = this.focus ? [...this.focus] : [];
    else if (now.node >= 0 && now.node !== before.node) wanted = [now.node];
    if (wanted.length === 0) return;
    const fly = () => this.map.flyTo(wanted, { animate });
    const placed = wanted.length === 1 ? this.answers.place(wanted) : undefined;
    if (!(placed instanceof Promise)) {
      fly();
      return;
    }
    const { x, y, zoom } = this.map.camera;
    placed.then(() => {
      // Who has gone elsewhere meanwhile is left in peace.
      const here = this.map.camera;
      if (this.state.node === wanted[0] && here.x === x && here.y === y && here.zoom === zoom) fly();
    });
  }

  #filter() {
    const { choice } = this.state;
    if (!this.atlas.countable) return;
    const { words } = choice;
    if (words && this.named?.words !== words && this.naming !== words && this.answers.canFind) {
      let isLate = false;
      this.naming = words;
      whenKnown(this.answers.named(words), (nodes) => {
        if (this.naming !== words) return;
        this.naming = "";
        if (nodes === null) return; // it is asked again when something else is chosen
        this.named = { words, nodes };
        if (isLate && this.state.choice.words === words) this.again();
      });
      isLate = true;
    }
    const named = this.named !== null && this.named.words === words ? this.named.nodes : null;
    this.filtered = isChosen(choice) ? this.filters.apply(choice, named) : this.all;
    this.map.setVisible(this.filtered.active ? this.filtered.visible : null);
  }

  /** Filter anew by the same choice, of which more is known now. */
  again() {
    this.show({ ...this.state, choice: { ...this.state.choice } }, { stay: true });
    this.trail.write(true);
  }

  /** Filters can count from now on, or words be looked for: what was chosen holds now. */
  recount() {
    if (this.atlas.countable) {
      this.filters = new Filters(this.atlas);
      this.all = this.filters.apply(startState().choice, null);
    }
    this.filtered = this.all;
    this.again();
  }

  /** @returns {number[]} the nodes that are shown: what passes the filters and lies in focus */
  shown() {
    const { visible } = this.filtered;
    /** @type {number[]} */
    const found = [];
    for (let node = 0; node < visible.length; node += 1) {
      if (visible[node] === 1 && (this.focus === null || this.focus.has(node))) found.push(node);
    }
    return found;
  }

  /** @returns {boolean} whether any article has a date */
  hasTime() {
    return this.atlas.header.time.first !== null;
  }

  /** @returns {import("./state.js").Names} */
  names() {
    return { iri: (node) => this.atlas.iri(node), node: (iri) => this.nodeOf(iri), base: this.atlas.header.base };
  }

  /** @param {string} iri @returns {number} the node of this name, or -1 */
  nodeOf(iri) {
    if (this.byIri === null || (this.byIri.size < this.atlas.count && this.atlas.hasText)) {
      this.byIri = new Map();
      for (let node = this.atlas.hasText ? 0 : this.atlas.articles; node < this.atlas.count; node += 1) {
        if (!this.byIri.has(this.atlas.iri(node))) this.byIri.set(this.atlas.iri(node), node);
      }
    }
    return this.byIri.get(iri) ?? -1;
  }

  /** Two names lead to one node, or its own has come. @param {string} iri @param {number} node */
  name(iri, node) {
    this.nodeOf("");
    if (iri) this.byIri?.set(iri, node);
  }

  /** Show a state that an address named, with its camera. @param {State} next @param {boolean} animate */
  open(next, animate) {
    this.show(next, { stay: next.camera !== null, animate });
    if (next.camera) {
      this.fitting = false;
      this.map.camera = next.camera;
    } else if (next.node < 0) this.fit(animate);
  }

  /** Open a page of a part on the node that it is about, and on all of it. @param {number} node */
  openPart(node) {
    this.open({ ...startState(), node }, false);
    this.opening = true;
    this.fit(false);
  }

  /** Show everything. @param {boolean} animate */
  fit(animate) {
    this.fitting = true;
    this.map.fit({ animate });
    if (!animate) this.moved(this.map.camera);
  }

  /** More is known of what is shown: tell it again. */
  retell() {
    for (const listener of this.listeners) listener(this.state);
    this.trail.write(true);
  }

  /** Panels or the window have changed their size: what showed everything goes on doing so. */
  refit() {
    if (this.state.camera === null && (this.state.node < 0 || this.opening)) this.fit(false);
  }

  /** The camera rests elsewhere: the address says so, but that is no step to go back to. @param {CameraPlace} camera */
  moved(camera) {
    if (this.fitting) this.home = camera;
    this.fitting = false;
    this.state.camera = this.home && isSamePlace(this.home, camera) ? null : camera;
    if (!this.held) this.trail.write(true);
    for (const mover of this.movers) mover();
  }
}

/** @param {CameraPlace} one @param {CameraPlace} other */
function isSamePlace(one, other) {
  const away = Math.hypot(one.x - other.x, one.y - other.y) * one.zoom;
  return away < 2 && Math.abs(one.zoom / other.zoom - 1) < 0.01;
}
