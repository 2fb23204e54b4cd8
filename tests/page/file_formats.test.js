/** Promises of file_formats.js and sparql.js: no cell is a formula, and no text leaves its place. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Atlas } from "../../graph/explorer/page/scripts/data/atlas.js";
import { decode } from "../../graph/explorer/page/scripts/data/payload.js";
import { queryFor, safeIri } from "../../graph/explorer/page/scripts/data/sparql.js";
import { toCell, toCsv, toGraphml, toTurtle } from "../../graph/explorer/page/scripts/data/file_formats.js";
import { invent } from "./fixture.js";

const HOSTILE = ["=1+1", "+1", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", '"quoted", and; more', "</data>&lt;", 'end" . <x>', "a\\", "\ud800 half", "nul \u0000", "line\nend"];

const invented = invent(40);
const atlas = new Atlas(decode(invented.map));
atlas.addText({ ...invented.text, label: invented.text.label.map((title, n) => HOSTILE[n] ?? title), excerpt: HOSTILE });
const everything = Array.from({ length: atlas.count }, (_, n) => n);

test("no cell begins a formula, and numbers stay numbers", () => {
  for (const text of HOSTILE) assert.doesNotMatch(toCell(text).replace(/^"/, ""), /^\s*[=+@\t]|^-(?!\d+$)/);
  assert.equal(toCell("-5"), "-5");
  assert.equal(toCell('a"b,c'), '"a""b,c"');
});

test("a table has a row for each node and as many cells in each", () => {
  const rows = toCsv(atlas, everything).slice(1).trimEnd().split("\r\n");
  assert.equal(rows.length, atlas.count + 1);
});

test("hostile text is escaped in GraphML and Turtle", () => {
  const graphml = toGraphml(atlas, everything);
  assert.ok(graphml.includes("&lt;/data&gt;&amp;lt;"));
  assert.ok(!graphml.includes("\u0000"));
  assert.ok(!/\p{Surrogate}/u.test(graphml));
  const turtle = toTurtle(atlas, everything);
  assert.ok(turtle.includes('"end\\" . <x>"'));
  assert.ok(turtle.includes('"a\\\\"'));
  assert.ok(!/\p{Surrogate}/u.test(turtle));
});

test("an IRI cannot end its place in a query", () => {
  const iri = 'https://a.example/> } ; DROP ALL # "\\^`{|}';
  assert.match(safeIri(iri), /^[^\s<>"{}|\\^`]*$/);
  for (const kind of /** @type {const} */ (["article", "topic", "provider", "person"])) {
    assert.equal(queryFor(atlas.header.tables.prefixes, kind, iri).split(/<[^>]*>/).join("").includes("DROP"), false);
  }
});

test("a day alone is the midnight that begins it, so that all times compare, and every article has its day", () => {
  atlas.addText({ ...invented.text, facts: { 0: { published_at: "2023-05-23" }, 1: { published_at: "2023-05-23T06:51:00Z", modified_at: "2023-06-01" } } });
  const [day, time] = [toTurtle(atlas, [0]), toTurtle(atlas, [1])];
  assert.ok(day.includes('schema:datePublished "2023-05-23T00:00:00Z"^^xsd:dateTime ;'));
  assert.ok(time.includes('schema:datePublished "2023-05-23T06:51:00Z"^^xsd:dateTime ;'));
  assert.ok(time.includes('schema:dateModified "2023-06-01T00:00:00Z"^^xsd:dateTime ;'));
  for (const turtle of [day, time]) assert.ok(turtle.includes('ag:publishedOn "2023-05-23"^^xsd:date ;'));
  assert.equal(toGraphml(atlas, [0]).split(">2023-05-23<").length, 2);
});

test("news are articles too, and every node has a label", () => {
  const news = everything.findIndex((node) => atlas.type(node) === "article");
  const video = everything.findIndex((node) => atlas.type(node) === "video");
  for (const node of [news, video]) atlas.columns.category[node] = 1;
  assert.ok(toTurtle(atlas, [news]).includes("a schema:CreativeWork, schema:Article, schema:NewsArticle ;"));
  assert.ok(toTurtle(atlas, [video]).includes("a schema:CreativeWork, schema:VideoObject ;"));
  assert.equal(toTurtle(atlas, everything).split(" rdfs:label ").length, everything.length + 1);
});

test("links and what a provider is part of are saved by their names", () => {
  const provider = atlas.header.kinds.provider[0];
  atlas.addRows(0, new Map([["links", { out: Uint32Array.of(1, provider), into: null }]]));
  atlas.addRows(provider, new Map([["parent", { out: Uint32Array.of(provider + 1), into: null }]]));
  const nodes = [0, 1, provider, provider + 1];
  const name = (/** @type {number} */ node) => `<${safeIri(atlas.iri(node))}>`;
  const turtle = toTurtle(atlas, nodes);
  assert.ok(turtle.includes(`dcterms:references ${name(1)}, ${name(provider)} .`) || turtle.includes(`dcterms:references ${name(1)}, ${name(provider)} ;`));
  assert.ok(turtle.includes(`schema:parentOrganization ${name(provider + 1)} .`));
  const graphml = toGraphml(atlas, nodes);
  for (const relation of ["links", "parent"]) assert.ok(graphml.includes(`<data key="relation">${relation}</data>`));
});
