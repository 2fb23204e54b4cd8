"""Tables and texts in Markdown: markup is escaped, so that content stays text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from graph.displays import printable

_LINK = re.compile(r"https?://[^\s<>]+")
_MARKUP = re.compile(r"[\\`*\[\]|~$]|(?<![^\W_])_|_(?![^\W_])|&(?=[#\w]+;)|:(?=//)|(?<=www)\.")
"""Characters that are markup in Markdown; an underscore within a word is not. An address within a text is not made a
link, because escapes do not work in links."""


def to_markdown_text(value: object, *, links: bool = True) -> str:
    """Return a value as text on one line, fit for a cell; with `links` an address becomes a link to itself."""
    text = " ".join(printable(value).split())
    if links and _LINK.fullmatch(text):
        return f"<{text.replace('|', '%7C')}>"
    return _MARKUP.sub(r"\\\g<0>", text).replace("<", "&lt;")  # some parsers take an escaped `<` for the end of a link


def to_markdown_table(
    headers: Sequence[str], rows: Sequence[Sequence[object]], *, to_text: Callable[[object], str] = to_markdown_text
) -> Iterator[str]:
    """Yield the lines of a table (GitHub Flavored Markdown), with numbers to the right.

    `to_text` returns a cell as Markdown. Linear in the text.
    """
    rule = ["---:" if are_numbers([row[place] for row in rows]) else "---" for place in range(len(headers))]
    for line in (list(map(to_markdown_text, headers)), rule, *(list(map(to_text, row)) for row in rows)):
        yield f"| {' | '.join(line)} |"


def are_numbers(cells: Iterable[object]) -> bool:
    """Return whether some cells are numbers and all others are empty; a boolean is not a number."""
    told = [cell for cell in cells if cell is not None]
    return bool(told) and all(isinstance(cell, int | float | Decimal) and not isinstance(cell, bool) for cell in told)
