/** The name of a node as an element, which says the name as soon as it is known. */

import { quoted } from "./dom.js";

/** @import {Atlas} from "../data/atlas.js" */

/** @param {Atlas} atlas @param {number} node @returns {HTMLElement} */
export function nameTag(atlas, node) {
  const element = quoted(atlas.label(node));
  if (node >= atlas.articles || atlas.hasTextOf(node)) return element;
  element.textContent = "…";
  atlas.whenTold(node, () => {
    element.textContent = atlas.label(node);
  });
  return element;
}
