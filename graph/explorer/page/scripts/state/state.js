/** What the reader sees, written as a short and readable address and read from it: `#view=network&iri=~topic/ai&from=2023-01-01`. */

import { noChoice, ownChoices, ownFacet } from "../filters/filters.js";
import { codeDay, dayCode } from "../elements/formats.js";

/** @import {Choice} from "../filters/filters.js" */
/** @import {View} from "../data/payload.js" */
/** @import {CameraPlace} from "../map/camera.js" */
/**
 * @typedef {object} State
 * @property {View} view
 * @property {number} node  the selection, or -1
 * @property {number} depth  how many steps around the selection are in focus; 0 for everything
 * @property {number} to  where the path shown leads, or -1
 * @property {"" | "table" | "insights" | "around" | "compare"} panel
 * @property {Choice} choice
 * @property {CameraPlace|null} camera
 */
/** What states are written with: IRIs, and the digests of communities, which last when others come and go; deepest: the most steps
 *   that can be in focus.
 * @typedef {{iri: (node: number) => string, node: (iri: string) => number, community: (one: number) => string,
 *   communityOf: (key: string) => number, base: string, deepest: number}} Names */

export const VIEWS = /** @type {const} */ (["topics", "network", "timeline"]);
/** The most nodes selected on the map that an address names. */
export const MOST_PICKED = 40;
const PANELS = ["table", "insights", "around", "compare"];
/** The part of an address that chooses in a facet of the site's own, such as own.difficulty=hard. */
const OWN = /^own\.([A-Za-z]\w{0,59})$/;
/** The lists of plain words. @type {[string, "kinds"|"types"|"categories"|"status"][]} */
const LISTS = [["kind", "kinds"], ["type", "types"], ["category", "categories"], ["status", "status"]];

/** @returns {State} */
export function startState() {
  return { view: "topics", node: -1, depth: 0, to: -1, panel: "", choice: noChoice(), camera: null };
}

/**
 * Return the state as the part of an address after its `#`; empty for the first state.
 * @param {State} state
 * @param {Names} names
 * @returns {string}
 */
export function writeState(state, names) {
  /** @type {[string, string][]} */
  const parts = [];
  const { choice } = state;
  const short = (/** @type {number} */ node) => {
    const iri = names.iri(node);
    return iri.startsWith(names.base) ? `~${iri.slice(names.base.length)}` : iri;
  };
  if (state.view !== "topics") parts.push(["view", state.view]);
  // A name that has not come yet is written when it has.
  if (state.node >= 0 && names.iri(state.node)) parts.push(["iri", escapedPart(short(state.node))]);
  if (state.depth > 0) parts.push(["focus", String(state.depth)]);
  if (state.to >= 0 && names.iri(state.to)) parts.push(["path", escapedPart(short(state.to))]);
  if (state.panel) parts.push(["show", state.panel]);
  parts.push(...choiceParts(choice, names, short));
  if (state.camera) {
    const { x, y, zoom } = state.camera;
    parts.push(["at", `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10},${Number(zoom.toPrecision(4))}`]);
  }
  return parts.map(([name, value]) => `${name}=${value}`).join("&");
}

/** @param {Choice} choice @param {Names} names @param {(node: number) => string} short  what a node is called @returns {[string, string][]} */
function choiceParts(choice, names, short) {
  /** @type {[string, string][]} */
  const parts = [];
  for (const [name, key] of LISTS) if (choice[key].length) parts.push([name, choice[key].map(escapedPart).join(",")]);
  for (const [facet, keys] of ownChoices(choice)) parts.push([facet, keys.map(escapedPart).join(",")]);
  const picked = choice.picked.length <= MOST_PICKED ? choice.picked : [];
  for (const [name, nodes] of /** @type {[string, number[]][]} */ ([["topic", choice.topics], ["provider", choice.providers], ["picked", picked]])) {
    if (nodes.length) parts.push([name, nodes.map((node) => escapedPart(short(node))).join(",")]);
  }
  if (choice.communities.length) parts.push(["community", choice.communities.map(names.community).join(",")]);
  for (const [name, day] of /** @type {[string, number|null][]} */ ([["from", choice.from], ["to", choice.to]])) {
    if (day !== null) parts.push([name, dayCode(day)]);
  }
  for (const [name, value] of /** @type {[string, number|null][]} */ ([["quality-from", choice.low], ["quality-to", choice.high]])) {
    if (value !== null) parts.push([name, String(value)]);
  }
  if (choice.words) parts.push(["words", escapedPart(choice.words)]);
  return parts;
}

