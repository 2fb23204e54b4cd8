/** The state of the page and everything that follows from it. Each part of the page listens, and changes the state only here. */

import { colouringOf } from "../filters/colouring.js";
import { isChosen, noChoice } from "../filters/choice.js";
import { Filters } from "../filters/filters.js";
import { valueWords } from "../filters/value_words.js";
import { allByQuery, canAnswer } from "../search/finding.js";
import { PageHistory } from "./history.js";
import { Latest } from "./latest.js";
import { namesOf } from "./names.js";
import { startState } from "./state.js";

/** @import {Answers} from "../data/answers.js" */
/** @import {Atlas} from "../data/atlas.js" */
/** @import {CameraPlace} from "../map/camera.js" */
/** @import {ArticleMap} from "../map/map.js" */
/** @import {Step} from "../data/paths.js" */
/** @import {Choice, Facet} from "../filters/choice.js" */
/** @import {Look} from "./look.js" */
/** @import {State} from "./state.js" */
/** @typedef {{replace?: boolean, stay?: boolean, animate?: boolean}} Manner */

/** What changes the places of nodes, besides a choice. */
const ARRANGING = /** @type {const} */ (["faded", "lanes", "size"]);

export class Explorer {
  #focusing = new Latest();
  #wayfinding = new Latest();
  #following = new Latest();
  #namesAsked = new Latest();

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
    /** What the colours mean. */
    this.colouring = colouringOf(this);
    /** The nodes that have the chosen words in their names, once these are known. @type {{words: string, nodes: Set<number>}|null} */
    this.named = null;
    /** The words that are being searched for. */
    this.naming = "";
    /** @type {Set<number>|null} */
    this.focus = null;
    /** The path shown, `null` if there is none, `undefined` if it is not known. @type {number[]|null|undefined} */
    this.path = null;
    /** How the nodes of the path are connected. @type {Step[]} */
    this.steps = [];
    /** Whether the path is being searched for. */
    this.looking = false;
    this.history = new PageHistory(this);
    /** Whether dates are chosen one after the other, by themselves. */
    this.playing = false;
    /** Whether a change is being made, which writes the address at its end. */
    this.held = false;
    /** Called with what the reader has to know, such as names in an address that lead nowhere. @type {(words: string) => void} */
    this.onNote = () => {};
    /** @type {((before: State) => void)[]} */
    this.listeners = [];
    /** Called when what is left by the filters has been drawn. @type {(() => void)[]} */
    this.followers = [];
    /** Called when a panel was opened or closed. @type {(() => void)[]} */
    this.arrangers = [];
    /** Called when the camera has come to rest. @type {(() => void)[]} */
    this.movers = [];
    /** @type {Map<string, number>|null} */
    this.byIri = null;
    /** The panel with which a page about part of a graph opens. @type {State["panel"]} */
    this.firstPanel = "";
    /** Whether a page about part of a graph still shows all of it, as when it opened. */
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

  /** Panels were opened or closed; they draw only while they are open. */
  arranged() {
    for (const arranger of this.arrangers) arranger();
  }

  /**
   * Change part of the state, and let the choice of another node end focus and path unless these are given too.
   * @param {Partial<State>} part
   * @param {Manner} [manner]  replace: add no step to the history; stay: the camera does not follow
   */
  change(part, manner = {}) {
    const next = { ...this.state, ...part };
    this.opening = false;
    if (part.node !== undefined && part.node !== this.state.node) {
      if (part.to === undefined) next.to = -1;
      if (part.depth === undefined) next.depth = 0;
    }
    if (next.node < 0) Object.assign(next, { to: -1, depth: 0 });
    // Where the camera goes in the meantime belongs to the new entry of the history, not to the previous one.
    this.held = true;
    this.show(next, manner);
    this.held = false;
    this.history.leave();
    this.history.write(manner.replace ?? false);
  }

  /** Show a state. @param {State} next @param {Manner} [manner] */
  show(next, manner = {}) {
    const before = this.state;
    if (next.view === "timeline" && !this.hasTime()) next.view = "topics";
    this.state = next;
    if (next.choice !== before.choice) this.#filter();
    if (next.look.off !== before.look.off) this.map.hideRelations(next.look.off);
    if (next.choice !== before.choice || ARRANGING.some((name) => next.look[name] !== before.look[name])) this.#reveal((manner.animate ?? true) && next.view === before.view);
    if (next.choice !== before.choice || next.look.colour !== before.look.colour) this.#colour();
    if (next.view !== before.view) {
      this.home = null;
      this.fitting = next.node < 0;
      this.map.setView(next.view, { animate: manner.animate ?? true });
    }
    if (next.node !== before.node) {
      this.map.select(next.node);
      if (next.node >= 0) this.answers.surround(next.node);
    }
    if (next.node !== before.node || next.depth !== before.depth) this.#findFocus(before, manner);
    if (next.node !== before.node || next.to !== before.to) this.#findWay(before, manner);
    this.#tell(before, manner);
  }

