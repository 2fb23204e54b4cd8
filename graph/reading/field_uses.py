"""Which fields documents have, what stands in them and what each is read as; and settings to begin with."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import NoneType, UnionType

from graph.displays import counted
from graph.names import to_text
from graph.reading import Cache, Sources, list_documents, outcomes_of
from graph.reading.describing import Descriptions
from graph.reading.faults import Faults
from graph.reading.fields import ARTICLE, PERSON, PROVIDER, TOPIC, Dialect
from graph.reading.okf import FAMILIES
from graph.reading.own_fields import is_free_name, own_field
from graph.reading.pieces import Pieces
from graph.reading.settings import Settings
from graph.reading.stating import Stater
from graph.reading.values import Where
from graph.reading.written import text_of
from graph.statements import StatedArticle, StatedPerson, StatedProvider, StatedTopic
from graph.vocabulary import Vocabulary

__all__ = ["FieldUse", "fields_of", "to_settings"]

_MOST_EXAMPLES = 3
_LONGEST_EXAMPLE = 40
_LONGEST_NAME = 100
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
        stater = _Watching(listed.settings, met)
        for _ in outcomes_of(listed, Cache(keeps=False), stater):
            pass
    uses = (
        FieldUse(
            name,
            found.documents,
            tuple(sorted(found.kinds)),
            tuple(sorted(found.types.items(), key=lambda item: (-item[1], item[0]))),
            tuple(found.examples),
            tuple(sorted(found.meanings)),
        )
        for name, found in met.items()
    )
    return tuple(sorted(uses, key=lambda use: (-use.documents, use.name)))


@dataclass(slots=True)
class _Met:
    """What was met of one field so far."""

    documents: int = 0
    kinds: set[str] = field(default_factory=set)
    types: Counter[str] = field(default_factory=Counter)
    examples: dict[str, None] = field(default_factory=dict)
    meanings: set[str] = field(default_factory=set)


_OF_BUNDLES = Dialect({name: (name,) for name in FAMILIES})


class _Watching(Stater):
    """States documents, and notes the fields of each."""

    def __init__(self, settings: Settings, met: dict[str, _Met]) -> None:
        super().__init__(settings)
        self._met = met
        self._words = _words_of(settings.vocabulary)
        self.descriptions = _WatchingDescriptions(self._pieces, self._note)

    def article(self, raw: Mapping[str, object], faults: Faults, where: Where = ()) -> StatedArticle:
        """State an article, and note its fields unless it is a stub."""
        if not where:
            self._note(raw, self.settings.article, "article")
        return super().article(raw, faults, where)

    def concept(self, raw: Mapping[str, object], faults: Faults) -> StatedArticle:
        """State an article of a bundle, and note what a bundle gives a meaning of its own."""
        self._note({name: value for name, value in raw.items() if name in FAMILIES}, _OF_BUNDLES, "article")
        return super().concept(raw, faults)

    def _note(self, raw: Mapping[str, object], dialect: Dialect, kind: str) -> None:
        for written, value in raw.items():
            name = to_text(written)[:_LONGEST_NAME]
            if not name:
                continue
            met = self._met.setdefault(name, _Met())
            met.documents += 1
            met.kinds.add(kind)
            met.types[_type_of(value)] += 1
            met.meanings.update(
                self._words.get(meaning, meaning) for meaning, _ in dialect.meanings.get(written.lower(), ())
            )
            if len(met.examples) < _MOST_EXAMPLES and name.lower() != "secured":
                example = _example_of(value)
                if example:
                    met.examples[example] = None


class _WatchingDescriptions(Descriptions):
    """States records of topics, organisations and people, and notes the fields of each."""

    def __init__(self, pieces: Pieces, note: Callable[[Mapping[str, object], Dialect, str], None]) -> None:
        super().__init__(pieces)
        self._note = note

    def topic(self, raw: Mapping[str, object], faults: Faults) -> StatedTopic | None:
        """State a topic, and note its fields."""
        self._note(raw, TOPIC, "topic")
        return super().topic(raw, faults)

    def provider(self, raw: Mapping[str, object], faults: Faults, where: Where = ()) -> StatedProvider | None:
        """State a provider, and note its fields where it is a record of its own."""
        if not where:
            self._note(raw, PROVIDER, "provider")
        return super().provider(raw, faults, where)

    def person(self, raw: Mapping[str, object], faults: Faults, where: Where = ()) -> StatedPerson | None:
        """State a person, and note their fields where it is a record of its own."""
        if not where:
            self._note(raw, PERSON, "person")
        return super().person(raw, faults, where)


def _words_of(vocabulary: Vocabulary) -> dict[str, str]:
    """Return what the fields of a site's own are read as, by their names in the dialect."""
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
"""The types of values, in words; a type stands before those that it is one of."""


