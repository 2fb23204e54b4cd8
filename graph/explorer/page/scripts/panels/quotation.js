/** The sentence around a link, and the line of any relation. */

import { make } from "../elements/dom.js";
import { plain } from "../elements/formats.js";

/** @import {Quote} from "../data/quotes.js" */

/** Make the sentence around a link, with its words emphasised, as plain text. @param {Quote|null} quote */
export function quotation(quote) {
  if (quote === null) return null;
  const [line, before, words, behind] = quote;
  const said = before || words || behind ? make("q", { dir: "auto" }, before, words ? make("em", { text: words }) : null, behind) : null;
  return make("span", { class: "quote" }, line ? `line ${plain(line)}${said ? ": " : ""}` : null, said);
}
