"""Which fields documents have, their values, and what each is read as; and settings to begin with."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import NoneType, UnionType

from graph.displays import counted
from graph.names import to_text
from graph.pairs import ranked
from graph.reading import Cache, Sources, list_documents, outcomes_of
from graph.reading.faults import Faults
from graph.reading.fields import ARTICLE, RENDERING, Dialect
from graph.reading.own_fields import is_free_name, own_field
from graph.reading.pieces import NoteFields
from graph.reading.processes import Readers
from graph.reading.stating import Stater
from graph.reading.written import text_of
from graph.vocabulary import Vocabulary

_MOST_EXAMPLES = 3
_LONGEST_EXAMPLE = 40
_LONGEST_NAME = 100
_LONGEST_OWN_NAME = 40
"""Letters of the name that a field gets in the settings."""
_MOST_ITEMS = 10
_LIKE = 85
"""How alike two names must be, of 100, for one to be taken for the other."""


@dataclass(frozen=True, slots=True)
class FieldUse:
    """How documents use one field."""

    name: str
    """The field's name, as written."""
    documents: int
    """How many documents have it."""
    kinds: tuple[str, ...]
    """What these documents describe, sorted: `article`, `person`, `provider`, `topic`."""
    types: tuple[tuple[str, int], ...]
    """The types of its values, each with the number of documents, the commonest first: `text`, `list`, `date` ..."""
    examples: tuple[str, ...]
    """Up to three values that differ, each as one short line; none of `secured`."""
    meanings: tuple[str, ...]
    """What it is read as: `title`, `relation reviews`, `literal difficulty`; empty for a field that means nothing."""


def fields_of(sources: Sources) -> tuple[FieldUse, ...]:
    """Return every field that documents of one or several sources have, the commonest first, then by name.

    Costs one pass over the bytes of all documents.

    Raises:
        SourceError: A source does not exist or cannot be read at all.
    """
    met: dict[str, _Met] = {}
    for listed in list_documents(sources).sources:
        stater = Stater(listed.settings, _noting(met, _words_of(listed.settings.vocabulary)))
        for _ in outcomes_of(listed, Cache(keeps=False), stater, Readers(1)):
            pass
    uses = (
        FieldUse(
            name,
            found.documents,
            tuple(sorted(found.kinds)),
            ranked(found.types),
            tuple(found.examples),
            tuple(sorted(found.meanings)),
        )
        for name, found in met.items()
    )
    return tuple(sorted(uses, key=lambda use: (-use.documents, use.name)))


@dataclass(slots=True)
class _Met:
    documents: int = 0
    kinds: set[str] = field(default_factory=set)
    types: Counter[str] = field(default_factory=Counter)
    examples: dict[str, None] = field(default_factory=dict)
    meanings: set[str] = field(default_factory=set)


def _noting(met: dict[str, _Met], words: Mapping[str, str]) -> NoteFields:
    """Return a function that notes the fields of a record; `words` are what a site's own fields are read as."""

    def note(raw: Mapping[str, object], dialect: Dialect, kind: str) -> None:
        for written, value in raw.items():
            name = to_text(written)[:_LONGEST_NAME]
            if not name:
                continue
            known = met.setdefault(name, _Met())
            known.documents += 1
            known.kinds.add(kind)
            known.types[next((word for kind, word in _TYPES if isinstance(value, kind)), "other")] += 1
            known.meanings.update(words.get(field, field) for field, _ in dialect.meanings.get(written.lower(), ()))
            is_shown = len(known.examples) < _MOST_EXAMPLES and name.lower() != "secured"
            if is_shown and (example := _example_of(value)):
                known.examples[example] = None

    return note


def _words_of(vocabulary: Vocabulary) -> dict[str, str]:
    """Return what a site's own fields are read as, by their names in the dialect."""
    relations = {own_field(row.name): f"relation {row.name}" for row in vocabulary.relations}
    return relations | {own_field(row.name): f"literal {row.name}" for row in vocabulary.literals}


_TYPES: tuple[tuple[type | UnionType, str], ...] = (
    (NoneType, "nothing"),
    (bool, "boolean"),
    (int, "integer"),
    (float, "decimal"),
    (str, "text"),
    (dt.datetime | dt.time, "time"),
    (dt.date, "date"),
    (list, "list"),
    (Mapping, "mapping"),
)
"""The types of values, in words; the first that fits counts, so subtypes come first."""


