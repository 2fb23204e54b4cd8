/** Promises of trends: the shares of the periods, and the test of Mann and Kendall as SciPy does it. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Atlas } from "../../graph/explorer/page/scripts/data/atlas.js";
import { decode } from "../../graph/explorer/page/scripts/data/payload.js";
import { kendall, trendsAmong } from "../../graph/explorer/page/scripts/data/trends.js";
import { invent } from "./fixture.js";

test("Kendall's correlation and its chance are those of SciPy", () => {
  // scipy.stats.kendalltau(range(len(row)), row), of SciPy 1.16
  for (const [row, tau, chance] of /** @type {[number[], number, number][]} */ ([
    [[1, 2, 3, 4, 5], 1, 0.016666666666666666],
    [[3, 1, 4, 2, 6, 5, 8, 7], 0.6428571428571429, 0.03115079365079365],
    [[5, 4, 3, 2, 1, 0], -1, 0.002777777777777778],
    [[1, 1, 2, 3, 3, 5, 4], 0.8510644963469901, 0.008980143361139607],
    [[0.2, 0.2, 0.2, 0.1, 0.2, 0.2], -0.11547005383792514, 0.7696979437812898],
    [[0.1, 0.3, 0.3, 0.2, 0.5, 0.1, 0.6, 0.3, 0.9, 0.2], 0.282842712474619, 0.2719858877865361],
    [[2, 2, 2, 2], 0, 1],
  ])) {
    const found = kendall(row);
    assert.ok(Math.abs(found.tau - tau) < 1e-9, `${row}: ${found.tau}`);
    assert.ok(Math.abs(found.chance - chance) < 1e-9, `${row}: ${found.chance}`);
  }
});

test("each period has at least as many articles as one needs, and the shares of a topic are of these", () => {
  const { map, text } = invent(900);
  const atlas = new Atlas(decode(map));
  atlas.addText(text);
  const kept = new Uint8Array(atlas.count).fill(1);
  const { periods, trends } = trendsAmong(atlas, kept);
  assert.ok(periods.length > 1 && trends.length > 3);
  for (const { shares, articles, before, after } of trends) {
    assert.equal(shares.length, periods.length);
    assert.ok(shares.every((share) => share >= 0 && share <= 1) && articles > 0 && before + after > 0);
  }
  assert.deepEqual(trendsAmong(atlas, new Uint8Array(atlas.count)), { periods: [], trends: [] });
});
