/** Which labels of a small graph have room, and where. */

/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */
/**
 * @typedef {object} Label
 * @property {number} x  where its lines begin, are centred, or end
 * @property {number} y  the middle of its first line
 * @property {"start"|"middle"|"end"} anchor
 * @property {string[]} lines
 * @property {boolean} isCut  whether the text goes on
 * @property {boolean} isShown
 */

/** The height of a line in pixels. */
export const LINE = 13;
const LONGEST = 24;
const MOST_LINES = 2;
const AWAY = 9;

/**
 * Break a text into two lines between words; a word is broken only if it does not fit in a line.
 * @param {string} text
 * @returns {{lines: string[], isCut: boolean}}
 */
export function wrapped(text) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(/\s+/)) {
    const signs = [...word];
    const last = lines.length - 1;
    if (last >= 0 && [...lines[last]].length + signs.length < LONGEST) lines[last] += ` ${word}`;
    else for (let from = 0; from < signs.length; from += LONGEST) lines.push(signs.slice(from, from + LONGEST).join(""));
  }
  return { lines: lines.slice(0, MOST_LINES), isCut: lines.length > MOST_LINES };
}

/**
 * Place a label beside each dot where it covers neither a dot nor another label; one without room is not shown.
 * @param {[number, number][]} dots  in pixels
 * @param {string[]} texts
 * @param {number[]} order  of the nodes, the most important first
 * @param {number} width  of the picture
 * @param {number} height
 * @param {(text: string) => number} measure  the width of a text
 * @returns {Label[]} by node
 */
export function placeLabels(dots, texts, order, width, height, measure) {
  /** @type {Box[]} */
  const taken = dots.map(([x, y]) => ({ left: x - 6, top: y - 6, right: x + 6, bottom: y + 6 }));
  /** @type {Label[]} */
  const labels = [];
  for (const node of order) {
    const { lines, isCut } = wrapped(texts[node]);
    const wide = Math.max(...lines.map(measure)) + 2;
    const high = LINE * lines.length;
    const [x, y] = dots[node];
    const choices = /** @type {[Label["anchor"], number, number, number][]} */ ([
      ["start", x + AWAY, x + AWAY, y - high / 2],
      ["end", x - AWAY, x - AWAY - wide, y - high / 2],
      ["middle", x, x - wide / 2, y + AWAY - 1],
      ["middle", x, x - wide / 2, y - AWAY + 1 - high],
    ]).map(([anchor, at, left, top]) => ({
      label: { x: at, y: top + LINE / 2, anchor, lines, isCut, isShown: true },
      box: { left, top, right: left + wide, bottom: top + high },
    }));
    const free = choices.find(({ box }) => isInside(box, width, height) && !taken.some((other) => overlap(box, other)));
    if (free) taken.push(free.box);
    // Without room it is shown while its dot is pointed at, on the side where it fits.
    labels[node] = free?.label ?? { ...choices[x > width / 2 ? 1 : 0].label, isShown: false };
  }
  return labels;
}

/** @param {Box} box @param {number} width @param {number} height */
function isInside(box, width, height) {
  return box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height;
}

/** @param {Box} one @param {Box} other */
function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
