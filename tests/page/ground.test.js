/** Promises of the ground: what is left is all there, no dot lies on another, and each stands in its own group. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Atlas } from "../../graph/explorer/page/scripts/data/atlas.js";
import { decode } from "../../graph/explorer/page/scripts/data/payload.js";
import { facetsOf } from "../../graph/explorer/page/scripts/filters/facets.js";
import { fitted, roomForLanes, roomWithin } from "../../graph/explorer/page/scripts/map/camera.js";
import { groundOf, plainGround } from "../../graph/explorer/page/scripts/map/ground/ground.js";
import { laidFlat, stoodUp } from "../../graph/explorer/page/scripts/map/ground/upright.js";
import { dice, invent } from "./fixture.js";

const atlas = new Atlas(decode(invent(900).map));
const scene = { atlas, width: 1000, height: 700, inset: { left: 0, right: 0, top: 0, bottom: 0 }, buttons: [], letters: 1 };
const PLAIN = { shown: null, articles: atlas.articles, faded: false, lanes: null, size: "", label: String, total: () => 0 };

/** @param {number} share @param {number} seed */
function some(share, seed) {
  const roll = dice(seed);
  const shown = new Uint8Array(atlas.count);
  let articles = 0;
  for (let n = 0; n < atlas.count; n += 1) {
    shown[n] = Number(roll() < share);
    if (n < atlas.articles) articles += shown[n];
  }
  return { ...PLAIN, shown, articles };
}

/** @param {import("../../graph/explorer/page/scripts/map/ground/ground.js").Ground} ground @param {Uint8Array} shown @returns {number[]} */
function standing({ x, y }, shown) {
  return Array.from({ length: atlas.articles }, (_, n) => n).filter((n) => {
    assert.equal(Number.isFinite(x[n] + y[n]), shown[n] === 1);
    return shown[n] === 1;
  });
}

test("without a filter everything is where the header has it", () => {
  for (const view of /** @type {const} */ (["topics", "network"])) {
    assert.deepEqual(groundOf(scene, view, PLAIN), plainGround(atlas, view));
    const faded = groundOf(scene, view, { ...some(0.1, 3), faded: true });
    assert.equal(faded.x, plainGround(atlas, view).x);
    assert.equal(faded.anew, false);
  }
});

test("many articles that are left move together: no dot covers another, each is in the circle of its island, and no circle overlaps another", () => {
  for (const [view, share] of /** @type {["topics"|"network", number][]} */ ([["topics", 0.5], ["topics", 0.15], ["network", 0.3]])) {
    const wanted = some(share, 5);
    const ground = groundOf(scene, view, wanted);
    const { size, island } = atlas.columns;
    const nodes = standing(ground, wanted.shown);
    const circles = view === "topics" ? ground.islands : ground.communities;
    for (const [at, n] of nodes.entries()) {
      const { x, y, r } = circles[island[n]];
      assert.ok(Math.hypot(ground.x[n] - x, ground.y[n] - y) + size[n] <= r + 1e-3);
      for (const other of nodes.slice(at + 1)) {
        assert.ok(Math.hypot(ground.x[n] - ground.x[other], ground.y[n] - ground.y[other]) >= size[n] + size[other] - 1e-3);
      }
    }
    const filled = circles.filter(({ r }) => r > 0);
    for (const [at, one] of filled.entries()) {
      for (const other of filled.slice(at + 1)) assert.ok(Math.hypot(one.x - other.x, one.y - other.y) >= one.r + other.r - 1e-3);
    }
    const counts = /** @type {Uint32Array} */ (ground.counts);
    assert.equal(counts.reduce((sum, count) => sum + count, 0), nodes.length);
    assert.ok(circles.every(({ r }, place) => (r > 0) === counts[place] > 0));
  }
});

