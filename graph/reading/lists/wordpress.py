"""The text of a post as WordPress stores it: paragraphs between blank lines, and shortcodes."""

from __future__ import annotations

import re

from graph.expressions import expression

_SHORTCODE = expression(
    r"\[/?(?:audio|caption|code|embed|gallery|playlist|sourcecode|video|wp_caption)\b[^\[\]\n]{0,1000}\]"
    r"|\[/[a-z][\w-]{0,60}\]|\[[a-z][\w-]{0,60}(?:\s+[\w-]{1,60}=(?:\"[^\"\[\]]{0,500}\"|'[^'\[\]]{0,500}'|[^\s\"'\[\]]{1,500})){1,50}\s*/?\]"
)
_BLANK = expression(r"\n[ \t]*\n\s*")
_BLOCK = expression(
    r"<(?:!--|/?(?:address|article|aside|blockquote|dd|details|div|dl|dt|fieldset|figure|form|h[1-6]|hr|iframe|li|ol|p|pre"
    r"|script|section|style|table|tbody|td|tfoot|th|thead|tr|ul)\b)",
    re.IGNORECASE,
)


def to_paragraphs(html: str) -> str:
    """Return a post's HTML with `<p>` where WordPress adds it for readers, and without shortcodes. Linear."""
    html = html.replace("\r\n", "\n")
    if "[" in html:
        html = _SHORTCODE.sub("", html)
    parts = (part.strip() for part in _BLANK.split(html))
    return "\n\n".join(part if not part or _BLOCK.match(part) else f"<p>{part}</p>" for part in parts)
