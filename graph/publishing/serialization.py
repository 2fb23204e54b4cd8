"""The graph in the syntaxes of RDF: each describes one subject after the other, so several are written in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from graph.truth import Truth
from graph.views import Description, descriptions_of

__all__ = ["Serialization", "side_by_side"]


@dataclass(frozen=True, slots=True)
class Serialization:
    """A truth in one syntax. Iterating over it yields the pieces of its text."""

    truth: Truth
    """What is written."""
    describe: Callable[[Description], str]
    """Returns all that is said of one subject."""
    head: str = ""
    """What stands before all descriptions."""
    between: str = ""
    """What stands between two of them."""
    tail: str = ""
    """What stands after all of them."""

    def __iter__(self) -> Iterator[str]:
        """Yield the text: its head, a piece for each subject, its tail."""
        return (piece for (piece,) in side_by_side([self]))


def side_by_side(serializations: Sequence[Serialization]) -> Iterator[tuple[str, ...]]:
    """Yield the pieces of several serializations of one truth, each subject described once for all of them.

    Describing is half of the work of writing.
    """
    yield tuple(one.head for one in serializations)
    describers = [one.describe for one in serializations]
    between = [one.between for one in serializations]
    gaps = [""] * len(serializations)
    for description in descriptions_of(serializations[0].truth):
        yield tuple([gap + describe(description) for gap, describe in zip(gaps, describers, strict=True)])
        gaps = between
    yield tuple(one.tail for one in serializations)
