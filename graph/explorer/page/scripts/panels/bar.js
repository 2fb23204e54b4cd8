/** Which tools are in the bar, and which in its menu: fewer fit into a narrower window, or with larger text. */

import { byId } from "../elements/dom.js";

/** The widths of windows, in letters of the usual size: below the first, tools that are needed less are in the menu,
below the second also those that are used often, below the third the title is only read aloud, and below the last the
bar has two rows. */
const WIDTHS = { less: 90, often: 77.5, title: 56.5, rows: 38 };

/** @param {MediaQueryList} phone */
export function keepBarFitting(phone) {
  const fit = () => {
    const letters = window.innerWidth / Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const { classList } = document.body;
    classList.toggle("narrow", letters < WIDTHS.less);
    classList.toggle("tight", letters < WIDTHS.title && !phone.matches);
    const [often, more] = [byId("often"), byId("more")];
    classList.toggle("two-rows", letters < WIDTHS.rows && !phone.matches);
    if (letters < WIDTHS.often === more.contains(often)) return;
    if (letters < WIDTHS.often) more.prepend(often);
    else byId("open-more").before(often);
  };
  // The bar is as high as its letters need.
  const sizes = new ResizeObserver(fit);
  for (const part of [document.body, byId("bar")]) sizes.observe(part);
  fit();
}
