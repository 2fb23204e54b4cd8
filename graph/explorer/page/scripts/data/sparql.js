/** A SPARQL query about a node, to ask of the same build. */

/** @import {Kind} from "./payload.js" */

const ARTICLES = "?article schema:headline ?title .\n  OPTIONAL { ?article schema:datePublished ?date }\n}\nORDER BY DESC(?date) LIMIT 100";

/**
 * Return a query that asks what a reader may want to know next about a node.
 * @param {Record<string, string>} prefixes  of RDF, by name
 * @param {Kind} kind
 * @param {string} iri
 * @returns {string}
 */
export function queryFor(prefixes, kind, iri) {
  const node = `<${safeIri(iri)}>`;
  const query = {
    article: `SELECT DISTINCT ?article ?title ?date WHERE {
  { ${node} dcterms:relation|dcterms:references ?article } UNION { ?article dcterms:relation|dcterms:references ${node} }
  ${ARTICLES}`,
    topic: `SELECT DISTINCT ?article ?title ?date WHERE {
  ?topic skos:broader* ${node} .
  ?article schema:about ?topic .
  ${ARTICLES}`,
    provider: `SELECT ?topic (COUNT(?article) AS ?articles) WHERE {
  ?article schema:publisher ${node} ; schema:about/schema:name ?topic .
}
GROUP BY ?topic ORDER BY DESC(?articles) ?topic LIMIT 100`,
    person: `SELECT ?article ?title ?date WHERE {
  ?article schema:author ${node} .
  ${ARTICLES}`,
  }[kind];
  const used = Object.entries(prefixes).filter(([prefix]) => new RegExp(`[ (/|]${prefix}:`).test(query));
  return [...used.map(([prefix, namespace]) => `PREFIX ${prefix}: <${namespace}>`), query].join("\n");
}

/** Return an IRI as it may stand between `<` and `>`. @param {string} iri @returns {string} */
export function safeIri(iri) {
  return iri.replace(
    /[\u0000-\u0020<>"{}|^`\\]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}