test("where nothing fits no island or community is left, unless the rest stays in sight", () => {
  const none = { ...PLAIN, shown: new Uint8Array(atlas.count), articles: 0 };
  for (const view of /** @type {const} */ (["topics", "network"])) {
    for (const window of [scene, { ...scene, width: 400, height: 800 }]) {
      const circles = (/** @type {boolean} */ faded) => {
        const { islands, communities, parts, stories } = groundOf(window, view, { ...none, faded });
        return [...(view === "topics" ? islands : [...communities, ...parts]), ...stories].filter(({ r }) => r > 0).length;
      };
      assert.equal(circles(false), 0);
      assert.ok(circles(true) > 0);
    }
  }
});

test("of few each has a card of its own, below the name of its group", () => {
  const wanted = some(0.02, 9);
  const ground = groundOf(scene, "topics", wanted);
  const nodes = standing(ground, wanted.shown);
  assert.ok(nodes.length > 5 && ground.boxes.length > 0);
  const places = new Set();
  for (const n of nodes) {
    const box = ground.boxes.find(({ at, left, right, top, bottom }) =>
      at === atlas.columns.island[n] && ground.x[n] > left && ground.x[n] < right && ground.y[n] > top && ground.y[n] < bottom);
    assert.ok(box);
    places.add(`${ground.x[n]} ${ground.y[n]}`);
  }
  assert.equal(places.size, nodes.length);
  for (const [at, one] of ground.boxes.entries()) {
    for (const other of ground.boxes.slice(at + 1)) {
      assert.ok(one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top);
    }
  }
});

test("in lanes of any facet all that is dated stands in its lane, in the order of days", () => {
  const values = facetsOf(atlas);
  for (const [name, share] of /** @type {[string, number][]} */ ([["types", 1], ["providers", 0.4], ["own.level", 0.6], ["", 0.3]])) {
    const lanes = values.find(({ facet }) => facet === name) ?? null;
    const wanted = { ...some(share, 4), lanes };
    const ground = groundOf(scene, "timeline", wanted);
    const nodes = standing(ground, wanted.shown);
    assert.ok(ground.lanes.length > 1 && ground.lanes.length <= 12);
    assert.equal(ground.lanes.reduce((sum, { count }) => sum + count, 0), nodes.length);
    const inLane = new Uint32Array(ground.lanes.length);
    for (const n of nodes) {
      const at = ground.lanes.findIndex(({ y, height }) => Math.abs(ground.y[n] - y) <= height / 2 + 1e-3);
      assert.ok(at >= 0);
      inLane[at] += 1;
    }
    assert.deepEqual([...inLane], ground.lanes.map(({ count }) => count));
    const [width] = [ground.bounds[2]];
    for (const n of nodes) assert.ok(ground.x[n] >= 0 && ground.x[n] <= width);
    const early = nodes.reduce((best, n) => (atlas.columns.day[n] < atlas.columns.day[best] ? n : best));
    const late = nodes.reduce((best, n) => (atlas.columns.day[n] > atlas.columns.day[best] ? n : best));
    assert.ok(ground.x[early] < ground.x[late]);
  }
});

test("under a filter folders and communities keep their lanes, and tell how many articles they have in all", () => {
  const map = decode(invent(900).map);
  map.header.islands.forEach((island, at) => Object.assign(island, at === 0 ? { topic: -1 } : at % 2 ? { topic: -1, group: true } : {}));
  map.header.lanes.forEach((lane, at) => Object.assign(lane, at === 0 || at % 2 ? { topic: -1 } : {}));
  const { shown, ...rest } = some(0.5, 6);
  const { lanes } = groundOf({ ...scene, atlas: new Atlas(map) }, "timeline", { ...rest, shown });
  const wholes = new Map(map.header.lanes.map(({ label, count }) => [label, count]));
  const known = lanes.filter(({ label }) => wholes.has(label));
  assert.ok(known.length > 4 && known.some(({ node }) => node < 0) && known.some(({ node }) => node >= 0));
  assert.equal(lanes.length, map.header.tables.timeline.most);
  assert.equal(lanes.at(-1)?.label, map.header.tables.timeline.other);
  for (const { label, whole } of known.slice(0, -1)) assert.equal(whole, wholes.get(label), label);
});

