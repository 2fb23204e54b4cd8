"""People: authors by name, with what the records of the site say about them."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import NamedTuple

import msgspec

from graph.names import person_iri
from graph.plain_fields import PersonFields
from graph.reading.record_kinds import record_key
from graph.records import Person
from graph.statements import StatedPerson, Statement
from graph.truth.labels import Counts, Labels, commonest
from graph.truth.pictures import Pictures
from graph.truth.plain_values import PlainValues
from graph.truth.providers import NamedProviders, Providers
from graph.truth.topics import Topics

_FACTS = PlainValues(PersonFields, apart=("url", "aliases"))


class _Mention(NamedTuple):
    """What one document says about a person."""

    is_named: bool
    """Whether it is an article that names them, and not their own record."""
    path: str
    line: int
    stated: StatedPerson

    @property
    def rank(self) -> tuple[bool, str, str, int, bytes]:
        """What orders everything said about a person, whatever the order of reading."""
        value = msgspec.msgpack.encode(self.stated, enc_hook=dict, order="deterministic")
        return self.is_named, self.path, self.stated.name, self.line, value


class PeopleUses(msgspec.Struct, frozen=True):
    """The names of the authors of some articles, and what these say about them."""

    counts: Counts
    """How often each name is used."""
    said: dict[str, list[_Mention]]
    """What is said about each person with more than a name."""


class People:
    """Collects records of people and names of authors, and decides who each name is."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._labels = Labels()
        self._described: dict[str, list[_Mention]] = {}
        self._said: dict[str, list[_Mention]] = {}

    def describe(self, statement: Statement) -> None:
        """Add a document about a person; ignore any other."""
        if isinstance(statement.subject, StatedPerson):
            key = record_key(statement.path)
            own = self._labels.claim(statement.subject.name, (*statement.subject.names, *([key] if key else [])))
            about = _Mention(False, statement.path, statement.line, statement.subject)  # noqa: FBT003
            self._described.setdefault(own, []).append(about)

    def settle(self) -> None:
        """Decide what names mean, after all records are added."""
        self._labels.settle()

    def take(self) -> PeopleUses:
        """Return which authors were named and what was said about them, and begin again."""
        said, self._said = self._said, {}
        return PeopleUses(self._labels.take(), said)

    def add(self, uses: PeopleUses) -> None:
        """Add what others of the same records have counted, in any order."""
        self._labels.add(uses.counts)
        for found, said in uses.said.items():
            self._said.setdefault(found, []).extend(said)

    def use(self, author: StatedPerson, place: tuple[str, int]) -> None:
        """Count the name of an author, and keep what the article at a path and line says about them."""
        found = self._labels.use(author.name)
        if author.url or author.aliases or author.description or author.affiliation:
            self._said.setdefault(found, []).append(_Mention(True, *place, author))  # noqa: FBT003

    def name(self, topics: Topics, providers: NamedProviders) -> None:
        """Count the topics and the organisation of each person, after all authors are counted."""
        for found, records in self._described.items():
            self._said[found] = [*records, *self._said.get(found, ())]
        for said in self._said.values():
            if len(said) > 1:
                said.sort(key=attrgetter("rank"))
            for one in said:
                for label in one.stated.topics:
                    topics.use(label)
            for one in said:
                if one.stated.affiliation:
                    providers.use(one.stated.affiliation, one.path)
                    break

    def iri(self, author: StatedPerson) -> str:
        """Return the IRI of an author."""
        return self._iri(self._labels.find(author.name), author.name)

    def records(self, topics: Topics, providers: Providers, pictures: Pictures) -> Mapping[str, Person]:
        """Return everyone who is named or has a record, by IRI, sorted."""
        people = {}
        for found in self._labels.used():
            counts = self._labels.spellings(found)
            said = self._said.get(found, ())
            own = [one.stated for one in said if not one.is_named]
            stated = [one.stated for one in said]
            label = own[0].name if own else commonest(counts)
            names = {*counts, *(record.name for record in own)} - {label}
            home = next((record.url for record in stated if record.url), None)
            employer = next((record.affiliation for record in stated if record.affiliation), None)
            iri = self._iri(found, label)
            people[iri] = Person(
                iri=iri,
                label=label,
                names=tuple(sorted(names)),
                url=home,
                aliases=tuple(sorted({alias for record in stated for alias in record.aliases} - {home})),
                images=tuple(dict.fromkeys(pictures.add(image for record in stated for image in record.images))),
                affiliation=providers.iri(employer) if employer else None,
                topics=tuple(dict.fromkeys(topics.iri(label) for record in stated for label in record.topics)),
                secured=any(record.secured for record in stated),
                sources=tuple(sorted({one.path for one in said if not one.is_named})),
                extra=dict(sorted(stated[0].extra.items())) if stated else {},
                **_FACTS.of(stated),
            )
        return dict(sorted(people.items()))

    def _iri(self, found: str, label: str) -> str:
        said = self._said.get(found)
        return person_iri(self._base, said[0].stated.name if said else label)
