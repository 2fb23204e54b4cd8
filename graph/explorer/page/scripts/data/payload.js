/** The first payload of the page: a header and columns of numbers, read without copying where possible. */

/** @typedef {"f32"|"i32"|"u32"|"u16"|"u8"} ColumnType */
/** @typedef {{type: ColumnType, offset: number, length: number, delta?: boolean}} ColumnPlace */
/** @typedef {Float32Array|Int32Array|Uint32Array|Uint16Array|Uint8Array} Column */
/** @typedef {"article"|"topic"|"provider"|"person"} Kind */
/** @typedef {"topics"|"network"|"timeline"} View */
/** @typedef {"stub"|"unpublished"|"inferred"|"no_page"|"unnamed"|"alone"} Flag */
/** @typedef {[number, number, number, number]} Bounds left, top, right, bottom in world units */

/** @typedef {{x: number, y: number, r: number}} Circle  in world units */
/** Its topic (-1 if none), whether it is a folder or a community instead, its articles from `first` up to `end`, its depth (0 at the top), the island it lies in (-1 if none), and how
 * many of its articles are there by a guess.
 * @typedef {Circle & {label: string, topic: number, group?: boolean, first: number, end: number, depth: number, parent: number, inferred: number}} Island */
/** A part of a community. @typedef {Circle & {label: string, size: number}} CommunityPart */
/** With its most central articles, and a digest that names it in addresses. @typedef {Circle & {key: string, label: string, size: number, nodes: number[], parts?: CommunityPart[]}} Community */
/** A story with a name, and its circle in the views in which most of it stands together. @typedef {{label: string, size: number, topics?: Circle, network?: Circle}} NamedStory */
/** @typedef {{label: string, topic: number, y: number, height: number, count: number}} Lane */
/**
 * @typedef {object} Insights
 * @property {[number, number, number][]} central  article, score, articles that lead to it
 * @property {[number, number, number, number][]} rising  topic, recent share, earlier share, count
 * @property {[number, number][]} communities  community, size
 * @property {[number, number, number][]} bridges  article, its parts of the ties between communities, articles that lead to it
 */
/** @typedef {{most: number, deepest: number, squares: Record<View, [number, number, number]>}} Tiling  articles in a tile; the
 *   last level; left, top and side of the square that is cut */
/** A relation or literal of the site's own: what its values are called, the commonest first, and what names them in an address
 * where that is something else.
 * @typedef {{name: string, label: string, values: string[], keys?: string[]}} OwnFacet */
/** How a search by name ranks: `graph/search/ranking.py` says what each number means.
 * @typedef {{shown: number, most_words: number, longest: number, whole: number, last: number, beginning: number, more_typed: number,
 *   slips: number[], shortest: number, guessed: number, guessed_beginning: number, slip: number, rarity: number, length: number,
 *   per_doubling: number, most_connected: number, not_article: number, stub: number, kinds: Kind[]}} Ranking */
/**
 * @typedef {object} Tables
 * @property {Record<string, string>} prefixes  of RDF
 * @property {{name: string, term: string, outward: string, inward: string, forward: string, backward: string}[]} relations  in the
 *   order of a card: the term in RDF, the headings of what it leads to and comes from, and the verbs from either end
 * @property {string[]} ways  relations in the order in which they say how two nodes are connected
 * @property {{fewest: number, share: number}} hub  a node with more relations than `fewest`, and than all nodes divided by `share`
 * @property {Ranking} search
 * @property {Record<Kind, [string, string[], import("./values.js").Form][]>} fields  names in the network and in RDF, and forms
 * @property {Record<Kind, [string, string, import("./values.js").Form][]>} facts  names in the network, labels and forms, in the order of a card
 * @property {Record<Kind, string[]>} classes  of each kind in RDF
 * @property {Record<string, string>} types  the class of an article by its type
 * @property {Record<Flag, number>} flags  the bits of the column of flags
 * @property {{lately: number, fewest: number, significant: number, most: number, background: number, fewest_for_background: number}} rising
 *   which topics rise: the share of recent articles, the fewest of them with the topic, the least evidence, the most topics; and
 *   from which share on a topic says nothing, with the fewest articles for that
 * @property {{fewest: number, in_period: number, parts: [number, number], enough: number, chance: number}} trends  as
 *   `graph/structure/trends.py` says; `chance`: up to which p-value chance does not explain a change
 * @property {string[]} pointing  relations by which articles point to others
 * @property {{most: number, other: string, width: number, full: number, steep: number, columns: [number, number, number, number]}} timeline  the most lanes; what the last of
 *   them is called if it is for several values; how much wider than high it is; how
 *   many dots fit into every column, and into a fuller one as a factor of the square root of the dots in its lane; the fewest and
 *   most columns, and of the latter so many for each day and some more
 * @property {number} nothing  what means "unknown" in columns of whole numbers
 * @property {import("../kept/kept.js").KeptLimits} kept
 * @property {number} most_ways  the most paths between two nodes that are compared
 * @property {number} most_iris  the most names of nodes that a server is asked for at once
 * @property {number} longest_way  the most steps that each of these has
 * @property {number} deepest_focus  the most steps around a node that are in focus
 */
