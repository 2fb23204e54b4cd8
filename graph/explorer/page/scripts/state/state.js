/** What the reader sees, written as a short and readable address and read from it: `#view=network&iri=~topic/ai&from=2023-01-01`. */

import { FACETS, NODE_FACETS, barredIn, facetsIn, noChoice } from "../filters/choice.js";
import { codeDay, dayCode } from "../elements/formats.js";
import { isArranged, noLook } from "./look.js";

/** @import {Choice, Facet} from "../filters/choice.js" */
/** @import {Look} from "./look.js" */
/** @import {View} from "../data/payload.js" */
/** @import {CameraPlace} from "../map/camera.js" */
/**
 * @typedef {object} State
 * @property {View} view
 * @property {number} node  the selection, or -1
 * @property {number} depth  how many steps around the selection are in focus; 0 for everything
 * @property {number} to  where the path shown leads, or -1
 * @property {"" | "table" | "insights" | "around" | "compare"} panel
 * @property {number[]} compared  the nodes that are compared
 * @property {Choice} choice
 * @property {Look} look
 * @property {CameraPlace|null} camera
 */
/** What states are written with: IRIs, and the digests of communities, which last when others come and go; deepest: the most steps
 *   that can be in focus; knows: whether a value means something in a facet, or in another part of an address.
 * @typedef {{iri: (node: number) => string, node: (iri: string) => number, community: (one: number) => string,
 *   communityOf: (key: string) => number, base: string, deepest: number, knows: (where: string, value: string) => boolean}} Names */

export const VIEWS = /** @type {const} */ (["topics", "network", "timeline"]);
/** The most nodes selected on the map that an address names. */
export const MOST_PICKED = 40;
/** The most nodes that are compared at once. */
export const MOST_COMPARED = 4;
const PANELS = ["table", "insights", "around", "compare"];
/** The part of an address that chooses in a facet of the site's own, such as own.difficulty=hard. */
const OWN = /^(not-)?(own\.[A-Za-z]\w{0,59})$/;
/** What a facet is called in an address. @type {Record<typeof FACETS[number], string>} */
const PART_NAMES = { topics: "topic", providers: "provider", authors: "author", types: "type", categories: "category", status: "status", communities: "community" };
/** The parts that say what the map shows by. */
const LOOKS = /** @type {const} */ (["colour", "size", "lanes"]);
/** What a facet is called in an address if its values are left out. */
const LEFT_OUT = "not-";
/** All parts of an address, besides those of the site's own facets. */
const PARTS = new Set([
  ..."view iri focus path show compare kind all picked from to quality-from quality-to words rest off at seen".split(" "),
  ...LOOKS,
  ...Object.values(PART_NAMES).flatMap((name) => [name, LEFT_OUT + name]),
]);

/** @returns {State} */
export function startState() {
  return { view: "topics", node: -1, depth: 0, to: -1, panel: "", compared: [], choice: noChoice(), look: noLook(), camera: null };
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
  // A name that has not arrived yet is written when it has.
  if (state.node >= 0 && names.iri(state.node)) parts.push(["iri", escapedPart(short(state.node))]);
  if (state.depth > 0) parts.push(["focus", String(state.depth)]);
  if (state.to >= 0 && names.iri(state.to)) parts.push(["path", escapedPart(short(state.to))]);
  if (state.panel) parts.push(["show", state.panel]);
  const compared = state.panel === "compare" ? state.compared.filter((node) => names.iri(node)) : [];
  if (compared.length) parts.push(["compare", compared.map((node) => escapedPart(short(node))).join(",")]);
  parts.push(...choiceParts(choice, names, short), ...lookParts(state));
  return parts.map(([name, value]) => `${name}=${value}`).join("&");
}

/** @param {Choice} choice @param {Names} names @param {(node: number) => string} short  what a node is called @returns {[string, string][]} */
function choiceParts(choice, names, short) {
  /** @type {[string, string][]} */
  const parts = [];
  if (choice.kinds.length) parts.push(["kind", choice.kinds.map(escapedPart).join(",")]);
  for (const facet of facetsIn(choice)) {
    const word = (/** @type {any} */ value) =>
      escapedPart(NODE_FACETS.includes(facet) ? short(value) : facet === "communities" ? names.community(value) : value);
    const told = /** @type {[string, any[]][]} */ ([[partOf(facet), choice[facet] ?? []], [LEFT_OUT + partOf(facet), choice[barredIn(facet)] ?? []]]);
    for (const [name, values] of told) if (values.length) parts.push([name, values.map(word).join(",")]);
  }
  if (choice.every.length) parts.push(["all", choice.every.map((facet) => partOf(/** @type {Facet} */ (facet))).join(",")]);
  const picked = choice.picked.length <= MOST_PICKED ? choice.picked : [];
  if (picked.length) parts.push(["picked", picked.map((node) => escapedPart(short(node))).join(",")]);
  if (choice.from !== null) parts.push(["from", dayCode(choice.from)]);
  if (choice.to !== null) parts.push(["to", dayCode(choice.to)]);
  if (choice.low !== null) parts.push(["quality-from", String(choice.low)]);
  if (choice.high !== null) parts.push(["quality-to", String(choice.high)]);
  if (choice.words) parts.push(["words", escapedPart(choice.words)]);
  return parts;
}

/** How the map looks, and where its camera is. @param {State} state @returns {[string, string][]} */
function lookParts(state) {
  /** @type {[string, string][]} */
  const parts = [];
  if (state.look.faded) parts.push(["rest", "faded"]);
  for (const name of LOOKS) if (state.look[name]) parts.push([name, escapedPart(state.look[name])]);
  if (state.look.off.length) parts.push(["off", state.look.off.map(escapedPart).join(",")]);
  if (state.camera) {
    const { x, y, zoom } = state.camera;
    parts.push([cameraName(state), `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10},${Number(zoom.toPrecision(4))}`]);
  }
  return parts;
}

