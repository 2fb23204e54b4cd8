/** Of several questions only the answer to the last one counts. */

export class Latest {
  #asked = 0;

  /**
   * Go on with an answer when it has come, unless something else was asked meanwhile.
   * @template T
   * @param {Promise<T>} answer
   * @param {(known: T) => void} then
   */
  async ask(answer, then) {
    this.drop();
    const asked = this.#asked;
    const known = await answer;
    if (asked === this.#asked) then(known);
  }

  /** The answer to what was asked is not wanted any more. */
  drop() {
    this.#asked += 1;
  }
}
