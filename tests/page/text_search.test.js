/** Promises of text_search.js and hits.js: words are found where they begin, and what is shown of a text has them. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { marked, partWith, wordsMissing } from "../../graph/explorer/page/scripts/search/hits.js";
import { wordsOf } from "../../graph/explorer/page/scripts/search/spelling.js";
import { TextSearch } from "../../graph/explorer/page/scripts/search/text_search.js";
import { dice } from "./fixture.js";

/** @param {string[]} texts */
function searchOf(texts) {
  const search = new TextSearch({ count: texts.length, text: (node) => texts[node] });
  while (!search.work(1));
  return search;
}

test("what the scan finds is what a look at each word of each text finds", () => {
  const roll = dice(11);
  const word = () => {
    const signs = roll() < 0.8 ? "abé#" : "園藝";
    return Array.from({ length: 1 + Math.floor(roll() * 4) }, () => signs[Math.floor(roll() * signs.length)]).join("");
  };
  const texts = Array.from({ length: 300 }, () => Array.from({ length: Math.floor(roll() * 6) }, word).join(" "));
  const search = searchOf(texts);
  for (let round = 0; round < 400; round += 1) {
    const typed = [...new Set(wordsOf(`${word()} ${word()}`))];
    const fits = (/** @type {string} */ text) =>
      typed.every((one) => wordsOf(text).some((known) => (/^[a-z]$/.test(one) ? known.replace(/#+$/, "") === one : known.startsWith(one))));
    const plain = texts.flatMap((text, node) => (typed.length && fits(text) ? [node] : []));
    assert.deepEqual(search.match(typed), plain, typed.join(" "));
  }
});

test("a part of a text is cut between words, has the typed words, and says where it is cut", () => {
  const text = `${"far ".repeat(90)}the naïve Café opens in Mütze and ${"near ".repeat(90)}cafe`;
  const part = partWith(text, ["cafe", "naive"], 60);
  assert.match(part, /^…far .*naïve Café opens.*[^ ]…$/);
  assert.ok(part.length <= 62);
  assert.deepEqual(marked(part, ["cafe", "naive"]).filter(([, isHit]) => isHit).map(([one]) => one), ["naïve", "Café"]);
  assert.equal(marked(text, ["cafe"]).map(([one]) => one).join(""), text);
  assert.equal(partWith(text, ["zebra"], 60), "");
  assert.equal(partWith("C# in one line", ["c#"], 60), "C# in one line");
  assert.deepEqual(wordsMissing("a naïve one", ["naiv", "cafe"]), ["cafe"]);
});
