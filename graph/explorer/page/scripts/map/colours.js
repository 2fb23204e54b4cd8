/** The colours of the map, read from the page's custom properties, and told apart by eyes that see fewer of them. */

/** @typedef {[number, number, number]} Rgb */
/**
 * @typedef {object} Colours
 * @property {boolean} dark
 * @property {Rgb} paper  behind everything
 * @property {Rgb} ink  text
 * @property {Rgb} soft  lesser text
 * @property {Rgb} accent  what is selected
 * @property {Rgb} outward  links that leave a node
 * @property {Rgb} inward  links that reach it
 * @property {Rgb[]} hues  of islands; the first is for what has none
 * @property {Rgb[]} texts  the same, dark or light enough to be read on paper
 * @property {string} font  family of all text
 */

// Made from the palette of Okabe and Ito (2008), each with a contrast of three to one or more against the paper.
const LIGHT = {
  "--map-paper": "#fbfaf8", "--map-ink": "#1d2129", "--map-soft": "#565d68", "--map-accent": "#b3261e",
  "--map-out": "#0b66a8", "--map-in": "#b4530b",
};
const DARK = {
  "--map-paper": "#12151a", "--map-ink": "#eef0f3", "--map-soft": "#a9b0bb", "--map-accent": "#ff8a80",
  "--map-out": "#6cb8f5", "--map-in": "#f5a45d",
};
const LIGHT_HUES = ["#7b818b", "#0072b2", "#c4560f", "#00855f", "#8c5cc4", "#a97a00", "#2b91c4", "#b9538f", "#6d7d18"];
const DARK_HUES = ["#868d98", "#4e9fe0", "#ee8650", "#35bf94", "#b394ee", "#dcae3f", "#74c7ef", "#e287bb", "#aebb55"];

/** How many hues there are, the one for what has none included. */
export const HUES = LIGHT_HUES.length;

/**
 * What the page's styles say at this moment: `--map-paper`, `--map-ink`, `--map-soft`, `--map-accent`, `--map-out`,
 * `--map-in` and `--map-hue-0` up to `--map-hue-8`, written as #rrggbb; what they do not say is filled in.
 * @param {Element} element
 * @returns {Colours}
 */
export function readColours(element) {
  const style = getComputedStyle(element);
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const given = (/** @type {string} */ name, /** @type {string} */ otherwise) =>
    parsed(style.getPropertyValue(name).trim()) ?? /** @type {Rgb} */ (parsed(otherwise));
  const named = dark ? DARK : LIGHT;
  const paper = given("--map-paper", named["--map-paper"]);
  const ink = given("--map-ink", named["--map-ink"]);
  const hues = (dark ? DARK_HUES : LIGHT_HUES).map((hue, at) => given(`--map-hue-${at}`, hue));
  return {
    dark,
    paper,
    ink,
    soft: given("--map-soft", named["--map-soft"]),
    accent: given("--map-accent", named["--map-accent"]),
    outward: given("--map-out", named["--map-out"]),
    inward: given("--map-in", named["--map-in"]),
    hues,
    texts: hues.map((hue) => readable(hue, ink, paper)),
    font: style.fontFamily || "system-ui, sans-serif",
  };
}

/**
 * A colour written as #rrggbb or #rgb.
 * @param {string} text
 * @returns {Rgb|null}
 */
export function parsed(text) {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text);
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  const parts = short ? short.slice(1).map((digit) => digit + digit) : long?.slice(1);
  return parts ? /** @type {Rgb} */ (parts.map((part) => parseInt(part, 16))) : null;
}

/**
 * The colour `share` of the way from one to the other.
 * @param {Rgb} from
 * @param {Rgb} to
 * @param {number} share
 * @returns {Rgb}
 */
export function mixed(from, to, share) {
  return /** @type {Rgb} */ (from.map((part, at) => Math.round(part + (to[at] - part) * share)));
}

/**
 * How well two colours are told apart, from 1 to 21, as WCAG 2 computes it.
 * @param {Rgb} one
 * @param {Rgb} other
 * @returns {number}
 */
export function contrast(one, other) {
  const [dim, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dim + 0.05);
}

/** The colour moved towards ink until text in it can be read. @param {Rgb} hue @param {Rgb} ink @param {Rgb} paper */
function readable(hue, ink, paper) {
  let share = 0;
  while (share < 1 && contrast(mixed(hue, ink, share), paper) < 5.5) share += 0.05;
  return mixed(hue, ink, Math.min(1, share));
}

/** @param {Rgb} colour */
function luminance(colour) {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param {Rgb} colour @param {number} [alpha] @returns {string} as styles write it */
export function css([red, green, blue], alpha = 1) {
  return alpha >= 1 ? `rgb(${red},${green},${blue})` : `rgba(${red},${green},${blue},${Math.round(alpha * 1000) / 1000})`;
}

/** @param {Rgb} colour @returns {number} opaque, as a little-endian pixel of an ImageData */
export function pixel([red, green, blue]) {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
