"""Cleans a URL into the IRI shown, and makes the key that is equal for all addresses of a page.

Percent-encoding follows RFC 3986, the characters an IRI may hold RFC 3987.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from graph.expressions import expression
from graph.hosts import in_unicode, is_domain, is_host, is_platform, site_of, without_www
from graph.tracking import without_tracking
from graph.variants import canonical_page

__all__ = ["clean_url", "domain_of", "encode_iri", "is_iri", "is_platform", "is_web_address", "match_key"]

_URL = expression(r"((?i:https?))://(?:[^/?#@]*@)?([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.DOTALL)
_WEB = expression(
    r"https?://(?:[^\s/?#\\\[\]@]+@)?(?:[^\s/?#\\\[\]@]+|\[[0-9A-Fa-f:.]+\](?::[0-9]*)?)"
    r"(?:[/?#][^\x00-\x20\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]*)?",
    re.IGNORECASE,
)
_IRI = expression(
    r"[A-Za-z][A-Za-z0-9+.-]*:(?:[!#$&-;=?-Z_a-z~\[\]]|%[0-9A-Fa-f]{2}"
    r"|[\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U000efffd])+"
)
_LONGEST_IRI = 8_000
_ILLEGAL = expression(r"[\x00-\x20\x7f-\xa0<>\"{}|\\^`\[\]]|%(?![0-9A-Fa-f]{2})|[^\x00-\x7e]")
_ESCAPE = expression(r"%[0-9A-Fa-f]{2}")
_NOT_ASCII_URL = expression(r"[^!#-;=?-Z_a-z~]")
_SPECIAL = "\ufffc\ufffd"  # RFC 3987 leaves out the whole block, but these two are assigned and visible
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_DOT_SEGMENT = expression(r"/(?:\.|%2[Ee]){1,2}(?=/|$)")
_ESCAPED_DOT = expression("%2[Ee]")


def clean_url(text: str, base: str | None = None) -> str | None:
    """Return the IRI shown for a URL: without fragment and tracking, percent-encoded only where an IRI requires it.

    `.` and `..` in its path are resolved. An address that starts with one `/` is a path of the site, below `base` (an
    absolute IRI ending in `/`). Returns `None` for anything but an http or https address.
    """
    text = text.partition("#")[0].strip()
    if text.startswith("//"):
        text = "https:" + text
    elif text.startswith("/") and base:
        text = base + text.lstrip("/")
    if (found := _URL.fullmatch(text)) is None:
        return None
    scheme, host, path, query = found.groups()
    if not is_host(host):
        return None
    if "/." in path or "/%2" in path:
        path = _without_dot_segments(path)
    kept = "&".join(without_tracking(query, host, path)) if query else ""
    address = f"{scheme.lower()}://{host}{encode_iri(path)}"
    return f"{address}?{encode_iri(kept)}" if kept else address


def encode_iri(text: str) -> str:
    """Percent-encode the characters that a path or query of an IRI may not contain.

    White space, directional marks and other invisible characters beyond ASCII are encoded as well.
    """
    return _ILLEGAL.sub(_encode_illegal, text) if _NOT_ASCII_URL.search(text) or "%" in text else text


@lru_cache(maxsize=1 << 14)
def match_key(url: str) -> str:
    """Return a key that is equal for all addresses of a page, given an address from `clean_url`.

    It ignores the scheme, how the host is written (case, Unicode or Punycode, `www.`, `m.`, `mobile.`, `amp.`, a
    default port), trailing and double slashes, `index.html`, the order of parameters and the spelling of
    percent-encoding. The AMP form of a page (`/a/amp`, `/amp/a`, `?amp=1`) and an address of an AMP cache or viewer
    stand for the page, and all addresses of one YouTube video are one.
    """
    if (found := _URL.fullmatch(url)) is None:
        return url
    _, host, path, query = found.groups()
    query = _canonical_escapes(query) if query else ""
    host, path, query = canonical_page(site_of(host), _canonical_escapes(path), query)
    if query and (kept := sorted(part.removeprefix("amp;") for part in without_tracking(query, host, path))):
        return f"{host}{path}?{'&'.join(kept)}"
    return host + path


def domain_of(text: str) -> str | None:
    """Return the domain in a text or a URL, lower-cased, in Unicode and without `www.`; `None` if there is none."""
    text = text.strip().lower()
    if "://" in text or text.startswith("//"):
        found = _URL.fullmatch(text if "://" in text else "https:" + text)
        text = found.group(2) if found else ""
    text = in_unicode(without_www(re.split("[/?#:]", text, maxsplit=1)[0].removesuffix(".")))
    return text if is_domain(text) else None


def is_iri(text: str) -> bool:
    """Return whether a text is an absolute IRI that can be written between `<` and `>` in a query (RFC 3987)."""
    return len(text) <= _LONGEST_IRI and _IRI.fullmatch(text) is not None


def is_web_address(value: object) -> bool:
    """Return whether `value` is an http or https address that a browser may open."""
    return isinstance(value, str) and _WEB.fullmatch(value) is not None


def _without_dot_segments(path: str) -> str:
    """Resolve `.` and `..` in a path (RFC 3986, section 5.2.4), also if the dots are percent-encoded."""
    if not _DOT_SEGMENT.search(path):
        return path
    kept: list[str] = []
    segment = ""
    for written in path.split("/")[1:]:
        segment = _ESCAPED_DOT.sub(".", written)
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(written)
    if segment in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _encode_illegal(found: re.Match[str]) -> str:
    character = found.group()
    if (
        "\xa0" < character < "\U000e0000"
        and unicodedata.category(character)[0] not in "CZ"
        and character not in _SPECIAL
    ):
        return character
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))


def _canonical_escapes(text: str) -> str:
    if not _NOT_ASCII_URL.search(text) and "%" not in text:
        return text
    text = _NOT_ASCII_URL.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found.group().encode("utf-8", "replace")), text
    )
    return _ESCAPE.sub(_canonical_escape, text)


def _canonical_escape(found: re.Match[str]) -> str:
    character = chr(int(found.group()[1:], 16))
    return character if character in _UNRESERVED else found.group().upper()
