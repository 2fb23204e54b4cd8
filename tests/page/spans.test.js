/** Promises of spans.js: spans are those of the calendar, each day is in one of them, and they follow one another without gaps. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { codeDay, dayCode } from "../../graph/explorer/page/scripts/elements/formats.js";
import { UNITS, spanBeside, spanOn, unitFor } from "../../graph/explorer/page/scripts/filters/spans.js";
import { dice } from "./fixture.js";

const day = (/** @type {string} */ code) => /** @type {number} */ (codeDay(code));
const codes = (/** @type {{from: number, to: number}} */ { from, to }) => [dayCode(from), dayCode(to)];

test("spans are those of the calendar", () => {
  assert.deepEqual(codes(spanOn(day("2024-02-29"), "week")), ["2024-02-26", "2024-03-03"]);
  assert.deepEqual(codes(spanOn(day("1969-12-31"), "week")), ["1969-12-29", "1970-01-04"]);
  assert.deepEqual(codes(spanOn(day("2024-02-29"), "month")), ["2024-02-01", "2024-02-29"]);
  assert.deepEqual(codes(spanOn(day("2024-12-31"), "quarter")), ["2024-10-01", "2024-12-31"]);
  assert.deepEqual(codes(spanOn(day("1899-06-15"), "year")), ["1899-01-01", "1899-12-31"]);
});

test("each day is in its span, and the next begins when it ends", () => {
  const roll = dice(14);
  const everything = { from: -Infinity, to: Infinity };
  for (let round = 0; round < 300; round += 1) {
    const at = Math.floor(roll() * 60000) - 20000;
    for (const unit of UNITS) {
      const span = spanOn(at, unit);
      assert.ok(span.from <= at && at <= span.to);
      const next = spanBeside(at, unit, 1, everything);
      assert.equal(next?.from, span.to + 1);
      assert.deepEqual(spanBeside(next?.to ?? NaN, unit, -1, everything), span);
    }
  }
});

test("nothing comes before the first day or after the last", () => {
  const range = { from: day("2020-03-31"), to: day("2021-01-01") };
  assert.deepEqual(spanBeside(range.from, "month", -1, range), null);
  assert.deepEqual(spanBeside(day("2020-12-05"), "month", 1, range), spanOn(range.to, "month"));
  assert.equal(spanBeside(range.to, "month", 1, range), null);
});

test("a step is as long as lets a change be seen", () => {
  const unit = (/** @type {number} */ days) => unitFor({ from: 0, to: days });
  assert.deepEqual([10, 90, 400, 365 * 4, 365 * 30].map(unit), ["week", "week", "month", "quarter", "year"]);
});
