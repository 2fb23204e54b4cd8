// The search box: finds nodes by label, other names and address, accents and case aside.

const box = document.getElementById("search");
const answers = document.getElementById("answers");
const found = document.getElementById("found");
const note = document.getElementById("found-note");
const mostFound = 12;
const said = document.getElementById("said");
let at = -1;

function announce(text) {
  said.textContent = text;
}

function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

const haystack = told.nodes.map((node) => ({
  node,
  label: folded(node.label),
  rest: folded([node.facts.names, node.facts.keywords, node.facts.domain, node.id].filter(Boolean).join(" ")),
}));

function matches(text) {
  const words = folded(text).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const rank = ({ label, rest, node }) => {
    if (!words.every((word) => label.includes(word) || rest.includes(word))) return null;
    const whole = words.join(" ");
    const closest = [label === whole, label.startsWith(whole), label.includes(" " + whole), label.includes(whole), true];
    return [closest.indexOf(true), -linksOf.get(node.id).length];
  };
  const order = (one, other) =>
    one.rank[0] - other.rank[0] || one.rank[1] - other.rank[1] || (one.node.id < other.node.id ? -1 : 1);
  return haystack
    .map((entry) => ({ node: entry.node, rank: rank(entry) }))
    .filter((entry) => entry.rank)
    .sort(order)
    .map((entry) => entry.node);
}

function foundItem(node, place) {
  const attributes = { role: "option", id: "found-" + place, "aria-selected": "false" };
  const item = make("li", attributes, mark(look(node)), make("bdi", {}, node.label));
  item.dataset.iri = node.id;
  item.addEventListener("mousedown", (event) => event.preventDefault());
  item.addEventListener("click", () => take(node.id));
  return item;
}

function noteOn(number) {
  if (number > mostFound) return `${mostFound} of ${number} found`;
  if (number) return "";
  const { shown, nodes: all } = told.summary;
  return shown < all ? `Nothing found among the ${shown.toLocaleString("en")} shown.` : "Nothing found.";
}

function showMatches() {
  const all = matches(box.value);
  found.replaceChildren(...all.slice(0, mostFound).map(foundItem));
  box.setAttribute("aria-expanded", String(all.length > 0));
  note.textContent = noteOn(all.length);
  answers.hidden = !box.value.trim();
  announce(answers.hidden ? "" : `${all.length} found`);
  point(all.length ? 0 : -1);
}

function point(place) {
  const items = [...found.children];
  at = items.length ? (place + items.length) % items.length : -1;
  items.forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
  if (at >= 0) {
    box.setAttribute("aria-activedescendant", items[at].id);
    items[at].scrollIntoView({ block: "nearest" });
  } else box.removeAttribute("aria-activedescendant");
}

function take(iri) {
  closeSearch();
  goTo(iri, true);
}

function closeSearch() {
  answers.hidden = true;
  found.replaceChildren();
  box.setAttribute("aria-expanded", "false");
  at = -1;
}

box.addEventListener("input", showMatches);
box.addEventListener("focus", () => { box.select(); if (box.value) showMatches(); });
box.addEventListener("blur", closeSearch);
box.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (answers.hidden) showMatches();
    else point(at + (event.key === "ArrowDown" ? 1 : -1));
  } else if (event.key === "Enter" && at >= 0) {
    event.preventDefault();
    take(found.children[at].dataset.iri);
  } else if (event.key === "Escape" && box.value) {
    event.stopPropagation();
    box.value = "";
    closeSearch();
  }
});
