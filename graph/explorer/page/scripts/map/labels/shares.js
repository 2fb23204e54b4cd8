/** How many articles of an island or community are shown, in words. */

/** @import {Community, Island} from "../../data/payload.js" */
/** @import {Ground, Part} from "../ground/ground.js" */
/** How many are shown, and of how many; of an island of a topic apart from those that do not state it: `placed` there by their story.
 * @typedef {{stated: number, of: number, placed: number}} Share */
import { counted, plain } from "../../elements/formats.js";

/** The least radii in pixels to mention those that were placed, and to show a whole sentence. */
const ROOM = { brief: 52, sentence: 190 };

/** @param {Ground} ground @param {Island|Community|Part} circle @param {number} at  its place among those of the ground @returns {Share} */
export function shareOf({ counts, placed }, circle, at) {
  const [whole, inferred] = "size" in circle ? [circle.size, 0] : [circle.end - circle.first, circle.topic < 0 ? 0 : circle.inferred];
  const away = inferred && placed ? placed[at] : inferred;
  return { stated: (counts ? counts[at] : whole) - away, of: whole - inferred, placed: away };
}

/** @param {Share} share @param {number} r  the radius of its circle on the screen */
export function shareWords(share, r) {
  const { stated, of, placed } = share;
  const words = stated < of ? partWords(share) : counted(of, "article");
  if (placed === 0 || (stated > 0 && r <= ROOM.brief)) return words;
  return stated > 0 && r > ROOM.sentence ? `${words}, and ${plain(placed)} placed by their story` : briefly(share);
}

/** @param {Share} share @returns {string} such as `6 of 94 + 27 by story` */
export function briefly(share) {
  const placed = share.placed > 0 ? `${plain(share.placed)} by story` : "";
  return share.stated === 0 && placed ? placed : [partWords(share), placed].filter(Boolean).join(" + ");
}

/** @param {Share} share */
function partWords({ stated, of }) {
  return stated < of ? `${plain(stated)} of ${plain(of)}` : plain(of);
}