def _example_of(value: object) -> str:
    """Return a value as one short line; of nested values only size or keys, because the rest may be secret."""
    if value is None or value in ("", []):
        return ""
    if isinstance(value, list) and not any(isinstance(item, list | Mapping | bytes) for item in value[:_MOST_ITEMS]):
        text = ", ".join(_bare(item) for item in value[:_MOST_ITEMS])
        return _bare(text)
    return _bare(value)


def _bare(value: object) -> str:
    """Return a value as a message shows it, without quotes."""
    shown = Faults.quote(text_of(value) or value, _LONGEST_EXAMPLE)
    return to_text(shown[1:-1] if shown.startswith('"') else shown)


def to_settings(uses: Iterable[FieldUse]) -> Iterator[str]:
    """Yield the lines of an `article-graph.toml` to begin with, a suggestion for each field that means nothing yet."""
    unread = [
        use
        for use in uses
        if not use.meanings and "article" in use.kinds and use.name.isprintable() and use.name.lower() not in RENDERING
    ]
    yield "## What the fields of articles mean. Remove `# ` from the lines that you want."
    known: dict[str, list[FieldUse]] = {}
    own: dict[str, list[FieldUse]] = {}
    for use in unread:
        if like := _like_known(use):
            known.setdefault(like, []).append(use)
        else:
            own.setdefault(use.name.lower(), []).append(use)
    if known:
        yield ""
        yield "# [fields]"
        for ours, alike in sorted(known.items()):
            yield f"# {ours} = [{', '.join(to_toml_text(use.name) for use in alike)}]"
            yield from map(_described, alike)
    taken: set[str] = set()
    for alike in own.values():
        yield ""
        yield from map(_described, alike)
        kind, lines = _suggested(alike[0])
        if kind:
            yield f"# [{kind}.{_name_for(alike[0].name, taken)}]"
            yield f"# fields = [{', '.join(to_toml_text(use.name) for use in alike)}]"
            yield from (f"# {line}" for line in lines)


def _like_known(use: FieldUse) -> str | None:
    """Return the field of an article with a similar name, or `None`."""
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extractOne

    known = _known_names()
    found = extractOne(_folded(use.name), known.keys(), scorer=ratio, score_cutoff=_LIKE)
    return known[found[0]] if found else None


def _folded(name: str) -> str:
    return "".join(sign for sign in name.lower() if sign.isalnum())


@cache
def _known_names() -> Mapping[str, str]:
    """Return fields by their known names, in lower case and without punctuation."""
    return {
        _folded(name): ours
        for ours, names in reversed(list(ARTICLE.names.items()))
        if ours not in {"secured", "id"}
        for name in (*names, ours)
    }


def _suggested(use: FieldUse) -> tuple[str, tuple[str, ...]]:
    """Return `relations` or `literals` and the settings to suggest for a field; nothing for a mapping."""
    types = [name for name, _ in use.types if name != "nothing"]
    if any("[[" in example or example.endswith(".md") for example in use.examples):
        return "relations", ('target = "article"',)
    if use.examples and all(example.startswith(("http://", "https://")) for example in use.examples):
        return "literals", ('type = "iri"',)
    first = types[0] if types else "nothing"
    if first in {"integer", "decimal"} and set(types) == {"integer", "decimal"}:
        return "literals", ('type = "decimal"',)
    if first in {"integer", "decimal", "boolean", "date", "time"}:
        return "literals", (f'type = "{first}"', *["facet = true"] * (first == "boolean"))
    if first == "list":
        return "literals", ('type = "text"', "facet = true")
    return ("literals", ('type = "text"',)) if first == "text" else ("", ())


def _described(use: FieldUse) -> str:
    """Return a comment line about a field."""
    types = ", ".join(name for name, _ in use.types)
    examples = "; ".join(use.examples)
    return f"## {use.name}: {counted(use.documents, 'document')}, {types}" + (f": {examples}" if examples else "")


def _name_for(written: str, taken: set[str]) -> str:
    """Return an unused name for a row of the vocabulary."""
    parts = ("".join(sign if sign.isascii() and sign.isalnum() else " " for sign in written)).split()
    stem = "_".join(parts)[:_LONGEST_OWN_NAME] or "field"
    if not stem[0].isalpha():
        stem = f"field_{stem}"
    name, number = stem, 1
    while not is_free_name(name) or name.lower() in taken:
        number += 1
        name = f"{stem}_{number}"
    taken.add(name.lower())
    return name


def to_toml_text(text: str) -> str:
    """Return a text as TOML writes it, on one line."""
    written = json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False)
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in written)
