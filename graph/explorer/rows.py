"""A relation as rows: for each node those it leads to, one row after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.errors import DamagedBuildError

__all__ = ["Rows"]

_Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that lie one behind the other."""

    start: NDArray[Any]
    """Where each row begins; one more tells where the last ends."""
    to: NDArray[Any]
    """The rows' values."""

    def of(self, node: int) -> NDArray[Any]:
        """Return the row of a node.

        Raises:
            DamagedBuildError: The rows are damaged.
        """
        first, end = int(self.start[node]), int(self.start[node + 1])
        if not first <= end <= len(self.to):
            raise _damaged()
        return self.to[first:end]

    def places(self, nodes: NDArray[Any]) -> tuple[_Ints, _Ints]:
        """Return where the rows of some distinct nodes begin when they are put together, and where their values are.

        Raises:
            DamagedBuildError: The rows are damaged.
        """
        first = self.start[nodes].astype(np.int64)
        counts = self.start[nodes + 1].astype(np.int64) - first
        starts = np.zeros(len(nodes) + 1, np.int64)
        np.cumsum(counts, out=starts[1:])
        if len(nodes) and (counts.min() < 0 or starts[-1] > len(self.to) or (first + counts).max() > len(self.to)):
            raise _damaged()
        return starts, np.arange(starts[-1]) + np.repeat(first - starts[:-1], counts)

    def of_many(self, nodes: NDArray[Any]) -> Rows:
        """Return the rows of some distinct nodes.

        Raises:
            DamagedBuildError: The rows are damaged.
        """
        starts, places = self.places(nodes)
        return Rows(starts, self.to[places])

    def between(self, first: int, end: int) -> Rows:
        """Return the rows of the nodes from `first` up to `end`."""
        starts = self.start[first : end + 1].astype(np.int64)
        return Rows(starts - starts[0], self.to[starts[0] : starts[-1]])

    def reversed(self) -> Rows:
        """Return the same relation led the other way: for each node those that lead to it, ascending."""
        count = len(self.start) - 1
        start = self.start.astype(np.int64)
        sources = np.repeat(np.arange(count), start[1:] - start[:-1])
        order = np.argsort(self.to, kind="stable")
        starts = np.zeros(count + 1, np.int64)
        np.cumsum(np.bincount(self.to, minlength=count), out=starts[1:])
        return Rows(starts, sources[order])


def _damaged() -> DamagedBuildError:
    return DamagedBuildError("The explorer's data is damaged. Build again.")
