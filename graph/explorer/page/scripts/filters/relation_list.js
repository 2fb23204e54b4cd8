/** The relations, each of which can be left out of the map, the insights and the links counted in the table. */

import { make } from "../elements/dom.js";
import { plain } from "../elements/formats.js";

/** @import {Explorer} from "../state/explorer.js" */

/** @param {Explorer} explorer @returns {{element: HTMLElement, update: () => void, follow: () => void}|null} null where there is only one relation */
export function createRelationList(explorer) {
  const { atlas } = explorer;
  const present = atlas.header.tables.relations.filter(({ name }) => atlas.header.relations.includes(name) && (atlas.columns[`${name}_to`]?.length !== 0));
  if (present.length < 2) return null;
  const some = make("span", { class: "some", hidden: true });
  const rows = present.map(({ name, outward }) => {
    const box = make("input", { type: "checkbox" });
    const count = make("span", { class: "count" });
    box.addEventListener("change", () => {
      const off = explorer.state.look.off.filter((one) => one !== name);
      explorer.changeLook({ off: box.checked ? off : [...off, name] });
    });
    return { name, box, count, element: make("li", { class: "choice" }, make("label", {}, box, make("bdi", { text: outward }), count)) };
  });
  const list = make("ul", {}, ...rows.map((row) => row.element));
  const element = make("details", { class: "facet" }, make("summary", {}, make("span", { text: "Relations" }), some), list);
  /** What was counted last. @type {object|null} */
  let counted = null;
  const update = () => {
    const { off } = explorer.state.look;
    some.hidden = off.length === 0;
    some.textContent = `${plain(off.length)} off`;
    for (const { name, box } of rows) box.checked = !off.includes(name);
  };
  const follow = () => {
    if (!element.open || counted === explorer.filtered) return;
    counted = explorer.filtered;
    for (const { name, count } of rows) {
      const number = countPairs(explorer, name);
      count.textContent = number === null ? "" : plain(number);
    }
  };
  element.addEventListener("toggle", follow);
  return { element, update, follow };
}

/** How many pairs a relation has among what is shown; null where the page does not hold all of it. @param {Explorer} explorer @param {string} relation */
function countPairs({ atlas, filtered: { visible } }, relation) {
  if (!atlas.holdsAll(relation)) return null;
  const { first, start, to } = atlas.rows(relation);
  let found = 0;
  for (let at = 0; at + 1 < start.length; at += 1) {
    if (visible[first + at] === 0) continue;
    for (let place = start[at]; place < start[at + 1]; place += 1) found += visible[to[place]];
  }
  return found;
}
