/** Selecting what is inside a line that the reader draws around it. */

import { byId, makeSvg, say } from "../elements/dom.js";
import { counted } from "../elements/formats.js";

/** @import {Explorer} from "../state/explorer.js" */

/** Pixels between two corners of the line. */
const STEP_OF_LINE = 4;
const ONLY_DRAWN = " With so many articles, only those on the map are selected. Zoom in or filter to reach the others.";

/** @param {Explorer} explorer @param {HTMLButtonElement} button  that begins and ends it @returns {{begin: () => void, end: () => boolean}} end says whether it was on */
export function createLasso(explorer, button) {
  const cover = byId("lasso");
  const line = makeSvg("path");
  cover.append(line);
  /** @type {[number, number][]} */
  let corners = [];
  const draw = () => line.setAttribute("d", corners.length ? `M${corners.map(([x, y]) => `${x} ${y}`).join("L")}Z` : "");
  const end = () => {
    const wasOn = !cover.hasAttribute("hidden");
    corners = [];
    draw();
    cover.setAttribute("hidden", "");
    button.setAttribute("aria-pressed", "false");
    if (wasOn) explorer.onNote("");
    return wasOn;
  };
  const begin = () => {
    cover.removeAttribute("hidden");
    button.setAttribute("aria-pressed", "true");
    const isPart = explorer.answers.version !== "" && !explorer.filtered.active;
    const ways = matchMedia("(pointer: coarse)").matches ? "Tap the button again to stop." : "Hold Shift to add to the selection, press Esc to stop.";
    explorer.onNote(`Draw a line around what you want to select. ${ways}${isPart ? ONLY_DRAWN : ""}`);
  };
  button.addEventListener("click", () => (button.getAttribute("aria-pressed") === "true" ? end() : begin()));
  cover.addEventListener("pointerdown", (event) => {
    cover.setPointerCapture(event.pointerId);
    explorer.onNote(""); // it may lie where the line leads
    corners = [placeIn(cover, event)];
  });
  cover.addEventListener("pointermove", (event) => {
    if (corners.length === 0) return;
    const [x, y] = placeIn(cover, event);
    const [lastX, lastY] = corners[corners.length - 1];
    if (Math.hypot(x - lastX, y - lastY) >= STEP_OF_LINE) corners.push([x, y]);
    draw();
  });
  cover.addEventListener("pointerup", (event) => {
    const found = corners.length > 2 ? explorer.map.within(corners) : [];
    end();
    if (found.length === 0) {
      explorer.onNote("There is nothing inside this line.");
      return;
    }
    const before = event.shiftKey ? explorer.state.choice.picked : [];
    explorer.choose({ picked: [...new Set([...before, ...found])].sort((one, other) => one - other) });
    say(`${counted(found.length, "node")} selected`);
  });
  cover.addEventListener("pointercancel", end);
  return { begin, end };
}

/** @param {Element} cover @param {PointerEvent} event @returns {[number, number]} */
function placeIn(cover, event) {
  const box = cover.getBoundingClientRect();
  return [Math.round(event.clientX - box.left), Math.round(event.clientY - box.top)];
}
