/** Queries to begin with. @type {[string, string][]}  what each asks, and the query */
export const EXAMPLES = [
  [
    "The newest articles",
    `SELECT ?article ?title ?day WHERE {
  ?article schema:headline ?title ; ag:publishedOn ?day .
}
ORDER BY DESC(?day) LIMIT 25`,
  ],
  [
    "The most linked nodes",
    `SELECT ?node (COUNT(DISTINCT ?from) AS ?links) WHERE {
  ?from dcterms:relation|dcterms:references ?node .
}
GROUP BY ?node ORDER BY DESC(?links) LIMIT 25`,
  ],
  [
    "Articles and providers of each topic",
    `SELECT ?topic (COUNT(DISTINCT ?article) AS ?articles) (COUNT(DISTINCT ?provider) AS ?providers) WHERE {
  ?article schema:about ?topic .
  OPTIONAL { ?article schema:publisher ?provider }
}
GROUP BY ?topic ORDER BY DESC(?articles)`,
  ],
  [
    "Articles that nobody links to",
    `SELECT ?article ?title WHERE {
  ?article schema:headline ?title .
  FILTER NOT EXISTS { ?other dcterms:relation|dcterms:references|schema:hasPart ?article }
}
ORDER BY ?title LIMIT 100`,
  ],
  [
    "Topics that occur together, as triples",
    `CONSTRUCT { ?one skos:related ?other } WHERE {
  ?article schema:about ?one, ?other .
  FILTER (STR(?one) < STR(?other))
}`,
  ],
  ["Is anything unpublished?", 'ASK { ?article schema:creativeWorkStatus "unpublished" }'],
];
