/** The help: what the page can do, and its keys, which can be switched off. */

import { byId, fill, make } from "../elements/dom.js";

/** @type {[string[], string][]} */
const KEYS = [
  [["/"], "search"],
  [["1", "2", "3"], "topics, network, timeline"],
  [["F"], "filters"],
  [["T"], "table of what is shown"],
  [["I"], "insights"],
  [["←", "↑", "→", "↓"], "on the map: to the neighbour in that direction, or move the map"],
  [["+", "−", "0"], "nearer, farther, everything"],
  [["Enter"], "on the map: into the details"],
  [["Esc"], "close what is open, then let go of the selection"],
  [["?"], "this help"],
];

/** Whether single keys do anything. */
export const keySwitch = { on: true };

/** @returns {() => void} shows the help */
export function createHelp() {
  const dialog = /** @type {HTMLDialogElement} */ (byId("help"));
  const box = make("input", { type: "checkbox", id: "keys-on", checked: true });
  box.addEventListener("change", () => {
    keySwitch.on = box.checked;
  });
  const list = make("dl", { class: "keys" });
  for (const [keys, words] of KEYS) {
    const term = make("dt");
    keys.forEach((key, place) => term.append(place ? " " : "", make("kbd", { text: key })));
    list.append(term, make("dd", { text: words }));
  }
  const close = make("button", { type: "button", class: "button main", text: "Close", onclick: () => dialog.close() });
  fill(
    dialog,
    make("h2", { id: "help-title", text: "How to read this map" }),
    make("p", { text: "Each dot is an article. Topics shows them in islands, by their rarest telling topic; Network by what is related to what; Timeline by when they were published. Drag to move, scroll or pinch to come nearer, click for the details." }),
    make("p", { text: "The address always holds what you see: copy it to come back, or to show someone." }),
    list,
    make("p", { class: "choice" }, make("label", {}, box, "Single keys are shortcuts")),
    make("div", { class: "actions" }, close),
  );
  return () => dialog.showModal();
}
