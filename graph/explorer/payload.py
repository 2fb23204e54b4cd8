"""What the page unpacks: the map, enough for the first drawing, and the text that comes after it.

To see one: `python -c "import graph; from graph.atlas import to_atlas; from graph.explorer import to_payload;
truth = graph.build('seeds').truth; payload = to_payload(to_atlas(truth), truth);
open('map.gz', 'wb').write(payload.map); open('text.gz', 'wb').write(payload.text)"`.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from graph.atlas import Atlas
from graph.atlas.census import RELATION_NAMES, Census, Floats, Ints
from graph.atlas.lanes import NO_DAY
from graph.explorer.columns import Columns, to_json
from graph.explorer.wording import to_line, to_web_address
from graph.records import Article, Person, Provider, Record, Scalar, Topic
from graph.truth import Truth
from graph.views import attributes_of

__all__ = ["Payload", "to_payload"]

FORMAT = 1
"""The form that the page's scripts read."""

MOST_WITH_EXCERPTS = 20_000
"""Of more articles the page holds titles and numbers, but no excerpts."""

STUB, UNPUBLISHED, INFERRED, PICTURE, NO_PAGE = 1, 2, 4, 8, 16
"""Flags of a node: no document backs it, the site does not show it, its island is a guess, it has a picture, and it
has no page in the web: its IRI is a name only."""

_SHORTEST_STEP = 32
"""Parts of a world unit that places are rounded to: finer steps cannot be seen, and pack badly."""

_LEVEL = 6
"""How hard is packed: 9 takes three times as long, for one part in a hundred."""

_LONGEST_EXCERPT = 500
_LONGEST_LABEL = 240
_ELSEWHERE = frozenset(
    "kind label url excerpt description names keywords hashtags image type category quality heat word_count stub "
    "published title".split()
)
_OF_MANY = frozenset("duration price language starts_at ends_at levels rating_average".split())


@dataclass(frozen=True, slots=True)
class Payload:
    """Everything the page knows, as two gzip streams."""

    map: bytes
    """The header and the columns of numbers."""
    text: bytes
    """Titles, addresses, excerpts and facts, as JSON."""


def to_payload(atlas: Atlas, truth: Truth, *, title: str = "article-graph") -> Payload:
    """Return what the page unpacks, the same bytes for the same truth. Linear in what is shown."""
    del truth  # all that is shown is in the atlas
    return Payload(_packed(_to_map(atlas, title)), _packed(to_json(_to_text(atlas.census))))


def _packed(content: bytes) -> bytes:
    return gzip.compress(content, _LEVEL, mtime=0)


def _to_map(atlas: Atlas, title: str) -> bytes:
    """Return header and columns."""
    columns = Columns()
    census = atlas.census
    for name, view in (("topics", atlas.topics), ("network", atlas.network), ("time", atlas.timeline)):
        columns.add(f"{name}_x", "f32", _to_steps(view.x))
        columns.add(f"{name}_y", "f32", _to_steps(view.y))
    columns.add("size", "f32", atlas.size)
    columns.add("story", "i32", atlas.story, delta=True)
    columns.add("community", "i32", atlas.community)
    columns.add("island", "i32", atlas.island)
    types, type_of = _named(article.type for article in census.articles)
    categories, category_of = _named(article.category for article in census.articles)
    columns.add("type", "u8", type_of)
    columns.add("category", "u8", category_of)
    columns.add("day", "i32", atlas.day)
    for name, field in (("quality", "quality"), ("heat", "heat"), ("words", "word_count")):
        columns.add(name, "i32", _numbers(getattr(article, field) for article in census.articles))
    columns.add("flags", "u8", _flags(atlas))
    for name in RELATION_NAMES:
        starts, targets = _rows(census, name)
        columns.add(f"{name}_start", "u32", starts, delta=True)
        columns.add(f"{name}_to", "u32", targets)
    order = np.lexsort((atlas.backbone.second, atlas.backbone.first))
    columns.add("backbone_from", "u32", atlas.backbone.first[order])
    columns.add("backbone_to", "u32", atlas.backbone.second[order])
    columns.add("backbone_weight", "f32", np.round(atlas.backbone.likeness[order], 3))
    return columns.to_bytes(_to_header(atlas, title, types, categories))


def _to_header(atlas: Atlas, title: str, types: list[str], categories: list[str]) -> dict[str, object]:
    """Return what is said once."""
    census, insights = atlas.census, atlas.insights
    others: list[Record] = [*census.topics, *census.providers, *census.people]
    return {
        "format": FORMAT,
        "title": to_line(title),
        "base": census.base,
        "counts": dict(census.totals),
        "shown": {
            "articles": len(census.articles),
            "topics": len(census.topics),
            "providers": len(census.providers),
            "people": len(census.people),
            "relations": sum(len(sources) for sources, _ in census.pairs.values()),
            "stubs": sum(article.stub for article in census.articles),
            "unpublished": sum(article.published is False for article in census.articles),
        },
        "kinds": {
            "article": [0, census.first_topic],
            "topic": [census.first_topic, census.first_provider],
            "provider": [census.first_provider, census.first_person],
            "person": [census.first_person, census.nodes],
        },
        "labels": [to_line(record.label, _LONGEST_LABEL) for record in others],
        "iris": [to_line(record.iri, 4000) for record in others],
        "excerpts": len(census.articles) <= MOST_WITH_EXCERPTS,
        "islands": [
            {
                "label": to_line(island.label, _LONGEST_LABEL),
                "topic": island.topic,
                **_circle(island.circle),
                "first": island.first,
                "end": island.end,
                "depth": island.depth,
                "parent": island.parent,
                "inferred": island.inferred,
                "top": list(island.top),
            }
            for island in atlas.islands
        ],
        "communities": [
            {
                "label": to_line(cluster.label, _LONGEST_LABEL),
                **_circle(cluster.circle),
                "size": cluster.size,
                "nodes": list(cluster.top),
            }
            for cluster in atlas.clusters
        ],
        "communities_by": "likeness" if atlas.is_by_likeness else "links",
        "lanes": [
            {
                "label": to_line(lane.label, _LONGEST_LABEL),
                "topic": lane.topic,
                "y": round(lane.y, 2),
                "height": round(lane.height, 2),
                "count": lane.count,
            }
            for lane in atlas.lanes
        ],
        "time": {**atlas.days, "scale": round(atlas.scale, 6)},
        "bounds": {
            name: [round(value, 2) for value in view.bounds]
            for name, view in (("topics", atlas.topics), ("network", atlas.network), ("timeline", atlas.timeline))
        },
        "types": types,
        "categories": categories,
        "background": list(atlas.background),
        "insights": {
            "central": [list(row) for row in insights.central],
            "rising": [list(row) for row in insights.rising],
            "communities": [list(row) for row in insights.communities],
            "bridges": [list(row) for row in insights.bridges],
            "approximate": insights.approximate,
        },
        "relations": list(RELATION_NAMES),
    }


