"""Missing targets of links, and what else must be known about all documents to follow links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import msgspec

from graph.records import Article
from graph.truth.named_places import LearntPlaces


class Wanted(msgspec.Struct, frozen=True):
    """The missing targets of the links of some documents."""

    notes: dict[str, dict[str, set[str]]]
    """The documents that link to each missing note, by its case-folded name and its name."""
    addresses: dict[str, Counter[str]]
    """The spellings of each address outside the graph that relations of the site's own lead to, by `match_key`."""
    words: dict[str, Counter[str]]
    """The words of links to it."""

    def merged(self, other: Wanted) -> Wanted:
        """Return what the links of both lead to."""
        notes = {
            key: {
                name: self.notes.get(key, {}).get(name, set()) | other.notes.get(key, {}).get(name, set())
                for name in {**self.notes.get(key, {}), **other.notes.get(key, {})}
            }
            for key in {**self.notes, **other.notes}
        }
        return Wanted(notes, _summed(self.addresses, other.addresses), _summed(self.words, other.words))


def _summed(one: Mapping[str, Counter[str]], other: Mapping[str, Counter[str]]) -> dict[str, Counter[str]]:
    return {key: one.get(key, Counter()) + other.get(key, Counter()) for key in {**one, **other}}


class Learnt(msgspec.Struct, frozen=True):
    """What must be known about all documents to follow links, besides articles and pages."""

    places: LearntPlaces
    """What links say about the sources."""
    iris: dict[str, str]
    """The node that each document describes."""
    wanted: dict[str, Article]
    """Stubs of missing notes, by case-folded name."""
    outside: dict[str, Article]
    """Stubs of pages outside the graph, by `match_key`."""
