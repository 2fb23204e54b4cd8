/** Animation: one at a time, or none if the reader's system asks for reduced motion. */

/** Whether the reader's system asks for reduced motion. @returns {boolean} */
export function prefersCalm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** @returns {Promise<void>} settled when the next frame has been drawn; a window in the background draws none, but must not wait */
export function nextFrame() {
  return new Promise((resolve) => {
    window.setTimeout(resolve, 100);
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });
}

/** Slow at both ends. @param {number} t 0 to 1 @returns {number} */
function eased(t) {
  return t < 0.5 ? 4 * t * t * t : 1 - (-2 * t + 2) ** 3 / 2;
}

/** Runs one animation at a time; a new one ends the one before it. */
export class Mover {
  #frame = 0;
  #timer = 0;
  #resting = 0;
  /** @type {(() => void)|null} */
  #finish = null;
  #mayStop = false;
  #waits = false;

  /** Whether something is moving, or about to. */
  get moving() {
    return this.#finish !== null;
  }

  /**
   * Call `step` with 0 to 1 for `duration` milliseconds, or once with 1 if `duration` is 0 or reduced motion is asked for.
   * @param {number} duration
   * @param {(t: number) => void} step
   * @param {boolean} [mayStop]  whether it may end on its way
   */
  run(duration, step, mayStop = false) {
    this.finish();
    if (duration <= 0 || prefersCalm()) {
      step(1);
      return;
    }
    /** @type {number|null} */
    let begun = null;
    this.#finish = () => step(1);
    this.#mayStop = mayStop;
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
    step(0);
  }

  /** Call `then` after the next frame, or before that if something else has to begin; never if it is called again until then. @param {() => void} then */
  afterFrame(then) {
    this.supersede();
    this.#finish = then;
    this.#waits = true;
    this.#frame = requestAnimationFrame(() => {
      this.#timer = window.setTimeout(() => {
        this.#drop();
        then();
      });
    });
  }

  /**
   * Call `then` after a pause in which nothing moves; the time between two frames is not a pause. Replaces an earlier
   * `then`. @param {number} pause  in milliseconds @param {(() => void)|null} then  null for nothing
   */
  afterRest(pause, then) {
    window.clearTimeout(this.#resting);
    if (then) this.#resting = window.setTimeout(() => (this.moving ? this.afterRest(pause, then) : then()), pause);
  }

  /** Drop what waits for a frame, and finish the movement. */
  supersede() {
    if (this.#waits) this.#drop();
    this.finish();
  }

  /** Go to the end at once. */
  finish() {
    while (this.#finish) {
      const last = this.#finish;
      this.#drop();
      last();
    }
  }

  /** Stop where it is, if that is allowed. */
  stop() {
    if (this.#mayStop) this.#drop();
    else this.finish();
  }

  #drop() {
    cancelAnimationFrame(this.#frame);
    window.clearTimeout(this.#timer);
    this.#finish = null;
    this.#mayStop = this.#waits = false;
  }
}
