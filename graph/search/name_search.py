"""Search by name, which tolerates typos."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from itertools import chain
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.search.name_tables import LIST_LENGTH
from graph.search.ranking import RANKING
from graph.search.spelling import Fits, Spelling
from graph.search.words import address_name, cut_question, digest, folded, words_of
from graph.urls import clean_url

_ADDRESS = re.compile(r"\S*://\S*|[^\s/]+\.[^\s/]+/\S*")
_SCHEME = re.compile(r"(?:https?://)?(?:www\.)?", re.IGNORECASE)
_SCHEMES = ("https://", "http://", "https://www.", "http://www.")
_ENDED = re.compile(r"(?:[^\w#+]|_)\Z")
_LAST = "\U0010ffff"
_MOST_BEGUN = 10_000
"""The most nodes that are found by the beginning of their address."""

_OF_DIGEST = "SELECT entry FROM called WHERE digest = ?"
_LISTED = "SELECT data FROM lists WHERE id BETWEEN ? AND ? ORDER BY id"
_OF_ADDRESS = """
    SELECT nodes.id, nodes.iri, nodes.url FROM called JOIN nodes ON nodes.id = called.entry
    WHERE called.digest = ?
"""
_STARTING = "SELECT id FROM nodes WHERE iri >= ? AND iri < ? ORDER BY iri LIMIT ?"
_IRIS = "SELECT wanted.value, nodes.iri FROM json_each(?) AS wanted JOIN nodes ON nodes.id = wanted.value"

_Nodes = NDArray[Any]
_NO_NODES: _Nodes = np.zeros(0, np.int64)


class Meant(msgspec.Struct, frozen=True):
    """The nodes found by name."""

    nodes: Sequence[int]
    """Their numbers: the best in order, or all, ascending."""
    total: int
    """How many there are."""
    guessed: bool = False
    """Whether a word occurs in no name, so that similar words were taken instead."""
    partial: bool = False
    """Whether no name has all words, so that these have as many as any."""


class NameMatches(msgspec.Struct):
    """All nodes found by name."""

    nodes: _Nodes
    """Their numbers, ascending."""
    fits: Fits
    """How well each fits; infinity if its name is the text itself."""
    guessed: bool = False
    """Like that of `Meant`."""
    partial: bool = False
    """Likewise."""

    def best(self, limit: int) -> list[int]:
        """Return those that fit best, in order."""
        return _best(self.nodes, self.fits, limit)


class Names:
    """The words of all names, and the nodes that have them, read from an index on demand."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Load all words, about 40 bytes each, and 21 bytes for each node."""
        columns = dict(database.execute("SELECT name, data FROM columns").fetchall())
        self._database = database
        self.spelling = Spelling(columns["words"])
        """The words."""
        self._starts = np.frombuffer(columns["starts"], "<u4").astype(np.int64)
        self._lengths = np.frombuffer(columns["lengths"], np.uint8)
        self._weights = np.frombuffer(columns["weights"], "<f4")
        self._entries = np.frombuffer(columns["entries"], "<u4").astype(np.int64)
        self._numbers = np.zeros(self._entries.max(initial=0) + 1, np.int64)
        self._numbers[self._entries] = np.arange(1, len(self._entries) + 1)

    @property
    def count(self) -> int:
        """The number of nodes, which are numbered from 1."""
        return len(self._lengths)

    def find(self, words: str, among: NDArray[np.bool_] | None = None) -> NameMatches:
        """Return the nodes found by name; see `SearchIndex.find_numbers`."""
        text = cut_question(words)
        is_wanted = np.ones(len(self._lengths), bool) if among is None else among
        known = self._wanted(addressed(self._database, text), is_wanted)
        if known.size:
            return NameMatches(known, np.zeros(len(known), np.float32))
        plain = folded(text)
        exact = self._wanted([entry for (entry,) in self._database.execute(_OF_DIGEST, (digest(plain),))], is_wanted)
        typed = list(dict.fromkeys(words_of(plain)))[: RANKING.most_words]
        if not typed:
            return NameMatches(exact, np.zeros(len(exact), np.float32))
        hits, scores, guessed = self._count(typed, ended=_ENDED.search(text) is not None)
        hits *= is_wanted
        most = int(hits.max(initial=0))
        if (most < len(typed)) and (begun := self._begun(text, is_wanted)).size:
            return NameMatches(begun, self._weights[begun - 1])
        nodes = np.flatnonzero(hits == most) + 1 if most else _NO_NODES
        fits = scores[nodes - 1] / (1 + RANKING.length * self._lengths[nodes - 1]) + self._weights[nodes - 1]
        fits[np.isin(nodes, exact)] = np.inf
        return NameMatches(nodes, fits, guessed, partial=0 < most < len(typed))

    def _wanted(self, entries: Sequence[int], is_wanted: NDArray[np.bool_]) -> _Nodes:
        """Return the numbers of the nodes with some entries, ascending, without those that are not wanted."""
        nodes = self.numbers_of(np.array(entries, np.int64))
        return nodes[is_wanted[nodes - 1]]

    def _count(self, typed: Sequence[str], *, ended: bool) -> tuple[NDArray[np.uint8], Fits, bool]:
        """Return for each node how many of the words it has, and its score; and whether any word was guessed."""
        count = len(self._lengths)
        hits, scores, guessed = np.zeros(count, np.uint8), np.zeros(count, np.float32), False
        for at, word in enumerate(typed):
            places, fits = self._meant(word, ended=ended or at < len(typed) - 1)
            if not places.size:
                places, fits, _ = self.spelling.near(word)
                guessed = guessed or places.size > 0
            best = self._spread(places, fits)
            hits += best > 0
            scores += best
        return hits, scores, guessed

    def _meant(self, typed: str, *, ended: bool) -> tuple[_Nodes, Fits]:
        """Return the words that begin with a typed word, and how well each fits, from 0 to 1."""
        first, end = self.spelling.beginning(typed)
        places = np.arange(first, end)
        lengths = self.spelling.lengths[first:end]
        fits = (RANKING.beginning if ended else RANKING.last) + RANKING.more_typed * len(typed) / np.maximum(lengths, 1)
        return places, np.where(lengths == len(typed), RANKING.whole, fits).astype(np.float32)

    def _spread(self, places: _Nodes, fits: Fits) -> Fits:
        """Return for each node the best fit of its words, with more weight for rare words."""
        best = np.zeros(len(self._lengths), np.float32)
        counts = self._starts[places + 1] - self._starts[places]
        values = fits * (1 + RANKING.rarity * np.log(1 + len(best) / (1 + counts)))
        breaks = np.flatnonzero(np.diff(places) > 1) + 1  # adjacent words have adjacent lists of nodes
        for run, known in zip(np.split(places, breaks), np.split(np.arange(len(places)), breaks), strict=True):
            if run.size:
                nodes = self._list(int(self._starts[run[0]]), int(self._starts[run[-1] + 1]))
                np.maximum.at(best, nodes - 1, np.repeat(values[known], counts[known]).astype(np.float32))
        return best

    def _list(self, start: int, end: int) -> _Nodes:
        first = start // LIST_LENGTH
        pieces = self._database.execute(_LISTED, (first, (end - 1) // LIST_LENGTH)).fetchall()
        numbers = np.frombuffer(b"".join(piece for (piece,) in pieces), "<u4")
        return numbers[start - first * LIST_LENGTH : end - first * LIST_LENGTH]

    def _begun(self, text: str, is_wanted: NDArray[np.bool_]) -> _Nodes:
        """Return the nodes whose IRI begins with an address, whatever the scheme; of very many the first."""
        address = text.strip()
        rest = _SCHEME.sub("", address, count=1)
        if not rest or not _ADDRESS.fullmatch(address):
            return _NO_NODES
        beginnings = dict.fromkeys((address, *(scheme + rest for scheme in _SCHEMES)))
        ranges = [(beginning, beginning + _LAST, _MOST_BEGUN) for beginning in beginnings]
        rows = chain.from_iterable(self._database.execute(_STARTING, span) for span in ranges)
        return self._wanted(list(set(chain.from_iterable(rows))), is_wanted)

    def most_connected(self, nodes: _Nodes, limit: int) -> list[int]:
        """Return the nodes with the most weight, in order."""
        return _best(nodes, self._weights[nodes - 1], limit)

    def iris(self, nodes: Sequence[int]) -> list[str]:
        """Return the IRIs of nodes, in their order."""
        entries = self.entries_of(nodes)
        known = dict(self._database.execute(_IRIS, (json.dumps(entries),)).fetchall())
        return [known[entry] for entry in entries]

    def numbers_of(self, entries: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the numbers of the nodes with some entries, ascending."""
        return np.sort(self._numbers[entries])

    def entries_of(self, nodes: Sequence[int]) -> list[int]:
        """Return the entries of some nodes, in their order."""
        entries: list[int] = self._entries[np.array(nodes, np.int64) - 1].tolist()
        return entries


def _best(nodes: _Nodes, fits: Fits, limit: int) -> list[int]:
    """Return the nodes that fit best, in order; equals by number."""
    if limit == 0:
        return []
    kept = np.arange(len(nodes))
    if limit < len(nodes):
        least = np.partition(fits, len(fits) - limit)[len(fits) - limit]
        kept = np.flatnonzero(fits >= least)
    order = kept[np.lexsort((nodes[kept], -fits[kept]))]
    return [int(node) for node in nodes[order[:limit]]]


def addressed(database: sqlite3.Connection, text: str) -> list[int]:
    """Return the entries of the nodes with an address; only those with exactly this IRI or URL, if there are any.

    Addresses are compared by their `match_key`. A text that is not an address finds none.
    """
    address = text.strip()
    if not _ADDRESS.fullmatch(address):
        return []
    whole = address if "://" in address else "https://" + address
    rows = database.execute(_OF_ADDRESS, (digest(address_name(clean_url(whole) or whole)),)).fetchall()
    exact = [node for node, iri, url in rows if whole in {iri, url}]
    return exact or [node for node, _, _ in rows]
