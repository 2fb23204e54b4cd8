"""MyST, the Markdown of Sphinx, as plain Markdown: roles, directives and tables of contents become links and text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from graph.expressions import expression
from graph.names import to_text
from graph.reading.permalinks import to_anchor
from graph.reading.prose import NAMED
from graph.reading.sphinx_links import LABEL_MARK, document_at, entries_of, split_title

_ROLE = expression(r"\{([A-Za-z][\w:.+-]{0,60})\}\Z")
_TO_LABELS = frozenset({"ref", "numref"})
_MARKS = expression(r"\{[\w.#=: -]{1,60}\}")
"""Attributes after a stretch of code, such as `{l=python}`."""

_TREE = expression(r"[ \t]*(?:`{3,}|~{3,})\{toctree\}")
_PASSAGE = expression(
    r"(?<![ \t`~])([ \t]*+)(`{3,}+|~{3,}+)[ \t]*+\{(?:admonition|attention|caution"
    r"|danger|error|hint|important|note|seealso|tip|todo"
    r"|warning|deprecated|version(?:added|changed|removed)|card|dropdown|epigraph|grid|grid-item|grid-item-card|margin"
    r"|pull-quote|sidebar|tab-item|tab-set|topic|exercise|solution|prf:\w+)\}[^\n]*\n"
)
"""What opens a directive whose content is text for readers."""

_FENCE_END = expression(r"\n?(?<![ \t`~])[ \t]*+(?:`{3,}+|~{3,}+)[ \t]*$")
_OPTIONS = expression(r"(?:[ \t]*:[\w-]+:[^\n]*\n)+|[ \t]*---[ \t]*\n(?:(?![ \t]*---)[^\n]*\n)*+[ \t]*---[ \t]*\n")
_LABEL = expression(r"^[ \t]*\(([^()\n]{1,100})\)=[ \t]*$", re.MULTILINE)
_TO_LABEL = expression(r"(?<=\])\((?:project:)?#([^()\s]{1,100})\)|<project:#([^<>\s]{1,100})>")
_TO_DOCUMENT = expression(r"(?<=\]\()project:(?=[^#\s])|(?<=<)project:(?=[^#\s])")
_TO_PROJECT = expression(r"[<(]project:")
_COMMENT = expression(r"^[ \t]*+%(?![%}])[^\n]*$", re.MULTILINE)
_BEFORE_COMMENT = expression(r"\n[ \t]*+%(?![%}])")
"""The end of the line before a comment: much faster to search for than the comment."""

_BREAK = expression(r"^\+\+\+[ \t]*(?:\{[^\n]*\}[ \t]*)?$", re.MULTILINE)
"""What ends a cell of a notebook, and its metadata."""

_HEADING = expression(r"^#{1,6}[ \t]+(.+)$", re.MULTILINE)
_SAFE = "/.-_#:~"


def has_myst(text: str) -> bool:
    """Return whether a text may contain any of it."""
    return (
        (
            "{" in text
            and (_has_role(text) or "{toctree}" in text or ("```{" in text and _PASSAGE.search(text) is not None))
        )
        or (")=\n" in text and _LABEL.search(text) is not None)
        or ("\n+++" in text and _BREAK.search(text) is not None)
        or ("project:" in text and _TO_PROJECT.search(text) is not None)
    )


def _has_role(text: str) -> bool:
    end = text.find("}`")
    while end >= 0:
        begin = text.rfind("{", max(0, end - _LONGEST_ROLE), end)
        if begin >= 0 and _ROLE.fullmatch(text, begin, end + 1):
            return True
        end = text.find("}`", end + 2)
    return False


_LONGEST_ROLE = 62


def labels_in(text: str) -> tuple[str, ...]:
    """Return what a text calls its sections, for links from anywhere in the project, each marked as a label."""
    if ")=\n" not in text:
        return ()
    return tuple(dict.fromkeys(LABEL_MARK + to_text(name) for name in _LABEL.findall(text)))


def has_comments(text: str) -> bool:
    """Return whether a line of a text looks like a comment."""
    return "%" in text and _BEFORE_COMMENT.search("\n" + text) is not None


def without_comments(text: str, code: Iterable[tuple[int, int]]) -> str:
    """Return a text with empty lines instead of comments, which begin with `%`, except in fenced code. Linear.

    `code` is where that begins and ends, in order.
    """
    parts: list[str] = []
    end = 0
    for start, stop in code:
        inside = text[start:stop]
        parts += (_COMMENT.sub("", text[end:start]), _COMMENT.sub("", inside) if _PASSAGE.match(inside) else inside)
        end = stop
    return "".join((*parts, _COMMENT.sub("", text[end:])))


def without_myst(text: str, code: Iterable[tuple[int, int]]) -> str:
    """Return a text with links instead of roles and tables, without labels and the ends of cells; lines stay.

    `code` is where code begins and ends, in order. Linear.
    """
    has_targets = "](#" in text or "project:" in text
    own = {to_anchor(heading) for heading in _HEADING.findall(text)} if has_targets else ()

    def to_label(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        if name in own:
            return found[0]
        link = f"({NAMED}{quote(LABEL_MARK + name, safe=_SAFE_IN_NAME)})"
        return link if found[1] else f"[{name}]{link}"

    def plain(part: str) -> str:
        part = _LABEL.sub("", part) if ")=" in part else part
        part = _BREAK.sub("", part) if "+++" in part else part
        if has_targets:
            part = _TO_DOCUMENT.sub("", _TO_LABEL.sub(to_label, part))
        return part

    parts: list[str] = []
    end = 0
    for start, stop in code:
        before, inside = text[end:start], text[start:stop]
        end = stop
        if role := _ROLE.search(before):
            before, inside = before[: role.start()], _spoken(role[1], inside)
        elif _TREE.match(inside):
            inside = _list(inside.split("\n"))
        elif opening := _PASSAGE.match(inside):
            inside = plain(_content(inside, opening))
        elif marks := _MARKS.match(text, end):
            end = marks.end()
        parts += (plain(before), inside)
    return "".join((*parts, plain(text[end:])))


_SAFE_IN_NAME = "/.-_"


def _spoken(role: str, written: str) -> str:
    """Return what a role says to readers: a link, the words that it is given, or code."""
    text = written.strip("`").strip()
    if role == "doc":
        return _link(text)
    words, target = split_title(" ".join(text.split()))
    if role in _TO_LABELS:
        return f"[{_escaped(words)}]({NAMED}{quote(LABEL_MARK + target, safe=_SAFE_IN_NAME)})"
    return words if words != target else written


def _content(directive: str, opening: re.Match[str]) -> str:
    """Return a directive's content, with empty lines for its fences and options."""
    content = _FENCE_END.sub("\n", directive[opening.end() :], count=1)
    options = _OPTIONS.match(content)
    skipped = options.end() if options else 0
    return "\n" + "\n" * content.count("\n", 0, skipped) + content[skipped:]


def _list(lines: Sequence[str]) -> str:
    """Return a table of contents, with its fences, as a list of links."""
    items = [""] * len(lines)
    for number, entry in entries_of(lines[1:]):
        if not entry.startswith(("```", "~~~")):
            items[number + 1] = f"- {_link(entry)}"
    return "\n".join(items)


def _link(text: str) -> str:
    words, target = split_title(" ".join(text.split()))
    return f"[{_escaped(words)}]({quote(document_at(target, '.md'), safe=_SAFE)})"


def _escaped(words: str) -> str:
    return re.sub(r"([\[\]\\])", r"\\\1", words)
