/** The scripts are put together as one module: what they call their parts must not meet. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const folder = new URL("../../graph/explorer/page/scripts/", import.meta.url);
const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".js"));
const texts = new Map(paths.map((path) => [path, readFileSync(new URL(path, folder), "utf8")]));

test("no name is given at the top of two scripts", () => {
  /** @type {Map<string, string>} */
  const owners = new Map();
  for (const [file, text] of texts) {
    for (const [, name] of text.matchAll(/^(?:export )?(?:async )?(?:function|const|let|class) \*?([\w$]+)/gm)) {
      assert.ok(!owners.has(name), `${name} is in ${file} and in ${owners.get(name)}`);
      owners.set(name, file);
    }
  }
  assert.ok(owners.size > 100);
});

test("imports are one line each and rename nothing, so that they can be left out", () => {
  for (const [file, text] of texts) {
    for (const [line] of text.matchAll(/^import .*$/gm)) {
      assert.match(line, /^import \{ [\w, ]+ \} from "\.\.?\/[a-z_./]+\.js";$/, file);
      assert.doesNotMatch(line, / as /, file);
    }
    assert.doesNotMatch(text, /^export (?:default|\{|\*)/m, file);
  }
});

test("each script begins by saying what it is for", () => {
  for (const [file, text] of texts) assert.match(text, /^\/\*\* [A-Z]/, file);
});
