/** Promises of circle_grid.js: it finds exactly the circles that a box lies over. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { CircleGrid } from "../../graph/explorer/page/scripts/map/labels/circle_grid.js";
import { dice } from "./fixture.js";

test("a box is free exactly if it lies over no other circle that is not small", () => {
  const throwDice = dice(5);
  const circles = Array.from({ length: 200 }, () => ({ x: throwDice() * 900, y: throwDice() * 600, r: 2 + 30 * throwDice() ** 3 }));
  const grid = new CircleGrid(circles);
  let free = 0;
  for (let n = 0; n < 1000; n += 1) {
    const [left, top] = [throwDice() * 900, throwDice() * 600];
    const box = { left, top, right: left + 60 * throwDice(), bottom: top + 30 * throwDice() };
    const own = n % circles.length;
    const small = n % 2 ? 0 : 0.6;
    const hit = circles.some(({ x, y, r }, at) => {
      const away = Math.hypot(x - Math.min(Math.max(x, box.left), box.right), y - Math.min(Math.max(y, box.top), box.bottom));
      return at !== own && r > small * circles[own].r && away < r;
    });
    assert.equal(grid.isFree(own, box, small), !hit);
    free += Number(!hit);
  }
  assert.ok(free > 100 && free < 900);
});

test("the circles around its own do not count, and those in it do", () => {
  const around = { x: 0, y: 0, r: 100, parent: -1 };
  const grid = new CircleGrid([around, { x: 0, y: 0, r: 20, parent: 0 }]);
  const box = { left: -10, top: 5, right: 10, bottom: 15 };
  assert.ok(grid.isFree(1, box, 0));
  assert.ok(!grid.isFree(0, box, 0));
});

test("circles without a radius are in nobody's way, also where there are no others", () => {
  const gone = Array.from({ length: 9 }, () => ({ x: 0, y: 0, r: 0 }));
  const box = { left: -500, top: -500, right: 500, bottom: 500 };
  assert.ok(new CircleGrid(gone).isFree(0, box, 0));
  assert.ok(!new CircleGrid([...gone, { x: 9, y: 9, r: 1 }]).isFree(0, box, 0));
});
