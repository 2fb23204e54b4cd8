"""Shortcodes and tags of templates that are given an address, such as `{{< button href="/a" >}}A{{< /button >}}`.

They become links in Markdown. Hugo's, Zola's and Nikola's shortcodes, Liquid's includes, Hexo's and Nunjucks' tags.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from graph.expressions import expression
from graph.reading.prose import NAMED, UNSURE, is_picture

_CALL = expression(
    r"\{(?:\{[<%]-?\s*(?P<shortcode>\w[\w./-]{0,60})(?=\s)(?P<given>[^{}\n]{5,600}?)[>%]\}\}"
    r"(?:(?P<words>[^{}\n]{1,300})\{\{[<%]\s*/\s*(?P=shortcode)\s*[>%]\}\})?"
    r"|%-?\s*(?P<tag>\w[\w./-]{0,60})(?=\s)(?P<said>[^{}\n]{5,600}?)%\}"
    r"|\{\s*\w{1,60}\((?P<passed>[^{}\n]{5,600}?)\)\s*\}\})"
)
_CONTROL = frozenset(
    "assign block capture case cycle elif elsif extends filter for from if import macro set unless when with".split()
)
"""Tags that compute something, and show nothing of what they are given."""

_NAMED_TARGET = expression(
    r"(?<![\w.-])(?P<name>href|link|permalink|ref|relref|to|url)\s*=\s*(?:\"([^\"]+)\"|'([^']+)'|`([^`]+)`|([^\s\"'`,)]+))"
)
_TARGET = expression(r"(?:(?<=[\s(])|(?<=[\s(][\"'`]))https?://[^\s\"'`<>]*[^\s\"'`<>,;)]")
_WORDS = expression(r"(?<![\w.-])(?:title|text|label|name)\s*=\s*(?:\"([^\"]+)\"|'([^']+)')")
_REFERENCES = frozenset({"ref", "relref"})
_TO_PAGES = frozenset({"href", "link"})
_NAME = expression(r"(?!(?:true|false|none|yes|no)$)(?=[^/]*[^\W\d_])[\w%-]+(?:/[\w%.-]+)*/?(?:#\S*)?", re.IGNORECASE)
"""The path of a page without a mark that it is one."""

_PATH = expression(r"\.{0,2}/|.*\.(?:md|html?)(?:#|$)", re.IGNORECASE)
_BRACKET = expression(r"[\[\]\\]")
_ESCAPED = r"\\\g<0>"
IN_ADDRESS = frozenset("(\"'=<:/")
"""Signs before an expression that is part of an address."""


def may_be_given_addresses(text: str) -> bool:
    """Return whether a text may contain such a call."""
    return ("{{" in text or "{%" in text) and ("://" in text or "=" in text)


def calls_as_links(text: str) -> str:
    """Return a text with links instead of the calls that are given an address. Linear."""
    return _CALL.sub(_linked, text)


def _linked(found: re.Match[str]) -> str:
    given = found["given"] or found["said"] or found["passed"]
    if found["tag"] in _CONTROL or found.string[found.start() - 1 : found.start()] in IN_ADDRESS:
        return found[0]
    named = _NAMED_TARGET.search(given)
    target = next(filter(None, named.groups()[1:])) if named else ""
    if named and named["name"] in _REFERENCES:
        target = NAMED + quote(target, safe="/.-_#")
    elif not target.startswith(("http://", "https://")) and not _PATH.match(target):
        if named and named["name"] in _TO_PAGES and _NAME.fullmatch(target):
            target += UNSURE
        else:
            plain = _TARGET.search(given)
            target = plain[0] if plain else ""
    if not target or is_picture(target) or not target.isprintable():
        return found[0]
    titled = _WORDS.search(given)
    words = (found["words"] or (next(filter(None, titled.groups())) if titled else "")).strip()
    return f"[{_BRACKET.sub(_ESCAPED, words)}](<{target}>)"
