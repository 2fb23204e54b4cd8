"""The truth as rows of tables: records, with the labels of the nodes that they name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields

from graph.errors import FormatError
from graph.records import Article, Record, to_datetime
from graph.terms import Form
from graph.truth import Truth
from graph.views.network import edges_of
from graph.vocabulary import VOCABULARY

_TIMES = frozenset(row.name for row in VOCABULARY[Article] if row.form in {Form.TIME, Form.DAY})


def rows_of(truth: Truth, what: str = "articles") -> Iterable[object]:
    """Return articles, or the `topics`, `providers`, `people`, `relations` or `problems` of a truth, as rows.

    Times are `datetime` in UTC.

    Raises:
        FormatError: There is no table of this name.
    """
    tables: Mapping[str, Callable[[Truth], Iterable[object]]] = {
        "articles": _articles,
        "relations": _relations,
        "topics": lambda truth: truth.topics.values(),
        "providers": lambda truth: truth.providers.values(),
        "people": lambda truth: truth.people.values(),
        "problems": lambda truth: truth.problems,
    }
    if what not in tables:
        raise FormatError(f"There is no table of {what!r}. Choose one of {', '.join(tables)}.")
    return tables[what](truth)


def _articles(truth: Truth) -> Iterable[object]:
    for article in truth.articles.values():
        row = {field.name: getattr(article, field.name) for field in fields(article)}
        row |= {name: to_datetime(row[name]) for name in _TIMES}
        provider = truth.providers.get(article.provider or "")
        row["provider_label"] = provider.label if provider else None
        row["topic_labels"] = tuple(truth.topics[topic].label for topic in article.topics if topic in truth.topics)
        yield row


def _relations(truth: Truth) -> Iterable[object]:
    records: Mapping[str, Record] = {**truth.articles, **truth.providers, **truth.topics, **truth.people}
    for source, target, relation in edges_of(truth):
        yield {
            "source": source,
            "source_label": records[source].label,
            "relation": relation,
            "target": target,
            "target_label": records[target].label,
        }
