/** Sharing and keeping: a link and what it holds, views with names, notes, and a file of both. */

import { toXml } from "../data/xml.js";
import { byId, copyButton, fill, make, panelHead, quoted, say } from "../elements/dom.js";
import { counted } from "../elements/formats.js";
import { isName, readKept, sizeFault, wholeStart, writeKept } from "../kept/kept.js";
import { linkLacks, stateWords } from "../kept/wording.js";
import { MOST_PICKED, writeState } from "../state/state.js";
import { download, fileName } from "./save.js";

/** @import {Keeping} from "../kept/keeping.js" */
/** @import {KeptView} from "../kept/kept.js" */
/** @import {Explorer} from "../state/explorer.js" */

/** The message if something does not fit into a file of views. */
export const TOO_MUCH = "This is too much to keep. Select fewer nodes, or delete views and notes.";

/**
 * @param {Explorer} explorer
 * @param {Keeping} keeping
 * @param {{show: (open: boolean) => void, lasso: () => void}} does  what opens or closes the panel, and begins to select
 * @returns {{update: () => void}}
 */
export function createShare(explorer, keeping, does) {
  const panel = byId("share");
  const holds = make("p", { class: "faint" });
  const lacks = make("p", { class: "faint" });
  const copy = copyButton("Copy link", () => window.location.href, "button main");
  const embed = copyButton("Copy code to embed", () => frameCode(explorer.atlas.header.title));
  // If the server lets no other page show this one.
  embed.hidden = document.documentElement.dataset.unframed !== undefined;
  const name = make("input", { class: "sift", maxlength: keeping.limits.name, "aria-label": "Name of this view", placeholder: "Name of this view", dir: "auto" });
  const save = () => {
    const title = wholeStart(name.value.trim(), keeping.limits.name);
    if (!isName(title)) name.focus();
    else if (keeping.keepView(viewOf(explorer, title))) {
      say(`Saved the view ${title}`);
      name.value = "";
    } else explorer.onNote(TOO_MUCH);
  };
  name.addEventListener("keydown", (event) => {
    if (event.key === "Enter") save();
  });
  const lasso = make("button", { class: "button", text: "Select an area", onclick: () => (does.show(false), does.lasso()) });
  const views = make("div");
  const notes = make("div");
  const lasting = make("p", { class: "faint" });
  const input = make("input", { type: "file", accept: ".json,application/json", class: "unseen", tabindex: "-1", "aria-label": "File of views" });
  input.addEventListener("change", async () => {
    if (input.files?.[0]) await openFile(explorer, keeping, input.files[0]);
    input.value = "";
  });
  const saveFile = make("button", { class: "button", text: "Save as a file", onclick: () => saveKept(explorer, keeping) });
  const open = make("button", { class: "button", text: "Open a file", onclick: () => input.click() });
  const body = make(
    "div",
    { class: "share-body" },
    make("div", { class: "actions" }, copy, embed),
    holds,
    lacks,
    lasso,
    make("h3", { text: "Views" }),
    views,
    make("div", { class: "keep-view" }, name, make("button", { class: "button", text: "Save this view", onclick: save })),
    make("h3", { text: "Notes" }),
    notes,
    make("h3", { text: "File" }),
    make("div", { class: "actions" }, saveFile, open, input),
    lasting,
  );
  fill(panel, panelHead("Share and keep", "Close", () => does.show(false)), body);
  const update = () => {
    if (panel.hidden) return;
    holds.textContent = `It shows: ${stateWords(explorer).join("; ")}.`;
    lacks.textContent = linkLacks(explorer);
    lacks.hidden = lacks.textContent === "";
    saveFile.disabled = keeping.kept.views.length + keeping.kept.notes.length === 0;
    fill(views, ...viewLists(explorer, keeping));
    fill(notes, noteList(explorer, keeping));
    lasting.textContent = keeping.isLasting
      ? "Views and notes are kept in this browser, for this page. To share them, save them as a file; others drop it onto the page."
      : "This browser stores nothing for this page. Save views and notes as a file, or they are lost when the page is closed.";
  };
  keeping.listeners.push(update);
  explorer.listen(update);
  acceptFiles(explorer, keeping, () => does.show(true));
  return { update };
}

/** @param {string} title @returns {string} markup that shows what is shown now on another page; a file from disk is named alone */
function frameCode(title) {
  const url = new URL(window.location.href);
  url.search = "?embed";
  const address = url.protocol === "file:" ? `./${url.pathname.split("/").pop()}${url.search}${url.hash}` : url.href;
  return `<iframe src="${toXml(address)}" title="${toXml(title)}" width="100%" height="500" style="border: 0; color-scheme: light dark" loading="lazy"></iframe>`;
}

