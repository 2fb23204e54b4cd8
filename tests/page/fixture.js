/** An invented atlas of any size, as the bytes that a page carries. The same size gives the same bytes. */

/** @import {Header, ColumnPlace, ColumnType, Column} from "../../graph/explorer/page/scripts/data/payload.js" */
/** @import {TextPayload} from "../../graph/explorer/page/scripts/data/atlas.js" */
/** @typedef {{type: ColumnType, values: number[]|Column, delta?: boolean}} Given */

const SIZES = { f32: 4, i32: 4, u32: 4, u16: 2, u8: 1 };
const ARRAYS = { f32: Float32Array, i32: Int32Array, u32: Uint32Array, u16: Uint16Array, u8: Uint8Array };
const GOLDEN = Math.PI * (3 - Math.sqrt(5));
const WORDS = "cloud data city water paper garden music border winter model bridge letter island engine forest".split(" ");
const RELATIONS = "publisher about related links part author mentions broader affiliation expertise parent editor".split(" ");
const TERMS = /** @type {Record<string, string>} */ ({ links: "dcterms:references", parent: "schema:parentOrganization", editor: "<x:editor>" });
/** As `graph/explorer/tables.py` makes them, with few fields. @type {Header["tables"]} */
export const TABLES = {
  prefixes: { schema: "https://schema.org/", dcterms: "http://purl.org/dc/terms/" },
  relations: RELATIONS.map((name) => ({
    name, term: TERMS[name] ?? `schema:${name}`, outward: name, inward: `${name} of`, forward: `leads by ${name} to`, backward: `is led to by ${name} from`,
  })),
  ways: RELATIONS,
  hub: { fewest: 60, share: 50 },
  trends: { fewest: 5, in_period: 20, parts: [5, 24], enough: 8, chance: 0.05 },
  timeline: { most: 12, other: "Other", width: 1.9, full: 24, steep: 3, columns: [16, 40000, 4, 64] },
  search: {
    shown: 12, most_words: 12, longest: 300, whole: 1, last: 0.7, beginning: 0.55, more_typed: 0.2, slips: [4, 8], shortest: 3, guessed: 0.5,
    guessed_beginning: 0.35, slip: 0.12, rarity: 0.3, length: 0.06, per_doubling: 0.1, most_connected: 1.5, not_article: 0.6, stub: -0.3,
    kinds: ["article", "provider", "topic", "person"],
  },
  fields: {
    article: [
      ["label", ["schema:headline", "schema:name", "rdfs:label"], "text"],
      ["excerpt", ["schema:abstract"], "text"],
      ["type", ["ag:type"], "text"],
      ["category", ["schema:genre"], "text"],
      ["url", ["schema:url"], "iri"],
      ["published_at", ["schema:datePublished"], "time"],
      ["published_at", ["ag:publishedOn"], "day"],
      ["modified_at", ["schema:dateModified"], "time"],
      ["duration", ["schema:timeRequired"], "duration"],
      ["rating_average", ["ag:ratingAverage"], "decimal"],
      ["word_count", ["schema:wordCount"], "integer"],
      ["quality", ["ag:quality"], "integer"],
      ["language", ["schema:inLanguage"], "text"],
      ["image", ["schema:image"], "iri"],
      ["stub", ["ag:stub"], "flag"],
    ],
    provider: [["label", ["schema:name", "rdfs:label"], "text"]],
    topic: [["label", ["skos:prefLabel", "rdfs:label"], "text"]],
    person: [["label", ["schema:name", "rdfs:label"], "text"]],
  },
  facts: { article: [["modified_at", "Changed", "time"], ["duration", "Length", "duration"]], provider: [], topic: [], person: [] },
  classes: { article: ["schema:CreativeWork"], provider: ["schema:Organization"], topic: ["skos:Concept"], person: ["schema:Person"] },
  types: { video: "schema:VideoObject" },
  flags: { stub: 1, unpublished: 2, inferred: 4, no_page: 16, unnamed: 32, alone: 64 },
  pointing: ["related", "links"],
  rising: { lately: 0.25, fewest: 3, significant: 6.635, most: 12, background: 0.6, fewest_for_background: 20 },
  nothing: -2147483648,
  deepest_focus: 3,
  most_ways: 3,
  most_iris: 100,
  longest_way: 100,
  kept: { format: 1, bytes: 20000, views: 5, notes: 5, nodes: 9, name: 20, text: 100, iri: 200, address: 500 },
};

/**
 * The bytes of a payload: length, header, columns.
 * @param {Omit<Header, "columns">} header
 * @param {Record<string, Given>} columns
 * @returns {Uint8Array}
 */
