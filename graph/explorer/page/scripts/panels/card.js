/** The card: what is known about the selected node, what it is related to, and what can be done with it. */

import { valueOf } from "../data/values.js";
import { byId, fill, make, panelHead, say, toLink } from "../elements/dom.js";
import { KIND_NAME, counted, dayWords, durationWords, moreWords, plain, rounded } from "../elements/formats.js";
import { mark, nodeButton } from "../elements/nodes.js";
import { createActions } from "./card_actions.js";
import { inArticlesOf } from "./card_articles.js";
import { createNote } from "./note.js";
import { quotation } from "./quotation.js";

/** @import {Keeping} from "../kept/keeping.js" */
/** @import {Explorer} from "../state/explorer.js" */
/** @import {Facts} from "../data/atlas.js" */
/** @import {Form, Scalar} from "../data/values.js" */

const FEW_NODES = 5;
const MORE_NODES = 50;
const LONG_TITLE = 160;
/** Fields that the card shows in its own words. */
const SHOWN_APART = new Set(
  "excerpt description type category url image published_at published word_count stub rating_count".split(" "),
);

/** @typedef {{consented: boolean}} Pictures */

/** @param {Explorer} explorer @param {Keeping} keeping @param {() => void} onClose */
export function createCard(explorer, keeping, onClose) {
  const panel = byId("card");
  const back = make("button", { class: "icon", "aria-label": "Back", text: "‹", onclick: () => window.history.back() });
  const forward = make("button", { class: "icon", "aria-label": "Forward", text: "›", onclick: () => window.history.forward() });
  const body = make("div", { class: "card-body" });
  const kind = make("div", { class: "spacer" });
  fill(panel, panelHead(kind, "Close the details", onClose, back, forward), body);
  const pictures = { consented: readConsent() };
  const actions = createActions(explorer);
  const note = createNote(explorer, keeping);
  const above = make("div", { class: "card-part" });
  const below = make("div", { class: "card-part" });
  // Information comes before actions.
  fill(body, above, actions.element, note.element, below, actions.technical);
  let drawn = -1;
  let texts = 0;
  /** How many of each group are listed. @type {Map<string, number>} */
  const listed = new Map();
  const update = () => {
    const { node } = explorer.state;
    panel.hidden = node < 0;
    back.disabled = explorer.history.step === 0;
    forward.disabled = explorer.history.step >= explorer.history.lastStep;
    if (node >= 0 && (node !== drawn || texts !== textsOf(explorer, node))) {
      texts = textsOf(explorer, node);
      if (node !== drawn) {
        panel.scrollTop = 0;
        listed.clear();
        explorer.atlas.onText(node, () => {
          if (explorer.state.node === node) say(`${KIND_NAME[explorer.atlas.kind(node)]}: ${explorer.atlas.label(node)}`);
        });
      }
      panel.classList.toggle("long", explorer.atlas.label(node).length > LONG_TITLE);
      keepingFocus(body, () => {
        fill(kind, badges(explorer, node));
        const found = inArticlesOf(explorer, node);
        fill(above, ...describe(explorer, node), ...answer(explorer, found, listed));
        fill(below, picture(explorer, node, pictures), ...groups(explorer, node, listed), facts(explorer, node));
      });
    }
    drawn = node;
    actions.update();
    note.update();
  };
  explorer.listen(update);
}

/** Draw parts again, and give the focus back to the button with the same words. @param {HTMLElement} place @param {() => void} draw */
function keepingFocus(place, draw) {
  const focused = document.activeElement;
  const words = focused instanceof HTMLElement && place.contains(focused) ? focused.textContent : null;
  draw();
  if (words === null || place.contains(document.activeElement)) return;
  [...place.querySelectorAll("button")].find((button) => button.textContent === words)?.focus({ preventScroll: true });
}

/** How much of what the card shows has arrived: the node's texts, its relations, all texts, what filters count by. @param {Explorer} explorer @param {number} node */
function textsOf({ atlas }, node) {
  atlas.askForText(node);
  return Number(atlas.hasTextOf(node)) + 2 * Number(atlas.isSurrounded(node)) + 4 * Number(atlas.hasText) + 8 * Number(atlas.countable);
}

/** @param {Explorer} explorer @param {number} node @returns {(Node | null | false)[]} */
function describe(explorer, node) {
  const { atlas } = explorer;
  const label = atlas.label(node);
  const title = make("h2", { class: label.length > 2 * LONG_TITLE ? "clipped" : "", dir: "auto", text: label || (atlas.hasTextOf(node) ? "Untitled" : "…") });
  const whole = make("button", { class: "plain", text: "Show the whole title", onclick: () => (title.classList.remove("clipped"), whole.remove()) });
  const excerpt = atlas.excerpt(node);
  return [
    title,
    label.length > 2 * LONG_TITLE && whole,
    byline(explorer, node),
    topics(explorer, node),
    excerpt ? make("p", { class: "excerpt", dir: "auto", text: excerpt }) : null,
    ...notes(explorer, node),
  ];
}

