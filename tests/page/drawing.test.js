/** Promises of what draws: colours that can be told apart and read, dots that cover what they should, SVG that is safe. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { contrast, css, mixed, parsed, pixel } from "../../graph/explorer/page/scripts/map/colours.js";
import { huesOf } from "../../graph/explorer/page/scripts/map/island_hues.js";
import { blended, putDisc, putLine, putRing } from "../../graph/explorer/page/scripts/map/drawing/raster.js";
import { Atlas } from "../../graph/explorer/page/scripts/data/atlas.js";
import { decode } from "../../graph/explorer/page/scripts/data/payload.js";
import { SMALL, markRadius, setTones, standsByItself } from "../../graph/explorer/page/scripts/map/scene.js";
import { toXml } from "../../graph/explorer/page/scripts/data/xml.js";
import { SvgPen } from "../../graph/explorer/page/scripts/map/drawing/svg.js";

import { invent } from "./fixture.js";

const raster = () => ({ pixels: new Uint32Array(40 * 40), width: 40, height: 40 });
const covered = (/** @type {{pixels: Uint32Array}} */ { pixels }) =>
  pixels.reduce((sum, each) => sum + (each >>> 24) / 255, 0);

test("a disc covers as much as a disc of its radius does, wherever it lies", () => {
  for (const radius of [0.3, 0.8, 2, 5.5, 12]) {
    for (const shift of [0, 0.3, 0.77]) {
      const target = raster();
      putDisc(target, 20 + shift, 20 - shift, radius, pixel([200, 10, 10]));
      const area = Math.PI * radius * radius;
      assert.ok(Math.abs(covered(target) - area) < 0.25 + area * 0.15, `${radius}: ${covered(target)} for ${area}`);
    }
  }
});

test("a disc over the edge writes nothing beyond it", () => {
  const target = { pixels: new Uint32Array(40 * 42), width: 40, height: 40 };
  for (const [x, y] of [[-3, 20], [43, 20], [20, 44], [0, 0], [40, 40]]) putDisc(target, x, y, 6, pixel([1, 2, 3]));
  assert.ok(target.pixels.subarray(40 * 40).every((each) => each === 0));
  assert.equal(target.pixels[20 * 40 + 30], 0);
});

test("of a ring the middle has the filling's colour and the rim its own", () => {
  const target = raster();
  putRing(target, 20, 20, 9, 2, pixel([255, 0, 0]), pixel([0, 0, 255]));
  assert.equal(target.pixels[20 * 40 + 20], pixel([0, 0, 255]));
  assert.equal(target.pixels[20 * 40 + 27], pixel([255, 0, 0]));
  assert.equal(blended(pixel([0, 0, 0]), pixel([100, 200, 50]), 0.5), pixel([50, 100, 25]));
});

test("colours are read as styles write them, and written so", () => {
  assert.deepEqual(parsed("#0072b2"), [0, 114, 178]);
  assert.equal(css([0, 114, 178]), "rgb(0,114,178)");
  assert.equal(css([0, 114, 178], 0.25), "rgba(0,114,178,0.25)");
  assert.deepEqual(mixed([0, 0, 0], [100, 50, 10], 0.5), [50, 25, 5]);
  assert.equal(Math.round(contrast([255, 255, 255], [0, 0, 0])), 21);
});

test("neighbouring islands differ in hue, a child has its parent's, and those without topic have none", () => {
  const island = { label: "", r: 10, first: 0, end: 5, depth: 0, parent: -1, inferred: 0, top: [], y: 0 };
  const islands = Array.from({ length: 30 }, (_, n) => ({ ...island, x: n * 22, topic: n }));
  islands.push({ ...island, x: 9000, topic: -1 }, { ...island, x: 5, topic: 99, parent: 3, depth: 1 });
  const hues = huesOf(islands, 9);
  for (let n = 1; n < 30; n += 1) assert.notEqual(hues[n], hues[n - 1]);
  assert.ok(hues.subarray(0, 30).every((hue) => hue > 0 && hue < 9));
  assert.equal(hues[30], 0);
  assert.equal(hues[31], hues[3]);
  assert.deepEqual([...huesOf([{ ...island, x: 0, topic: -1 }], 9)], [1]);
});