test("the last lane is called by what it is for, if that is one island", () => {
  const map = decode(invent(900).map);
  map.header.islands.forEach((island, at) => Object.assign(island, { topic: -1, group: at % 6 > 0, parent: at < 6 ? -1 : at % 6 }));
  const { shown, ...rest } = some(0.5, 6);
  const { lanes } = groundOf({ ...scene, atlas: new Atlas(map) }, "timeline", { ...rest, shown });
  assert.equal(lanes.length, 6);
  assert.equal(lanes.at(-1)?.label, map.header.islands[0].label);
});

test("in a tall window a map stands upright, whatever is shown of it", () => {
  const tall = { ...scene, width: 390, height: 700 };
  const plain = plainGround(atlas, "topics");
  const upright = groundOf(tall, "topics", PLAIN);
  assert.deepEqual(upright.x, plain.y);
  assert.deepEqual(upright.islands.map(({ x, r }) => [x, r]), plain.islands.map(({ y, r }) => [y, r]));
  const shape = (/** @type {import("../../graph/explorer/page/scripts/data/payload.js").Bounds} */ [left, top, right, bottom]) => (right - left) / (bottom - top);
  for (const share of [0.2, 0.5]) {
    assert.ok(shape(groundOf(tall, "topics", some(share, 3)).bounds) < shape(groundOf(scene, "topics", some(share, 3)).bounds));
  }
});

test("in a tall window circles stand as far apart as the height allows, each with all that is in it, and a camera finds its place again", () => {
  for (const [view, height] of /** @type {["topics"|"network", number][]} */ ([["topics", 700], ["topics", 1500], ["network", 560]])) {
    const tall = { ...scene, width: 390, height };
    const [plain, ground] = [plainGround(atlas, view, true), groundOf(tall, view, PLAIN)];
    const { down } = ground.stretch;
    const room = roomWithin(tall);
    const [left, top, right, bottom] = ground.bounds;
    assert.ok(down > 1 && (((bottom - top) * room.width) / (right - left) <= room.height || view === "network"));
    const { island } = atlas.columns;
    const circles = view === "topics" ? ground.islands : ground.communities;
    const before = view === "topics" ? plain.islands : plain.communities;
    for (let n = 0; n < atlas.articles; n += 1) {
      const [one, was] = [circles[island[n]], before[island[n]]];
      assert.ok(Math.hypot(ground.x[n] - one.x - plain.x[n] + was.x, ground.y[n] - one.y - plain.y[n] + was.y) < 1e-3);
    }
    for (const [at, one] of circles.entries()) {
      for (const [place, other] of circles.entries()) {
        const was = Math.hypot(before[at].x - before[place].x, before[at].y - before[place].y);
        assert.ok(Math.hypot(one.x - other.x, one.y - other.y) >= was - 1e-6);
      }
      const camera = { x: one.x + one.r / 3, y: one.y - one.r / 2, zoom: 7 };
      const flat = laidFlat(ground, camera);
      assert.ok(Math.abs(flat.x - before[at].y + one.r / 2) < 1e-6 && Math.abs(flat.y - before[at].x - one.r / 3) < 1e-6);
      for (const [name, value] of Object.entries(stoodUp(ground, flat))) assert.ok(Math.abs(value - camera[/** @type {"x"} */ (name)]) < 1e-6);
    }
  }
});

