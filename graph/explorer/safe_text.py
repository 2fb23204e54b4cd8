"""Safe text and addresses: one line without control characters, and only addresses of the web."""

from __future__ import annotations

import re

from graph.urls import is_web_address

_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]|  ")


def to_line(text: object, longest: int = 300) -> str:
    """Return a text as one line of at most `longest` characters.

    Control characters, lone surrogates and bidirectional overrides are removed.
    """
    line = str(text)[: 4 * longest].strip()
    if (not line.isprintable() or "  " in line) and _UNFIT.search(line):  # the first test is quick and passes most
        line = " ".join(_UNFIT.sub(" ", line).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def to_web_address(text: str | None) -> str | None:
    """Return an address of http or https; `None` for `javascript:` and the like."""
    return text if is_web_address(text) else None
