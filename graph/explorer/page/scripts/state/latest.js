/** Only the answer to the last of several questions counts. */

export class Latest {
  #asked = 0;

  /**
   * Continue with an answer when it arrives, unless something else was asked in the meantime.
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
