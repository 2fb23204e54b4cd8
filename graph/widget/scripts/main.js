/** The element `<article-graph>`, and putting one into a page that has none. */

/** @import {Contents, Listed} from "./data.js" */
/** @typedef {{site: string, indexes: number, style: string}} Settings */
import { make, quoted, toLink } from "../../explorer/page/scripts/elements/dom.js";
import { keysOf, siteOf } from "./addresses.js";
import { contentsOf } from "./data.js";
import { draw } from "./drawing.js";

const NAME = "article-graph";
const PARTS = ["graph", "backlinks", "related"];
const HEADINGS = ["Connected pages", "Linked from", "Related", "more"];
/** Attributes of an element, and of the script for the element that it makes. */
const ATTRIBUTES = ["page", "show", "headings", "debug"];
/** How many backlinks are shown at first. */
const UNFOLDED = 8;
const NARROWEST = 220;
const WIDEST = 760;

/** @param {Settings} settings */
export function start(settings) {
  const script = document.currentScript;
  const folder = script instanceof HTMLScriptElement ? new URL(".", script.src).href : new URL("./", document.baseURI).href;
  const insert = () => {
    if (document.querySelector(NAME)) return;
    const made = document.createElement(NAME);
    for (const name of ATTRIBUTES) {
      const told = script?.getAttribute(`data-${name}`);
      if (told !== null && told !== undefined) made.setAttribute(name, told);
    }
    const outer = script?.parentElement;
    const isPlaced = outer?.isConnected && outer !== document.head && outer !== document.body;
    if (isPlaced) script?.after(made);
    else placeOfText().append(made);
  };
  // A site that changes its pages without loading them may run the script again.
  if (!customElements.get(NAME)) define(settings, folder, insert);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", insert);
  else insert();
}

/** The element that holds the text of the page: its only article, or what is around several. @returns {Element} */
function placeOfText() {
  const articles = document.querySelectorAll("article");
  return articles.length === 1 ? articles[0] : document.querySelector("main, [role=main]") ?? document.body;
}

/**
 * Define the element.
 * @param {Settings} settings
 * @param {string} folder  the address of the widget's files
 * @param {() => void} insert  put an element into a page that has none
 */
