/** Keys of a page's addresses, as `graph/widget/addresses.py` makes them, and where links of the site lead from a page. */

/**
 * The key of the page at an address, equal for all its spellings.
 * @param {URL} url
 * @param {boolean} [queried]  whether the query counts
 * @returns {string}
 */
export function pageKey(url, queried = false) {
  const host = url.host.replace(/:(?:443|80)$/, "").replace(/\.$/, "").replace(/^www\.(?=[^.]+\.)/, "");
  const site = host.replace(/^(?:m|mobile|amp)\.(?=[^.]+\.[^.])|(?<=\.)m\.(?=[^.]+\.[^.])/, "");
  const query = queried ? plain(url.search.slice(1)).split("&").filter(Boolean).sort().join("&") : "";
  return site + pathOf(url) + (query && `?${query}`);
}

/** The path of an address without what does not distinguish pages. @param {URL} url */
function pathOf(url) {
  const path = plain(url.pathname).replace(/\/\/+/g, "/").replace(/\/+$/, "");
  return path.replace(/\/(?:index\.(?:html?|xhtml|shtml|php|md|aspx?)|default\.(?:html?|aspx?))$/i, "").replace(/\.html?$/i, "");
}

/** Escape what must be escaped, and nothing else. @param {string} text */
function plain(text) {
  return text.replace(/[^!#-;=?-Z_a-z~]/gu, encodeURIComponent).replace(/%[0-9a-f]{2}/gi, (escape) => {
    const sign = String.fromCharCode(parseInt(escape.slice(1), 16));
    return /[\w.~-]/.test(sign) ? sign : escape.toUpperCase();
  });
}

/**
 * The keys under which a page may be listed, the best first: where it is, then what it says of itself, which may be out
 * of date on sites that change their pages without loading them.
 * @param {string|null} named  the address or the document that the script was told
 * @param {string|null} canonical  the address that the page states as its own
 * @param {URL} here  where the page is
 * @param {string} site  the address of the site, or nothing
 * @returns {string[]}
 */
export function keysOf(named, canonical, here, site) {
  const base = toUrl(site, here);
  // A preview and a mirror have the paths of the site, or lack the site's folder.
  const seen = (/** @type {string} */ path) => (base ? [toUrl(path, base), toUrl(`.${path}`, base)] : []);
  const urls = named === null
    ? [here, ...seen(here.pathname + here.search), toUrl(canonical ?? "", here)]
    : [toUrl(named, base ?? here), toUrl(named, here)];
  const keys = urls.flatMap((url) => (url ? [pageKey(url, true), pageKey(url)] : []));
  if (named !== null) keys.push(`/${named.replace(/^(?:\.?\/)+/, "")}`);
  return [...new Set(keys)];
}

/** @param {string} text @param {URL} here @returns {URL|null} */
function toUrl(text, here) {
  try {
    return text ? new URL(text, here) : null;
  } catch {
    return null;
  }
}

/**
 * The address of the site as the page sees it, so that links of a preview stay in the preview.
 * @param {string|undefined} own  the page's address, relative to the site
 * @param {URL} here
 * @param {string} site
 * @returns {string}
 */
export function siteOf(own, here, site) {
  if (!site) return here.href;
  if (!own?.startsWith("./")) return site;
  const path = pathOf(new URL(own, "https://site.invalid/"));
  const seen = pathOf(here);
  return seen.endsWith(path) ? `${here.origin}${seen.slice(0, seen.length - path.length)}/` : site;
}

/**
 * The number of the index that lists a key: the low bits of the FNV-1a hash of its UTF-8.
 * @param {string} key
 * @param {number} indexes  a power of two
 */
export function indexOf(key, indexes) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(key)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return (hash & (indexes - 1)) >>> 0;
}
