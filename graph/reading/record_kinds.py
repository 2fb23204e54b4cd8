"""What a document is a record of: a topic, a provider or a person, by what it says and by where it stands."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from graph.reading.date_paths import date_from_path
from graph.reading.fields import ARTICLE

__all__ = ["KINDS", "is_people_file", "is_topics_file", "key_of", "kind_of", "people_in", "topics_in"]

KINDS = ("article", "person", "provider", "topic")
"""What a folder may be said to hold."""

_KIND_OF_WORD = {
    "topic": "topic",
    "tag": "topic",
    "organization": "provider",
    "organisation": "provider",
    "provider": "provider",
    "publisher": "provider",
    "profile": "person",
    "person": "person",
    "author": "person",
}
_KIND_OF_FOLDER = {
    "_data/topics": "topic",
    "data/topics": "topic",
    "_data/organizations": "provider",
    "_data/providers": "provider",
    "data/organizations": "provider",
    "_people": "person",
    "_authors": "person",
    "_data/people": "person",
    "_data/authors": "person",
    "data/authors": "person",
    "content/authors": "person",
    "content/topics": "topic",
}
_TERM = re.compile(
    r"(?:.*/)?content/(?:[a-z]{2}(?:-[a-z]{2})?/)?(\w+)/(?:[^/]+/)+_index(?:\.[\w-]+)?\.\w+", re.IGNORECASE
)
"""A page of Hugo's about one term of a taxonomy."""

_KIND_OF_TERM = {"author": "person", "authors": "person", "categories": "topic", "tags": "topic", "topics": "topic"}
_LIST_PAGE = re.compile(r"_?index(?:\.[\w-]+)?\.\w+|readme\.\w+", re.IGNORECASE)
_PEOPLE_FILE = re.compile(r"\.?authors?\.ya?ml", re.IGNORECASE)
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


def key_of(path: str) -> str:
    """Return the name by which others call the record at a path: that of its file, or of the folder it stands for.

    Empty for a file that holds many records.
    """
    folder, _, name = path.rpartition("/")
    key = folder.rpartition("/")[2] if _LIST_PAGE.fullmatch(name) else name.partition(".")[0]
    return "" if key.lower() in _NO_KEYS else key


def is_people_file(path: str) -> bool:
    """Tell whether a file holds a site's authors by their keys, as Docusaurus, Material for MkDocs and Jekyll do."""
    folder, _, name = path.rpartition("/")
    return _PEOPLE_FILE.fullmatch(name) is not None or (
        name.lower() in {"people.yml", "people.yaml"} and not {"_data", "data"}.isdisjoint(folder.split("/"))
    )


def is_topics_file(path: str) -> bool:
    """Tell whether a file holds a site's tags by their keys, as Docusaurus does."""
    folder, _, name = path.rpartition("/")
    return name.lower() in {"tags.yml", "tags.yaml"} and {"_data", "data"}.isdisjoint(folder.split("/"))


def topics_in(value: Mapping[str, object]) -> Mapping[str, Mapping[str, object]]:
    """Return the fields of each topic by key, of what such a file holds; one without a label is called by its key."""
    return {
        key: {"name": said.get("label") or key, "description": said.get("description")}
        for key, said in value.items()
        if isinstance(said, dict) and isinstance(said.get("label", ""), str)
    }


def people_in(value: Mapping[str, object]) -> Mapping[str, Mapping[str, object]]:
    """Return the fields of each person by key, of what such a file holds; whoever has no name is called by the key.

    The fields of one person, as lists of people hold them, have an empty key.
    """
    if isinstance(value.get("name"), str):
        return {"": value}
    inner = value.get("authors")
    people = inner if isinstance(inner, dict) and "name" not in inner else value
    found: dict[str, Mapping[str, object]] = {}
    for key, said in people.items():
        named = str(key)
        if isinstance(said, str):
            found[named] = {"name": said}
        elif isinstance(said, dict):
            fields = {str(name): one for name, one in said.items()}
            found[named] = fields if fields.get("name") or fields.get("display_name") else {**fields, "name": named}
    return found


def _is_dated(path: str, fields: Mapping[str, object]) -> bool:
    return any(name.lower() in _DATES and value for name, value in fields.items()) or date_from_path(path) is not None
