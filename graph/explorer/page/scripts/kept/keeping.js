/** Keeps views and notes in the browser, if it allows that. */

import { nothingKept, readKept, wholeStart, withKept, writeKept } from "./kept.js";

/** @import {Kept, KeptLimits, KeptView} from "./kept.js" */

export class Keeping {
  /** Whether the browser stores them; otherwise they last as long as the page. */
  isLasting = true;
  /** Called after each change. @type {(() => void)[]} */
  listeners = [];

  /**
   * @param {KeptLimits} limits
   * @param {string} key  of the page, as pages opened from disk share one storage
   * @param {() => Storage} storage  may throw, where the browser has none
   */
  constructor(limits, key, storage) {
    this.limits = limits;
    this.key = key;
    this.storage = storage;
    /** @type {Kept} */
    this.kept = nothingKept();
    try {
      const text = storage().getItem(key);
      if (text !== null) this.kept = readKept(text, limits).kept;
    } catch {
      this.isLasting = false;
    }
  }

  /** @param {Kept} kept @returns {boolean} false, and nothing changes, if it is more than can be read again */
  set(kept) {
    const text = writeKept(kept, this.limits);
    if (readKept(text, this.limits).fault) return false;
    this.kept = kept;
    try {
      if (kept.views.length || kept.notes.length) this.storage().setItem(this.key, text);
      else this.storage().removeItem(this.key);
      this.isLasting = true;
    } catch {
      this.isLasting = false;
    }
    for (const listener of this.listeners) listener();
    return true;
  }

  /** @param {Kept} added @returns {boolean} as of `set` */
  add(added) {
    return this.set(withKept(this.kept, added, this.limits));
  }

  /** @param {KeptView} view @returns {boolean} as of `set` */
  keepView(view) {
    return this.add({ views: [view], notes: [] });
  }

  /** @param {string} name */
  dropView(name) {
    this.set({ ...this.kept, views: this.kept.views.filter((view) => view.name !== name) });
  }

  /** @param {string} iri @returns {string} the note about a node, or "" */
  noteOf(iri) {
    return this.kept.notes.find((note) => note.iri === iri)?.text ?? "";
  }

  /** Write a note about a node, or drop it with "". @param {string} iri @param {string} text @returns {boolean} as of `set` */
  note(iri, text) {
    const notes = this.kept.notes.filter((note) => note.iri !== iri);
    const kept = wholeStart(text, this.limits.text);
    if (kept.trim()) notes.push({ iri, text: kept });
    return this.set({ ...this.kept, notes: notes.slice(-this.limits.notes) });
  }
}
