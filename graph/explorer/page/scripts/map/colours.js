/** The colours of the map, which readers with a colour vision deficiency can distinguish, too. */

import { isEmbedded } from "../embedding.js";
import { isDark } from "../theme.js";

/** @typedef {[number, number, number]} Rgb */
/**
 * @typedef {object} Colours
 * @property {boolean} dark
 * @property {Rgb} paper  behind everything
 * @property {Rgb} ink  text
 * @property {Rgb} soft  secondary text
 * @property {Rgb} accent  what is selected
 * @property {Rgb} outward  links that leave a node
 * @property {Rgb} inward  links that reach it
 * @property {Rgb[]} hues  of islands or values, the first for nodes without one; then those of a scale, from little to much
 * @property {Rgb[]} texts  the same, dark or light enough for text on paper
 * @property {string} font  family of all text
 * @property {boolean} [isClear]  whether what is behind the page shows through
 */

// From the palette of Okabe and Ito (2008), with a contrast of at least three to one against the paper.
const LIGHT = { paper: "#fbfaf8", ink: "#1d2129", soft: "#565d68", accent: "#b3261e", outward: "#0b66a8", inward: "#b4530b" };
const DARK = { paper: "#12151a", ink: "#eef0f3", soft: "#a9b0bb", accent: "#ff8a80", outward: "#6cb8f5", inward: "#f5a45d" };
const LIGHT_HUES = ["#7b818b", "#0072b2", "#c4560f", "#00855f", "#8c5cc4", "#a97a00", "#2b91c4", "#b9538f", "#6d7d18"];
const DARK_HUES = ["#868d98", "#4e9fe0", "#ee8650", "#35bf94", "#b394ee", "#dcae3f", "#74c7ef", "#e287bb", "#aebb55"];

/** How much of a number: from little to much, equal steps of lightness in the colour space OKLab (B. Ottosson, 2020), and of hue. */
const SCALES = { light: { lightness: 0.64, step: -0.062, hue: 150, turn: 24 }, dark: { lightness: 0.5, step: 0.068, hue: 300, turn: -30 } };
const CHROMA = 0.11;
/** The steps of a scale. */
export const SCALE_STEPS = 7;

/** How many hues there are, with the one for nodes without an island. */
export const HUES = LIGHT_HUES.length;

/**
 * Return the colours for the scheme of the page, and the font of an element.
 * @param {Element} element
 * @param {boolean} [dark]
 * @returns {Colours}
 */
export function readColours(element, dark = isDark()) {
  const plain = Object.entries(dark ? DARK : LIGHT).map(([name, code]) => [name, parsed(code)]);
  const named = /** @type {Record<keyof typeof LIGHT, Rgb>} */ (Object.fromEntries(plain));
  const from = dark ? SCALES.dark : SCALES.light;
  const scale = Array.from({ length: SCALE_STEPS }, (_, at) => fromOklch(from.lightness + from.step * at, CHROMA, from.hue + from.turn * at));
  const hues = [...(dark ? DARK_HUES : LIGHT_HUES).map(parsed), ...scale];
  const texts = hues.map((hue) => readable(hue, named.ink, named.paper));
  const font = getComputedStyle(element).fontFamily || "system-ui, sans-serif";
  return { dark, ...named, hues, texts, font, isClear: isEmbedded() };
}

/** The colours of what is printed, on white paper. @param {Element} element @returns {Colours} */
export function printColours(element) {
  return { ...readColours(element, false), paper: [255, 255, 255] };
}

/** @param {number} lightness @param {number} chroma @param {number} hue  in degrees @returns {Rgb} the colour of OKLab with these polar coordinates */
function fromOklch(lightness, chroma, hue) {
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)];
  const [l, m, s] = [
    lightness + 0.3963377774 * a + 0.2158037573 * b,
    lightness - 0.1055613458 * a - 0.0638541728 * b,
    lightness - 0.0894841775 * a - 1.291485548 * b,
  ].map((part) => part ** 3);
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((part) => Math.min(1, Math.max(0, part)));
  return /** @type {Rgb} */ (linear.map((part) => Math.round(255 * (part <= 0.0031308 ? 12.92 * part : 1.055 * part ** (1 / 2.4) - 0.055))));
}

/** @param {string} text  a colour as #rrggbb @returns {Rgb} */
export function parsed(text) {
  return /** @type {Rgb} */ ([1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16)));
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
 * The contrast of two colours, from 1 to 21, as WCAG 2 defines it.
 * @param {Rgb} one
 * @param {Rgb} other
 * @returns {number}
 */
export function contrast(one, other) {
  const [dim, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dim + 0.05);
}

/** The colour moved towards the ink until text in it can be read. @param {Rgb} hue @param {Rgb} ink @param {Rgb} paper */
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
