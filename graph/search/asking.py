"""Search in the index: any text is a valid question."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import threading
import unicodedata
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from graph.displays import counted, to_html
from graph.errors import DamagedBuildError, FormatError
from graph.search.fts5 import as_term, has_word, spelled_or_folded
from graph.search.indexing import INDEX_VERSION, check_sqlite, to_index
from graph.search.name_search import Meant, NameMatches, Names, addressed
from graph.search.ranking import RANKING
from graph.search.words import cut_question, folded, words_of
from graph.truth import Truth

_MOST_GUESSES = 50
_AT_ONCE = 10_000
_OPEN, _CLOSE = "\x02", "\x03"  # texts of the graph have no control characters

_WEIGHTS = "10.0, 6.0, 2.0, 1.5, 1.5, 1.5"  # label, names, text, around, sections, folded
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
    WHERE entries MATCH :words AND entries.rowid IN ({entries})
"""
_COUNTED = """
    SELECT nodes.kind, count(*) FROM entries JOIN nodes ON nodes.id = entries.rowid
    WHERE entries MATCH :words GROUP BY nodes.kind ORDER BY nodes.kind
"""
_NAMED = """
    SELECT nodes.id, nodes.iri, nodes.kind, entries.label, nodes.stub, nodes.url, nodes.published_at, nodes.provider,
        entries.label, substr(entries.text, 1, 300)
    FROM nodes JOIN entries ON nodes.id = entries.rowid WHERE nodes.id IN ({entries}) ORDER BY nodes.iri
"""
# All in one row, as Python waits for its other threads after each.
_IN_TEXTS = "SELECT group_concat(rowid) FROM entries WHERE entries MATCH ?"
_TEXTS = "SELECT label, names, text, sections FROM entries WHERE rowid = ?"
_OCCURS = "SELECT 1 FROM entries WHERE entries MATCH :words LIMIT 1"

Highlighted = tuple[tuple[str, bool], ...]
"""A text in parts, each with whether it is a word of the question."""


@dataclass(frozen=True, slots=True)
class Match:
    """A node that was found."""

    iri: str
    """Its IRI."""
    kind: Literal["article", "provider", "topic", "person"]
    """Its kind."""
    label: str
    """Its label."""
    stub: bool
    """Whether it is an article that is only linked to."""
    url: str | None
    """The address of its page."""
    published_at: str | None
    """When an article was published, in RDF form."""
    provider: str | None
    """The name of the publisher of an article."""
    title: Highlighted
    """The label, with the words of the question marked."""
    text: Highlighted
    """The part of its summary with the most words of the question; empty without a summary."""


@dataclass(frozen=True, slots=True)
class Found:
    """The result of a search."""

    matches: tuple[Match, ...]
    """The best matches, in order."""
    total: int
    """The number of matches of the kind asked for."""
    kinds: tuple[tuple[str, int], ...]
    """The number of matches of each kind that occurs, sorted by kind."""
    every_word: bool
    """Whether the matches have every word; otherwise nothing has, and they have some."""
    guessed: bool
    """Whether a word occurs nowhere, so that similar words were taken instead."""

    def __repr__(self) -> str:
        return f"<Found: {len(self.matches):,} of {counted(self.total, 'match', 'matches')}>"

    def _repr_html_(self) -> str:
        """Return the matches as a table for a notebook."""
        headers = ("label", "kind", "provider", "published_at", "url")
        return to_html(repr(self)[1:-1], [[getattr(one, name) for name in headers] for one in self.matches], headers)


def to_object(found: Found) -> dict[str, object]:
    """Return a result as plain Python, ready for JSON: `total`, `every_word`, `guessed`, `kinds`, `results`."""
    shown = ("iri", "kind", "label", "stub", "url", "published_at", "provider")
    return {
        "total": found.total,
        "every_word": found.every_word,
        "guessed": found.guessed,
        "kinds": dict(found.kinds),
        "results": [
            {
                **{name: getattr(match, name) for name in shown},
                "text": "".join(piece for piece, _ in match.text) or None,
            }
            for match in found.matches
        ],
    }


