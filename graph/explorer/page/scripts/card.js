/** The card: what is known of the selected node, what it is related to, and what can be done with it. */

import { createActions } from "./actions.js";
import { byId, fill, make, mark, say, toLink } from "./dom.js";
import { nameTag } from "./naming.js";
import { valueOf } from "./values.js";
import { counted, dayWords, durationWords, KIND_NAME, plain } from "./words.js";

/** @import {Explorer} from "./explorer.js" */
/** @import {Facts} from "./atlas.js" */
/** @import {Form, Scalar} from "./values.js" */
/** @import {Quote} from "./quotes.js" */

const FEW_NODES = 5;
const MORE_NODES = 50;
const LONG_TITLE = 160;
/** Fields that the card shows in words of their own. */
const SHOWN_APART = new Set(
  "excerpt description type category url image published_at published word_count stub rating_count".split(" "),
);

/** @typedef {{consented: boolean}} Pictures */

/**
 * @param {Explorer} explorer
 * @param {{onClose: () => void}} wish
 */
export function createCard(explorer, wish) {
  const panel = byId("card");
  const back = make("button", { type: "button", class: "icon", "aria-label": "Back", text: "‹", onclick: () => window.history.back() });
  const forward = make("button", { type: "button", class: "icon", "aria-label": "Forward", text: "›", onclick: () => window.history.forward() });
  const close = make("button", { type: "button", class: "icon", "aria-label": "Close the details", text: "✕", onclick: wish.onClose });
  const body = make("div", { class: "card-body" });
  fill(panel, make("div", { class: "head" }, back, forward, make("span", { class: "unseen", text: "Details" }), make("h2"), close), body);
  panel.querySelector("h2")?.remove();
  const spacer = make("span");
  spacer.style.flex = "1";
  close.before(spacer);
  const pictures = { consented: readConsent() };
  const actions = createActions(explorer);
  const above = make("div", { class: "card-part" });
  const below = make("div", { class: "card-part" });
  fill(body, above, actions.element, below);
  let drawn = -1;
  let texts = 0;
  /** How many of each group are listed. @type {Map<string, number>} */
  const listed = new Map();
  const update = () => {
    const { node } = explorer.state;
    panel.hidden = node < 0;
    back.disabled = explorer.trail.step === 0;
    forward.disabled = explorer.trail.step >= explorer.trail.lastStep;
    if (node >= 0 && (node !== drawn || texts !== textsOf(explorer, node))) {
      texts = textsOf(explorer, node);
      if (node !== drawn) {
        panel.scrollTop = 0;
        listed.clear();
        const tell = () => {
          if (explorer.state.node === node) say(`${KIND_NAME[explorer.atlas.kind(node)]}: ${explorer.atlas.label(node)}`);
        };
        if (explorer.atlas.label(node)) tell();
        else explorer.atlas.whenTold(node, tell);
      }
      panel.classList.toggle("long", explorer.atlas.label(node).length > LONG_TITLE);
      keepingFocus(body, () => {
        fill(above, ...describe(explorer, node));
        fill(below, picture(explorer, node, pictures), ...groups(explorer, node, listed), facts(explorer, node));
      });
    }
    drawn = node;
    actions.update();
  };
  explorer.listen(update);
  return { update };
}

/** Draw parts anew, and give the focus back to the button that says what the one said that had it. @param {HTMLElement} place @param {() => void} draw */
function keepingFocus(place, draw) {
  const focused = document.activeElement;
  const words = focused instanceof HTMLElement && place.contains(focused) ? focused.textContent : null;
  draw();
  if (words === null || place.contains(document.activeElement)) return;
  [...place.querySelectorAll("button")].find((button) => button.textContent === words)?.focus({ preventScroll: true });
}

