/** Ready questions in SPARQL about a node, to be asked of the same build. */

/** @import {Kind} from "./payload.js" */

const SCHEMA = "PREFIX schema: <https://schema.org/>";
const DCTERMS = "PREFIX dcterms: <http://purl.org/dc/terms/>";
const SKOS = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>";

/**
 * Return a query that asks what one wants to know next of such a node.
 * @param {Kind} kind
 * @param {string} iri
 * @returns {string}
 */
export function queryFor(kind, iri) {
  const node = `<${safeIri(iri)}>`;
  switch (kind) {
    case "article":
      return joinedLines(
        DCTERMS,
        SCHEMA,
        "SELECT DISTINCT ?article ?title ?date WHERE {",
        `  { ${node} dcterms:relation|dcterms:references ?article } UNION { ?article dcterms:relation|dcterms:references ${node} }`,
        "  ?article schema:headline ?title .",
        "  OPTIONAL { ?article schema:datePublished ?date }",
        "}",
        "ORDER BY DESC(?date) LIMIT 100",
      );
    case "topic":
      return joinedLines(
        SCHEMA,
        SKOS,
        "SELECT DISTINCT ?article ?title ?date WHERE {",
        `  ?topic skos:broader* ${node} .`,
        "  ?article schema:about ?topic ; schema:headline ?title .",
        "  OPTIONAL { ?article schema:datePublished ?date }",
        "}",
        "ORDER BY DESC(?date) LIMIT 100",
      );
    case "provider":
      return joinedLines(
        SCHEMA,
        "SELECT ?topic (COUNT(?article) AS ?articles) WHERE {",
        `  ?article schema:publisher ${node} ; schema:about/schema:name ?topic .`,
        "}",
        "GROUP BY ?topic ORDER BY DESC(?articles) ?topic LIMIT 100",
      );
    default:
      return joinedLines(
        SCHEMA,
        "SELECT ?article ?title ?date WHERE {",
        `  ?article schema:author ${node} ; schema:headline ?title .`,
        "  OPTIONAL { ?article schema:datePublished ?date }",
        "}",
        "ORDER BY DESC(?date) LIMIT 100",
      );
  }
}

/**
 * Return an IRI as it may stand between `<` and `>`.
 * @param {string} iri
 * @returns {string}
 */
export function safeIri(iri) {
  return iri.replace(
    /[\u0000-\u0020<>"{}|^`\\]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}

/** @param {...string} text */
function joinedLines(...text) {
  return text.join("\n");
}
