/** The help: how to read the map, and the page's keys, which can be switched off. */

import { byId, fill, make } from "../elements/dom.js";

/** @type {[string[], string][]} */
const KEYS = [
  [["/"], "search"],
  [["1", "2", "3", "4"], "topics, network, timeline, around the selected node"],
  [["F"], "filters"],
  [["T"], "table of what is shown"],
  [["I"], "insights"],
  [["C"], "compare topics, providers and people"],
  [["←", "↑", "→", "↓"], "on the map: go to the neighbour in that direction, or move the map"],
  [["+", "−", "0"], "zoom in, zoom out, show everything"],
  [["Enter"], "on the map: go to the details"],
  [["Esc"], "close what is open, then clear the selection"],
  [["S"], "share and keep: link, views, notes"],
  [["L"], "select an area of the map"],
  [["?"], "this help"],
];

/** @type {[string[], string][]} */
const TOUCHES = [
  [["drag"], "move the map"],
  [["pinch"], "zoom"],
  [["tap"], "a dot: its details; the name of an island or a community: go there"],
  [["tap twice"], "a dot: only it and its neighbours; elsewhere: zoom in"],
  [["tap elsewhere"], "clear the selection"],
];

/** Where fingers are used. */
const FINGERS = "(pointer: coarse), (max-width: 720px)";

/** Whether single keys are shortcuts. */
export const keySwitch = { on: true };

/** @returns {() => void} shows the help */
export function createHelp() {
  const dialog = /** @type {HTMLDialogElement} */ (byId("help"));
  const box = make("input", { type: "checkbox", id: "keys-on", checked: true, onchange: () => (keySwitch.on = box.checked) });
  const touches = listOf(TOUCHES);
  const keys = listOf(KEYS);
  const choice = make("p", { class: "choice" }, make("label", {}, box, "Single keys are shortcuts, except where text is typed or chosen from a list"));
  const close = make("button", { class: "button main", text: "Close", onclick: () => dialog.close() });
  fill(
    dialog,
    make("h2", { id: "help-title", text: "How to read this map" }),
    make("p", { text: "Each dot is an article. Topics shows them in islands, one for each topic; Network shows which are related; Timeline shows when they were published. Drag to move, scroll or pinch to zoom, click for the details." }),
    make("p", { text: "The address of the page always describes what you see. Share copies it, and keeps views and notes under names." }),
    touches,
    keys,
    choice,
    make("div", { class: "actions" }, close),
  );
  return () => {
    const isTouched = window.matchMedia(FINGERS).matches;
    touches.hidden = !isTouched;
    for (const part of [keys, choice]) part.hidden = isTouched;
    dialog.showModal();
  };
}

/** @param {[string[], string][]} rows  keys or gestures, and what they do @returns {HTMLElement} */
function listOf(rows) {
  const list = make("dl", { class: "keys" });
  for (const [names, words] of rows) {
    const term = make("dt");
    names.forEach((name, place) => term.append(place ? " " : "", make("kbd", { text: name })));
    list.append(term, make("dd", { text: words }));
  }
  return list;
}
