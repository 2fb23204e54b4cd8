/** What an address calls things, and what it may name. */

import { NUMBERS, SIZES } from "../filters/colouring.js";
import { KINDS } from "../elements/formats.js";

/** @import {Facet} from "../filters/choice.js" */
/** @import {Explorer} from "./explorer.js" */
/** @import {Names} from "./state.js" */

/** @param {Explorer} explorer @returns {Names} */
export function namesOf(explorer) {
  const { atlas, filters } = explorer;
  const { base, communities, relations, tables } = atlas.header;
  const facetCalled = (/** @type {string} */ name) => filters.of(/** @type {Facet} */ (name));
  /** What may be named in the parts that are no facets. @type {Record<string, (value: string) => boolean>} */
  const others = {
    kinds: (value) => KINDS.some((kind) => kind === value),
    off: (value) => relations.includes(value),
    colour: (value) => Object.hasOwn(NUMBERS, value) || facetCalled(value) !== undefined,
    size: (value) => SIZES.includes(value),
    lanes: (value) => facetCalled(value) !== undefined,
  };
  return {
    iri: (node) => atlas.iri(node),
    node: (iri) => explorer.nodeOf(iri),
    community: (one) => communities[one]?.key ?? "",
    communityOf: (key) => communities.findIndex((one) => one.key === key),
    base,
    deepest: tables.deepest_focus,
    knows: (where, value) => (Object.hasOwn(others, where) ? others[where](value) : (facetCalled(where)?.placeOf(value) ?? -1) >= 0),
  };
}
