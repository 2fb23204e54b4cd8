/** Promises of kept.js and keeping.js: a file read back is what was written, anything else is refused in words, and a browser that keeps nothing does no harm. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { readKept, withKept, writeKept } from "../../graph/explorer/page/scripts/kept/kept.js";
import { Keeping } from "../../graph/explorer/page/scripts/kept/keeping.js";
import { TABLES } from "./fixture.js";

const LIMITS = TABLES.kept;
const KEPT = {
  views: [
    { name: "One <b>", address: "view=network&words=a", nodes: [] },
    { name: "Two", address: "", nodes: ["https://a.example/1", "urn:x"] },
  ],
  notes: [{ iri: "urn:x", text: "To read.\n\"Soon\"" }],
};

test("what is written is read back the same", () => {
  assert.deepEqual(readKept(writeKept(KEPT, LIMITS), LIMITS), { kept: KEPT, fault: "" });
  assert.deepEqual(readKept("{}", LIMITS).kept, { views: [], notes: [] });
});

test("a text is not cut within a character, and a file has no halves of one", () => {
  const keeping = new Keeping(LIMITS, "key", () => {
    throw new Error("no storage");
  });
  keeping.note("urn:x", `${"a".repeat(LIMITS.text - 1)}🌱`);
  assert.equal(keeping.noteOf("urn:x"), "a".repeat(LIMITS.text - 1));
  assert.deepEqual(readKept('{"notes": [{"iri": "urn:x", "text": "a\\ud83db"}]}', LIMITS).kept.notes, [{ iri: "urn:x", text: "ab" }]);
});

test("any other file is refused, and it is said why", () => {
  /** @type {[unknown, RegExp][]} */
  const odd = [
    [[], /not an object/],
    [{ views: 1 }, /views is not a list/],
    [{ article_graph_views: 2 }, /version 2/],
    [{ article_graph_views: "2".repeat(500) }, /version "2{38}…, but/],
    [{ extra: 1 }, /unknown field “extra”/],
    [{ views: [null] }, /views\[0\] is not an object/],
    [{ views: [{ address: "" }] }, /views\[0\] has no name/],
    [{ views: [{ name: "x".repeat(21) }] }, /at most 20/],
    [{ views: [{ name: "\u0001 \u200b" }] }, /views\[0\] has no name/],
    [{ notes: [{ iri: "x", text: "\ud83d" }] }, /notes\[0\] has no text/],
    [{ views: [{ name: "x", address: 5 }] }, /address/],
    [{ views: [{ name: "x", nodes: ["a", 5] }] }, /views\[0\]\[1\] is not an IRI/],
    [{ views: [{ name: "x", __proto__x: 1 }] }, /unknown field/],
    [{ views: Array.from({ length: 6 }, () => ({ name: "x" })) }, /more than 5/],
    [{ notes: [{ iri: "x", text: "" }] }, /notes\[0\] has no text/],
    [{ notes: ["x"] }, /notes\[0\] is not an object/],
  ];
  for (const [told, words] of odd) assert.match(readKept(JSON.stringify(told), LIMITS).fault, words);
  assert.match(readKept("{", LIMITS).fault, /not JSON/);
  assert.match(readKept(" ".repeat(20001), LIMITS).fault, /larger than 0.02 MB/);
});

test("what is added replaces what has the same name or node, and the newest stay", () => {
  const added = { views: [{ name: "Two", address: "x", nodes: [] }], notes: [{ iri: "urn:x", text: "Read." }] };
  const both = withKept(KEPT, added, LIMITS);
  assert.deepEqual(both.views.map(({ name, address }) => [name, address]), [["One <b>", "view=network&words=a"], ["Two", "x"]]);
  assert.deepEqual(both.notes, added.notes);
  const many = { views: Array.from({ length: 5 }, (_, n) => ({ name: `v${n}`, address: "", nodes: [] })), notes: [] };
  assert.deepEqual(withKept(KEPT, many, LIMITS).views.map(({ name }) => name), ["v0", "v1", "v2", "v3", "v4"]);
});

test("views and notes last beyond the page where the browser lets them, and else as long as the page", () => {
  /** @type {Map<string, string>} */
  const held = new Map();
  const storage = /** @type {Storage} */ (/** @type {unknown} */ ({
    getItem: (/** @type {string} */ key) => held.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ text) => held.set(key, text),
    removeItem: (/** @type {string} */ key) => held.delete(key),
  }));
  const keeping = new Keeping(LIMITS, "k", () => storage);
  keeping.note("urn:y", "Mine");
  keeping.keepView(KEPT.views[1]);
  const again = new Keeping(LIMITS, "k", () => storage);
  assert.deepEqual([again.noteOf("urn:y"), again.kept.views, again.isLasting], ["Mine", [KEPT.views[1]], true]);
  again.note("urn:y", " ");
  again.dropView("Two");
  assert.equal(held.size, 0);
  held.set("k", "damaged");
  assert.deepEqual(new Keeping(LIMITS, "k", () => storage).kept, { views: [], notes: [] });
  const refusing = new Keeping(LIMITS, "k", () => {
    throw new Error("no storage");
  });
  refusing.note("urn:y", "Mine");
  assert.deepEqual([refusing.noteOf("urn:y"), refusing.isLasting], ["Mine", false]);
});

test("what could not be read again is not kept, and what is kept stays", () => {
  /** @type {Map<string, string>} */
  const held = new Map();
  const storage = /** @type {Storage} */ (/** @type {unknown} */ ({
    getItem: (/** @type {string} */ key) => held.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ text) => held.set(key, text),
  }));
  const keeping = new Keeping(LIMITS, "k", () => storage);
  const again = () => new Keeping(LIMITS, "k", () => storage).kept;
  assert.equal(keeping.keepView(KEPT.views[0]), true);
  const iris = Array.from({ length: LIMITS.nodes + 1 }, (_, n) => `urn:${n}`);
  assert.equal(keeping.keepView({ name: "Many nodes", address: "", nodes: iris }), false);
  assert.equal(keeping.keepView({ name: "Long", address: "a".repeat(LIMITS.bytes), nodes: [] }), false);
  assert.deepEqual([keeping.kept.views, again().views], [[KEPT.views[0]], [KEPT.views[0]]]);
  for (let n = 0; n <= LIMITS.notes; n += 1) assert.equal(keeping.note(`urn:${n}`, "x"), true);
  assert.deepEqual([again().notes.length, again().views], [LIMITS.notes, [KEPT.views[0]]]);
});
