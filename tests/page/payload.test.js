/** Promises of payload.js: what was written is what is read. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { decode } from "../../graph/explorer/page/scripts/data/payload.js";
import { encode, invent } from "./fixture.js";

test("a column is read as it was written, whatever its type and its place in a larger buffer", () => {
  const { header } = decode(invent(10).map);
  const written = encode(header, {
    a: { type: "u8", values: [1, 2, 255] },
    b: { type: "f32", values: [0.5, NaN] },
    c: { type: "i32", values: [-5, -2147483648] },
  });
  for (const shift of [0, 1, 4, 8]) {
    const larger = new Uint8Array(written.length + shift);
    larger.set(written, shift);
    const { columns } = decode(larger.subarray(shift));
    assert.deepEqual([...columns.a], [1, 2, 255]);
    assert.deepEqual([...columns.b], [0.5, NaN]);
    assert.deepEqual([...columns.c], [-5, -2147483648]);
  }
});

test("a column of differences is summed", () => {
  const { header } = decode(invent(10).map);
  const written = encode(header, { story: { type: "i32", delta: true, values: [3, 3, 1, 8] } });
  assert.deepEqual([...decode(written).columns.story], [3, 3, 1, 8]);
});

test("the header is read with its labels in any script", () => {
  const { header } = decode(invent(10).map);
  const { header: read } = decode(encode({ ...header, title: "مقالة 文章 🗺" }, {}));
  assert.equal(read.title, "مقالة 文章 🗺");
});
