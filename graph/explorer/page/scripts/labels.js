/** Labels that never overlap: the more important is placed first, and what finds no room is left out. */

/** @typedef {{left: number, top: number, right: number, bottom: number}} Box  in pixels */

const CELL = 48;

/** The boxes that are taken, by the cells of a grid they reach into. */
export class Room {
  /** @type {Map<number, Box[]>} */
  #cells = new Map();
  #limits;

  /** @param {Box} limits nothing is placed beyond them */
  constructor(limits) {
    this.#limits = limits;
  }

  /**
   * Take the box when all of it is free and within the limits.
   * @param {Box} box
   * @returns {boolean} whether it was
   */
  take(box) {
    const { left, top, right, bottom } = this.#limits;
    if (box.left < left || box.top < top || box.right > right || box.bottom > bottom) return false;
    if (this.#reached(box).some((key) => this.#cells.get(key)?.some((other) => overlap(box, other)))) return false;
    this.block(box);
    return true;
  }

  /**
   * Take the box whatever is there.
   * @param {Box} box
   */
  block(box) {
    for (const key of this.#reached(box)) {
      const cell = this.#cells.get(key);
      if (cell) cell.push(box);
      else this.#cells.set(key, [box]);
    }
  }

  /** @param {Box} box @returns {number[]} */
  #reached({ left, top, right, bottom }) {
    const keys = [];
    for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row += 1) {
      for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column += 1) {
        keys.push(row * 65536 + column);
      }
    }
    return keys;
  }
}

/** @param {Box} one @param {Box} other @returns {boolean} */
export function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

/**
 * The text in at most `most` lines of at most `width` pixels, broken at spaces; what does not fit ends in "…".
 * @param {string} text
 * @param {number} width
 * @param {number} most
 * @param {(text: string) => number} measure
 * @returns {string[]}
 */
export function lines(text, width, most, measure) {
  const words = text.split(" ");
  /** @type {string[]} */
  const found = [];
  let line = "";
  for (const [at, word] of words.entries()) {
    const longer = line ? `${line} ${word}` : word;
    if (!line || measure(longer) <= width) {
      line = longer;
    } else if (found.length === most - 1) {
      line = [line, ...words.slice(at)].join(" ");
      break;
    } else {
      found.push(line);
      line = word;
    }
  }
  return [...found, line].map((each) => shortened(each, width, measure));
}

/**
 * The text, or as much of its beginning as fits with "…".
 * @param {string} text
 * @param {number} width
 * @param {(text: string) => number} measure
 * @returns {string}
 */
export function shortened(text, width, measure) {
  if (measure(text) <= width) return text;
  const signs = [...text.slice(0, 400)];
  let fits = 0;
  let beyond = signs.length;
  while (beyond - fits > 1) {
    const middle = (fits + beyond) >> 1;
    if (measure(`${signs.slice(0, middle).join("")}…`) <= width) fits = middle;
    else beyond = middle;
  }
  return `${signs.slice(0, fits).join("").trimEnd()}…`;
}
