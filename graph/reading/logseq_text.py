"""What Logseq writes into Markdown besides notes: references to blocks, and drawers, blocks and links of Org."""

from __future__ import annotations

import re
from urllib.parse import quote

from graph.expressions import expression, line_ends
from graph.names import to_text
from graph.reading.prose import NAMED
from graph.reading.sphinx_links import LABEL_MARK

_ID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
_BLOCK = expression(rf"\(\(({_ID})\)\)")
_WORDS_OF_BLOCK = expression(rf"\]\(\(\(({_ID})\)\)\)")
_NAMED_BLOCK = expression(rf"^[ \t]*(?:- )?id:: ({_ID})[ \t]*$", re.MULTILINE)
_ORG_LINK = expression(r"\[\[(https?://[^\[\]\s<>]{1,2000})\]\[([^\[\]\n]{1,500})\]\]")
_DRAWER = expression(
    r"^[ \t]*:(?:PROPERTIES|LOGBOOK):[ \t]*\n(?:[ \t]*(?::(?!END:|PROPERTIES:|LOGBOOK:)|CLOCK:)[^\n]*\n)*+[ \t]*:END:",
    re.MULTILINE,
)
_BEGIN = expression(r"^[ \t>]*(?:- )?#\+BEGIN_([A-Z]+)\b[^\n]*$", re.MULTILINE | re.IGNORECASE)
_END = expression(r"^[ \t>]*#\+END_([A-Z]+)\b[^\n]*$", re.MULTILINE | re.IGNORECASE)
_NEXT = 4
"""Ends of blocks among which that of a block is looked for: those of blocks within it come first."""
_SHOWN_TO_PROGRAMS = frozenset({"comment", "example", "export", "query", "src"})


def is_logseq(text: str) -> bool:
    """Return whether a text may contain any of it."""
    return _BLOCK.search(text) is not None or ":END:" in text or "#+BEGIN_" in text or "[[http" in text


def blocks_in(text: str) -> tuple[str, ...]:
    """Return the blocks that a text names for references from anywhere in the graph, each marked as a label."""
    return tuple(LABEL_MARK + to_text(name) for name in _NAMED_BLOCK.findall(text)) if "id:: " in text else ()


def without_logseq(text: str) -> str:
    """Return a text with links instead of references, and without drawers and queries; lines stay. Linear."""
    text = _ORG_LINK.sub(r"[\2](\1)", text) if "[[http" in text else text
    if "((" in text:
        text = _BLOCK.sub(r"[](" + _TO_BLOCK, _WORDS_OF_BLOCK.sub(r"](" + _TO_BLOCK, text))
    text = _DRAWER.sub(line_ends, text) if ":END:" in text else text
    return _without_org_blocks(text) if "#+" in text else text


_TO_BLOCK = NAMED + quote(LABEL_MARK) + r"\1)"


def _without_org_blocks(text: str) -> str:
    """Leave out the lines that begin and end blocks, and what is between them if it is code."""
    ends = [(found.start(), found.end(), found[1].lower()) for found in _END.finditer(text)]
    parts: list[str] = []
    position = number = 0
    for begin in _BEGIN.finditer(text):
        if begin.start() < position:
            continue
        kind = begin[1].lower()
        while number < len(ends) and ends[number][0] < begin.end():
            number += 1
        found = next((end for end in ends[number : number + _NEXT] if end[2] == kind), None)
        if found is None:
            continue
        parts.append(text[position : begin.start()])
        inside = text[begin.end() : found[0]]
        parts.append(line_ends(inside) if kind in _SHOWN_TO_PROGRAMS else inside)
        position = found[1]
    return "".join((*parts, text[position:]))
