"""Whether a document is a record of a topic, a provider or a person, by its fields and its path."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from graph.reading.date_paths import date_from_path
from graph.reading.faults import Faults
from graph.reading.fields import ARTICLE, by_name

RECORD_KINDS = ("article", "person", "provider", "topic")
"""What a folder may be said to hold."""

_KIND_OF_WORD = {
    **dict.fromkeys(("topic", "tag"), "topic"),
    **dict.fromkeys(("organization", "organisation", "provider", "publisher"), "provider"),
    **dict.fromkeys(("profile", "person", "author"), "person"),
}
_KIND_OF_FOLDER = {
    **dict.fromkeys(("_data/topics", "data/topics", "content/topics"), "topic"),
    **dict.fromkeys(("_data/organizations", "_data/providers", "data/organizations"), "provider"),
    **dict.fromkeys(("_people", "_authors", "_data/people", "_data/authors"), "person"),
    **dict.fromkeys(("data/authors", "content/authors"), "person"),
}
_TERM = re.compile(
    r"(?:.*/)?content/(?:[a-z]{2}(?:-[a-z]{2})?/)?(\w+)/(?:[^/]+/)+_index(?:\.[\w-]+)?\.\w+", re.IGNORECASE
)
"""A page of Hugo's about one term of a taxonomy."""

_KIND_OF_TERM = {"author": "person", "authors": "person", "categories": "topic", "tags": "topic", "topics": "topic"}
_LIST_PAGE = re.compile(r"_?index(?:\.[\w-]+)?\.\w+|readme\.\w+", re.IGNORECASE)
DATA_FOLDERS = frozenset({"_data", "data"})
"""Folders in which sites keep records of topics and people, and whatever else their pages are made from."""

_KIND_OF_DATA = {
    "topics": "topic",
    **dict.fromkeys(("organizations", "organisations", "providers", "publishers"), "provider"),
}
_NO_KEYS = frozenset({"author", "authors", "organizations", "people", "providers", "sources", "tags", "topics"})
_DATES = frozenset(name.lower() for name in ARTICLE.names["published_at"])


def kind_of(path: str, fields: Mapping[str, object], folders: tuple[tuple[str, str], ...] = ()) -> str | None:
    """Return `topic`, `provider` or `person`; `None` for an article.

    `folders` are those of the owner's settings with the kind that each holds, the longest first; they beat the rest. A
    `type` does not count where the document is dated, since a post may be a profile. The page that lists the records of
    a folder is none of them.
    """
    for folder, kind in folders:
        if path.startswith(folder):
            is_list = posixpath.dirname(path) + "/" == folder and _LIST_PAGE.fullmatch(posixpath.basename(path))
            return None if kind == "article" or is_list else kind
    for name in ("taxonomy", "type"):
        word = fields.get(name)
        if isinstance(word, str) and word.lower() in _KIND_OF_WORD and not (name == "type" and _is_dated(path, fields)):
            return _KIND_OF_WORD[word.lower()]
    above = path.split("/")
    name = above.pop()
    for end in range(len(above), 0, -1):
        found = _KIND_OF_FOLDER.get("/".join(above[max(0, end - 2) : end])) or _KIND_OF_FOLDER.get(above[end - 1])
        if found is not None:
            return None if end == len(above) and _LIST_PAGE.fullmatch(name) else found
    term = _TERM.fullmatch(path)
    return _KIND_OF_TERM.get(term[1].lower()) if term else None


def record_key(path: str) -> str:
    """Return the name by which others call the record at a path: the name of its file, or of its folder for an index.

    Empty for a file that holds many records.
    """
    folder, _, name = path.rpartition("/")
    key = folder.rpartition("/")[2] if _LIST_PAGE.fullmatch(name) else name.partition(".")[0]
    return "" if key.lower() in _NO_KEYS else key


def kind_in_file(path: str) -> str | None:
    """Return the kind of the records in a YAML file, by its name; `None` for other files."""
    folder, _, name = path.rpartition("/")
    stem, _, ending = name.lower().rpartition(".")
    if ending not in {"yaml", "yml"}:
        return None
    if stem.removeprefix(".") in {"author", "authors"}:
        return "person"
    if DATA_FOLDERS.isdisjoint(folder.split("/")):
        return "topic" if stem == "tags" else None
    if stem == "people":
        return "person"
    return _KIND_OF_DATA.get(stem) if posixpath.basename(folder) in DATA_FOLDERS else None


def records_by_key(
    kind: str, value: Mapping[str, object], faults: Faults, *, is_item: bool
) -> Mapping[str, Mapping[str, object]]:
    """Return the fields of each record of a kind by its key, which is also its name if it states none.

    One record, as lists hold them, has an empty key; `is_item` where the value is an item of a list.
    """
    if is_item and not all(isinstance(said, dict) for said in value.values()):
        return {"": value}
    if isinstance(value.get("name"), str) or (kind != "person" and isinstance(value.get("title"), str)):
        return {"": value}
    inner = value.get("authors")
    records = inner if isinstance(inner, dict) and "name" not in inner else value
    found: dict[str, Mapping[str, object]] = {}
    for key, said in records.items():
        named = str(key)
        if isinstance(said, str) and kind != "topic":
            found[named] = {"name": said}
        elif isinstance(said, dict):
            fields = by_name(said)
            label = fields.pop("label", None) if kind == "topic" else None
            has_name = fields.get("name") or fields.get("display_name")
            found[named] = fields if has_name else {**fields, "name": named if label is None else label}
        else:
            fact = f"{faults.quote(named)} is not a mapping of fields: {faults.quote(said)}"
            faults.add("not-a-mapping", fact, "Write 'name: value' lines below it; it was left out", where=(named,))
    return found


def _is_dated(path: str, fields: Mapping[str, object]) -> bool:
    return any(name.lower() in _DATES and value for name, value in fields.items()) or date_from_path(path) is not None
