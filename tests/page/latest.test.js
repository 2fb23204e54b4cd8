/** Promises of latest.js: an answer that comes late never replaces that to a later question. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Latest } from "../../graph/explorer/page/scripts/state/latest.js";

/** @returns {{answer: Promise<string>, give: (text: string) => void}} */
function question() {
  let give = (/** @type {string} */ _) => {};
  const answer = new Promise((/** @type {(text: string) => void} */ resolve) => {
    give = resolve;
  });
  return { answer, give };
}

test("of two questions only the later one is answered, whichever answer comes first", async () => {
  for (const isLateFirst of [false, true]) {
    const [early, late] = [question(), question()];
    const latest = new Latest();
    /** @type {string[]} */
    const heard = [];
    const asked = [early, late].map(({ answer }) => latest.ask(answer, (text) => heard.push(text)));
    for (const one of isLateFirst ? [late, early] : [early, late]) one.give(one === late ? "late" : "early");
    await Promise.all(asked);
    assert.deepEqual(heard, ["late"]);
  }
});

test("what is dropped is not answered", async () => {
  const latest = new Latest();
  const asked = latest.ask(Promise.resolve("answer"), () => assert.fail("answered"));
  latest.drop();
  await asked;
});