/** How much of what the card tells has arrived: the node's own texts, what is tied to it, all. @param {Explorer} explorer @param {number} node */
function textsOf({ atlas }, node) {
  atlas.want(node);
  return Number(atlas.hasTextOf(node)) + 2 * Number(atlas.isSurrounded(node)) + 4 * Number(atlas.hasText) + 8 * Number(atlas.countable);
}

/** @param {Explorer} explorer @param {number} node @returns {(Node | null | false)[]} */
function describe(explorer, node) {
  const { atlas } = explorer;
  const label = atlas.label(node);
  const title = make("h2", { class: label.length > 2 * LONG_TITLE ? "clipped" : "", dir: "auto", text: label || (atlas.hasTextOf(node) ? "Untitled" : "…") });
  const whole = label.length > 2 * LONG_TITLE && make("button", { type: "button", class: "plain", text: "Show the whole title" });
  if (whole) {
    whole.addEventListener("click", () => {
      title.classList.remove("clipped");
      whole.remove();
    });
  }
  const excerpt = atlas.excerpt(node);
  return [
    badges(explorer, node),
    title,
    whole,
    byline(explorer, node),
    topics(explorer, node),
    excerpt ? make("p", { class: "excerpt", dir: "auto", text: excerpt }) : null,
    ...notes(explorer, node),
  ];
}

/** @param {Explorer} explorer @param {number} node */
function badges({ atlas }, node) {
  const kind = atlas.kind(node);
  const made = make("p", { class: "badges" }, make("span", { class: "kind" }, mark(kind, atlas.isStub(node)), KIND_NAME[kind]));
  const badge = (/** @type {string} */ text, loud = false) => made.append(make("span", { class: loud ? "badge loud" : "badge", dir: "auto", text }));
  for (const word of new Set([atlas.type(node), atlas.category(node)])) if (word && word !== kind) badge(word);
  if (kind === "article" && atlas.isStub(node)) badge("stub: known only from links");
  if (atlas.isUnpublished(node)) badge("unpublished", true);
  return made;
}

/** @param {Explorer} explorer @param {number} node */
function byline(explorer, node) {
  const { atlas } = explorer;
  /** @type {(Node|string)[]} */
  const parts = [];
  for (const other of [...atlas.out("publisher", node), ...atlas.out("author", node), ...atlas.out("affiliation", node)]) {
    const go = make("button", { type: "button" }, nameTag(atlas, other));
    go.addEventListener("click", () => explorer.change({ node: other }));
    parts.push(go);
  }
  const day = atlas.day(node);
  if (day !== null) parts.push(dayWords(day));
  const duration = atlas.facts(node).duration;
  if (typeof duration === "string") parts.push(durationWords(duration));
  const words = atlas.words(node);
  if (words) parts.push(counted(words, "word"));
  if (parts.length === 0) return null;
  return make("p", { class: "said" }, ...parts.flatMap((part, place) => (place ? [" · ", part] : [part])));
}

/** @param {Explorer} explorer @param {number} node */
function topics(explorer, node) {
  const { atlas } = explorer;
  const found = [...atlas.out("about", node), ...atlas.out("expertise", node)];
  if (found.length === 0) return null;
  return make(
    "div",
    { class: "tags", role: "group", "aria-label": "Topics" },
    ...found.map((topic) => {
      const tag = make("button", { type: "button", class: "tag" }, mark("topic"), nameTag(atlas, topic));
      tag.addEventListener("click", () => explorer.change({ node: topic }));
      return tag;
    }),
  );
}

/** @param {Explorer} explorer @param {number} node @returns {HTMLElement[]} */
function notes(explorer, node) {
  const { atlas, filtered, state } = explorer;
  const told = [];
  if (atlas.isInferred(node)) {
    told.push(make("p", { class: "faint", text: "It says no topic of its own: its place among the topics is inferred from its story." }));
  }
  if (state.view === "timeline" && atlas.kind(node) === "article" && atlas.day(node) === null) {
    told.push(make("p", { class: "faint", text: "It has no date, and so no place on the timeline." }));
  }
  if (filtered.visible[node] === 0) {
    told.push(make("p", { class: "faint", text: "The filters hide it on the map." }));
  }
  return told;
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
    const button = make("button", { type: "button", class: "button", text: "Show pictures" });
    const host = new URL(address).host;
    button.addEventListener("click", () => {
      pictures.consented = true;
      writeConsent();
      show();
    });
    place.append(button, make("p", { class: "faint", text: `Loads this picture from ${host}, and from now on those of other cards you open.` }));
  }
  return place;
}

