"use strict";

// The editor, running a query, and its address. A query is in the part of the address after `#`, which is never sent to
// a server.

const form = document.getElementById("asking");
const field = document.getElementById("query");
const paint = document.getElementById("paint");
const run = document.getElementById("run");
const stop = document.getElementById("stop");
const share = document.getElementById("share");
const declare = document.getElementById("declare");
const said = document.getElementById("said");
const longestAddress = 6000;
const forms = "application/sparql-results+json, text/turtle;q=0.9";
let running = null;

function repaint() {
  paintInto(paint, field.value);
}

function write(text) {
  field.value = text;
  repaint();
  markExample();
}

function markExample() {
  for (const link of document.querySelectorAll("#examples a")) {
    if (new URL(link.href).searchParams.get("query") === field.value) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function ask(sparql, accept, signal) {
  const body = new URLSearchParams({ query: sparql });
  const headers = { Accept: accept };
  const address = form.action + "?" + body;
  if (address.length <= longestAddress) return fetch(address, { headers, signal });
  return fetch(form.action, { method: "POST", headers, body, signal });
}

async function runQuery() {
  running?.abort();
  const mine = (running = new AbortController());
  const sparql = field.value;
  keepInAddress(sparql);
  run.disabled = true;
  stop.hidden = false;
  said.textContent = "Running";
  answer.setAttribute("aria-busy", "true");
  const started = performance.now();
  try {
    const response = await ask(sparql, forms, mine.signal);
    const text = await response.text();
    const seconds = (performance.now() - started) / 1000;
    if (!response.ok) showFailure(response, text);
    else show(response.headers.get("Content-Type") || "", text, seconds, sparql);
  } catch (error) {
    if (running !== mine) return;
    if (error.name === "AbortError") showFault("Stopped", "The query was stopped before it was answered.");
    else showFault("No answer", "The server cannot be reached. Is it still running?");
  } finally {
    if (running === mine) {
      running = null;
      run.disabled = false;
      stop.hidden = true;
      answer.removeAttribute("aria-busy");
      said.textContent = answer.firstElementChild?.textContent || "";
    }
  }
}

function show(type, text, seconds, sparql) {
  if (!type.includes("json")) {
    const lines = text.split("\n").filter((line) => line && !line.startsWith("@")).length;
    const button = downloadButton("Download Turtle", "answer.ttl", "text/turtle", sparql);
    const about = lines ? `A graph, in Turtle` : "An empty graph";
    showAnswer(outcome(about, seconds, button), make("pre", { class: "sheet", tabindex: "0" }, text));
    return;
  }
  const told = JSON.parse(text);
  if (typeof told.boolean === "boolean") {
    showAnswer(outcome("Answered", seconds), make("p", { class: "yes" }, told.boolean ? "Yes" : "No"));
    return;
  }
  const number = told.results.bindings.length;
  const csv = number ? downloadButton("Download CSV", "answer.csv", "text/csv", sparql) : null;
  const rows = number ? table(told, sparql) : [];
  showAnswer(outcome(number ? counted(number, "row", "rows") : "No rows", seconds, csv), ...rows);
}

function showFailure(response, text) {
  const titles = { 400: "The query cannot be answered", 413: "The answer is too large", 503: "Not answered" };
  const title = titles[response.status] || `The server says ${response.status}`;
  const place = response.status === 400 && /\b(\d{1,5}):(\d{1,5})\b/.exec(text);
  let goTo = null;
  if (place) {
    goTo = make("button", { type: "button", class: "button" }, `Go to line ${place[1]}`);
    goTo.addEventListener("click", () => goToPlace(Number(place[1]), Number(place[2])));
  }
  showFault(title, text.trim().slice(0, 2000), goTo);
}

function goToPlace(line, column) {
  const lines = field.value.split("\n");
  const before = lines.slice(0, line - 1).reduce((length, one) => length + one.length + 1, 0);
  const at = Math.min(before + column - 1, field.value.length);
  field.focus();
  field.setSelectionRange(at, Math.min(at + 1, field.value.length));
}

function downloadButton(text, name, type, sparql) {
  const button = make("button", { type: "button", class: "button" }, text);
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const response = await ask(sparql, type);
      if (!response.ok) throw new Error(await response.text());
      const link = make("a", { download: name, href: URL.createObjectURL(await response.blob()) });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    } catch (error) {
      said.textContent = button.textContent = "The download failed";
      button.title = String(error.message).slice(0, 300);
    }
    button.disabled = false;
  });
  return button;
}

function keepInAddress(sparql) {
  history.replaceState(null, "", location.pathname + "#query=" + encodeURIComponent(sparql));
}

function queryInAddress() {
  try {
    return new URLSearchParams(location.hash.slice(1).replace(/\+/g, "%2B")).get("query");
  } catch {
    return null;
  }
}

async function copyLink() {
  keepInAddress(field.value);
  let text = "Link copied";
  try {
    await navigator.clipboard.writeText(location.href);
  } catch {
    text = "The link is in the address bar";
  }
  share.textContent = said.textContent = text;
  setTimeout(() => (share.textContent = "Copy link"), 2500);
}

function writePrefixes() {
  const text = field.value;
  const missing = [...prefixes].filter(([, prefix]) => {
    const escaped = prefix.replace(/[^a-z0-9]/g, "\\$&");
    return new RegExp("(^|[^\\w-])" + escaped).test(text) && !new RegExp("prefix\\s+" + escaped, "i").test(text);
  });
  if (missing.length) write(missing.map(([iri, prefix]) => `PREFIX ${prefix} <${iri}>\n`).join("") + text);
  said.textContent = missing.length ? "Prefixes added" : "No prefix is missing";
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  runQuery();
});
field.addEventListener("input", () => {
  repaint();
  markExample();
});
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    runQuery();
  }
});
stop.addEventListener("click", () => running?.abort());
share.addEventListener("click", copyLink);
declare.addEventListener("click", writePrefixes);
document.getElementById("examples")?.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  write(new URL(link.href).searchParams.get("query"));
  runQuery();
  if (window.matchMedia("(max-width: 900px)").matches) form.scrollIntoView();
});
window.addEventListener("hashchange", () => {
  const told = queryInAddress();
  if (told === null || told === field.value) return;
  write(told);
  runQuery();
});

document.querySelector(".editor").classList.add("painted");
share.hidden = declare.hidden = false;
if (window.matchMedia("(max-width: 900px)").matches) document.getElementById("examples-box")?.removeAttribute("open");
const asked = queryInAddress() ?? new URLSearchParams(location.search).get("query");
write(queryInAddress() ?? field.value);
if (asked) runQuery();
