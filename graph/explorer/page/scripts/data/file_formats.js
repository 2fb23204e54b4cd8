/** The shown part as files for other programs: CSV for spreadsheets, GraphML for graph tools, Turtle for RDF. */

import { safeIri } from "./sparql.js";
import { classesOf, pageOf, valuesOf } from "./values.js";
import { toXml } from "./xml.js";

/** @import {Atlas} from "./atlas.js" */
/** @import {Form, Scalar, Value} from "./values.js" */

const COLUMNS_OF_CSV = "iri kind title url provider date type category topics quality stub unpublished".split(" ");
/** How texts begin that a spreadsheet would take for a formula. */
const FORMULA = /^[^\p{L}\p{N}\p{P}\p{S}]*[=+\-@\t\r]/u;
const NUMBER = /^-?\d+(?:\.\d+)?$/;
const ESCAPED_IN_TURTLE = /[\\"\u0000-\u001f\u007f]/g;
const DATATYPES = { integer: "integer", decimal: "decimal", boolean: "boolean", flag: "boolean", duration: "duration", time: "dateTime", day: "date" };
const GRAPHML = "http://graphml.graphdrawing.org/xmlns";

/**
 * Return nodes as CSV (RFC 4180, with a mark that tells spreadsheets it is UTF-8). A text that a spreadsheet would take
 * for a formula has a `'` before it.
 * @param {Atlas} atlas
 * @param {number[]} nodes
 * @returns {string}
 */
export function toCsv(atlas, nodes) {
  const rows = nodes.map((node) => [
    atlas.iri(node),
    atlas.kind(node),
    atlas.label(node),
    pageOf(atlas, node) ?? "",
    atlas.labels("publisher", node).join("; "),
    atlas.dateText(node),
    atlas.type(node),
    atlas.category(node),
    atlas.labels("about", node).join("; "),
    String(atlas.number("quality", node) ?? ""),
    atlas.isStub(node) ? "true" : "",
    atlas.hasFlag(node, "unpublished") ? "true" : "",
  ]);
  return `\ufeff${[COLUMNS_OF_CSV, ...rows].map((line) => line.map(toCell).join(",")).join("\r\n")}\r\n`;
}

/** @param {string} text @returns {string} */
export function toCell(text) {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n;\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * Return nodes and the relations among them as GraphML; attributes have the names that a build's own export gives them.
 * @param {Atlas} atlas
 * @param {number[]} nodes
 * @returns {string}
 */
export function toGraphml(atlas, nodes) {
  const shown = new Set(nodes);
  /** @type {Map<string, string>} */
  const keys = new Map();
  const described = nodes.map((node) => {
    const attributes = attributesOf(valuesOf(atlas, node), atlas.isStub(node), atlas.kind(node));
    for (const [name, , type] of attributes) keys.set(name, type);
    return attributes;
  });
  const names = [...keys.keys()].sort();
  const parts = [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<graphml xmlns="${GRAPHML}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${GRAPHML} ${GRAPHML}/1.0/graphml.xsd">\n`,
    ...names.map((name, place) => `  <key id="d${place}" for="node" attr.name="${name}" attr.type="${keys.get(name)}"/>\n`),
    '  <key id="relation" for="edge" attr.name="relation" attr.type="string"/>\n',
    '  <graph id="G" edgedefault="directed">\n',
  ];
  nodes.forEach((node, place) => {
    const data = described[place].map(([name, value]) => `<data key="d${names.indexOf(name)}">${toXml(String(value))}</data>`);
    parts.push(`    <node id="${toXml(atlas.iri(node))}">${data.join("")}</node>\n`);
  });
  [...linksAmong(atlas, shown)].forEach(([node, relation, other], number) => {
    const ends = `source="${toXml(atlas.iri(node))}" target="${toXml(atlas.iri(other))}"`;
    parts.push(`    <edge id="e${number}" ${ends}><data key="relation">${relation}</data></edge>\n`);
  });
  parts.push("  </graph>\n</graphml>\n");
  return parts.join("");
}

/** @param {Value[]} values @param {boolean} stub @param {string} kind @returns {[string, Scalar, string][]} names, values and types */
function attributesOf(values, stub, kind) {
  /** @type {[string, Scalar, string][]} */
  const found = [["kind", kind, "string"]];
  for (const { name, form, values: several } of values) {
    if (form === "day") continue; // the day of a time that is given already
    if (name === "published") found.push([name, false, "boolean"]);
    else if (name !== "stub") {
      const value = several.length === 1 ? several[0] : several.join("; ");
      const ofNumber = form === "decimal" ? "double" : "long";
      found.push([name, value, typeof value === "number" ? ofNumber : typeof value]);
    }
  }
  if (kind === "article") found.push(["stub", stub, "boolean"]);
  return found;
}

/**
 * Return nodes and the relations among them as Turtle, in the vocabulary of a build's own export.
 * @param {Atlas} atlas
 * @param {number[]} nodes
 * @returns {string}
 */
export function toTurtle(atlas, nodes) {
  const shown = new Set(nodes);
  const { prefixes, relations } = atlas.header.tables;
  const termOf = new Map(relations.map(({ name, term }) => [name, term.startsWith("<") ? `<${safeIri(term.slice(1, -1))}>` : term]));
  const parts = Object.entries(prefixes).map(([prefix, iri]) => `@prefix ${prefix}: <${iri}> .\n`);
  for (const node of nodes) {
    const about = [`a ${classesOf(atlas, node).join(", ")}`];
    for (const { predicates, form, values } of valuesOf(atlas, node)) {
      const terms = values.map((value) => toTerm(form, value)).join(", ");
      for (const predicate of predicates) about.push(`${predicate} ${terms}`);
    }
    for (const relation of atlas.header.relations) {
      const ends = [...atlas.out(relation, node)].filter((other) => shown.has(other)).map((other) => `<${safeIri(atlas.iri(other))}>`);
      if (ends.length) about.push(`${termOf.get(relation)} ${ends.join(", ")}`);
    }
    parts.push(`\n<${safeIri(atlas.iri(node))}>\n    ${about.join(" ;\n    ")} .\n`);
  }
  return parts.join("");
}

/** @param {Form} form @param {Scalar} value @returns {string} */
function toTerm(form, value) {
  const text = `"${lexical(form, String(value)).replace(/\p{Surrogate}/gu, "\ufffd").replace(ESCAPED_IN_TURTLE, escapedSign)}"`;
  if (form === "iri") return `<${safeIri(String(value))}>`;
  return form === "text" ? text : `${text}^^xsd:${DATATYPES[form]}`;
}

/** A day alone becomes the midnight at its beginning, so that all times can be compared. @param {Form} form @param {string} value @returns {string} */
function lexical(form, value) {
  if (form === "time" && !value.includes("T")) return `${value}T00:00:00Z`;
  return form === "day" ? value.slice(0, 10) : value;
}

/** @param {string} sign */
function escapedSign(sign) {
  return sign === '"' || sign === "\\" ? `\\${sign}` : `\\u${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** @param {Atlas} atlas @param {Set<number>} shown @returns {Generator<[number, string, number]>} */
function* linksAmong(atlas, shown) {
  for (const node of shown) {
    for (const relation of atlas.header.relations) {
      for (const other of atlas.out(relation, node)) if (shown.has(other)) yield [node, relation, other];
    }
  }
}