def _type_of(value: object) -> str:
    """Return the type of a value, in a word."""
    return next((word for kind, word in _TYPES if isinstance(value, kind)), "other")


def _example_of(value: object) -> str:
    """Return a value as one short line; of what is nested only its size or keys, which may be secret otherwise."""
    if value is None or value in ("", []):
        return ""
    if isinstance(value, list) and not any(isinstance(item, list | Mapping | bytes) for item in value[:_MOST_ITEMS]):
        text = ", ".join(_bare(item) for item in value[:_MOST_ITEMS])
        return _bare(text)
    return _bare(value)


def _bare(value: object) -> str:
    """Return a value as a message shows it, as it is written, without the quotes."""
    shown = Faults.quote(text_of(value) or value, _LONGEST_EXAMPLE)
    return to_text(shown[1:-1] if shown.startswith('"') else shown)


def to_settings(uses: Iterable[FieldUse]) -> Iterator[str]:
    """Yield an `article-graph.toml` to begin with, by line: what each field of articles that means nothing may mean.

    Each suggestion stands behind `# `, and holds once that is taken away. A field whose name is like a known one is
    suggested as that, any other by the types of its values.
    """
    unread = [use for use in uses if not use.meanings and "article" in use.kinds and use.name.isprintable()]
    yield "## What the fields of articles mean. Take away `# ` before what shall hold."
    known: dict[str, list[FieldUse]] = {}
    own: dict[str, list[FieldUse]] = {}
    for use in unread:
        like = _like_known(use)
        if like:
            known.setdefault(like, []).append(use)
        else:
            own.setdefault(use.name.lower(), []).append(use)
    if known:
        yield ""
        yield "# [fields]"
        for ours, alike in sorted(known.items()):
            yield f"# {ours} = [{', '.join(_quoted(use.name) for use in alike)}]"
            yield from map(_told, alike)
    taken: set[str] = set()
    for alike in own.values():
        yield ""
        yield from map(_told, alike)
        kind, lines = _suggested(alike[0])
        if kind:
            yield f"# [{kind}.{_name_for(alike[0].name, taken)}]"
            yield f"# fields = [{', '.join(_quoted(use.name) for use in alike)}]"
            yield from (f"# {line}" for line in lines)


def _like_known(use: FieldUse) -> str | None:
    """Return the field of an article that has a name like this one; `None` where none has."""
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extractOne

    known = _known_names()
    found = extractOne(_folded(use.name), known.keys(), scorer=ratio, score_cutoff=_LIKE)
    return known[found[0]] if found else None


def _folded(name: str) -> str:
    return "".join(sign for sign in name.lower() if sign.isalnum())


@cache
def _known_names() -> Mapping[str, str]:
    """Return the field that each known name means, by the name without case and signs."""
    return {
        _folded(name): ours
        for ours, names in reversed(list(ARTICLE.names.items()))
        if ours not in {"secured", "id"}
        for name in (*names, ours)
    }


def _suggested(use: FieldUse) -> tuple[str, tuple[str, ...]]:
    """Return what a field may be read as, `relations` or `literals`, and the settings of it; nothing for a mapping."""
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


def _told(use: FieldUse) -> str:
    """Return in a line what is known of a field."""
    types = ", ".join(name for name, _ in use.types)
    examples = "; ".join(use.examples)
    return f"## {use.name}: {counted(use.documents, 'document')}, {types}" + (f": {examples}" if examples else "")


def _name_for(written: str, taken: set[str]) -> str:
    """Return a name for a row of the vocabulary that reads a field, which no other has."""
    parts = ("".join(sign if sign.isascii() and sign.isalnum() else " " for sign in written)).split()
    stem = "_".join(parts)[:40] or "field"
    if not stem[0].isalpha():
        stem = f"field_{stem}"
    name, number = stem, 1
    while not is_free_name(name) or name.lower() in taken:
        number += 1
        name = f"{stem}_{number}"
    taken.add(name.lower())
    return name


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
