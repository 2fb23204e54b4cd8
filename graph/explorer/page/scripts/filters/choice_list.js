/** A facet's values as a list or tree of check boxes, the commonest first, more on demand. */

import { make, quoted } from "../elements/dom.js";
import { counted, plain } from "../elements/formats.js";
import { fold } from "../search/spelling.js";

/** @import {Explorer} from "../state/explorer.js" */
/** @typedef {"types"|"categories"|"topics"|"providers"|"status"|"communities"|import("./filters.js").Own} Facet */
/** @typedef {{name: string, facet: Facet, totals: Map<any, number>, label: (value: any) => string, explorer: Explorer,
 *   tree?: boolean, open?: boolean}} Offered */
/** @typedef {{value: any, row: HTMLElement, box: HTMLInputElement, count: HTMLElement}} Row */

const FIRST = 8;
const MORE = 40;
const SIFTED = 50;

export class ChoiceList {
  /** @param {Offered} offered */
  constructor(offered) {
    this.offered = offered;
    const { totals } = offered;
    /** All values, the commonest first. */
    this.ordered = [...totals.keys()].sort(
      (one, other) => (totals.get(other) ?? 0) - (totals.get(one) ?? 0) || (offered.label(one) < offered.label(other) ? -1 : 1),
    );
    this.values = this.ordered.length;
    this.top = offered.tree ? this.#roots() : this.ordered;
    this.limit = FIRST;
    this.wanted = "";
    /** @type {Set<any>} values whose narrower ones are shown */
    this.opened = new Set(this.top.length === 1 ? this.top : []);
    /** @type {Row[]} */
    this.rows = [];
    this.drawn = "";
    this.some = make("span", { class: "some", hidden: true });
    this.list = make("ul", { class: offered.tree ? "tree" : "" });
    this.more = make("button", { class: "plain", onclick: () => this.#showMore() });
    this.element = make(
      "details",
      { class: "facet", open: offered.open ?? false },
      make("summary", {}, make("span", { text: offered.name }), this.some),
      this.values > FIRST && this.#sift(),
      this.list,
      this.more,
    );
    this.element.addEventListener("toggle", () => this.update());
  }

  #sift() {
    const sift = make("input", { type: "search", class: "sift", placeholder: "Find in this list", "aria-label": `Find in ${this.offered.name}` });
    sift.addEventListener("input", () => {
      this.wanted = fold(sift.value.trim());
      this.update();
    });
    sift.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && sift.value) event.stopPropagation();
    });
    return sift;
  }

  /** @returns {number[]} topics without a wider one in the list */
  #roots() {
    const { explorer, totals } = this.offered;
    const isRoot = (/** @type {number} */ topic) =>
      ![...explorer.atlas.out("broader", topic)].some((wider) => wider !== topic && totals.has(wider));
    const roots = this.ordered.filter(isRoot);
    const reached = new Set(roots);
    for (const topic of reached) for (const narrower of this.#narrower(topic)) reached.add(narrower);
    return this.ordered.filter((topic) => isRoot(topic) || !reached.has(topic));
  }

  /** @param {number} topic @returns {number[]} */
  #narrower(topic) {
    const { explorer, totals } = this.offered;
    const found = [...explorer.atlas.into("broader", topic)].filter((one) => one !== topic && totals.has(one));
    return found.sort((one, other) => (totals.get(other) ?? 0) - (totals.get(one) ?? 0) || one - other);
  }

  #showMore() {
    this.limit += MORE;
    this.update();
    this.rows[this.limit - MORE]?.box.focus();
  }

  /** Show the current counts and choices. */
  update() {
    const { facet, explorer, tree } = this.offered;
    /** @type {Set<any>} */
    const chosen = new Set(/** @type {any[]} */ (explorer.state.choice[facet]));
    this.some.hidden = chosen.size === 0;
    this.some.textContent = plain(chosen.size);
    if (!this.element.open) return;
    const sifted = this.wanted ? this.ordered.filter((one) => fold(this.offered.label(one)).includes(this.wanted)) : null;
    const from = sifted ?? this.top;
    const shown = from.slice(0, sifted ? SIFTED : this.limit);
    if (!tree || sifted) for (const one of chosen) if (!shown.includes(one)) shown.push(one);
    if (tree && !sifted) for (const one of chosen) this.#openTo(/** @type {number} */ (one), shown);
    const drawing = `${shown.join()};${[...this.opened].join()};${sifted !== null}`;
    if (drawing !== this.drawn) this.#draw(shown, sifted !== null);
    this.drawn = drawing;
    const counts = explorer.filtered.counts[facet];
    for (const { value, row, box, count } of this.rows) {
      const number = counts.get(value) ?? 0;
      box.checked = chosen.has(value);
      count.textContent = plain(number);
      row.classList.toggle("none", number === 0);
    }
    const left = from.length - Math.min(from.length, sifted ? SIFTED : this.limit);
    this.more.hidden = left === 0 || sifted !== null;
    this.more.textContent = `Show ${counted(Math.min(left, MORE), "more", "more")} of ${plain(left)}`;
  }

  /** Open the topics above a chosen one, so that it is seen. @param {number} topic @param {number[]} shown */
  #openTo(topic, shown) {
    const { explorer } = this.offered;
    for (const wider of explorer.filters.countsFor(topic)) {
      if (wider !== topic && this.top.length !== this.ordered.length) this.opened.add(wider);
      if (this.top.includes(wider) && !shown.includes(wider)) shown.push(wider);
    }
  }

  /** @param {any[]} shown @param {boolean} flat */
  #draw(shown, flat) {
    const focused = document.activeElement;
    const before = this.rows.find(({ box }) => box === focused)?.value;
    this.rows = [];
    this.list.textContent = "";
    for (const value of shown) this.#drawRow(this.list, value, flat, new Set());
    if (before !== undefined) this.rows.find(({ value }) => value === before)?.box.focus();
  }

  /** @param {HTMLElement} list @param {any} value @param {boolean} flat @param {Set<any>} above */
  #drawRow(list, value, flat, above) {
    const { label, facet, explorer, tree } = this.offered;
    const box = make("input", { type: "checkbox" });
    box.addEventListener("change", () => {
      const values = /** @type {any[]} */ (explorer.state.choice[facet] ?? []).filter((one) => one !== value);
      explorer.choose({ [facet]: box.checked ? [...values, value] : values });
    });
    const count = make("span", { class: "count" });
    const narrower = tree && !flat ? this.#narrower(value).filter((one) => !above.has(one)) : [];
    const row = make("div", { class: tree && !flat && narrower.length === 0 ? "choice leaf" : "choice" });
    const item = make("li", {}, row);
    if (narrower.length) row.append(this.#twist(value, label(value)));
    row.append(make("label", {}, box, quoted(label(value)), count));
    this.rows.push({ value, row, box, count });
    list.append(item);
    if (narrower.length && this.opened.has(value)) {
      const inner = make("ul");
      item.append(inner);
      for (const one of narrower) this.#drawRow(inner, one, flat, new Set([...above, value]));
    }
  }

  /** @param {any} value @param {string} name */
  #twist(value, name) {
    const isOpen = this.opened.has(value);
    const twist = make("button", { class: "twist", text: "›", "aria-expanded": String(isOpen), "aria-label": `Topics narrower than ${name}` });
    twist.addEventListener("click", () => {
      if (isOpen) this.opened.delete(value);
      else this.opened.add(value);
      this.drawn = "";
      this.update();
      const again = this.rows.find((row) => row.value === value)?.row.querySelector(".twist");
      if (again instanceof HTMLElement) again.focus();
    });
    return twist;
  }
}
