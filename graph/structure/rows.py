"""A relation as rows: the targets of each node, one row after the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.errors import DamagedBuildError
from graph.structure.arrays import Ints


class Rows(msgspec.Struct, frozen=True):
    """Rows of numbers in one array."""

    start: NDArray[Any]
    """The start of each row, and the end of the last."""
    to: NDArray[Any]
    """The values of all rows."""

    def __len__(self) -> int:
        return len(self.start) - 1

    def counts(self, nodes: Ints) -> Ints:
        """Return the lengths of the rows of some nodes."""
        counts: Ints = self.start[nodes + 1].astype(np.int64) - self.start[nodes]
        return counts

    def of(self, node: int) -> NDArray[Any]:
        """Return the row of a node.

        Raises:
            DamagedBuildError: The rows are damaged.
        """
        first, end = int(self.start[node]), int(self.start[node + 1])
        if not first <= end <= len(self.to):
            raise _damaged()
        return self.to[first:end]

    def places(self, nodes: NDArray[Any]) -> tuple[Ints, Ints]:
        """Return the starts of the joined rows of some distinct nodes, and the places of their values.

        Raises:
            DamagedBuildError: The rows are damaged.
        """
        first = self.start[nodes].astype(np.int64)
        counts = self.counts(nodes)
        starts = np.append(0, np.cumsum(counts))
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
        """Return the reversed relation: the sources of each node, ascending."""
        count = len(self.start) - 1
        start = self.start.astype(np.int64)
        sources = np.repeat(np.arange(count), start[1:] - start[:-1])
        order = np.argsort(self.to, kind="stable")
        starts = np.append(0, np.cumsum(np.bincount(self.to, minlength=count)))
        return Rows(starts, sources[order])


def rows_from(sources: Ints, targets: Ints, count: int) -> Rows:
    """Return pairs as rows: the targets of each of `count` sources, ascending."""
    starts = np.append(0, np.cumsum(np.bincount(sources, minlength=count)))
    return Rows(starts, targets[np.lexsort((targets, sources))])


def beside_of(rows: Mapping[str, Rows], nodes: int) -> Rows:
    """Return the targets and the sources of each node over all relations, in the order of `rows`."""
    both = [some for row in rows.values() for some in (row, row.reversed())]
    counts = [np.diff(some.start) for some in both]
    starts = np.append(0, np.cumsum(sum(counts, np.zeros(nodes, np.int64))))
    ends = np.empty(starts[-1], np.int64)
    free = starts[:-1].copy()
    for some, count in zip(both, counts, strict=True):
        ends[np.arange(len(some.to)) + np.repeat(free - some.start[:-1], count)] = some.to
        free += count
    return Rows(starts, ends)


def _damaged() -> DamagedBuildError:
    return DamagedBuildError("The explorer's data is damaged. Build again.")
