"""The tables of names in an index: all words of all names, and the nodes that have them."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from graph.search.ranking import RANKING
from graph.search.words import address_name, digest, folded, words_of

NAMES_SCHEMA = """
    CREATE TABLE called (digest INTEGER, entry INTEGER, PRIMARY KEY (digest, entry)) WITHOUT ROWID;
    CREATE TABLE columns (name TEXT PRIMARY KEY, data BLOB NOT NULL);
    CREATE TABLE lists (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
"""
"""The tables: `called` for whole names and addresses, the others for their words.

A node has a number, its place among all from 1, and an entry, the id of its rows in other tables. In a new index both
are the same; when nodes are added or removed, the entries of others stay.

In `columns`, `words` are all words in the order of their code points, one a line; `starts` is the offset of the nodes
of each word in `lists`, one long list of node numbers in pieces; `entries`, `lengths` and `weights` have one value for
each node.
"""

LIST_LENGTH = 16384
"""Node numbers in a piece of `lists`."""

_MOST_LENGTH = 255


class NameTables:
    """Collects the names of nodes by their numbers, from 1, and writes them at the end."""

    def __init__(self) -> None:
        """Start with no nodes."""
        self._numbers: dict[str, int] = {}
        self._entries = array("I")
        self._used = array("I")
        self._nodes = array("I")
        self._lengths = array("B")
        self._weights = array("f")
        self._digests = array("q")
        self._owners = array("I")

    @classmethod
    def read(cls, database: sqlite3.Connection, places: NDArray[np.uint32], entries: Sequence[int]) -> NameTables:
        """Return the words of names in tables that `write` wrote, without whole names and addresses.

        `places` has the new number of each node by its old one, or 0 for a node whose names are left out. `entries` are
        those of all nodes, by their new numbers. Nodes without names can be named.

        Raises:
            sqlite3.Error, IndexError, ValueError, KeyError: The tables are damaged.
        """
        tables = cls()
        columns = dict(database.execute("SELECT name, data FROM columns").fetchall())
        words = columns["words"].decode().split("\n") if columns["words"] else []
        tables._numbers = {word: number for number, word in enumerate(words)}
        pieces = database.execute("SELECT data FROM lists ORDER BY id").fetchall()
        nodes = places[np.frombuffer(b"".join(piece for (piece,) in pieces), "<u4")]
        used = np.repeat(np.arange(len(words), dtype=np.uint32), np.diff(np.frombuffer(columns["starts"], "<u4")))
        if len(used) != len(nodes):
            raise ValueError("the lists of nodes are not as long as their starts say")
        tables._used.frombytes(used[nodes > 0].tobytes())
        tables._nodes.frombytes(nodes[nodes > 0].tobytes())
        lengths = np.zeros(len(entries) + 1, np.uint8)
        lengths[places[1:]] = np.frombuffer(columns["lengths"], np.uint8)
        tables._lengths.frombytes(lengths[1:].tobytes())
        tables._entries = array("I", entries)
        return tables

    def add(self, names: Sequence[str], addresses: Iterable[str], weight: float) -> None:
        """Add the next node, whose entry is its number: its label and other names, its addresses, and its weight."""
        self._lengths.append(0)
        self._weights.append(weight)
        self._entries.append(len(self._lengths))
        self.name(len(self._lengths), names, addresses)

    def name(self, node: int, names: Sequence[str], addresses: Iterable[str]) -> None:
        """Name a node that has no names yet."""
        numbers = self._numbers
        plain = [folded(name[: RANKING.longest]) for name in names]
        parts = [words_of(name) for name in plain]
        used = {numbers.setdefault(word, len(numbers)) for words in parts for word in words}
        self._used.extend(used)
        self._nodes.extend([node] * len(used))
        self._lengths[node - 1] = min(len(parts[0]), _MOST_LENGTH)
        digests = {digest(text) for text in (*plain, *map(address_name, set(addresses)))}
        self._digests.extend(digests)
        self._owners.extend([self._entries[node - 1]] * len(digests))

    def weigh(self, weights: NDArray[np.float32]) -> None:
        """Replace the weights of all nodes."""
        self._weights = array("f", weights.tolist())

    def write(self, database: sqlite3.Connection) -> None:
        """Write the tables of `NAMES_SCHEMA`, in about linear time; what is in `called` stays."""
        used, nodes = np.frombuffer(self._used, np.uint32), np.frombuffer(self._nodes, np.uint32)
        occurs = np.bincount(used, minlength=len(self._numbers)) > 0
        words = sorted(word for word, number in self._numbers.items() if occurs[number])
        places = np.zeros(len(self._numbers), np.uint32)
        places[np.fromiter((self._numbers[word] for word in words), np.int64, len(words))] = np.arange(len(words))
        used = places[used]
        starts = np.zeros(len(words) + 1, "<u4")
        np.cumsum(np.bincount(used, minlength=len(words)), out=starts[1:])
        lists = nodes[np.lexsort((nodes, used))].astype("<u4")
        database.execute("DELETE FROM lists")
        database.execute("DELETE FROM columns")
        pieces = (lists[first : first + LIST_LENGTH] for first in range(0, len(lists), LIST_LENGTH))
        database.executemany("INSERT INTO lists VALUES (?, ?)", ((at, piece.data) for at, piece in enumerate(pieces)))
        columns = {
            "words": "\n".join(words).encode(),
            "starts": starts.tobytes(),
            "entries": np.frombuffer(self._entries, np.uint32).astype("<u4").tobytes(),
            "lengths": self._lengths.tobytes(),
            "weights": _to_column(np.frombuffer(self._weights, np.float32)),
        }
        database.executemany("INSERT INTO columns VALUES (?, ?)", columns.items())
        digests, owners = np.frombuffer(self._digests, np.int64), np.frombuffer(self._owners, np.uint32)
        order = np.lexsort((owners, digests))
        rows = zip(digests[order].tolist(), owners[order].tolist(), strict=True)
        database.executemany("INSERT INTO called VALUES (?, ?)", rows)


def write_weights(database: sqlite3.Connection, weights: NDArray[np.float32]) -> None:
    """Replace the weights of all nodes in tables that `NameTables.write` wrote."""
    database.execute("UPDATE columns SET data = ? WHERE name = 'weights'", (_to_column(weights),))


def _to_column(weights: NDArray[np.float32]) -> bytes:
    return weights.astype("<f4").tobytes()
