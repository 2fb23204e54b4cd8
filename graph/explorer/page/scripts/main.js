/** The page begins here: unpack the map, draw it, then unpack the texts, and connect every part to the one state. */

import { WholeAnswers } from "./data/answers.js";
import { Atlas } from "./data/atlas.js";
import { MOST_OF_COLUMN } from "./data/local_graph.js";
import { decode } from "./data/payload.js";
import { unpackBytes, unpackJson } from "./data/unpack.js";
import { byId, fill, firstControl, make, say } from "./elements/dom.js";
import { counted, plain } from "./elements/formats.js";
import { beginLook, isEmbedded } from "./embedding.js";
import { createChips } from "./filters/chips.js";
import { createFilterPanel } from "./filters/filter_panel.js";
import { Keeping } from "./kept/keeping.js";
import { createKeyboard } from "./keyboard.js";
import { nextFrame } from "./map/animation.js";
import { NEARER } from "./map/camera.js";
import { createLasso } from "./map/lasso.js";
import { ArticleMap } from "./map/map.js";
import { createAround } from "./panels/around.js";
import { createCard } from "./panels/card.js";
import { picking } from "./panels/card_actions.js";
import { createCompare } from "./panels/compare.js";
import { createHelp } from "./panels/help.js";
import { createInsights } from "./panels/insights.js";
import { Panels } from "./panels/panels.js";
import { preparePrint } from "./panels/print.js";
import { createSave } from "./panels/save.js";
import { createShare } from "./panels/share.js";
import { Table } from "./panels/table.js";
import { NameSearch, namesIn } from "./search/name_search.js";
import { SearchField } from "./search/search_field.js";
import { TextSearch, textsIn } from "./search/text_search.js";
import { Feeding, isFed } from "./server/feeding.js";
import { ServerAnswers } from "./server/server_answers.js";
import { Explorer } from "./state/explorer.js";
import { VIEWS } from "./state/state.js";

/** @import {View} from "./data/payload.js" */

/** Milliseconds of indexing at a time. */
const SLICE = 8;
/** The width of a window in which the filters are open from the beginning, and how much of it they cover, in pixels. */
const WIDE = 1000;
const FILTERS = 292;
/** With this many articles on one island, and this share of all, a map means nothing if hardly any articles form a story. */
const MOST_EQUAL = 100;
const MOSTLY = 0.9;
const NO_TIME = "No article has a date, so there is no timeline.";

/** @param {string} text @param {boolean} [stays]  until something else is noted */
function note(text, stays = false) {
  const place = byId("note");
  place.hidden = text === "";
  place.textContent = text;
  window.clearTimeout(Number(place.dataset.timer));
  if (!stays) place.dataset.timer = String(window.setTimeout(() => (place.hidden = true), 5000));
}

/** @param {Atlas} atlas */
function introduce(atlas) {
  const { title, counts, shown } = atlas.header;
  const some = (/** @type {"articles"|"topics"|"providers"|"people"} */ kind, /** @type {string} */ one, many = `${one}s`) => {
    const words = counted(counts[kind], one, many);
    return shown[kind] < counts[kind] ? `${plain(shown[kind])} of ${words}` : words;
  };
  byId("title").textContent = title;
  document.title = title;
  const { part } = atlas.header;
  const parts = part ? [part.summary] : [
    some("articles", "article"),
    counts.topics > 0 && some("topics", "topic"),
    counts.providers > 0 && some("providers", "provider"),
    counts.people > 0 && some("people", "person", "people"),
    shown.articles < counts.articles && "the best-connected are shown",
  ].filter((one) => one !== false);
  const summary = byId("summary");
  // A part without room is left out as a whole; the first parts come first.
  fill(summary, ...parts.map((text, at) => make("span", { text: at ? ` · ${text}` : text })));
  summary.title = summary.textContent ?? "";
}

/** Draw the map first, beside the filters if they will be open. @param {Atlas} atlas */
async function drawMap(atlas) {
  const map = new ArticleMap(/** @type {HTMLCanvasElement} */ (byId("map")), atlas);
  if (window.location.hash.length < 2) {
    map.inset({ left: beginsWithFilters(atlas) ? FILTERS : 0 });
    map.fit({ animate: false });
    await nextFrame();
  }
  return map;
}

