/** Room for labels, which never overlap: the more important one is placed first, and others are left out. */

/** @typedef {{left: number, top: number, right: number, bottom: number}} Box  in pixels */

const CELL = 48;
const BETWEEN_TEXTS = 3;

/** The boxes that are taken and the dots, by the cells of a grid. */
export class Room {
  /** @type {Map<number, Box[]>} */
  #cells = new Map();
  /** @type {Map<number, number[]>} */
  #dots = new Map();
  #largest = 0;
  #limits;

  /** @param {Box} limits nothing is placed beyond them */
  constructor(limits) {
    this.#limits = limits;
  }

  /**
   * Take the box if it is free, within the limits, and covers few dots.
   * @param {Box} box
   * @param {number} [spare]  how many dots may be covered
   * @returns {boolean} whether it was
   */
  take(box, spare = Infinity) {
    if (!this.free(box, spare)) return false;
    this.block(box);
    return true;
  }

  /** Whether the box could be taken. @param {Box} box @param {number} [spare] @returns {boolean} */
  free(box, spare = Infinity) {
    const { left, top, right, bottom } = this.#limits;
    if (box.left < left || box.top < top || box.right > right || box.bottom > bottom) return false;
    const keys = this.#reached(box);
    if (keys.some((key) => this.#cells.get(key)?.some((other) => overlap(box, other)))) return false;
    return spare === Infinity || this.#covered(box) <= spare;
  }

  /** Note a dot. @param {number} x @param {number} y @param {number} r @param {number} [weight]  as how many it counts */
  addDot(x, y, r, weight = 1) {
    const key = Math.floor(y / CELL) * 65536 + Math.floor(x / CELL);
    const cell = this.#dots.get(key);
    this.#largest = Math.max(this.#largest, r);
    if (cell) cell.push(x, y, r, weight);
    else this.#dots.set(key, [x, y, r, weight]);
  }

  /** @param {Box} box @returns {number} how many dots it covers in part */
  #covered({ left, top, right, bottom }) {
    const reach = this.#largest;
    let found = 0;
    for (const key of this.#reached({ left: left - reach, top: top - reach, right: right + reach, bottom: bottom + reach })) {
      const dots = this.#dots.get(key) ?? [];
      for (let at = 0; at < dots.length; at += 4) {
        const [x, y, r] = [dots[at], dots[at + 1], dots[at + 2] * 0.9];
        if (x + r > left && x - r < right && y + r > top && y - r < bottom) found += dots[at + 3];
      }
    }
    return found;
  }

  /** Take the box whatever is there. @param {Box} box */
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

/** A box with some space on its left and right, so that two texts on a line are not read as one. @param {Box} box @returns {Box} */
export function spaced({ left, top, right, bottom }) {
  return { left: left - BETWEEN_TEXTS, top, right: right + BETWEEN_TEXTS, bottom };
}

/** @param {Box} box @param {number} x @param {number} y @returns {number} how far a point is from a box, 0 within it */
export function distanceTo({ left, top, right, bottom }, x, y) {
  return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
}

/** @param {Box} one @param {Box} other @returns {boolean} */
export function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

/**
 * The box of a label on one side of what it names.
 * @param {{x: number, y: number, gap: number}} place
 * @param {import("./wanted_labels.js").Side} side
 * @param {number} wide
 * @param {number} tall
 * @returns {Box}
 */
export function boxAt({ x, y, gap }, side, wide, tall) {
  const left = side === "right" ? x + gap : side === "left" ? x - gap - wide : x - wide / 2;
  const top = side === "above" ? y - gap - tall : side === "below" ? y + gap : y - tall / 2;
  return { left, top, right: left + wide, bottom: top + tall };
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
 * The text, or as many of its first words as fit with "…"; if the first word does not fit, its first parts or its beginning.
 * @param {string} text
 * @param {number} width
 * @param {(text: string) => number} measure
 * @returns {string}
 */
export function shortened(text, width, measure) {
  const whole = measure(text);
  if (whole <= width) return text;
  const signs = [...text.slice(0, 400)];
  const cut = (/** @type {number} */ at) => `${signs.slice(0, at).join("").replace(/[\s.…,:;–-]+$/, "")}…`;
  // Letters are about equally wide, so the first guess is nearly right; measuring is slow.
  let at = Math.min(signs.length, Math.max(0, Math.floor((text.length * width) / whole)));
  while (at > 0 && measure(cut(at)) > width) at -= 1;
  const before = (/** @type {RegExp} */ gap) => {
    let found = at;
    while (found > 0 && !gap.test(signs[found] ?? " ")) found -= 1;
    return found;
  };
  return cut(before(/\s/) || before(/[-–/]/) || at);
}
