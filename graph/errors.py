"""What can go wrong: exceptions for misuse, `Problem` for faults in the content."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

__all__ = [
    "DamagedBuildError",
    "FormatError",
    "GraphError",
    "NoDocumentsError",
    "NoSuchNodeError",
    "OutputError",
    "Problem",
    "QueryError",
    "SourceError",
    "unharmed",
]

_Parameters = ParamSpec("_Parameters")
_Answer = TypeVar("_Answer")


class GraphError(Exception):
    """The family of every exception raised on purpose; its text is one line: place, fact, remedy."""


class SourceError(GraphError):
    """A source or a built graph that cannot be used at all: missing, not readable, of no known kind."""


class NoDocumentsError(SourceError):
    """Sources that can be read and hold no document, so that there is nothing to build."""

    problems: Sequence[Problem] = ()
    """Faults of the content that were found on the way, sorted by place."""


class DamagedBuildError(SourceError):
    """A file of a build that is damaged, cut short or of another version; building again mends it."""


class FormatError(GraphError):
    """An argument that cannot be: a format, table or analysis that does not exist, or a number out of range."""


class NoSuchNodeError(GraphError, KeyError):
    """A name that no node has, or that several have; the message names those that may be meant."""

    def __str__(self) -> str:
        """Return the message, which a `KeyError` would quote."""
        return GraphError.__str__(self)


class OutputError(GraphError):
    """A place where outputs cannot be written: read-only, full, not a folder."""


class QueryError(GraphError):
    """A SPARQL query that is malformed, too large or not allowed."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A fault in the content: collected and reported, never raised."""

    path: str
    """The document's path relative to its source, `/`-separated; empty where no single document is at fault."""
    line: int
    """The line in that document, from 1; 0 where no line can be named."""
    kind: str
    """A stable name for this sort of fault, such as `invalid-date`; what `info` counts by."""
    fact: str
    """What is wrong, in one sentence without the place."""
    remedy: str
    """What to do about it, in one sentence."""

    def __str__(self) -> str:
        """Return `path:line: fact. remedy.`, on one line."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.fact}. {self.remedy}." if place else f"{self.fact}. {self.remedy}."


def unharmed(ask: Callable[_Parameters, _Answer]) -> Callable[_Parameters, _Answer]:
    """Return what asks a map, so that a file whose columns are damaged gives an error in words.

    What it returns raises DamagedBuildError where numbers or texts in the file cannot be.
    """

    @functools.wraps(ask)
    def asked(*args: _Parameters.args, **named: _Parameters.kwargs) -> _Answer:
        try:
            return ask(*args, **named)
        except (ArithmeticError, AttributeError, IndexError, TypeError, ValueError, RecursionError) as error:
            message = f"The data is damaged ({error}). Build again."
            raise DamagedBuildError(message) from error

    return asked
