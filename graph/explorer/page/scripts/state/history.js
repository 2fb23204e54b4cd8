/** The trail: the address says what is shown, and back and forward lead through what was shown. */

import { readState, writeState } from "./state.js";

/** @import {Explorer} from "./explorer.js" */
/** What an entry of the history keeps beside its address: numbers hold as long as the data is of this version.
 * @typedef {{step: number, version?: string, node?: number, to?: number, depth?: number}} Entry */

export class Trail {
  /** Whether addresses may be written: not before the first was read. */
  settled = false;
  /** Steps back and forward that the page itself made. */
  step = 0;
  lastStep = 0;
  /** What is being read; until it is shown nothing is written, which would overwrite it. @type {object|null} */
  #reading = null;

  /** @param {Explorer} explorer */
  constructor(explorer) {
    this.explorer = explorer;
  }

  /** The reader has gone elsewhere: what was being read is not wanted any more. */
  leave() {
    this.#reading = null;
  }

  /**
   * Show what the address says, as soon as it is known which nodes it speaks of.
   * @param {boolean} animate
   * @returns {Promise<void>|undefined}
   */
  read(animate) {
    const { explorer } = this;
    const { hash } = window.location;
    const entry = /** @type {Entry|null} */ (window.history.state);
    const { part } = explorer.atlas.header;
    if (part && entry === null && hash.length < 2) {
      explorer.openPart(part.selected);
      return undefined;
    }
    const { version } = explorer.answers;
    const isNumbered = version !== "" && entry?.version === version;
    const reading = {};
    this.#reading = reading;
    const show = (/** @type {boolean} */ isMet) => {
      // Where nobody answered the address stays as it is, to be read when the page is loaded again.
      if (this.#reading !== reading || !isMet) return;
      this.#reading = null;
      const next = readState(hash, explorer.names());
      if (isNumbered) Object.assign(next, { node: entry.node ?? -1, to: entry.to ?? -1, depth: entry.depth ?? 0 });
      explorer.open(next, animate);
    };
    const met = isNumbered ? true : explorer.answers.meet(hash, explorer.names());
    if (met instanceof Promise) return met.then(show);
    show(met);
    return undefined;
  }

  /** The map has drawn: read the address, and let it follow from now on. @returns {Promise<void>|undefined} */
  settle() {
    this.settled = true;
    window.addEventListener("popstate", (event) => {
      this.step = event.state?.step ?? this.lastStep + 1;
      this.lastStep = Math.max(this.lastStep, this.step);
      this.read(true);
    });
    return this.read(false);
  }

  /** Let the address say what is shown. @param {boolean} replace  whether that is no step to go back to */
  write(replace) {
    if (!this.settled || this.#reading !== null) return;
    const { state, answers } = this.explorer;
    const hash = writeState(state, this.explorer.names());
    if (!replace) {
      this.step += 1;
      this.lastStep = this.step;
    }
    const { node, to, depth } = state;
    /** @type {Entry} */
    const entry = answers.version ? { step: this.step, version: answers.version, node, to, depth } : { step: this.step };
    const address = hash ? `#${hash}` : window.location.pathname + window.location.search;
    try {
      if (replace) window.history.replaceState(entry, "", address);
      else window.history.pushState(entry, "", address);
    } catch {
      // A page inside a frame without an origin may not change its address, and need not.
    }
  }
}
