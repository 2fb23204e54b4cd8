"""Template languages in Markdown become plain Markdown: references become links, the rest is removed.

Liquid (Jekyll, Eleventy), Hugo's and Zola's shortcodes, Hexo's tags, MDX, MyST, Logseq's macros, Obsidian's comments.
Lines stay where they are, so that a place in the result is a place in the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from urllib.parse import quote

from graph.expressions import expression, line_ends
from graph.reading.components import without_dots
from graph.reading.directives import without_directives, without_ruby
from graph.reading.logseq_text import is_logseq, without_logseq
from graph.reading.mdc import without_mdc
from graph.reading.myst import has_myst, without_myst
from graph.reading.prose import NAMED, UNKNOWN
from graph.reading.shortcodes import IN_ADDRESS, calls_as_links, may_be_given_addresses

Span = tuple[int, int]
"""Where a stretch of text begins and ends."""

_QUOTED = r"""(?:"([^"\n]{1,500})"|'([^'\n]{1,500})'|`([^`\n]{1,500})`|([^\s"'`%}>]{1,500}+))"""
_OPTION = r"""\w{1,20}\s*+=\s*+(?:"[^"\n]{0,60}"|'[^'\n]{0,60}')\s++"""
_HUGO_REFERENCE = expression(
    rf"\{{\{{[<%]\s*(?:rel)?ref\s+(?:(?:{_OPTION}){{0,2}}path\s*=\s*)?{_QUOTED}[^{{}}\n]{{0,200}}?[%>]\}}\}}"
)
_TICKED_REFERENCE = expression(r"(\{\{[<%]\s*(?:rel)?ref\s+)`([^`\"\n]{1,500})`")
_JEKYLL_REFERENCE = expression(r"\{%-?\s*(?:link|post_url)\s+" + _QUOTED + r"\s*-?%\}")
_HEXO_LINK = expression(r"\{%\s*post_link\s+" + _QUOTED + r"(?:\s+" + _QUOTED + r")?[^{}\n]{0,100}?%\}")
_HEXO_PATH = expression(r"\{%\s*post_path\s+" + _QUOTED + r"\s*%\}")
_SITE_ROOT = expression(r"\{\{-?\s*(?:site|page)\.(?:github\.)?(?:base_?url|url|root)\s*(?:\|[^{}\n]{0,60})?-?\}\}")
_LIQUID_ADDRESS = expression(
    r"\{\{-?\s*(?:\"([^\"\n]{1,500})\"|'([^'\n]{1,500})')\s*\|\s*(?:prepend:\s*site\.\w+|\w*url\b)"
    r"[^{}\n]{0,100}\}\}",
    re.IGNORECASE,
)
_VIDEO = expression(
    r"\{(?:\{[<%]?|%-?)\s*(?:include\s+)?[\w./-]{0,60}youtube(?:\.\w+)?[\s(]+(?:[^{}\n]{0,100}?\b(?:id|videoId)\s*=\s*)?"
    r"[\"']?([\w-]{6,20})[\"']?(?=[\s)%>}])[^{}\n]{0,200}?(?:[>%]?\}\}|-?%\})"
)
_MACRO_ADDRESS = expression(r"\{(?:\{|%\s*)\w{1,20}\s+(https?://[^\s{}<>%]{1,500})\s*[}%]\}")
_EMBEDDED_NOTE = expression(r"\[\[[^\[\]\n]{1,500}\]\]|\(\([0-9a-fA-F-]{36}\)\)")

_TAG = expression(r"\{%(?:[^%{]|%(?!\})|\{(?!%)){0,2000}+%\}")
_BRACES = expression(r"\{\{(?:[^{}]|\}(?!\})|\{(?!\{)){0,2000}+\}\}")
_COMMENT = expression(r"\{#[\s-](?:[^#{]|#(?!\})){0,2000}+#\}")

