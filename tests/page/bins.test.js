/** Promises of bins.js: every value stands in one bar, bars are few, and their words are those of a calendar. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { barOf, dayBins, numberBins, spanWords } from "../../graph/explorer/page/scripts/filters/bins.js";
import { codeDay, dayCode, dayWords, durationWords, plain, toDate, toDay } from "../../graph/explorer/page/scripts/elements/formats.js";
import { dice } from "./fixture.js";

const day = (/** @type {string} */ code) => /** @type {number} */ (codeDay(code));

test("each value lies in the bar that says so", () => {
  const roll = dice(9);
  for (const span of [1, 40, 400, 4000, 40000, 400000]) {
    const values = Array.from({ length: 50 }, () => 10000 + Math.floor(roll() * span));
    for (const bins of [dayBins(values), numberBins(values)]) {
      assert.ok(bins.edges.length <= 80);
      for (const value of values) {
        const bar = barOf(bins, value);
        assert.ok(bins.edges[bar] <= value && value < bins.edges[bar + 1]);
        assert.ok(bins.words(bar).length > 0);
      }
      bins.edges.reduce((before, edge) => {
        assert.ok(before < edge);
        return edge;
      });
    }
  }
});

test("days far from all others do not press the rest into one bar", () => {
  const days = [day("0001-01-01"), ...Array.from({ length: 400 }, (_, n) => day("2020-01-01") + n), day("9999-12-31")];
  const bins = dayBins(days);
  assert.ok(bins.edges.length > 10);
  assert.equal(barOf(bins, days[0]), 0);
  assert.equal(barOf(bins, days[401]), bins.edges.length - 2);
});

test("a stretch of days is told as a calendar would", () => {
  assert.equal(spanWords(day("2023-05-01"), day("2023-05-31")), "May 2023");
  assert.equal(spanWords(day("2023-01-01"), day("2023-12-31")), "2023");
  assert.equal(spanWords(day("2020-01-01"), day("2023-12-31")), "2020 – 2023");
  assert.equal(spanWords(day("2023-05-01"), day("2023-07-31")), "May 2023 – July 2023");
  assert.equal(spanWords(day("2023-05-03"), day("2023-05-03")), "3 May 2023");
  assert.equal(spanWords(day("2023-05-03"), day("2023-06-09")), "3 May 2023 – 9 June 2023");
});

test("days are counted and written as calendars do, before 1970 too", () => {
  for (const number of [-700000, -1, 0, 1, 19000, 2900000]) {
    assert.equal(toDay(...toDate(number)), number);
    assert.equal(codeDay(dayCode(number)), number);
  }
  assert.equal(dayWords(0), "1 January 1970");
  assert.equal(codeDay("2023-02-31"), null);
});

test("numbers and durations are written as they are read", () => {
  assert.equal(plain(7080), "7,080");
  assert.equal(plain(999), "999");
  assert.equal(durationWords("PT1H2M"), "1 h 2 min");
  assert.equal(durationWords("PT14M3S"), "14 min 3 s");
  assert.equal(durationWords("P1W"), "1 wk");
  assert.equal(durationWords("soon"), "soon");
});