/**
 * @typedef {object} Header
 * @property {number} format
 * @property {string} title
 * @property {string} base
 * @property {{articles: number, topics: number, providers: number, people: number, relations: number, stubs: number,
 *   unpublished: number}} counts
 * @property {{articles: number, topics: number, providers: number, people: number}} shown  how many of them the page holds
 * @property {Record<Kind, [number, number]>} kinds  half-open ranges of node numbers
 * @property {string[]} labels  of all topics, providers and people
 * @property {string[]} iris  likewise
 * @property {Island[]} islands
 * @property {Community[]} communities
 * @property {NamedStory[]} stories  the largest first
 * @property {Bounds} [whole_network]  where all communities are, where only the largest of them are told
 * @property {Lane[]} lanes
 * @property {{first: number|null, last: number|null, scale: number}} time  days since 1970; world units a day
 * @property {Record<View, Bounds>} bounds
 * @property {string[]} types
 * @property {string[]} categories
 * @property {Insights} insights
 * @property {string[]} relations
 * @property {Tables} tables  what Python and the page share
 * @property {{summary: string, selected: number, steps: number, beyond: number[]}} [part]  where the page shows a part of a graph: how
 *   much of what, the node that is selected first or -1, how many steps around it are shown, and for each node its relations to others that are not shown
 * @property {{relations: {name: string, term: string, label: string, inverse: string}[], literals: {name: string, term: string,
 *   label: string, form: string}[]}} own  what the site adds to the vocabulary
 * @property {OwnFacet[]} facets  which of it articles can be filtered by
 * @property {import("../kept/kept.js").Kept} [kept]  views and notes that the site shows all readers
 * @property {number} grain  the radius of a usual article, in world units
 * @property {Tiling} [tiles]  where the page is fed: how the map is cut
 * @property {Record<string, number>} [firsts]  where the page is fed: the first node that has a row, by relation
 * @property {Record<string, ColumnPlace>} columns
 */
/** @typedef {{header: Header, columns: Record<string, Column>}} MapPayload */

/** What holds a column of each type. */
export const ARRAYS = { f32: Float32Array, i32: Int32Array, u32: Uint32Array, u16: Uint16Array, u8: Uint8Array };

/**
 * The header and the columns in `bytes`; columns of differences are summed.
 * @param {Uint8Array} bytes
 * @returns {MapPayload}
 */
export function decode(bytes) {
  const whole = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const buffer = /** @type {ArrayBuffer} */ (whole.buffer);
  const start = 4 + new DataView(buffer, whole.byteOffset, 4).getUint32(0, true);
  const header = /** @type {Header} */ (JSON.parse(new TextDecoder().decode(whole.subarray(4, start))));
  /** @type {Record<string, Column>} */
  const columns = {};
  for (const [name, place] of Object.entries(header.columns)) {
    const column = new ARRAYS[place.type](buffer, whole.byteOffset + start + place.offset, place.length);
    columns[name] = place.delta ? summed(column) : column;
  }
  return { header, columns };
}

/** @param {Column} column of differences; a running sum takes its place */
function summed(column) {
  for (let at = 1; at < column.length; at += 1) column[at] += column[at - 1];
  return column;
}