_MARKS = expression(
    r"\{(?:%-?\s*(?P<end>end)?(?P<tag>comment|highlight|raw)\b[^%\n]{0,200}%\}"
    r"|\{[<%]\s*(?P<close>/)?\s*(?P<code>highlight)\b[^{}\n]{0,200}[%>]\}\}"
    r"|(?P<opened>/\*))"
    r"|\*(?P<closed>/\})"
    r"|%(?P<note>%)"
)
"""What begins and ends text that is not Markdown, or in which braces are only braces.

Each branch begins with a sign outside of groups, so that `re` skips what begins with another sign.
"""

_RAW = "raw"
_FENCE = expression(r"^[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)?(`{3,}+(?=[^`\n]*+$)|~{3,}+)", re.MULTILINE)
_TICKS = expression(r"`++")

IS_MODULE_LINE = expression(
    r"(?:import\s+(?:[\w*{][^\n]{0,500}?\sfrom\s+)?[\"']|import\s*\{\s*$|export\s+(?:const|let|var|default|function|class|async|\*|\{)"
    r"|\{/\*.*\*/\}\s*$)",
    re.MULTILINE,
)
"""How a line of code in MDX begins."""

_ADMONITION = expression(r"[ \t]*+(?:!!!|\?\?\?\+?|===)[ +!]")
_STEP = 4
_LONGEST_STATEMENT = 200
"""Lines of an import or export."""


def without_templates(text: str) -> str:
    """Return Markdown in which templates' references are links, and nothing else of a template is left.

    Code stays as it is. What templates hide from readers, or show as code, becomes empty lines. Linear.
    """
    if text[:_PROBE].lstrip().startswith(("import", "export", "{/*")):
        text = _without_module(text)
    has_braces, may_be_marked = "{" in text, "==" in text
    changes: list[Callable[[str], str]] = []
    if has_braces and ("{{" in text or "{%" in text or "{#" in text or "{/*" in text):
        changes.append(without_braces)
    changes += [change for sign, change in _BY_SIGN if sign in text]
    if _DOTTED.search(text):
        changes.append(without_dots)
    if is_logseq(text):
        changes.append(without_logseq)
    if may_be_marked and _MARKED.search(text):
        changes.append(_unmarked)
    if any(icon in text for icon in _ICONS):
        text = _ICON.sub(lambda icon: icon[0] if icon.string[icon.start() - 1 : icon.start()] == "`" else "", text)
    if changes or "%%" in text:
        text = _without_stretches(text, lambda part: reduce(lambda said, change: change(said), changes, part))
    if has_myst(text):
        text = without_myst(text, _code(text))
    if "!!!" in text or "???" in text or (may_be_marked and "===" in text):
        text = _without_admonitions(text)
    return text


_BRACKETED = expression(r"\[\[([^\[\]\n]{1,500})\]\]\((?=[^\s()]{0,500}[/.#])")
"""A link whose words stand in brackets themselves, as in `[[1]](https://a.example)`, before its address."""


def _bracketed(text: str) -> str:
    """Return a text in which no link with words in brackets looks like a link to a note."""
    return _BRACKETED.sub(r"[\\[\1\\]](", text)


_DOTTED = expression(r"<[A-Z]\w{0,60}\.[A-Z]")
_BY_SIGN: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("<%", without_ruby),
    ("[[!", without_directives),
    ("]](", _bracketed),
    ("\n::", without_mdc),
)
"""What changes a text in which a sign stands."""
_PROBE = 1_200
"""Characters in which an MDX page shows itself, blank ones included."""

_ICONS = (":fontawesome-", ":material-", ":octicons-")
_ICON = expression(r":(?:fontawesome|material|octicons|simple)-[\w-]{1,80}:(?:\{[^{}\n]{0,100}\})?[ \t]?")
"""An icon of Material for MkDocs."""

