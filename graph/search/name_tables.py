"""The tables of names in an index: all words of all names, and the nodes that have them."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Sequence

import numpy as np

from graph.search.ranking import RANKING
from graph.search.words import address_name, digest, folded, words_of

__all__ = ["LIST_LENGTH", "NAMES_SCHEMA", "NameTables"]

NAMES_SCHEMA = """
    CREATE TABLE called (digest INTEGER, node INTEGER, PRIMARY KEY (digest, node)) WITHOUT ROWID;
    CREATE TABLE columns (name TEXT PRIMARY KEY, data BLOB NOT NULL);
    CREATE TABLE lists (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
"""
"""The tables: `called` for whole names and addresses, the others for their words.

In `columns`, `words` are all words in the order of their code points, one a line; `starts` is the offset of the nodes
of each word in `lists`, one long list of node numbers in pieces; `lengths` and `weights` have one value for each node.
"""

LIST_LENGTH = 16384
"""Node numbers in a piece of `lists`."""

_MOST_LENGTH = 255


class NameTables:
    """Collects the names of nodes in the order of their numbers, from 1, and writes them at the end."""

    def __init__(self) -> None:
        """Start with no nodes."""
        self._numbers: dict[str, int] = {}
        self._entries = array("I")
        self._counts = array("I")
        self._lengths = array("B")
        self._weights = array("f")
        self._digests = array("q")
        self._owners = array("I")

    def add(self, names: Sequence[str], addresses: Iterable[str], weight: float) -> None:
        """Add the next node: its label and other names, its addresses, and its weight."""
        numbers = self._numbers
        plain = [folded(name[: RANKING.longest]) for name in names]
        parts = [words_of(name) for name in plain]
        entries = {numbers.setdefault(word, len(numbers)) for words in parts for word in words}
        self._entries.extend(entries)
        self._counts.append(len(entries))
        self._lengths.append(min(len(parts[0]), _MOST_LENGTH))
        self._weights.append(weight)
        digests = {digest(text) for text in (*plain, *map(address_name, set(addresses)))}
        self._digests.extend(digests)
        self._owners.extend([len(self._counts)] * len(digests))

    def write(self, database: sqlite3.Connection) -> None:
        """Write the tables of `NAMES_SCHEMA`, in about linear time."""
        words = sorted(self._numbers)
        places = np.empty(len(words), np.uint32)
        places[np.fromiter((self._numbers[word] for word in words), np.int64, len(words))] = np.arange(len(words))
        entries = places[np.frombuffer(self._entries, np.uint32)]
        starts = np.zeros(len(words) + 1, "<u4")
        np.cumsum(np.bincount(entries, minlength=len(words)), out=starts[1:])
        nodes = np.repeat(np.arange(1, len(self._counts) + 1, dtype="<u4"), np.frombuffer(self._counts, np.uint32))
        order = np.argsort(entries, kind="stable")
        lists = nodes[order]
        pieces = (lists[first : first + LIST_LENGTH] for first in range(0, len(lists), LIST_LENGTH))
        database.executemany("INSERT INTO lists VALUES (?, ?)", ((at, piece.data) for at, piece in enumerate(pieces)))
        columns = {
            "words": "\n".join(words).encode(),
            "starts": starts.tobytes(),
            "lengths": self._lengths.tobytes(),
            "weights": np.frombuffer(self._weights, np.float32).astype("<f4").tobytes(),
        }
        database.executemany("INSERT INTO columns VALUES (?, ?)", columns.items())
        digests, owners = np.frombuffer(self._digests, np.int64), np.frombuffer(self._owners, np.uint32)
        order = np.lexsort((owners, digests))
        rows = zip(digests[order].tolist(), owners[order].tolist(), strict=True)
        database.executemany("INSERT INTO called VALUES (?, ?)", rows)
