"""Facets: the relations and literals that a site adds, by which its articles can be filtered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec
import numpy as np

from graph.atlas.census import Census
from graph.explorer.columns import Columns
from graph.explorer.safe_text import to_line
from graph.explorer.texts import iri_of, label_of
from graph.pairs import ranked_names
from graph.structure.rows import Rows, rows_from

_MOST_VALUES = 1_000
"""The most values of a facet, the most frequent; other values are left out."""

_LONGEST_VALUE = 60


class Facet(msgspec.Struct, frozen=True):
    """One relation or literal that articles can be filtered by."""

    name: str
    """Its name in the vocabulary."""
    label: str
    """Its label."""
    values: tuple[str, ...]
    """The labels of its values, the most frequent first."""
    keys: tuple[str, ...]
    """The names of the values in an address: the text of a literal, or the IRI of the target."""
    rows: Rows
    """For each article the places of its values, ascending."""

    def to_dict(self) -> dict[str, object]:
        """Return its entry in the header of the page; keys only if they differ from the labels."""
        told: dict[str, object] = {"name": self.name, "label": to_line(self.label), "values": list(self.values)}
        return told if self.keys == self.values else {**told, "keys": list(self.keys)}


def facets_of(census: Census) -> tuple[Facet, ...]:
    """Return the facets that have values. Linear."""
    vocabulary = census.vocabulary
    found: list[Facet] = []
    if any(row.facet for row in vocabulary.relations):
        records = list(census.records())
        for relation in vocabulary.relations:
            if relation.facet:
                sources, targets = census.pairs[relation.name]
                nodes, counts = np.unique(targets, return_counts=True)
                order = np.argsort(-counts, kind="stable")[:_MOST_VALUES]
                place = np.full(census.nodes, -1, np.int64)
                place[nodes[order]] = np.arange(len(order))
                named = [records[node] for node in nodes[order].tolist()]
                values, keys = tuple(map(label_of, named)), tuple(map(iri_of, named))
                places = place[targets]
                rows = rows_from(sources[places >= 0], places[places >= 0], len(census.articles))
                found.append(Facet(relation.name, relation.label, values, keys, rows))
    for literal in vocabulary.literals:
        if literal.facet:
            stated = list(_literals(census, literal.name))
            counts_of = Counter(value for _, value in stated)
            common = ranked_names(counts_of)[:_MOST_VALUES]
            number = {value: at for at, value in enumerate(common)}
            articles = np.array([article for article, _ in stated], np.int64)
            places = np.array([number.get(value, -1) for _, value in stated], np.int64)
            rows = rows_from(articles[places >= 0], places[places >= 0], len(census.articles))
            found.append(Facet(literal.name, literal.label, tuple(common), tuple(common), rows))
    return tuple(facet for facet in found if facet.values)


def add_facets(columns: Columns, facets: tuple[Facet, ...]) -> None:
    """Add the values of all articles as columns; the `.` distinguishes their names from those of relations."""
    for facet in facets:
        columns.add_rows(f"facet.{facet.name}", facet.rows, "u16")


def _literals(census: Census, name: str) -> Iterator[tuple[int, str]]:
    """Yield the articles with a literal and each of its values as text, without duplicates."""
    for number, article in enumerate(census.articles):
        if values := article.literals.get(name):
            for value in dict.fromkeys(map(_shown, values)):
                if value:
                    yield number, value


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return to_line(value, _LONGEST_VALUE)
