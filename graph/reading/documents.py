"""A file's bytes become statements: what kind of record it holds is judged by its content, then by its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from graph.names import DEFAULT_BASE
from graph.reading.decoding import decode
from graph.reading.faults import Faults
from graph.reading.front_matter import load_record_file, split_front_matter
from graph.reading.html_text import looks_like_html, read_html
from graph.reading.lists import Row, is_list, read_list
from graph.reading.plain_text import count_words, read_plain_text
from graph.reading.stating import Stater
from graph.statements import StatedArticle, StatedPerson, StatedProvider, StatedTopic, Statement
from graph.urls import clean_url

__all__ = ["read_document"]

_SECURED_LINE = re.compile(r"^.{0,100}\bsecured\b[\"']?[ \t]*[:=].*[\w+/=;]{24}.*\n?", re.IGNORECASE | re.MULTILINE)
"""An encrypted blob in a text whose front matter could not be told from prose."""

_KIND_OF_WORD = {
    "topic": "topic",
    "tag": "topic",
    "organization": "provider",
    "organisation": "provider",
    "provider": "provider",
    "publisher": "provider",
    "profile": "person",
    "person": "person",
    "author": "person",
}
_KIND_OF_FOLDER = {
    "_data/topics": "topic",
    "data/topics": "topic",
    "_data/organizations": "provider",
    "_data/providers": "provider",
    "data/organizations": "provider",
    "_people": "person",
    "_authors": "person",
    "_data/people": "person",
    "content/authors": "person",
    "content/topics": "topic",
}


def read_document(
    path: str, data: bytes, stater: Stater, faults: Faults, *, is_named: bool = False
) -> Iterator[Statement]:
    """Yield what one file states, usually one article; nothing where it holds nothing usable, which is a fault.

    A file that may be a list of articles, and is none, is a fault only where `is_named` by the user himself.
    """
    if is_list(path):
        for row in read_list(path, data, stater.settings.article, faults, is_named=is_named) or ():
            yield _from_row(path, row, stater, faults)
        return
    text = decode(data, faults)
    if text is None:
        return
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        faults.add("empty-file", "the file is empty", "Write something in it, or remove it")
        return
    if path.lower().endswith((".yaml", ".yml")):
        for line, fields in load_record_file(text, faults) or ():
            yield from _record(path, line, fields, stater, faults)
        return
    taken = split_front_matter(text, faults, stater.memory)
    if taken is None:
        return
    if taken.fields is None:
        yield Statement(path, 1, *_from_text(_SECURED_LINE.sub("", taken.text), stater, faults))
        return
    kind = _kind_of(path, taken.fields)
    if kind is not None:
        yield from _record(path, 1, taken.fields, stater, faults)
        return
    article = stater.article(taken.fields, faults)
    yield Statement(path, 1, *_with_text(article, taken.text))


def _from_row(path: str, row: Row, stater: Stater, faults: Faults) -> Statement:
    """State the article of one row of a list."""
    faults.locate(dict.fromkeys(row.fields, row.line), {})
    article = stater.article(row.fields, faults)
    text = read_html(row.body)[1] if row.is_html else row.body
    names = () if "." in row.name else (row.name,)
    base = stater.settings.base if stater.settings.base != DEFAULT_BASE else None
    places = () if article.url or not row.place else (clean_url(row.place, base) or row.place,)
    return Statement(path, row.line, *_with_text(article, text), places=places, names=names, row=row.name)


def _record(path: str, line: int, fields: Mapping[str, object], stater: Stater, faults: Faults) -> Iterator[Statement]:
    subject: StatedTopic | StatedProvider | StatedPerson | None = None
    kind = _kind_of(path, fields)
    if kind == "topic":
        subject = stater.descriptions.topic(fields, faults)
    elif kind == "provider":
        subject = stater.descriptions.provider(fields, faults)
    elif kind == "person":
        subject = stater.descriptions.person(fields, faults)
    if subject is not None:
        yield Statement(path, line, subject)


def _kind_of(path: str, fields: Mapping[str, object]) -> str | None:
    """Return `topic`, `provider` or `person`; `None` for an article."""
    for name in ("taxonomy", "type"):
        word = fields.get(name)
        if isinstance(word, str) and word.lower() in _KIND_OF_WORD:
            return _KIND_OF_WORD[word.lower()]
    folders = path.split("/")[:-1]
    for end in range(len(folders), 0, -1):
        kind = _KIND_OF_FOLDER.get("/".join(folders[max(0, end - 2) : end])) or _KIND_OF_FOLDER.get(folders[end - 1])
        if kind is not None:
            return kind
    return None


def _with_text(article: StatedArticle, text: str) -> tuple[StatedArticle, str]:
    """Add what the text below says where the front matter is silent; return the visible text with it."""
    if not text.strip():
        return article, ""
    if looks_like_html(text):
        text = read_html(text)[1]
    title = article.title
    if title is None:
        plain = read_plain_text(text)
        title = plain.title if plain.is_headed else None
    return replace(article, title=title, word_count=count_words(text)), text


def _from_text(text: str, stater: Stater, faults: Faults) -> tuple[StatedArticle, str]:
    if looks_like_html(text):
        fields, visible = read_html(text)
        article = stater.article(fields, faults)
        return replace(article, type=article.type or "article", word_count=count_words(visible)), visible
    plain = read_plain_text(text)
    article = StatedArticle(
        title=plain.title,
        excerpt=plain.excerpt,
        type="article",
        sections=plain.sections,
        word_count=plain.word_count,
        fullness=3,
    )
    return article, text
