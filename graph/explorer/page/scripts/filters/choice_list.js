/** A facet's values as a list or tree of check boxes, those of most articles shown first, more on demand. */

import { fill, make, quoted } from "../elements/dom.js";
import { moreWords, plain } from "../elements/formats.js";
import { fold } from "../search/spelling.js";
import { barred, wantedIn, withOther, withValue } from "./choice.js";

/** @import {Explorer} from "../state/explorer.js" */
/** @import {Facet} from "./choice.js" */
/** @typedef {{name: string, facet: Facet, totals: Map<any, number>, label: (value: any) => string, explorer: Explorer,
 *   tree?: boolean, open?: boolean}} Offered */
/** @typedef {{value: any, row: HTMLElement, box: HTMLInputElement, count: HTMLElement, not: HTMLButtonElement}} Row */

const FIRST = 8;
const MORE = 40;
const SIFTED = 50;

export class ChoiceList {
  /** @param {Offered} offered */
  constructor(offered) {
    this.offered = offered;
    const { totals } = offered;
    /** All values, the commonest of all articles first. */
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
    this.every = make("input", { type: "checkbox", onchange: () => offered.explorer.choose(withOther(offered.explorer.state.choice, offered.facet)) });
    this.together = make("label", { class: "together", hidden: true }, this.every, "All of these together");
    this.list = make("ul", { class: offered.tree ? "tree" : "" });
    this.none = make("p", { class: "faint", text: "Nothing shown has any.", hidden: true });
    this.more = make("button", { class: "plain", onclick: () => this.#showMore() });
    this.element = make(
      "details",
      { class: "facet", open: offered.open ?? false },
      make("summary", {}, make("span", { text: offered.name }), this.some),
      this.values > FIRST && this.#sift(),
      this.together,
      this.list,
      this.none,
      this.more,
    );
    this.element.addEventListener("toggle", () => this.follow());
  }

  #sift() {
    const sift = make("input", { type: "search", class: "sift", placeholder: "Find in this list", "aria-label": `Find in ${this.offered.name}` });
    sift.addEventListener("input", () => {
      this.wanted = fold(sift.value.trim());
      this.follow();
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

  /** @param {number} topic @returns {number[]} the narrower ones of which articles are shown, or that are chosen */
  #narrower(topic) {
    const { explorer, totals } = this.offered;
    return this.#ranked([...explorer.atlas.into("broader", topic)].filter((one) => one !== topic && totals.has(one)));
  }

  /** Values of which articles are shown, the commonest first; what is chosen or barred stays. @param {any[]} values @returns {any[]} */
  #ranked(values) {
    const { explorer, facet, totals } = this.offered;
    if (!explorer.filtered.active) return [...values].sort((one, other) => (totals.get(other) ?? 0) - (totals.get(one) ?? 0));
    const counts = explorer.filtered.counts[facet];
    const chosen = this.#chosen();
    const numbers = new Map(values.map((value) => [value, counts.get(value) ?? 0]));
    const left = values.filter((value) => numbers.get(value) || chosen.has(value));
    return left.sort((one, other) => (numbers.get(other) ?? 0) - (numbers.get(one) ?? 0) || (totals.get(other) ?? 0) - (totals.get(one) ?? 0));
  }

  /** @returns {Set<any>} the values that are wanted or barred */
  #chosen() {
    const { explorer, facet } = this.offered;
    return new Set([...wantedIn(explorer.state.choice, facet), ...barred(explorer.state.choice, facet)]);
  }

  #showMore() {
    this.limit += MORE;
    this.follow();
    this.rows[this.limit - MORE]?.box.focus();
  }

  /** Show the current choices. */
  update() {
    const { facet, explorer } = this.offered;
    const { choice } = explorer.state;
    const [wanted, out] = [new Set(wantedIn(choice, facet)), new Set(barred(choice, facet))];
    this.some.hidden = wanted.size + out.size === 0;
    this.some.textContent = plain(wanted.size + out.size);
    this.together.hidden = wanted.size === 0 || !explorer.filters.of(facet)?.many || this.values < 2;
    this.every.checked = choice.every.includes(facet);
    for (const { value, row, box, not } of this.rows) {
      box.checked = wanted.has(value);
      not.setAttribute("aria-pressed", String(out.has(value)));
      row.classList.toggle("barred", out.has(value));
    }
  }

