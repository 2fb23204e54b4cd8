/** The panels over the map: which are open, and how much of the map they cover. On a phone one is open at a time. */

import { byId, firstControl, setTall } from "../elements/dom.js";
import { keepBarFitting } from "./bar.js";

/** @import {Explorer} from "../state/explorer.js" */
/** @typedef {"filters"|"table"|"insights"|"around"|"compare"|"save"|"share"} PanelName */

export const PHONE = "(max-width: 720px)";
const GAP = 12;
/** Panels that close when the reader clicks elsewhere. */
const DROPPED = /** @type {const} */ (["save", "share"]);
/** @type {PanelName[]} */
const NAMES = ["filters", "table", "insights", "around", "compare", "share", "save"];
/** Where readers start typing in a panel that is still empty. */
const SEARCH_IN_PANEL = "[role=combobox]";
/** Panels that are part of the state. */
const STATED = ["table", "insights", "around", "compare"];

export class Panels {
  /** @param {Explorer} explorer */
  constructor(explorer) {
    this.explorer = explorer;
    this.phone = window.matchMedia(PHONE);
    this.panels = { filters: byId("filters"), table: byId("table"), insights: byId("insights"), around: byId("around"), compare: byId("compare"), share: byId("share"), save: byId("save") };
    this.card = byId("card");
    this.openers = { filters: byId("open-filters"), table: byId("open-table"), insights: byId("open-insights"), around: byId("open-around"), compare: byId("open-compare"), share: byId("open-share"), save: byId("open-save") };
    /** Open panels that are not part of the address. @type {Set<PanelName>} */
    this.wanted = new Set();
    /** What was opened last, which comes before what needs the same place. @type {PanelName | "card"} */
    this.front = "card";
    /** How much is covered, as the map knows it. */
    this.known = "";
    this.moreOpener = byId("open-more");
    this.more = byId("more");
    for (const name of NAMES) this.openers[name].addEventListener("click", () => this.toggle(name));
    this.moreOpener.addEventListener("click", () => this.#showMore(!this.more.classList.contains("open")));
    // The menu closes before the chosen action, so that a dialog returns the focus to something that is still there.
    this.more.addEventListener("click", () => this.more.classList.contains("open") && (this.moreOpener.focus(), this.#showMore(false)), true);
    keepBarFitting(this.phone);
    document.addEventListener("pointerdown", (event) => {
      const target = /** @type {Node} */ (event.target);
      if (!this.more.contains(target) && !this.moreOpener.contains(target)) this.#showMore(false);
      for (const name of DROPPED) if (this.isOpen(name) && !this.panels[name].contains(target) && !this.openers[name].contains(target)) this.set(name, false);
    });
    this.phone.addEventListener("change", () => this.arrange());
    const sizes = new ResizeObserver(() => this.layout());
    for (const part of [document.body, this.card, ...Object.values(this.panels)]) sizes.observe(part);
    byId("chips").addEventListener("scroll", () => this.#keepBeside());
    explorer.listen((before) => {
      const { state } = explorer;
      if (state.node >= 0 && state.node !== before.node) {
        this.front = "card";
        for (const name of DROPPED) this.wanted.delete(name);
      }
      // A link with a panel and a node shows the panel; Around without a node waits for one.
      if (state.panel && (state.panel !== before.panel || (state.panel === "around" && before.node < 0))) this.front = state.panel;
      this.arrange();
    });
  }

  /** @param {boolean} open */
  #showMore(open) {
    this.more.classList.toggle("open", open);
    this.moreOpener.setAttribute("aria-expanded", String(open));
  }

  /** @param {PanelName} name @returns {boolean} */
  isOpen(name) {
    return !this.panels[name].hidden;
  }

  /** Open a panel or bring it to the front, or close it; table and insights are part of the state. @param {PanelName} name */
  toggle(name) {
    const open = !this.isOpen(name);
    this.#showMore(false);
    if (open) this.drop(name);
    this.set(name, open);
    const first = open ? (this.panels[name].querySelector(SEARCH_IN_PANEL) ?? firstControl(this.panels[name])) : this.#openerInSight(name);
    if (first instanceof HTMLElement) first.focus({ preventScroll: true });
  }

  /** Close the panels that hang from the bar, because they would cover what comes next. @param {PanelName} [but]  except this one */
  drop(but) {
    for (const name of DROPPED) if (name !== but && this.isOpen(name)) this.set(name, false);
  }

  /** The button that opens a panel, or that of the closed menu in which it is. @param {PanelName} name */
  #openerInSight(name) {
    return this.openers[name].offsetParent === null ? this.moreOpener : this.openers[name];
  }

  /** @param {PanelName} name @param {boolean} open */
  set(name, open) {
    if (open) this.front = name;
    if (STATED.includes(name)) {
      const panel = open ? /** @type {"table"|"insights"|"around"|"compare"} */ (name) : this.explorer.state.panel === name ? "" : this.explorer.state.panel;
      if (panel !== this.explorer.state.panel) this.explorer.change({ panel }, { stay: true });
    } else if (open) this.wanted.add(name);
    else this.wanted.delete(name);
    this.arrange();
  }

  /** Close the uppermost panel, and return whether one was open. @returns {boolean} */
  closeOne() {
    if (this.more.classList.contains("open")) {
      this.#showMore(false);
      this.moreOpener.focus();
      return true;
    }
    /** @type {PanelName[]} */
    const order = this.phone.matches ? ["save", "share", "table", "insights", "around", "compare", "filters"] : [...DROPPED];
    const open = order.find((name) => this.isOpen(name));
    if (open !== undefined) this.toggle(open);
    return open !== undefined;
  }

  /** @param {PanelName | "card"} name */
  #wants(name) {
    const { state } = this.explorer;
    if (name === "card") return state.node >= 0;
    return STATED.includes(name) ? state.panel === name : this.wanted.has(name);
  }

  /** Show what is wanted: on a phone one panel, otherwise all, but only one of insights and card. */
  arrange() {
    /** @type {(PanelName | "card")[]} */
    const names = ["card", ...NAMES];
    let shown = names.filter((name) => this.#wants(name));
    const first = shown.includes(this.front) ? this.front : shown[0];
    if (this.phone.matches) shown = shown.filter((name) => name === first);
    else if (shown.includes("card") && shown.includes("insights")) {
      shown = shown.filter((name) => name !== (first === "insights" ? "card" : "insights"));
    }
    this.card.hidden = !shown.includes("card");
    for (const name of NAMES) {
      this.panels[name].hidden = !shown.includes(name);
      this.openers[name].setAttribute("aria-expanded", String(shown.includes(name)));
    }
    // What is hidden cannot have the focus, and without it the keys of the map would be lost.
    if (document.activeElement?.closest(".panel")?.hasAttribute("hidden")) byId("map").focus({ preventScroll: true });
    for (const panel of [this.card, ...Object.values(this.panels)]) if (panel.hidden) setTall(panel, false);
    this.explorer.arranged();
    this.layout();
  }

  /** Tell the map how much the panels cover, if that has changed: the map may be moving. */
  layout() {
    const inset = this.#covered();
    const stage = byId("stage").getBoundingClientRect();
    const buttons = [byId("zoom"), document.getElementById("whole")].flatMap((one) => (one ? [boxIn(stage, one)] : []));
    this.#keepBeside();
    const known = JSON.stringify([inset, buttons, window.innerWidth, window.innerHeight]);
    if (known === this.known) return;
    this.known = known;
    this.explorer.refit(() => this.explorer.map.inset(inset, buttons));
  }

  /** Tell the map where the words of the filters are, as far as they are in sight. */
  #keepBeside() {
    const stage = byId("stage").getBoundingClientRect();
    const row = boxIn(stage, byId("chips"));
    const parts = [...byId("chips").children].map((one) => boxIn(stage, one));
    const sentence = parts.map((one) => ({ ...one, left: Math.max(one.left, row.left), right: Math.min(one.right, row.right) })).filter(({ left, right }) => left < right);
    if (JSON.stringify(sentence) !== JSON.stringify(this.explorer.map.scene.sentence)) this.explorer.map.keepBeside(sentence);
  }

  /** @returns {Partial<import("../map/camera.js").Inset>} how much of the map the panels cover */
  #covered() {
    const { filters, table, insights } = this.panels;
    const hasRight = !this.card.hidden || !insights.hidden;
    const asking = document.getElementById("ask");
    const sheets = [this.card, ...Object.values(this.panels), ...(asking ? [asking] : [])].filter((one) => !one.hidden);
    const below = [table, this.panels.compare, asking].find((one) => one && !one.hidden) ?? null;
    document.body.classList.toggle("has-table", below !== null);
    document.body.classList.toggle("has-right", hasRight);
    document.body.classList.toggle("has-left", !filters.hidden);
    document.body.classList.toggle("has-around", !this.panels.around.hidden);
    document.body.classList.toggle("has-sheet", this.phone.matches && sheets.length > 0);
    if (this.phone.matches) {
      const stage = byId("stage").getBoundingClientRect();
      const top = Math.min(stage.bottom, ...sheets.map((one) => one.getBoundingClientRect().top));
      return { bottom: Math.max(0, stage.bottom - top) };
    }
    const right = this.card.hidden ? insights : this.card;
    return {
      left: filters.hidden ? 0 : filters.offsetWidth + GAP,
      right: hasRight ? right.offsetWidth + GAP : 0,
      bottom: below === null ? 0 : below.offsetHeight + GAP,
      top: 0,
    };
  }
}

/** @param {DOMRect} stage @param {Element} element @returns {import("../map/labels/label_room.js").Box} where it is on the stage */
function boxIn(stage, element) {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return { left: left - stage.left, top: top - stage.top, right: right - stage.left, bottom: bottom - stage.top };
}
