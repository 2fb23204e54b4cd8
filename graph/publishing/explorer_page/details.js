// The details of the chosen node. Everything from the content reaches the page as text, never as markup.

const panel = document.getElementById("details");
const kindNames = { article: "Article", stub: "Stub", topic: "Topic", provider: "Provider", person: "Person" };
const longList = 12;
// Which relations the details of each kind tell: their name, whether they lead outward, their heading.
const relationLists = {
  article: [
    ["publisher", true, "Provider"],
    ["about", true, "Topics"],
    ["author", true, "Authors"],
    ["mentions", true, "Mentions"],
    ["part", true, "Contains"],
    ["part", false, "Part of"],
    ["related", true, "Related articles"],
    ["related", false, "Named as related by"],
  ],
  provider: [
    ["publisher", false, "Articles"],
    ["affiliation", false, "People"],
  ],
  topic: [
    ["broader", true, "Wider topic"],
    ["broader", false, "Narrower topics"],
    ["about", false, "Articles about it"],
    ["mentions", false, "Mentioned in"],
    ["expertise", false, "People"],
  ],
  person: [
    ["affiliation", true, "Works at"],
    ["expertise", true, "Knows about"],
    ["author", false, "Articles"],
  ],
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

function plainDuration(value) {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/.exec(value);
  if (!parts) return value;
  const names = ["d", "h", "min", "s"];
  return parts.slice(1).map((part, place) => (part ? part + " " + names[place] : "")).filter(Boolean).join(" ") || value;
}

function nodeButton(iri) {
  const node = byIri.get(iri);
  const button = make("button", { type: "button", class: "node" }, mark(look(node)), make("bdi", {}, node.label));
  button.addEventListener("click", () => goTo(iri, true));
  return button;
}

// One side of one relation, as a heading, a list of buttons, and how many more are not in the picture.
function relationList(node, relation, outward, heading) {
  const key = relation + (outward ? " to" : " from");
  const iris = linksOf.get(node.id)
    .filter((link) => link.relation === relation && (outward ? link.from : link.to) === node.id)
    .map((link) => (outward ? link.to : link.from))
    .sort((one, other) => linksOf.get(other).length - linksOf.get(one).length || (one < other ? -1 : 1));
  const beyond = (node.beyond.counts || {})[key] || 0;
  const named = outward ? (node.beyond.names || {})[relation] || [] : [];
  if (!iris.length && !beyond) return null;
  const list = make("ul", {}, ...iris.map((iri) => make("li", {}, nodeButton(iri))));
  const total = make("span", { class: "count" }, (iris.length + beyond).toLocaleString("en"));
  const section = make("section", { class: "relation" }, make("h3", {}, heading + " ", total), list);
  if (iris.length > longList) shorten(section, list, iris.length);
  for (const name of named) list.append(make("li", { class: "away" }, make("bdi", {}, name)));
  if (beyond > named.length) {
    const rest = (beyond - named.length).toLocaleString("en");
    const more = iris.length || named.length ? `and ${rest} more outside this picture` : `${rest} outside this picture`;
    section.append(make("p", { class: "away" }, more));
  }
  return section;
}

function shorten(section, list, count) {
  const rest = [...list.children].slice(longList);
  for (const item of rest) item.hidden = true;
  const more = make("button", { type: "button", class: "more" }, `Show all ${count}`);
  more.addEventListener("click", () => {
    for (const item of rest) item.hidden = false;
    rest[0].firstChild.focus();
    more.remove();
  });
  section.append(more);
}

function badges(node) {
  const facts = node.facts;
  const kind = make("span", { class: "kind" }, mark(look(node)), kindNames[node.kind] || node.kind);
  const line = make("p", { class: "badges" }, kind);
  if (facts.type && facts.type !== node.kind) line.append(make("span", { class: "badge" }, facts.type));
  if (facts.category) line.append(make("span", { class: "badge" }, facts.category));
  if (facts.stub) line.append(make("span", { class: "badge dashed" }, "stub: only linked to"));
  if (facts.published === false) line.append(make("span", { class: "badge loud" }, "unpublished"));
  if (facts.published === true) line.append(make("span", { class: "badge" }, "published"));
  return line;
}

function rating({ rating_average: average, rating_count: voters }) {
  if (average === undefined) return undefined;
  return voters ? `${average} from ${voters.toLocaleString("en")}` : String(average);
}

function factList(node) {
  const facts = node.facts;
  const rows = [
    ["Changed", facts.modified_at && plainDay(facts.modified_at)],
    ["Begins", facts.starts_at && plainDay(facts.starts_at)],
    ["Ends", facts.ends_at && plainDay(facts.ends_at)],
    ["Length", facts.duration && plainDuration(facts.duration)],
    ["Price", facts.price],
    ["For", facts.levels],
    ["Rating", rating(facts)],
    ["Words", facts.word_count && facts.word_count.toLocaleString("en")],
    ["Language", facts.language],
    ["Quality", facts.quality],
    ["Heat", facts.heat >= 0 ? facts.heat : undefined],
    ["Domain", facts.domain],
    ["Place", facts.location],
    ["Also called", facts.names],
    ["Keywords", facts.keywords],
    ["Hashtags", facts.hashtags],
    ["Read from", facts.source],
  ].filter(([, value]) => value !== undefined && value !== false && value !== "");
  if (!rows.length) return null;
  const row = ([name, value]) => [make("dt", {}, name), make("dd", { dir: "auto" }, String(value))];
  return make("dl", {}, ...rows.flatMap(row));
}

function actions(node) {
  const line = make("p", { class: "actions" });
  const address = node.facts.url || "";
  if (/^https?:\/\//i.test(address)) {
    const names = { article: "Open the article", provider: "Open the website" };
    const text = names[node.kind] || "Open the page";
    const link = make("a", { class: "button main", target: "_blank", rel: "noopener noreferrer" }, text);
    link.href = address;
    line.append(link);
  }
  const copy = make("button", { type: "button", class: "button" }, "Copy IRI");
  copy.addEventListener("click", () => copyText(node.id, copy));
  line.append(copy);
  return line;
}

async function copyText(text, button) {
  let done = false;
  try {
    await navigator.clipboard.writeText(text);
    done = true;
  } catch {
    const field = make("textarea", { class: "unseen", readonly: "" });
    field.value = text;
    panel.append(field);
    field.select();
    done = document.execCommand("copy");
    field.remove();
    button.focus();
  }
  button.textContent = done ? "Copied" : "Copying is not allowed here";
  announce(done ? "IRI copied" : "Copying is not allowed here");
}

function showDetails(iri) {
  const node = byIri.get(iri);
  const close = make("button", { type: "button", class: "close", "aria-label": "Close details" }, "×");
  close.addEventListener("click", () => goTo(null));
  const text = node.facts.excerpt || node.facts.description;
  panel.replaceChildren(
    close,
    badges(node),
    make("h2", { dir: "auto" }, node.label),
    ...[node.facts.published_at ? make("p", { class: "when" }, plainDay(node.facts.published_at)) : null].filter(Boolean),
    ...[text ? make("p", { class: "excerpt", dir: "auto" }, text) : null, actions(node)].filter(Boolean),
    ...(relationLists[node.kind] || []).map((list) => relationList(node, ...list)).filter(Boolean),
    ...[factList(node)].filter(Boolean),
    make("p", { class: "iri" }, node.id),
  );
  panel.hidden = false;
  panel.scrollTop = 0;
  panel.focus({ preventScroll: true });
}
