"""The tree of topics, with how much is written about each topic and all below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.analysis.relations import (
    Network,
    first_rows,
    label_of,
    nodes_of_kind,
    of_network,
    sources_by_target,
    targets_by_source,
)
from graph.analysis.topics import articles_below


@dataclass(frozen=True, slots=True)
class TopicInTree:
    """A topic, its place in the tree, and the articles about it."""

    iri: str
    """The topic."""
    label: str
    """Its label."""
    path: str
    """The labels from the top of the tree to the topic: `Science > Physics`."""
    level: int
    """How many topics are above it on this path; 0 at the top."""
    articles: int
    """Articles that state it as a topic."""
    with_narrower: int
    """Articles about it or about a topic below it, each counted once."""


@of_network
def topic_tree(network: Network, limit: int | None = None) -> tuple[TopicInTree, ...]:
    """Return every topic once, below a broader one; among siblings the one with most articles first.

    Most articles means `with_narrower`; equals are sorted by IRI. A topic with several broader topics is placed below
    the first that is met, but counts for all of them. Of topics that are broader than each other in a circle, the first
    by IRI is at the top. Stubs and unpublished articles count like any other. Linear in the articles of each topic and
    of the topics below it.
    """
    stated = sources_by_target(network, "about")
    narrower = sources_by_target(network, "broader")
    broader = targets_by_source(network, "broader")
    topics = nodes_of_kind(network, "topic")
    below = articles_below(topics, narrower, stated)
    rows: list[TopicInTree] = []
    placed: set[str] = set()
    tops = sorted((topic for topic in topics if topic not in broader), key=lambda topic: (-below[topic], topic))
    for top in (*tops, *topics):  # in a circle no topic is at the top
        for topic, path in _walk(top, narrower, below, placed):
            labels = [label_of(network, each) for each in path]
            rows.append(
                TopicInTree(
                    iri=topic,
                    label=labels[-1],
                    path=" > ".join(labels),
                    level=len(path) - 1,
                    articles=len(stated.get(topic, ())),
                    with_narrower=below[topic],
                )
            )
    return first_rows(rows, limit)


def _walk(
    top: str, narrower: Mapping[str, Sequence[str]], below: Mapping[str, int], placed: set[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the topics from a top down that are not placed yet, each with its path."""
    waiting: list[tuple[str, tuple[str, ...]]] = [(top, (top,))]
    while waiting:
        topic, path = waiting.pop()
        if topic in placed:
            continue
        placed.add(topic)
        yield topic, path
        lower = [each for each in narrower.get(topic, ()) if each in below]
        lower.sort(key=lambda each: (-below[each], each), reverse=True)
        waiting += [(each, (*path, each)) for each in lower]
