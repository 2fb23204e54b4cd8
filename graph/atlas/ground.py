"""What the map depends on: the numbered nodes, their labels, days and relations, and nothing else of a graph."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

import msgspec
import numpy as np

from graph.structure.arrays import Ints, Structure

__all__ = ["NO_DAY", "Ground", "days_of"]

NO_DAY = -(2**31)
"""An unknown day: the smallest 32-bit number."""

_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Ground(Structure):
    """All that the layout reads. Equal grounds give equal layouts."""

    day: Ints
    """Days from 1970-01-01 to the publication of each article, or `NO_DAY`."""

    def ordered(self, order: Ints) -> Self:
        """Return the ground with its articles in another order, given by their present numbers."""
        number = np.arange(self.nodes)
        number[order] = np.arange(len(order))
        return replace(
            self,
            labels=[*(self.labels[place] for place in order.tolist()), *self.labels[self.first_topic :]],
            stub=self.stub[order],
            day=self.day[order],
            pairs={name: (number[sources], number[targets]) for name, (sources, targets) in self.pairs.items()},
        )

    def digest(self) -> bytes:
        """Return a digest of everything in it. Linear in nodes and relations: a few milliseconds for 10,000 nodes."""
        names = list(self.pairs)
        state = hashlib.blake2b(msgspec.msgpack.encode((self.counts, self.labels, names)), digest_size=16)
        for array in (self.stub, self.day, *(ends for name in names for ends in self.pairs[name])):
            state.update(len(array).to_bytes(8, "big") + array.tobytes())
        return state.digest()


def days_of(times: Iterable[str | None]) -> Ints:
    """Return the day of each time in RDF form, counted from 1970-01-01, or `NO_DAY`."""
    texts = [(time or "")[:10] for time in times]
    days = {text: _day(text) for text in set(texts)}
    return np.array([days[text] for text in texts], np.int64)


def _day(text: str) -> int:
    try:
        return date.fromisoformat(text).toordinal() - _EPOCH
    except ValueError:
        return NO_DAY
