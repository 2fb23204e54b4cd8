/** The panels over the map: which are open, how much of the map they cover, and on a telephone one sheet at a time. */

import { byId } from "./dom.js";

/** @import {Explorer} from "./explorer.js" */
/** @typedef {"filters"|"table"|"insights"|"save"} PanelName */

const PHONE = "(max-width: 720px)";
const GAP = 12;

export class Sheets {
  /** @param {Explorer} explorer */
  constructor(explorer) {
    this.explorer = explorer;
    this.phone = window.matchMedia(PHONE);
    /** @type {Record<PanelName, HTMLElement>} */
    this.panels = { filters: byId("filters"), table: byId("table"), insights: byId("insights"), save: byId("save") };
    this.card = byId("card");
    /** @type {Record<PanelName, HTMLElement>} */
    this.openers = { filters: byId("open-filters"), table: byId("open-table"), insights: byId("open-insights"), save: byId("open-save") };
    this.moreOpener = byId("open-more");
    this.more = byId("more");
    for (const name of /** @type {PanelName[]} */ (Object.keys(this.openers))) {
      this.openers[name].addEventListener("click", () => this.toggle(name));
    }
    this.moreOpener.addEventListener("click", () => this.#showMore(!this.more.classList.contains("open")));
    document.addEventListener("pointerdown", (event) => {
      const target = /** @type {Node} */ (event.target);
      if (!this.more.contains(target) && !this.moreOpener.contains(target)) this.#showMore(false);
      if (!this.panels.save.contains(target) && !this.openers.save.contains(target)) this.set("save", false);
    });
    this.phone.addEventListener("change", () => this.layout());
    new ResizeObserver(() => this.layout()).observe(document.body);
    new ResizeObserver(() => this.layout()).observe(this.card);
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

  /** Open a panel, or close it; table and insights are part of the state. @param {PanelName} name */
  toggle(name) {
    const open = !this.isOpen(name);
    this.#showMore(false);
    if (name === "table" || name === "insights") {
      this.explorer.change({ panel: open ? name : "", ...(open && this.#clears(name) ? { node: -1 } : {}) }, { stay: true });
    } else this.set(name, open);
    if (open) this.#focus(name);
    else this.openers[name].focus();
  }

  /** On a telephone a panel takes the place of the card; on a desktop only the insights do. @param {PanelName} name */
  #clears(name) {
    return this.phone.matches || name === "insights";
  }

  /** @param {PanelName} name @param {boolean} open */
  set(name, open) {
    if (this.isOpen(name) === open) return;
    this.panels[name].hidden = !open;
    this.openers[name].setAttribute("aria-expanded", String(open));
    if (open && this.phone.matches) for (const other of this.#others(name)) this.set(other, false);
    this.layout();
  }

  /** @param {PanelName} name @returns {PanelName[]} */
  #others(name) {
    return /** @type {PanelName[]} */ (Object.keys(this.panels)).filter((other) => other !== name);
  }

  /** @param {PanelName} name */
  #focus(name) {
    const first = this.panels[name].querySelector("input, button, [tabindex]");
    if (first instanceof HTMLElement) first.focus({ preventScroll: true });
  }

  /** Close the uppermost panel; false when none is open. @returns {boolean} */
  closeOne() {
    if (this.more.classList.contains("open")) {
      this.#showMore(false);
      this.moreOpener.focus();
      return true;
    }
    /** @type {PanelName[]} */
    const order = this.phone.matches ? ["save", "table", "insights", "filters"] : ["save"];
    const open = order.find((name) => this.isOpen(name));
    if (open === undefined) return false;
    this.toggle(open);
    return true;
  }

  /** Follow the state: panels that it names are open. */
  update() {
    const { state } = this.explorer;
    this.set("table", state.panel === "table");
    // The card stands where the insights do: they come back when it is closed.
    this.set("insights", state.panel === "insights" && state.node < 0);
    this.openers.insights.setAttribute("aria-expanded", String(this.isOpen("insights")));
    this.card.hidden = state.node < 0;
    if (this.phone.matches && state.node >= 0) {
      for (const name of /** @type {PanelName[]} */ (["filters", "insights", "save", "table"])) {
        if (this.isOpen(name)) {
          this.panels[name].hidden = true;
          this.openers[name].setAttribute("aria-expanded", "false");
        }
      }
    }
    this.layout();
  }

  /** Tell the map what it cannot be seen through. */
  layout() {
    this.#cover();
    this.explorer.refit();
  }

  #cover() {
    const { filters, table, insights } = this.panels;
    const hasRight = !this.card.hidden || !insights.hidden;
    const sheets = [this.card, filters, table, insights, this.panels.save].filter((one) => !one.hidden);
    document.body.classList.toggle("has-table", !table.hidden);
    document.body.classList.toggle("has-right", hasRight);
    document.body.classList.toggle("has-sheet", this.phone.matches && sheets.length > 0);
    if (this.phone.matches) {
      const stage = byId("stage").getBoundingClientRect();
      const top = Math.min(stage.bottom, ...sheets.map((one) => one.getBoundingClientRect().top));
      this.explorer.map.inset({ bottom: Math.max(0, stage.bottom - top) });
      return;
    }
    const right = this.card.hidden ? insights : this.card;
    this.explorer.map.inset({
      left: filters.hidden ? 0 : filters.offsetWidth + GAP,
      right: hasRight ? right.offsetWidth + GAP : 0,
      bottom: table.hidden ? 0 : table.offsetHeight + GAP,
      top: 0,
    });
  }
}
