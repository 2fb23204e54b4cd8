/** Comparing words without accents and case, tolerating typing errors. */

/** Letters that Unicode does not decompose into a plain letter and a mark, and the form that sigma has at the end of a word. @type {Record<string, string>} */
const PLAIN_LETTERS = { ß: "ss", ø: "o", ł: "l", đ: "d", æ: "ae", œ: "oe", ı: "i", þ: "th", ð: "d", ς: "σ" };
const MARKS = /\p{M}+/gu;
const RARE_LETTERS = /[ßøłđæœıþðς]/g;
const WORDS = /[\p{L}\p{N}]+[#+]*/gu;
const PLAIN_TEXT = /^[\x20-\x7e]*$/;
/** Thai, Hiragana, Katakana and Han are written without spaces: each sign counts as a word. `graph/search/words.py` has the same. */
const SIGNS = "\\u0e01-\\u0e3a\\u0e40-\\u0e5b\\u3005-\\u3007\\u3041-\\u30ff\\u31f0-\\u31ff\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
export const UNSPACED = new RegExp(`[${SIGNS}]`, "u");
const WORDS_AND_SIGNS = new RegExp(`[${SIGNS}]|(?:(?![${SIGNS}])[\\p{L}\\p{N}])+[#+]*`, "gu");

/** Return a text without accents and case. @param {string} text @returns {string} */
export function fold(text) {
  const lower = text.toLowerCase();
  if (PLAIN_TEXT.test(lower)) return lower;
  return lower
    .normalize("NFKD")
    .replace(MARKS, "")
    .toLowerCase()
    .replace(RARE_LETTERS, (letter) => PLAIN_LETTERS[letter] ?? letter);
}

/**
 * Return the words of a text, folded; signs of a script without spaces one by one.
 * @param {string} text
 * @returns {string[]}
 */
export function wordsOf(text) {
  const plain = fold(text);
  return plain.match(UNSPACED.test(plain) ? WORDS_AND_SIGNS : WORDS) ?? [];
}

/**
 * Return the set of letters of a word as bits. Words that are n typing errors apart differ in at most 2n bits.
 * @param {string} word
 * @returns {number}
 */
export function lettersOf(word) {
  let bits = 0;
  for (let place = 0; place < word.length; place += 1) bits |= 1 << (word.charCodeAt(place) & 31);
  return bits;
}

/** Return how many bits are set. @param {number} bits @returns {number} */
export function countBits(bits) {
  let left = bits - ((bits >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return (((left + (left >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/**
 * Return the fewest typing errors (a letter more, less or different, or two swapped) that turn `typed` into `word`, or into
 * its beginning if `begins`; `most + 1` if there are more than `most`. The optimal string alignment distance, from Damerau (1964).
 * @param {string} typed
 * @param {string} word
 * @param {number} most
 * @param {boolean} [begins]
 * @returns {number}
 */
export function slips(typed, word, most, begins = false) {
  const width = Math.min(word.length, typed.length + most);
  if (!begins && Math.abs(typed.length - word.length) > most) return most + 1;
  if (typed.length - word.length > most) return most + 1;
  let before = new Int32Array(width + 1);
  let earlier = new Int32Array(width + 1);
  let now = new Int32Array(width + 1);
  for (let place = 0; place <= width; place += 1) before[place] = place;
  for (let row = 1; row <= typed.length; row += 1) {
    now[0] = row;
    let least = row;
    const letter = typed.charCodeAt(row - 1);
    for (let place = 1; place <= width; place += 1) {
      const other = word.charCodeAt(place - 1);
      let cost = before[place - 1] + (letter === other ? 0 : 1);
      cost = Math.min(cost, before[place] + 1, now[place - 1] + 1);
      const isSwapped = row > 1 && place > 1 && letter === word.charCodeAt(place - 2) && typed.charCodeAt(row - 2) === other;
      if (isSwapped) cost = Math.min(cost, earlier[place - 2] + 1);
      now[place] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    [earlier, before, now] = [before, now, earlier];
  }
  let found = begins ? most + 1 : before[width];
  if (begins) for (let place = 0; place <= width; place += 1) found = Math.min(found, before[place]);
  else if (width < word.length) found = most + 1;
  return Math.min(found, most + 1);
}
