/** The table: everything that is shown, as rows to sort and page through, for readers who cannot see the map too. */

import { countLinks } from "../data/among.js";
import { ranksOf } from "../data/atlas.js";
import { byId, fill, make, panelHead, say } from "../elements/dom.js";
import { KINDS, KIND_NAME, counted, dayWords, plain } from "../elements/formats.js";
import { nodeButton } from "../elements/nodes.js";
import { NOTHING_FITS } from "../filters/chips.js";
import { Latest } from "../state/latest.js";

/** @import {Explorer} from "../state/explorer.js" */
/** @typedef {"title"|"kind"|"provider"|"date"|"type"|"topics"|"links"} ColumnName */

const ON_A_PAGE = 100;
/** @type {Record<ColumnName, string>} */
const HEADS = { title: "Title", kind: "Kind", provider: "Provider", date: "Date", type: "Type", topics: "Topics", links: "Links" };
const COLUMNS_IN_TABLE = /** @type {ColumnName[]} */ (Object.keys(HEADS));

export class Table {
  #ranking = new Latest();

  /** @param {Explorer} explorer @param {() => void} onClose */
  constructor(explorer, onClose) {
    this.explorer = explorer;
    this.panel = byId("table");
    /** @type {ColumnName} */
    this.by = "links";
    this.down = true;
    this.page = 0;
    this.stale = true;
    /** @type {number[]} */
    this.nodes = [];
    this.caption = make("caption", { class: "unseen" });
    this.body = make("tbody");
    this.count = make("h2", { text: "Table" });
    this.where = make("span", { class: "faint" });
    this.partly = make("span", { class: "faint", text: "Links of articles are counted among all articles.", hidden: true });
    /** How many relations a node has among what is shown. @type {(node: number) => number} */
    this.links = (node) => explorer.atlas.degree(node);
    this.before = make("button", { class: "icon", "aria-label": "Previous page", text: "‹", onclick: () => this.#leaf(-1) });
    this.after = make("button", { class: "icon", "aria-label": "Next page", text: "›", onclick: () => this.#leaf(1) });
    /** @type {Map<ColumnName, HTMLElement>} */
    this.heads = new Map();
    const row = make("tr");
    for (const name of COLUMNS_IN_TABLE) {
      const head = make("th", { scope: "col" }, make("button", { text: HEADS[name], onclick: () => this.#sort(name) }));
      this.heads.set(name, head);
      row.append(head);
    }
    const pager = make("div", { class: "pager" }, this.partly, this.before, this.where, this.after);
    this.scroll = make("div", { class: "table-scroll", tabindex: "0", role: "group", "aria-label": "Rows" });
    this.scroll.append(make("table", {}, this.caption, make("thead", {}, row), this.body));
    fill(this.panel, panelHead(this.count, "Close the table", onClose, pager), this.scroll);
    /** What is listed. @type {(object|null)[]} */
    let listed = [null, null, null];
    explorer.listen((before) => {
      const now = [explorer.filtered, explorer.focus, explorer.state.look.off];
      const anew = now.some((one, at) => one !== listed[at]);
      listed = now;
      if (anew || before.node !== explorer.state.node) this.update(anew);
    });
  }

  /** @param {number} pages */
  #leaf(pages) {
    this.page += pages;
    this.#draw();
    this.scroll.scrollTop = 0;
    const pageCount = Math.ceil(this.nodes.length / ON_A_PAGE);
    say(`Page ${plain(this.page + 1)} of ${plain(pageCount)}`);
  }

  /** @param {ColumnName} name */
  #sort(name) {
    this.down = this.by === name ? !this.down : name === "links" || name === "date";
    this.by = name;
    this.update();
    say(`Sorted by ${HEADS[name]}, ${this.down ? "descending" : "ascending"}`);
  }

  /** The panel may have been opened: bring it up to date. */
  appear() {
    if (this.panel.hidden) this.stale = true;
    else if (this.stale) this.update();
  }

  /** List what is shown. @param {boolean} [anew]  whether to begin with the first page */
  update(anew = true) {
    this.stale = this.panel.hidden;
    if (this.panel.hidden) return;
    if (anew) this.page = 0;
    const list = () => {
      this.nodes = this.explorer.shown();
      this.#count();
      this.#order();
      this.#draw();
    };
    this.#ranking.drop();
    if (this.by !== "title") {
      list();
      return;
    }
    fill(this.body, make("tr", {}, make("td", { colspan: COLUMNS_IN_TABLE.length, text: "Sorting the titles …" })));
    this.#ranking.ask(this.explorer.answers.rankTitles(), list);
  }

  /** Count the relations among what is shown. */
  #count() {
    const { atlas, focus, state: { look } } = this.explorer;
    this.partly.hidden = true;
    this.links = (node) => atlas.degree(node);
    if (this.nodes.length === atlas.count && focus === null && look.off.length === 0) return;
    const visible = new Uint8Array(atlas.count);
    for (const node of this.nodes) visible[node] = 1;
    const { all, isWhole } = countLinks(atlas, visible, look.off);
    this.links = (node) => all[node];
    this.partly.hidden = isWhole;
  }

  /**
   * The place of a node in the order of a column, or -1 if it has no value there. As names are ranked once, a million rows
   * are sorted as plain numbers.
   * @returns {(node: number) => number}
   */
  #rankOf() {
    const { atlas } = this.explorer;
    const { rank, type } = atlas.columns;
    const { kinds, types } = atlas.header;
    const byName = (/** @type {"publisher"|"about"} */ relation) => {
      const ranks = ranksOf(atlas.header.labels);
      return (/** @type {number} */ node) => {
        const [first] = atlas.out(relation, node);
        return first === undefined ? -1 : ranks[first - atlas.articles];
      };
    };
    switch (this.by) {
      case "title":
        return (node) => rank?.[node] ?? 0;
      case "kind": {
        const ranks = ranksOf([...KINDS]);
        return (node) => ranks[KINDS.findIndex((kind) => node < kinds[kind][1])];
      }
      case "provider":
        return byName("publisher");
      case "topics":
        return byName("about");
      case "type": {
        const ranks = ranksOf(types);
        return (node) => (node < atlas.articles && type[node] ? ranks[type[node] - 1] : -1);
      }
      case "date":
        return (node) => (atlas.day(node) ?? -1e6) + 1e6 - 1;
      default:
        return this.links;
    }
  }

  #order() {
    const { count } = this.explorer.atlas;
    const rankOf = this.#rankOf();
    const most = 2 ** 31;
    const keys = Float64Array.from(this.nodes, (node) => {
      const rank = rankOf(node);
      // Nodes without a value come last, in either order.
      return (rank < 0 ? most : this.down ? most - 1 - rank : rank) * count + node;
    }).sort();
    this.nodes = Array.from(keys, (key) => key % count);
  }

  #draw() {
    const total = this.nodes.length;
    const pages = Math.max(1, Math.ceil(total / ON_A_PAGE));
    this.page = Math.max(0, Math.min(this.page, pages - 1));
    const first = this.page * ON_A_PAGE;
    const rows = this.nodes.slice(first, first + ON_A_PAGE).map((node) => this.#row(node));
    if (total === 0) rows.push(make("tr", {}, make("td", { colspan: COLUMNS_IN_TABLE.length, text: this.explorer.filtered.active ? NOTHING_FITS : "There is nothing to list yet." })));
    fill(this.body, ...rows);
    this.count.textContent = counted(total, "row");
    this.caption.textContent = `${counted(total, "node")} shown, sorted by ${this.by}`;
    this.where.textContent = total === 0 ? "" : `${plain(first + 1)} – ${plain(first + rows.length)}`;
    this.before.disabled = this.page === 0;
    this.after.disabled = this.page === pages - 1;
    for (const [name, head] of this.heads) {
      if (name === this.by) head.setAttribute("aria-sort", this.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  }

  /** @param {number} node */
  #row(node) {
    const { explorer } = this;
    const { atlas } = explorer;
    const kind = atlas.kind(node);
    const day = atlas.day(node);
    const chosen = explorer.state.node === node;
    return make(
      "tr",
      { class: chosen ? "chosen" : "", "aria-current": chosen ? "true" : null },
      make("td", {}, nodeButton(explorer, node)),
      make("td", { text: KIND_NAME[kind] + (atlas.isStub(node) ? " (stub)" : "") }),
      make("td", { dir: "auto", text: atlas.labels("publisher", node).join(", ") }),
      make("td", { class: "day", text: day === null ? "" : dayWords(day) }),
      make("td", { dir: "auto", text: atlas.type(node) }),
      make("td", { dir: "auto", text: atlas.labels("about", node).join(", ") }),
      make("td", { class: "number", text: plain(this.links(node)) }),
    );
  }
}