/** @param {Atlas} atlas */
function beginsWithFilters(atlas) {
  return window.innerWidth >= WIDE && atlas.count > 0 && !isEmbedded() && !beginsAround(atlas);
}

/** Whether the page begins with what is around a node: it shows a part of a graph in which each node around it has room. @param {Atlas} atlas */
function beginsAround({ count, header: { part } }) {
  return part !== undefined && part.selected >= 0 && count > 1 && count <= MOST_OF_COLUMN && window.innerWidth >= WIDE;
}

/** @param {Explorer} explorer */
function wire(explorer) {
  const { atlas, map } = explorer;
  const canvas = /** @type {HTMLCanvasElement} */ (byId("map"));
  // Panels are arranged last, because how much they cover depends on their content.
  let panels = /** @type {Panels} */ (/** @type {unknown} */ (null));
  const closePanel = () => explorer.change({ panel: "" }, { stay: true });
  const closeCard = () => {
    explorer.change({ node: -1 }, { stay: true });
    canvas.focus({ preventScroll: true });
  };
  const filters = createFilterPanel(explorer, () => panels.toggle("filters"));
  const keeping = new Keeping(atlas.header.tables.kept, `kept ${window.location.pathname}`, () => window.localStorage);
  createCard(explorer, keeping, closeCard);
  createChips(explorer);
  const table = new Table(explorer, () => panels.toggle("table"));
  const insights = createInsights(explorer, () => panels.toggle("insights"));
  const save = createSave(explorer, () => panels.set("save", false), note);
  const lasso = createLasso(explorer, /** @type {HTMLButtonElement} */ (byId("select-area")));
  const share = createShare(explorer, keeping, { show: (open) => panels.set("share", open), lasso: lasso.begin });
  preparePrint(explorer);
  const surroundings = createAround(explorer, () => panels.toggle("around"));
  const comparison = createCompare(explorer, () => panels.toggle("compare"));
  explorer.arrangers.push(() => comparison.update(), () => surroundings.update(), () => save.update(), () => share.update(), () => table.appear(), insights.update);
  const field = new SearchField(byId("searching"), explorer, {
    id: "search",
    label: "Search articles, topics, providers and people",
    hint: "Search",
    onPick: (node) => {
      explorer.change({ node });
      canvas.focus({ preventScroll: true });
    },
    onAll: (words) => explorer.choose({ words }),
  });
  const help = createHelp();
  byId("open-help").addEventListener("click", help);
  const look = (/** @type {View} */ view) => {
    if (view === "timeline" && !explorer.hasTime()) note(NO_TIME);
    else if (view !== explorer.state.view || explorer.state.panel === "around") {
      const { panel, camera } = explorer.state;
      explorer.change({ view, camera: view === explorer.state.view ? camera : null, panel: panel === "around" ? "" : panel }, { stay: true });
      say(`${view} view`);
    }
  };
  for (const view of VIEWS) byId(`view-${view}`).addEventListener("click", () => look(view));
  if (!explorer.hasTime()) {
    byId("view-timeline").setAttribute("aria-disabled", "true");
    byId("view-timeline").title = NO_TIME;
  }
  explorer.listen(() => {
    const { view: now, panel } = explorer.state;
    for (const view of VIEWS) byId(`view-${view}`).setAttribute("aria-pressed", String(view === now && panel !== "around"));
  });
  byId("zoom-in").addEventListener("click", () => explorer.map.zoomBy(NEARER));
  byId("zoom-out").addEventListener("click", () => explorer.map.zoomBy(1 / NEARER));
  byId("zoom-fit").addEventListener("click", () => explorer.showAll());
  panels = new Panels(explorer);
  map.events.onSelect = (node) => {
    if (!picking.on) {
      explorer.change({ node }, { stay: !panels.phone.matches });
      if (!panels.phone.matches) map.reveal(node);
    } else {
      map.select(explorer.state.node);
      if (node >= 0) explorer.change({ to: node });
    }
  };
  map.events.onOpen = (node) => explorer.change({ node, depth: 1 });
  map.events.onCamera = (camera) => explorer.moved(camera);
  createKeyboard(explorer, canvas, {
    search: () => field.input.focus(),
    help,
    leave: () => {
      if (lasso.end() || filters.leave() || panels.closeOne()) return;
      if (explorer.state.node >= 0) closeCard();
      else if (explorer.state.panel) closePanel();
    },
    toggle: (name) => panels.toggle(name),
    lasso: () => (panels.drop(), lasso.begin()),
    enter: () => firstControl(byId("card"))?.focus(),
    view: look,
  });
  panels.set("filters", !panels.phone.matches && beginsWithFilters(atlas));
}

