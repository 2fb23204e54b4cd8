/** Making elements: text is always text, never markup, and links lead only to web addresses. */

/** @typedef {string | number | boolean | null | undefined | ((event: any) => void)} Setting */
/** @typedef {Node | string | null | undefined | false} Child  one that is empty is left out */

/**
 * Make an element. A setting named `onclick`, `oninput` ... listens; `true` sets a bare attribute, `false`, `null` and
 * `undefined` set none; `text` is its text. A button submits nothing.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, Setting>} [settings]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, settings = {}, ...children) {
  const made = document.createElement(tag);
  if (made instanceof HTMLButtonElement) made.type = "button";
  for (const [name, value] of Object.entries(settings)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (name === "text") made.textContent = String(value ?? "");
    else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? "" : String(value));
    }
  }
  made.append(...children.filter(isPresent));
  return made;
}

/**
 * Make an element of a drawing.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string|number>} [settings]
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function makeSvg(tag, settings = {}) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(settings)) made.setAttribute(name, String(value));
  return made;
}

/** @param {Child} child @returns {child is Node | string} */
function isPresent(child) {
  return child !== null && child !== undefined && child !== false;
}

/** Replace all children of a parent. @param {Element} parent @param {...Child} children */
export function fill(parent, ...children) {
  parent.replaceChildren(...children.filter(isPresent));
}

/** Return the element with an id, which is in the page's own markup. @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

/**
 * Make a text of the content. It has its own direction, so that a right-to-left title does not affect what is around it.
 * @param {string} text
 * @returns {HTMLElement}
 */
export function quoted(text) {
  return make("bdi", { dir: "auto", text });
}

/** Make a button that closes a panel. @param {string} label @param {() => void} onClose */
export function closeButton(label, onClose) {
  return make("button", { class: "icon", "aria-label": label, text: "✕", onclick: onClose });
}

/** @param {Element} panel @returns {HTMLElement|undefined} the first thing in it that can be used */
export function firstControl(panel) {
  const controls = /** @type {NodeListOf<HTMLElement>} */ (panel.querySelectorAll("input, button:not(:disabled), [tabindex]"));
  return [...controls].find((one) => one.offsetParent !== null);
}

/** Make a button that gives a panel on a phone all of the height, and back. */
export function growButton() {
  const button = make("button", { class: "icon grow" });
  button.addEventListener("click", () => {
    const panel = button.closest(".panel");
    if (panel) setTall(panel, !panel.classList.contains("tall"));
  });
  describeGrow(button, false);
  return button;
}

/** @param {Element} panel @param {boolean} tall  whether it takes all of the height of a phone */
export function setTall(panel, tall) {
  panel.classList.toggle("tall", tall);
  for (const button of panel.querySelectorAll(".grow")) describeGrow(button, tall);
}

/** @param {Element} button @param {boolean} tall */
function describeGrow(button, tall) {
  button.textContent = tall ? "⌄" : "⌃";
  button.setAttribute("aria-label", tall ? "Show more of the map" : "Show more of the details");
}

/**
 * Make the head of a panel: its title, what else is in it, and buttons that enlarge it on a phone and close it.
 * @param {string|HTMLElement} title
 * @param {string} closing  what the button is called
 * @param {() => void} onClose
 * @param {...Node} others
 */
export function panelHead(title, closing, onClose, ...others) {
  const heading = typeof title === "string" ? make("h2", { text: title }) : title;
  return make("div", { class: "head" }, heading, ...others, growButton(), closeButton(closing, onClose));
}

/**
 * Return a web address for a link, or null if it is not one.
 * @param {string | null | undefined} address
 * @returns {string | null}
 */
export function toLink(address) {
  if (!address) return null;
  try {
    const url = new URL(address);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

/** Make a button that copies a text, and says whether it did. @param {string} label @param {() => string} text @param {string} [look] */
export function copyButton(label, text, look = "button") {
  const button = make("button", { class: look, text: label });
  button.addEventListener("click", async () => {
    button.textContent = (await copyText(text())) ? "Copied" : "Copying is not allowed here";
    say(button.textContent);
    window.setTimeout(() => (button.textContent = label), 1600);
  });
  return button;
}

/** Copy a text, and return whether that was possible. @param {string} text @returns {Promise<boolean>} */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = make("textarea", { class: "unseen", "aria-hidden": "true" });
    area.value = text;
    const before = document.activeElement;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (before instanceof HTMLElement) before.focus();
    return done;
  }
}

let saying = 0;

/** Announce something to screen readers. @param {string} text */
export function say(text) {
  const place = byId("said");
  place.textContent = "";
  window.clearTimeout(saying);
  saying = window.setTimeout(() => (place.textContent = text), 60);
}
