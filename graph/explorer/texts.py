"""The texts of a node: its label, addresses, summary and facts, as safe text of limited length."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter

from graph.explorer.safe_text import to_line, to_web_address
from graph.records import Article, Record, Scalar, Topic
from graph.terms import Form
from graph.views import attributes_of, own_attributes
from graph.vocabulary import VOCABULARY, OwnLiteral

LONGEST_LABEL = 240
"""The most characters of a label."""

LONGEST_IRI = 4_000
"""The most characters of an IRI."""

_LONGEST_EXCERPT = 500
_LONGEST_SECTION = 120
_MOST_SECTIONS = 60
_LONGEST_FACT_NAME = 60
_ELSEWHERE = frozenset(
    "kind label url excerpt description names keywords hashtags image type category quality heat word_count stub "
    "published title".split()
)
"""Attributes that have columns of their own in the page."""

_WANTED = tuple(
    row
    for row in VOCABULARY[Article]
    if row.network and row.form is not Form.RELATION and not row.is_detail and row.network not in _ELSEWHERE
)
_values_of = attrgetter(*(row.name for row in _WANTED))


def label_of(record: Record) -> str:
    """Return the label of a record."""
    return to_line(record.label, LONGEST_LABEL)


def iri_of(record: Record) -> str:
    """Return the IRI of a record as one line."""
    return to_line(record.iri, LONGEST_IRI)


def url_of(record: Record) -> str | None:
    """Return the page of a record: `None` if it is its IRI, empty if there is none."""
    url = None if isinstance(record, Topic) else to_web_address(record.url)
    return None if url == record.iri else url or ""


def excerpt_of(record: Record) -> str | None:
    """Return the summary of a record."""
    text = record.excerpt if isinstance(record, Article) else record.description
    return to_line(text, _LONGEST_EXCERPT) if text else None


def sections_of(record: Record) -> list[str]:
    """Return the headings of the text of an article, without repetitions; of very many the first."""
    names = record.sections if isinstance(record, Article) else ()
    return list(dict.fromkeys(to_line(name, _LONGEST_SECTION) for name in names[:_MOST_SECTIONS]))


def image_of(record: Record) -> str | None:
    """Return the address of the picture of a record."""
    return to_web_address(record.images[0]) if record.images else None


def keywords_of(record: Record) -> str | None:
    """Return the keywords and hashtags of a topic, joined."""
    if not isinstance(record, Topic) or not (record.keywords or record.hashtags):
        return None
    return to_line(", ".join([*record.keywords, *record.hashtags]), _LONGEST_EXCERPT)


def facts_of(record: Record, literals: Sequence[OwnLiteral] = (), *, of_many: bool = False) -> dict[str, Scalar]:
    """Return the attributes without a column of their own; with `of_many`, only the most important ones of articles.

    `literals` are those that the site adds, which are always included.
    """
    if of_many and isinstance(record, Article):
        attributes = {
            row.network or row.name: "; ".join(value) if row.is_list else value
            for row, value in zip(_WANTED, _values_of(record), strict=True)
            if value is not None and value is not False
        }
        attributes |= own_attributes(record, literals)
    else:
        attributes = {name: value for name, value in attributes_of(record, literals).items() if name not in _ELSEWHERE}
    return {
        _named(name): to_line(value) if isinstance(value, str) else value
        for name, value in attributes.items()
        if value is not None and value != "" and (not isinstance(value, float) or math.isfinite(value))
    }


@lru_cache(maxsize=1_000)
def _named(fact: str) -> str:
    return to_line(fact, _LONGEST_FACT_NAME)


def texts_of_record(record: Record, literals: Sequence[OwnLiteral] = ()) -> dict[str, object]:
    """Return all texts of a record that are known.

    `url` is missing if it is the IRI, and empty if there is no page.
    """
    told: dict[str, object] = {
        "label": label_of(record),
        "iri": iri_of(record),
        "excerpt": excerpt_of(record),
        "sections": sections_of(record),
        "image": image_of(record),
        "names": [to_line(name) for name in record.names],
        "keywords": keywords_of(record),
        "facts": facts_of(record, literals),
    }
    url = url_of(record)
    return {**{name: value for name, value in told.items() if value}, **({} if url is None else {"url": url})}
