/** The page begins here: unpack the map, draw it, then unpack the texts, and wire every part to the one state. */

import { createAtlas } from "./data/atlas.js";
import { picking } from "./panels/card_actions.js";
import { Held } from "./data/answers.js";
import { Asked } from "./server/server_answers.js";
import { createCard } from "./panels/card.js";
import { createChips } from "./filters/chips.js";
import { byId, say } from "./elements/dom.js";
import { Explorer } from "./state/explorer.js";
import { createFacets } from "./filters/filter_panel.js";
import { createHelp } from "./panels/help.js";
import { createInsights } from "./panels/insights.js";
import { createKeys } from "./keyboard.js";
import { createMap } from "./map/map.js";
import { Feeding, isFed } from "./server/feeding.js";
import { decode } from "./data/payload.js";
import { createSave } from "./panels/save.js";
import { Search } from "./search/name_search.js";
import { Sheets } from "./panels/panels.js";
import { Suggest } from "./search/search_field.js";
import { Table } from "./panels/table.js";
import { unpackBytes, unpackJson } from "./data/unpack.js";
import { counted, plain } from "./elements/formats.js";

/** @import {Atlas} from "./data/atlas.js" */
/** @import {View} from "./data/payload.js" */
/** @typedef {Partial<import("./map/map.js").MapEvents>} MapEvents */

const SLICE = 8;
/** Pixels of a window in which the filters are open from the beginning, and what they cover. */
const WIDE = 1000;
const FILTERS = 292;
/** @type {View[]} */
const VIEWS_SHOWN = ["topics", "network", "timeline"];
const NO_TIME = "No article here has a date, so there is no timeline.";

/** @param {string} text @param {boolean} [stays]  until something else is noted */
function note(text, stays = false) {
  const place = byId("note");
  place.hidden = text === "";
  place.textContent = text;
  window.clearTimeout(Number(place.dataset.timer));
  const hide = () => {
    place.hidden = true;
  };
  if (!stays) place.dataset.timer = String(window.setTimeout(hide, 5000));
}