/** @param {(milliseconds: number) => boolean} work @returns {Promise<void>} settled when all is done, in slices */
function inSlices(work) {
  return new Promise((resolve) => {
    const go = () => {
      if (work(SLICE)) resolve();
      else window.setTimeout(go, 4);
    };
    go();
  });
}

/** Read what can be searched: the titles, and then the texts. @param {Explorer} explorer @param {WholeAnswers} answers */
async function indexTexts(explorer, answers) {
  const { atlas } = explorer;
  const names = new NameSearch(namesIn(atlas));
  await inSlices((milliseconds) => names.work(milliseconds));
  answers.search = names;
  if (atlas.hasTexts) {
    const texts = new TextSearch(textsIn(atlas));
    await inSlices((milliseconds) => texts.work(milliseconds));
    answers.texts = texts;
  }
  if (explorer.state.choice.words) explorer.again();
}

/**
 * Begin with a calendar or a list where the map would be one island of equal dots.
 * @param {Explorer} explorer
 */
function beginTellingly(explorer) {
  const { header, articles, columns } = explorer.atlas;
  if (header.part || articles < MOST_EQUAL) return;
  const largest = Math.max(...header.islands.map(({ first, end }) => end - first));
  const stories = columns.story[articles - 1] + 1;
  if (largest < articles * MOSTLY || stories < articles * MOSTLY) return;
  explorer.change(explorer.hasTime() ? { view: "timeline" } : { panel: "table" }, { replace: true, stay: true, animate: false });
}

/** A page that holds everything. */
async function startWhole() {
  const isGiven = window.location.hash.length > 1;
  const atlas = new Atlas(decode(await unpackBytes("map-data")));
  introduce(atlas);
  const map = await drawMap(atlas);
  const answers = new WholeAnswers(atlas);
  const explorer = new Explorer(atlas, map, answers);
  Object.assign(handle, { atlas, map, page: explorer });
  explorer.onNote = (words) => note(words);
  if (beginsAround(atlas)) explorer.firstPanel = "around";
  wire(explorer);
  await explorer.history.read(false);
  await new Promise((resolve) => window.setTimeout(resolve, 30));
  atlas.addText(await unpackJson("text-data"));
  await explorer.history.settle();
  if (!isGiven) beginTellingly(explorer);
  map.redraw();
  await indexTexts(explorer, answers);
}

/** A page that asks its server for what the reader looks at. */
async function startFed() {
  const feeding = await Feeding.open();
  const atlas = new Atlas(feeding.partial.payload);
  feeding.feed(atlas);
  feeding.onTrouble = note;
  introduce(atlas);
  const map = await drawMap(atlas);
  const answers = new ServerAnswers(feeding);
  const explorer = new Explorer(atlas, map, answers);
  answers.explorer = explorer;
  explorer.onNote = (words) => note(words);
  Object.assign(handle, { atlas, map, page: explorer, feeding });
  const counting = feeding.follow(explorer);
  wire(explorer);
  map.events.onHover = (node) => feeding.point(node);
  await explorer.history.settle();
  await counting;
  await feeding.rest();
}

/** @type {{ready: Promise<void>, atlas?: Atlas, map?: ArticleMap, page?: Explorer, feeding?: Feeding}} */
export const handle = { ready: Promise.resolve() };
beginLook();
Object.assign(window, { explorer: handle });
handle.ready = isFed() ? startFed() : startWhole();
handle.ready.catch((error) => {
  byId("empty").hidden = false;
  byId("empty").textContent = `This page could not be drawn: ${error instanceof Error ? error.message : error}`;
  throw error;
});
