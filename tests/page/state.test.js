/** Promises of state.js: an address written and read again is the same state, and any other text is no harm. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { noChoice } from "../../graph/explorer/page/scripts/filters/choice.js";
import { noLook } from "../../graph/explorer/page/scripts/state/look.js";
import { readState, startState, writeState } from "../../graph/explorer/page/scripts/state/state.js";
import { dice } from "./fixture.js";

const IRIS = ["https://example.org/topic/ai", "https://a.example/x?y=1&z=2#f", "https://b.example/100%25,ü~", "https://example.org/~", "urn:x"];
const KEYS = Array.from({ length: 8 }, (_, n) => `a${n}f`);
const names = {
  iri: (/** @type {number} */ n) => IRIS[n],
  node: (/** @type {string} */ iri) => IRIS.indexOf(iri),
  community: (/** @type {number} */ n) => KEYS[n],
  communityOf: (/** @type {string} */ key) => KEYS.indexOf(key),
  base: "https://example.org/",
  deepest: 3,
  knows: (/** @type {string} */ where, /** @type {string} */ value) => value !== "nosuch" && where !== "own.gone",
};

test("the first state is no address at all", () => {
  assert.equal(writeState(startState(), names), "");
  assert.deepEqual(readState("", names), startState());
  assert.deepEqual(readState("#", names), startState());
});

