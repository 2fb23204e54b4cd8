"""The search index: an SQLite database with a full-text table (FTS5)."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from graph.errors import SourceError
from graph.records import Article, Person, Provider, Record, Topic
from graph.search.name_tables import NAMES_SCHEMA, NameTables
from graph.search.ranking import RANKING
from graph.search.words import differently_folded, folded
from graph.truth import Truth
from graph.views import targets_of
from graph.vocabulary import KINDS

INDEX_VERSION = 5
"""The `PRAGMA user_version` of an index; an index of another version is built again."""

ENTRY_COLUMNS = "label, names, text, around, sections, folded"
"""The columns of the full-text table, in the order of `texts_of`."""

PUT_NODE = "INSERT INTO nodes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
"""Adds a row of `nodes`, as `node_of` returns it."""

PUT_ENTRY = f"INSERT INTO entries (rowid, {ENTRY_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - names of columns
"""Adds an entry: its number, and the texts of `texts_of`."""

_WORDS_IN_MEMORY = 16 * 1024 * 1024
"""Bytes of the index that FTS5 collects before it writes them: with its default of 1 MB it merges more often."""

_SCHEMA = f"""
    PRAGMA page_size = 4096;
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA user_version = {INDEX_VERSION};
    CREATE TABLE nodes (
        id INTEGER PRIMARY KEY,
        iri TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        stub INTEGER NOT NULL,
        folded TEXT NOT NULL,
        worth REAL NOT NULL,
        url TEXT,
        published_at TEXT,
        provider TEXT
    );
    CREATE VIRTUAL TABLE entries USING fts5 (
        {ENTRY_COLUMNS}, prefix = '2 3',
        tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co M*'"
    );
    {NAMES_SCHEMA}
"""
_AT_ONCE = 10_000
"""Relations that are counted together, which is quicker, and few enough to be in memory."""
_STUB = 0.6
_NOT_ARTICLE = 1.5
_PER_DOUBLING = 0.08


def to_index(truth: Truth) -> bytes:
    """Return the search index of a truth, as the bytes of an SQLite database.

    The same truth and the same SQLite give the same bytes. Time and size are linear in the text: about a second and
    5 MB for five thousand articles with their summaries.

    Raises:
        SourceError: This Python's SQLite has no full-text search.
    """
    with _filled(":memory:", truth) as database:
        return database.serialize()


def write_index(truth: Truth, path: Path) -> None:
    """Write the search index of a truth into a new file; memory grows with the words of all names.

    Raises:
        SourceError: This Python's SQLite has no full-text search.
        OSError: The file cannot be written.
    """
    try:
        with _filled(os.fspath(path), truth):
            pass
    except sqlite3.OperationalError as error:
        raise OSError(0, str(error)) from error


@contextlib.contextmanager
def _filled(place: str, truth: Truth) -> Iterator[sqlite3.Connection]:
    check_sqlite()
    degrees = degrees_of(truth)
    names = NameTables()
    with contextlib.closing(sqlite3.connect(place, isolation_level=None)) as database:
        database.executescript(_SCHEMA)
        database.execute("INSERT INTO entries (entries, rank) VALUES ('hashsize', ?)", (_WORDS_IN_MEMORY,))
        database.execute("BEGIN")
        for number, record in enumerate(truth.records(), start=1):
            database.execute(PUT_NODE, node_of(number, record, truth, degrees))
            database.execute(PUT_ENTRY, (number, *texts_of(record, truth)))
            names.add((record.label, *names_of(record)), addresses_of(record), weight_of(record, degrees))
        names.write(database)
        database.execute("INSERT INTO entries (entries) VALUES ('optimize')")
        database.execute("COMMIT")
        database.execute("VACUUM")
        yield database


def check_sqlite() -> None:
    """Check that SQLite has full-text search.

    Raises:
        SourceError: It was compiled without FTS5.
    """
    database = sqlite3.connect(":memory:")
    try:
        database.execute("CREATE VIRTUAL TABLE probe USING fts5 (text)")
    except sqlite3.OperationalError as error:
        message = f"SQLite {sqlite3.sqlite_version}: was compiled without full-text search (FTS5). "
        raise SourceError(message + "Use a Python with it, such as those of python.org.") from error
    finally:
        database.close()


def degrees_of(truth: Truth) -> Counter[str]:
    """Return the number of relations of each node."""
    degrees: Counter[str] = Counter()
    found = targets_of(truth)
    while rows := list(islice(found, _AT_ONCE)):
        degrees.update(chain.from_iterable(targets for _, _, targets in rows))
        for source, _, targets in rows:
            degrees[source] += len(targets)
    return degrees


def node_of(entry: int, record: Record, truth: Truth, degrees: Counter[str]) -> tuple[object, ...]:
    """Return a row of `nodes`; `worth` raises the rank of connected nodes, and lowers that of stubs."""
    worth = 1.0 + _PER_DOUBLING * degrees[record.iri].bit_length()
    article = record if isinstance(record, Article) else None
    worth *= (_STUB if article.stub else 1.0) if article else _NOT_ARTICLE
    return (
        entry,
        record.iri,
        KINDS[type(record)][0],
        int(article.stub) if article else 0,
        folded(record.label),
        round(worth, 4),
        getattr(record, "url", None),
        article.published_at if article else None,
        truth.providers[article.provider].label if article and article.provider else None,
    )


def weight_of(record: Record, degrees: Counter[str]) -> float:
    """Return the weight of a node in searches by name."""
    is_stub = isinstance(record, Article) and record.stub
    return RANKING.weight(KINDS[type(record)][0], degrees[record.iri], stub=is_stub)


def names_of(record: Record) -> tuple[str, ...]:
    """Return the names of a node besides its label."""
    match record:
        case Provider():
            return (*record.names, record.domain) if record.domain else record.names
        case Topic():
            return (*record.names, *record.keywords, *record.hashtags)
        case Article() | Person():
            return record.names


def addresses_of(record: Record) -> Iterator[str]:
    """Yield the addresses that find a node."""
    yield record.iri
    if url := getattr(record, "url", None):
        yield url
    if isinstance(record, Article):
        yield from record.amp_urls
        yield from record.aliases


def texts_of(record: Record, truth: Truth) -> tuple[str, str, str, str, str, str]:
    """Return the texts that are searched: label, other names, summary, the labels of neighbours, and headings.

    The last text is the words of the others, except the labels of neighbours, that the index folds differently from
    the explorer, folded.
    """
    around: list[str | None] = []
    if isinstance(record, Article):
        around += [truth.providers[record.provider].label] if record.provider else []
        around += [truth.topics[iri].label for iri in record.topics]
        around += [truth.people[iri].label for iri in record.authors]
    elif isinstance(record, Person):
        around += [record.location, "; ".join(truth.topics[iri].label for iri in record.topics)]
    text = record.excerpt if isinstance(record, Article) else record.description
    sections = "; ".join(record.sections) if isinstance(record, Article) else ""
    names = "; ".join(names_of(record))
    own = " ".join(differently_folded("; ".join(filter(None, (record.label, names, text, sections)))))
    return record.label, names, text or "", "; ".join(filter(None, around)), sections, own
