"""Search by name, with the IRIs of what is found."""

from __future__ import annotations

from typing import NamedTuple

from graph.search import SearchIndex

__all__ = ["Named", "find_names"]


class Named(NamedTuple):
    """The nodes that a name means."""

    iris: tuple[str, ...]
    """Their IRIs, in order."""
    total: int
    """How many there are."""
    guessed: bool
    """Whether a word was guessed."""
    partial: bool
    """Whether they have only some of the words."""


def find_names(index: SearchIndex, words: str, limit: int | None = 12, *, texts: bool = False) -> Named:
    """Return what `find_numbers` finds; with `texts`, what `find_anywhere` finds."""
    meant = (index.find_anywhere if texts else index.find_numbers)(words, limit=limit)
    iris = [iri for some in index.iris() for iri in some]
    return Named(tuple(iris[number - 1] for number in meant.nodes), meant.total, meant.guessed, meant.partial)
