/** The legend: what the signs on the map mean, and a check box that shows or hides each kind. */

import { make } from "../elements/dom.js";
import { KINDS, KINDS_NAME, plain } from "../elements/formats.js";
import { mark } from "../elements/nodes.js";

/** @import {Explorer} from "../state/explorer.js" */

/** @param {Explorer} explorer @returns {{element: HTMLElement, update: () => void}} */
export function createLegend(explorer) {
  const { atlas } = explorer;
  const present = KINDS.filter((kind) => atlas.header.kinds[kind][0] < atlas.header.kinds[kind][1]);
  const rows = present.map((kind) => {
    const box = make("input", { type: "checkbox" });
    const count = make("span", { class: "count" });
    box.addEventListener("change", () => {
      const kinds = present.filter((one) => (one === kind ? box.checked : isShown(explorer.state.choice.kinds, one)));
      // None means all: an empty map would help nobody.
      explorer.choose({ kinds: kinds.length === present.length ? [] : kinds });
      update();
    });
    const label = make("label", {}, box, mark(kind), make("bdi", { text: KINDS_NAME[kind] }), count);
    return { kind, box, count, element: make("li", { class: "choice" }, label) };
  });
  const signs = make("ul", { class: "about faint" });
  if (atlas.header.islands.length > 1) signs.append(sign(null, "colour: the topic of its island"));
  const { stubs, unpublished } = atlas.header.counts;
  if (stubs > 0) signs.append(sign(mark("article", true), "ring: a stub, known only from links"));
  if (unpublished > 0) signs.append(sign(null, "pale, broken line: unpublished"));
  if (atlas.header.islands.some((island) => island.inferred > 0)) {
    signs.append(sign(null, "dotted ring: states no topic, so its place is inferred from its links"));
  }
  const update = () => {
    const { kinds } = explorer.state.choice;
    for (const { kind, box, count } of rows) {
      box.checked = isShown(kinds, kind);
      count.textContent = plain(explorer.filtered.counts.kinds.get(kind) ?? 0);
    }
  };
  const list = make("ul", { "aria-label": "Kinds" }, ...rows.map((row) => row.element));
  return { element: make("div", {}, list, signs), update };
}

/** @param {string[]} kinds @param {string} kind */
function isShown(kinds, kind) {
  return kinds.length === 0 || kinds.includes(kind);
}

/** @param {HTMLElement|null} drawn @param {string} words */
function sign(drawn, words) {
  return make("li", {}, drawn, drawn && " ", words);
}