test("a timeline shows all of time, and its lanes use the height of the window", () => {
  const tall = { ...scene, width: 390, height: 700, buttons: [] };
  const high = { ...scene, width: 1000, height: 1000 };
  const plain = plainGround(atlas, "timeline");
  for (const [window, wanted] of /** @type {const} */ ([[tall, PLAIN], [tall, some(0.3, 4)], [scene, PLAIN], [high, PLAIN], [high, some(0.8, 4)], [high, some(0.3, 4)]])) {
    const ground = groundOf(window, "timeline", wanted);
    const room = roomForLanes(window, ground.anew);
    const [left, top, right, bottom] = ground.bounds;
    const { zoom } = fitted(ground.bounds, room, 1e9);
    assert.ok((bottom - top) * zoom >= roomWithin(room).height - 1, "the height is used");
    assert.ok((right - left) * zoom >= roomWithin(room).width / 2, "and the width");
    assert.equal(ground.anew, wanted.shown !== null && (window === tall || wanted.articles < 0.7 * atlas.articles));
    const isLaid = window !== scene; // where the window has the shape of the header's, it is only spread
    const nodes = standing(ground, (isLaid && wanted.shown) || new Uint8Array(atlas.count).fill(1));
    assert.equal(nodes.length, ground.lanes.reduce((sum, { count }) => sum + count, 0));
    for (const n of nodes) {
      assert.ok(ground.lanes.some(({ y, height }) => Math.abs(ground.y[n] - y) <= height / 2 + 1e-3));
      assert.ok(ground.x[n] >= left && ground.x[n] <= right);
    }
    const camera = { x: 12, y: 34, zoom: 5 };
    const flat = laidFlat(ground, camera);
    assert.ok(Math.abs(flat.x / plain.time.scale - camera.x / ground.time.scale) < 1e-6, "a camera shows the same day in either");
    for (const [name, value] of Object.entries(stoodUp(ground, flat))) assert.ok(Math.abs(value - camera[/** @type {"x"} */ (name)]) < 1e-6);
  }
  const buttons = [{ left: 950, right: 988, top: 500, bottom: 690 }];
  const last = groundOf({ ...scene, buttons }, "timeline", PLAIN);
  const camera = fitted(last.bounds, roomForLanes({ ...scene, buttons }, false), 1e9);
  assert.ok(last.x.every((x, n) => Number.isNaN(x) || (x + atlas.columns.size[n] - camera.x) * camera.zoom + 500 < 950), "no dot lies under a button");
  const beside = { ...scene, inset: { ...scene.inset, right: 300, bottom: 200 } };
  assert.deepEqual(groundOf(beside, "timeline", PLAIN).y, groundOf(scene, "timeline", PLAIN).y, "panels that come and go move nothing");
});

test("under a filter parts of large communities stand together, and parts and stories tell how many articles are shown", () => {
  const map = decode(invent(900, 6).map);
  for (const one of map.header.communities) {
    one.parts = ["A", "B", "C"].map((label, at) => ({ label, x: one.x + at, y: one.y, r: one.r / 4, size: Math.ceil((one.size - at) / 3) }));
  }
  map.header.stories = [{ label: "Told", size: 30, network: { x: 0, y: 0, r: 5 } }];
  map.columns.named.fill(1, 0, 30);
  const one = { ...scene, atlas: new Atlas(map) };
  for (const share of [0.6, 0.9]) {
    const wanted = some(share, 5);
    const { anew, communities, parts, stories, counts, x, y } = groundOf(one, "network", wanted);
    assert.equal(anew, share < 0.7);
    const { community, part, size } = one.atlas.columns;
    const nodes = Array.from({ length: 900 }, (_, n) => n).filter((n) => wanted.shown[n]);
    const inParts = new Uint32Array(parts.length);
    for (const n of nodes) {
      const at = 3 * community[n] + part[n] - 1;
      inParts[at] += 1;
      if (!anew) continue;
      if (parts[at].r > 0) assert.ok(Math.hypot(x[n] - parts[at].x, y[n] - parts[at].y) + size[n] <= parts[at].r + 1e-3);
      assert.ok(Math.hypot(x[n] - communities[community[n]].x, y[n] - communities[community[n]].y) + size[n] <= communities[community[n]].r + 1e-3);
    }
    assert.deepEqual([...(counts ?? [])].slice(communities.length), [...inParts]);
    if (anew) {
      assert.ok(parts.filter(({ r }) => r > 0).length > parts.length / 2);
      for (const [at, { r }] of communities.entries()) {
        const own = nodes.filter((n) => community[n] === at);
        const full = Math.sqrt(own.reduce((sum, n) => sum + (size[n] + 0.35) ** 2, 0) / 0.75) + 1.7;
        assert.ok(own.length === 0 || r < 1.6 * full, "parts stand together only where their circle is not half empty for it");
      }
    }
    for (const [at, n] of anew ? nodes.entries() : []) {
      for (const other of nodes.slice(at + 1)) assert.ok(Math.hypot(x[n] - x[other], y[n] - y[other]) > size[n] + size[other] - 1e-3);
    }
    const told = stories.reduce((sum, { count }) => sum + count, 0);
    const shown = nodes.filter((n) => n < 30).length;
    assert.ok(anew ? told > 0 && told <= shown : told === shown); // few of a story in one part do not stand together
  }
});

