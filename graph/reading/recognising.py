"""Finds undeclared folders of records: articles state the names of their files in one of their fields.

digital.gov keeps its sources in `content/sources/source_gsa.md`, and its articles say `source: gsa`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from graph.names import slug
from graph.reading.record_kinds import record_key
from graph.statements import StatedArticle, StatedPerson, StatedProvider, StatedTopic, Statement
from graph.urls import domain_of

_FEWEST = 3
"""The fewest different values of a field for which chance does not explain that files have these names."""
_NAMED = 0.8
"""The part of the values that must be names of files."""
_USED = 0.25
"""The part of the files that must be values."""
_KINDS = ("provider", "person", "topic")


class Values(msgspec.Struct, frozen=True):
    """The values of each field that look like file names."""

    by_kind: Mapping[str, frozenset[str]]
    """By the kind of record that a field names: `provider`, `person`, `topic`."""

    @classmethod
    def of(cls, statements: Iterable[Statement]) -> Values:
        """Return the values that statements use. Linear."""
        values: dict[str, set[str]] = {kind: set() for kind in _KINDS}
        for statement in statements:
            subject = statement.subject
            if isinstance(subject, StatedArticle):
                if subject.provider is not None and subject.provider.domain is None:
                    values["provider"].add(subject.provider.name)
                values["person"].update(author.name for author in subject.authors)
                values["topic"].update(subject.topics)
        return cls(
            {
                kind: frozenset(value for value in found if value and slug(value) == value)
                for kind, found in values.items()
            }
        )

    def merged(self, other: Values) -> Values:
        """Return the values of both."""
        return Values({kind: self.by_kind[kind] | other.by_kind[kind] for kind in _KINDS})

    def name_files(self) -> bool:
        """Return whether any field has enough values to find a folder by."""
        return any(len(found) >= _FEWEST for found in self.by_kind.values())


class _FolderMatch(msgspec.Struct, frozen=True):
    """How the documents of a folder match the values of a field."""

    records: int
    """Documents that may be records."""
    used: int
    """Of these, those that a value names."""
    met: frozenset[str]
    """The values that name one."""


class RecordFolders(msgspec.Struct, frozen=True):
    """How the documents of each folder match the values of each field."""

    matches: Mapping[str, Mapping[str, _FolderMatch | None]]
    """By folder and kind; `None` where a document has a date or states the field itself."""

    @classmethod
    def of(cls, statements: Iterable[Statement], values: Values, decided: Sequence[str]) -> RecordFolders:
        """Compare the names of documents with values; `decided` are folders whose kind is known. Linear."""
        inside: dict[str, list[Statement]] = {}
        for statement in statements:
            subject = statement.subject
            is_open = isinstance(subject, StatedArticle) and subject.concept is None  # a concept states its own type
            if is_open and not statement.path.startswith(tuple(decided) or ("\0",)):
                inside.setdefault(posixpath.dirname(statement.path), []).append(statement)
        return cls({folder: dict(_matches(found, values)) for folder, found in inside.items()})

    def merged(self, other: RecordFolders) -> RecordFolders:
        """Return the matches of the documents of both."""
        merged = dict(self.matches)
        for folder, matches in other.matches.items():
            known = merged.get(folder)
            merged[folder] = (
                matches if known is None else {kind: _added(known[kind], match) for kind, match in matches.items()}
            )
        return RecordFolders(merged)

    def kinds(self, values: Values) -> Mapping[str, str]:
        """Return the kind of the records of each folder that holds any."""
        kinds: dict[str, str] = {}
        for folder, matches in self.matches.items():
            for kind, match in matches.items():
                fewest = max(_FEWEST, _NAMED * len(values.by_kind[kind]))
                if match is not None and len(match.met) >= fewest and match.used >= _USED * match.records:
                    kinds[folder] = kind
                    break
        return kinds


def _matches(statements: Sequence[Statement], values: Values) -> Iterable[tuple[str, _FolderMatch | None]]:
    """Yield how the documents of a folder match the values of each field that has enough."""
    records = [one for one in statements if _key(one)]
    for kind in _KINDS:
        wanted = values.by_kind[kind]
        if len(wanted) < _FEWEST:
            continue
        if any(_states(one.subject, kind) for one in records):
            yield kind, None
            continue
        found = [wanted.intersection(_names_of(one)) for one in records]
        yield kind, _FolderMatch(len(records), sum(map(bool, found)), frozenset().union(*found))


def _added(one: _FolderMatch | None, other: _FolderMatch | None) -> _FolderMatch | None:
    if one is None or other is None:
        return None
    return _FolderMatch(one.records + other.records, one.used + other.used, one.met | other.met)


def _key(statement: Statement) -> str:
    """Return the name by which a document may be called; empty for the index of a folder."""
    is_list = posixpath.basename(statement.path).lower().startswith(("_index.", "index.", "readme."))
    return "" if is_list else record_key(statement.path)


def _names_of(statement: Statement) -> tuple[str, ...]:
    return (_key(statement), *statement.names)


def _states(subject: object, kind: str) -> bool:
    """Return whether a document has a date or states the field whose values such records are."""
    if not isinstance(subject, StatedArticle) or subject.published_at or subject.starts_at:
        return True
    return bool({"provider": subject.provider, "person": subject.authors, "topic": subject.topics}[kind])


def restated(statement: Statement, kinds: Mapping[str, str]) -> Statement:
    """Return the statement of a document, as a record if `kinds` names a kind for its folder."""
    said = statement.subject
    kind = kinds.get(posixpath.dirname(statement.path))
    if kind is None or not isinstance(said, StatedArticle) or not _key(statement):
        return statement
    name = said.title or _key(statement)
    names = tuple(dict.fromkeys(other for other in _names_of(statement) if other != name))
    extra = {key: value for key, value in said.extra.items() if key != "domain"}
    subject: StatedProvider | StatedPerson | StatedTopic
    if kind == "provider":
        domain = said.extra.get("domain")
        found = domain_of(domain) if isinstance(domain, str) else None
        subject = StatedProvider(name, found, said.url, said.excerpt, names=names, images=said.images, extra=extra)
    elif kind == "person":
        subject = StatedPerson(
            name, said.excerpt, names=names, url=said.url, images=said.images, topics=said.topics, extra=said.extra
        )
    else:
        subject = StatedTopic(name, names=names, description=said.excerpt, images=said.images, extra=said.extra)
    return msgspec.structs.replace(statement, subject=subject)
