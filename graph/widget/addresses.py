"""How a page of a site finds its article: keys of addresses, and the small indexes that list them.

The script makes the same keys of the page's own addresses (`addresses.js`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from graph.names import DEFAULT_BASE
from graph.records import Article
from graph.urls import is_web_address, match_key

_ENDING = re.compile(r"\.html?(?=\?|$)", re.IGNORECASE)
_PUNYCODE = "xn--"
_KEYS_IN_INDEX = 128
"""Keys that an index has on average, at most."""
_OFFSET, _PRIME, _WORD = 0x811C9DC5, 0x01000193, 0xFFFFFFFF


def page_key(address: str) -> str:
    """Return the key of an address of a page, given an address from `clean_url`.

    It is that of `match_key`, but as browsers write it: the host in Punycode, and the path without `.html`, which many
    servers do not need.
    """
    host, slash, rest = match_key(address).partition("/")
    labels = (
        each if each.isascii() else _PUNYCODE + each.encode("punycode").decode("ascii") for each in host.split(".")
    )
    return ".".join(labels) + _ENDING.sub("", slash + rest, count=1)


def path_key(path: str) -> str:
    """Return the key of the path of a document, which no address has."""
    return f"/{path.lstrip('/')}"


def site_of_base(base: str) -> str:
    """Return the address of the site, which ends in `/`; empty if it is unknown."""
    return base if base != DEFAULT_BASE else ""


def keys_of(articles: Iterable[Article]) -> dict[str, str]:
    """Return the IRIs of articles by the keys of their pages.

    An article without an address has the paths of its documents instead. If two articles have one key, the one whose
    first address has it keeps it, otherwise the first by IRI.
    """
    found: dict[str, str] = {}
    listed = sorted(articles, key=lambda article: article.iri)
    for article in listed:
        if article.url and is_web_address(article.url):
            found.setdefault(page_key(article.url), article.iri)
        else:
            for path in article.sources:
                found.setdefault(path_key(path), article.iri)
    for article in listed:
        for alias in filter(is_web_address, article.aliases):
            found.setdefault(page_key(alias), article.iri)
    return found


def in_indexes(keys: Mapping[str, str]) -> list[dict[str, str]]:
    """Return keys and what they lead to in indexes of about a hundred each, so that a page loads only one of these.

    The number of indexes is a power of two. The index of a key is the low bits of the FNV-1a hash of its UTF-8
    (G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, The FNV Non-Cryptographic Hash Algorithm, RFC 9923).
    """
    count = 1
    while count * _KEYS_IN_INDEX < len(keys):
        count *= 2
    indexes: list[dict[str, str]] = [{} for _ in range(count)]
    for key in sorted(keys):
        indexes[_hash(key) & (count - 1)][key] = keys[key]
    return indexes


def _hash(text: str) -> int:
    value = _OFFSET
    for byte in text.encode("utf-8", "replace"):
        value = ((value ^ byte) * _PRIME) & _WORD
    return value
