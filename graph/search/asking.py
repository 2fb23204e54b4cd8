"""Asking the search index: any text is a question, none is an error."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from graph.errors import DamagedBuildError
from graph.search.indexing import INDEX_VERSION, check_sqlite, to_index
from graph.search.names import Meant, Named, Names, addressed
from graph.search.ranking import RANKING
from graph.search.words import cut, folded, words_of
from graph.truth import Truth

__all__ = ["Found", "Highlighted", "Match", "SearchIndex", "to_object"]

_MOST_GUESSES = 50
_AT_ONCE = 10_000
_OPEN, _CLOSE = "\x02", "\x03"  # no text of the graph holds control characters

_WEIGHTS = "10.0, 6.0, 2.0, 1.5"  # label, names, text, around
_BEST = f"""
    WITH hits AS MATERIALIZED (
        SELECT nodes.id, nodes.kind, nodes.iri, nodes.folded <> :whole AS far,
            bm25(entries, {_WEIGHTS}) * nodes.worth AS score
        FROM entries JOIN nodes ON nodes.id = entries.rowid WHERE entries MATCH :words
    )
    SELECT id, (SELECT json_group_object(kind, number) FROM
        (SELECT kind, count(*) AS number FROM hits GROUP BY kind ORDER BY kind))
    FROM hits WHERE :kind IS NULL OR kind = :kind ORDER BY far, score, iri LIMIT :limit OFFSET :offset
"""  # noqa: S608 - the weights are ours
_SHOWN = """
    SELECT nodes.id, nodes.iri, nodes.kind, entries.label, nodes.stub, nodes.url, nodes.published_at, nodes.provider,
        highlight(entries, 0, :open, :close), snippet(entries, 2, :open, :close, '…', 40)
    FROM entries JOIN nodes ON nodes.id = entries.rowid
    WHERE entries MATCH :words AND entries.rowid IN ({numbers})
"""
_COUNTED = """
    SELECT nodes.kind, count(*) FROM entries JOIN nodes ON nodes.id = entries.rowid
    WHERE entries MATCH :words GROUP BY nodes.kind ORDER BY nodes.kind
"""
_NAMED = """
    SELECT nodes.id, nodes.iri, nodes.kind, entries.label, nodes.stub, nodes.url, nodes.published_at, nodes.provider,
        entries.label, substr(entries.text, 1, 300)
    FROM nodes JOIN entries ON nodes.id = entries.rowid WHERE nodes.id IN ({numbers}) ORDER BY nodes.iri