function define(settings, folder, insert) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(settings.style);

  class ArticleGraph extends HTMLElement {
    static observedAttributes = ATTRIBUTES;
    #root = this.attachShadow({ mode: "open" });
    #turn = 0;
    #path = "";

    constructor() {
      super();
      this.#root.adoptedStyleSheets = [sheet];
    }

    connectedCallback() {
      void this.#show();
    }

    disconnectedCallback() {
      window.setTimeout(insert);
    }

    /** Show the article of this page, if it has become another. */
    follow() {
      if (window.location.pathname !== this.#path) void this.#show();
    }

    attributeChangedCallback() {
      if (this.isConnected) void this.#show();
    }

    async #show() {
      const turn = (this.#turn += 1);
      const here = new URL(window.location.href);
      this.#path = here.pathname;
      const canonical = document.querySelector('link[rel="canonical"]')?.getAttribute("href") ?? null;
      const keys = keysOf(this.getAttribute("page"), canonical, here, settings.site);
      /** @type {Contents|null} */
      let contents = null;
      let trouble = `No article has any of these addresses: ${keys.join(", ")}`;
      try {
        contents = await contentsOf(keys, folder, settings.indexes);
      } catch (error) {
        trouble = `The data could not be loaded from ${folder}: ${error instanceof Error ? error.message : error}`;
      }
      if (turn !== this.#turn) return;
      const parts = contents ? partsOf(contents, this, settings.site, here) : [];
      if (contents) trouble = "Nothing is connected to this article.";
      if (parts.length === 0 && this.hasAttribute("debug")) parts.push(make("p", { text: trouble }));
      this.#root.replaceChildren(...parts);
      this.toggleAttribute("empty", !this.#root.hasChildNodes());
    }
  }

  customElements.define(NAME, ArticleGraph);
  const follow = () => {
    for (const each of document.querySelectorAll(NAME)) if (each instanceof ArticleGraph) each.follow();
  };
  window.addEventListener("popstate", follow);
  document.addEventListener("nav", follow); // Quartz
  /** @type {{navigation?: EventTarget}} */ (window).navigation?.addEventListener("navigatesuccess", follow);
}

/** @param {Contents} contents @param {HTMLElement} element @param {string} site @param {URL} here @returns {Element[]} */
function partsOf(contents, element, site, here) {
  const root = siteOf(contents.nodes[0]?.url, here, site);
  const toHref = (/** @type {string|undefined} */ address) => {
    if (!address) return null;
    try {
      return toLink(new URL(address, root).href);
    } catch {
      return null;
    }
  };
  const shown = element.getAttribute("show")?.split(/[\s,]+/) ?? PARTS;
  const told = element.getAttribute("headings")?.split(",").map((heading) => heading.trim()) ?? [];
  const headings = HEADINGS.map((heading, place) => told[place] || heading);
  return shown.flatMap((part) => {
    const heading = headings[PARTS.indexOf(part)];
    if (part === "graph" && contents.nodes.length > 1) return [sectionOf(part, heading, graphOf(contents, heading, toHref))];
    if (part === "backlinks" && contents.backlinks.length) {
      return [sectionOf(part, heading, ...foldedOf(contents.backlinks, contents.more, headings[3], toHref))];
    }
    if (part === "related" && contents.related.length) return [sectionOf(part, heading, listOf(contents.related, toHref))];
    return [];
  });
}

/** @param {string} part @param {string} heading @param {...(Node|null)} children */
function sectionOf(part, heading, ...children) {
  return make("section", { class: part, part, "aria-label": heading }, make("h2", { part: "heading", text: heading }), ...children);
}

/**
 * A list whose end is collapsed if it is long.
 * @param {Listed[]} rows
 * @param {number} unlisted  rows that are not known
 * @param {string} more  the word for collapsed rows
 * @param {(address: string|undefined) => string|null} toHref
 */
function foldedOf(rows, unlisted, more, toHref) {
  if (rows.length <= UNFOLDED + 2) return [listOf(rows, toHref)];
  const rest = listOf(rows.slice(UNFOLDED), toHref);
  const folded = make("details", {}, make("summary", { text: `${rows.length - UNFOLDED + unlisted} ${more}` }), rest);
  if (unlisted) folded.append(make("p", { text: `${unlisted} ${more}` }));
  return [listOf(rows.slice(0, UNFOLDED), toHref), folded];
}

/** @param {Listed[]} rows @param {(address: string|undefined) => string|null} toHref */
function listOf(rows, toHref) {
  return make("ul", { role: "list" }, ...rows.map((row) => {
    const href = toHref(row.url);
    const name = href === null ? make("span", {}, quoted(row.label)) : make("a", { href }, quoted(row.label));
    const [before, words, after] = row.quote ?? ["", "", ""];
    const told = row.quote
      ? make("blockquote", {}, make("bdi", { dir: "auto" }, before, make("mark", { text: words }), after))
      : row.text ? make("p", {}, quoted(row.text)) : null;
    return make("li", {}, name, told);
  }));
}

/** @param {Contents} contents @param {string} heading @param {(address: string|undefined) => string|null} toHref */
function graphOf(contents, heading, toHref) {
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  picture.setAttribute("role", "group");
  picture.setAttribute("aria-label", heading);
  const frame = make("div", { class: "frame" }, picture);
  let drawn = 0;
  new ResizeObserver(([{ contentRect }]) => {
    const width = Math.round(Math.min(WIDEST, Math.max(NARROWEST, contentRect.width)));
    if (contentRect.width && width !== drawn) draw(picture, contents, (drawn = width), toHref);
  }).observe(frame);
  return frame;
}
