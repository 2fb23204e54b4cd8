"""Questions to a worker, its replies, and how they can fail."""

from __future__ import annotations

from dataclasses import dataclass

from graph.errors import GraphError


@dataclass(frozen=True, slots=True)
class Question:
    """A query, and the format of its answer."""

    sparql: str
    """SPARQL 1.1; the prefixes of `graph.names.PREFIXES` are declared already."""
    format: str
    """A format of `Answer.write` for this form of query."""
    default_graphs: tuple[str, ...] = ()
    """IRIs of the graphs that are merged into the default graph. If these and `named_graphs` are empty, FROM of the
    query decides, or else the whole store is asked."""
    named_graphs: tuple[str, ...] = ()
    """IRIs of the graphs for GRAPH."""
    base_iri: str | None = None
    """The base of relative IRIs in the query."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A complete answer; an incomplete one is an exception."""

    body: bytes
    """The answer in the format of the question, UTF-8."""
    version: str
    """The version of the data, as `Site.version`."""


class Busy(GraphError):  # noqa: N818 - a state of the server, not a mistake
    """All workers are taken and the queue is full, or waiting took too long."""

    def __init__(self, wait: float, message: str = "The server is busy. Try again in a few seconds.") -> None:
        """Take the seconds after which to try again, and what to say."""
        super().__init__(message)
        self.retry_after = max(1, round(wait))


class Crowding(Busy):
    """One client has too many queries running or waiting."""


class Overdue(GraphError):  # noqa: N818 - as above
    """The query reached its deadline and was stopped."""


class TooLarge(GraphError):  # noqa: N818 - as above
    """The answer exceeds its limit."""


class Broken(GraphError):  # noqa: N818 - as above
    """The worker died during the query, mostly for lack of memory."""
