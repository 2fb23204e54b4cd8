"""Components of MDX and Vue that link, such as `<Link to="/docs">`, as elements `a` of HTML.

A component is an element whose name begins with a capital letter and is not written in capitals. Its target is the text
of `href` or `to`.
"""

from __future__ import annotations

import re

from graph.expressions import expression

_OPENING = expression(
    r"<(?P<name>[A-Z]\w*?[a-z][\w.]{0,60})(?P<before>\s[^<>]{0,1000}?)??\s(?:href|to)="
    r"(?P<target>\"[^\"<>{}]{1,2000}\"|'[^'<>{}]{1,2000}'|\{\s*[\"'][^\"'<>{}]{1,2000}[\"']\s*\})"
    r"(?P<after>\s[^<>]{0,1000}?)?\s*(?P<closed>/?)>"
)
_CLOSING = expression(r"</([A-Z][\w.]{0,60})\s*>")
_DOTTED = expression(r"<([A-Z]\w{0,60}\.[A-Z]\w{0,60})(?:\s[^<>]{0,1000})?/>|</([A-Z]\w{0,60}\.[A-Z]\w{0,60})\s*>")
_MOST_NAMES = 50
_TITLE = expression(r"\s(?:title|label|text)=(?:\"([^\"]+)\"|'([^']+)')")


def may_link(text: str) -> bool:
    """Return whether a text may contain a component that links."""
    return "href=" in text or "to=" in text


def without_dots(text: str) -> str:
    """Return a text in which components such as `<Cards.Card>` have names that Markdown takes for those of elements.

    Only names that occur in a closing tag count, because `List<Boat.Sail>` is not an element. Linear.
    """
    names = {one or other for one, other in _DOTTED.findall(text)}
    for name in sorted(names)[:_MOST_NAMES]:
        for opening in ("<", "</"):
            text = text.replace(opening + name, opening + name.replace(".", ""))
    return text


def is_component(name: str) -> bool:
    """Return whether an element is a component, by its name as it is written."""
    return name[0].isupper() and not name.isupper()


def as_anchors(text: str) -> str:
    """Return HTML in which each component that links is an `a`, with its title as text if it has no content. Linear."""
    names: set[str] = set()

    def opened(found: re.Match[str]) -> str:
        anchor = f"<a href={found['target'].strip('{} ')}>"
        if not found["closed"]:
            names.add(found["name"])
            return anchor
        title = _TITLE.search(f"{found['before'] or ''}{found['after'] or ''}")
        return f"{anchor}{next(filter(None, title.groups())) if title else ''}</a>"

    text = _OPENING.sub(opened, text)
    return _CLOSING.sub(lambda found: "</a>" if found[1] in names else found[0], text) if names else text