def _to_text(census: Census) -> dict[str, object]:
    """Return what is read, node by node."""
    articles = census.articles
    is_large = len(articles) > MOST_WITH_EXCERPTS
    others: list[tuple[int, Topic | Provider | Person]] = []
    for first, row in (
        (census.first_topic, census.topics),
        (census.first_provider, census.providers),
        (census.first_person, census.people),
    ):
        others += enumerate(row, first)
    excerpts = [_excerpt(article.excerpt) if not is_large else None for article in articles]
    excerpts += [_excerpt(record.description) for _, record in others]
    return {
        "label": [to_line(article.label, _LONGEST_LABEL) for article in articles],
        "iri": [to_line(article.iri, 4000) for article in articles],
        "url": [_url(record) for record in census.records()],
        "excerpt": excerpts,
        "names": {str(node): [to_line(name) for name in record.names] for node, record in others if record.names},
        "image": [to_web_address(record.images[0]) if record.images else None for record in census.records()],
        "keywords": {
            str(node): to_line(", ".join([*record.keywords, *record.hashtags]), _LONGEST_EXCERPT)
            for node, record in others
            if isinstance(record, Topic) and (record.keywords or record.hashtags)
        },
        "facts": {
            str(node): facts
            for node, record in enumerate(census.records())
            if (facts := _facts(record, of_many=is_large))
        },
    }


def _excerpt(text: str | None) -> str | None:
    return to_line(text, _LONGEST_EXCERPT) if text else None


def _url(record: Record) -> str | None:
    """Return a record's own page: `None` where it is its IRI, nothing where it has none."""
    url = None if isinstance(record, Topic) else to_web_address(record.url)
    return None if url == record.iri else url or ""


def _facts(record: Record, *, of_many: bool) -> dict[str, Scalar]:
    """Return what is known beside what has a column of its own."""
    if of_many and isinstance(record, Article):
        found = {name: getattr(record, name, None) for name in sorted(_OF_MANY)}
        attributes = {name: "; ".join(value) if isinstance(value, tuple) else value for name, value in found.items()}
    else:
        attributes = {name: value for name, value in attributes_of(record).items() if name not in _ELSEWHERE}
    return {
        to_line(name, 60): to_line(value) if isinstance(value, str) else value
        for name, value in attributes.items()
        if value is not None and value != "" and (not isinstance(value, float) or np.isfinite(value))
    }


def _circle(circle: tuple[float, float, float]) -> dict[str, float]:
    return dict(zip(("x", "y", "r"), (round(value, 2) for value in circle), strict=True))


def _to_steps(values: Floats) -> Floats:
    return np.asarray(np.round(values * _SHORTEST_STEP) / _SHORTEST_STEP)


def _named(values: Iterable[str | None]) -> tuple[list[str], Ints]:
    """Return the names found, the commonest first, and for each value its name's place from 1, or 0."""
    row = list(values)
    counts = Counter(value for value in row if value)
    names = sorted(counts, key=lambda name: (-counts[name], name))[:255]
    number = {name: place for place, name in enumerate(names, start=1)}
    return [to_line(name, 60) for name in names], np.array([number.get(value or "", 0) for value in row], np.int64)


def _numbers(values: Iterable[int | None]) -> Ints:
    """Return numbers that fit in 32 bits; what is unknown, or does not fit, as the smallest."""
    row = [NO_DAY if value is None or not -(2**31) < value < 2**31 else int(value) for value in values]
    return np.array(row, np.int64)


def _flags(atlas: Atlas) -> Ints:
    """Return the flags of all nodes."""
    census = atlas.census
    flags = np.zeros(census.nodes, np.int64)
    for node, record in enumerate(census.records()):
        if isinstance(record, Article):
            flags[node] |= STUB * record.stub | UNPUBLISHED * (record.published is False)
        if record.images and to_web_address(record.images[0]):
            flags[node] |= PICTURE
        if isinstance(record, Topic) or to_web_address(record.url) is None:
            flags[node] |= NO_PAGE
    flags[: len(census.articles)] |= INFERRED * atlas.inferred
    return flags


def _rows(census: Census, relation: str) -> tuple[Ints, Ints]:
    """Return where each node's targets begin, and the targets, ascending for each node."""
    sources, targets = census.pairs[relation]
    order = np.lexsort((targets, sources))
    starts = np.zeros(census.nodes + 1, np.int64)
    starts[1:] = np.cumsum(np.bincount(sources, minlength=census.nodes))
    return starts, targets[order]
