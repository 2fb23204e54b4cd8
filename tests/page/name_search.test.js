/** Promises of spelling.js and name_search.js: accents, case and typing errors are tolerated, the best comes first, and it takes little time. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { countBits, fold, lettersOf, slips, wordsOf } from "../../graph/explorer/page/scripts/search/spelling.js";
import { NameSearch } from "../../graph/explorer/page/scripts/search/name_search.js";
import { dice, TABLES } from "./fixture.js";

/** @param {string[]} names */
function searchOf(names) {
  const search = new NameSearch({
    count: names.length,
    names: (node) => [names[node]],
    address: (node) => `https://example.org/${node}`,
    weight: () => 0,
    kind: () => "article",
    ranking: TABLES.search,
  });
  while (!search.work(1));
  return search;
}

/** The plain way, without bounds, to compare with. @param {string} a @param {string} b */
function allSlips(a, b) {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (__, j) => (i ? (j ? 0 : i) : j)));
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows;
}

test("accents and case do not matter", () => {
  assert.equal(fold("Élan GROß Øre Łódź ﬁn"), "elan gross ore lodz fin");
  assert.deepEqual(wordsOf("C# and C++, .NET — naïve"), ["c#", "and", "c++", "net", "naive"]);
  assert.deepEqual(wordsOf("園藝 garden"), ["園", "藝", "garden"]);
  assert.deepEqual(wordsOf("…!?"), []);
});

test("slips are counted as the plain way counts them, up to the bound, for words and for their beginnings", () => {
  const roll = dice(3);
  const word = () => Array.from({ length: Math.floor(roll() * 8) }, () => "abc"[Math.floor(roll() * 3)]).join("");
  for (let round = 0; round < 3000; round += 1) {
    const [a, b] = [word(), word()];
    const rows = allSlips(a, b);
    for (const most of [0, 1, 2]) {
      assert.equal(slips(a, b, most), Math.min(rows[a.length][b.length], most + 1), `${a} ${b}`);
      assert.equal(slips(a, b, most, true), Math.min(...rows[a.length], most + 1), `${a} begins ${b}`);
    }
    // Each slip adds at most one letter that the other word lacks: what is left out by letters could not have fitted.
    assert.ok(countBits(lettersOf(a) & ~lettersOf(b)) <= rows[a.length][b.length]);
  }
});

test("a typed word finds what begins so, what is spelled nearly so, and nothing else", () => {
  const search = searchOf(["Kubernetes security", "Security in depth", "Gardening", "Kubernetes at home", "Home"]);
  assert.deepEqual(search.find("kubernetes sec").nodes, [0]);
  assert.deepEqual(search.find("KUBERNTES").nodes.sort(), [0, 3]);
  assert.equal(search.find("kuberntes").guessed, true);
  assert.deepEqual(search.find("gradening").nodes, [2]);
  assert.deepEqual(search.find("zzzzzz"), { nodes: [], total: 0, guessed: false, partial: false });
  assert.deepEqual(search.find("home").nodes, [4, 3]);
  assert.equal(search.find("gardening depth").partial, true);
  assert.deepEqual(search.find("").nodes, []);
  assert.deepEqual(search.find("example.org/3").nodes, [3]);
});

test("every node is found by its own whole name, whatever the name", () => {
  const names = ["=1+1", "...", "مقالة عن الحدائق", "園藝", "naïve café", "__proto__", "constructor", "a".repeat(5000), "\ud83d", "x"];
  const search = searchOf(names);
  for (const [node, name] of names.entries()) {
    if (wordsOf(name).length) assert.ok(search.find(name.slice(0, 300)).nodes.includes(node), name.slice(0, 20));
    else assert.deepEqual(search.find(name).nodes, []);
  }
});

test("a search before the index is ready answers with nothing, and work goes on in slices", () => {
  const names = Array.from({ length: 5000 }, (_, n) => `title number ${n}`);
  const search = new NameSearch({ count: names.length, names: (n) => [names[n]], address: () => "", weight: () => 0, kind: () => "article", ranking: TABLES.search });
  assert.deepEqual(search.find("title").nodes, []);
  assert.equal(search.work(0), false);
  while (!search.work(2));
  assert.equal(search.find("4999").nodes[0], 4999);
  assert.equal(search.find("title").total, 5000);
});
