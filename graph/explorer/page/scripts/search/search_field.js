/** A search field that suggests articles, topics, providers and people by their names. */

import { make, say } from "../elements/dom.js";
import { KIND_NAME, counted, dayWords, plain } from "../elements/formats.js";
import { mark } from "../elements/nodes.js";
import { Latest } from "../state/latest.js";
import { CONDITIONS } from "./conditions.js";
import { canAnswer, findByQuery } from "./finding.js";
import { marked, partWith, wordsMissing } from "./hits.js";
import { wordsOf } from "./spelling.js";

/** @import {Explorer} from "../state/explorer.js" */
/** @import {Found} from "./name_search.js" */
/** @typedef {{id: string, label: string, hint: string, onPick: (node: number) => void,
 *   onAll?: (words: string) => void, onLeave?: () => void, only?: import("./finding.js").Only}} Wish */

const LONGEST_HIT = 110;
const OFFERED = ["topic", "provider", "author", "before", "after", "quality", "is"];
const HINT = `Narrow it with ${CONDITIONS.filter((name) => OFFERED.includes(name)).map((name) => `${name}:`).join(" ")}`;

export class SearchField {
  #finding = new Latest();

  /** @param {Element} place @param {Explorer} explorer @param {Wish} wish */
  constructor(place, explorer, wish) {
    this.explorer = explorer;
    this.wish = wish;
    /** @type {(() => void)[]} what each suggestion does */
    this.does = [];
    this.chosen = -1;
    /** Whether a search is on its way. */
    this.asking = false;
    /** Whether the first result is taken when it comes. */
    this.eager = false;
    this.list = make("div", { role: "listbox", id: `${wish.id}-list`, "aria-label": "Suggestions" });
    this.note = make("p", { class: "found-note", hidden: true });
    this.found = make("div", { class: "found", hidden: true }, this.list, this.note);
    this.input = make("input", {
      id: wish.id,
      type: "search",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      enterkeyhint: "search",
      dir: "auto",
      placeholder: wish.hint,
      "aria-label": wish.label,
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": `${wish.id}-list`,
      oninput: () => this.look(),
      onfocus: () => this.input.value && this.look(),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.key(event),
    });
    this.box = make("div", { class: "search" }, this.input, wish.onAll && make("kbd", { text: "/", "aria-hidden": "true" }));
    this.box.append(this.found);
    this.box.addEventListener("focusout", (event) => {
      if (!(event.relatedTarget instanceof Node && this.box.contains(event.relatedTarget))) this.close();
    });
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    place.append(this.box);
  }

