"""What the map depends on: the numbered nodes, their labels, days and relations, and nothing else of a graph."""

from __future__ import annotations

import hashlib
from typing import Any, Self

import msgspec
import numpy as np

from graph.structure.arrays import Ints, Structure


class Ground(Structure, frozen=True):
    """Everything that the layout reads. Equal grounds give equal layouts."""

    def topic_node(self, place: int) -> int:
        """Return the number of the node of a topic, given its place among the topics; -1 for what is below 0."""
        return self.first_topic + place if place >= 0 else -1

    def ordered(self, order: Ints) -> Self:
        """Return the ground with its articles in another order, given by their present numbers."""
        number = np.arange(self.nodes)
        number[order] = np.arange(len(order))
        return msgspec.structs.replace(
            self,
            labels=[*(self.labels[place] for place in order.tolist()), *self.labels[self.first_topic :]],
            stub=self.stub[order],
            days=self.days[order],
            sources=[self.sources[place] for place in order.tolist()],
            pairs={name: (number[sources], number[targets]) for name, (sources, targets) in self.pairs.items()},
        )

    def without_titles(self) -> Self:
        """Return the ground without the labels of articles."""
        return msgspec.structs.replace(self, labels=[*([""] * self.first_topic), *self.labels[self.first_topic :]])

    def digest(self) -> bytes:
        """Return a digest of everything in it. Linear in nodes and relations: a few milliseconds for 10,000 nodes."""
        names = list(self.pairs)
        state = hashlib.blake2b(
            _encoded((self.counts, self.labels, self.sources, self.language, names)), digest_size=16
        )
        for array in (self.stub, self.days, *(ends for name in names for ends in self.pairs[name])):
            state.update(len(array).to_bytes(8, "big") + array.tobytes())
        return state.digest()


def digest_of_value(value: object) -> bytes:
    """Return a digest of a structure that may contain arrays."""
    return hashlib.blake2b(_encoded(value), digest_size=16).digest()


def packed(array: np.ndarray[Any, Any]) -> tuple[str, bytes]:
    """Return the type and the bytes of an array, because MessagePack has no type for arrays."""
    return array.dtype.str, array.tobytes()


def _encoded(value: object) -> bytes:
    try:
        return msgspec.msgpack.encode(value, enc_hook=packed)
    except UnicodeEncodeError:  # half of a surrogate pair, which only a truth made by hand contains
        return repr(msgspec.to_builtins(value, enc_hook=packed)).encode("ascii", "backslashreplace")
