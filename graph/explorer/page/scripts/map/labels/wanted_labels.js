/** Which labels a frame wants to show, the most important first. */

/** @import {Measure} from "./ground_names.js" */
/** @import {Rgb} from "../colours.js" */
/** @import {Scene} from "../scene.js" */
/** @typedef {"middle"|"above"|"right"|"left"|"below"} Side */
/**
 * @typedef {object} WantedLabel
 * @property {string} text
 * @property {string} [note]  a smaller line below it
 * @property {number} x  where the labelled thing is, in pixels
 * @property {number} y
 * @property {number} gap  how far from there the text begins
 * @property {Side[]} sides  where the label may be, the best first
 * @property {number} size  of the letters
 * @property {number} weight
 * @property {Rgb} colour
 * @property {number} width  at most, in pixels
 * @property {number} rows  at most
 * @property {number} node  that it names, or -1
 * @property {number} [ground]  the index of the island or community that it names
 * @property {number} [story]  the index of the story that it names
 * @property {number} [spare]  how many dots it may cover; any number if not given
 * @property {boolean} [pill]  in a box of its own, whether there is room or not
 */
import { isNarrowWindow, laneNames } from "../camera.js";
import { counted, cut, dayWords, plain } from "../../elements/formats.js";
import { groundNamed } from "./ground_names.js";
import { briefly, shareOf } from "./shares.js";
import { visibleArticles } from "../drawing/dots.js";
import { STEP } from "../drawing/edges.js";
import { LEVEL, TONE, centre, grainOnScreen, hasFewInFocus, isInSight, labelWidth, markRadius, screenX, screenY, standsByItself } from "../scene.js";

const BESIDE = /** @type {Side[]} */ (["right", "left", "below", "above"]);
const ABOVE_FIRST = /** @type {Side[]} */ (["above", "below", "right", "left"]);
/** The least radius of a story to be named, in pixels, and how many dots its name may cover: few, or a share of its own. */
const LEAST_STORY = 18;
const COVERED_BY_STORY = { few: 3, share: 0.25 };
/** How far the names of lanes are from the edge, in pixels. */
const LANE_EDGE = 12;
const MOST_TITLES = 260;
/** How large the name above cards becomes, in heights of a card. */
const HEAD_SHARE = 0.4;
/** If a card is this many times as high as its letters, it has a second line of its title, and a note. */
const CARD_ROOM = { second: 4.15, note: 2.52 };
/** How many letters of the publisher's name a card shows, as far as there is room. */
const PUBLISHER = [26, 18, 12];
const LEADING_TITLES = 6;
const MOST_NEIGHBOURS = 28;
/** With at least this many neighbours, the name of each may cover only this many dots, because names would hide what they name. */
const MANY_NEIGHBOURS = { from: 12, covered: 2 };

/**
 * @param {Scene} scene
 * @param {WantedLabel[]} grounds  the names of islands and communities
 * @param {Measure} measure
 * @returns {WantedLabel[]}
 */
export function wantedLabels(scene, grounds, measure) {
  const middle = centre(scene);
  const settled = !scene.moving;
  const names = [
    ...(settled && scene.path ? scene.path.map((n) => ({ ...beside(scene, n, 12.5, 600), gap: STEP + 4 })) : []),
    ...(settled && middle >= 0 ? neighbours(scene) : []),
    ...(scene.presence.timeline === 1 ? lanes(scene, measure) : scene.ground.boxes.length ? heads(scene, measure) : grounds),
    ...(settled ? stories(scene) : []),
    ...(settled ? others(scene) : []),
    ...(settled ? titles(scene, measure) : []),
  ];
  const isHeld = (/** @type {WantedLabel} */ { node }) => scene.byName && node === scene.hovered;
  return [...pills(scene), ...names.filter(isHeld), ...names.filter((wanted) => !isHeld(wanted))].filter(
    ({ text, x, y }) => text !== "" && !Number.isNaN(x + y),
  );
}

/** The node that is pointed at, unless its label is, and the one that is selected, where they are in sight. @param {Scene} scene @returns {WantedLabel[]} */
function pills(scene) {
  const pointed = scene.byName ? -1 : scene.hovered;
  const nodes = [...new Set([pointed, scene.selected])].filter((n) => n >= 0 && !scene.path?.includes(n) && isUncovered(scene, n));
  return nodes.map((n) => ({
    ...beside(scene, n, 13, 600),
    sides: ["above", "below", "right", "left"],
    gap: markRadius(scene, n) + 11,
    width: labelWidth(scene, 300),
    rows: 3,
    pill: true,
  }));
}

/** Whether a node is in the part of the window that panels leave free. @param {Scene} scene @param {number} n */
function isUncovered(scene, n) {
  const { inset, width, height } = scene;
  const [x, y] = [screenX(scene, scene.x[n]), screenY(scene, scene.y[n])];
  return x >= inset.left && x <= width - inset.right && y >= inset.top && y <= height - inset.bottom;
}

