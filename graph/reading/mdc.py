"""Components in the Markdown of Nuxt Content (MDC): those that lead somewhere become links, and their text stays."""

from __future__ import annotations

import re

from graph.expressions import expression

_OPENING = expression(
    r"^[ \t]*:{2,6}[a-z][\w-]{0,60}(?:\[(?P<words>[^\[\]\n]{0,300})\])?(?:\{(?P<given>[^{}\n]{0,1000})\})?[ \t]*$"
    r"(?P<fields>\n[ \t]*---[ \t]*\n(?:(?![ \t]*---[ \t]*$)[^\n]*\n){0,60}[ \t]*---[ \t]*$)?",
    re.MULTILINE,
)
"""A component of several lines, with its fields below it."""
_REST = expression(r"^[ \t]*(?::{2,6}|#[a-z][\w-]{0,60})[ \t]*$", re.MULTILINE)
"""The end of a component, or the name of one of its parts."""
_INLINE = expression(
    r"(?<![\w:`]):[a-z][\w-]{0,60}(?:\[(?P<words>[^\[\]\n]{0,300})\])?\{(?P<given>[^{}\n]{1,1000})\}"
    r"|(?<![\w:`]):[a-z][\w-]{0,60}\[(?P<only>[^\[\]\n]{1,300})\](?!\()"
)
_TARGET = expression(r"""(?<![\w:.-])(?:to|href)=(["'])([^"'\s]{1,500})\1""")
_TITLE = expression(r"""(?<![\w:.-])(?:title|label)=(["'])([^"'\n]{1,300})\1""")
_FIELD = expression(r"""^[ \t-]*(?:to|href):[ \t]+["']?([^\s"']{1,500})["']?[ \t]*$""")
_START = expression(r"\n::[a-z][\w-]{0,60}(?:[\[{][^\n]{0,1000})?[ \t]*(?=\n|$)")


def without_mdc(text: str) -> str:
    """Return a text with links instead of components that are given an address; lines stay where they are. Linear."""
    if _START.search("\n" + text) is None:  # `:::` begins a container of others
        return text
    return _INLINE.sub(_inline, _REST.sub("", _OPENING.sub(_opened, text)))


def _opened(found: re.Match[str]) -> str:
    lines = (found["fields"] or "").split("\n")[1:]
    return "\n".join([_link(found["given"], found["words"] or ""), *map(_of_field, lines)])


def _of_field(line: str) -> str:
    found = _FIELD.match(line)
    return f"[](<{found[1]}>)" if found else ""


def _inline(found: re.Match[str]) -> str:
    words = found["words"] or found["only"] or ""
    return _link(found["given"], words) or words


def _link(given: str | None, words: str) -> str:
    if (target := _TARGET.search(given or "")) is None:
        return words
    titled = _TITLE.search(given or "")
    return f"[{words or (titled[2] if titled else '')}](<{target[2]}>)"
