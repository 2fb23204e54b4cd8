"""Instructions of other programs in Markdown: Ruby in `<% %>`, and ikiwiki's `[[!directives]]`."""

from __future__ import annotations

import re
from urllib.parse import quote

from graph.expressions import expression, line_ends
from graph.reading.prose import NAMED, UNKNOWN

_TEXT = r"""(?:"([^"\n]{1,500})"|'([^'\n]{1,500})')"""
_LINK_TO = expression(rf"<%=\s*link_to[\s(]+{_TEXT}\s*,\s*{_TEXT}[^%\n]{{0,200}}%>")
_URL_FOR = expression(rf"<%=\s*(?:url_for|relative_url|absolute_url)[\s(]+{_TEXT}[\s)]*%>")
_RUBY = expression(r"<%(?:[^%<]|%(?!>)|<(?!%)){0,2000}+%>")
_DIRECTIVE = expression(r"\[\[!(?:[^\[\]]|\](?!\])|\[(?!\[!)){0,2000}+\]\]")
_IN_ADDRESS = frozenset("(\"'=")


def without_ruby(text: str) -> str:
    """Return a text in which links that Ruby makes are Markdown's, and everything else of it is gone. Linear."""
    text = _LINK_TO.sub(_linked, text)
    text = _URL_FOR.sub(lambda found: NAMED + quote(found[1] or found[2], safe="/.-_#"), text)
    return _RUBY.sub(_nothing, text)


def without_directives(text: str) -> str:
    """Return a text without ikiwiki's directives. Linear."""
    return _DIRECTIVE.sub(line_ends, text)


def _linked(found: re.Match[str]) -> str:
    words, target = found[1] or found[2], found[3] or found[4]
    return f"[{words}]({NAMED}{quote(target, safe='/.-_#')})" if "://" not in target else f"[{words}](<{target}>)"


def _nothing(found: re.Match[str]) -> str:
    is_address = found.string[found.start() - 1 : found.start()] in _IN_ADDRESS
    return UNKNOWN if is_address and "\n" not in found[0] else line_ends(found)
