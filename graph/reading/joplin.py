"""Joplin's own export: notes, notebooks and tags, each a file that ends in its fields; a table joins notes and tags."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import islice

import msgspec

from graph.expressions import expression
from graph.reading.files import LARGEST_FILE, File, bytes_if_any
from graph.reading.settings import Settings

_NAME = expression(r"(?:.*/)?[0-9a-f]{32}\.md")
_LAST = expression(r"\ntype_: \d{1,2}$")
_FIELD = expression(r"([a-z_]{1,40}):(?: (.*))?")
_IDENTIFIER = expression(r"[0-9a-f]{32}")
_LONGEST = 40_000
_SAMPLE = 20
"""How many documents are checked to recognise an export. All of its files are named after their identifiers."""
_NOTE, _NOTEBOOK, _TAG, _TAGGING = "1", "2", "5", "6"
_TOPICS = frozenset({_NOTEBOOK, _TAG})


class Item(msgspec.Struct, frozen=True):
    """One file of an export."""

    said: Mapping[str, str]
    """The fields at its end, without empty ones."""
    title: str
    """Its first line; empty if it has none."""
    text: str
    """What is between the two."""
    line: int
    """The line on which `text` begins, from 1."""

    @property
    def fields(self) -> dict[str, object] | None:
        """Its fields under the names of front matter; `None` if it is not a note, notebook or tag, or was deleted."""
        said = self.said
        kind = said["type_"]
        is_gone = any(said.get(name, "0") != "0" for name in ("deleted_time", "is_conflict", "encryption_applied"))
        if is_gone or (kind != _NOTE and (kind not in _TOPICS or not self.title)):
            return None
        if kind in _TOPICS:
            return {"taxonomy": "topic", "title": self.title}
        stated = {
            "title": self.title,
            "id": said["id"],
            "created": said.get("user_created_time") or said.get("created_time"),
            "updated": said.get("user_updated_time") or said.get("updated_time"),
            "author": said.get("author"),
            "source_url": said.get("source_url"),
        }
        return {name: value for name, value in stated.items() if value}


def item_of(text: str) -> Item | None:
    """Return the item in a text; `None` for other texts, of which only the last characters are read."""
    if "\ntype_: " not in text[-16:]:
        return None
    text = text.rstrip()
    start = text.rfind("\n\n", max(0, len(text) - _LONGEST))
    said: dict[str, str] = {}
    for line in text[start + 2 if start >= 0 else 0 :].split("\n") if len(text) - start <= _LONGEST else ():
        if (field := _FIELD.fullmatch(line.rstrip())) is None:
            return None
        if field[2]:
            said[field[1]] = field[2]
    if not _LAST.search(text, max(0, len(text) - 16)) or not _IDENTIFIER.fullmatch(said.get("id", "")):
        return None
    title, _, body = text[: max(start, 0)].partition("\n")
    left = body.lstrip("\n")
    return Item(said, title.strip(), left, 2 + len(body) - len(left))


def with_notebooks(settings: Settings, files: Callable[[], Iterable[File]]) -> Settings:
    """Return the settings of a source with the notebook and the tags of each note, if it is an export of Joplin.

    `files` returns its documents, which are read a second time in such an export.
    """
    if not any(_NAME.fullmatch(file.path) for file in islice(files(), _SAMPLE)):
        return settings
    items: dict[str, tuple[str, Item]] = {}
    for file in files():
        item = _read(file) if _NAME.fullmatch(file.path) else None
        if item is not None:
            items[item.said["id"]] = file.path, item
    topics: dict[str, dict[str, None]] = {path: {} for path, _ in items.values()}
    for path, item in items.values():
        if (above := items.get(item.said.get("parent_id", ""))) and above[1].fields:
            topics[path][above[1].title] = None
    for _, item in items.values():
        note, tag = (items.get(item.said.get(name, "")) for name in ("note_id", "tag_id"))
        if item.said["type_"] == _TAGGING and note and tag and tag[1].fields:
            topics[note[0]][tag[1].title] = None
    told: dict[str, Mapping[str, object]] = {}
    for path, item in items.values():
        if found := [*topics[path]]:
            told[path] = {"topics": found} if item.said["type_"] == _NOTE else {"parent": found[0]}
    return settings.with_told(told)


def _read(file: File) -> Item | None:
    data = bytes_if_any(file.read)
    if data is None or len(data) > LARGEST_FILE:
        return None
    return item_of(data.decode("utf-8", "replace").replace("\r\n", "\n"))
