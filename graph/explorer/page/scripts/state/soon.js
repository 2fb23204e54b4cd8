/** What is known now, or will be soon: a page that holds everything answers at once, one that asks its server later. */

/** @template T @typedef {T | Promise<T>} Soon */

/**
 * Go on with an answer: at once where it is known, or when it has come.
 * @template T
 * @param {Soon<T>} answer
 * @param {(known: T) => void} then
 */
export function whenKnown(answer, then) {
  if (answer instanceof Promise) answer.then(then);
  else then(answer);
}
