/** The keys of the page: shortcuts, except where text is typed or chosen, and moving from neighbour to neighbour on the map. */

import { NEARER } from "./map/camera.js";
import { keySwitch } from "./panels/help.js";

/** @import {Explorer} from "./state/explorer.js" */
/** @typedef {{search: () => void, help: () => void, leave: () => void, toggle: (name: "filters"|"table"|"insights"|"share"|"around"|"compare") => void, lasso: () => void,
 *   enter: () => void, view: (view: import("./data/payload.js").View) => void}} Does */

const PAN = 80;
/** @type {Record<string, "left"|"right"|"up"|"down">} */
const ARROWS = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
/** @type {Record<string, import("./data/payload.js").View>} */
const VIEW_KEYS = { 1: "topics", 2: "network", 3: "timeline" };
/** @type {Record<string, "filters"|"table"|"insights"|"share"|"around"|"compare">} */
const PANEL_KEYS = { f: "filters", t: "table", i: "insights", s: "share", 4: "around", c: "compare" };

/** @param {Explorer} explorer @param {HTMLCanvasElement} canvas @param {Does} does */
export function createKeyboard(explorer, canvas, does) {
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !mapKey(explorer, event, does)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") does.leave();
    else if (!keySwitch.on || isTyping(event.target)) return;
    else if (event.key === "/") does.search();
    else if (event.key === "?") does.help();
    else if (event.key.toLowerCase() === "l") does.lasso();
    else if (VIEW_KEYS[event.key]) does.view(VIEW_KEYS[event.key]);
    else if (PANEL_KEYS[event.key.toLowerCase()]) does.toggle(PANEL_KEYS[event.key.toLowerCase()]);
    else if (!zoomKey(explorer, event.key)) return;
    event.preventDefault();
  });
}

/** @param {Explorer} explorer @param {KeyboardEvent} event @param {Does} does @returns {boolean} whether the map took it */
function mapKey(explorer, event, does) {
  const { map, state } = explorer;
  const direction = ARROWS[event.key];
  if (direction) {
    const next = state.node >= 0 && !event.shiftKey ? map.nearest(state.node, direction) : -1;
    if (next >= 0) explorer.change({ node: next });
    else if (state.node < 0 || event.shiftKey) {
      map.panBy(direction === "left" ? PAN : direction === "right" ? -PAN : 0, direction === "up" ? PAN : direction === "down" ? -PAN : 0);
    }
    return true;
  }
  if (event.key === "Home") explorer.showAll();
  else if (event.key === "Enter" && state.node >= 0) does.enter();
  else return zoomKey(explorer, event.key);
  return true;
}

/** @param {Explorer} explorer @param {string} key @returns {boolean} whether this key zooms */
function zoomKey(explorer, key) {
  if (key === "+" || key === "=") explorer.map.zoomBy(NEARER);
  else if (key === "-" || key === "_") explorer.map.zoomBy(1 / NEARER);
  else if (key === "0") explorer.showAll();
  else return false;
  return true;
}

/** @param {EventTarget | null} target @returns {boolean} whether keys are characters there, or choose from a list */
function isTyping(target) {
  return target instanceof HTMLElement && (target.matches("input:not([type=checkbox]), textarea, select") || target.isContentEditable);
}
