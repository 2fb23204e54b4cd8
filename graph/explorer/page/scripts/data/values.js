/** What is known about a node, as values with their names in RDF and in the network, by the tables of the header. */

import { toLink } from "../elements/dom.js";

/** @import {Atlas} from "./atlas.js" */
/** @typedef {string|number|boolean} Scalar */
/** @typedef {"text"|"integer"|"decimal"|"boolean"|"flag"|"time"|"day"|"duration"|"iri"} Form */
/** @typedef {{name: string, predicates: string[], form: Form, values: Scalar[]}} Value */

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

/** @param {Atlas} atlas @param {number} node @param {string} name @returns {Scalar | null | (Scalar | null)[]} what the page holds of a field */
export function valueOf(atlas, node, name) {
  switch (name) {
    case "label":
      return atlas.label(node);
    case "excerpt":
    case "description":
      return atlas.excerpt(node);
    case "type":
      return atlas.type(node);
    case "category":
      return atlas.category(node);
    case "url":
      return pageOf(atlas, node);
    case "image":
      return toLink(atlas.image(node)) && atlas.image(node);
    case "keywords":
      return atlas.keywords(node);
    case "names":
      return atlas.names(node);
    case "quality":
      return atlas.quality(node);
    case "heat":
      return atlas.heat(node);
    case "word_count":
      return atlas.words(node);
    case "stub":
      return atlas.isStub(node) || null;
    case "published":
      return atlas.hasFlag(node, "unpublished") ? "unpublished" : null;
    default:
      return atlas.facts(node)[name] ?? null;
  }
}

/** @param {Scalar | null} value @returns {boolean} whether the page holds only the beginning of a text */
function isCut(value) {
  return typeof value === "string" && value.endsWith("…");
}
