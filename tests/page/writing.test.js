/** Promises of writing.js and sparql.js: no cell is a formula, and no text leaves its place. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { createAtlas } from "../../graph/explorer/page/scripts/atlas.js";
import { decode } from "../../graph/explorer/page/scripts/payload.js";
import { queryFor, safeIri } from "../../graph/explorer/page/scripts/sparql.js";
import { toCell, toCsv, toGraphml, toTurtle } from "../../graph/explorer/page/scripts/writing.js";
import { invent } from "./fixture.js";

const HOSTILE = ["=1+1", "+1", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", '"quoted", and; more', "</data>&lt;", 'end" . <x>', "a\\", "\ud800 half", "nul \u0000", "line\nend"];

const invented = invent(40);
const atlas = createAtlas(decode(invented.map));
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
    assert.equal(queryFor(kind, iri).split(/<[^>]*>/).join("").includes("DROP"), false);
  }
});
