/** The reader's note about the selected node, and the one that the site published. */

import { fill, make } from "../elements/dom.js";
import { TOO_MUCH } from "./share.js";

/** @import {Keeping} from "../kept/keeping.js" */
/** @import {Explorer} from "../state/explorer.js" */

/** @param {Explorer} explorer @param {Keeping} keeping @returns {{element: HTMLElement, update: () => void}} */
export function createNote(explorer, keeping) {
  const element = make("div", { class: "note" });
  const published = new Map((explorer.atlas.header.kept?.notes ?? []).map(({ iri, text }) => [iri, text]));
  let shownFor = "";
  let saved = "";
  const update = () => {
    const { node } = explorer.state;
    const iri = node >= 0 ? explorer.atlas.iri(node) : "";
    if (iri === shownFor) return;
    shownFor = iri;
    const told = published.get(iri);
    const area = make("textarea", { rows: "3", maxlength: keeping.limits.text, dir: "auto", "aria-label": "Your note", placeholder: "Your note" });
    area.value = saved = keeping.noteOf(iri);
    area.hidden = area.value === "";
    area.addEventListener("input", () => {
      if (keeping.note(iri, area.value)) saved = keeping.noteOf(iri);
      else explorer.onNote(TOO_MUCH);
    });
    const add = make("button", { class: "plain", text: "Add a note", onclick: () => ((area.hidden = false), (add.hidden = true), area.focus()) });
    add.hidden = !area.hidden;
    fill(element, told ? make("p", { class: "box", dir: "auto", text: told }) : null, iri ? add : null, area);
  };
  // A note may also come from a file.
  keeping.listeners.push(() => {
    if (element.contains(document.activeElement) || keeping.noteOf(shownFor) === saved) return;
    shownFor = "";
    update();
  });
  return { element, update };
}
