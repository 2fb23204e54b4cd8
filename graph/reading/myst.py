"""MyST, the Markdown of Sphinx, as plain Markdown: roles and tables of contents that name documents become links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from graph.reading.sphinx_links import document_at, entries_of, split_title

_ROLE = "{doc}"
_TREE = re.compile(r"[ \t]*(?:`{3,}|~{3,})\{toctree\}")
_LABEL = re.compile(r"^[ \t]*\([^()\n]{1,100}\)=[ \t]*$", re.MULTILINE)
_SAFE = "/.-_#:~"


def has_myst(text: str) -> bool:
    """Return whether a text may contain any of it."""
    return _ROLE in text or "{toctree}" in text or (")=" in text and _LABEL.search(text) is not None)


def without_myst(text: str, code: Iterable[tuple[int, int]]) -> str:
    """Return a text with links instead of roles and tables, and without labels; lines stay where they are.

    `code` is where code begins and ends, in order. Linear.
    """
    parts: list[str] = []
    end = 0
    for start, stop in code:
        before, inside = text[end:start], text[start:stop]
        end = stop
        if before.endswith(_ROLE):
            before, inside = before.removesuffix(_ROLE), _link(inside.strip("`").strip())
        elif _TREE.match(inside):
            inside = _list(inside.split("\n"))
        parts += (_LABEL.sub("", before), inside)
    return "".join((*parts, _LABEL.sub("", text[end:])))


def _list(lines: Sequence[str]) -> str:
    """Return a table of contents, with its fences, as a list of links."""
    items = [""] * len(lines)
    for number, entry in entries_of(lines[1:]):
        if not entry.startswith(("```", "~~~")):
            items[number + 1] = f"- {_link(entry)}"
    return "\n".join(items)


def _link(text: str) -> str:
    words, target = split_title(" ".join(text.split()))
    words = re.sub(r"([\[\]\\])", r"\\\1", words)
    return f"[{words}]({quote(document_at(target, '.md'), safe=_SAFE)})"
