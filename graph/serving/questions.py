"""What is asked of a worker, what it replies, and how it can fail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph.errors import GraphError

__all__ = ["Broken", "Busy", "Crowding", "Kind", "Overdue", "Question", "Reply", "TooLarge"]

Kind = Literal["table", "boolean", "triples"]
"""What sort of query it was: SELECT, ASK, or CONSTRUCT and DESCRIBE."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query, and how its answer is wanted."""

    sparql: str
    """SPARQL 1.1; the prefixes of `graph.names.PREFIXES` are declared already."""
    format: str
    """One that `Answer.write` has for such an answer."""
    default_graphs: tuple[str, ...] = ()
    """IRIs of the graphs that are merged into the default graph; where these and `named_graphs` are empty, the query's
    own FROM decides, or else the whole store."""
    named_graphs: tuple[str, ...] = ()
    """IRIs of the graphs that GRAPH may name."""
    base_iri: str | None = None
    """What relative IRIs of the query are resolved against."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer: one that was cut short is an exception, never a reply."""

    kind: Kind
    """What sort of query it was."""
    body: bytes
    """The answer as written, UTF-8."""
    format: str
    """In what it is written, as asked for."""
    version: str = ""
    """Which data was asked, as `Site.version`."""


class Busy(GraphError):  # noqa: N818 - a state of the server, not a mistake
    """All workers are taken and the queue is full, or waiting took too long."""

    def __init__(self, message: str, retry_after: int) -> None:
        """Say so, and in how many seconds to try again."""
        super().__init__(message)
        self.retry_after = retry_after


class Crowding(Busy):
    """One client has too many queries under way."""


class Overdue(GraphError):  # noqa: N818 - as above
    """The query ran to its deadline and was stopped."""


class TooLarge(GraphError):  # noqa: N818 - as above
    """The answer is larger than allowed."""


class Broken(GraphError):  # noqa: N818 - as above
    """The worker died of the query: most often it needed more memory than allowed."""
