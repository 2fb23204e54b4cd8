"""What can go wrong: exceptions for misuse, `Problem` for faults in the content."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

_Parameters = ParamSpec("_Parameters")
_Answer = TypeVar("_Answer")


class GraphError(Exception):
    """The base class of all exceptions raised on purpose; the message is one line: place, fact, remedy."""


class SourceError(GraphError):
    """A source or a build that cannot be used: missing, unreadable, or of an unknown kind."""


class NoDocumentsError(SourceError):
    """Sources that can be read but contain no documents."""

    problems: Sequence[Problem] = ()
    """Faults of the content found while reading, sorted by place."""


class DamagedBuildError(SourceError):
    """A file of a build that is damaged, truncated or of another version; building again replaces it."""


class FormatError(GraphError):
    """An invalid argument: an unknown format, table or analysis, or a number out of range."""


class NoSuchNodeError(GraphError, KeyError):
    """A name that no node or several nodes have; the message suggests what may be meant."""

    def __str__(self) -> str:
        return GraphError.__str__(self)  # a `KeyError` would quote the message


class OutputError(GraphError):
    """A path where outputs cannot be written: read-only, full, or not a folder."""


class QueryError(GraphError):
    """A SPARQL query that is malformed, too large or not allowed."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A fault in the content: collected and reported, never raised."""

    path: str
    """The path of the document relative to its source, with `/`; empty if no single document is at fault."""
    line: int
    """The line in the document, from 1; 0 if unknown."""
    kind: str
    """A stable name for this kind of fault, such as `invalid-date`, by which `info` counts."""
    fact: str
    """What is wrong, in one sentence without the place."""
    remedy: str
    """What to do about it, in one sentence."""

    def __str__(self) -> str:
        """Return `path:line: fact. remedy.`, on one line."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.fact}. {self.remedy}." if place else f"{self.fact}. {self.remedy}."


def unharmed(ask: Callable[_Parameters, _Answer]) -> Callable[_Parameters, _Answer]:
    """Decorate a function that reads a mapped file: errors from damaged columns become DamagedBuildError."""

    @functools.wraps(ask)
    def asked(*args: _Parameters.args, **named: _Parameters.kwargs) -> _Answer:
        try:
            return ask(*args, **named)
        except (ArithmeticError, AttributeError, IndexError, TypeError, ValueError, RecursionError) as error:
            raise DamagedBuildError(f"The data is damaged ({error}). Build again.") from error

    return asked
