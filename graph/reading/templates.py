"""What template languages write into Markdown becomes plain Markdown: references become links, the rest goes.

Liquid (Jekyll, Eleventy), Hugo's and Zola's shortcodes, Hexo's tags, MDX. Lines stay where they are, so that a place in
the result is a place in the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

from graph.reading.prose import NAMED

__all__ = ["without_templates"]

_QUOTED = r"""(?:"([^"\n]{1,500})"|'([^'\n]{1,500})'|`([^`\n]{1,500})`|([^\s"'`%}>]{1,500}))"""
_HUGO_REFERENCE = re.compile(r"\{\{[<%]\s*(?:rel)?ref\s+(?:path\s*=\s*)?" + _QUOTED + r"[^{}\n]{0,200}?[%>]\}\}")
_JEKYLL_REFERENCE = re.compile(r"\{%-?\s*(?:link|post_url)\s+" + _QUOTED + r"\s*-?%\}")
_HEXO_LINK = re.compile(r"\{%\s*post_link\s+" + _QUOTED + r"(?:\s+" + _QUOTED + r")?[^{}\n]{0,100}?%\}")
_HEXO_PATH = re.compile(r"\{%\s*post_path\s+" + _QUOTED + r"\s*%\}")
_SITE_ROOT = re.compile(r"\{\{-?\s*(?:site|page)\.(?:github\.)?(?:base_?url|url|root)\s*(?:\|[^{}\n]{0,60})?-?\}\}")
_LIQUID_ADDRESS = re.compile(
    r"\{\{-?\s*(?:\"([^\"\n]{1,500})\"|'([^'\n]{1,500})')\s*\|\s*(?:prepend:\s*site\.\w+|relative_url|absolute_url|url)"
    r"[^{}\n]{0,100}\}\}"
)
_VIDEO = re.compile(
    r"\{(?:\{[<%]|%-?)\s*youtube\s+(?:[^{}\n]{0,100}?\b(?:id|videoId)\s*=\s*)?[\"']?([\w-]{6,20})[\"']?[^{}\n]{0,200}?(?:[>%]\}|-?%)\}"
)
_HIDDEN = (
    re.compile(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}", re.DOTALL),
    re.compile(r"\{%-?\s*highlight\b[^%\n]{0,100}%\}.*?\{%-?\s*endhighlight\s*-?%\}", re.DOTALL),
    re.compile(r"\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}", re.DOTALL),
    re.compile(r"\{\{[<%]\s*highlight\b[^{}\n]{0,100}[%>]\}\}.*?\{\{[<%]\s*/\s*highlight\s*[%>]\}\}", re.DOTALL),
    re.compile(r"\{\{[<%]\s*/\*.*?\*/\s*[%>]\}\}", re.DOTALL),
)
_TAG = re.compile(r"\{%(?:[^%]|%(?!\})){0,2000}%\}")
_BRACES = re.compile(r"\{\{(?:[^{}]|\}(?!\})){0,2000}\}\}")
_COMMENT = re.compile(r"\{#(?:[^#]|#(?!\})){0,2000}#\}")
_NOTE_COMMENT = re.compile(r"%%.*?%%", re.DOTALL)
_MODULE_LINES = re.compile(r"\A(?:\s*(?:import\s[^\n]*|export\s[^\n]*|\{/\*[^\n]*\*/\}|)(?:\n|\Z))+")
_STARTS_WITH_MODULE = re.compile(
    r"\s*(?:import\s+(?:[\w*{][^\n]*\sfrom\s+)?[\"']|export\s+(?:const|default|let|function)\s)"
)
_FENCE = re.compile(r"^(?P<mark>`{3,}|~{3,})[^\n]*\n.*?(?:^(?P=mark)[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_ADMONITION = re.compile(r"^(?P<indent>[ ]*)(?:!!!|\?\?\?\+?|===)[ +!][^\n]*$")
_STEP = 4


def without_templates(text: str) -> str:
    """Return Markdown in which templates' references are links, and nothing else of a template is left.

    Code in fences stays as it is. What templates hide from readers, or show as code, becomes empty lines. Linear.
    """
    if _STARTS_WITH_MODULE.match(text):
        text = _MODULE_LINES.sub(_blank, text)
    if "{" in text and ("{{" in text or "{%" in text or "{#" in text):
        text = _outside_code(text, _without_braces)
    if "%%" in text:
        text = _outside_code(text, lambda part: _NOTE_COMMENT.sub(_blank, part))
    if "!!!" in text or "???" in text or "===" in text:
        text = _without_admonitions(text)
    return text


def _without_braces(text: str) -> str:
    for pattern in _HIDDEN:
        text = pattern.sub(_blank, text)
    text = _HUGO_REFERENCE.sub(_named, text)
    text = _JEKYLL_REFERENCE.sub(_named, text)
    text = _HEXO_PATH.sub(_named, text)
    text = _HEXO_LINK.sub(_post_link, text)
    text = _LIQUID_ADDRESS.sub(lambda found: quote(found[1] or found[2], safe="/:?&=#%~@+,;!$*.-_"), text)
    text = _SITE_ROOT.sub("", text)
    text = _VIDEO.sub(r"<https://www.youtube.com/watch?v=\1>", text)
    for pattern in (_TAG, _BRACES):
        text = pattern.sub(_blank, text)
    return _COMMENT.sub(_blank, text) if "{#" in text and "#}" in text else text


def _named(found: re.Match[str]) -> str:
    """Return the address that names a document; where it stands in running text, as a link of its own."""
    address = NAMED + quote(next(filter(None, found.groups())), safe="/.-_#")
    before = found.string[found.start() - 1 : found.start()]
    return address if before in set("(\"'=<:/}") else f"<{address}>"


def _post_link(found: re.Match[str]) -> str:
    parts = found.groups()
    name = next(filter(None, parts[:4]))
    words = next(filter(None, parts[4:]), name)
    return f"[{words}]({NAMED}{quote(name, safe='/.-_#')})"


def _blank(found: re.Match[str]) -> str:
    """Leave the ends of lines, so that what follows stays on its line."""
    return "\n" * found.group().count("\n")


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    """Change a text but for its fenced code."""
    if "```" not in text and "~~~" not in text:
        return change(text)
    parts: list[str] = []
    end = 0
    for fence in _FENCE.finditer(text):
        parts += [change(text[end : fence.start()]), fence.group()]
        end = fence.end()
    return "".join([*parts, change(text[end:])])


def _without_admonitions(text: str) -> str:
    """Take the indent from blocks below `!!! note`, `??? note` and `=== "Tab"`, whose text is not code."""
    lines = text.split("\n")
    open_at: list[int] = []
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        indent = len(line) - len(line.lstrip(" "))
        while open_at and indent < open_at[-1] + _STEP:
            open_at.pop()
        depth = len(open_at)
        if _ADMONITION.match(line):
            open_at.append(indent)
            lines[number] = ""
        elif depth:
            lines[number] = line[min(indent, depth * _STEP) :]
    return "\n".join(lines)
