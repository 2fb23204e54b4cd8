/** What the values of facets are called. */

import { ownValue } from "../elements/formats.js";
import { NODE_FACETS, ownFacet } from "./choice.js";

/** @import {Atlas} from "../data/atlas.js" */
/** @import {Facet} from "./choice.js" */

/** What an article can be, in the list of filters and in a sentence. @type {Record<string, [string, string]>} */
const STATUS = {
  full: ["Published, with its text", "published"],
  stub: ["Stub, known from links", "stubs"],
  unpublished: ["Unpublished", "unpublished"],
  unnamed: ["No article links to it", "linked to by none"],
  alone: ["Not linked to any article", "orphans"],
};

/** What a facet is called. @type {Record<string, string>} */
const FACET_NAMES = { topics: "Topic", providers: "Provider", authors: "Author", types: "Type", categories: "Category", status: "Status", communities: "Community" };

/** @param {Atlas} atlas @param {Facet} facet @returns {string} what it is called */
export function facetWords(atlas, facet) {
  return FACET_NAMES[facet] ?? atlas.header.facets.find(({ name }) => ownFacet(name) === facet)?.label ?? facet;
}

/** @param {Atlas} atlas @param {Facet} facet @param {any} key @returns {string} as it is listed */
export function valueWords(atlas, facet, key) {
  if (NODE_FACETS.includes(facet)) return atlas.label(key);
  if (facet === "status") return STATUS[key]?.[0] ?? key;
  if (facet === "communities") return atlas.header.communities[key]?.label ?? `Community ${key + 1}`;
  return facet.startsWith("own.") ? ownValue(atlas.header.facets.find(({ name }) => ownFacet(name) === facet), key) : String(key);
}

/** @param {Atlas} atlas @param {Facet} facet @param {any} key @returns {string} as it is said in a sentence */
export function valueInSentence(atlas, facet, key) {
  const words = facet === "status" ? (STATUS[key]?.[1] ?? key) : valueWords(atlas, facet, key);
  if (!facet.startsWith("own.")) return words;
  const name = facet.slice("own.".length);
  return `${atlas.header.facets.find((own) => own.name === name)?.label ?? name}: ${words}`;
}