/**
 * How many articles a topic, provider or person has and from when, what these say about it, and a button that shows only them.
 * @param {Explorer} explorer
 * @param {ReturnType<typeof inArticlesOf>} found
 * @param {Map<string, number>} listed
 * @returns {(HTMLElement|null)[]}
 */
function answer(explorer, found, listed) {
  if (!found?.articles) return [];
  const { counts } = found;
  const aside = (/** @type {number} */ other) => plain(counts.get(other) ?? 0);
  const list = counts.size ? group(explorer, found.heading, inOrder([...counts.keys()]), listed, { aside, below: () => null }) : null;
  return [make("p", { class: "faint", text: found.words }), list, make("button", { class: "button", text: `Show only these ${plain(found.articles)}`, onclick: found.choose })];
}

/** @param {Explorer} explorer @param {number} node */
function badges({ atlas }, node) {
  const kind = atlas.kind(node);
  const made = make("p", { class: "badges" }, make("span", { class: "kind" }, mark(kind, atlas.isStub(node)), KIND_NAME[kind]));
  const badge = (/** @type {string} */ text, loud = false) => made.append(make("span", { class: loud ? "badge loud" : "badge", dir: "auto", text }));
  for (const word of new Set([atlas.type(node), atlas.category(node)])) if (word && word !== kind) badge(word);
  if (kind === "article" && atlas.isStub(node)) badge("stub: known only from links");
  if (atlas.hasFlag(node, "unpublished")) badge("unpublished", true);
  return made;
}

/** @param {Explorer} explorer @param {number} node */
function byline(explorer, node) {
  const { atlas } = explorer;
  /** @type {(Node|string)[]} */
  const parts = ["publisher", "author", "affiliation"].flatMap((relation) =>
    Array.from(atlas.out(relation, node), (other) => nodeButton(explorer, other, { class: "", plain: true })),
  );
  const day = atlas.day(node);
  if (day !== null) parts.push(dayWords(day));
  const duration = atlas.facts(node).duration;
  if (typeof duration === "string") parts.push(durationWords(duration));
  const words = atlas.number("words", node);
  if (words) parts.push(counted(words, "word"));
  if (parts.length === 0) return null;
  return make("p", { class: "said" }, ...parts.flatMap((part, place) => (place ? [" · ", part] : [part])));
}

/** @param {Explorer} explorer @param {number} node */
function topics(explorer, node) {
  const { atlas } = explorer;
  const found = [...atlas.out("about", node), ...atlas.out("expertise", node)];
  if (found.length === 0) return null;
  const tags = found.map((topic) => nodeButton(explorer, topic, { class: "tag" }));
  return make("div", { class: "tags", role: "group", "aria-label": "Topics" }, ...tags);
}

/** @param {Explorer} explorer @param {number} node @returns {HTMLElement[]} */
function notes(explorer, node) {
  const { atlas, filtered, state } = explorer;
  const told = [];
  if (atlas.hasFlag(node, "inferred")) {
    const why = atlas.out("about", node).length > 0 ? "Too many articles have its topics" : "It states no topic";
    told.push(`${why}, so its place on the map is inferred from its links.`);
  }
  if (state.view === "timeline" && atlas.kind(node) === "article" && atlas.day(node) === null) {
    told.push("It has no date, so it is not on the timeline.");
  }
  if (filtered.visible[node] === 0) told.push("The filters hide it on the map.");
  return told.map((text) => make("p", { class: "faint", text }));
}

/** @param {Explorer} explorer @param {number} node @param {Pictures} pictures */
function picture({ atlas }, node, pictures) {
  const address = toLink(atlas.image(node));
  if (address === null) return null;
  const place = make("figure", { class: "picture" });
  const show = () => {
    place.classList.add("seen");
    const image = make("img", { alt: "", referrerpolicy: "no-referrer", loading: "lazy" });
    image.addEventListener("error", () => fill(place, make("p", { class: "faint", text: "The picture could not be loaded." })));
    image.src = address;
    fill(place, image);
  };
  if (pictures.consented) show();
  else {
    const consent = () => {
      pictures.consented = true;
      writeConsent();
      show();
    };
    const words = `Loads this picture from ${new URL(address).host}, and the pictures of the cards you open from then on.`;
    place.append(make("button", { class: "button", text: "Show pictures", onclick: consent }), make("p", { class: "faint", text: words }));
  }
  return place;
}

/** @param {Explorer} explorer @param {number} node @param {Map<string, number>} listed @returns {HTMLElement[]} what it is related to, by relation */
function groups(explorer, node, listed) {
  const { atlas } = explorer;
  const made = [];
  for (const { name: relation, outward, inward } of atlas.header.tables.relations) {
    const back = atlas.into(relation, node);
    const forth = new Set(atlas.out(relation, node));
    const both = new Set(forth.size ? back.filter((/** @type {number} */ other) => forth.has(other)) : []);
    for (const direction of [0, 1]) {
      // What is related both ways is listed once.
      const found = direction === 0 ? [...forth] : both.size ? back.filter((/** @type {number} */ other) => !both.has(other)) : back;
      const isTold = direction === 0 && ["about", "publisher", "author", "affiliation", "expertise"].includes(relation);
      if (found.length === 0 || isTold) continue;
      const quoted = relation === "links" ? (/** @type {number} */ other) => quotation(atlas.quotes.find(atlas, node, other, direction === 0)) : () => null;
      const aside = (/** @type {number} */ other) => (both.has(other) ? "both ways" : "");
      made.push(group(explorer, direction === 0 ? outward : inward, largestFirst(atlas, found), listed, { aside, below: quoted }));
    }
  }
  return made;
}

