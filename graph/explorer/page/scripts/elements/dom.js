/** Making elements: text is always text, never markup, and links lead only to web addresses. */

/** @typedef {string | number | boolean | null | undefined | ((event: any) => void)} Setting */

/**
 * Make an element. A setting named `onclick`, `oninput` ... listens; `true` sets a bare attribute, `false`, `null` and
 * `undefined` set none; `text` is its text.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, Setting>} [settings]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, settings = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(settings)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (name === "text") made.textContent = String(value ?? "");
    else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? "" : String(value));
    }
  }
  put(made, children);
  return made;
}

/**
 * Put children at the end of a parent, leaving out what is nothing.
 * @param {Node} parent
 * @param {(Node | string | null | undefined | false)[]} children
 */
export function put(parent, children) {
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) {
      parent.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
    }
  }
}

/**
 * Replace all children of a parent.
 * @param {Element} parent
 * @param {...(Node | string | null | undefined | false)} children
 */
export function fill(parent, ...children) {
  parent.textContent = "";
  put(parent, children);
}

/**
 * Return the element with an id; the page's own markup holds it.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

/**
 * Make a text from the content: in its own direction, so that a right-to-left title does not turn its surroundings.
 * @param {string} text
 * @returns {HTMLElement}
 */
export function quoted(text) {
  return make("bdi", { dir: "auto", text });
}

/**
 * Make the sign of a kind, as the map draws it.
 * @param {string} kind
 * @param {boolean} [stub]
 * @returns {HTMLElement}
 */
export function mark(kind, stub = false) {
  return make("span", { class: `mark ${stub ? "stub" : kind}`, "aria-hidden": "true" });
}

/**
 * Return a web address as it may stand in a link, or null for any other.
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

/**
 * Copy a text, and tell whether that was possible.
 * @param {string} text
 * @returns {Promise<boolean>}
 */
export async function copyText(text) {
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

/** @type {number} */
let saying = 0;

/**
 * Say something to those who listen to the page rather than see it.
 * @param {string} text
 */
export function say(text) {
  const place = byId("said");
  place.textContent = "";
  window.clearTimeout(saying);
  saying = window.setTimeout(() => {
    place.textContent = text;
  }, 60);
}