/** @param {Explorer} explorer @param {string} name @returns {KeptView} what is shown now */
function viewOf(explorer, name) {
  const { picked } = explorer.state.choice;
  const nodes = picked.length > MOST_PICKED ? picked.map((node) => explorer.atlas.iri(node)).filter(Boolean) : [];
  return { name, address: writeState(explorer.state, explorer.names()), nodes };
}

/** Show a view that was kept. @param {Explorer} explorer @param {KeptView} view */
async function openView(explorer, { address, nodes }) {
  await explorer.history.visit(address);
  if (nodes.length === 0) return;
  const found = await explorer.answers.nodesOf(nodes, explorer.names());
  explorer.choose({ picked: found });
  if (found.length < nodes.length) explorer.onNote(`${counted(nodes.length - found.length, "node")} of this view ${nodes.length - found.length === 1 ? "is" : "are"} not here.`);
}

/** @param {Explorer} explorer @param {Keeping} keeping @returns {Node[]} */
function viewLists(explorer, keeping) {
  const row = (/** @type {KeptView} */ view, /** @type {boolean} */ isMine) => {
    const open = make("button", { class: "node", onclick: () => openView(explorer, view) }, quoted(view.name));
    const drop = make("button", { class: "icon", "aria-label": `Delete the view ${view.name}`, text: "✕", onclick: () => (keeping.dropView(view.name), byId("share").querySelector("input")?.focus()) });
    return make("li", { class: "kept" }, open, isMine && drop);
  };
  const published = explorer.atlas.header.kept?.views ?? [];
  const mine = keeping.kept.views;
  return [
    published.length ? make("ul", { "aria-label": "Views of this site" }, ...published.map((view) => row(view, false))) : "",
    mine.length ? make("ul", { "aria-label": "Your views" }, ...mine.map((view) => row(view, true))) : "",
    published.length + mine.length ? "" : make("p", { class: "faint", text: "None yet. Save what you see under a name, to come back to it." }),
  ].map((part) => (typeof part === "string" ? document.createTextNode(part) : part));
}

/** @param {Explorer} explorer @param {Keeping} keeping @returns {Node} */
function noteList(explorer, keeping) {
  const { notes } = keeping.kept;
  if (notes.length === 0) return make("p", { class: "faint", text: "None yet. Write one on the card of an article or another node." });
  const rows = notes.map(({ iri, text }) => {
    const go = () => openView(explorer, { name: "", address: encodeURIComponent(iri), nodes: [] });
    const node = explorer.nodeOf(iri);
    return make("li", {}, make("button", { class: "node", onclick: go }, quoted((node >= 0 && explorer.atlas.label(node)) || iri)), make("p", { class: "quote", dir: "auto", text }));
  });
  return make("ul", { "aria-label": "Your notes" }, ...rows);
}

/** @param {Explorer} explorer @param {Keeping} keeping */
function saveKept(explorer, keeping) {
  const file = `${fileName(explorer.atlas.header.title)}.views.json`;
  download(new Blob([writeKept(keeping.kept, keeping.limits)], { type: "application/json" }), file);
  explorer.onNote(`Saved ${file}`);
}

/** Take in a file, or say what is wrong with it. @param {Explorer} explorer @param {Keeping} keeping @param {File} file @returns {Promise<boolean>} whether something was added */
async function openFile(explorer, keeping, file) {
  const tooLarge = sizeFault(file.size, keeping.limits);
  const text = tooLarge ? "" : await file.text().catch(() => ""); // a folder cannot be read
  const { kept, fault } = readKept(text, keeping.limits);
  if (tooLarge || fault) {
    explorer.onNote(tooLarge || fault);
    return false;
  }
  const isAdded = keeping.add(kept);
  explorer.onNote(isAdded ? `Added ${counted(kept.views.length, "view")} and ${counted(kept.notes.length, "note")}.` : TOO_MUCH);
  return isAdded;
}

/** Take in files that are dropped onto the page. @param {Explorer} explorer @param {Keeping} keeping @param {() => void} onAdded */
function acceptFiles(explorer, keeping, onAdded) {
  document.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  document.addEventListener("drop", async (event) => {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    if (await openFile(explorer, keeping, file)) onAdded();
  });
}
