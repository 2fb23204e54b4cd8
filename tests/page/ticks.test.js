/** Promises of ticks.js: dates stand far enough apart, in order, and say when they are. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { drawAxis } from "../../graph/explorer/page/scripts/map/timeline/axis.js";
import { ticks } from "../../graph/explorer/page/scripts/map/timeline/ticks.js";

const DAY = 86400000;
const dayOf = (/** @type {string} */ text) => Date.parse(text) / DAY;

test("at any scale ticks are in order, within the range and apart", () => {
  for (const pixels of [0.001, 0.02, 0.3, 1, 5, 30, 200]) {
    const [first, last] = [dayOf("1998-11-20"), dayOf("2023-05-23")];
    const found = ticks(first, last, pixels).map(({ day }) => day);
    for (const [at, day] of found.entries()) {
      assert.ok(day >= first && day <= last);
      if (at) assert.ok((day - found[at - 1]) * pixels >= 64 * 0.9, `${pixels}`);
    }
  }
});

test("no date is written where half of it would lie under a panel or a button, or beyond the window", () => {
  const written = (/** @type {{left: number, right: number}} */ { left, right }, /** @type {object[]} */ buttons = []) => {
    /** @type {number[]} */
    const found = [];
    const pen = new Proxy({}, { get: (_, name) => (name === "fillText" ? (/** @type {string} */ _text, /** @type {number} */ x) => found.push(x) : () => {}), set: () => true });
    const scene = {
      view: "timeline", ground: { time: { first: dayOf("2000-01-01"), last: dayOf("2020-01-01"), scale: 1 } }, camera: { x: 3652, y: 0, zoom: 0.14 },
      width: 1000, height: 500, letters: 1, inset: { left, right, top: 0, bottom: 0 }, buttons, colours: { paper: [0, 0, 0], soft: [0, 0, 0], ink: [0, 0, 0], font: "" },
    };
    drawAxis(/** @type {any} */ (pen), /** @type {any} */ (scene));
    return found;
  };
  const all = written({ left: 0, right: 0 });
  assert.ok(all.length > 6 && all.every((x) => x >= 24 && x <= 976));
  assert.deepEqual(written({ left: 300, right: 200 }), all.filter((x) => x >= 324 && x <= 776));
  assert.deepEqual(written({ left: 0, right: 0 }, [{ left: 400, right: 440, top: 300, bottom: 490 }]), all.filter((x) => x <= 376 || x >= 464));
});

test("far away there are years, nearer months, then days", () => {
  const texts = (/** @type {number} */ pixels) => ticks(dayOf("2020-11-10"), dayOf("2021-03-10"), pixels).map(({ text }) => text);
  assert.deepEqual(texts(0.4), ["2021"]);
  assert.deepEqual(texts(2.5), ["Dec", "2021", "Feb", "Mar"]);
  assert.ok(texts(80).includes("17 Nov"));
});

test("years before 1970 and before 100 are named as they are", () => {
  assert.ok(ticks(dayOf("1950-01-01"), dayOf("1960-01-01"), 0.2).some(({ text }) => text === "1955"));
  assert.deepEqual(ticks(dayOf("0099-06-01"), dayOf("0101-06-01"), 0.2).map(({ text }) => text), ["100", "101"]);
});

test("an endless range gives no endless list", () => {
  assert.ok(ticks(-1e7, 1e7, 1).length <= 400);
});