/** @param {Explorer} explorer @param {number} node @param {Map<string, number>} listed @returns {HTMLElement[]} what it is related to, by relation */
function groups(explorer, node, listed) {
  const { atlas } = explorer;
  const made = [];
  for (const { name: relation, outward, inward } of atlas.header.tables.relations) {
    for (const direction of [0, 1]) {
      const found = direction === 0 ? atlas.out(relation, node) : atlas.into(relation, node);
      const isTold = direction === 0 && ["about", "publisher", "author", "affiliation", "expertise"].includes(relation);
      if (found.length === 0 || isTold) continue;
      const quoted = relation === "links" ? (/** @type {number} */ other) => quotation(atlas.quotes.find(atlas, node, other, direction === 0)) : () => null;
      made.push(group(explorer, direction === 0 ? outward : inward, largestFirst(atlas, found), listed, quoted));
    }
  }
  return made;
}

/**
 * Nodes by size, equals by number. Sorted as plain numbers, which a hub's hundred thousands stand.
 * @param {Explorer["atlas"]} atlas
 * @param {import("./payload.js").Column} nodes
 * @returns {number[]}
 */
function largestFirst({ columns, count }, nodes) {
  const keys = Float64Array.from(nodes, (node) => node - Math.round(columns.size[node] * 1024) * count).sort();
  return Array.from(keys, (key) => ((key % count) + count) % count);
}

/** Where a link is stated, its words stressed: plain text, each part in an element of its own. @param {Quote|null} quote */
function quotation(quote) {
  if (quote === null) return null;
  const [line, before, words, behind] = quote;
  const said = before || words || behind ? make("q", { dir: "auto" }, before, words ? make("em", { text: words }) : null, behind) : null;
  return make("p", { class: "quote" }, line ? `line ${plain(line)}${said ? ": " : ""}` : null, said);
}

/**
 * @param {Explorer} explorer
 * @param {string} name
 * @param {number[]} found
 * @param {Map<string, number>} listed
 * @param {(node: number) => Node|null} quoted  what stands below a node's name
 */
function group(explorer, name, found, listed, quoted) {
  const { atlas } = explorer;
  const list = make("ul");
  let shown = 0;
  const more = make("button", { type: "button", class: "plain" });
  const show = (/** @type {number} */ count) => {
    for (const node of found.slice(shown, shown + count)) {
      const go = make("button", { type: "button", class: "node" }, mark(atlas.kind(node), atlas.isStub(node)), nameTag(atlas, node));
      go.addEventListener("click", () => explorer.change({ node }));
      list.append(make("li", {}, go, quoted(node)));
    }
    shown = Math.min(found.length, shown + count);
    listed.set(name, shown);
    more.hidden = shown === found.length;
    const left = found.length - shown;
    more.textContent = left > MORE_NODES ? `Show ${plain(MORE_NODES)} more of ${plain(left)}` : `Show ${plain(left)} more`;
  };
  more.addEventListener("click", () => {
    const first = shown;
    show(MORE_NODES);
    const next = list.children[first]?.querySelector("button");
    if (next) next.focus();
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
  return typeof value === "boolean" ? (value ? "yes" : "no") : String(value);
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
    // Where nothing may be kept, the consent lasts as long as the page.
  }
}

/** Pages opened from disk share one storage: the consent is for this page only. */
function consentKey() {
  return `pictures ${window.location.pathname}`;
}