test("text in SVG can only be text", () => {
  const pen = new SvgPen();
  pen.fillText('</text><script>alert("1")</script>&\u0000\u0007\ud800', 1, 2);
  assert.equal(pen.shapes.length, 1);
  assert.match(pen.shapes[0], />&lt;\/text&gt;&lt;script&gt;alert\(&quot;1&quot;\)&lt;\/script&gt;&amp;<\/text>$/);
  assert.equal(toXml("a😀b"), "a😀b");
});

test("shapes in SVG are the shapes that were drawn", () => {
  const pen = new SvgPen();
  pen.beginPath();
  pen.arc(10, 20.126, 3);
  pen.fillStyle = "rgb(1,2,3)";
  pen.fill();
  pen.beginPath();
  pen.moveTo(0, 0);
  pen.lineTo(5, 5);
  pen.setLineDash([2, 1]);
  pen.stroke();
  pen.beginPath();
  pen.roundRect(1, 2, 30, 20, 7);
  pen.setLineDash([]);
  pen.fill();
  assert.equal(pen.shapes[2], '<path d="M8 2h16a7 7 0 0 1 7 7v6a7 7 0 0 1 -7 7h-16a7 7 0 0 1 -7 -7v-6a7 7 0 0 1 7 -7Z" fill="rgb(1,2,3)"/>');
  assert.equal(pen.shapes[0], '<circle cx="10" cy="20.13" r="3" fill="rgb(1,2,3)"/>');
  assert.equal(pen.shapes[1], '<path d="M0 0L5 5" fill="none" stroke="#000" stroke-width="1" stroke-dasharray="2 1"/>');
  pen.beginPath();
  pen.roundRect(0, 0, 10, 20, 7);
  pen.fill();
  assert.match(pen.shapes[3], /^<path d="M5 0h0a5 5 0 0 1 5 5v10/, "corners take no more than half a side");
});

test("a line covers about as many pixels as it is long, in every direction, and nothing outside", () => {
  for (let turn = 0; turn < 16; turn += 1) {
    const angle = (turn / 16) * 2 * Math.PI;
    const target = raster();
    putLine(target, 20, 20, 20 + 15 * Math.cos(angle), 20 + 15 * Math.sin(angle), pixel([9, 9, 9]));
    const longer = 15 * Math.max(Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle)));
    assert.ok(Math.abs(covered(target) - longer) < 1.6, `${turn}: ${covered(target)} for ${longer}`);
  }
  const guarded = { pixels: new Uint32Array(40 * 44), width: 40, height: 40 };
  for (const [x, y] of [[-500, 3], [700, 90], [20, -80], [45, 45], [-3, 20]]) putLine(guarded, x, y, 60 - x, 40 - y, pixel([1, 1, 1]));
  putLine(guarded, 10, 10, 10, 10, pixel([1, 1, 1]));
  assert.ok(guarded.pixels.subarray(40 * 40).every((each) => each === 0));
});

test("from afar each of a few nodes in focus is seen, and of many none is larger than it is", () => {
  const atlas = new Atlas(decode(invent(1000).map));
  const of = (/** @type {Set<number>} */ focus) => {
    const nodes = { size: atlas.columns.size, tone: new Uint8Array(atlas.count), rank: new Uint32Array(atlas.count).fill(999), headsIsland: new Uint8Array(atlas.count).fill(1) };
    const marks = { shown: null, focus, path: null, hovered: -1, selected: -1, off: new Set(), few: false, wholeZoom: 1 };
    const scene = /** @type {any} */ ({ atlas, view: "topics", camera: { x: 0, y: 0, zoom: 0.01 }, ground: { boxes: [] }, ...nodes, ...marks });
    setTones(scene);
    return scene;
  };
  const topic = atlas.articles;
  const few = of(new Set([3, topic]));
  assert.ok(markRadius(few, 3) > 3 && markRadius(few, 4) < 1);
  assert.ok(standsByItself(few, topic) && !standsByItself(few, topic + 1));
  const many = of(new Set(Array.from({ length: SMALL + 1 }, (_, n) => n)));
  assert.ok(markRadius(many, 3) < 1 && !standsByItself(many, topic));
});
