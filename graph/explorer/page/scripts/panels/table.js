/** The table: everything that is shown, as rows to sort and to leaf through; the equal of the map for who cannot see it. */

import { byId, fill, make, mark, say } from "../elements/dom.js";
import { nameTag } from "../elements/nodes.js";
import { whenKnown } from "../state/soon.js";
import { counted, dayWords, KIND_NAME, plain } from "../elements/formats.js";

/** @import {Explorer} from "../state/explorer.js" */
/** @typedef {"title"|"kind"|"provider"|"date"|"type"|"topics"|"links"} ColumnName */

const ON_A_PAGE = 100;
/** @type {[ColumnName, string][]} */
const TABLE_COLUMNS = [
  ["title", "Title"],
  ["kind", "Kind"],
  ["provider", "Provider"],
  ["date", "Date"],
  ["type", "Type"],
  ["topics", "Topics"],
  ["links", "Links"],
];

export class Table {
  /** @param {Explorer} explorer @param {() => void} onClose */
  constructor(explorer, onClose) {
    this.explorer = explorer;
    this.panel = byId("table");
    /** @type {ColumnName} */
    this.by = "links";
    this.down = true;
    this.page = 0;
    this.stale = true;
    /** Whether the order of titles is awaited. */
    this.waiting = false;
    /** @type {number[]} */
    this.nodes = [];
    /** @type {Int32Array|null} */
    this.degrees = null;
    this.caption = make("caption", { class: "unseen" });
    this.body = make("tbody");
    this.count = make("h2", { text: "Table" });
    this.where = make("span", { class: "faint" });
    this.before = make("button", { type: "button", class: "icon", "aria-label": "Page before", text: "‹", onclick: () => this.#leaf(-1) });
    this.after = make("button", { type: "button", class: "icon", "aria-label": "Next page", text: "›", onclick: () => this.#leaf(1) });
    /** @type {Map<ColumnName, HTMLElement>} */
    this.heads = new Map();
    const row = make("tr");
    for (const [name, words] of TABLE_COLUMNS) {
      const head = make("th", { scope: "col" }, make("button", { type: "button", text: words, onclick: () => this.#sort(name) }));
      this.heads.set(name, head);
      row.append(head);
    }
    const close = make("button", { type: "button", class: "icon", "aria-label": "Close the table", text: "✕", onclick: onClose });
    const pager = make("div", { class: "pager" }, this.before, this.where, this.after);
    this.scroll = make("div", { class: "table-scroll", tabindex: "0", role: "group", "aria-label": "Rows" });
    this.scroll.append(make("table", {}, this.caption, make("thead", {}, row), this.body));
    fill(this.panel, make("div", { class: "head" }, this.count, pager, close), this.scroll);
    /** What was listed last. @type {[object|null, object|null]} */
    let listed = [null, null];
    explorer.listen((before) => {
      const anew = listed[0] !== explorer.filtered || listed[1] !== explorer.focus;
      listed = [explorer.filtered, explorer.focus];
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
    if (this.waiting) return;
    this.down = this.by === name ? !this.down : name === "links" || name === "date";
    this.by = name;
    this.page = 0;
    this.#order();
    this.#draw();
    say(`Sorted by ${TABLE_COLUMNS.find(([one]) => one === name)?.[1]}, ${this.down ? "descending" : "ascending"}`);
  }

  /** The panel may have been opened: what it shows may be old. */
  appear() {
    if (this.panel.hidden) this.stale = true;
    else if (this.stale) this.update();
  }

  /** Show what is shown. @param {boolean} [anew] from the first page */
  update(anew = true) {
    this.stale = this.panel.hidden;
    if (this.panel.hidden) return;
    if (anew) this.page = 0;
    const ranked = this.explorer.answers.rank();
    if (ranked) {
      this.waiting = true;
      fill(this.body, make("tr", {}, make("td", { colspan: TABLE_COLUMNS.length, text: "Putting the titles in order …" })));
    }
    whenKnown(ranked, () => {
      this.waiting = false;
      this.nodes = this.explorer.shown();
      this.#order();
      this.#draw();
    });
  }

  /** @param {number} node @returns {number} */
  #links(node) {
    const { atlas } = this.explorer;
    if (atlas.columns.degree) return atlas.degree(node);
    this.degrees ??= new Int32Array(atlas.count).fill(-1);
    if (this.degrees[node] < 0) this.degrees[node] = atlas.degree(node);
    return this.degrees[node];
  }

  /**
   * The place of a node in the order of a column, as a number; -1 where it has nothing there. Names are ranked once,
   * which a million rows stand: they are then sorted as plain numbers.
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
        return (node) => rank[node];
      case "kind": {
        const ranks = ranksOf(["article", "topic", "provider", "person"]);
        return (node) => ranks[[kinds.topic[0], kinds.provider[0], kinds.person[0]].filter((first) => node >= first).length];
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
        return (node) => this.#links(node);
    }
  }

  /** @param {number} node @returns {string | number} */
  #key(node) {
    const { atlas } = this.explorer;
    switch (this.by) {
      case "title":
        return atlas.label(node).toLowerCase();
      case "kind":
        return atlas.kind(node);
      case "provider":
        return namesOf(this.explorer, node, "publisher").toLowerCase();
      case "type":
        return atlas.type(node);
      case "topics":
        return namesOf(this.explorer, node, "about").toLowerCase();
      case "date":
        return atlas.day(node) ?? (this.down ? -Infinity : Infinity);
      default:
        return this.#links(node);
    }
  }

  #order() {
    if (this.explorer.atlas.columns.rank) this.#orderByRank();
    else if (this.explorer.atlas.hasText) this.#orderByWords();
  }

  #orderByRank() {
    const { count } = this.explorer.atlas;
    const rankOf = this.#rankOf();
    const most = 2 ** 31;
    const keys = new Float64Array(this.nodes.length);
    this.nodes.forEach((node, at) => {
      const rank = rankOf(node);
      // What has no value stands at the end, whichever way it is sorted.
      keys[at] = (rank < 0 ? most : this.down ? most - 1 - rank : rank) * count + node;
    });
    keys.sort();
    this.nodes = Array.from(keys, (key) => key % count);
  }

  #orderByWords() {
    const keys = new Map(this.nodes.map((node) => [node, this.#key(node)]));
    const sign = this.down ? -1 : 1;
    this.nodes.sort((one, other) => {
      const [a, b] = [/** @type {any} */ (keys.get(one)), /** @type {any} */ (keys.get(other))];
      // What has no value stands at the end, whichever way it is sorted.
      if (a === "" || b === "") return a === b ? one - other : a === "" ? 1 : -1;
      return a === b ? one - other : a < b ? -sign : sign;
    });
  }

  #draw() {
    const total = this.nodes.length;
    const pages = Math.max(1, Math.ceil(total / ON_A_PAGE));
    this.page = Math.max(0, Math.min(this.page, pages - 1));
    const first = this.page * ON_A_PAGE;
    const rows = this.nodes.slice(first, first + ON_A_PAGE).map((node) => this.#row(node));
    if (total === 0) rows.push(make("tr", {}, make("td", { colspan: TABLE_COLUMNS.length, text: this.explorer.filtered.active ? "Nothing fits these filters." : "There is nothing to list yet." })));
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
    const go = make("button", { type: "button", class: "node" }, mark(kind, atlas.isStub(node)), nameTag(atlas, node));
    go.addEventListener("click", () => explorer.change({ node }));
    const day = atlas.day(node);
    const chosen = explorer.state.node === node;
    return make(
      "tr",
      { class: chosen ? "chosen" : "", "aria-current": chosen ? "true" : null },
      make("td", {}, go),
      make("td", { text: KIND_NAME[kind] + (atlas.isStub(node) ? " (stub)" : "") }),
      make("td", { dir: "auto", text: namesOf(explorer, node, "publisher") }),
      make("td", { class: "day", text: day === null ? "" : dayWords(day) }),
      make("td", { dir: "auto", text: atlas.type(node) }),
      make("td", { dir: "auto", text: namesOf(explorer, node, "about") }),
      make("td", { class: "number", text: plain(this.#links(node)) }),
    );
  }
}

/** @param {Explorer} explorer @param {number} node @param {string} relation @returns {string} */
function namesOf({ atlas }, node, relation) {
  return Array.from(atlas.out(relation, node), (other) => atlas.label(other)).join(", ");
}

/** @param {string[]} names @returns {Uint32Array} the place of each among all, in the order of the alphabet */
function ranksOf(names) {
  const folded = names.map((name) => name.toLowerCase());
  const ranks = new Uint32Array(names.length);
  [...names.keys()].sort((one, other) => (folded[one] < folded[other] ? -1 : folded[one] > folded[other] ? 1 : one - other)).forEach((at, place) => {
    ranks[at] = place;
  });
  return ranks;
}