test("under a filter stories stand together in islands, too, and keep their names", () => {
  const map = decode(invent(900, 6).map);
  map.header.stories = [{ label: "Told", size: 40, topics: { x: 0, y: 0, r: 5 } }];
  const [island, other] = map.header.islands.filter(({ first, end }) => end - first >= 100);
  map.columns.named.fill(1, island.first, island.first + 40);
  map.columns.named.fill(1, other.first, other.first + 20); // it is named once, where most of it is
  const one = { ...scene, atlas: new Atlas(map) };
  const wanted = some(0.6, 5);
  const { stories, x, y, islands } = groundOf(one, "topics", wanted);
  const nodes = Array.from({ length: 40 }, (_, at) => island.first + at).filter((n) => wanted.shown[n]);
  assert.deepEqual(stories.map(({ label, count }) => [label, count]), [["Told", nodes.length]]);
  for (const n of nodes) assert.ok(Math.hypot(x[n] - stories[0].x, y[n] - stories[0].y) <= stories[0].r);
  const home = islands[map.header.islands.indexOf(island)];
  assert.ok(Math.hypot(home.x - stories[0].x, home.y - stories[0].y) + stories[0].r <= home.r + 1e-3);
});

test("large islands that have moved together leave room for a name between them", () => {
  const ground = groundOf(scene, "topics", some(0.5, 5));
  const [left, top, right, bottom] = ground.bounds;
  const zoom = Math.min(scene.width / (right - left), scene.height / (bottom - top));
  const large = ground.islands.filter(({ r }) => r * zoom > 40);
  assert.ok(large.length > 1);
  for (const [at, one] of large.entries()) {
    for (const other of large.slice(at + 1)) assert.ok((Math.hypot(one.x - other.x, one.y - other.y) - one.r - other.r) * zoom > 40);
  }
});

test("every lane is as high as its name, however few articles it has", () => {
  const map = decode(invent(6000).map);
  map.header.types = Array.from({ length: 12 }, (_, at) => `Type ${at}`);
  map.columns.type = Uint8Array.from({ length: 6000 }, (_, n) => (n < 5900 ? 1 : 2 + (n % 11)));
  const one = { ...scene, atlas: new Atlas(map) };
  const lanes = facetsOf(one.atlas).find(({ facet }) => facet === "types") ?? null;
  const ground = groundOf(one, "timeline", { ...PLAIN, articles: 6000, lanes });
  const [, top, , bottom] = ground.bounds;
  const zoom = roomWithin(roomForLanes(one, true)).height / (bottom - top);
  assert.equal(ground.lanes.length, 12);
  const tops = ground.lanes.map(({ y, height }) => (y - height / 2) * zoom);
  tops.slice(1).forEach((below, at) => assert.ok(below - tops[at] > 14.7));
});
