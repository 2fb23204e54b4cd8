"""Turns accepted suggestions into edits of the documents that they are about."""

from __future__ import annotations

import csv
import io
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from graph.analysis import RelatedSuggestion, TopicSuggestion
from graph.editing.documents import Edit, OriginalDocument, Refused, documents_of
from graph.editing.front_matter import front_matter_of, with_added
from graph.editing.splices import EditError
from graph.errors import NoSuchNodeError, SourceError
from graph.knowledge import KnowledgeGraph
from graph.reading import Cache, Listing
from graph.reading.fields import Dialect
from graph.reading.nested_fields import HOLDERS

_SAMPLE = 200
"""How many documents are sampled for the field of their topics, for documents without one."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A suggestion to write into the document of an article."""

    article: str
    """The IRI of the article."""
    suggestion: str
    """The IRI of the topic, or of the related article, to add to it."""


def accepted_of(rows: Iterable[RelatedSuggestion | TopicSuggestion], knowledge: KnowledgeGraph) -> list[Accepted]:
    """Return the suggestions that can be written: not those for stubs, which have no document, and no copies."""
    return [
        Accepted(row.article, row.topic if isinstance(row, TopicSuggestion) else row.suggestion)
        for row in rows
        if not knowledge.articles[row.article].stub and (isinstance(row, TopicSuggestion) or not row.is_copy)
    ]


def accepted_rows(path: str | os.PathLike[str]) -> list[Accepted]:
    """Read suggestions from a file that `suggest ... --format csv` or `json` printed, from which rows may be missing.

    Raises:
        SourceError: The file cannot be read, or has no columns `article` and `suggestion`, or `topic`.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
        rows: object = json.loads(text) if text.lstrip().startswith("[") else list(csv.DictReader(io.StringIO(text)))
    except (OSError, ValueError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(f"{path}: cannot be read ({reason}). Name a file of suggestions as CSV or JSON.") from error
    found = []
    for row in rows if isinstance(rows, list) else [None]:
        article = row.get("article") if isinstance(row, Mapping) else None
        suggestion = (row.get("suggestion") or row.get("topic")) if isinstance(row, Mapping) else None
        if not isinstance(article, str) or not isinstance(suggestion, str):
            columns = "columns 'article' and 'suggestion' or 'topic'"
            raise SourceError(f"{path}: has no {columns}. Write it with --format csv or json.")
        found.append(Accepted(article, suggestion))
    return found


def edits_for(
    rows: Iterable[Accepted], knowledge: KnowledgeGraph, listing: Listing, cache: Cache
) -> tuple[list[Edit], list[Refused]]:
    """Return the edits that write suggestions into the documents of their articles, and the articles without one.

    A topic is added to the field in which the document states topics, or in which most documents do, by its label. A
    related article is added to `related`: in the form of the items that are there, otherwise as its address, or as the
    path of its document. What an article states already is not added again.

    Raises:
        NoSuchNodeError: An article or a suggestion is not in the graph.
    """
    wanted: dict[str, dict[str, None]] = {}
    for row in rows:
        for iri in (row.article, row.suggestion):
            if iri not in knowledge.articles and (iri == row.article or iri not in knowledge.topics):
                raise NoSuchNodeError(f"{iri} is not in the graph. Make the suggestions again.")
        article = knowledge.articles[row.article]
        if row.suggestion not in {*article.topics, *article.related}:
            wanted.setdefault(row.article, {})[row.suggestion] = None
    documents = _Documents(listing, cache)
    edits, refused = [], []
    for iri, suggestions in wanted.items():
        paths = knowledge.articles[iri].sources
        try:
            edits.append(documents.edit(paths, list(suggestions), knowledge))
        except EditError as error:
            refused.append(Refused(paths[0] if paths else iri, str(error)))
    return edits, refused


class _Documents:
    """The documents of a listing by path, and what their front matter looks like."""

    def __init__(self, listing: Listing, cache: Cache) -> None:
        self._found: dict[str, OriginalDocument] = {}
        for document in documents_of(listing, cache):
            self._found.setdefault(document.file.path, document)
        self._usual: str | None = None

    def edit(self, paths: Sequence[str], suggestions: Sequence[str], knowledge: KnowledgeGraph) -> Edit:
        """Return the edit that adds suggestions to the document of an article, one of those at `paths`."""
        path = next((path for path in paths if path in self._found), None)
        if path is None:
            raise EditError("it has no document of its own" if not paths else "its document is not in the source")
        document = self._found[path]
        dialect = document.listed.settings.article
        fields: Mapping[str, object] = front_matter_of(document.file.read()) if document.file.place is not None else {}
        topics = [knowledge.topics[iri].label for iri in suggestions if iri in knowledge.topics]
        related = [iri for iri in suggestions if iri in knowledge.articles]
        additions: list[tuple[Sequence[str], Sequence[object]]] = []
        if topics:
            additions.append((_keys_of("topics", fields, dialect) or self._keys_of_topics(fields, dialect), topics))
        if related:
            keys = _keys_of("related", fields, dialect) or (dialect.names["related"][0],)
            value = fields.get(keys[0])
            last = value[-1] if isinstance(value, list) and value else None
            items = [_reference(iri, knowledge, last, dialect) for iri in related]
            additions.append((keys, items))
        return document.edit(partial(_with_all_added, additions=additions))

    def _keys_of_topics(self, fields: Mapping[str, object], dialect: Dialect) -> tuple[str, ...]:
        """Return where topics go in a document that states none."""
        if self._usual is None:
            counts: Counter[str] = Counter()
            for document in islice(self._found.values(), _SAMPLE):
                file = document.file
                try:
                    stated = front_matter_of(file.read()) if file.place is not None else {}
                    names = _keys_of("topics", stated, dialect)
                except (EditError, OSError):
                    names = None
                if names:
                    counts[names[-1]] += 1
            self._usual = counts.most_common(1)[0][0] if counts else dialect.names["topics"][0]
        holder = next((name for name in HOLDERS[:2] if isinstance(fields.get(name), dict)), None)
        return (holder, self._usual) if holder else (self._usual,)


def _with_all_added(data: bytes, additions: Iterable[tuple[Sequence[str], Sequence[object]]]) -> bytes:
    for keys, items in additions:
        data = with_added(data, keys, items)
    return data


def _keys_of(field: str, fields: Mapping[str, object], dialect: Dialect) -> tuple[str, ...] | None:
    """Return the keys under which a document states a field; `None` if it does not."""
    stated = {name.lower(): name for name in fields}
    for name in dialect.names[field]:
        if name.lower() in stated:
            return (stated[name.lower()],)
    for holder in HOLDERS:
        table = fields.get(holder)
        inside = {str(name).lower(): str(name) for name in table} if isinstance(table, dict) else {}
        for name in dialect.names[field]:
            if name.lower() in inside:
                return holder, inside[name.lower()]
    return None


def _reference(iri: str, knowledge: KnowledgeGraph, like: object, dialect: Dialect) -> object:
    """Return what leads to an article: an address or a path, in fields like those of another reference."""
    article = knowledge.articles[iri]
    address = article.url or next(iter(article.sources), iri)
    if not isinstance(like, dict) or article.url is None:
        return address
    title, url = (
        next((str(key) for key in like if str(key).lower() in {name.lower() for name in dialect.names[field]}), usual)
        for field, usual in (("title", "title"), ("url", "webUrl"))
    )
    written = {title: article.label, url: address}
    return {key: written[key] for key in (*(str(key) for key in like), title, url) if key in written}