/** @param {Scene} scene @param {number} n @param {number} size @param {number} weight @returns {WantedLabel} */
function beside(scene, n, size, weight) {
  const article = n < scene.atlas.articles;
  return {
    text: scene.atlas.label(n),
    x: screenX(scene, scene.x[n]),
    y: screenY(scene, scene.y[n]),
    gap: markRadius(scene, n) + (article ? 5 : 7),
    sides: BESIDE,
    size: size * scene.letters,
    weight,
    colour: scene.atlas.kind(n) === "topic" ? scene.colours.texts[scene.nodeHue[n]] : scene.colours.ink,
    width: labelWidth(scene, 190),
    rows: 1,
    node: n,
  };
}

/** The neighbours of the node in the centre: topics, provider and people first. @param {Scene} scene */
function neighbours(scene) {
  const near = [...new Set(scene.near.map(({ node }) => node))];
  const important = near.filter((n) => scene.tone[n] === TONE.lit).sort((a, b) => rank(scene, a) - rank(scene, b));
  const spare = important.length > MANY_NEIGHBOURS.from ? MANY_NEIGHBOURS.covered : undefined;
  return important.slice(0, MOST_NEIGHBOURS).map((n) => ({ ...beside(scene, n, 12, n < scene.atlas.articles ? 450 : 600), spare }));
}

/** @param {Scene} scene @param {number} n */
function rank({ atlas }, n) {
  return (n < atlas.articles ? 1000 : 0) - atlas.columns.size[n];
}

/** The names above the cards of an island or community, and as much as has room of how many are shown. @param {Scene} scene @param {Measure} measure @returns {WantedLabel[]} */
function heads(scene, measure) {
  const { ground, camera, view, letters, atlas: { header } } = scene;
  const seen = new Set();
  return ground.boxes.map(({ at, left, right, top }) => {
    const circle = (view === "topics" ? header.islands : header.communities)[at];
    const again = seen.has(at);
    seen.add(at);
    const named = groundNamed(scene, at);
    const share = circle && shareOf(ground, circle, at);
    const tried = share ? [briefly(share), share.stated > 0 ? briefly({ ...share, placed: 0 }) : ""].filter(Boolean) : [];
    /** @type {WantedLabel} */
    const head = {
      ...named,
      text: again ? "" : named.text,
      x: screenX(scene, left) + 10,
      y: screenY(scene, top) + 0.36 * ground.row * camera.zoom,
      gap: 0.01,
      sides: ["right"],
      size: Math.min(13.5 * letters, Math.max(13.5, HEAD_SHARE * ground.row * camera.zoom)),
      weight: 650,
      width: (right - left) * camera.zoom - 20,
      rows: 1,
    };
    if (head.text === "") return head;
    const texts = [...tried.map((count) => `${head.text} · ${count}`), head.text];
    return { ...head, text: texts.find((text) => measure({ ...head, text, width: Infinity })[0] <= head.width) ?? head.text };
  });
}

/** The names of lanes, at their upper edges or as high as they can be read. @param {Scene} scene @param {Measure} measure @returns {WantedLabel[]} */
function lanes(scene, measure) {
  const { colours, nodeHue, inset, camera, letters, sentence, ground: { lanes: bands, anew } } = scene;
  const isNarrow = isNarrowWindow(scene);
  return [...bands]
    .sort((a, b) => b.count - a.count)
    .map((lane) => {
      const tall = lane.height * camera.zoom;
      /** @type {WantedLabel} */
      const label = {
        text: lane.label,
        note: anew && tall > 60 * letters ? laneWords(lane) : undefined,
        x: inset.left + LANE_EDGE,
        y: 0,
        gap: 0,
        sides: ["right"],
        size: letters * (isNarrow || tall <= 44 * letters ? 12 : 14),
        weight: 650,
        colour: lane.node >= 0 ? colours.texts[nodeHue[lane.node]] : colours.soft,
        width: isNarrow ? laneNames(scene.width) - LANE_EDGE / 2 : labelWidth(scene, 210),
        rows: tall > 48 * letters ? 3 : tall > 28 * letters ? 2 : 1,
        node: lane.node,
      };
      const [wide, high] = measure(label);
      const half = high / 2;
      const top = screenY(scene, lane.y) - tall / 2;
      const low = Math.max(top + tall - half - 2, top + tall / 2);
      const under = sentence.filter(({ left, right }) => left < label.x + wide && right > label.x).map(({ bottom }) => bottom);
      return { ...label, y: Math.min(Math.max(top, inset.top + 2, ...under) + half + 2, low) };
    });
}