  #callOff() {
    this.#finding.drop();
    this.asking = false;
  }

  close() {
    this.#callOff();
    this.found.hidden = true;
    this.chosen = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  look() {
    const text = this.input.value;
    this.eager = false;
    if (text.trim() === "") {
      this.#empty();
      this.close();
      return;
    }
    if (!canAnswer(this.explorer, text)) {
      this.#empty();
      this.#tell("Loading the titles …");
      window.setTimeout(() => this.input.value === text && !this.found.hidden && this.look(), 150);
      return;
    }
    this.asking = true;
    this.#finding.ask(findByQuery(this.explorer, text, this.explorer.atlas.header.tables.search.shown, this.wish.only), (found) => {
      this.asking = false;
      this.#suggest(text, found);
      if (this.eager && this.does.length) this.pick(0);
      this.eager = false;
    });
  }

  #empty() {
    this.list.textContent = "";
    this.does = [];
    this.chosen = -1;
    this.#callOff();
    this.input.removeAttribute("aria-activedescendant");
  }

  /** @param {string} text @param {Found} found */
  #suggest(text, { nodes, total, guessed, partial, words = text, trouble }) {
    this.#empty();
    const typed = guessed ? [] : [...new Set(wordsOf(words))];
    for (const node of nodes) this.#offer(node, typed);
    const all = this.wish.onAll;
    if (all && total > 1) {
      this.#add(() => all(text.trim()), make("span", { text: `Show only these ${plain(total)} on the map` }));
    }
    let note = trouble ?? "";
    if (note === "" && total === 0) note = "Nothing has such a name or text. Try fewer letters.";
    else if (partial) note = "No name has all these words; these have some of them.";
    else if (guessed) note = "No exact match; these names are similar.";
    say(total === 0 ? note : counted(total, "suggestion"));
    this.#tell(note || (all ? HINT : ""));
  }

  /** @param {string} note */
  #tell(note) {
    this.note.textContent = note;
    this.note.hidden = note === "";
    this.list.hidden = this.does.length === 0;
    this.found.hidden = false;
    this.input.setAttribute("aria-expanded", String(this.does.length > 0));
  }

  /** Offer a node: its name, and where this lacks a word, the text that has it. @param {number} node @param {string[]} typed  folded words */
  #offer(node, typed) {
    const { atlas } = this.explorer;
    const label = atlas.label(node);
    const kind = atlas.kind(node);
    const day = atlas.day(node);
    const aside = kind === "article" ? (day === null ? "" : dayWords(day)) : KIND_NAME[kind];
    const shown = label.length > LONGEST_HIT ? partWith(label, typed, LONGEST_HIT) || label : label;
    const name = make("bdi", { dir: "auto" }, ...marks(shown, typed));
    const found = make("span", { class: "hit" }, name);
    const missing = wordsMissing([label, ...atlas.names(node), atlas.keywords(node)].join(" "), typed);
    const text = missing.length ? textWith(atlas, node, missing) : "";
    if (text) found.append(make("bdi", { class: "hit-text", dir: "auto" }, ...marks(text, typed)));
    this.#add(() => this.wish.onPick(node), mark(kind, atlas.isStub(node)), found, make("span", { class: "count", text: aside }));
  }

  /** @param {() => void} act @param {...Node} parts */
  #add(act, ...parts) {
    const place = this.does.length;
    this.does.push(act);
    const option = make("div", { role: "option", id: `${this.wish.id}-${place}`, "aria-selected": "false" }, ...parts);
    option.addEventListener("click", () => this.pick(place));
    this.list.append(option);
  }

  /** @param {number} place */
  pick(place) {
    const act = this.does[place];
    this.close();
    this.input.value = "";
    act?.();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      event.preventDefault();
      this.#callOff();
      this.eager = false;
      if (!this.found.hidden) this.close();
      else if (this.input.value) this.input.value = "";
      else if (this.wish.onLeave) this.wish.onLeave();
      else this.input.blur();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (this.asking && this.chosen < 0) this.eager = true;
      else if (this.found.hidden) this.look();
      else if (this.does.length) this.pick(Math.max(0, this.chosen));
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.found.hidden) this.look();
      else this.#choose(this.chosen + (event.key === "ArrowDown" ? 1 : -1));
    }
  }

  /** @param {number} place */
  #choose(place) {
    const count = this.does.length;
    if (count === 0) return;
    this.list.children[this.chosen]?.setAttribute("aria-selected", "false");
    this.chosen = (place + count) % count;
    const option = this.list.children[this.chosen];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }
}

/** @param {string} text @param {string[]} typed  folded words @returns {Node[]} the text, with these words marked */
function marks(text, typed) {
  return marked(text, typed).map(([part, isHit]) => (isHit ? make("mark", { text: part }) : document.createTextNode(part)));
}

/** @param {Explorer["atlas"]} atlas @param {number} node @param {string[]} missing  words that its name lacks @returns {string} the part of its texts that has them */
function textWith(atlas, node, missing) {
  const excerpt = partWith(atlas.excerpt(node), missing, LONGEST_HIT);
  if (excerpt) return excerpt;
  const heading = atlas.sections(node).find((section) => wordsMissing(section, missing).length < missing.length);
  return heading ? `§ ${partWith(heading, missing, LONGEST_HIT)}` : "";
}