_MARKED = expression(r"==(?![\s=])([^=\n]{1,500}?)(?<=\S)==(?!=)")
"""Marked text, such as Obsidian's `==this==`."""


def _unmarked(text: str) -> str:
    """Return a text without the signs of marked text."""
    return _MARKED.sub(lambda found: found[0] if text[found.start() - 1 : found.start()] == "=" else found[1], text)


def without_braces(text: str) -> str:
    """Return a text in which templates' references are links, and other expressions and tags are gone."""
    if "ref" in text:
        text = _HUGO_REFERENCE.sub(_named, text)
    if "{%" in text:
        text = _JEKYLL_REFERENCE.sub(_named, text)
        text = _HEXO_PATH.sub(_named, text)
        text = _HEXO_LINK.sub(_post_link, text)
    if "youtube" in text:
        text = _VIDEO.sub(r"<https://www.youtube.com/watch?v=\1>", text)
    if may_be_given_addresses(text):
        text = calls_as_links(text)
    if "{{" in text:
        text = _LIQUID_ADDRESS.sub(lambda found: quote(found[1] or found[2], safe="/:?&=#%~@+,;!$*.-_"), text)
        text = _SITE_ROOT.sub("", text)
    if "://" in text:
        text = _MACRO_ADDRESS.sub(r"<\1>", text)
    text = _BRACES.sub(_notes_of, text)
    text = _TAG.sub(line_ends, text)
    return _COMMENT.sub(line_ends, text)


def _named(found: re.Match[str]) -> str:
    """Return the address of a document; in running text, as a link."""
    address = NAMED + quote(next(filter(None, found.groups())), safe="/.-_#")
    before = found.string[found.start() - 1 : found.start()]
    return address if before in set("(\"'=<:/}") else f"<{address}>"


def _post_link(found: re.Match[str]) -> str:
    parts = found.groups()
    name = next(filter(None, parts[:4]))
    words = next(filter(None, parts[4:]), name)
    return f"[{words}]({NAMED}{quote(name, safe='/.-_#')})"


def _notes_of(found: re.Match[str]) -> str:
    """Keep the notes in a macro such as `{{embed [[Note]]}}`, and mark gaps in an address."""
    inside = found.group()
    before, behind = found.string[found.start() - 1 : found.start()], found.string[found.end() : found.end() + 1]
    if "\n" not in inside and (before in IN_ADDRESS or behind == "/"):
        return UNKNOWN
    notes = " ".join(_EMBEDDED_NOTE.findall(inside)) if "[[" in inside or "((" in inside else ""
    return notes + line_ends(found)


def _without_stretches(text: str, change: Callable[[str], str]) -> str:
    """Change a text outside of code and `raw` tags, and leave out what readers do not see."""
    text = _TICKED_REFERENCE.sub(r'\1"\2"', text)
    code = list(_code(text))
    parts: list[str] = []
    end = 0
    for start, stop, is_shown in _stretches(text, code):
        if start < end:
            continue
        parts.append(change(text[end:start]))
        parts.append(text[start:stop] if is_shown else line_ends(text[start:stop]))
        end = stop
    parts.append(change(text[end:]))
    return "".join(parts)


def _stretches(text: str, code: list[Span]) -> list[tuple[int, int, bool]]:
    """Return the stretches to leave unchanged, in order, and whether readers see each."""
    marks = list(_outside(_MARKS.finditer(text), code))
    last: dict[str, int] = {}
    for mark in marks:
        kind, opens, closes = _role(mark)
        if closes:
            last[kind] = mark.start()
    found = [(start, stop, True) for start, stop in code]
    open_mark: re.Match[str] | None = None
    open_kind = ""
    for mark in marks:
        kind, opens, closes = _role(mark)
        if open_mark is None:
            if opens and last.get(kind, -1) > mark.start():
                open_mark, open_kind = mark, kind
        elif closes and kind == open_kind:
            if kind == _RAW:
                found.append((open_mark.end(), mark.start(), True))
            else:
                found.append((open_mark.start(), mark.end(), False))
            open_mark = None
    return sorted(found)


