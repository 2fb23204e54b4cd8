"""Limits on what clients may use."""

from __future__ import annotations

from dataclasses import dataclass

from graph.sizes import MOST_WHOLE


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for one query, for one connection, and for all of them together."""

    deadline: float = 10.0
    """Seconds for a query; then its worker is killed."""
    memory: int = 256 << 20
    """Bytes of memory for a query, apart from the data."""
    answer: int = 32 << 20
    """Bytes of an answer before compression."""
    request: int = 256 << 10
    """Bytes of the body of a request."""
    head: int = 64 << 10
    """Bytes of the address and headers of a request."""
    workers: int = 16
    """Queries that run at once. May exceed the number of processors, as slow queries yield to quick ones."""
    share: int = 8
    """Queries of one client that run at once, and as many more that may wait; always fewer than `workers`. Clients on
    this machine are not limited."""
    queue: int = 64
    """Queries that may wait for a worker; more are refused with 503."""
    patience: float = 3.0
    """Seconds that a query waits for a worker."""
    slow: float = 0.5
    """Seconds after which a query gets a lower priority."""
    client: float = 20.0
    """Seconds for a client to send a request, or to read part of an answer."""
    connections: int = 1_000
    """Connections open at once."""
    threads: int = 2
    """Paths and neighbourhoods for the explorer that are computed at once."""
    whole: int = MOST_WHOLE
    """Articles up to which the explorer is one whole page; with more, it loads what it needs."""

    def __post_init__(self) -> None:
        """Check the limits.

        Raises:
            ValueError: A limit is not above zero, `queue` excepted.
        """
        for name in self.__slots__:
            if getattr(self, name) <= 0 and name != "queue":
                raise ValueError(f"The limit {name!r} must be above zero.")
