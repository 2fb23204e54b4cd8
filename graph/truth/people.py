"""People: authors by name, enriched by the site's own records of them."""

from __future__ import annotations

from collections.abc import Mapping

from graph.names import person_iri
from graph.records import Person
from graph.statements import StatedPerson, Statement
from graph.truth.labels import Labels, commonest
from graph.truth.pictures import Pictures
from graph.truth.providers import Providers
from graph.truth.topics import Topics

__all__ = ["People"]


class People:
    """Collects records of people and names of authors, and says who each name is."""

    def __init__(self, base: str) -> None:
        """Mint under `base`."""
        self._base = base
        self._labels = Labels()
        self._described: dict[str, list[tuple[str, StatedPerson]]] = {}

    def describe(self, statement: Statement) -> None:
        """Take a document about a person; any other is passed over."""
        if isinstance(statement.subject, StatedPerson):
            own = self._labels.claim(statement.subject.name, statement.subject.names)
            self._described.setdefault(own, []).append((statement.path, statement.subject))

    def settle(self) -> None:
        """Decide what names mean, once all records are described."""
        self._labels.settle()

    def use(self, author: StatedPerson) -> str:
        """Return the IRI of an author, and remember what the article says of them."""
        found = self._labels.use(author.name)
        if author.url or author.aliases or author.description or author.affiliation:
            self._described.setdefault(found, []).append(("", author))
        return self._iri(found, author.name)

    def records(self, topics: Topics, providers: Providers, pictures: Pictures) -> Mapping[str, Person]:
        """Return everyone named or described, by IRI, sorted."""
        people = {}
        for found in self._labels.used():
            counts = self._labels.spellings(found)
            described = sorted(self._described.get(found, ()), key=lambda item: (not item[0], item[0], item[1].name))
            own = [record for path, record in described if path]
            stated = [record for _, record in described]
            label = own[0].name if own else commonest(counts)
            names = {*counts, *(record.name for record in own)} - {label}
            home = next((record.url for record in stated if record.url), None)
            employer = next((record.affiliation for record in stated if record.affiliation), None)
            iri = self._iri(found, label)
            people[iri] = Person(
                iri=iri,
                label=label,
                names=tuple(sorted(names)),
                description=next((record.description for record in stated if record.description), None),
                location=next((record.location for record in stated if record.location), None),
                url=home,
                aliases=tuple(sorted({alias for record in stated for alias in record.aliases} - {home})),
                heat=next((record.heat for record in stated if record.heat is not None), None),
                images=tuple(dict.fromkeys(pictures.add(image for record in stated for image in record.images))),
                affiliation=providers.use(employer, described[0][0]) if employer else None,
                topics=tuple(dict.fromkeys(topics.use(label) for record in stated for label in record.topics)),
                secured=any(record.secured for record in stated),
                sources=tuple(sorted({path for path, _ in described if path})),
                extra=dict(sorted(stated[0].extra.items())) if stated else {},
            )
        return dict(sorted(people.items()))

    def _iri(self, found: str, label: str) -> str:
        described = self._described.get(found)
        return person_iri(self._base, described[0][1].name if described else label)
