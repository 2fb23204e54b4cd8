"""How much of the machine the public may use."""

from __future__ import annotations

from dataclasses import dataclass

from graph.sizes import MOST_WHOLE

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query, one connection and all of them together may cost."""

    deadline: float = 10.0
    """Seconds that a query may run; then its worker is killed."""
    memory: int = 256 << 20
    """Bytes that a query may use beside the data."""
    answer: int = 32 << 20
    """Bytes that an answer may have, before compression."""
    request: int = 256 << 10
    """Bytes that the body of a request may have."""
    head: int = 64 << 10
    """Bytes that the address and the headers of a request may have."""
    workers: int = 16
    """Queries that run at once. More than there are processors: slow ones give way to quick ones."""
    share: int = 8
    """Queries of one client that run at once, and as many more that wait; never all workers. This machine's own clients
    are not counted."""
    queue: int = 64
    """Queries that wait for a worker; further ones are told to try again."""
    patience: float = 3.0
    """Seconds that a query waits for a worker."""
    slow: float = 0.5
    """Seconds after which a query gives way to others."""
    client: float = 20.0
    """Seconds in which a client must have sent a request, or taken some of an answer."""
    connections: int = 1_000
    """Connections open at once."""
    threads: int = 2
    """Ways and surroundings that the explorer asks for, computed at once."""
    whole: int = MOST_WHOLE
    """Articles up to which the explorer is one page; of more, it asks for what it needs."""

    def __post_init__(self) -> None:
        """Refuse what would let nothing through.

        Raises:
            ValueError: A limit is not above zero, `queue` excepted.
        """
        for name in self.__slots__:
            if getattr(self, name) <= 0 and name != "queue":
                message = f"The limit {name!r} must be above zero."
                raise ValueError(message)
