/** What is known about a node, as values with their names in RDF and in the network, by the tables of the header. */

import { toLink } from "../elements/dom.js";

/** @import {Atlas} from "./atlas.js" */
/** @typedef {string|number|boolean} Scalar */
/** @typedef {"text"|"integer"|"decimal"|"boolean"|"flag"|"time"|"day"|"duration"|"iri"} Form */
/** @typedef {{name: string, predicates: string[], form: Form, values: Scalar[]}} Value */
/** @typedef {Scalar | null | (Scalar | null)[]} Held */

/** @param {Atlas} atlas @param {number} node @returns {string|null} the address of its own page on the web */
export function pageOf(atlas, node) {
  return atlas.hasFlag(node, "no_page") || toLink(atlas.url(node)) === null ? null : atlas.url(node);
}

/** @param {Atlas} atlas @param {number} node @returns {string[]} its classes in RDF */
export function classesOf(atlas, node) {
  const kind = atlas.kind(node);
  const { classes, types } = atlas.header.tables;
  if (kind !== "article") return classes[kind];
  const type = (atlas.type(node) || "article").toLowerCase();
  if (Object.hasOwn(types, type)) return [...classes[kind], types[type]];
  const isNews = atlas.category(node).toLowerCase() === "news";
  return [...classes[kind], "schema:Article", ...(isNews ? ["schema:NewsArticle"] : [])];
}

/**
 * Return what is known about a node, without texts of which the page holds only the beginning.
 * @param {Atlas} atlas
 * @param {number} node
 * @returns {Value[]}
 */
export function valuesOf(atlas, node) {
  const found = [];
  for (const [name, predicates, form] of atlas.header.tables.fields[atlas.kind(node)]) {
    const value = valueOf(atlas, node, name);
    const values = (Array.isArray(value) ? value : [value]).filter((one) => one !== null && one !== "" && (one !== false || form === "boolean") && !isCut(one));
    if (values.length) found.push({ name, predicates, form, values });
  }
  return /** @type {Value[]} */ (found);
}

/** Where the page holds what is not among the facts. @type {Record<string, (atlas: Atlas, node: number) => Held>} */
const HELD = {
  label: (atlas, node) => atlas.label(node),
  excerpt: (atlas, node) => atlas.excerpt(node),
  description: (atlas, node) => atlas.excerpt(node),
  type: (atlas, node) => atlas.type(node),
  category: (atlas, node) => atlas.category(node),
  url: pageOf,
  image: (atlas, node) => toLink(atlas.image(node)) && atlas.image(node),
  keywords: (atlas, node) => atlas.keywords(node),
  names: (atlas, node) => atlas.names(node),
  quality: (atlas, node) => atlas.number("quality", node),
  heat: (atlas, node) => atlas.number("heat", node),
  word_count: (atlas, node) => atlas.number("words", node),
  stub: (atlas, node) => atlas.isStub(node) || null,
  published: (atlas, node) => (atlas.hasFlag(node, "unpublished") ? "unpublished" : null),
};

/** @param {Atlas} atlas @param {number} node @param {string} name @returns {Held} what the page holds of a field */
export function valueOf(atlas, node, name) {
  return HELD[name] ? HELD[name](atlas, node) : (atlas.facts(node)[name] ?? null);
}

/** @param {Scalar | null} value @returns {boolean} whether the page holds only the beginning of a text */
function isCut(value) {
  return typeof value === "string" && value.endsWith("…");
}
