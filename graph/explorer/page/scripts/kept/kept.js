/** Views and notes that readers keep: checked when read from a file, and written into one. `graph/explorer/kept.py` checks the same. */

import { cut } from "../elements/formats.js";

/** @typedef {{format: number, bytes: number, views: number, notes: number, nodes: number, name: number, text: number, iri: number,
 *   address: number}} KeptLimits  the version, the most bytes of a file, entries of each list, and characters of each text */
/** A view with a name: the part of its address after the `#`, and the IRIs of nodes that are too many for an address.
 * @typedef {{name: string, address: string, nodes: string[]}} KeptView */
/** @typedef {{iri: string, text: string}} KeptNote */
/** @typedef {{views: KeptView[], notes: KeptNote[]}} Kept */

const LONE_SURROGATES = /\p{Surrogate}/gu;
/** Neither white space nor characters that are not shown. */
const VISIBLE = /[^\p{C}\p{Z}]/u;
/** The most characters of a file that a message quotes. */
const LONGEST_FAULT = 40;

/** @returns {Kept} */
export function nothingKept() {
  return { views: [], notes: [] };
}

/** @param {string} name @returns {boolean} whether a view with this name could be chosen from a list */
export function isName(name) {
  return VISIBLE.test(name);
}

/**
 * Return a text cut to a length, not within a character.
 * @param {string} text
 * @param {number} most
 * @returns {string}
 */
export function wholeStart(text, most) {
  return text.slice(0, most).replace(LONE_SURROGATES, "");
}

/** @param {number} bytes @param {KeptLimits} limits @returns {string} what is wrong with a file of so many bytes, or "" */
export function sizeFault(bytes, limits) {
  return bytes > limits.bytes ? `The file is larger than ${limits.bytes / 1e6} MB.` : "";
}

/**
 * Return what a file holds, or what is wrong with it, as words for a reader.
 * @param {string} text
 * @param {KeptLimits} limits
 * @returns {{kept: Kept, fault: string}}
 */
export function readKept(text, limits) {
  const failed = (/** @type {string} */ fault) => ({ kept: nothingKept(), fault });
  const tooLarge = sizeFault(new Blob([text]).size, limits);
  if (tooLarge) return failed(tooLarge);
  /** @type {unknown} */
  let told;
  try {
    told = JSON.parse(text);
  } catch {
    return failed("The file is not JSON.");
  }
  const fault = faultIn(told, limits);
  if (fault) return failed(`This is not a file of views: ${fault}.`);
  const { views = [], notes = [] } = /** @type {{views?: Partial<KeptView>[], notes?: KeptNote[]}} */ (told);
  return {
    kept: {
      views: views.map(({ name = "", address = "", nodes = [] }) => ({
        name: wholeStart(name, limits.name),
        address: wholeStart(address, limits.address),
        nodes: nodes.map((node) => wholeStart(node, limits.iri)),
      })),
      notes: notes.map(({ iri, text: words }) => ({ iri: wholeStart(iri, limits.iri), text: wholeStart(words, limits.text) })),
    },
    fault: "",
  };
}

/** @param {unknown} told @param {KeptLimits} limits @returns {string} what is wrong, or "" */
function faultIn(told, limits) {
  const fields = /** @type {const} */ ({ article_graph_views: true, views: true, notes: true });
  const unfit = objectFault(told, "it", fields);
  if (unfit) return unfit;
  const { article_graph_views: format = limits.format, views = [], notes = [] } = /** @type {Record<string, unknown>} */ (told);
  if (format !== limits.format) return `it has version ${cut(JSON.stringify(format), LONGEST_FAULT)}, but this page reads ${limits.format}`;
  const isText = (/** @type {unknown} */ text, /** @type {number} */ most, least = 1) =>
    typeof text === "string" && text.length <= most && wholeStart(text, most).length >= least;
  return (
    listFault(views, "views", limits.views, (view, where) => {
      const { name, address = "", nodes = [] } = /** @type {Record<string, unknown>} */ (view ?? {});
      const odd = objectFault(view, where, { name: true, address: true, nodes: true });
      if (odd) return odd;
      if (!isText(name, limits.name) || !isName(String(name))) return `${where} has no name of at most ${limits.name} characters`;
      if (!isText(address, limits.address, 0)) return `${where} has an address that is not a text of at most ${limits.address} characters`;
      return listFault(nodes, `the nodes of ${where}`, limits.nodes, (node, at) => (isText(node, limits.iri) ? "" : `${at} is not an IRI`));
    }) ||
    listFault(notes, "notes", limits.notes, (note, where) => {
      const { iri, text } = /** @type {Record<string, unknown>} */ (note ?? {});
      const odd = objectFault(note, where, { iri: true, text: true });
      if (odd) return odd;
      if (!isText(iri, limits.iri)) return `${where} has no IRI`;
      return isText(text, limits.text) ? "" : `${where} has no text of at most ${limits.text} characters`;
    })
  );
}

/** @param {unknown} told @param {string} where @param {Record<string, true>} fields  that it may have @returns {string} */
function objectFault(told, where, fields) {
  if (typeof told !== "object" || told === null || Array.isArray(told)) return `${where} is not an object`;
  const odd = Object.keys(told).find((name) => !Object.hasOwn(fields, name));
  return odd === undefined ? "" : `${where} has an unknown field “${cut(odd, LONGEST_FAULT)}”`;
}

/**
 * @param {unknown} list
 * @param {string} where
 * @param {number} most
 * @param {(entry: unknown, where: string) => string} fault  what is wrong with an entry
 * @returns {string}
 */
function listFault(list, where, most, fault) {
  if (!Array.isArray(list)) return `${where} is not a list`;
  if (list.length > most) return `${where} has more than ${most} entries`;
  for (const [at, entry] of list.entries()) {
    const found = fault(entry, `${where}[${at}]`);
    if (found) return found;
  }
  return "";
}

/** @param {Kept} kept @param {KeptLimits} limits @returns {string} the file */
export function writeKept({ views, notes }, limits) {
  const told = views.map(({ name, address, nodes }) => (nodes.length ? { name, address, nodes } : { name, address }));
  return `${JSON.stringify({ article_graph_views: limits.format, views: told, notes }, null, 2)}\n`;
}

/**
 * Return what is kept after more was added: of views with the same name, and of notes about the same node, the added one.
 * @param {Kept} kept
 * @param {Kept} added
 * @param {KeptLimits} limits
 * @returns {Kept}
 */
export function withKept(kept, added, limits) {
  const views = new Map([...kept.views, ...added.views].map((view) => [view.name, view]));
  const notes = new Map([...kept.notes, ...added.notes].map((note) => [note.iri, note]));
  return { views: [...views.values()].slice(-limits.views), notes: [...notes.values()].slice(-limits.notes) };
}
