/** The legend: what symbols, colours and sizes mean. Kinds can be hidden, the reader chooses what colours mean, and a click on one filters. */

import { fill, make, quoted } from "../elements/dom.js";
import { KINDS_NAME, plain } from "../elements/formats.js";
import { kindsIn, mark } from "../elements/nodes.js";
import { css } from "../map/colours.js";
import { onTheme } from "../theme.js";
import { NUMBERS, SIZES } from "./colouring.js";
import { FACETS, ownFacet } from "./choice.js";
import { facetWords } from "./value_words.js";

/** @import {Explorer} from "../state/explorer.js" */
/** @import {Facet} from "./choice.js" */

/** @param {Explorer} explorer @returns {{element: HTMLElement, update: () => void}} */
export function createLegend(explorer) {
  const { atlas } = explorer;
  const present = kindsIn(atlas);
  const rows = present.map((kind) => {
    const box = make("input", { type: "checkbox" });
    const count = make("span", { class: "count" });
    box.addEventListener("change", () => {
      const kinds = present.filter((one) => (one === kind ? box.checked : isShown(explorer.state.choice.kinds, one)));
      // None means all: an empty map would be useless.
      explorer.choose({ kinds: kinds.length === present.length ? [] : kinds });
      update();
    });
    const label = make("label", {}, box, mark(kind), make("bdi", { text: KINDS_NAME[kind] }), count);
    return { kind, box, count, element: make("li", { class: "choice" }, label) };
  });
  const looks = [colourMenu(explorer), sizeMenu(explorer), laneMenu(explorer)];
  const meanings = make("ul", { "aria-label": "Colours" });
  const more = make("details", { class: "meaning-of" }, make("summary", {}, "What colours and symbols mean"), meanings, signs(explorer));
  let colour = "";
  /** What is explained. @type {unknown[]} */
  let told = [];
  const update = () => {
    const { kinds } = explorer.state.choice;
    for (const { kind, box, count } of rows) {
      box.checked = isShown(kinds, kind);
      count.textContent = plain(explorer.filtered.counts.kinds.get(kind) ?? 0);
    }
    for (const look of looks) look?.update();
    // Colours that were chosen are explained at once.
    if (colour !== explorer.state.look.colour) more.open = true;
    colour = explorer.state.look.colour;
    const now = [explorer.colouring, explorer.map.scene.colours];
    if (now.some((one, at) => one !== told[at])) fill(meanings, ...meaningRows(explorer));
    told = now;
  };
  onTheme(() => window.setTimeout(update));
  const list = make("ul", { "aria-label": "Kinds", class: "kinds" }, ...rows.map((row) => row.element));
  return { element: make("div", {}, list, make("div", { class: "looks" }, ...looks.map((look) => look && look.element)), more), update };
}

/** @param {Explorer} explorer @returns {HTMLElement[]} what each colour means, as buttons that choose it where that is possible */
function meaningRows(explorer) {
  const { colours } = explorer.map.scene;
  return explorer.colouring.meanings.map(({ hue, label, count, choice, chosen }) => {
    const swatch = make("span", { class: "swatch", "aria-hidden": "true" });
    swatch.style.background = css(colours.hues[hue]);
    const parts = [swatch, quoted(label), make("span", { class: "count", text: plain(count) })];
    if (choice === null) return make("li", { class: "choice" }, make("span", { class: "meaning" }, ...parts));
    return make("li", { class: "choice" }, make("button", { class: "meaning", "aria-pressed": String(chosen), onclick: () => explorer.choose(choice) }, ...parts));
  });
}

/** @param {Explorer} explorer @returns {HTMLElement} what else the map shows */
function signs({ atlas }) {
  const list = make("ul", { class: "about faint" });
  const { stubs, unpublished } = atlas.header.counts;
  if (stubs > 0) list.append(sign(mark("article", true), "ring: a stub, known only from links"));
  if (unpublished > 0) list.append(sign(null, "pale, broken line: unpublished"));
  if (atlas.header.islands.some((island) => island.inferred > 0)) {
    list.append(sign(null, "pale, dotted ring: states no topic, so its place is inferred from its links"));
  }
  return list;
}

/** @param {Explorer} explorer @returns {string} what an island stands for, in a menu: some are no topics, but folders or communities */
function islandName({ atlas }) {
  return atlas.header.islands.some(({ group }) => group) ? "Island" : "Topic";
}

/** @param {Explorer} explorer */
function colourMenu(explorer) {
  const numbers = Object.keys(NUMBERS).filter((name) => differs(explorer, name));
  return menu(explorer, "colour", "Colour", [["", islandName(explorer)], ...facetsWithValues(explorer, "topics"), ...numbers.map((name) => /** @type {[string, string]} */ ([name, NUMBERS[name]]))]);
}

/** @param {Explorer} explorer */
function sizeMenu(explorer) {
  const numbers = SIZES.filter((name) => differs(explorer, name));
  return menu(explorer, "size", "Size", [["", NUMBERS.size], ...numbers.map((name) => /** @type {[string, string]} */ ([name, NUMBERS[name]]))]);
}

/** @param {Explorer} explorer */
function laneMenu(explorer) {
  return explorer.hasTime() ? menu(explorer, "lanes", "Lanes", [["", islandName(explorer)], ...facetsWithValues(explorer, "topics")], "timeline") : null;
}

/** @param {Explorer} explorer @param {Facet} without @returns {[string, string][]} the facets of which articles differ */
function facetsWithValues({ all, atlas }, without) {
  const facets = [...FACETS, ...atlas.header.facets.map(({ name }) => ownFacet(name))];
  return facets.map((facet) => /** @type {[Facet, string]} */ ([facet, facetWords(atlas, facet)])).filter(([facet]) => facet !== without && (all.counts[facet]?.size ?? 0) > 1);
}

/** @param {Explorer} explorer @param {string} name @returns {boolean} whether articles have different numbers in a column */
function differs({ atlas }, name) {
  const column = atlas.columns[name];
  if (!column) return false;
  const { nothing } = atlas.header.tables;
  const known = column.subarray(0, atlas.articles).filter((value) => value !== nothing);
  return known.some((value) => value !== known[0]);
}

/**
 * A menu of what something on the map means; none where there is nothing to choose.
 * @param {Explorer} explorer
 * @param {"colour"|"size"|"lanes"} name
 * @param {string} words
 * @param {[string, string][]} offered
 * @param {string} [view]  the only view in which it is of use
 */
function menu(explorer, name, words, offered, view = "") {
  if (offered.length < 2) return null;
  const select = make("select", { id: `look-${name}`, onchange: () => explorer.changeLook({ [name]: select.value }) });
  select.append(...offered.map(([value, text]) => make("option", { value, text })));
  const element = make("label", { class: "look" }, make("span", { text: words }), select);
  return {
    element,
    update: () => {
      select.value = explorer.state.look[name];
      // An address may name what this page does not have.
      if (select.selectedIndex < 0) select.value = "";
      element.hidden = view !== "" && explorer.state.view !== view;
    },
  };
}

/** @param {string[]} kinds @param {string} kind */
function isShown(kinds, kind) {
  return kinds.length === 0 || kinds.includes(kind);
}

/** @param {HTMLElement|null} drawn @param {string} words */
function sign(drawn, words) {
  return make("li", {}, drawn, drawn && " ", words);
}
