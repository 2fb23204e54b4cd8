/** Elements for a node: its symbol, its name, and a button that selects it. */

import { make, quoted } from "./dom.js";
import { KINDS } from "./formats.js";

/** @import {Atlas} from "../data/atlas.js" */
/** @import {Explorer} from "../state/explorer.js" */

/** Make the symbol of a kind, as the map draws it. @param {string} kind @param {boolean} [stub] */
export function mark(kind, stub = false) {
  return make("span", { class: `mark ${stub ? "stub" : kind}`, "aria-hidden": "true" });
}

/** Return the kinds of nodes that there are. @param {Atlas} atlas */
export function kindsIn({ header: { kinds } }) {
  return KINDS.filter((kind) => kinds[kind][0] < kinds[kind][1]);
}

/** Make the name of a node, which is filled in when it arrives. @param {Atlas} atlas @param {number} node @returns {HTMLElement} */
export function nameTag(atlas, node) {
  const element = quoted(atlas.label(node));
  if (node >= atlas.articles || atlas.hasTextOf(node)) return element;
  element.textContent = "…";
  atlas.onText(node, () => (element.textContent = atlas.label(node)));
  return element;
}

/**
 * Make a button that selects a node, or flies to it if it is selected already.
 * @param {Explorer} explorer
 * @param {number} node
 * @param {{class?: string, aside?: string, plain?: boolean}} [look]  its class, a few words after the name, whether it
 * has no symbol
 */
export function nodeButton(explorer, node, look = {}) {
  const { atlas } = explorer;
  const sign = !look.plain && mark(atlas.kind(node), atlas.isStub(node));
  const onclick = () => {
    if (node === explorer.state.node) explorer.map.flyTo([node]);
    else explorer.change({ node });
  };
  return make("button", { class: look.class ?? "node", onclick }, sign, nameTag(atlas, node), look.aside && make("span", { class: "count", text: look.aside }));
}
