"""Links in fields: `[[Note]]`, `[words](target)`, an address, a path, a name, or a mapping that holds one of these."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from graph.names import to_text
from graph.reading.kinds import ENDINGS, ending_of
from graph.reading.note_names import NOTE, unquoted_note
from graph.reading.pieces import LONGEST_URL
from graph.statements import Link
from graph.urls import domain_of

_MARKDOWN = re.compile(r"\[([^\[\]]*)\]\(\s*<?([^()<>]+?)>?(?:\s+[\"'][^\"']*[\"'])?\s*\)")
_TARGETS = ("url", "link", "href", "webUrl", "path", "permalink", "slug", "to")
_WORDS = ("title", "name", "text", "label")
_DEEPEST = 4
_MOST = 10_000
_LONGEST_WORDS = 200
"""Characters of the words of a link, which a field gives beside it."""


def links_in(value: object, field: str, line: int, depth: int = 0) -> Iterator[Link]:
    """Yield the links that a field's value states, a text, a mapping, or a list of these; nothing for other values.

    YAML reads an unquoted `[[Note]]` as a list in a list, which is taken for the note.
    """
    if (note := _unquoted(value)) is not None:
        yield Link(note, by_name=True, is_note=True, line=line, field=field)
    elif isinstance(value, str) and 0 < len(value) <= LONGEST_URL:
        yield from _in_text(value, field, line)
    elif isinstance(value, Mapping):
        target = next((value[name] for name in _TARGETS if isinstance(value.get(name), str)), "")
        words = next((value[name] for name in _WORDS if isinstance(value.get(name), str)), "")
        if isinstance(target, str) and isinstance(words, str):
            yield from _in_text(target[:LONGEST_URL], field, line, words)
    elif isinstance(value, list) and depth < _DEEPEST:
        for item in value[:_MOST]:
            yield from links_in(item, field, line, depth + 1)


def note_links_in(value: object, field: str, line: int) -> Iterator[Link]:
    """Yield the links of a value that is nothing but `[[Note]]`s, as properties of notes are."""
    items = value if isinstance(value, list) and _unquoted(value) is None else [value]
    for item in items[:_MOST]:
        if _unquoted(item) is not None or (isinstance(item, str) and NOTE.fullmatch(item[:LONGEST_URL].strip())):
            yield from links_in(item, field, line)


def outside_links_in(value: object, field: str, line: int) -> Iterator[Link]:
    """Yield the links of a field that holds addresses of other sites, with or without their scheme, or notes."""
    for link in links_in(value, field, line):
        if link.is_note or not link.by_name:
            yield link
        elif domain_of(link.target) is not None and " " not in link.target:
            yield Link(f"https://{link.target}", line=line, field=field, words=link.words)


def home_links_in(value: object, field: str, line: int) -> Iterator[Link]:
    """Yield the links of a home page's buttons and features, such as `hero: {actions: [{text: Start, link: /a/}]}`."""
    if isinstance(value, Mapping):
        value = value.get("actions") or value.get("links")
    for item in value[:_MOST] if isinstance(value, list) else [value]:
        if isinstance(item, Mapping) or field.lower() == "actionlink":
            for link in links_in(item, field, line):
                if "/" in link.target and not link.is_note:
                    yield Link(link.target, line=line, field=field, words=link.words)


def listed_links_in(value: object, field: str, line: int, words: str = "", depth: int = 0) -> Iterator[Link]:
    """Yield the links of pages as Material for MkDocs lists them: `a.md`, `Words: b.md`, or a list below a name."""
    if isinstance(value, list) and depth < _DEEPEST:
        for item in value[:_MOST]:
            yield from listed_links_in(item, field, line, words, depth + 1)
    elif isinstance(value, Mapping) and value.keys().isdisjoint(_TARGETS):
        for name, below in value.items():
            if depth < _DEEPEST and isinstance(name, str):
                yield from listed_links_in(below, field, line, name, depth + 1)
    elif isinstance(value, Mapping):
        yield from links_in(value, field, line)
    elif (
        isinstance(value, str)
        and len(value) <= LONGEST_URL
        and ("/" in value or ending_of(value.partition("#")[0]) in ENDINGS)
    ):
        yield from _in_text(value, field, line, words)


BY_FIELD: Mapping[str, Callable[[object, str, int], Iterator[Link]]] = {
    **dict.fromkeys(("actionlink", "actions", "feature_row", "features", "hero"), home_links_in),
    "links": listed_links_in,
}
"""Readers of the fields, by their names in lower case, that home pages of VitePress, VuePress, Starlight and themes of
Jekyll have, and posts of Material for MkDocs."""


def _in_text(text: str, field: str, line: int, words: str = "") -> Iterator[Link]:
    """Yield the links of a text, called `words` where it gives them no words of their own."""
    text, beside = text.strip(), to_text(words)[:_LONGEST_WORDS]
    if notes := list(NOTE.finditer(text)):
        for note in notes:
            if target := to_text(note[1]):
                own = to_text(note[2] or "")
                yield Link(target, by_name=True, is_note=True, line=line, field=field, words=own or beside)
    elif found := _MARKDOWN.fullmatch(text):
        yield Link(found[2].strip(), line=line, field=field, words=to_text(found[1]) or beside)
    elif target := to_text(text):
        yield Link(target, by_name="://" not in target, line=line, field=field, words=beside)


def _unquoted(value: object) -> str | None:
    note = unquoted_note(value)
    return to_text(note) or None if note and len(note) <= LONGEST_URL else None
