/** What the reader has chosen to see: in each facet the wanted and the excluded values, dates, quality, words. */

/** The facets that every site has, in the order of a sentence. */
export const FACETS = /** @type {const} */ (["topics", "providers", "authors", "types", "categories", "status", "communities"]);
/** Those whose values are nodes. @type {string[]} */
export const NODE_FACETS = ["topics", "providers", "authors"];
/** A facet of the site's own. @typedef {`own.${string}`} Own */
/** @typedef {typeof FACETS[number]|Own} Facet */
/** What is excluded in a facet. @typedef {`not.${string}`} Barred */
/** Of a facet's wanted values any one suffices, unless the facet is in `every`; an empty list wants all.
 * @typedef {object} Settled
 * @property {string[]} kinds
 * @property {number[]} topics  nodes; a topic includes all narrower ones
 * @property {number[]} providers  nodes
 * @property {number[]} authors  nodes
 * @property {string[]} types
 * @property {string[]} categories
 * @property {string[]} status  of STATUSES
 * @property {number[]} communities
 * @property {string[]} every  facets of which all wanted values are needed together
 * @property {number|null} from  first day
 * @property {number|null} to  last day
 * @property {number|null} low  lowest quality
 * @property {number|null} high  highest quality
 * @property {string} words  that names must have
 * @property {number[]} picked  nodes selected on the map
 */
/** @typedef {Settled & Record<Own, string[]> & Record<Barred, any[]>} Choice */

/** What an article can be: published with its text, known only from links, not published, pointed to by no other, and in
 * addition pointing to none. */
export const STATUSES = /** @type {const} */ (["full", "stub", "unpublished", "unnamed", "alone"]);

/** @returns {Choice} the choice of everything */
export function noChoice() {
  const lists = { kinds: [], topics: [], providers: [], authors: [], types: [], categories: [], status: [], communities: [], every: [], picked: [] };
  return { ...lists, from: null, to: null, low: null, high: null, words: "" };
}

/** @param {Choice} choice @returns {boolean} whether anything is chosen */
export function isChosen(choice) {
  return Object.entries(choice).some(([name, value]) => name !== "every" && (Array.isArray(value) ? value.length > 0 : value !== null && value !== ""));
}

/** @param {string} name @returns {Own} the facet of a relation or literal of the site's own */
export function ownFacet(name) {
  return `own.${name}`;
}

/** @param {Facet} facet @returns {Barred} the name of what is barred in a facet */
export function barredIn(facet) {
  return `not.${facet}`;
}

/** @param {Choice} choice @returns {Facet[]} the facets in which something is wanted or barred, in the order of a sentence */
export function facetsIn(choice) {
  const own = Object.keys(choice).map((name) => name.replace(/^not\./, "")).filter((name) => name.startsWith("own."));
  const all = /** @type {Facet[]} */ ([...FACETS, ...new Set(own)]);
  return all.filter((facet) => wantedIn(choice, facet).length > 0 || barred(choice, facet).length > 0);
}

/** @param {Choice} choice @param {Facet} facet @returns {any[]} */
export function wantedIn(choice, facet) {
  return choice[facet] ?? [];
}

/** @param {Choice} choice @param {Facet} facet @returns {any[]} */
export function barred(choice, facet) {
  return choice[barredIn(facet)] ?? [];
}

/**
 * The part of a choice after a value was wanted, barred, or neither.
 * @param {Choice} choice
 * @param {Facet} facet
 * @param {any} value
 * @param {"wanted"|"barred"|"neither"} how
 * @param {boolean} [joint]  whether all of its wanted values are needed, unless the reader says otherwise
 * @returns {Partial<Choice>}
 */
export function withValue(choice, facet, value, how, joint = false) {
  const without = (/** @type {any[]} */ values) => values.filter((one) => one !== value);
  const wanted = without(wantedIn(choice, facet));
  const out = without(barred(choice, facet));
  if (how === "wanted") wanted.push(value);
  if (how === "barred") out.push(value);
  const isFirst = how === "wanted" && wanted.length === 1;
  const others = choice.every.filter((one) => one !== facet);
  const every = isFirst ? [...others, ...(joint ? [facet] : [])] : wanted.length ? choice.every : others;
  return /** @type {Partial<Choice>} */ ({ [facet]: wanted, [barredIn(facet)]: out, every });
}

/** The part of a choice after a facet was switched between any and all of its wanted values. @param {Choice} choice @param {Facet} facet @returns {Partial<Choice>} */
export function withOther(choice, facet) {
  const { every } = choice;
  return { every: every.includes(facet) ? every.filter((one) => one !== facet) : [...every, facet] };
}
