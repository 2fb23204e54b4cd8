/** Movement: one thing moves at a time, for a moment, or not at all where the reader asked for calm. */

/** Whether the reader's system asks for little movement. @returns {boolean} */
export function prefersCalm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Slow at both ends. @param {number} t 0 to 1 @returns {number} */
export function eased(t) {
  return t < 0.5 ? 4 * t * t * t : 1 - (-2 * t + 2) ** 3 / 2;
}

/** Runs one movement at a time; a new one ends the one before it. */
export class Mover {
  #frame = 0;
  /** @type {(() => void)|null} */
  #finish = null;

  /** Whether something is moving. */
  get moving() {
    return this.#finish !== null;
  }

  /**
   * Call `step` with 0 to 1 for `duration` milliseconds; at once with 1 when `duration` is 0 or calm is asked for.
   * @param {number} duration
   * @param {(t: number) => void} step
   */
  run(duration, step) {
    this.finish();
    if (duration <= 0 || prefersCalm()) {
      step(1);
      return;
    }
    /** @type {number|null} */
    let begun = null;
    this.#finish = () => step(1);
    const tick = (/** @type {number} */ now) => {
      begun ??= now;
      const t = Math.min(1, (now - begun) / duration);
      if (t < 1) {
        this.#frame = requestAnimationFrame(tick);
        step(eased(t));
      } else {
        this.finish();
      }
    };
    this.#frame = requestAnimationFrame(tick);
  }

  /** Bring what moves to its end at once. */
  finish() {
    const last = this.#finish;
    this.stop();
    if (last) last();
  }

  /** Leave what moves where it is. */
  stop() {
    cancelAnimationFrame(this.#frame);
    this.#finish = null;
  }
}
