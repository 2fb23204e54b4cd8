// The card: what is known of the chosen node, or the list of all. Everything from the content arrives as text.

const panel = document.getElementById("details");
const kindNames = { article: "Article", stub: "Stub", topic: "Topic", provider: "Provider", person: "Person" };
const kindGroups = { topic: "Topics", provider: "Providers", person: "People", article: "Articles", stub: "Stubs" };
// How a relation is told from its start, and from its end.
const relationNames = {
  publisher: ["Provider", "Articles"],
  about: ["Topics", "Articles about it"],
  author: ["Authors", "Articles"],
  mentions: ["Mentions", "Mentioned in"],
  part: ["Contains", "Part of"],
  related: ["Related articles", "Named as related by"],
  links: ["Links to", "Linked from"],
  based_on: ["Based on", "Source of"],
  broader: ["Wider topic", "Narrower topics"],
  parent: ["Part of", "Organisations below"],
  affiliation: ["Works at", "People"],
  expertise: ["Knows about", "People who know about it"],
  together: ["Topics of the same articles", "Topics of the same articles"],
  covers: ["Publishes about", "Providers"],
};

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function mark(kind) {
  return make("span", { class: "mark " + kind, "aria-hidden": "true" });
}

function plainDay(value) {
  const day = new Date(value.length === 10 ? value + "T00:00:00Z" : value);
  if (Number.isNaN(day.getTime())) return value;
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(day);
}

function nodeButton(iri, number) {
  const node = byIri.get(iri);
  const count = number ? make("span", { class: "count" }, number.toLocaleString("en")) : null;
  const button = make("button", { type: "button", class: "node" }, mark(look(node)), make("bdi", {}, node.label), count);
  button.addEventListener("click", () => choose(iri, true));
  return make("li", {}, button);
}

function section(heading, items) {
  const total = make("span", { class: "count" }, items.length.toLocaleString("en"));
  return make("section", {}, make("h3", {}, heading + " ", total), make("ul", {}, ...items));
}

// The neighbours of a node, by what joins them, the heaviest and best-connected first.
function relationSections(node) {
  const groups = new Map();
  for (const link of linksOf.get(node.id)) {
    const names = Object.hasOwn(relationNames, link.relation) ? relationNames[link.relation] : [link.relation, link.relation];
    const heading = names[link.from === node.id ? 0 : 1];
    if (!groups.has(heading)) groups.set(heading, []);
    groups.get(heading).push({ iri: link.from === node.id ? link.to : link.from, weight: link.weight });
  }
  const size = (iri) => byIri.get(iri).size;
  const order = (one, other) => other.weight - one.weight || size(other.iri) - size(one.iri) || (one.iri < other.iri ? -1 : 1);
  return [...groups].map(([heading, ends]) => {
    const items = ends.sort(order).map(({ iri, weight }) => nodeButton(iri, heaviest > 1 ? weight : 0));
    return section(heading, items);
  });
}

function badges(node) {
  const facts = node.facts;
  const kind = make("span", { class: "kind" }, mark(look(node)), kindNames[node.kind] || node.kind);
  const line = make("p", { class: "badges" }, kind);
  if (facts.type && facts.type !== node.kind) line.append(make("span", { class: "badge" }, facts.type));
  if (facts.category) line.append(make("span", { class: "badge" }, facts.category));
  if (facts.stub) line.append(make("span", { class: "badge dashed" }, "stub: only linked to"));
  if (facts.published === false) line.append(make("span", { class: "badge loud" }, "unpublished"));
  return line;
}

function opener(node) {
  const address = node.facts.url || "";
  if (!/^https?:\/\//i.test(address)) return null;
  const names = { article: "Open the article", provider: "Open the website" };
  const text = names[node.kind] || "Open the page";
  const link = make("a", { class: "button main", target: "_blank", rel: "noopener noreferrer" }, text);
  link.href = address;
  return make("p", {}, link);
}

function plural(number, one, many) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

function showCard(...content) {
  const close = make("button", { type: "button", class: "close", "aria-label": "Close" }, "×");
  close.addEventListener("click", () => choose(null));
  panel.replaceChildren(close, ...content.filter(Boolean));
  panel.hidden = false;
  panel.scrollTop = 0;
  panel.focus({ preventScroll: true });
}

function showDetails(iri) {
  const node = byIri.get(iri);
  const facts = node.facts;
  const text = facts.excerpt || facts.description;
  showCard(
    badges(node),
    make("h2", { dir: "auto" }, node.label),
    facts.published_at ? make("p", { class: "when" }, plainDay(facts.published_at)) : null,
    node.articles ? make("p", { class: "when" }, plural(node.articles, "article", "articles")) : null,
    text ? make("p", { class: "excerpt", dir: "auto" }, text) : null,
    opener(node),
    ...relationSections(node),
    node.beyond > 0
      ? make("p", { class: "away" }, plural(node.beyond, "relation leads", "relations lead") + " outside this picture.")
      : null,
    make("p", { class: "iri" }, node.id),
  );
}

function showList() {
  const groups = Object.entries(kindGroups).map(([kind, heading]) => {
    const alike = told.nodes.filter((node) => look(node) === kind).reverse();
    return alike.length ? section(heading, alike.map((node) => nodeButton(node.id))) : null;
  });
  showCard(make("h2", {}, "All that is shown"), ...groups);
}
