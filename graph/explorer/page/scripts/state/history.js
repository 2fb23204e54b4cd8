/** The history: the address says what is shown, and back and forward lead through what was shown. */

import { cut } from "../elements/formats.js";
import { readState, writeState } from "./state.js";

/** @import {Explorer} from "./explorer.js" */
/** What an entry of the history keeps beside its address; node numbers hold for this version of the data only.
 * @typedef {{step: number, version?: string, node?: number, to?: number, depth?: number}} Entry */

/** How many unknown names a reader is told, and how much of each. */
const MOST_TOLD = 3;
const LONGEST_TOLD = 100;

export class PageHistory {
  /** Whether addresses may be written, which is not before the first was read. */
  settled = false;
  /** The steps that the page itself made. */
  step = 0;
  lastStep = 0;
  /** The address that is being read. Until it is shown nothing is written, as that would replace it. @type {object|null} */
  #reading = null;

  /** @param {Explorer} explorer */
  constructor(explorer) {
    this.explorer = explorer;
  }

  /** The reader has gone elsewhere: forget the address that is being read. */
  leave() {
    this.#reading = null;
  }

  /** Show what the address says, as soon as the nodes that it names are known. @param {boolean} animate */
  async read(animate) {
    const { explorer } = this;
    const { hash } = window.location;
    const entry = /** @type {Entry|null} */ (window.history.state);
    const { part } = explorer.atlas.header;
    if (part && entry === null && hash.length < 2) {
      explorer.openPart(part.selected);
      return;
    }
    const { version } = explorer.answers;
    const isNumbered = version !== "" && entry?.version === version;
    const reading = {};
    this.#reading = reading;
    const isKnown = isNumbered || (await explorer.answers.resolve(hash, explorer.names()));
    // Without an answer the address stays as it is, to be read when the page is loaded again.
    if (this.#reading !== reading || !isKnown) return;
    this.#reading = null;
    /** @type {string[]} */
    const unknown = [];
    const next = readState(hash, explorer.names(), unknown);
    if (isNumbered) Object.assign(next, { node: entry.node ?? -1, to: entry.to ?? -1, depth: entry.depth ?? 0 });
    explorer.open(next, animate);
    if (unknown.length && this.settled) explorer.onNote(unknownWords([...new Set(unknown)]));
  }

  /** Show what an address names, as a step of its own in the history. @param {string} address  what stands after the `#` */
  async visit(address) {
    const { explorer } = this;
    this.leave();
    if (!(await explorer.answers.resolve(address, explorer.names()))) return;
    /** @type {string[]} */
    const unknown = [];
    const next = readState(address, explorer.names(), unknown);
    explorer.held = true;
    explorer.open(next, true);
    explorer.held = false;
    this.write(false);
    if (unknown.length) explorer.onNote(unknownWords([...new Set(unknown)]));
  }

  /** The map has drawn: read the address, and keep it up to date from now on. */
  async settle() {
    this.settled = true;
    window.addEventListener("popstate", (event) => {
      this.step = event.state?.step ?? this.lastStep + 1;
      this.lastStep = Math.max(this.lastStep, this.step);
      this.read(true);
    });
    await this.read(false);
  }

  /** Let the address say what is shown. @param {boolean} replace  whether to add no step to the history */
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

/** @param {string[]} unknown  what an address names and nothing here is called @returns {string} */
function unknownWords(unknown) {
  const more = unknown.length - MOST_TOLD;
  const names = unknown.slice(0, MOST_TOLD).map((name) => cut(name, LONGEST_TOLD));
  return `The link names things that are not here:  ${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}. The rest is shown.`;
}
