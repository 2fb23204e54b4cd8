"""Topics as documents write them: lists, one text, `#tag`, `[[Note]]`, `{label: ...}`, categories within categories."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from graph.expressions import expression
from graph.names import to_text
from graph.reading.note_names import NOTE, unquoted_note
from graph.reading.values import LONGEST_STATED_LABEL
from graph.reading.written import as_text, text_of

Broader = tuple[str, str]
"""A topic and the one above it."""

_NOTES = expression(r"\s*(?:!?\[\[[^\[\]]+\]\][\s,;]*)+")
_WORDS = expression(r"\[([^\[\]]+)\]\([^()]*\)")
_WORD_OR_NOTE = expression(r"\[\[[^\[\]]+\]\]|[^\s\[\]]+")
_HASHTAG = expression(r"#[^\s#]+")
_SEPARATOR = expression(r"[,\uff0c\u3001]")
_PLAIN_START = frozenset("#[!")
_LABELS = ("label", "name", "title", "tag")
_LISTED = frozenset({"topics"})
"""Names under which a text in a list's place is reported."""

_SPACED = frozenset({"tags", "categories"})
"""Names whose texts Jekyll and Obsidian split at spaces."""

_NESTED = frozenset({"categories", "category"})
"""Names whose lists in lists are paths from a category to one within it, as Hexo has them."""


def flat_topics(value: object, name: str, *, spaced: bool, nested: bool) -> tuple[object, list[Broader]]:
    """Return a field's value as a flat list of labels, and which of them is below which.

    `name` is that of the field; texts are split at spaces where the source is `spaced`, and a flat list of categories
    leads from the highest down where it is `nested`. A value without topics is returned as it is, to be reported.
    Linear.
    """
    name = name.lower()
    if isinstance(value, list):
        if nested and name in _NESTED and len(value) > 1 and all(isinstance(item, str) for item in value):
            value = [value]
        elif not any(map(_is_special, value)):
            return value, []
        return _flat_list(list(value), is_nested=name in _NESTED)
    if isinstance(value, str) and name not in _LISTED:
        return [_label(part) for part in _parts(value, spaced=spaced and name in _SPACED)], []
    if isinstance(value, str) and _NOTES.fullmatch(value[:LONGEST_STATED_LABEL]):
        return [_label(part) for part in _parts(value, spaced=False)], []
    if text_of(value) is not None or (isinstance(value, int | float) and name not in _LISTED):
        return [_label(value)], []
    if isinstance(value, Mapping) and any(isinstance(value.get(key), str) for key in _LABELS):
        return [_label(value)], []
    return value, []


def note_name(text: str) -> str:
    """Return what a text that is one `[[Folder/Note#part|words]]` or `[words](target)` names; any other as it is."""
    if "[" not in text:
        return text
    stripped = text.strip()
    if found := NOTE.fullmatch(stripped):
        return _last_part(found[1]) or text
    found = _WORDS.fullmatch(stripped)
    return found[1] if found else text


def _last_part(target: str) -> str:
    return target.partition("#")[0].rstrip("/").rpartition("/")[2].removesuffix(".md").strip()


def _is_special(item: object) -> bool:
    return type(item) is not str or item[:1] in _PLAIN_START


def _flat_list(items: list[object], *, is_nested: bool) -> tuple[object, list[Broader]]:
    flat: list[object] = []
    broader: list[Broader] = []
    if (note := _unquoted_note(items)) is not None:
        return [note], []
    for item in items:
        if (note := _unquoted_note(item)) is not None:
            flat.append(note)
        elif is_nested and isinstance(item, list) and item and not any(isinstance(one, list) for one in item):
            path = [_label(one) for one in item]
            flat += path
            names = [to_text(one) for one in path if isinstance(one, str) and one.strip()]
            broader += [(below, above) for above, below in pairwise(names)]
        else:
            flat.append(_label(item))
    return flat, broader


def _unquoted_note(item: object) -> str | None:
    note = unquoted_note(item)
    return _last_part(note.partition("|")[0]) or None if note else None


def _label(item: object) -> object:
    """Return the label of an item; the item itself if it has none."""
    if isinstance(item, str):
        text = item.strip()
        if text[:1] == "#" and text[1:2].isalnum() and " " not in text:
            return text[1:]
        return note_name(item)
    if (written := as_text(item)) is not None:
        return written
    if isinstance(item, Mapping):
        return next((item[key] for key in _LABELS if isinstance(item.get(key), str)), item)
    return item


def _parts(text: str, *, spaced: bool) -> list[str]:
    if len(text) > LONGEST_STATED_LABEL * 10:
        return [text]
    if _NOTES.fullmatch(text):
        return [found.group() for found in NOTE.finditer(text)]
    tokens = text.split()
    if tokens and all(_HASHTAG.fullmatch(token.rstrip(",;")) for token in tokens):
        return [token.rstrip(",;") for token in tokens]
    if _SEPARATOR.search(text):
        return [part.strip() for part in _SEPARATOR.split(text) if part.strip()]
    if "[[" in text:  # TiddlyWiki's list, in which `[[ ]]` holds a topic of several words
        return _WORD_OR_NOTE.findall(text)
    if ";" in text and "&" not in text:
        return [part.strip() for part in text.split(";") if part.strip()]
    return tokens if spaced else [text] if tokens else []