"""
_OCCURS = "SELECT 1 FROM entries WHERE entries MATCH :words LIMIT 1"

Highlighted = tuple[tuple[str, bool], ...]
"""A text in parts, each with whether it is one of the words looked for."""


@dataclass(frozen=True, slots=True)
class Match:
    """A node that was found."""

    iri: str
    """Its name."""
    kind: Literal["article", "provider", "topic", "person"]
    """What it is."""
    label: str
    """What it is called."""
    stub: bool
    """Whether it is an article known only from links."""
    url: str | None
    """Its page, an IRI."""
    published_at: str | None
    """When an article was published, RDF form."""
    provider: str | None
    """The name of an article's publisher."""
    title: Highlighted
    """The label, with the words looked for marked."""
    text: Highlighted
    """The part of its summary that holds most of the words looked for; empty where it has none."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    matches: tuple[Match, ...]
    """The best, in order."""
    total: int
    """How many there are, of the kind asked for."""
    kinds: tuple[tuple[str, int], ...]
    """How many there are of each kind that occurs, sorted by kind."""
    every_word: bool
    """Whether they hold every word; otherwise nothing did, and they hold some of them."""
    guessed: bool
    """Whether a word is spelled like none that occurs, so that words near it were taken instead."""


def to_object(found: Found) -> dict[str, object]:
    """Return what was found as plain Python, ready for JSON: `total`, `every_word`, `guessed`, `kinds`, `results`."""
    results = [
        {
            "iri": match.iri,
            "kind": match.kind,
            "label": match.label,
            "stub": match.stub,
            "url": match.url,
            "published_at": match.published_at,
            "provider": match.provider,
            "text": "".join(piece for piece, _ in match.text) or None,
        }
        for match in found.matches
    ]
    kinds = dict(found.kinds)
    return {
        "total": found.total,
        "every_word": found.every_word,
        "guessed": found.guessed,
        "kinds": kinds,
        "results": results,
    }


class SearchIndex:
    """Finds nodes by words. Complete once made, never written to; may be asked from several threads."""

    def __init__(
        self,
        database: sqlite3.Connection,
        *,
        path: str | os.PathLike[str] = "",
        again: sqlite3.Connection | None = None,
    ) -> None:
        """Ask a database that `to_index` made; it must allow use from several threads.

        `path` is its file, for messages; `again` is a second connection to it, so that names are found while long
        texts are searched.
        """
        self._database = database
        self._names_database = again or database
        self._path = path
        self._turn = threading.RLock()
        self._names_turn = threading.RLock() if again else self._turn
        self._known_names: Names | None = None

    @classmethod
    def of_truth(cls, truth: Truth) -> SearchIndex:
        """Index a truth in memory.

        Raises:
            SourceError: This Python's SQLite has no full-text search.
        """
        data = to_index(truth)
        database = sqlite3.connect(":memory:", check_same_thread=False)
        database.deserialize(data)
        return cls(database)

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> SearchIndex:
        """Open an index file, read-only. A file that is replaced meanwhile goes on being read as it was.

        Raises:
            DamagedBuildError: There is no such file, or it is not an index of this version.
            SourceError: SQLite has no full-text search.
        """
        check_sqlite()
        address = f"file:{quote(str(Path(path).resolve()))}?mode=ro&immutable=1"
        databases: list[sqlite3.Connection] = []
        try:
            databases += [sqlite3.connect(address, uri=True, check_same_thread=False) for _ in range(2)]
            (version,) = databases[0].execute("PRAGMA user_version").fetchone()
            databases[0].execute("SELECT count(*) FROM nodes").fetchone()
        except sqlite3.Error as error:
            for database in databases:
                database.close()
            raise _unreadable(path, str(error)) from error
        if version != INDEX_VERSION:
            for database in databases:
                database.close()
            raise _unreadable(path, f"it is of version {version}, not {INDEX_VERSION}")
        return cls(databases[0], path=path, again=databases[1])

    def close(self) -> None:
        """Let go of the file or memory."""
        with self._turn, self._names_turn:
            self._database.close()
            self._names_database.close()

    def find(self, words: str, *, kind: str | None = None, limit: int = 20, offset: int = 0) -> Found:
        """Find nodes that hold every word, or words that begin so; where none does, those that hold some.

        Accents and case do not matter. Whole words count for more than beginnings, names for more than summaries, rare
        words for more than common ones (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and
        Beyond", with a weight per field), and of equals the better connected comes first. A node whose name is the
        whole text comes before all others; an address finds the node it belongs to. Where nothing holds every word, a
        word that occurs nowhere is taken for those of the names that are the fewest slips away, as many as
        `find_names` forgives. Signs mean nothing, so that no text is an error: one without words finds nothing. The
        first 300 characters and 12 words count.

        Linear in the number of nodes that hold the words.
        """
        text = unicodedata.normalize("NFC", cut(words))
        parts = [part for part in text.split() if _has_word(part)][: RANKING.most_words]
        if not parts:
            return Found((), 0, (), every_word=True, guessed=False)
        with self._readable(), self._turn:
            if nodes := addressed(self._database, text):
                return _narrowed(self._shown(nodes), kind)
            for terms, every_word, guessed in self._readings(parts):
                joined = (" AND " if every_word else " OR ").join(terms)
                found = self._ask(joined, text, kind, limit, offset, every_word=every_word, guessed=guessed)
                if found.kinds:
                    return found
        return Found((), 0, (), every_word=len(parts) == 1, guessed=False)

    def find_names(self, words: str, *, limit: int | None = RANKING.shown) -> Named:
        """Find nodes whose label or other names hold every word, or words that begin so, best first.

        A word that no name has is taken for the words it is near: one slip is forgiven in words of four letters, two in
        those of eight, as in the explorer. Where no node holds every word, those that hold the most are found. A name
        that is exactly what was typed comes first, then what fits well, has few other words, and is well connected. An
        address, or the beginning of one, finds its nodes. Without a limit all are found, in the order of their numbers
        in the index. Signs mean nothing; the first 300 characters and 12 words count.

        About linear in the number of nodes, a few operations of numpy each, and in the number of distinct words where
        some are guessed. All words are loaded when first asked for.
        """
        meant = self.find_numbers(words, limit=limit)
        iris = [iri for some in self.iris(meant.nodes) for iri in some]
        return Named(tuple(iris), meant.total, guessed=meant.guessed, partial=meant.partial)

    def find_numbers(
        self, words: str, *, limit: int | None = RANKING.shown, among: NDArray[np.bool_] | None = None
    ) -> Meant:
        """Find the same, and return the numbers of the nodes in the index, from 1.

        Of all nodes only those that `among` says are looked at: one value for each, in the order of their numbers.

        Raises:
            DamagedBuildError: The index is damaged.
        """
        with self._readable(), self._names_turn:
            return self._names().find(words, limit if limit is None else max(limit, 0), among)

    def iris(self, nodes: Sequence[int] | None = None) -> Iterator[list[str]]:
        """Yield the IRIs of nodes by their numbers, some thousand at a time; of all nodes where none are given.

        Raises:
            DamagedBuildError: The index is damaged.
        """
        with self._readable(), self._names_turn:
            names = self._names()
        numbers = range(1, names.count + 1) if nodes is None else nodes
        for first in range(0, len(numbers), _AT_ONCE):
            with self._readable(), self._names_turn:  # who asks for few need not wait until all of many are told
                some = names.iris(list(numbers[first : first + _AT_ONCE]))
            yield some

    def _names(self) -> Names:
        if self._known_names is None:
            self._known_names = Names(self._names_database)
        return self._known_names

    @contextlib.contextmanager
    def _readable(self) -> Iterator[None]:
        """Tell what cannot be read of the index in words."""
        try:
            yield
        except (sqlite3.Error, ArithmeticError, IndexError, KeyError, TypeError, ValueError) as error:
            raise _unreadable(self._path, str(error)) from error

    def _readings(self, parts: Sequence[str]) -> Iterator[tuple[list[str], bool, bool]]:
        """Yield what a text may mean, the likeliest first: terms, whether all must occur, whether some are guessed."""
        spelled = [_term(part) for part in parts]
        yield spelled, True, False
        guessed = [self._guess(part, term) for part, term in zip(parts, spelled, strict=True)]
        if guessed != spelled:
            yield guessed, True, True
        if len(parts) > 1:
            yield spelled, False, False
            if guessed != spelled:
                yield guessed, False, True

    def _guess(self, part: str, term: str) -> str:
        """Return the term of the words that a word may be meant to be; its own where it occurs or none is near."""
        if self._database.execute(_OCCURS, {"words": term}).fetchone():
            return term
        with self._names_turn:
            spelling = self._names().spelling
        terms = []
        near = False
        for word in words_of(folded(part)):
            first, end = spelling.beginning(word)
            meant = [] if first < end else spelling.nearest(word)[:_MOST_GUESSES]
            near = near or bool(meant)
            terms.append("(" + " OR ".join(map(_term, meant)) + ")" if meant else _term(word))
        return "(" + " AND ".join(terms) + ")" if near else term

    def _shown(self, nodes: Sequence[int]) -> list[Match]:
        numbers = ",".join(map(str, nodes))
        return [_to_match(row) for row in self._database.execute(_NAMED.replace("{numbers}", numbers))]

    def _ask(
        self, words: str, text: str, kind: str | None, limit: int, offset: int, *, every_word: bool, guessed: bool
    ) -> Found:
        question = {"words": words, "kind": kind, "whole": folded(text)}
        best = self._database.execute(
            _BEST, {**question, "limit": _within(limit), "offset": _within(offset)}
        ).fetchall()
        counts = json.loads(best[0][1]) if best else dict(self._database.execute(_COUNTED, {"words": words}).fetchall())
        kinds = tuple((str(name), int(count)) for name, count in counts.items())
        total = sum(count for name, count in kinds if kind in {None, name})
        numbers = [int(number) for number, _ in best]
        shown = _SHOWN.replace("{numbers}", ",".join(map(str, numbers)))
        rows = self._database.execute(shown, {"words": words, "open": _OPEN, "close": _CLOSE})
        matches = {row[0]: _to_match(row) for row in rows}
        return Found(tuple(matches[number] for number in numbers), total, kinds, every_word=every_word, guessed=guessed)


def _within(number: int) -> int:
    """Return a number as SQLite can count: not below nothing, and of 32 bits."""
    return min(max(number, 0), 2**31 - 1)


def _has_word(part: str) -> bool:
    """Tell whether a text holds what the index calls a word: letters or digits of any script."""
    return any(
        unicodedata.category(character)[0] in "LN" or unicodedata.category(character) == "Co" for character in part
    )


def _term(part: str) -> str:
    """Return a word as FTS5 wants it, quoted so that none of its signs means anything: whole, or as a beginning."""
    quoted = _quoted(part)
    letters = sum(character.isalnum() for character in part)
    return f"({quoted} OR {quoted} *)" if letters > 1 else quoted


def _quoted(part: str) -> str:
    return '"' + part.replace('"', " ") + '"'


def _narrowed(matches: Sequence[Match], kind: str | None) -> Found:
    names = sorted({match.kind for match in matches})
    kinds = tuple((name, sum(match.kind == name for match in matches)) for name in names)
    kept = tuple(match for match in matches if kind in {None, match.kind})
    return Found(kept, len(kept), kinds, every_word=True, guessed=False)


def _to_match(row: tuple[object, ...]) -> Match:
    _, iri, kind, label, stub, url, published_at, provider, title, text = row
    return Match(
        iri=str(iri),
        kind=str(kind),  # type: ignore[arg-type] # what `to_index` wrote
        label=str(label),
        stub=bool(stub),
        url=None if url is None else str(url),
        published_at=None if published_at is None else str(published_at),
        provider=None if provider is None else str(provider),
        title=_pieces(str(title)),
        text=_pieces(str(text)),
    )


def _pieces(text: str) -> Highlighted:
    """Return a text in pieces; every second one, between the signs set by SQLite, is a word looked for."""
    parts = text.replace(_CLOSE, _OPEN).split(_OPEN)
    return tuple((part, place % 2 == 1) for place, part in enumerate(parts) if part)


def _unreadable(path: str | os.PathLike[str], reason: str) -> DamagedBuildError:
    return DamagedBuildError(
        f"{path}: is no search index that can be read ({reason}). Build with --format search, or all."
    )