test("what is written is read back the same", () => {
  const roll = dice(5);
  const chosen = (/** @type {any[]} */ values) => values.filter(() => roll() < 0.4);
  for (let round = 0; round < 500; round += 1) {
    const node = Math.floor(roll() * 6) - 1;
    /** @type {import("../../graph/explorer/page/scripts/state/state.js").State} */
    const state = {
      view: /** @type {const} */ (["topics", "network", "timeline"])[Math.floor(roll() * 3)],
      node,
      depth: node < 0 ? 0 : Math.floor(roll() * 4),
      to: node < 0 ? -1 : Math.floor(roll() * 6) - 1,
      ...(roll() < 0.3
        ? { panel: /** @type {const} */ ("compare"), compared: chosen([4, 0, 2, 1]) }
        : { panel: /** @type {const} */ (["", "table", "insights"])[Math.floor(roll() * 3)], compared: [] }),
      choice: {
        ...noChoice(),
        kinds: chosen(["article", "person"]),
        types: chosen(["a,b", "c&d=e", "100 %", "<b>", "ü"]),
        categories: chosen(["news"]),
        topics: chosen([0, 3]),
        providers: chosen([1, 2, 4]),
        authors: chosen([2]),
        status: chosen(["stub", "alone"]),
        every: chosen(["topics", "own.level"]),
        ...(roll() < 0.5 ? { "not.providers": [1, 3] } : {}),
        ...(roll() < 0.5 ? { "not.communities": [0, 4] } : {}),
        ...(roll() < 0.5 ? { "not.own.level": ["a,b"] } : {}),
        communities: chosen([0, 1, 7]),
        ...(roll() < 0.5 ? { "own.level": ["a,b", "c&d=e", "#%"] } : {}),
        ...(roll() < 0.5 ? { "own.place": ["https://a.example/x?y=1#z"] } : {}),
        from: roll() < 0.5 ? null : Math.floor(roll() * 40000) - 10000,
        to: roll() < 0.5 ? null : Math.floor(roll() * 40000),
        low: roll() < 0.5 ? null : Math.floor(roll() * 100) - 50,
        words: roll() < 0.5 ? "" : "a & b # c % d",
      },
      look: {
        ...noLook(),
        faded: roll() < 0.5,
        colour: roll() < 0.5 ? "" : "own.level",
        lanes: roll() < 0.5 ? "" : "providers",
        off: chosen(["related", "links"]),
      },
      camera: roll() < 0.5 ? null : { x: Math.round(roll() * 1e4) / 10, y: -Math.round(roll() * 1e4) / 10, zoom: 1.25 },
    };
    const text = writeState(state, names);
    assert.match(text, /^[^\s#<>"]*$/);
    assert.deepEqual(readState(`#${text}`, names), state, text);
  }
});

test("an address is short and readable", () => {
  const state = { ...startState(), node: 0, choice: { ...noChoice(), from: 19000 } };
  assert.equal(writeState(state, names), "iri=~topic/ai&from=2022-01-08");
  const choice = { ...noChoice(), topics: [0, 3], every: ["topics"], "not.status": ["stub"] };
  assert.equal(writeState({ ...startState(), choice }, names), "topic=~topic/ai,~~&not-status=stub&all=topic");
  const own = { ...startState(), choice: { ...noChoice(), "own.level": ["easy", "hard"], "own.place": [] } };
  assert.equal(writeState(own, names), "own.level=easy,hard");
});

test("a bare IRI selects its node, plain or encoded", () => {
  for (const [node, iri] of IRIS.entries()) {
    if (!iri.includes("%")) assert.equal(readState(`#${iri}`, names).node, node);
    assert.equal(readState(`#${encodeURIComponent(iri)}`, names).node, node);
  }
});

test("texts that mean nothing are read as the start", () => {
  for (const text of ["#%", "#view=", "#at=1,2", "#at=1,2,0", "#focus=2", "#path=urn:x", "#from=2023-02-31", "#community=x,-1,0", "#=&&=", "#own.=x", "#own.level=", "#own.__proto__=x", "#own.a-b=x", "#all=nosuch", "#not-topic=urn:y", "#rest=x", "#seen=1,2,3"]) {
    assert.deepEqual(readState(text, names), startState(), text);
  }
});

test("what an address names and nothing is called is told, and the rest is read", () => {
  /** @type {string[]} */
  const unknown = [];
  const state = readState("#iri=~gone&topic=~topic/ai,urn:y&community=a1f,12&type=video", names, unknown);
  assert.deepEqual(unknown, ["https://example.org/gone", "urn:y", "community 12"]);
  assert.deepEqual([state.node, state.choice.topics, state.choice.communities, state.choice.types], [-1, [0], [1], ["video"]]);
  readState("#urn:z", names, unknown);
  assert.equal(unknown.at(-1), "urn:z");
});

test("what an address says and means nothing is told, whatever part of it, and the rest is read", () => {
  const parts = {
    "view=map": "view map", "show=all": "show all", "iri=urn:x&focus=9": "focus 9", "kind=nosuch": "kind nosuch", "type=a,nosuch": "type nosuch",
    "not-type=nosuch": "not-type nosuch", "status=nosuch": "status nosuch", "own.gone=x": "own.gone x", "not-own.level=nosuch": "not-own.level nosuch",
    "all=nosuch": "all nosuch", "from=2023-02-31": "from 2023-02-31", "to=today": "to today", "quality-from=best": "quality-from best",
    "rest=x": "rest x", "colour=nosuch": "colour nosuch", "size=nosuch": "size nosuch", "lanes=nosuch": "lanes nosuch", "off=nosuch": "off nosuch",
    "seen=1,2": "seen 1,2", "theme=dark": "theme", "own.a-b=x": "own.a-b",
  };
  for (const [text, told] of Object.entries(parts)) {
    /** @type {string[]} */
    const unknown = [];
    assert.equal(readState(`#quality-to=40&${text}`, names, unknown).choice.high, 40);
    assert.deepEqual(unknown, [told]);
  }
  /** @type {string[]} */
  const unknown = [];
  assert.deepEqual(readState("#type=a,nosuch", names, unknown).choice.types, ["a"]);
  readState("#view=&focus=2&=&at=1,2,3&seen=1,2", names, (unknown.length = 0, unknown));
  assert.deepEqual(unknown, []);
});

test("a comparison is named while it is shown, each node once and few of them", () => {
  const state = { ...startState(), panel: /** @type {const} */ ("compare"), compared: [0, 4] };
  assert.equal(writeState(state, names), "show=compare&compare=~topic/ai,urn:x");
  assert.equal(writeState({ ...state, panel: "" }, names), "");
  const many = [...IRIS, ...IRIS].map(encodeURIComponent).join(",");
  assert.deepEqual(readState(`show=compare&compare=${many}`, names).compared, [0, 1, 2, 3]);
  /** @type {string[]} */
  const unknown = [];
  assert.deepEqual(readState("show=compare&compare=urn:y,urn:x", names, unknown).compared, [4]);
  assert.deepEqual(unknown, ["urn:y"]);
});