/**
 * Return the state that an address names; unreadable parts are ignored. An IRI alone selects its node.
 * @param {string} hash  with or without its `#`
 * @param {Names} names
 * @param {string[]} [unknown]  takes what the address names and nothing here is called
 * @returns {State}
 */
export function readState(hash, names, unknown = []) {
  const state = startState();
  const text = hash.replace(/^#/, "");
  if (text === "") return state;
  const known = (/** @type {string} */ name, /** @type {number} */ found) => (found < 0 && unknown.push(name), found);
  const long = (/** @type {string} */ name) => {
    const iri = name.startsWith("~") ? names.base + name.slice(1) : name;
    return known(iri, names.node(iri));
  };
  if (!/^(?:[a-z-]+|own\.\w+)=/.test(text)) return { ...state, node: long(unescapedPart(text)) };
  const parts = new Map(
    text.split("&").map((part) => {
      const at = part.indexOf("=");
      return /** @type {[string, string]} */ (at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)]);
    }),
  );
  const one = (/** @type {string} */ name) => unescapedPart(parts.get(name) ?? "");
  const list = (/** @type {string} */ name) => (parts.get(name) ?? "").split(",").filter(Boolean).map(unescapedPart);
  const nodes = (/** @type {string} */ name) => list(name).map(long).filter((node) => node >= 0);
  state.view = VIEWS.find((view) => view === one("view")) ?? "topics";
  if (PANELS.includes(one("show"))) state.panel = /** @type {State["panel"]} */ (one("show"));
  if (one("iri")) state.node = long(one("iri"));
  if (one("path") && state.node >= 0) state.to = long(one("path"));
  if (state.node >= 0) state.depth = Math.max(0, Math.min(names.deepest, wholeNumber(one("focus")) ?? 0));
  for (const [name, key] of LISTS) state.choice[key] = list(name);
  for (const part of parts.keys()) {
    const own = OWN.exec(part);
    if (own && list(part).length) state.choice[ownFacet(own[1])] = list(part);
  }
  state.choice.topics = nodes("topic");
  state.choice.providers = nodes("provider");
  state.choice.communities = list("community").map((key) => known(`community ${key}`, names.communityOf(key))).filter((found) => found >= 0);
  state.choice.from = codeDay(one("from"));
  state.choice.to = codeDay(one("to"));
  state.choice.low = wholeNumber(one("quality-from"));
  state.choice.high = wholeNumber(one("quality-to"));
  state.choice.words = one("words");
  state.choice.picked = nodes("picked");
  state.camera = toCamera(one("at"));
  return state;
}

/** @param {string} text @returns {CameraPlace|null} */
function toCamera(text) {
  const numbers = text.split(",").map(Number);
  if (text === "" || numbers.length !== 3 || !numbers.every(Number.isFinite) || numbers[2] <= 0) return null;
  const [x, y, zoom] = numbers;
  return { x, y, zoom };
}

/** @param {string} text @returns {number|null} */
function wholeNumber(text) {
  return /^-?\d{1,9}$/.test(text) ? Number(text) : null;
}

/** Escape what has a meaning here; the rest of an address stays readable. @param {string} text */
function escapedPart(text) {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd")).replace(
    /%(?:2F|3A|40|21|7E)/g,
    (code) => decodeURIComponent(code),
  );
}

/** @param {string} text */
function unescapedPart(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
