/** A time player: it moves the chosen dates from span to span, while everything on the map keeps its place. */

import { make, say } from "../elements/dom.js";
import { counted, dayWords } from "../elements/formats.js";
import { prefersCalm } from "../map/animation.js";
import { spanWords, usualRange } from "./bins.js";
import { UNITS, spanBeside, spanOn, unitFor } from "./spans.js";

/** @import {Explorer} from "../state/explorer.js" */
/** @import {Span, Unit} from "./spans.js" */

/** Milliseconds from one span to the next, and from one announcement to the next. */
const PACE = 900;
const SAYING = 5000;
const CALM = "Your system asks for less motion, so nothing plays. Go step by step.";

export class TimePlayer {
  /** The span that was shown last. @type {{from: number|null, to: number|null}} */
  #set = { from: null, to: null };
  /** What was chosen before, while the player chooses. @type {{from: number|null, to: number|null, faded: boolean}|null} */
  #before = null;
  #timer = 0;
  #saidAt = 0;

  /** @param {Explorer} explorer @param {ArrayLike<number>} days  those of the articles, at least one */
  constructor(explorer, days) {
    this.explorer = explorer;
    this.range = usualRange(days);
    const usual = unitFor(this.range);
    this.unit = make("select", { "aria-label": "Length of a step", onchange: () => this.#again() }, ...UNITS.map((unit) => make("option", { value: unit, text: `By ${unit}`, selected: unit === usual })));
    this.all = make("input", { type: "checkbox", onchange: () => this.#again() });
    this.play = make("button", { class: "button", onclick: () => (this.isPlaying ? this.#pause() : this.#begin()) });
    this.back = make("button", { class: "icon", "aria-label": "Step back in time", "aria-keyshortcuts": ", ArrowLeft", title: "Step back (,)", text: "‹", onclick: () => this.#step(-1) });
    this.forward = make("button", { class: "icon", "aria-label": "Step forward in time", "aria-keyshortcuts": ". ArrowRight", title: "Step forward (.)", text: "›", onclick: () => this.#step(1) });
    this.stop = make("button", { class: "plain", text: "End", title: "Show the dates chosen before (Esc)", onclick: () => this.end() });
    this.words = make("p", { class: "player-words" });
    this.calm = make("p", { class: "faint", text: CALM });
    this.element = make(
      "div",
      { class: "player", role: "group", "aria-label": "Play through time" },
      make("div", { class: "player-row" }, this.back, this.play, this.forward, this.unit),
      make("div", { class: "player-row" }, make("label", { class: "together" }, this.all, "Include all before"), this.stop),
      this.calm,
      this.words,
    );
    this.element.addEventListener("keydown", (event) => this.#key(event));
    matchMedia("(prefers-reduced-motion: reduce)").addEventListener("change", () => this.update());
    this.update();
  }

  /** Whether it moves by itself. */
  get isPlaying() {
    return this.#timer !== 0;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target === this.unit) return;
    if (event.key === "," || event.key === "ArrowLeft") this.#step(-1);
    else if (event.key === "." || event.key === "ArrowRight") this.#step(1);
    else if (event.key !== "Escape" || !this.end()) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {-1|1} direction @returns {Span|null} the next span, or null at the end of time */
  #next(direction) {
    const { choice } = this.explorer.state;
    const unit = /** @type {Unit} */ (this.unit.value);
    if (this.#before !== null) return spanBeside(choice.to ?? this.range.to, unit, direction, this.range);
    return spanOn(direction < 0 ? choice.to ?? this.range.to : choice.from ?? this.range.from, unit);
  }

  /** @param {Span} span */
  #show({ from, to }) {
    const { choice, look } = this.explorer.state;
    const isFirst = this.#before === null;
    this.#before ??= { from: choice.from, to: choice.to, faded: look.faded };
    this.#set = { from: this.all.checked ? null : from, to };
    // One entry in the history for all steps, so that one step back leads to what was shown before.
    this.explorer.change({ choice: { ...choice, ...this.#set }, look: { ...look, faded: true } }, { stay: true, replace: !isFirst });
  }

  /** Choose again, in the way that is now wanted. */
  #again() {
    if (this.#before === null) return;
    this.#show(spanOn(this.explorer.state.choice.to ?? this.range.to, /** @type {Unit} */ (this.unit.value)));
    this.#say();
  }

  /** @param {-1|1} direction */
  #step(direction) {
    this.#halt();
    const span = this.#next(direction);
    if (span) this.#show(span);
    this.update();
    this.#say(span === null ? (direction < 0 ? "The first: " : "The last: ") : "");
  }

  #begin() {
    if (prefersCalm()) return;
    this.explorer.playing = true;
    this.#show(this.#next(1) ?? spanOn(this.range.from, /** @type {Unit} */ (this.unit.value)));
    this.#say();
    this.#wait();
  }

  /** Continue after a while, unless this was the last span. */
  #wait() {
    if (this.#next(1) === null) this.#pause("The end: ");
    else this.#timer = window.setTimeout(() => this.#tick(), PACE);
    this.update();
  }

  #tick() {
    const span = this.#next(1);
    if (prefersCalm() || span === null) this.#pause();
    else {
      if (!document.hidden) this.#show(span);
      // Another choice of dates may have ended it.
      if (!this.isPlaying) return;
      if (performance.now() - this.#saidAt > SAYING) this.#say();
      this.#wait();
    }
  }

  #halt() {
    window.clearTimeout(this.#timer);
    this.#timer = 0;
    this.explorer.playing = false;
  }

  /** @param {string} [why] */
  #pause(why = "Paused: ") {
    this.#halt();
    this.update();
    this.#say(why);
  }

  /** End, and show the dates that were chosen before. @returns {boolean} whether there was anything to end */
  end() {
    const before = this.#before;
    this.#halt();
    if (before === null) return false;
    const { faded, ...dates } = before;
    const { choice, look } = this.explorer.state;
    const isLeft = document.activeElement === this.stop;
    this.#before = null;
    this.explorer.change({ choice: { ...choice, ...dates }, look: { ...look, faded } }, { stay: true });
    if (isLeft) this.forward.focus();
    return true;
  }

  /** Announce the span to screen readers, but not every one while it plays. @param {string} [why] */
  #say(why = "") {
    this.#saidAt = performance.now();
    say(why + this.words.textContent);
  }

  /** Yield to dates that were chosen elsewhere. @param {{from: number|null, to: number|null}} dates */
  #yield({ from, to }) {
    if (this.#before === null || (from === this.#set.from && to === this.#set.to)) return;
    this.#halt();
    this.#set = { from, to };
    if (from !== null || to !== null) return;
    const { faded } = this.#before;
    this.#before = null;
    // The change that is being announced comes first.
    if (!faded) queueMicrotask(() => this.explorer.change({ look: { ...this.explorer.state.look, faded } }, { stay: true, replace: true }));
  }

  /** Show what is chosen now. */
  update() {
    const { filtered, state: { choice } } = this.explorer;
    this.#yield(choice);
    const calm = prefersCalm();
    this.play.textContent = this.isPlaying ? "Pause" : "Play";
    this.play.hidden = calm && !this.isPlaying;
    this.calm.hidden = !calm;
    this.stop.hidden = this.#before === null;
    this.words.hidden = this.#before === null;
    const { from, to } = choice;
    const span = from === null ? `Until ${dayWords(to ?? this.range.to)}` : spanWords(from, to ?? this.range.to);
    this.words.textContent = `${span}: ${counted(filtered.articles, "article")}`;
  }
}