  /** Tell all listeners of a change, or of an answer that it asked for, and let the camera follow. @param {State} before @param {Manner} manner */
  #tell(before, manner) {
    for (const listener of this.listeners) listener(before);
    if (!manner.stay) this.#follow(before, manner.animate ?? true);
  }

  /** @param {State} before @param {Manner} manner */
  #findFocus(before, manner) {
    const { node, depth } = this.state;
    const set = (/** @type {Set<number>|null} */ found) => {
      this.focus = found;
      this.map.setFocus(found);
    };
    // Nothing fades until it is known what is around this node.
    set(null);
    this.#focusing.drop();
    if (depth === 0) return;
    this.#focusing.ask(this.answers.around(node, depth), (found) => {
      set(found);
      this.#tell(before, manner);
    });
  }

  /** @param {State} before @param {Manner} manner */
  #findWay(before, manner) {
    const { node, to } = this.state;
    const set = (/** @type {number[]|null|undefined} */ path, /** @type {Step[]} */ steps, looking = false) => {
      Object.assign(this, { path, steps, looking });
      this.map.showPath(path ?? null);
    };
    this.#wayfinding.drop();
    if (to < 0) {
      set(null, []);
      return;
    }
    set(undefined, [], true);
    this.#wayfinding.ask(this.answers.way(node, to), (way) => {
      set(way?.path, way?.steps ?? []);
      this.#tell(before, manner);
    });
  }

  /** Show one of several paths between the same nodes. @param {import("../data/answers.js").Way} way */
  takeWay({ path, steps }) {
    Object.assign(this, { path, steps });
    this.map.showPath(path);
    if (path) this.map.flyTo(path);
    this.#tell(this.state, { stay: true });
  }

  /** Let the camera go where something new is to be seen. @param {State} before @param {boolean} animate */
  #follow(before, animate) {
    const { node, to, depth } = this.state;
    /** @type {number[]} */
    let wanted = [];
    if (node >= 0 && to >= 0 && to !== before.to) wanted = this.path ?? [];
    else if (depth > 0 && depth !== before.depth) wanted = [...(this.focus ?? [])];
    else if (node >= 0 && node !== before.node) wanted = [node];
    if (wanted.length === 0) return;
    const { x, y, zoom } = this.map.camera;
    this.#following.ask(this.answers.place(wanted.length === 1 ? wanted : []), () => {
      // If the reader has moved on in the meantime, the camera stays.
      const here = this.map.camera;
      if (this.state.node === node && here.x === x && here.y === y && here.zoom === zoom) this.map.flyTo(wanted, { animate });
    });
  }

  #filter() {
    const { choice } = this.state;
    if (!this.atlas.countable) return;
    const { words } = choice;
    if (words && this.named?.words !== words && this.naming !== words && canAnswer(this, words)) {
      this.naming = words;
      this.#namesAsked.ask(allByQuery(this, words), (nodes) => {
        this.naming = "";
        if (nodes === null) return; // it is asked again when something else is chosen
        this.named = { words, nodes };
        if (this.state.choice.words === words) this.again();
      });
    }
    const known = this.named !== null && this.named.words === words ? this.named.nodes : null;
    const wanted = choice.picked.length ? new Set(choice.picked.filter((node) => known?.has(node) ?? true)) : known;
    this.filtered = isChosen(choice) ? this.filters.apply(choice, wanted) : this.all;
  }

  /** Show on the map what is left, and let the camera fit it. @param {boolean} animate */
  #reveal(animate) {
    const { filtered, state: { look } } = this;
    const lanes = this.filters.of(/** @type {Facet} */ (look.lanes)) ?? null;
    this.map.show(
      {
        shown: filtered.active ? filtered.visible : null,
        articles: filtered.articles,
        faded: look.faded,
        lanes,
        size: look.size,
        label: (key) => valueWords(this.atlas, /** @type {Facet} */ (look.lanes), key),
        total: (key) => this.all.counts[/** @type {Facet} */ (look.lanes)].get(key) ?? 0,
      },
      { animate, onShown: () => this.followers.forEach((follow) => follow()), onMove: () => Object.assign(this, { home: null, fitting: true }) },
    );
  }

  /** Colour what is shown. */
  #colour() {
    const was = this.colouring.hues;
    this.colouring = colouringOf(this);
    if (was !== this.colouring.hues) this.map.paint(this.colouring.hues);
  }

  /** Change how the map shows what is chosen. @param {Partial<Look>} part */
  changeLook(part) {
    this.change({ look: { ...this.state.look, ...part } }, { stay: true });
  }

  /** Change what is filtered by. @param {Partial<Choice>} part */
  choose(part) {
    this.change({ choice: /** @type {Choice} */ ({ ...this.state.choice, ...part }) }, { stay: true });
  }

  /** Show everything again. */
  clearChoice() {
    this.change({ choice: noChoice() }, { stay: true });
  }

  /** Filter again by the same choice, as more is known now. */
  again() {
    this.show({ ...this.state, choice: { ...this.state.choice } }, { stay: true });
    this.history.write(true);
  }

  /** Filters can count from now on: apply what was chosen. */
  recount() {
    this.filters = new Filters(this.atlas);
    this.all = this.filters.apply(startState().choice, null);
    this.filtered = this.all;
    this.again();
  }

  /** @returns {number[]} the nodes that are shown: those that pass the filters and are in focus */
  shown() {
    const { visible } = this.filtered;
    /** @type {number[]} */
    const found = [];
    for (let node = 0; node < visible.length; node += 1) {
      if (visible[node] === 1 && (this.focus === null || this.focus.has(node) || this.path?.includes(node))) found.push(node);
    }
    return found;
  }

  /** @returns {boolean} whether any article has a date */
  hasTime() {
    return this.atlas.header.time.first !== null;
  }

  /** @returns {import("./state.js").Names} */
  names() {
    return namesOf(this);
  }

  /** @param {string} iri @returns {number} its node, or -1 */
  nodeOf(iri) {
    if (this.byIri === null || (this.byIri.size < this.atlas.count && this.atlas.hasText)) {
      this.byIri = new Map();
      for (let node = this.atlas.hasText ? 0 : this.atlas.articles; node < this.atlas.count; node += 1) {
        if (!this.byIri.has(this.atlas.iri(node))) this.byIri.set(this.atlas.iri(node), node);
      }
    }
    return this.byIri.get(iri) ?? -1;
  }

  /** Take in an IRI that leads to a node: its own, or another. @param {string} iri @param {number} node */
  name(iri, node) {
    this.nodeOf("");
    if (iri) this.byIri?.set(iri, node);
  }

  /** Show the state that an address names, with its camera. @param {State} next @param {boolean} animate */
  open(next, animate) {
    this.show(next, { stay: next.camera !== null, animate });
    if (next.camera) {
      this.fitting = false;
      this.map.camera = next.camera;
    } else if (next.node < 0) this.fit(animate);
  }

  /** Open a page about part of a graph: select its main node, and show everything. @param {number} node */
  openPart(node) {
    this.show({ ...startState(), node, panel: this.firstPanel }, { stay: true, animate: false });
    this.opening = true;
    this.fit(false);
  }

  /** Show everything, also where the view begins with a part of it. */
  showAll() {
    // If it is shown already, the camera does not move, and only the reader moves it from then on.
    const isShown = this.home !== null && this.state.camera === null;
    this.fitting = this.map.beginsWhole && !isShown;
    this.map.fit({ whole: true });
  }

  /** Show the view as it begins. @param {boolean} animate */
  fit(animate) {
    this.fitting = true;
    this.map.fit({ animate });
    if (!animate) this.moved(this.map.camera);
  }

  /** More is known of what is shown: tell the listeners. */
  retell() {
    for (const listener of this.listeners) listener(this.state);
    this.history.write(true);
  }

  /** Adapt to panels or the window covering more or less: a map that shows everything keeps doing so. @param {() => void} change */
  refit(change) {
    const { node, camera } = this.state;
    // The camera may be on its way to a node, unless the node is not in this view.
    const isWhole = camera === null && (node < 0 || this.opening || Number.isNaN(this.map.scene.ground.x[node]));
    change();
    if (isWhole) this.fit(false);
  }

  /** The camera rests at another place: the address follows, without a step in the history. @param {CameraPlace} camera @returns {boolean} whether it is the reader's own */
  moved(camera) {
    if (this.fitting) this.home = camera;
    this.fitting = false;
    this.state.camera = this.home && isSamePlace(this.home, camera) ? null : camera;
    if (!this.held) this.history.write(true);
    for (const mover of this.movers) mover();
    return this.state.camera !== null;
  }
}

/** @param {CameraPlace} one @param {CameraPlace} other */
function isSamePlace(one, other) {
  const away = Math.hypot(one.x - other.x, one.y - other.y) * one.zoom;
  return away < 2 && Math.abs(one.zoom / other.zoom - 1) < 0.01;
}
