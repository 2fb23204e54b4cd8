/** Light or dark: as the system says, unless the address, the page around this one, or the reader says otherwise. */

/** @typedef {""|"light"|"dark"} Theme  empty for the system's */

const DARK_SYSTEM = "(prefers-color-scheme: dark)";
const THEME_KEY = "article-graph theme";
/** @type {Theme} */
let chosenTheme = "";
/** @type {Set<() => void>} */
const themeListeners = new Set();

/** Whether the page is dark now. */
export function isDark() {
  return chosenTheme ? chosenTheme === "dark" : matchMedia(DARK_SYSTEM).matches;
}

/** Call a function whenever the page becomes dark or light. @param {() => void} listener */
export function onTheme(listener) {
  if (themeListeners.size === 0) matchMedia(DARK_SYSTEM).addEventListener("change", tellTheme);
  themeListeners.add(listener);
}

function tellTheme() {
  for (const listener of themeListeners) listener();
}

/** @param {unknown} value @returns {Theme|null} null if it is no theme */
function toTheme(value) {
  return value === "light" || value === "dark" ? value : value === "" || value === "auto" ? "" : null;
}

/** Choose a theme. @param {unknown} value  what is no theme is ignored */
export function setTheme(value) {
  const theme = toTheme(value);
  if (theme === null || theme === chosenTheme) return;
  chosenTheme = theme;
  document.documentElement.style.colorScheme = theme;
  // The styles say what is dark by the system; their rules are made to hold always or never instead.
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSMediaRule)) continue;
      const media = darkRules.get(rule) ?? rule.media.mediaText;
      if (media !== DARK_SYSTEM) continue;
      darkRules.set(rule, media);
      rule.media.mediaText = theme === "" ? DARK_SYSTEM : theme === "dark" ? "all" : "not all";
    }
  }
  tellTheme();
}

/** @type {WeakMap<CSSMediaRule, string>} */
const darkRules = new WeakMap();

/**
 * Begin with the theme of the address (`?theme=dark`), else with the one that was kept, else with that of the attribute `data-theme`.
 * @param {boolean} isKept  whether the reader's choice is kept in the browser
 */
export function beginTheme(isKept) {
  setTheme(new URLSearchParams(window.location.search).get("theme") ?? ((isKept && keptTheme()) || givenTheme()));
}

/** The theme that the page has without a choice. @returns {Theme} */
function givenTheme() {
  return toTheme(document.documentElement.dataset.theme) ?? "";
}

/** Make the page light if it is dark, or dark if it is light, and keep that, unless it is so without a choice. */
export function switchTheme() {
  const next = isDark() ? "light" : "dark";
  const usual = givenTheme() || (matchMedia(DARK_SYSTEM).matches ? "dark" : "light");
  setTheme(next === usual ? givenTheme() : next);
  try {
    if (next === usual) window.localStorage.removeItem(THEME_KEY);
    else window.localStorage.setItem(THEME_KEY, next);
  } catch {
    // Nothing can be kept here.
  }
}

/** @returns {string} */
function keptTheme() {
  try {
    return window.localStorage.getItem(THEME_KEY) ?? "";
  } catch {
    return "";
  }
}
