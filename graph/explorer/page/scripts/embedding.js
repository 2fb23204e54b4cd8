/** The page in a frame of another one: no toolbar, and the wheel scrolls that page until the map is clicked. */

import { byId } from "./elements/dom.js";
import { beginTheme, isDark, onTheme, setTheme, switchTheme } from "./theme.js";

/** Whether the page is shown as part of another: by its address (`?embed`, `?embed=0`), else as it was built. */
export function isEmbedded() {
  const asked = new URLSearchParams(window.location.search).get("embed");
  return asked === null ? document.documentElement.dataset.embed !== undefined : asked !== "0";
}

/** Before the map is drawn: theme and frame. */
export function beginLook() {
  const embedded = isEmbedded();
  beginTheme(!embedded);
  if (embedded) embed();
  else {
    const button = byId("theme");
    const name = () => (button.textContent = isDark() ? "Light mode" : "Dark mode");
    button.addEventListener("click", switchTheme);
    onTheme(name);
    name();
  }
}

function embed() {
  const { classList } = document.body;
  classList.add("embedded");
  const whole = /** @type {HTMLAnchorElement} */ (byId("whole"));
  whole.hidden = false;
  // The address says what is shown, which changes.
  for (const event of ["pointerenter", "focus"]) whole.addEventListener(event, () => (whole.href = wholeAddress()));
  whole.href = wholeAddress();
  // The page around this one may announce that it became dark: frame.contentWindow.postMessage({ theme: "dark" }, "*").
  window.addEventListener("message", ({ source, data }) => {
    if (source === window.parent && typeof data === "object") setTheme(data?.theme);
  });
  const stage = byId("stage");
  const wake = () => classList.add("awake");
  const rest = () => classList.remove("awake");
  // A touch may begin to scroll the surrounding page; a tap is meant for the map.
  stage.addEventListener("pointerdown", ({ pointerType }) => pointerType !== "touch" && wake());
  stage.addEventListener("click", wake);
  stage.addEventListener("keydown", ({ key }) => (key === "Escape" ? rest() : wake()));
  stage.addEventListener("pointerleave", ({ buttons, pointerType }) => pointerType !== "touch" && buttons === 0 && rest());
  window.addEventListener("blur", rest);
  stage.addEventListener(
    "wheel",
    (event) => {
      if (!classList.contains("awake") && !event.ctrlKey) event.stopPropagation();
    },
    { capture: true, passive: true },
  );
}

/** The address of the page by itself. */
function wholeAddress() {
  const url = new URL(window.location.href);
  url.searchParams.set("embed", "0");
  return url.href;
}