/** Nodes in an order of which the beginning is asked for. @typedef {{length: number, first: (most: number) => ArrayLike<number>}} Ordered */

/** @param {number[]} nodes @returns {Ordered} */
function inOrder(nodes) {
  return { length: nodes.length, first: (most) => nodes.slice(0, most) };
}

/**
 * The largest first, equals by number. Not all are sorted, as a hub may have a hundred thousand.
 * @param {Explorer["atlas"]} atlas
 * @param {ArrayLike<number>} nodes  ascending
 * @returns {Ordered}
 */
function largestFirst({ columns: { size } }, nodes) {
  const first = (/** @type {number} */ most) => {
    /** @type {number[]} */
    const best = [];
    for (let place = 0; place < nodes.length; place += 1) {
      const node = nodes[place];
      let at = best.length;
      if (at === most && size[best[at - 1]] >= size[node]) continue;
      while (at > 0 && size[best[at - 1]] < size[node]) at -= 1;
      best.splice(at, 0, node);
      if (best.length > most) best.pop();
    }
    return best;
  };
  return { length: nodes.length, first };
}

/**
 * @param {Explorer} explorer
 * @param {string} name
 * @param {Ordered} found
 * @param {Map<string, number>} listed
 * @param {{aside: (node: number) => string, below: (node: number) => Node|null}} besides  a few words after a node's name, and what is below it
 */
function group(explorer, name, found, listed, besides) {
  const list = make("ul");
  let shown = 0;
  const more = make("button", { class: "plain" });
  const show = (/** @type {number} */ count) => {
    for (const node of Array.from(found.first(shown + count)).slice(shown)) {
      list.append(make("li", {}, nodeButton(explorer, node, { aside: besides.aside(node) }), besides.below(node)));
    }
    shown = Math.min(found.length, shown + count);
    listed.set(name, shown);
    more.hidden = shown === found.length;
    const left = found.length - shown;
    more.textContent = moreWords(left, MORE_NODES);
  };
  more.addEventListener("click", () => {
    const first = shown;
    show(MORE_NODES);
    list.children[first]?.querySelector("button")?.focus();
  });
  show(Math.max(listed.get(name) ?? 0, found.length <= FEW_NODES + 2 ? FEW_NODES + 2 : FEW_NODES));
  const heading = make("h3", {}, `${name} `, make("span", { class: "count", text: plain(found.length) }));
  return make("section", { class: "group" }, heading, list, more);
}

/** @param {Explorer} explorer @param {number} node */
function facts({ atlas }, node) {
  const known = atlas.facts(node);
  const list = make("dl", { class: "facts" });
  const add = (/** @type {string} */ name, /** @type {string} */ text) => list.append(make("dt", { text: name }), make("dd", { dir: "auto", text }));
  for (const [name, label, form] of atlas.header.tables.facts[atlas.kind(node)]) {
    const value = SHOWN_APART.has(name) ? null : valueOf(atlas, node, name);
    if (value !== null && (value !== false || form === "boolean") && String(value)) add(label, factWords(name, form, value, known));
  }
  for (const { name, label } of atlas.header.own.literals) if (known[name] !== undefined) add(label, ownWords(known[name]));
  const beyond = atlas.header.part?.beyond[node] ?? 0;
  if (beyond > 0) add("Not shown", `${counted(beyond, "relation")} to other nodes`);
  add("IRI", atlas.iri(node));
  return list;
}

/** @param {string} name @param {Form} form @param {Scalar | (Scalar | null)[]} value @param {Facts} known */
function factWords(name, form, value, known) {
  if (Array.isArray(value)) return value.join(", ");
  const text = ownWords(value);
  if (name === "rating_average" && known.rating_count !== undefined) return `${text} by ${counted(Number(known.rating_count), "reader")}`;
  if (form === "duration") return durationWords(text);
  return form === "time" ? text.replace("T", ", ").replace(/:\d\dZ$/, " UTC") : text;
}

/** @param {Scalar} value @returns {string} */
function ownWords(value) {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "number" ? rounded(value) : value;
}

/** @returns {boolean} */
function readConsent() {
  try {
    return window.sessionStorage.getItem(consentKey()) === "yes";
  } catch {
    return false;
  }
}

function writeConsent() {
  try {
    window.sessionStorage.setItem(consentKey(), "yes");
  } catch {
    // Without storage, the consent lasts as long as the page.
  }
}

/** Pages opened from disk share one storage, but the consent is for this page only. */
function consentKey() {
  return `pictures ${window.location.pathname}`;
}