def _role(mark: re.Match[str]) -> tuple[str, bool, bool]:
    """Return the kind of a mark, whether it may open a stretch, and whether it may close one."""
    if mark["note"]:
        return "note", True, True
    if mark["tag"]:
        return mark["tag"], not mark["end"], bool(mark["end"])
    if mark["code"]:
        return "code", not mark["close"], bool(mark["close"])
    return "comment of a program", bool(mark["opened"]), bool(mark["closed"])


def _outside(found: Iterable[re.Match[str]], spans: list[Span]) -> Iterator[re.Match[str]]:
    """Yield the matches that begin outside of the spans; both are in order."""
    number = 0
    for match in found:
        while number < len(spans) and spans[number][1] <= match.start():
            number += 1
        if number == len(spans) or match.start() < spans[number][0]:
            yield match


def _code(text: str) -> Iterator[Span]:
    """Yield the spans of fenced and inline code, in order."""
    if "`" not in text and "~~~" not in text:
        return
    end = 0
    for start, stop in fenced_code(text):
        yield from _code_in_lines(text, end, start)
        yield start, stop
        end = stop
    yield from _code_in_lines(text, end, len(text))


def fenced_code(text: str) -> Iterator[Span]:
    """Yield the spans of fenced code, in order."""
    mark = ""
    start = 0
    for fence in _FENCE.finditer(text) if "```" in text or "~~~" in text else ():
        if not mark:
            mark, start = fence[1], fence.start()
        elif fence[1].startswith(mark) and not text[fence.end() : _line_end(text, fence.end())].strip():
            yield start, _line_end(text, fence.end())
            mark = ""
    if mark:
        yield start, len(text)


def _code_in_lines(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the spans between equal runs of backticks without an empty line in them."""
    runs = [found.span() for found in _TICKS.finditer(text, start, end)]
    partner: list[int] = [0] * len(runs)
    following: dict[int, int] = {}
    for number in range(len(runs) - 1, -1, -1):
        first, last = runs[number]
        partner[number] = following.get(last - first, 0)
        following[last - first] = number
    number = 0
    while number < len(runs):
        other = partner[number]
        if other and text.find("\n\n", runs[number][1], runs[other][0]) < 0:
            yield runs[number][0], runs[other][1]
            number = other
        number += 1


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _without_module(text: str) -> str:
    """Leave out the imports and exports at the beginning of an MDX page."""
    if not IS_MODULE_LINE.match(text[:_PROBE].lstrip()):
        return text
    lines = text.split("\n")
    opened, length = 0, 0
    for number, line in enumerate(lines):
        if not length and line.strip() and not IS_MODULE_LINE.match(line):
            break
        if line.strip():
            opened += sum(map(line.count, "([{")) - sum(map(line.count, ")]}"))
            length = length + 1 if opened > 0 and length < _LONGEST_STATEMENT else 0
            opened = opened if length else 0
        lines[number] = ""
    return "\n".join(lines)


def _without_admonitions(text: str) -> str:
    """Remove the indent below `!!! note`, `??? note` and `=== "Tab"`, because the text there is not code."""
    lines = text.split("\n")
    open_at: list[int] = []
    for number, line in enumerate(lines):
        if not open_at and line[:1] not in "!?= \t":
            continue
        bare = line.lstrip()
        if not bare:
            continue
        indent = len(line[: len(line) - len(bare)].expandtabs(_STEP))
        while open_at and indent < open_at[-1] + _STEP:
            open_at.pop()
        depth = len(open_at)
        if bare[0] in "!?=" and _ADMONITION.match(line):
            open_at.append(indent)
            lines[number] = ""
        elif depth:
            lines[number] = " " * max(0, indent - depth * _STEP) + bare
    return "\n".join(lines)