/** @param {Atlas} atlas */
function introduce(atlas) {
  const { title, counts, shown } = atlas.header;
  const some = (/** @type {number} */ part, /** @type {number} */ all, /** @type {string} */ words) =>
    part < all ? `${plain(part)} of ${words}` : words;
  byId("title").textContent = title;
  document.title = title;
  byId("summary").textContent = atlas.header.part?.summary ?? [
    some(shown.articles, counts.articles, counted(counts.articles, "article")),
    counts.topics ? some(shown.topics, counts.topics, counted(counts.topics, "topic")) : "",
    counts.providers ? some(shown.providers, counts.providers, counted(counts.providers, "provider")) : "",
    counts.people ? some(shown.people, counts.people, counted(counts.people, "person", "people")) : "",
    shown.articles < counts.articles ? "the best-connected are shown" : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

/**
 * Draw the map before all else, where it will stand when the filters are open.
 * @param {Atlas} atlas
 * @returns {Promise<{map: import("./map/map.js").ArticleMap, heard: MapEvents}>}
 */
async function drawMap(atlas) {
  /** What the map tells before the page is there is heard by no one. @type {MapEvents} */
  const heard = {};
  const map = createMap(/** @type {HTMLCanvasElement} */ (byId("map")), atlas, {
    onSelect: (node) => heard.onSelect?.(node),
    onOpen: (node) => heard.onOpen?.(node),
    onCamera: (camera) => heard.onCamera?.(camera),
    onHover: (node) => heard.onHover?.(node),
  });
  if (window.location.hash.length < 2) {
    map.inset({ left: beginsWithFilters(atlas) ? FILTERS : 0 });
    map.fit({ animate: false });
    await new Promise((resolve) => {
      // A window in the background draws nothing, and goes on all the same.
      window.setTimeout(resolve, 100);
      requestAnimationFrame(() => requestAnimationFrame(resolve));
    });
  }
  return { map, heard };
}

/** @param {Atlas} atlas */
function beginsWithFilters(atlas) {
  return window.innerWidth >= WIDE && atlas.count > 0;
}

/** @param {Explorer} explorer @param {MapEvents} heard */
function wire(explorer, heard) {
  const { atlas, map } = explorer;
  const canvas = /** @type {HTMLCanvasElement} */ (byId("map"));
  // Panels are arranged last: how much they cover depends on what they hold.
  let sheets = /** @type {Sheets} */ (/** @type {unknown} */ (null));
  const closePanel = () => explorer.change({ panel: "" }, { stay: true });
  const closeCard = () => {
    explorer.change({ node: -1 }, { stay: true });
    canvas.focus({ preventScroll: true });
  };
  createFacets(explorer, () => sheets.toggle("filters"));
  createCard(explorer, { onClose: closeCard });
  createChips(explorer);
  const table = new Table(explorer, () => (closePanel(), byId("open-table").focus()));
  const insights = createInsights(explorer, () => (closePanel(), byId("open-insights").focus()));
  const save = createSave(explorer, () => sheets.set("save", false), note);
  explorer.arrangers.push(() => save.update(), () => table.appear(), insights.update);
  const suggest = new Suggest(byId("searching"), explorer, {
    id: "search",
    label: "Search articles, topics, providers and people",
    hint: "Search",
    onPick: (node) => {
      explorer.change({ node });
      canvas.focus({ preventScroll: true });
    },
    onAll: (words) => explorer.change({ choice: { ...explorer.state.choice, words } }, { stay: true }),
  });
  const help = createHelp();
  byId("open-help").addEventListener("click", help);
  const look = (/** @type {View} */ view) => {
    if (view === "timeline" && !explorer.hasTime()) note(NO_TIME);
    else if (view !== explorer.state.view) {
      explorer.change({ view, camera: null }, { stay: true });
      say(`${view} view`);
    }
  };
  for (const view of VIEWS_SHOWN) byId(`view-${view}`).addEventListener("click", () => look(view));
  if (!explorer.hasTime()) {
    byId("view-timeline").setAttribute("aria-disabled", "true");
    byId("view-timeline").title = NO_TIME;
  }
  explorer.listen(() => {
    for (const view of VIEWS_SHOWN) byId(`view-${view}`).setAttribute("aria-pressed", String(view === explorer.state.view));
  });
  byId("zoom-in").addEventListener("click", () => explorer.map.zoomBy(1.5));
  byId("zoom-out").addEventListener("click", () => explorer.map.zoomBy(1 / 1.5));
  byId("zoom-fit").addEventListener("click", () => explorer.fit(true));
  sheets = new Sheets(explorer);
  heard.onSelect = (node) => {
    if (!picking.on) explorer.change({ node }, { stay: !sheets.phone.matches });
    else {
      map.select(explorer.state.node);
      if (node >= 0) explorer.change({ to: node });
    }
  };
  heard.onOpen = (node) => explorer.change({ node, depth: 1 });
  heard.onCamera = (camera) => explorer.moved(camera);
  createKeys(explorer, canvas, {
    search: () => suggest.input.focus(),
    help,
    leave: () => {
      if (sheets.closeOne()) return;
      if (explorer.state.node >= 0) closeCard();
      else if (explorer.state.panel) closePanel();
    },
    toggle: (name) => sheets.toggle(name),
    enter: () => byId("card").querySelector("button")?.focus(),
    view: look,
  });
  sheets.set("filters", !sheets.phone.matches && beginsWithFilters(atlas));
}

/** @param {Explorer} explorer @param {Held} held @returns {Promise<void>} settled when titles can be searched */
function indexTitles(explorer, held) {
  const { atlas } = explorer;
  const search = new Search({
    count: atlas.count,
    names: (node) => [atlas.label(node), ...atlas.names(node)],
    address: (node) => atlas.iri(node),
    weight: (node) => Math.min(1.5, 0.05 * atlas.columns.size[node]) + (node >= atlas.articles ? 0.6 : 0) - (atlas.isStub(node) ? 0.3 : 0),
  });
  return new Promise((resolve) => {
    const go = () => {
      if (search.work(SLICE)) {
        held.search = search;
        if (explorer.state.choice.words) explorer.again();
        resolve();
      } else window.setTimeout(go, 4);
    };
    go();
  });
}

/** A page that holds everything. */
async function startWhole() {
  const atlas = createAtlas(decode(await unpackBytes("map-data")));
  introduce(atlas);
  const { map, heard } = await drawMap(atlas);
  const held = new Held(atlas);
  const explorer = new Explorer(atlas, map, held);
  Object.assign(handle, { atlas, map, page: explorer });
  wire(explorer, heard);
  explorer.trail.read(false);
  await new Promise((resolve) => window.setTimeout(resolve, 30));
  atlas.addText(await unpackJson("text-data"));
  explorer.trail.settle();
  explorer.map.redraw();
  await indexTitles(explorer, held);
}

/** A page that asks its server for what is looked at. */
async function startFed() {
  const feeding = await Feeding.open();
  const atlas = createAtlas(feeding.filling.payload);
  feeding.feed(atlas);
  feeding.onTrouble = note;
  introduce(atlas);
  const { map, heard } = await drawMap(atlas);
  const asked = new Asked(feeding);
  const explorer = new Explorer(atlas, map, asked);
  asked.explorer = explorer;
  Object.assign(handle, { atlas, map, page: explorer, feeding });
  const counting = feeding.follow(explorer);
  wire(explorer, heard);
  heard.onHover = (node) => feeding.point(node);
  await explorer.trail.settle();
  await counting;
  await feeding.rest();
}

/** @type {{ready: Promise<void>, atlas?: Atlas, map?: import("./map/map.js").ArticleMap, page?: Explorer, feeding?: Feeding}} */
const handle = { ready: Promise.resolve() };
Object.assign(window, { explorer: handle });
handle.ready = isFed() ? startFed() : startWhole();
handle.ready.catch((error) => {
  byId("empty").hidden = false;
  byId("empty").textContent = `This page could not be drawn: ${error instanceof Error ? error.message : error}`;
  throw error;
});
