/** The panel that asks the graph in SPARQL: an editor, examples, the answer as a table, and its nodes on the map. */

import { byId, fill, make, panelHead, quoted, say, toLink } from "../elements/dom.js";
import { counted, cut, plain } from "../elements/formats.js";
import { nodeButton } from "../elements/nodes.js";
import { asking } from "../panels/card_actions.js";
import { PHONE } from "../panels/panels.js";
import { MOST_ROWS, QueryEngine } from "./engine.js";
import { EXAMPLES } from "./examples.js";

/** @import {Explorer} from "../state/explorer.js" */
/** @import {Answer, Term} from "./answering.js" */

/** Milliseconds that an answer may take. */
const ANSWER_LIMIT = 30000;
/** Rows that are listed at a time. */
const ROWS_AT_A_TIME = 200;
const LONGEST_ERROR = 80;
const LONGEST_WORD = 30;
/** Literals with at most this many letters, such as dates, are on one line. */
const SHORT_LITERAL = 20;
const ERROR_PLACE = /\bat (\d+):(\d+)(?:-\d+:\d+)?:? ?/;

/** @param {Explorer} explorer @returns {QueryEngine} */
export function createAsk(explorer) {
  const { prefixes } = explorer.atlas.header.tables;
  const engine = new QueryEngine(prefixes, ANSWER_LIMIT);
  const found = new FoundNodes(explorer);
  const panel = make("section", { id: "ask", class: "panel", "aria-label": "SPARQL", hidden: true });
  const opener = make("button", { id: "open-ask", "aria-expanded": "false", "aria-controls": "ask", text: "SPARQL" });
  byId("open-save").before(opener);
  byId("save").before(panel);

  const editor = make("textarea", { id: "query", rows: 8, spellcheck: "false", autocapitalize: "off", "aria-label": "Query", "aria-describedby": "ask-help" });
  editor.value = EXAMPLES[0][1];
  const examples = make("select", { id: "examples", "aria-label": "Examples" }, make("option", { text: "Examples …", value: "" }));
  EXAMPLES.forEach(([name], number) => examples.append(make("option", { text: name, value: number })));
  const run = make("button", { class: "button main", id: "run", text: "Run" });
  const stop = make("button", { class: "button", id: "stop", text: "Stop", hidden: true });
  const status = make("p", { class: "faint", id: "ask-status", role: "status" });
  const trouble = make("div", { id: "ask-error", role: "alert" });
  const results = make("div", { class: "table-scroll", id: "answer", tabindex: "0", role: "group", "aria-label": "Answer" });
  const about = JSON.parse(byId("engine-script").dataset.about ?? "{}");
  const help = make("p", { class: "faint", id: "ask-help", text: `Ctrl+Enter runs the query. These prefixes are declared: ${Object.keys(prefixes).join(", ")}. Oxigraph ${about.version} (${about.licence}) answers in this page, offline.` });

  const set = (/** @type {boolean} */ open) => {
    panel.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    // The table is in the same place.
    if (open) explorer.change({ panel: explorer.state.panel === "table" ? "" : explorer.state.panel }, { stay: true });
    else found.drop();
    explorer.retell();
    (open ? editor : opener).focus({ preventScroll: true });
    if (open) engine.prepare().catch(() => {});
  };
  const clearAnswer = () => {
    fill(results);
    fill(trouble);
    status.textContent = "";
    found.drop();
  };
  const clear = make("button", { class: "button", id: "ask-clear", text: "Clear", onclick: clearAnswer });
  fill(
    panel,
    panelHead("SPARQL", "Close SPARQL", () => set(false)),
    make("div", { class: "asking" },
      make("div", { class: "asked" }, editor, make("div", { class: "actions" }, run, stop, examples, clear), status, trouble, help),
      results),
  );

  let asked = 0;
  const ask = async () => {
    const query = editor.value;
    const number = (asked += 1);
    fill(trouble);
    [run.disabled, stop.hidden, status.textContent] = [true, false, "Asking …"];
    const begun = performance.now();
    try {
      const answer = await engine.ask(query);
      const words = answerWords(answer);
      status.textContent = `${words} ${plain(Math.max(1, Math.round(performance.now() - begun)))} ms.`;
      fill(results, ...(answer.kind === "rows" && answer.rows.length ? answerTable(explorer, answer, words) : []));
      found.show(answer);
    } catch (error) {
      // Another query was started in the meantime.
      if (number !== asked) return;
      // The result of an earlier query is not the answer to this one.
      clearAnswer();
      const { message, place } = placedError(error instanceof Error ? error.message : String(error), query);
      fill(trouble, make("p", { text: message }));
      if (place !== null) {
        const [from, to] = place;
        editor.focus();
        editor.setSelectionRange(from, to);
      }
    } finally {
      if (number === asked) [run.disabled, stop.hidden] = [false, true];
      // On a phone the answer is below the query, out of view.
      if (number === asked && window.matchMedia(PHONE).matches) status.scrollIntoView({ block: "start" });
    }
  };
  asking.run = (query) => {
    editor.value = query;
    // On a phone the card would hide the panel.
    if (window.matchMedia(PHONE).matches) explorer.change({ node: -1 });
    set(true);
    void ask();
  };
  opener.addEventListener("click", () => set(panel.hidden));
  run.addEventListener("click", ask);
  stop.addEventListener("click", () => {
    engine.cancel();
    run.focus();
  });
  examples.addEventListener("change", () => {
    const [, query] = EXAMPLES[Number(examples.value)] ?? [];
    if (query) editor.value = query;
    examples.value = "";
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") set(false);
    else if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    else if (!run.disabled) void ask();
    event.preventDefault();
    event.stopPropagation();
  });
  explorer.listen(() => {
    if (explorer.state.panel === "table" && !panel.hidden) {
      panel.hidden = true;
      opener.setAttribute("aria-expanded", "false");
    }
  });
  return engine;
}

