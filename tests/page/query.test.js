/** Promises of query.js: conditions are what has a known name before a colon, and a date is a year, a month or a day. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { toDay } from "../../graph/explorer/page/scripts/elements/formats.js";
import { parseQuery, periodOf } from "../../graph/explorer/page/scripts/search/query.js";

const isKnown = (/** @type {string} */ name) => ["topic", "before"].includes(name);

test("conditions are taken out of the words, with their quotes and their minus", () => {
  assert.deepEqual(parseQuery('Topic:"machine learning"  tulips -before:2021', isKnown), {
    words: "tulips",
    conditions: [
      { name: "topic", value: "machine learning", negated: false },
      { name: "before", value: "2021", negated: true },
    ],
  });
  assert.deepEqual(parseQuery('topic:"open', isKnown).conditions, [{ name: "topic", value: "open", negated: false }]);
});

test("an address, an unknown name, a bare name and a colon within a word are words as they stand", () => {
  for (const text of ["https://topic.example/x", "std::move  a", "topic: ", "subtopic:ai", "mytopic:x", "-5", "topic:\"\"", "  two  spaces "]) {
    assert.deepEqual(parseQuery(text, isKnown), { words: text, conditions: [] });
  }
});

test("a period ends where the next begins, and what is not on the calendar is none", () => {
  assert.deepEqual(periodOf("2021"), [toDay(2021), toDay(2022)]);
  assert.deepEqual(periodOf("2020-12"), [toDay(2020, 12), toDay(2021)]);
  assert.deepEqual(periodOf("2020-02-29"), [toDay(2020, 2, 29), toDay(2020, 3, 1)]);
  for (const text of ["", "21", "2021-13", "2021-00", "2021-02-30", "2021-02-00", "2021-5-5-5", "May"]) assert.equal(periodOf(text), null, text);
});
