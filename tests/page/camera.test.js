/** Promises of camera.js: what is under the pointer stays there, and what is to be seen is seen. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { between, centredOn, fitted, kept, zoomedAround } from "../../graph/explorer/page/scripts/map/camera.js";

const viewport = { width: 1000, height: 700, inset: { left: 300, right: 40, top: 60, bottom: 0 } };
const camera = { x: 12, y: -7, zoom: 3 };

/** @param {import("../../graph/explorer/page/scripts/map/camera.js").CameraPlace} place @param {number} x @param {number} y */
function toScreen({ x: middleX, y: middleY, zoom }, x, y) {
  return [(x - middleX) * zoom + viewport.width / 2, (y - middleY) * zoom + viewport.height / 2];
}

test("zooming leaves the world point under the pointer where it is", () => {
  for (const [px, py, factor] of [[10, 20, 2], [900, 650, 0.3], [500, 350, 7]]) {
    const world = [(px - 500) / camera.zoom + camera.x, (py - 350) / camera.zoom + camera.y];
    const [x, y] = toScreen(zoomedAround(camera, viewport, factor, px, py), world[0], world[1]);
    assert.ok(Math.abs(x - px) < 1e-9 && Math.abs(y - py) < 1e-9);
  }
});

test("what is fitted lies between the panels, as large as they allow", () => {
  const place = fitted([-50, -20, 150, 30], viewport, 100);
  const [left, top] = toScreen(place, -50, -20);
  const [right, bottom] = toScreen(place, 150, 30);
  assert.ok(left >= 300 && right <= 960 && top >= 60 && bottom <= 700);
  assert.ok(Math.abs((left + right) / 2 - 630) < 1e-9);
  assert.ok(right - left > 560);
});

test("a single point is fitted no nearer than the limit", () => {
  const place = fitted([5, 5, 5, 5], viewport, 8);
  assert.equal(place.zoom, 8);
  assert.deepEqual(toScreen(place, 5, 5), [630, 380]);
  assert.deepEqual(place, centredOn(5, 5, 8, viewport));
});

test("a flight begins and ends where it should, and keeps to sensible zooms on the way", () => {
  const to = { x: 400, y: 90, zoom: 0.5 };
  for (const end of [to, { ...to, zoom: camera.zoom }]) {
    assert.deepEqual(between(camera, end, 0), camera);
    const last = between(camera, end, 1);
    assert.ok(Math.abs(last.x - end.x) < 1e-9 && Math.abs(last.zoom - end.zoom) < 1e-9);
    const middle = between(camera, end, 0.5);
    assert.ok(middle.zoom <= 3 && middle.zoom >= 0.5 && middle.x > 12 && middle.x < 400);
  }
});

test("nobody leaves the map or zooms out of reason", () => {
  const bare = { left: 0, right: 0, top: 0, bottom: 0 };
  const place = kept({ x: -1e6, y: 1e6, zoom: 1e6 }, [0, 0, 10, 20], { least: 0.1, most: 50 }, bare);
  assert.deepEqual(place, { x: 0, y: 20, zoom: 50 });
});

test("a panel does not keep the map's edge out of the middle of what it leaves free", () => {
  const inset = { left: 0, right: 0, top: 0, bottom: 100 };
  const at = (/** @type {number} */ y) => kept({ x: 5, y, zoom: 2 }, [0, 0, 10, 20], { least: 0.1, most: 50 }, inset).y;
  assert.deepEqual([at(1e6), at(-1e6)], [45, 0]);
});
