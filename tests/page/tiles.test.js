/** Promises of tiles.js: all that is seen is asked for, the coarse before the fine, and nothing beyond what there is. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { levelAt, nameOf, tilesInSight } from "../../graph/explorer/page/scripts/server/tiles.js";

/** @type {import("../../graph/explorer/page/scripts/data/payload.js").Tiling} */
const TILES = { most: 100, deepest: 6, squares: { topics: [-500, -500, 1000], network: [0, 0, 10], timeline: [0, 0, 8000] } };
const window_ = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ zoom) => ({ camera: { x, y, zoom }, width: 1000, height: 700 });

test("the finest level follows the zoom, and ends at the deepest", () => {
  assert.equal(levelAt(TILES, "topics", 0.1), 0);
  assert.equal(levelAt(TILES, "topics", 1), 1);
  assert.equal(levelAt(TILES, "network", 1), 0);
  assert.equal(levelAt(TILES, "topics", 1e6), 6);
});

test("first the root is wanted, and what lies below it only when it has come and says that there is more", () => {
  const at = (/** @type {boolean|null} */ said) => tilesInSight(TILES, "topics", window_(0, 0, 1), () => said);
  assert.deepEqual(at(null).wanted.map(nameOf), ["tiles/topics/0/0/0"]);
  assert.deepEqual(at(false), { wanted: [], seen: ["tiles/topics/0/0/0"] });
  const said = (/** @type {string} */ name) => (name === "tiles/topics/0/0/0" ? true : null);
  const { wanted } = tilesInSight(TILES, "topics", window_(0, 0, 1), said);
  assert.deepEqual(wanted.map(nameOf).sort(), ["0/0", "0/1", "1/0", "1/1"].map((place) => `tiles/topics/1/${place}`));
});

test("every place that is seen lies in a tile that is there or wanted, down to the finest level", () => {
  for (const [x, y, zoom] of [[0, 0, 1], [-400, 300, 3], [120, -77, 12], [499, 499, 40]]) {
    const { wanted, seen } = tilesInSight(TILES, "topics", window_(x, y, zoom), () => true);
    assert.deepEqual(wanted, []);
    const finest = levelAt(TILES, "topics", zoom);
    const edge = 1000 / 2 ** finest;
    for (const [across, down] of [[-499, -349], [0, 0], [499, 349], [-499, 349]]) {
      const [placeX, placeY] = [x + across / zoom, y + down / zoom];
      if (Math.abs(placeX) >= 500 || Math.abs(placeY) >= 500) continue;
      const name = `tiles/topics/${finest}/${Math.floor((placeX + 500) / edge)}/${Math.floor((placeY + 500) / edge)}`;
      assert.ok(seen.includes(name), name);
    }
    assert.ok(seen.length < 60);
  }
});

test("of one level what lies in the middle is wanted first", () => {
  const { wanted } = tilesInSight(TILES, "topics", window_(-250, -250, 1.4), (name) => (name.includes("/0/0/0") ? true : null));
  assert.equal(nameOf(wanted[0]), "tiles/topics/1/0/0");
});