/**
 * Return the state that an address names, without what means nothing here. An IRI alone selects its node.
 * @param {string} hash  with or without its `#`
 * @param {Names} names
 * @param {string[]} [unknown]  takes what means nothing here
 * @returns {State}
 */
export function readState(hash, names, unknown = []) {
  const state = startState();
  const address = hash.replace(/^#/, "");
  if (address === "") return state;
  const parts = partsOf(address, names, unknown);
  if (!/^(?:[a-z-]+|(?:not-)?own\.\w+)=/.test(address)) return { ...state, node: parts.nodeOf(unescapedPart(address)) };
  unknown.push(...parts.all.filter((name) => name && !PARTS.has(name) && !OWN.test(name)));
  state.view = parts.read("view", (said) => VIEWS.find((view) => view === said)) ?? "topics";
  state.panel = /** @type {State["panel"]} */ (parts.read("show", (said) => PANELS.find((panel) => panel === said)) ?? "");
  state.compared = [...new Set(parts.nodes("compare"))].slice(0, MOST_COMPARED);
  state.node = parts.read("iri", parts.nodeOf) ?? -1;
  if (state.node >= 0) {
    state.to = parts.read("path", parts.nodeOf) ?? -1;
    state.depth = parts.read("focus", (said) => (/^\d$/.test(said) && Number(said) <= names.deepest ? Number(said) : null)) ?? 0;
  }
  readChoice(state.choice, parts, names, unknown);
  state.look.faded = parts.read("rest", (said) => said === "faded" || null) ?? false;
  for (const name of LOOKS) state.look[name] = parts.read(name, (said) => (names.knows(name, said) ? said : null)) ?? "";
  state.look.off = parts.values("off", "off");
  state.camera = parts.read(cameraName(state), toCamera);
  return state;
}

/** The parts of an address: `nodeOf` an IRI that may be shortened; what one part says, or null if it cannot be read; lists of nodes, and of
 * values that mean something in a facet or another part. @param {string} address @param {Names} names @param {string[]} unknown  takes what means nothing */
function partsOf(address, names, unknown) {
  const parts = new Map(
    address.split("&").map((part) => {
      const at = part.indexOf("=");
      return /** @type {[string, string]} */ (at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)]);
    }),
  );
  const list = (/** @type {string} */ name) => (parts.get(name) ?? "").split(",").filter(Boolean).map(unescapedPart);
  const nodeOf = (/** @type {string} */ said) => {
    const iri = said.startsWith("~") ? names.base + said.slice(1) : said;
    const node = names.node(iri);
    if (node < 0) unknown.push(iri);
    return node;
  };
  return {
    all: [...parts.keys()],
    list,
    nodeOf,
    nodes: (/** @type {string} */ name) => list(name).map(nodeOf).filter((node) => node >= 0),
    values: (/** @type {string} */ name, /** @type {string} */ where) =>
      list(name).filter((value) => names.knows(where, value) || (unknown.push(`${name} ${value}`), false)),
    /** @template T @param {string} name @param {(said: string) => T|null|undefined} reader @returns {T|null} */
    read: (name, reader) => {
      const said = unescapedPart(parts.get(name) ?? "");
      const found = said === "" ? null : (reader(said) ?? null);
      if (said && found === null) unknown.push(`${name} ${said}`);
      return found;
    },
  };
}

/** @param {Choice} choice  of everything @param {ReturnType<typeof partsOf>} parts @param {Names} names @param {string[]} unknown */
function readChoice(choice, parts, names, unknown) {
  choice.kinds = parts.values("kind", "kinds");
  const communities = (/** @type {string} */ name) =>
    parts.list(name).map((key) => {
      const found = names.communityOf(key);
      if (found < 0) unknown.push(`community ${key}`);
      return found;
    }).filter((found) => found >= 0);
  for (const facet of FACETS) {
    const values = NODE_FACETS.includes(facet) ? parts.nodes : facet === "communities" ? communities : (/** @type {string} */ name) => parts.values(name, facet);
    /** @type {Record<string, any[]>} */ (choice)[facet] = values(PART_NAMES[facet]);
    const out = values(LEFT_OUT + PART_NAMES[facet]);
    if (out.length) choice[barredIn(facet)] = out;
  }
  for (const part of parts.all) {
    const own = OWN.exec(part);
    const chosen = own ? parts.values(part, own[2]) : [];
    if (own && chosen.length) choice[own[1] ? barredIn(/** @type {Facet} */ (own[2])) : /** @type {import("../filters/choice.js").Own} */ (own[2])] = chosen;
  }
  const facetCalled = (/** @type {string} */ name) => FACETS.find((facet) => PART_NAMES[facet] === name) ?? (OWN.test(name) ? name : "");
  choice.every = parts.list("all").filter((name) => facetCalled(name) || (unknown.push(`all ${name}`), false)).map(facetCalled);
  choice.from = parts.read("from", codeDay);
  choice.to = parts.read("to", codeDay);
  choice.low = parts.read("quality-from", wholeNumber);
  choice.high = parts.read("quality-to", wholeNumber);
  choice.words = parts.read("words", String) ?? "";
  choice.picked = parts.nodes("picked");
}

/** @param {Facet} facet @returns {string} its name in an address */
function partOf(facet) {
  return /** @type {Record<string, string>} */ (PART_NAMES)[facet] ?? facet;
}

/** Rearranged nodes have other positions, so a link from before filters rearranged nodes shows all of them. @param {State} state */
function cameraName(state) {
  return isArranged(state) ? "seen" : "at";
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