class SearchIndex:
    """Finds nodes by words. Read-only; may be used from several threads.

    Its databases are closed by `close`, or when nobody refers to it any more.
    """

    def __init__(
        self,
        database: sqlite3.Connection,
        *,
        path: str | os.PathLike[str] = "",
        again: sqlite3.Connection | None = None,
    ) -> None:
        """Search a database that `to_index` made; it must allow use from several threads.

        `path` is its file, for messages; `again` is a second connection to it, so that a search by name does not wait
        for a search in texts.
        """
        self._database = database
        self._names_database = again or database
        self._path = path
        self._turn = threading.RLock()
        self._names_turn = threading.RLock() if again else self._turn
        self._known_names: Names | None = None
        for one in (self._database, self._names_database):
            weakref.finalize(self, one.close)

    @classmethod
    def of_truth(cls, truth: Truth) -> SearchIndex:
        """Index a truth in memory.

        Raises:
            SourceError: This Python's SQLite has no full-text search.
        """
        database = sqlite3.connect(":memory:", check_same_thread=False)
        database.deserialize(to_index(truth))
        return cls(database)

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> SearchIndex:
        """Open an index file, read-only. If the file is replaced, the old content is still read.

        Raises:
            DamagedBuildError: There is no such file, or it is not an index of this version.
            SourceError: SQLite has no full-text search.
        """
        check_sqlite()
        address = f"file:{quote(str(Path(path).resolve()))}?mode=ro&immutable=1"
        with contextlib.ExitStack() as opened:
            try:
                databases = [sqlite3.connect(address, uri=True, check_same_thread=False) for _ in range(2)]
                for database in databases:
                    opened.callback(database.close)
                (version,) = databases[0].execute("PRAGMA user_version").fetchone()
                databases[0].execute("SELECT count(*) FROM nodes").fetchone()
            except sqlite3.Error as error:
                raise _unreadable(path, str(error)) from error
            if version != INDEX_VERSION:
                raise _unreadable(path, f"it is of version {version}, not {INDEX_VERSION}")
            opened.pop_all()
        return cls(databases[0], path=path, again=databases[1])

    def close(self) -> None:
        """Close the database."""
        with self._turn, self._names_turn:
            self._database.close()
            self._names_database.close()

    def find(self, words: str, *, kind: str | None = None, limit: int = 20, offset: int = 0) -> Found:
        """Find nodes that have every word, or words that begin with it; if there are none, those that have some.

        Accents and case do not matter. Whole words count for more than beginnings, names for more than summaries, rare
        words for more than common ones (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and
        Beyond", with a weight per field), and better connected nodes come first among equals. A node whose name equals
        the text comes before all others; an address finds its node. If nothing has every word, a word that occurs
        nowhere is taken for those of the names with the fewest typos, as `find_numbers` tolerates them. Punctuation is
        ignored, so that no text is an error; one without words finds nothing. The first 300 characters and 12 words
        count.

        Linear in the number of nodes that have the words. Raises FormatError for a kind that there is not.
        """
        if kind is not None and kind not in RANKING.kinds:
            raise FormatError(f"There is no kind {kind!r}. Choose one of {', '.join(RANKING.kinds)}.")
        text = unicodedata.normalize("NFC", cut_question(words))
        parts = [part for part in text.split() if has_word(part)][: RANKING.most_words]
        if not parts:
            return Found((), 0, (), every_word=True, guessed=False)
        with self._readable(), self._turn:
            if entries := addressed(self._database, text):
                rows = self._database.execute(_NAMED.replace("{entries}", ",".join(map(str, entries))))
                return _narrowed([_to_match(row) for row in rows], kind)
            for terms, every_word, guessed in self._readings(parts):
                joined = (" AND " if every_word else " OR ").join(terms)
                found = self._ask(joined, text, kind, limit, offset, every_word=every_word, guessed=guessed)
                if found.kinds:
                    return found
        return Found((), 0, (), every_word=len(parts) == 1, guessed=False)

    def find_numbers(
        self, words: str, *, limit: int | None = RANKING.shown, among: NDArray[np.bool_] | None = None
    ) -> Meant:
        """Find nodes whose label or other names have every word, or words that begin with it, best first.

        A word that occurs in no name is taken for similar ones: one typo is tolerated in words of four letters, two in
        those of eight, as in the explorer. If no node has every word, those with the most words are found. A name that
        equals the text comes first, then what fits well, has few other words, and is well connected. An address, or its
        beginning, finds its nodes. Without a limit all are found, in the order of their numbers. The first 300
        characters and 12 words count. `among` has a value for each node and restricts the search to some of them.

        Nodes are returned by their numbers in the index, from 1. About linear in the number of nodes, a few operations
        of numpy each, and in the number of distinct words if some are guessed. The first search loads all words.

        Raises:
            DamagedBuildError: The index is damaged.
        """
        with self._readable(), self._names_turn:
            named = self._names().find(words, among)
        nodes = named.nodes.tolist() if limit is None else named.best(max(limit, 0))
        return Meant(nodes, len(named.nodes), named.guessed, named.partial)

    def find_anywhere(self, words: str, *, limit: int | None, among: NDArray[np.bool_] | None = None) -> Meant:
        """Find nodes by name, as `find_numbers` does, and after them those whose texts have every word.

        The texts of a node are its label, other names, summary and headings; a word also stands for those that begin
        with it, unless it is a single letter. Nodes whose names have only some of the words, or similar ones, are
        found only if no text has all. Of those found by their texts, the best connected come first. In scripts
        without spaces each character is a word. Linear in the nodes that have the words.

        Raises:
            DamagedBuildError: The index is damaged.
        """
        with self._readable(), self._names_turn:
            names = self._names()
            named = names.find(words, among)
        others = self._in_texts(list(dict.fromkeys(words_of(folded(cut_question(words)))))[: RANKING.most_words])
        if among is not None:
            others = others[among[others - 1]]
        if len(others) and (named.guessed or named.partial):
            named = NameMatches(others[:0], np.zeros(0, np.float32))
        others = np.setdiff1d(others, named.nodes, assume_unique=True)
        total = len(named.nodes) + len(others)
        if limit is None:
            return Meant(np.sort(np.append(named.nodes, others)).tolist(), total, named.guessed, named.partial)
        first = named.best(limit := max(limit, 0))
        return Meant([*first, *names.most_connected(others, limit - len(first))], total, named.guessed, named.partial)

    def _in_texts(self, typed: Sequence[str]) -> NDArray[np.int64]:
        """Return the nodes whose own texts have all words, ascending."""
        if not typed:
            return np.zeros(0, np.int64)
        terms = " AND ".join(map(as_term, typed))
        with self._names_turn:
            names = self._names()
        with self._readable(), self._turn:
            asked = f"{{label names text sections folded}} : ({terms})"
            (entries,) = self._database.execute(_IN_TEXTS, (asked,)).fetchone()
            nodes = names.numbers_of(np.fromstring(entries or "", np.int64, sep=","))
            signed = [word for word in typed if word[-1] in "#+"]  # the index knows letters and digits only
            return nodes if not signed else np.array([n for n in nodes.tolist() if self._has(n, signed)], np.int64)

    def _has(self, node: int, typed: Sequence[str]) -> bool:
        with self._names_turn:
            entry = self._names().entries_of([node])
        known = {word for text in self._database.execute(_TEXTS, entry).fetchone() for word in words_of(folded(text))}
        return all(any(word.startswith(begun) for word in known) for begun in typed)

    def iris(self) -> Iterator[list[str]]:
        """Yield the IRIs of all nodes in the order of their numbers, some thousand at a time.

        Raises:
            DamagedBuildError: The index is damaged.
        """
        with self._readable(), self._names_turn:
            count = self._names().count
        for first in range(1, count + 1, _AT_ONCE):
            with self._readable(), self._names_turn:  # a search in between need not wait for all of them
                some = self._names().iris(list(range(first, min(first + _AT_ONCE, count + 1))))
            yield some

    def _names(self) -> Names:
        if self._known_names is None:
            self._known_names = Names(self._names_database)
        return self._known_names

    @contextlib.contextmanager
    def _readable(self) -> Iterator[None]:
        """Raise DamagedBuildError for a damaged index."""
        try:
            yield
        except (sqlite3.Error, ArithmeticError, IndexError, KeyError, TypeError, ValueError) as error:
            raise _unreadable(self._path, str(error)) from error

    def _readings(self, parts: Sequence[str]) -> Iterator[tuple[list[str], bool, bool]]:
        """Yield what a text may mean, likeliest first: terms, whether all must occur, whether some are guessed."""
        spelled = [spelled_or_folded(part) for part in parts]
        yield spelled, True, False
        guessed = [self._guess(part, term) for part, term in zip(parts, spelled, strict=True)]
        if guessed != spelled:
            yield guessed, True, True
        if len(parts) > 1:
            yield spelled, False, False
            if guessed != spelled:
                yield guessed, False, True

    def _guess(self, part: str, term: str) -> str:
        """Return a term for the similar words; that of the word itself if it occurs, or none is similar."""
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
            terms.append("(" + " OR ".join(map(as_term, meant)) + ")" if meant else as_term(word))
        return "(" + " AND ".join(terms) + ")" if near else term

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
        entries = [int(entry) for entry, _ in best]
        shown = _SHOWN.replace("{entries}", ",".join(map(str, entries)))
        rows = self._database.execute(shown, {"words": words, "open": _OPEN, "close": _CLOSE})
        matches = {row[0]: _to_match(row) for row in rows}
        return Found(tuple(matches[entry] for entry in entries), total, kinds, every_word=every_word, guessed=guessed)


def _within(number: int) -> int:
    """Clamp a number to what SQLite takes as a limit."""
    return min(max(number, 0), 2**31 - 1)


def _narrowed(matches: Sequence[Match], kind: str | None) -> Found:
    names = sorted({match.kind for match in matches})
    kinds = tuple((name, sum(match.kind == name for match in matches)) for name in names)
    kept = tuple(match for match in matches if kind in {None, match.kind})
    return Found(kept, len(kept), kinds, every_word=True, guessed=False)


def _to_match(row: tuple[Any, ...]) -> Match:
    _, iri, kind, label, stub, url, published_at, provider, title, text = row
    return Match(iri, kind, label, bool(stub), url, published_at, provider, _pieces(str(title)), _pieces(str(text)))


def _pieces(text: str) -> Highlighted:
    """Split a text at the marks of SQLite; every second piece is a word of the question."""
    parts = text.replace(_CLOSE, _OPEN).split(_OPEN)
    return tuple((part, place % 2 == 1) for place, part in enumerate(parts) if part)


def _unreadable(path: str | os.PathLike[str], reason: str) -> DamagedBuildError:
    return DamagedBuildError(
        f"{path}: cannot be read as a search index ({reason}). Build with --format search, or all."
    )
