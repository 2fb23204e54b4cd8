"""Asking the search index: any text is a question, none is an error."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from graph.errors import SourceError
from graph.search.indexing import INDEX_VERSION, check_sqlite, folded, to_index
from graph.truth import Truth

__all__ = ["Found", "Match", "Named", "Pieces", "SearchIndex", "to_object"]

_MOST_WORDS = 12
_LONGEST = 300
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
    FROM nodes JOIN entries ON nodes.id = entries.rowid WHERE nodes.iri = :iri OR nodes.url = :iri ORDER BY nodes.iri
"""

_CALLED = """
    WITH hits AS MATERIALIZED (
        SELECT nodes.iri, nodes.folded <> :whole AS far, bm25(entries, 10.0, 6.0) * nodes.worth AS score
        FROM entries JOIN nodes ON nodes.id = entries.rowid WHERE entries MATCH :words
    )
    SELECT iri, (SELECT count(*) FROM hits) FROM hits ORDER BY far, score, iri LIMIT :limit
"""

Pieces = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it is one of the words looked for."""


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
    title: Pieces
    """The label, with the words looked for marked."""
    text: Pieces
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


@dataclass(frozen=True, slots=True)
class Named:
    """The nodes that a name means."""

    iris: tuple[str, ...]
    """The best, in order; where all were asked for, all of them, in no order of worth."""
    total: int
    """How many there are."""
    guessed: bool
    """Whether a word is spelled like none of a name, so that words near it were taken instead."""
    partial: bool
    """Whether nothing holds all words, so that these hold only some."""


def to_object(found: Found) -> dict[str, object]:
    """Return what was found as plain Python, ready for JSON: `total`, `every_word`, `kinds`, `results`."""
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
    return {"total": found.total, "every_word": found.every_word, "kinds": kinds, "results": results}


class SearchIndex:
    """Finds nodes by words. Complete once made, never written to; may be asked from several threads."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Ask a database that `to_index` made; it must allow use from several threads."""
        self._database = database
        self._turn = threading.Lock()

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
            SourceError: There is no such file, it is no index of this version, or SQLite has no full-text search.
        """
        check_sqlite()
        address = f"file:{quote(str(Path(path).resolve()))}?mode=ro&immutable=1"
        database = None
        try:
            database = sqlite3.connect(address, uri=True, check_same_thread=False)
            (version,) = database.execute("PRAGMA user_version").fetchone()
            database.execute("SELECT count(*) FROM nodes").fetchone()
        except sqlite3.Error as error:
            if database is not None:
                database.close()
            raise _unreadable(path, str(error)) from error
        if version != INDEX_VERSION:
            database.close()
            raise _unreadable(path, f"it is of version {version}, not {INDEX_VERSION}")
        return cls(database)

    def close(self) -> None:
        """Let go of the file or memory."""
        with self._turn:
            self._database.close()

    def find(self, words: str, *, kind: str | None = None, limit: int = 20, offset: int = 0) -> Found:
        """Find nodes that hold every word, or words that begin so; where none does, those that hold some.

        Accents and case do not matter. Whole words count for more than beginnings, names for more than summaries, rare
        words for more than common ones (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and
        Beyond", with a weight per field), and of equals the better connected comes first. A node whose name is the
        whole text comes before all others; an address finds the node it belongs to. Signs mean nothing, so that no text
        is an error: one without words finds nothing. The first 300 characters and 12 words count.

        Linear in the number of nodes that hold the words.
        """
        text = unicodedata.normalize("NFC", words[:_LONGEST].encode("utf-8", "replace").decode())
        parts = [_term(part) for part in text.replace("\0", " ").split() if _has_word(part)][:_MOST_WORDS]
        if not parts:
            return Found((), 0, (), every_word=True)
        with self._turn:
            if "://" in text and (named := self._named(text.strip())):
                return _narrowed(named, kind)
            found = self._ask(" AND ".join(parts), text, kind, limit, offset, every_word=True)
            if not found.kinds and len(parts) > 1:
                found = self._ask(" OR ".join(parts), text, kind, limit, offset, every_word=False)
        return found

    def find_names(self, words: str, *, limit: int | None = 12) -> Named:
        """Find nodes whose label or other names hold every word, or words that begin so; all of them without a limit.

        Where no node's names hold every word, those that hold some are found. A name that is exactly what was typed
        comes first; an address finds the node it belongs to. The first 300 characters and 12 words count.
        """
        text = unicodedata.normalize("NFC", words[:_LONGEST].encode("utf-8", "replace").decode())
        parts = [_term(part) for part in text.replace("\0", " ").split() if _has_word(part)][:_MOST_WORDS]
        with self._turn:
            if "://" in text and (named := self._named(text.strip())):
                return Named(tuple(match.iri for match in named), len(named), guessed=False, partial=False)
            for joint in (" AND ", " OR ") if parts else ():
                question = {
                    "words": "{label names} : (" + joint.join(parts) + ")",
                    "whole": folded(text),
                    "limit": -1 if limit is None else max(limit, 1),
                }
                if rows := self._database.execute(_CALLED, question).fetchall():
                    iris = tuple(str(iri) for iri, _ in rows)[:limit]
                    return Named(iris, int(rows[0][1]), guessed=False, partial=joint == " OR ")
        return Named((), 0, guessed=False, partial=False)

    def _named(self, address: str) -> list[Match]:
        return [_to_match(row) for row in self._database.execute(_NAMED, {"iri": address})]

    def _ask(self, words: str, text: str, kind: str | None, limit: int, offset: int, *, every_word: bool) -> Found:
        question = {"words": words, "kind": kind, "whole": folded(text)}
        best = self._database.execute(_BEST, {**question, "limit": max(limit, 0), "offset": max(offset, 0)}).fetchall()
        counts = json.loads(best[0][1]) if best else dict(self._database.execute(_COUNTED, {"words": words}).fetchall())
        kinds = tuple((str(name), int(count)) for name, count in counts.items())
        total = sum(count for name, count in kinds if kind in {None, name})
        numbers = [int(number) for number, _ in best]
        shown = _SHOWN.replace("{numbers}", ",".join(map(str, numbers)))
        rows = self._database.execute(shown, {"words": words, "open": _OPEN, "close": _CLOSE})
        matches = {row[0]: _to_match(row) for row in rows}
        return Found(tuple(matches[number] for number in numbers), total, kinds, every_word=every_word)


def _has_word(part: str) -> bool:
    """Tell whether a text holds what the index calls a word: letters or digits of any script."""
    return any(
        unicodedata.category(character)[0] in "LN" or unicodedata.category(character) == "Co" for character in part
    )


def _term(part: str) -> str:
    """Return a word as FTS5 wants it, quoted so that none of its signs means anything: whole, or as a beginning."""
    quoted = '"' + part.replace('"', " ") + '"'
    letters = sum(character.isalnum() for character in part)
    return f"({quoted} OR {quoted} *)" if letters > 1 else quoted


def _narrowed(matches: Sequence[Match], kind: str | None) -> Found:
    names = sorted({match.kind for match in matches})
    kinds = tuple((name, sum(match.kind == name for match in matches)) for name in names)
    kept = tuple(match for match in matches if kind in {None, match.kind})
    return Found(kept, len(kept), kinds, every_word=True)


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


def _pieces(text: str) -> Pieces:
    """Return a text in pieces; every second one, between the signs set by SQLite, is a word looked for."""
    parts = text.replace(_CLOSE, _OPEN).split(_OPEN)
    return tuple((part, place % 2 == 1) for place, part in enumerate(parts) if part)


def _unreadable(path: str | os.PathLike[str], reason: str) -> SourceError:
    return SourceError(f"{path}: is no search index that can be read ({reason}). Build with --format search, or all.")
