/** Promises of standing.js: the marks of topics, providers and people keep apart, so that each has room for its name, and stay when the map comes nearer. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Atlas } from "../../graph/explorer/page/scripts/data/atlas.js";
import { decode } from "../../graph/explorer/page/scripts/data/payload.js";
import { plainGround } from "../../graph/explorer/page/scripts/map/ground/ground.js";
import { forgetStanding, hasRoom } from "../../graph/explorer/page/scripts/map/standing.js";
import { dice, invent } from "./fixture.js";

const atlas = new Atlas(decode(invent(150).map));
const others = Array.from({ length: atlas.count - atlas.articles }, (_, at) => atlas.articles + at);

/** @returns {any} a scene in which all others stand in a small square, the first the largest */
function crowded() {
  const ground = plainGround(atlas, "topics");
  const roll = dice(4);
  const [x, y] = [Float32Array.from(ground.x), Float32Array.from(ground.y)];
  for (const n of others) [x[n], y[n]] = [roll() * 100, roll() * 100];
  const rank = new Uint32Array(atlas.count);
  for (const [place, n] of others.entries()) rank[n] = place;
  return { atlas, ground: { ...ground, x, y }, view: "topics", shown: null, wholeZoom: 1, camera: { x: 0, y: 0, zoom: 1 }, headsIsland: new Uint8Array(atlas.count), rank };
}

test("marks that stand have room for their names, and more stand the nearer one is, none of them for a while", () => {
  const scene = crowded();
  /** @type {number[]} */
  let before = [];
  for (const zoom of [1, 1.3, 2, 5, 40]) {
    scene.camera = { ...scene.camera, zoom };
    const now = others.filter((n) => hasRoom(scene, n));
    assert.deepEqual(before.filter((n) => !now.includes(n)), []);
    assert.ok(now.length >= before.length && now[0] === others[0]);
    const { x, y } = scene.ground;
    for (const [at, n] of now.entries()) {
      for (const other of now.slice(at + 1)) assert.ok(Math.abs(x[n] - x[other]) * zoom >= 59.9 || Math.abs(y[n] - y[other]) * zoom >= 21.9);
    }
    before = now;
  }
  assert.ok(before.length > 2);
  scene.camera = { ...scene.camera, zoom: 1 };
  assert.ok(others.filter((n) => hasRoom(scene, n)).length < before.length, "further away there is less room again");
});

test("what a filter hides takes no room, and places that become known are taken in", () => {
  const scene = crowded();
  const [first, second] = others;
  [scene.ground.x[second], scene.ground.y[second]] = [scene.ground.x[first] + 1, scene.ground.y[first] + 1];
  assert.deepEqual([hasRoom(scene, first), hasRoom(scene, second)], [true, false]);
  const shown = new Uint8Array(atlas.count);
  shown[second] = 1;
  assert.deepEqual([hasRoom({ ...scene, shown }, first), hasRoom({ ...scene, shown }, second)], [false, true]);
  scene.ground.x[first] = Number.NaN;
  forgetStanding(scene.ground);
  assert.deepEqual([hasRoom(scene, first), hasRoom(scene, second)], [false, true]);
});
