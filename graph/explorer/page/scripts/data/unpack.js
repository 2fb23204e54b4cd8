/** Unpacking an inert element of the page, which holds base64 of gzip. */

/**
 * The bytes in the element called `id`. The element is emptied, so that its text does not stay in memory.
 * @param {string} id
 * @returns {Promise<Uint8Array>}
 */
export async function unpackBytes(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page lacks its element "${id}".`);
  const text = (element.textContent || "").trim();
  element.textContent = "";
  return gunzip(fromBase64(text));
}

/** The JSON in the element called `id`. @param {string} id @returns {Promise<any>} */
export async function unpackJson(id) {
  return JSON.parse(new TextDecoder().decode(await unpackBytes(id)));
}

/** @param {string} text */
function fromBase64(text) {
  const newer = /** @type {{fromBase64?: (text: string) => Uint8Array}} */ (/** @type {unknown} */ (Uint8Array));
  if (newer.fromBase64) return newer.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** @param {Uint8Array} bytes */
async function gunzip(bytes) {
  const stream = new Blob([/** @type {BlobPart} */ (bytes)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
