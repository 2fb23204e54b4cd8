/** A histogram to choose a range with: drag over its bars, or move its two ends by pointer or keyboard. */

import { make, makeSvg } from "../elements/dom.js";
import { counted } from "../elements/formats.js";
import { barOf } from "./bins.js";

/** @import {Bins} from "./bins.js" */
/** @typedef {{name: string, bins: Bins, onBrush: (from: number|null, to: number|null) => void}} Brushed */

const HEIGHT = 64;
const PAGE = 12;

export class Histogram {
  /** @param {Brushed} brushed */
  constructor(brushed) {
    this.brushed = brushed;
    this.bars = brushed.bins.edges.length - 1;
    this.low = 0;
    this.high = this.bars - 1;
    this.svg = makeSvg("svg", { viewBox: `0 0 ${this.bars} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" });
    /** @type {SVGRectElement[]} */
    this.front = [];
    for (let bar = 0; bar < this.bars; bar += 1) this.front.push(this.#rect(bar));
    this.thumbs = [this.#thumb("From", 0), this.#thumb("Until", 1)];
    this.fromWords = make("span");
    this.toWords = make("span");
    this.element = make(
      "div",
      { class: "histogram", role: "group", "aria-label": brushed.name },
      this.thumbs[0],
      this.thumbs[1],
      make("div", { class: "histogram-words" }, this.fromWords, this.toWords),
    );
    this.element.prepend(this.svg);
    this.#listen();
    this.#place();
  }

  /** @param {number} bar */
  #rect(bar) {
    const rect = makeSvg("rect", { x: bar + 0.08, width: 0.84 });
    this.svg.append(rect);
    return rect;
  }

  /** @param {string} name @param {number} end */
  #thumb(name, end) {
    const thumb = make("button", { class: "thumb", role: "slider", "aria-label": `${name}, ${this.brushed.name}` });
    thumb.addEventListener("keydown", (event) => {
      const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -PAGE, PageUp: PAGE };
      const step = steps[/** @type {keyof typeof steps} */ (event.key)];
      const at = end === 0 ? this.low : this.high;
      let next = step === undefined ? null : at + step;
      if (event.key === "Home") next = end === 0 ? 0 : this.low;
      if (event.key === "End") next = end === 0 ? this.high : this.bars - 1;
      if (next === null) return;
      event.preventDefault();
      event.stopPropagation();
      if (end === 0) this.#set(Math.max(0, Math.min(next, this.high)), this.high, true);
      else this.#set(this.low, Math.min(this.bars - 1, Math.max(next, this.low)), true);
    });
    return thumb;
  }

  #listen() {
    let start = -1;
    let end = -1;
    const at = (/** @type {PointerEvent} */ event) => {
      const box = this.svg.getBoundingClientRect();
      const bar = Math.floor(((event.clientX - box.left) / box.width) * this.bars);
      return Math.max(0, Math.min(this.bars - 1, bar));
    };
    const down = (/** @type {PointerEvent} */ event) => {
      if (event.button !== 0) return;
      const thumb = this.thumbs.findIndex((one) => one === event.target);
      // Dragging one thumb leaves the other end where it is.
      start = thumb === 0 ? this.high : thumb === 1 ? this.low : at(event);
      end = thumb < 0 ? start : -1;
      this.element.setPointerCapture(event.pointerId);
    };
    this.svg.addEventListener("pointerdown", down);
    for (const thumb of this.thumbs) thumb.addEventListener("pointerdown", down);
    this.element.addEventListener("pointermove", (event) => {
      if (start < 0) return;
      end = at(event);
      this.#set(Math.min(start, end), Math.max(start, end), false);
    });
    this.element.addEventListener("pointerup", () => {
      if (start >= 0 && end >= 0) this.#set(Math.min(start, end), Math.max(start, end), true);
      start = -1;
    });
    this.element.addEventListener("pointercancel", () => (start = -1));
    this.svg.addEventListener("dblclick", () => this.#set(0, this.bars - 1, true));
  }

  /** @param {number} low @param {number} high @param {boolean} done */
  #set(low, high, done) {
    this.low = low;
    this.high = high;
    this.#place();
    if (!done) return;
    const { edges } = this.brushed.bins;
    this.brushed.onBrush(low === 0 ? null : edges[low], high === this.bars - 1 ? null : edges[high + 1] - 1);
  }

  #place() {
    const { bins } = this.brushed;
    this.thumbs[0].style.left = `${(100 * this.low) / this.bars}%`;
    this.thumbs[1].style.left = `${(100 * (this.high + 1)) / this.bars}%`;
    [this.low, this.high].forEach((bar, end) => {
      const thumb = this.thumbs[end];
      thumb.setAttribute("aria-valuemin", String(end === 0 ? 0 : this.low));
      thumb.setAttribute("aria-valuemax", String(end === 0 ? this.high : this.bars - 1));
      thumb.setAttribute("aria-valuenow", String(bar));
      thumb.setAttribute("aria-valuetext", `${bins.words(bar)}, ${counted(this.counts?.[bar] ?? 0, "article")}`);
    });
    this.fromWords.textContent = bins.words(this.low);
    this.toWords.textContent = this.low === this.high ? "" : bins.words(this.high);
    this.front.forEach((rect, bar) => rect.setAttribute("class", bar < this.low || bar > this.high ? "out" : "now"));
  }

  /**
   * Show how many there are now, and what is chosen.
   * @param {number[]} counts
   * @param {number|null} from
   * @param {number|null} to
   */
  update(counts, from, to) {
    this.counts = counts;
    this.low = from === null ? 0 : barOf(this.brushed.bins, from);
    this.high = to === null ? this.bars - 1 : barOf(this.brushed.bins, to);
    // The highest bar fills the height, so that the shape of few is seen as well as that of many.
    const most = Math.max(...counts, 1);
    counts.forEach((count, bar) => setHeight(this.front[bar], count === 0 ? 0 : Math.max(2, HEIGHT * Math.sqrt(count / most))));
    this.#place();
  }
}

/** @param {SVGRectElement} rect @param {number} height */
function setHeight(rect, height) {
  rect.setAttribute("y", String(HEIGHT - height));
  rect.setAttribute("height", String(height));
}