/** The nodes that an answer names, which are highlighted on the map while nothing else is in focus. */
class FoundNodes {
  /** @type {Set<number>|null} */
  #nodes = null;

  /** @param {Explorer} explorer */
  constructor(explorer) {
    this.explorer = explorer;
    explorer.listen(() => {
      if (this.#nodes && explorer.focus === null && explorer.state.depth === 0) this.#focus(this.#nodes);
    });
  }

  /** @param {Answer} answer */
  show(answer) {
    const { explorer } = this;
    /** @type {Set<number>} */
    const nodes = new Set();
    for (const row of answer.kind === "rows" ? answer.rows : []) {
      for (const term of row) {
        const node = term?.kind === "iri" ? explorer.nodeOf(term.value) : -1;
        if (node >= 0) nodes.add(node);
      }
    }
    this.drop();
    if (nodes.size === 0) return;
    this.#nodes = nodes;
    this.#focus(nodes);
    explorer.retell();
    explorer.map.flyTo([...nodes]);
    say(`${counted(nodes.size, "node")} on the map`);
  }

  /** Show everything as before. */
  drop() {
    if (this.#nodes === null) return;
    const isShown = this.explorer.focus === this.#nodes;
    this.#nodes = null;
    if (!isShown) return;
    this.#focus(null);
    this.explorer.retell();
  }

  /** @param {Set<number>|null} nodes */
  #focus(nodes) {
    this.explorer.focus = nodes;
    this.explorer.map.setFocus(nodes);
  }
}

/** @param {Answer} answer @returns {string} */
function answerWords(answer) {
  if (answer.kind === "truth") return answer.isTrue ? "Yes." : "No.";
  const words = counted(answer.count, "row");
  return answer.count > MOST_ROWS ? `${words}; the first ${plain(MOST_ROWS)} are shown.` : `${words}.`;
}

/**
 * The message of the engine, with the place in the reader's own lines and what to select there.
 * @param {string} said
 * @param {string} query
 * @returns {{message: string, place: [number, number]|null}}
 */
function placedError(said, query) {
  const at = ERROR_PLACE.exec(said);
  // The first line contains the prefixes.
  const line = at ? Number(at[1]) - 1 : 0;
  if (!at || line < 1) return { message: said, place: null };
  const lines = query.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const column = Math.min(Number(at[2]) - 1, (lines[line - 1] ?? "").length);
  const from = Math.min(before + [...(lines[line - 1] ?? "")].slice(0, column).join("").length, query.length);
  const rest = said.replace(at[0], "").replace(/^error:? */i, "").trim();
  const unexpected = /^\S+/.exec(query.slice(from))?.[0];
  // The list of everything possible there is long.
  const words = rest.length <= LONGEST_ERROR ? rest : unexpected ? `“${cut(unexpected, LONGEST_WORD)}” is not expected here.` : "something is missing here.";
  return { message: `Line ${line}, column ${at[2]}: ${words}`, place: [from, Math.min(from + 1, query.length)] };
}

/** @param {Explorer} explorer @param {Extract<Answer, {kind: "rows"}>} answer @param {string} words */
function answerTable(explorer, { names, rows }, words) {
  const body = make("tbody");
  const head = make("tr", {}, ...names.map((name) => make("th", { scope: "col" }, quoted(name))));
  const more = make("button", { class: "button" });
  const list = () => {
    const from = body.rows.length;
    const some = rows.slice(from, from + ROWS_AT_A_TIME);
    body.append(...some.map((row) => make("tr", {}, ...row.map((term) => make("td", {}, termCell(explorer, term))))));
    more.hidden = body.rows.length === rows.length;
    more.textContent = `Show ${plain(Math.min(ROWS_AT_A_TIME, rows.length - body.rows.length))} more`;
  };
  more.addEventListener("click", list);
  list();
  return [make("table", {}, make("caption", { class: "unseen", text: `Answer: ${words}` }), make("thead", {}, head), body), more];
}

/** @param {Explorer} explorer @param {Term|null} term @returns {Node|null} */
function termCell(explorer, term) {
  if (term === null) return null;
  if (term.kind !== "iri") {
    const literal = quoted(term.value);
    if (term.value.length <= SHORT_LITERAL) literal.classList.add("short");
    return literal;
  }
  const node = explorer.nodeOf(term.value);
  if (node >= 0) return nodeButton(explorer, node);
  const href = toLink(term.value);
  return href === null ? quoted(term.value) : make("a", { href, target: "_blank", rel: "noopener noreferrer" }, quoted(term.value));
}
