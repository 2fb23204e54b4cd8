"use strict";

// Answers as a person reads them. Everything from the content reaches the page as text, never as markup.

const answer = document.getElementById("answer");
const nodePage = document.getElementById("asking").dataset.node;
const rowsAtOnce = 200;
const numeric = /#(integer|decimal|double|float|int|long|short|byte|nonNegativeInteger|positiveInteger)$/;
const timely = /#(date|dateTime|time|gYear|gYearMonth)$/;
const prefixes = new Map(
  [...document.querySelectorAll("#prefixes dt")].map((name) => [name.nextElementSibling.textContent, name.textContent]),
);

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function shortened(iri) {
  for (const [start, prefix] of prefixes) if (iri.startsWith(start) && iri !== start) return prefix + iri.slice(start.length);
  return iri;
}

function nodeLink(iri) {
  return make("a", { href: nodePage + "?iri=" + encodeURIComponent(iri), title: iri }, shortened(iri));
}

function cell(term) {
  if (!term) return make("td", { class: "bare" }, "");
  if (term.type === "uri") return make("td", {}, nodeLink(term.value));
  if (term.type === "bnode") return make("td", { class: "bare" }, "_:" + term.value);
  if (numeric.test(term.datatype || "")) return make("td", { class: "number" }, term.value);
  if (timely.test(term.datatype || "")) return make("td", { class: "time" }, term.value);
  const title = term["xml:lang"] ? "@" + term["xml:lang"] : term.datatype ? shortened(term.datatype) : "";
  return make("td", title ? { dir: "auto", title } : { dir: "auto" }, term.value);
}

function isNumeric(rows, name) {
  return rows.some((row) => row[name]) && rows.every((row) => !row[name] || numeric.test(row[name].datatype || ""));
}

// The server sorts the columns of SELECT * by name: they are shown in the order in which the query has them.
function columns(names, sparql) {
  if (!/\bselect\b(?:\s+(?:distinct|reduced))?\s*(\*?)/i.exec(sparql)?.[1]) return names;
  const met = sparql.match(/(?<=[?$])[\p{L}\p{N}_]+/gu);
  return [...names].sort((one, other) => met.indexOf(one) - met.indexOf(other));
}

function table({ head, results }, sparql) {
  const rows = results.bindings;
  const names = columns(head.vars, sparql);
  const heads = names.map((name) => make("th", { scope: "col", class: isNumeric(rows, name) ? "number" : "" }, name));
  const body = make("tbody");
  const sheet = make(
    "div",
    { class: "sheet", tabindex: "0", role: "region", "aria-label": "Table of results" },
    make("table", {}, make("thead", {}, make("tr", {}, ...heads)), body),
  );
  let shown = 0;
  const more = make("button", { type: "button", class: "button" });
  const add = () => {
    const next = rows.slice(shown, shown + rowsAtOnce);
    body.append(...next.map((row) => make("tr", {}, ...names.map((name) => cell(row[name])))));
    shown += next.length;
    more.hidden = shown >= rows.length;
    more.textContent = `Show more: ${shown.toLocaleString("en")} of ${rows.length.toLocaleString("en")} rows are shown`;
  };
  more.addEventListener("click", add);
  add();
  return [sheet, more];
}

function outcome(text, seconds, ...buttons) {
  const time = seconds < 1 ? `${Math.max(1, Math.round(seconds * 1000))} ms` : `${seconds.toFixed(1)} s`;
  return make("p", { class: "outcome" }, make("strong", {}, text), make("span", { class: "count" }, time), ...buttons);
}

function counted(number, one, many) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

function showAnswer(...content) {
  answer.replaceChildren(...content);
  answer.hidden = false;
}

function showFault(title, text, goTo) {
  const box = make("div", { class: "fault", role: "alert" }, make("p", {}, make("strong", {}, title)), make("p", {}, text));
  if (goTo) box.append(make("p", {}, goTo));
  showAnswer(box);
}