/** @param {import("../ground/ground.js").Band} lane @returns {string} how many of its articles are shown */
function laneWords({ count, whole, placed, inferred }) {
  const stated = count - placed;
  const of = Math.max(stated, whole - inferred);
  return placed === 0 && stated === of ? counted(count, "article") : briefly({ stated, of, placed });
}

/** The names of stories that are so near that they are seen as groups; not beside what is pointed at or selected. @param {Scene} scene @returns {WantedLabel[]} */
function stories(scene) {
  const { ground, camera, colours, width, height, letters } = scene;
  const grain = grainOnScreen(scene);
  if (grain < LEVEL.providers || grain > LEVEL.single || centre(scene) >= 0 || scene.focus || scene.path) return [];
  return ground.stories.flatMap((circle, at) => {
    const [x, y, r] = [screenX(scene, circle.x), screenY(scene, circle.y), circle.r * camera.zoom];
    if (r < LEAST_STORY || 2 * r > Math.min(width, height) || !isInSight(scene, x, y, r)) return [];
    const note = circle.count < circle.size ? `${plain(circle.count)} of ${plain(circle.size)}` : undefined;
    return [{ text: circle.label, note, x, y, gap: r + 2, sides: ABOVE_FIRST, size: 12 * letters, weight: 600, colour: colours.soft, width: labelWidth(scene, 150), rows: 3, node: -1, story: at, spare: Math.max(COVERED_BY_STORY.few, COVERED_BY_STORY.share * circle.count) }];
  });
}

/** Topics, providers and people that have a mark; a topic whose island has a label needs no other. */
function others(/** @type {Scene} */ scene) {
  const { atlas, view, tone, colours } = scene;
  const named = new Set(view === "topics" ? atlas.header.islands.map(({ topic }) => topic) : []);
  /** @type {WantedLabel[]} */
  const found = [];
  for (let n = atlas.articles; n < atlas.count && found.length < MOST_TITLES; n += 1) {
    if (tone[n] < TONE.plain || named.has(n) || !standsByItself(scene, n)) continue;
    const wanted = beside(scene, n, 11.5, 550);
    if (isInSight(scene, wanted.x, wanted.y, 0)) found.push({ ...wanted, colour: atlas.kind(n) === "topic" ? wanted.colour : colours.soft, spare: 1 });
  }
  return found.sort((a, b) => atlas.columns.size[b.node] - atlas.columns.size[a.node]);
}

/** @param {Scene} scene @param {Measure} measure @returns {WantedLabel[]} */
function titles(scene, measure) {
  const { atlas, tone, ground, size } = scene;
  // With few articles, every title that has room is shown, however small the dots are.
  const few = scene.few || hasFewInFocus(scene);
  if (grainOnScreen(scene) < LEVEL.titles && !few) return [];
  const least = few ? 0 : LEVEL.titles;
  const wanted = visibleArticles(scene).filter((n) => tone[n] >= TONE.plain && markRadius(scene, n) >= least && (!atlas.hasText || atlas.label(n)));
  if (ground.boxes.length) return wanted.map((n) => card(scene, n, measure));
  wanted.sort((a, b) => tone[b] - tone[a] || size[b] - size[a] || a - b);
  return wanted.slice(0, MOST_TITLES).map((n, at) => {
    const r = markRadius(scene, n);
    // The titles of the largest may cover a dot or two, because these are often in the middle of others, except in the
    // timeline.
    const spare = tone[n] === TONE.lit ? 4 : at < LEADING_TITLES && scene.view !== "timeline" ? 2 : 0;
    return { ...beside(scene, n, Math.min(13.5, 11 + r / 8), 450), width: labelWidth(scene, 110 + r * 6), rows: r > 7 ? 2 : 1, spare };
  });
}

/** The title of an article that has a card, and, with room, who published it and when. @param {Scene} scene @param {number} n @param {Measure} measure @returns {WantedLabel} */
function card(scene, n, measure) {
  const { atlas, camera, ground, letters } = scene;
  const tall = ground.row * camera.zoom;
  const size = Math.max(10.5, Math.min(13.5 * letters, tall / 2.4));
  const made = { ...beside(scene, n, size, 500), size };
  const day = atlas.day(n);
  const provider = atlas.out("publisher", n)[0];
  const width = Math.max(60, ground.column * camera.zoom - made.gap - tall * 0.8);
  const label = { ...made, sides: /** @type {Side[]} */ (["right"]), width, rows: tall > CARD_ROOM.second * size ? 2 : 1 };
  if (tall <= CARD_ROOM.note * size) return label;
  const noted = (/** @type {number} */ most) => [provider === undefined ? "" : cut(atlas.label(provider), most), day === null ? "" : dayWords(day)].filter(Boolean).join(" · ");
  const fits = (/** @type {string} */ note) => measure({ ...label, text: "", note })[0] <= width;
  return { ...label, note: [...PUBLISHER.map(noted), day === null ? "" : dayWords(day)].find(fits) };
}
