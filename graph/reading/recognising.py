"""Finds undeclared folders of records: articles state the names of their files in one of their fields.

digital.gov keeps its sources in `content/sources/source_gsa.md`, and its articles say `source: gsa`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from graph.names import slug
from graph.reading.record_kinds import key_of
from graph.statements import StatedArticle, StatedPerson, StatedProvider, StatedTopic, Statement
from graph.urls import domain_of

__all__ = ["recognised"]

_FEWEST = 3
"""Different values of a field, from which on chance does not explain that files are called so."""
_NAMED = 0.8
"""The part of the values that must be names of files."""
_USED = 0.25
"""The part of the files that must be values."""
_KINDS = ("provider", "person", "topic")


def recognised(statements: Sequence[Statement], decided: Sequence[str] = ()) -> Sequence[Statement]:
    """Return the statements, those of folders that hold records as records.

    `decided` are folders whose kind is known. Articles in a folder of records state no date, and not the field whose
    values they are. Linear.
    """
    values = _values(statements)
    if not any(len(found) >= _FEWEST for found in values.values()):
        return statements
    kinds = dict(_folders(statements, values, tuple(decided)))
    if not kinds:
        return statements
    return [_restated(statement, kinds.get(posixpath.dirname(statement.path))) for statement in statements]


def _values(statements: Iterable[Statement]) -> dict[str, set[str]]:
    """Return the values of each field that look like file names."""
    values: dict[str, set[str]] = {kind: set() for kind in _KINDS}
    for statement in statements:
        subject = statement.subject
        if isinstance(subject, StatedArticle):
            if subject.provider is not None and subject.provider.domain is None:
                values["provider"].add(subject.provider.name)
            values["person"].update(author.name for author in subject.authors)
            values["topic"].update(subject.topics)
    return {kind: {value for value in found if value and slug(value) == value} for kind, found in values.items()}


def _folders(
    statements: Iterable[Statement], values: dict[str, set[str]], decided: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """Yield each folder of records and their kind."""
    inside: dict[str, list[Statement]] = {}
    for statement in statements:
        subject = statement.subject
        is_open = isinstance(subject, StatedArticle) and subject.concept is None  # a concept says itself what it is
        if is_open and not statement.path.startswith(decided or ("\0",)):
            inside.setdefault(posixpath.dirname(statement.path), []).append(statement)
    for folder, found in inside.items():
        records = [one for one in found if _key(one)]
        for kind in _KINDS:
            wanted = values[kind]
            if len(wanted) < _FEWEST or any(_states(one.subject, kind) for one in records):
                continue
            used = [one for one in records if not wanted.isdisjoint(_names_of(one))]
            met = wanted.intersection(name for one in used for name in _names_of(one))
            if len(met) >= max(_FEWEST, _NAMED * len(wanted)) and len(used) >= _USED * len(records):
                yield folder, kind
                break


def _key(statement: Statement) -> str:
    """Return the name by which a document may be called; empty for the index of a folder."""
    is_list = posixpath.basename(statement.path).lower().startswith(("_index.", "index.", "readme."))
    return "" if is_list else key_of(statement.path)


def _names_of(statement: Statement) -> tuple[str, ...]:
    return (_key(statement), *statement.names)


def _states(subject: object, kind: str) -> bool:
    """Tell whether a document has a date or states the field whose values such records are."""
    if not isinstance(subject, StatedArticle) or subject.published_at or subject.starts_at:
        return True
    return bool({"provider": subject.provider, "person": subject.authors, "topic": subject.topics}[kind])


def _restated(statement: Statement, kind: str | None) -> Statement:
    said = statement.subject
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
    return replace(statement, subject=subject)
