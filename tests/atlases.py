"""Truths made by hand for the atlas, and what may be asked of its maps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from graph.atlas import Atlas
from graph.atlas.atlas import View
from graph.records import Article, Topic
from graph.truth import Truth
from tests.worlds import built

__all__ = ["BASE", "articles_of", "cliques", "closest", "topic", "truth_of", "truths"]

BASE = "https://example.org/"
_TOPICS = [f"{BASE}topic/{one}" for one in "abcde"]


@lru_cache(maxsize=1)
def _empty_truth() -> Truth:
    return built({}).truth


def topic(name: str, **fields: object) -> Topic:
    """Return a topic of a name, with a label like it."""
    return Topic(f"{BASE}topic/{name}", name, **fields)  # type: ignore[arg-type] # fields as the caller names them


def truth_of(articles: Iterable[Article], topics: Iterable[Topic] = ()) -> Truth:
    """Return a truth with these articles, and with every topic they name."""
    empty = _empty_truth()
    some = {article.iri: article for article in sorted(articles, key=lambda article: article.iri)}
    named = {iri: Topic(iri, iri.rsplit("/", 1)[-1]) for article in some.values() for iri in article.topics}
    named |= {record.iri: record for record in topics}
    return replace(empty, base=BASE, articles=some, topics={iri: named[iri] for iri in sorted(named)})


def articles_of(lines: Mapping[str, str], **fields: object) -> list[Article]:
    """Return articles by name, each with a line of the topics it states."""
    return [
        Article(
            f"https://news.example/{name}",
            f"Article {name}",
            topics=tuple(f"{BASE}topic/{one}" for one in line.split()),
            **fields,  # type: ignore[arg-type] # fields as the caller names them
        )
        for name, line in lines.items()
    ]


def cliques(sizes: Iterable[int], bridges: Iterable[tuple[str, str]] = ()) -> list[Article]:
    """Return articles `0-0`, `0-1` ... of which those with the same first number all name each other."""
    named: dict[str, list[str]] = {}
    for number, size in enumerate(sizes):
        names = [f"{number}-{place}" for place in range(size)]
        for name in names:
            named[name] = [other for other in names if other != name]
    for start, end in bridges:
        named[start].append(end)
    return [
        Article(
            f"https://news.example/{name}",
            f"Article {name}",
            related=tuple(f"https://news.example/{other}" for other in others),
        )
        for name, others in named.items()
    ]


@st.composite
def truths(draw: st.DrawFn) -> Truth:
    """Invent articles with few topics and links, some dated, some stubs."""
    count = draw(st.integers(0, 40))
    names = [f"https://news.example/{number:02}" for number in range(count)]
    articles = []
    for name in names:
        related = draw(st.lists(st.sampled_from(names), max_size=4, unique=True)) if names else []
        links = draw(st.lists(st.sampled_from([*names, *_TOPICS]), max_size=3, unique=True))
        articles.append(
            Article(
                name,
                draw(st.sampled_from(["On gardens", "Of roses and gardens", "عن الحدائق", "C++ and AI"])),
                topics=tuple(f"{BASE}topic/{one}" for one in draw(st.lists(st.sampled_from("abcde"), unique=True))),
                related=tuple(other for other in related if other != name),
                links=tuple(other for other in links if other != name),
                published_at=draw(st.sampled_from([None, "2020-01-01", "2020-02-03T04:05:06Z", "1969-12-31"])),
                stub=draw(st.booleans()),
            )
        )
    above = {one: draw(st.sampled_from(["", *"abcde"])) for one in "abcde"}
    topics = [
        topic(
            one,
            broader=(f"{BASE}topic/{parent}",) if parent and parent != one else (),
            links=tuple(draw(st.lists(st.sampled_from(names), max_size=2, unique=True))) if names else (),
        )
        for one, parent in above.items()
    ]
    return truth_of(articles, topics)


def closest(atlas: Atlas, view: View) -> float:
    """Return the room between the two nodes that are closest in a view; negative where they overlap."""
    there = np.flatnonzero(~np.isnan(view.x))
    if len(there) < 2:
        return 1.0
    middles = np.stack([view.x[there], view.y[there]], axis=1)
    sizes = atlas.size[there]
    pairs = cKDTree(middles).query_pairs(2 * sizes.max() + 1, output_type="ndarray")
    if not len(pairs):
        return 1.0
    apart = np.hypot(*(middles[pairs[:, 0]] - middles[pairs[:, 1]]).T)
    return float((apart - sizes[pairs[:, 0]] - sizes[pairs[:, 1]]).min())