  /** Show what the current counts leave, and the choices. */
  follow() {
    if (!this.element.open) return;
    const { tree, label } = this.offered;
    const sifted = this.wanted ? this.ordered.filter((one) => fold(label(one)).includes(this.wanted)) : null;
    const from = sifted ?? this.#ranked(this.top);
    const shown = from.slice(0, sifted ? SIFTED : this.limit);
    const chosen = this.#chosen();
    if (!tree || sifted) for (const one of chosen) if (!shown.includes(one)) shown.push(one);
    if (tree && !sifted) for (const one of chosen) this.#openTo(/** @type {number} */ (one), shown);
    const drawing = this.#drawing(shown, sifted !== null);
    if (drawing !== this.drawn) this.#draw(shown, sifted !== null);
    this.drawn = drawing;
    this.update();
    this.#count();
    const left = from.length - Math.min(from.length, sifted ? SIFTED : this.limit);
    this.none.hidden = shown.length > 0;
    this.more.hidden = left === 0 || sifted !== null;
    this.more.textContent = moreWords(left, MORE);
  }

  /** Show in the rows how many articles each value has. */
  #count() {
    const { explorer, facet } = this.offered;
    const counts = explorer.filtered.counts[facet];
    const out = barred(explorer.state.choice, facet);
    for (const { value, row, count } of this.rows) {
      const number = counts.get(value) ?? 0;
      count.textContent = out.includes(value) ? `−${plain(number)}` : plain(number);
      row.classList.toggle("none", number === 0);
    }
  }

  /** What the list looks like, apart from its counts: in a tree with all that is open. @param {any[]} shown @param {boolean} flat */
  #drawing(shown, flat) {
    if (!this.offered.tree || flat) return `${shown.join()};${flat}`;
    const inner = [...this.opened].map((topic) => `${topic}:${this.#narrower(topic).join()}`);
    return `${shown.map((topic) => `${topic}${this.#narrower(topic).length ? "+" : ""}`).join()};${inner.join(";")}`;
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
    const before = this.rows.find(({ box, not }) => box === focused || not === focused);
    const isNot = before?.not === focused;
    this.rows = [];
    fill(this.list);
    for (const value of shown) this.#drawRow(this.list, value, flat, new Set());
    const again = this.rows.find(({ value }) => value === before?.value);
    if (before) (isNot ? again?.not : again?.box)?.focus({ preventScroll: true });
  }

  /** @param {HTMLElement} list @param {any} value @param {boolean} flat @param {Set<any>} above */
  #drawRow(list, value, flat, above) {
    const { label, facet, explorer, tree } = this.offered;
    const box = make("input", { type: "checkbox" });
    const choose = (/** @type {"wanted"|"barred"} */ how, /** @type {boolean} */ on) =>
      explorer.choose(withValue(explorer.state.choice, facet, value, on ? how : "neither", explorer.filters.of(facet)?.joint));
    box.addEventListener("change", () => choose("wanted", box.checked));
    const count = make("span", { class: "count" });
    const not = make("button", { class: "not", "aria-label": `Not ${label(value)}`, title: "Leave these out", text: "not" });
    not.addEventListener("click", () => choose("barred", not.getAttribute("aria-pressed") !== "true"));
    const narrower = tree && !flat ? this.#narrower(value).filter((one) => !above.has(one)) : [];
    const row = make("div", { class: tree && !flat && narrower.length === 0 ? "choice leaf" : "choice" });
    const item = make("li", {}, row);
    if (narrower.length) row.append(this.#twist(value, label(value)));
    row.append(make("label", {}, box, quoted(label(value)), count), not);
    this.rows.push({ value, row, box, count, not });
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
      this.follow();
      const again = this.rows.find((row) => row.value === value)?.row.querySelector(".twist");
      if (again instanceof HTMLElement) again.focus();
    });
    return twist;
  }
}
