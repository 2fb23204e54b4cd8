"""Which articles others lead to: PageRank over `related` and `links`.

A reader who follows related articles and links in texts at random, and now and then starts anew, is at an article so
often. Stubs point nowhere, as nobody has read them: a reader who came to one would have to start anew, and every link
to a stub would take worth from the articles beside it. Like the dangling links of the paper (section 2.7) they are left
out of the walk.

Source: L. Page, S. Brin, R. Motwani and T. Winograd (1999), The PageRank Citation Ranking: Bringing Order to the Web,
Stanford InfoLab.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from graph.analysis.relations import (
    Network,
    between_articles,
    first_rows,
    is_stub,
    label_of,
    nodes_of_kind,
    rounded,
    text_of,
)
from graph.vocabulary import POINTING

__all__ = ["CentralArticle", "central_articles", "page_rank"]


@dataclass(frozen=True, slots=True)
class CentralArticle:
    """An article and its place among all."""

    iri: str
    """The article."""
    label: str
    """Its title."""
    score: float
    """PageRank: the share of a random reader's time; all ranked articles together have 1."""
    times_average: float
    """The score as a multiple of the average article's."""
    pointed_to_by: int
    """Articles that name it as related or link to it."""
    points_to: int
    """Articles that it names as related or links to, stubs included."""
    published_at: str | None
    """When it was published."""
    stub: bool
    """Whether no document backs it."""


def page_rank(network: Network, *, damping: float = 0.85, stubs: bool = False) -> dict[str, float]:
    """Return the PageRank of articles over `related` and `links`, by IRI in sorted order; the values sum to 1.

    An article that points to another by both points to it once. `damping` is the chance, from 0 to below 1, that the
    reader follows a link rather than starting anew. Stubs are ranked only if `stubs` says so, and then take worth from
    all who point to them. Linear in articles and links, times the hundred or two rounds it takes to settle.
    """
    import networkx

    articles = [article for article in nodes_of_kind(network, "article") if stubs or not is_stub(network, article)]
    if not articles:
        return {}
    numbers = {article: number for number, article in enumerate(articles)}
    walk: networkx.DiGraph[int] = networkx.DiGraph()
    walk.add_nodes_from(numbers.values())
    walk.add_edges_from(
        (numbers[source], numbers[target])
        for source, target in between_articles(network, *POINTING)
        if source in numbers and target in numbers
    )
    # The library multiplies the tolerance by the number of nodes: its default leaves visible errors in large networks.
    ranks = networkx.pagerank(walk, alpha=damping, max_iter=1000, tol=1e-12)
    return {article: float(ranks[number]) for article, number in numbers.items()}


def central_articles(
    network: Network,
    limit: int | None = None,
    *,
    damping: float = 0.85,
    stubs: bool = False,
) -> tuple[CentralArticle, ...]:
    """Return articles by PageRank over `related` and `links`, the most central first; equals by IRI.

    Unpublished articles are ranked like any other. Stubs are not, unless `stubs` says so; `wanted_stubs` ranks them.
    Parameters and cost as `page_rank`.
    """
    ranks = page_rank(network, damping=damping, stubs=stubs)
    pairs = between_articles(network, *POINTING)
    incoming = Counter(target for _, target in pairs)
    outgoing = Counter(source for source, _ in pairs)
    scores = {article: rounded(rank) for article, rank in ranks.items()}
    ranked = first_rows(sorted(scores, key=lambda article: (-scores[article], article)), limit)
    return tuple(
        CentralArticle(
            iri=article,
            label=label_of(network, article),
            score=scores[article],
            times_average=rounded(ranks[article] * len(ranks)),
            pointed_to_by=incoming[article],
            points_to=outgoing[article],
            published_at=text_of(network, article, "published_at"),
            stub=is_stub(network, article),
        )
        for article in ranked
    )
