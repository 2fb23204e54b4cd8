"""The header of the page's data: counts, islands, communities, lanes and insights."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

import msgspec
import numpy as np

from graph.atlas import Atlas
from graph.atlas.atlas import ClusterPart
from graph.atlas.census import Census
from graph.explorer.facets import Facet
from graph.explorer.kept import Kept
from graph.explorer.numbers import UNPUBLISHED, RecordNumbers
from graph.explorer.safe_text import to_line
from graph.explorer.tables import tables_of
from graph.explorer.texts import LONGEST_LABEL, iri_of, label_of
from graph.records import Record
from graph.structure.arrays import Ints
from graph.vocabulary import POINTING

FORMAT = 2
"""The version of the data, as the scripts of the page read it."""

_KEY = 10


class Part(msgspec.Struct, frozen=True):
    """What a page of a part of a graph says about the whole."""

    summary: str
    """How much of what is shown."""
    selected: str = ""
    """The IRI of the node that is selected when the page opens."""
    steps: int = 1
    """How many steps around this node are shown."""
    beyond: Mapping[str, int] = msgspec.field(default_factory=dict)
    """By IRI, the number of relations to nodes that are not shown."""


def header_of(
    atlas: Atlas,
    title: str,
    numbers: RecordNumbers,
    facets: Iterable[Facet],
    *,
    part: Part | None = None,
    kept: Kept | None = None,
) -> dict[str, object]:
    """Return the header, with the views that are `kept` for readers. Linear."""
    census, insights = atlas.census, atlas.insights
    others: list[Record] = [*census.topics, *census.providers, *census.people]
    named = np.bincount(census.between_articles(*POINTING)[1], minlength=len(census.articles))
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
            "stubs": int(census.stub.sum()),
            "unpublished": int(np.count_nonzero(numbers.flags & UNPUBLISHED)),
        },
        "kinds": {
            "article": [0, census.first_topic],
            "topic": [census.first_topic, census.first_provider],
            "provider": [census.first_provider, census.first_person],
            "person": [census.first_person, census.nodes],
        },
        "labels": [label_of(record) for record in others],
        "iris": [iri_of(record) for record in others],
        "grain": float(np.median(atlas.size[: census.first_topic])) if census.articles else 1.0,
        "islands": [
            {
                "label": to_line(island.label, LONGEST_LABEL),
                "topic": island.topic,
                "group": island.is_group,
                **_circle(island.circle),
                **{name: getattr(island, name) for name in ("first", "end", "depth", "parent", "inferred")},
            }
            for island in atlas.islands
        ],
        "communities": [
            {
                "key": _key_of(census, cluster.top),
                "label": to_line(cluster.label, LONGEST_LABEL),
                **_circle(cluster.circle),
                "size": cluster.size,
                "nodes": list(cluster.top),
                **({"parts": [_part_of(part) for part in cluster.parts]} if cluster.parts else {}),
            }
            for cluster in atlas.clusters
        ],
        "stories": [
            {
                "label": to_line(story.label, LONGEST_LABEL),
                "size": story.size,
                **({"topics": _circle(story.on_island)} if story.on_island else {}),
                **({"network": _circle(story.in_community)} if story.in_community else {}),
            }
            for story in atlas.stories
        ],
        "lanes": [
            {
                "label": to_line(lane.label, LONGEST_LABEL),
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
        "types": list(numbers.types),
        "categories": list(numbers.categories),
        "insights": {
            "central": _with_links(insights.central, named),
            "rising": [list(row) for row in insights.rising],
            "communities": [list(row) for row in insights.communities],
            "bridges": _with_links(insights.bridges, named),
        },
        "relations": list(census.relation_names),
        "tables": tables_of(census.vocabulary),
        "own": census.vocabulary.to_dict(),
        "facets": [facet.to_dict() for facet in facets],
        **({"part": _part(census, part)} if part else {}),
        **({"kept": kept.to_dict()} if kept else {}),
    }


def _part(census: Census, part: Part) -> dict[str, object]:
    iris = [record.iri for record in census.records()]
    return {
        "summary": to_line(part.summary),
        "selected": iris.index(part.selected) if part.selected in iris else -1,
        "steps": part.steps,
        "beyond": [part.beyond.get(iri, 0) for iri in iris],
    }


def _with_links(rows: Iterable[tuple[int, float]], named: Ints) -> list[list[float]]:
    """Return articles with their scores and the number of links to each."""
    return [[node, score, int(named[node])] for node, score in rows]


def _key_of(census: Census, top: Sequence[int]) -> str:
    """Return a digest that names a community in addresses: that of its most central article, which lasts longest."""
    return hashlib.sha256(iri_of(census.articles[top[0]]).encode()).hexdigest()[:_KEY] if top else ""


def _part_of(part: ClusterPart) -> dict[str, object]:
    return {"label": to_line(part.label, LONGEST_LABEL), **_circle(part.circle), "size": part.size}


def _circle(circle: tuple[float, float, float]) -> dict[str, float]:
    return dict(zip(("x", "y", "r"), (round(value, 2) for value in circle), strict=True))
