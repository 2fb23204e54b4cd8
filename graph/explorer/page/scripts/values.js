/** What is known of a node as values with their names in RDF and in the network: the table of `graph/vocabulary.py`. */

import { toLink } from "./dom.js";

/** @import {Atlas} from "./atlas.js" */
/** @typedef {string|number|boolean} Scalar */
/** @typedef {"text"|"integer"|"decimal"|"flag"|"time"|"day"|"duration"|"iri"} Form */
/** @typedef {{name: string, predicates: string[], form: Form, values: Scalar[]}} Value */

/** @type {Record<string, string>} */
export const PREFIXES = {
  ag: "https://w3id.org/article-graph/",
  dcterms: "http://purl.org/dc/terms/",
  prov: "http://www.w3.org/ns/prov#",
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  schema: "https://schema.org/",
  skos: "http://www.w3.org/2004/02/skos/core#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
};

/** Relations' names in RDF. @type {Record<string, string>} */
export const RELATION_TERMS = {
  publisher: "schema:publisher",
  about: "schema:about",
  mentions: "schema:mentions",
  author: "schema:author",
  related: "dcterms:relation",
  links: "dcterms:references",
  part: "schema:hasPart",
  based_on: "schema:isBasedOn",
  broader: "skos:broader",
  affiliation: "schema:affiliation",
  expertise: "schema:knowsAbout",
  parent: "schema:parentOrganization",
};

/** Fields by kind: name in the network, names in RDF, form. @type {Record<string, [string, string, Form][]>} */
export const FIELD_TERMS = {
  article: [
    ["label", "schema:headline schema:name rdfs:label", "text"],
    ["excerpt", "schema:abstract", "text"],
    ["type", "ag:type", "text"],
    ["category", "schema:genre", "text"],
    ["url", "schema:url", "iri"],
    ["published_at", "schema:datePublished", "time"],
    ["published_at", "ag:publishedOn", "day"],
    ["modified_at", "schema:dateModified", "time"],
    ["starts_at", "schema:startDate", "time"],
    ["ends_at", "schema:endDate", "time"],
    ["quality", "ag:quality", "integer"],
    ["heat", "ag:heat", "integer"],
    ["published", "schema:creativeWorkStatus", "text"],
    ["describes", "schema:mainEntity", "iri"],
    ["status", "ag:status", "text"],
    ["expires", "schema:expires", "day"],
    ["generated_by", "ag:generatedBy", "text"],
    ["verified_by", "ag:verifiedBy", "text"],
    ["verified_at", "ag:verifiedAt", "time"],
    ["trust_tier", "ag:trustTier", "text"],
    ["price", "ag:price", "text"],
    ["duration", "schema:timeRequired", "duration"],
    ["rating_average", "ag:ratingAverage", "decimal"],
    ["rating_count", "ag:ratingCount", "integer"],
    ["language", "schema:inLanguage", "text"],
    ["word_count", "schema:wordCount", "integer"],
    ["image", "schema:image", "iri"],
    ["stub", "ag:stub", "flag"],
  ],
  provider: [
    ["label", "schema:name rdfs:label", "text"],
    ["names", "schema:alternateName", "text"],
    ["domain", "ag:domain", "text"],
    ["url", "schema:url", "iri"],
    ["description", "schema:description", "text"],
    ["image", "schema:logo", "iri"],
  ],
  topic: [
    ["label", "skos:prefLabel schema:name rdfs:label", "text"],
    ["names", "skos:altLabel", "text"],
    ["description", "skos:definition", "text"],
    ["image", "schema:image", "iri"],
  ],
  person: [
    ["label", "schema:name rdfs:label", "text"],
    ["names", "schema:alternateName", "text"],
    ["description", "schema:description", "text"],
    ["location", "ag:location", "text"],
    ["url", "schema:url", "iri"],
    ["image", "schema:image", "iri"],
  ],
};

/** @type {Record<string, string>} */
const CLASS_OF_TYPE = {
  video: "schema:VideoObject",
  course: "schema:Course",
  collection: "schema:Collection",
  event: "schema:Event",
  webinar: "schema:Event",
  download: "schema:SoftwareSourceCode",
  sample: "schema:SoftwareSourceCode",
  "attested computation": "schema:SoftwareSourceCode",
  dataset: "schema:Dataset",
  table: "schema:Dataset",
  "bigquery dataset": "schema:Dataset",
  "bigquery table": "schema:Dataset",
  playbook: "schema:HowTo",
  runbook: "schema:HowTo",
  "api endpoint": "schema:APIReference",
};
/** @type {Record<string, string[]>} */
const CLASSES = {
  provider: ["schema:Organization"],
  topic: ["skos:Concept", "schema:DefinedTerm"],
  person: ["schema:Person"],
};

/** The flag of a node that has no page in the web: its IRI is a name only. */
const NO_PAGE = 16;

/** @param {Atlas} atlas @param {number} node @returns {string|null} the address of its own page in the web */
export function pageOf(atlas, node) {
  return atlas.flags(node) & NO_PAGE || toLink(atlas.url(node)) === null ? null : atlas.url(node);
}

/** @param {Atlas} atlas @param {number} node @returns {string[]} its classes in RDF */
export function classesOf(atlas, node) {
  const kind = atlas.kind(node);
  if (kind !== "article") return CLASSES[kind];
  const type = (atlas.type(node) || "article").toLowerCase();
  if (Object.hasOwn(CLASS_OF_TYPE, type)) return ["schema:CreativeWork", CLASS_OF_TYPE[type]];
  const isNews = atlas.category(node).toLowerCase() === "news";
  return ["schema:CreativeWork", "schema:Article", ...(isNews ? ["schema:NewsArticle"] : [])];
}

/**
 * Return what is known of a node. A text that the page holds only in part is left out: half of it is not what was said.
 * @param {Atlas} atlas
 * @param {number} node
 * @returns {Value[]}
 */
export function valuesOf(atlas, node) {
  const found = [];
  for (const [name, predicates, form] of FIELD_TERMS[atlas.kind(node)]) {
    const value = valueOf(atlas, node, name);
    const values = (Array.isArray(value) ? value : [value]).filter((one) => one !== null && one !== "" && !isCut(one));
    if (values.length) found.push({ name, predicates: predicates.split(" "), form, values });
  }
  return /** @type {Value[]} */ (found);
}

/** @param {Atlas} atlas @param {number} node @param {string} name @returns {Scalar | null | (Scalar | null)[]} */
function valueOf(atlas, node, name) {
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
      return atlas.isUnpublished(node) ? "unpublished" : null;
    default:
      return atlas.facts(node)[name] ?? null;
  }
}

/** @param {Scalar | null} value @returns {boolean} whether the page holds only the beginning of a text */
function isCut(value) {
  return typeof value === "string" && value.endsWith("…");
}
