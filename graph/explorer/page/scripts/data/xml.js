/** Text as XML may hold it. */

/** Control characters and halves of surrogate pairs, which XML does not allow even when escaped. */
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
/** @type {Record<string, string>} */
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;" };

/** @param {string} text @returns {string} the text without anything that XML would read as its own */
export function toXml(text) {
  return text.replace(NOT_XML, "").replace(/[&<>"\r\n\t]/g, (sign) => ENTITIES[sign]);
}
