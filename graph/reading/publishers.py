"""What a field such as `source` holds: a publisher's name, or where a text comes from."""

from __future__ import annotations

import re

from graph.urls import domain_of, is_platform

_ORIGINS = frozenset({"source"})
"""Names of fields that may say where a text comes from, and not who publishes it."""

_PATH = re.compile(
    r"\.{0,2}/(?!/)|(?>[^\s:]*?[^\s:/]/)[^\s:]*\.\w{1,5}|[\w-]+(?:/[\w-]+){2,9}$|[\w-]+\.(?:md|pdf|png|jpe?g|docx?|epub|txt|csv|xlsx?)",
    re.IGNORECASE,
)
_WORDS = frozenset(
    "article audio blog book books chat class conference conversation course documentation email experience internal "
    "internet interview lecture me meeting memory message myself n/a newsletter none notes original own paper personal "
    "phone podcast research self slack talk thesis thoughts tweet unknown various video web webinar website youtube "
    "zoom".split()
)
"""Kinds of sources, which are not names of publishers."""


def is_no_publisher(text: str, field: str) -> bool:
    """Return whether a text is a file path, a kind of source or a page on a platform, and so not a publisher."""
    if field.lower() not in _ORIGINS:
        return False
    if text.lower() in _WORDS or "[[" in text:
        return True
    if (domain := _domain_of_page(text)) is not None:
        return is_platform(domain, frozenset())
    return _PATH.match(text) is not None and " " not in text and "://" not in text


def leads_out(value: object, field: str) -> bool:
    """Return whether a field's value is the address of the page that the text comes from."""
    return field.lower() in _ORIGINS and isinstance(value, str) and _domain_of_page(value.strip()) is not None


def _domain_of_page(text: str) -> str | None:
    """Return the domain of an address with a path; `None` for anything else."""
    inner = text.partition("://")[2] or text
    host, _, path = inner.partition("/")
    return domain_of(host) if path.strip("/") and "." in host and " " not in text and host[:1] != "." else None