export function encode(header, columns) {
  /** @type {Record<string, ColumnPlace>} */
  const places = {};
  let end = 0;
  for (const [name, { type, values, delta }] of Object.entries(columns)) {
    places[name] = { type, offset: end, length: values.length, ...(delta ? { delta } : {}) };
    end += Math.ceil((values.length * SIZES[type]) / 8) * 8;
  }
  let text = new TextEncoder().encode(JSON.stringify({ ...header, columns: places }));
  const padded = new Uint8Array(Math.ceil((4 + text.length) / 8) * 8 - 4).fill(32);
  padded.set(text);
  text = padded;
  const bytes = new Uint8Array(4 + text.length + end);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  for (const [name, { type, values, delta }] of Object.entries(columns)) {
    const array = new ARRAYS[type](delta ? differences(values) : values);
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), 4 + text.length + places[name].offset);
  }
  return bytes;
}

/** @param {number[]|Column} values @returns {number[]} */
function differences(values) {
  return Array.from(values, (value, at) => (at ? value - values[at - 1] : value));
}

/**
 * A generator of numbers from 0 to 1, the same each time.
 * @param {number} seed
 */
export function dice(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * An atlas with `articles` articles on about `islands` islands.
 * @param {number} articles
 * @param {number} [islands]
 * @returns {{map: Uint8Array, text: TextPayload}}
 */
export function invent(articles, islands = Math.max(1, Math.round(Math.sqrt(articles) / 2))) {
  const throwDice = dice(articles + 7);
  const words = (/** @type {number} */ n) =>
    Array.from({ length: n }, () => WORDS[Math.floor(throwDice() * WORDS.length)]).join(" ");
  const providers = Math.min(40, Math.ceil(articles / 8));
  const topics = islands;
  const count = articles + topics + providers + 1;
  const places = place(articles, islands, throwDice);
  const about = places.island.map((island) => [articles + island]);
  const publisher = Array.from({ length: articles }, () => [articles + topics + Math.floor(throwDice() * providers)]);
  const related = Array.from({ length: articles }, (_, n) =>
    [...new Set([n - 1, n + 1, n + 3, Math.floor(throwDice() * articles)])]
      .filter((other) => other >= 0 && other < articles && other !== n)
      .sort((a, b) => a - b),
  );
  const editor = publisher.map((_, n) => (n % 5 ? [] : [(n + 2) % articles, articles + (n % topics), articles + topics]));
  /** @type {Record<string, number[][]>} */
  const links = { publisher, about, related, editor, author: [[count - 1]] };
  const flags = Array.from({ length: count }, (_, n) =>
    n < articles ? [1, 2, 4, 8][Math.floor(throwDice() * 16)] || 0 : 0,
  );
  const labels = [
    ...places.islands.map((_, n) => `${words(2)} ${n}`),
    ...Array.from({ length: providers }, (_, n) => `${words(1)}${n}.example`),
    "Ada Example",
  ];
  const islandList = places.islands.map((circle, n) => ({
    ...circle,
    label: labels[n],
    topic: articles + n,
    depth: 0,
    parent: -1,
    inferred: 0,
  }));
  const ends = [-1, 1].map((sign) => [places.extent * sign, places.extent * sign]);
  const bounds = /** @type {[number, number, number, number]} */ (ends.flat());
  const days = Array.from({ length: articles }, () => 17000 + Math.floor(throwDice() * 3000));
  const header = {
    format: 1,
    title: "An invented atlas",
    base: "https://example.org/",
    counts: {
      articles, topics, providers, people: 1, relations: 0,
      stubs: flags.filter((flag) => flag & 1).length, unpublished: flags.filter((flag) => flag & 2).length,
    },
    shown: { articles, topics, providers, people: 1 },
    kinds: /** @type {Header["kinds"]} */ ({
      article: [0, articles],
      topic: [articles, articles + topics],
      provider: [articles + topics, count - 1],
      person: [count - 1, count],
    }),
    labels,
    iris: labels.map((label) => `https://example.org/${encodeURIComponent(label)}`),
    islands: islandList,
    communities: islandList.map(({ label, x, y, r, first, end }, n) => ({ key: `c${n}`, label, x, y, r, size: end - first, nodes: [first] })),
    lanes: islandList.slice(0, 12).map(({ label, topic, first, end }, n) => ({ label, topic, y: n * 40, height: 36, count: end - first })),
    time: { first: 17000, last: 20000, scale: 0.5 },
    bounds: { topics: bounds, network: bounds, timeline: /** @type {[number, number, number, number]} */ ([0, -20, 1500, 480]) },
    types: ["article", "video"],
    categories: ["news"],
    grain: 1.6,
    insights: { central: [], rising: [], communities: [], bridges: [] },
    stories: [],
    relations: RELATIONS,
    tables: TABLES,
    own: { relations: [{ name: "editor", term: "x:editor", label: "Editor", inverse: "Editor of" }], literals: [] },
    facets: [
      { name: "level", label: "Level", values: ["easy", "hard", "a,b & c"] },
      { name: "place", label: "Place", values: ["Berlin", "Berlin"], keys: ["https://a.example/berlin", "https://b.example/berlin"] },
    ],
  };
  const backbone = related.flatMap((targets, from) => targets.slice(0, 2).map((to) => [from, to]));
  /** @type {Record<string, Given>} */
  const columns = {
    topics_x: { type: "f32", values: places.x },
    topics_y: { type: "f32", values: places.y },
    network_x: { type: "f32", values: places.x.map((x) => -x) },
    network_y: { type: "f32", values: places.y },
    time_x: { type: "f32", values: places.x.map((_, n) => (n < articles ? (days[n] - 17000) * 0.5 : NaN)) },
    time_y: { type: "f32", values: places.x.map((_, n) => (n < articles ? (places.island[n] % 12) * 40 + throwDice() * 24 - 12 : NaN)) },
    size: { type: "f32", values: Array.from({ length: count }, (_, n) => (n < articles ? 1.2 + throwDice() * 0.8 : 4)) },
    story: { type: "i32", delta: true, values: Array.from({ length: articles }, (_, n) => Math.floor(n / 6)) },
    community: { type: "i32", values: Array.from({ length: count }, (_, n) => places.island[n] ?? -1) },
    part: { type: "u16", values: places.island.map((_, n) => 1 + (n % 3)) },
    named: { type: "u16", values: places.island.map(() => 0) },
    island: { type: "i32", values: Array.from({ length: count }, (_, n) => (n < articles ? places.island[n] : n < articles + topics ? n - articles : -1)) },
    type: { type: "u8", values: days.map((day) => 1 + (day % 2)) },
    category: { type: "u8", values: days.map((day) => day % 2) },
    day: { type: "i32", values: days },
    quality: { type: "i32", values: days.map((day) => (day % 3 ? day % 100 : -2147483648)) },
    heat: { type: "i32", values: days.map((day) => day % 50) },
    words: { type: "i32", values: days.map((day) => day % 900) },
    flags: { type: "u8", values: flags },
    backbone_from: { type: "u32", values: backbone.map(([from]) => from) },
    backbone_to: { type: "u32", values: backbone.map(([, to]) => to) },
  };
  for (const name of RELATIONS) {
    const rows = Array.from({ length: count }, (_, n) => links[name]?.[n] ?? []);
    let sum = 0;
    columns[`${name}_start`] = { type: "u32", delta: true, values: [0, ...rows.map((row) => (sum += row.length))] };
    columns[`${name}_to`] = { type: "u32", values: rows.flat() };
  }
  const levels = days.map((day) => [[], [0], [1], [0, 2]][day % 4]);
  const lived = days.map((day) => [[], [0], [1]][day % 3]);
  for (const [name, rows] of Object.entries({ level: levels, place: lived })) {
    let sum = 0;
    columns[`facet.${name}_start`] = { type: "u32", delta: true, values: [0, ...rows.map((row) => (sum += row.length))] };
    columns[`facet.${name}_to`] = { type: "u16", values: rows.flat() };
  }
  const titles = Array.from({ length: articles }, (_, n) => (n % 11 ? `${words(4 + (n % 5))} ${n}` : `مقالة عن ${words(2)} ${n}`));
  const text = {
    label: titles,
    iri: titles.map((_, n) => `https://example.org/article/${n}`),
    url: Array.from({ length: count }, () => null),
    excerpt: Array.from({ length: count }, (_, n) => `Excerpt ${n}`),
    names: {},
    image: Array.from({ length: count }, () => null),
    keywords: {},
    facts: {},
  };
  return { map: encode(header, columns), text };
}

/** @param {number} articles @param {number} islands @param {() => number} throwDice */
function place(articles, islands, throwDice) {
  const shares = Array.from({ length: islands }, (_, n) => (0.2 + throwDice()) / (1 + n * 0.15));
  const whole = shares.reduce((sum, share) => sum + share, 0);
  /** @type {{first: number, end: number, x: number, y: number, r: number}[]} */
  const circles = [];
  const x = [], y = [], island = [];
  let first = 0;
  let reached = 0;
  for (let n = 0; n < islands; n += 1) {
    reached += shares[n];
    const end = n === islands - 1 ? articles : Math.round((reached / whole) * articles);
    const r = 4.2 * Math.sqrt(end - first) + 8;
    const ring = 9 * Math.sqrt(first + (end - first) / 2);
    const circle = { first, end, r, x: ring * Math.cos(n * GOLDEN), y: ring * Math.sin(n * GOLDEN) };
    circles.push(circle);
    for (let at = first; at < end; at += 1) {
      const out = 4.1 * Math.sqrt(at - first + 0.5);
      x.push(circle.x + out * Math.cos(at * GOLDEN));
      y.push(circle.y + out * Math.sin(at * GOLDEN));
      island.push(n);
    }
    first = end;
  }
  for (const circle of circles) {
    x.push(circle.x);
    y.push(circle.y - circle.r);
  }
  const extent = 9 * Math.sqrt(articles) + 60;
  const rest = Math.min(40, Math.ceil(articles / 8)) + 1;
  for (let n = 0; n < rest; n += 1) {
    x.push(extent * 0.9 * Math.cos((n / rest) * 2 * Math.PI));
    y.push(extent * 0.9 * Math.sin((n / rest) * 2 * Math.PI));
  }
  return { x, y, island, islands: circles, extent };
}
