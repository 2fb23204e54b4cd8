"""Slugs, prefixes, and the IRIs that this program mints."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from graph.urls import encode_iri

DEFAULT_BASE = "https://example.org/"
"""The base of minted IRIs if neither the site nor the user sets one."""

DEFAULT_TITLE = "article-graph"
"""The title of a site if neither the site nor the user sets one."""

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "ag": "https://w3id.org/article-graph/",
        "dcterms": "http://purl.org/dc/terms/",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
"""The prefixes of every output and of every query."""

_ORGANIZATION = "organization"
_LONGEST_SLUG = 120
_SHARP = re.compile(r"(?<=\w)[#♯]")
_PLUS = re.compile(r"(?<=[\w+])\+")
_DOT = re.compile(r"(?:^|(?<=\s))\.(?=\w)")
_NOT_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u2028\u2029]")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069"
    "\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
"""Soft hyphens, directional marks, zero-width spaces, variation selectors: they only affect how a text looks."""

_JOINER = "\u200d"
"""Joins letters, which are the same without it, and emoji, which are not."""

_NOT_SHOWN = "\u00ad\u2060\ufeff"
"""Marks for line breaking, and the byte order mark."""

_FEW_LETTERS = 5


def slug(text: str) -> str:
    """Return the slug of a text: NFKC, case-folded, letters and digits of any script joined by `-`; never empty.

    Accents count; the dot of a Turkish capital I, soft hyphens and variation selectors do not. `C#`, `C++` and `.NET`
    become `c-sharp`, `c-plus-plus` and `dot-net`, which differ from `C` and `net`. A text without letters or digits,
    and the end of a very long one, are replaced by a digest.
    """
    seen = text if text.isascii() else _UNSEEN.sub("", text)
    folded = unicodedata.normalize("NFKC", seen.replace(_JOINER, "")).casefold().replace("i\u0307", "i")
    folded = unicodedata.normalize("NFKC", folded)
    folded = _DOT.sub(" dot ", _PLUS.sub(" plus ", _SHARP.sub(" sharp ", folded)))
    kept = "".join(character if _is_word(character) else " " for character in folded)
    name = "-".join(kept.split())
    if not name:
        return "x-" + _digest(seen)
    return name if len(name) <= _LONGEST_SLUG else f"{name[:_LONGEST_SLUG].rstrip('-')}-{_digest(text)}"


def _is_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM" and character < "\U000e0000"


def to_text(value: str) -> str:
    """Return a text as one line for all output formats, without control characters and with single spaces."""
    if value.isprintable() and "  " not in value:  # the ordinary space is the only printable one
        return value.strip()
    if not value.isascii():
        for mark in _NOT_SHOWN:
            value = value.replace(mark, "")
    folded = " ".join(value.split())
    return folded if folded.isprintable() else " ".join(_NOT_TEXT.sub(" ", folded).split())


def expand(name: str) -> str:
    """Return the IRI of a prefixed name such as `schema:about`, or of an IRI between `<` and `>`.

    Raises:
        KeyError: The prefix is not in `PREFIXES`.
    """
    if name.startswith("<"):
        return name[1:-1]
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def article_iri(base: str, path: str, row: str = "", *, apart: bool = False) -> str:
    """Return the IRI of an article without a URL, from the path of its document, and its row if the document is a list.

    `apart` adds a digest, for an article whose plain IRI is taken.
    """
    stem = path.rpartition(".")[0] or path
    name = slug(f"{stem}/{row}" if row else stem)
    if not apart:
        return f"{base}article/{name}"
    return f"{base}article/{name}-{_digest(f'{path}#{row}' if row else path)}"


def provider_iri(base: str, domain: str | None, name: str = "") -> str:
    """Return the IRI of the organisation of a domain, of another name at the domain, or of a name without a domain."""
    if domain is None:
        return f"{base}provider/{slug(name)}"
    own = slug(name) if name else _ORGANIZATION
    if name and own == _ORGANIZATION:
        own += "_"  # no slug contains this character
    return f"https://{domain}/#{own}"


def topic_slug(label: str) -> str:
    """Return the slug of a topic; `area--health` for `area/health`, which differs from `area-health`.

    A slash within a name, as in `CI/CD`, `TCP/IP`, `24/7` and `A/B testing`, is like any other sign (see `is_path`).
    """
    if "/" not in label or not is_path(label):
        return slug(label)
    return "--".join(map(slug, label.split("/")))


def is_path(label: str) -> bool:
    """Return whether a label such as `area/health` is a nested tag: letters in all parts, at least six, no space."""
    parts = label.split("/")
    letters = [sum(map(str.isalpha, part)) for part in parts]
    return len(parts) > 1 and all(letters) and sum(letters) > _FEW_LETTERS and " " not in label


@lru_cache(maxsize=1 << 12)
def topic_iri(base: str, found: str) -> str:
    """Return a topic's IRI, given the `topic_slug` of its label."""
    return f"{base}topic/{found}"


@lru_cache(maxsize=1 << 12)
def person_iri(base: str, name: str) -> str:
    """Return a person's IRI."""
    return f"{base}person/{slug(name)}"


def source_iri(base: str, path: str) -> str:
    """Return the IRI of a document, from its path relative to the source folder."""
    encoded = encode_iri(path.replace("%", "%25").replace("?", "%3F").replace("#", "%23"))
    return f"{base}source/{encoded}"


def evidence_iri(base: str, parts: Iterable[object]) -> str:
    """Return the IRI of one statement of a relation, from everything that distinguishes it."""
    return f"{base}evidence/{_digest(chr(0).join(map(str, parts)), 16)}"


def derivation_iri(base: str, parts: Iterable[object]) -> str:
    """Return the IRI of a derivation, from everything that distinguishes it."""
    return f"{base}derivation/{_digest(chr(0).join(map(str, parts)), 16)}"


def collection_iri(base: str, folder: str) -> str:
    """Return the IRI of a folder of a bundle, from its path."""
    return f"{base}collection/{slug(folder or 'bundle')}"


def scope_iri(base: str, words: str) -> str:
    """Return the IRI of a source of an article that has no address, from its name."""
    return f"{base}scope/{slug(words)}"


def concept_scheme_iri(base: str) -> str:
    """Return the IRI of the scheme of all topics."""
    return f"{base}topic/"


def _digest(text: str, length: int = 8) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]
