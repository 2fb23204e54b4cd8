"""The most central articles: PageRank over `related` and `links` (source: `graph.structure.standing`)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from graph.analysis.relations import Network, between_articles, first_rows, is_stub, label_of, text_of
from graph.structure import structure_of
from graph.structure.rounding import rounded
from graph.structure.standing import DAMPING
from graph.structure.standing import page_rank as structure_page_rank
from graph.vocabulary import POINTING

__all__ = ["CentralArticle", "central_articles", "page_rank"]


@dataclass(frozen=True, slots=True)
class CentralArticle:
    """An article and how central it is."""

    iri: str
    """The article."""
    label: str
    """Its title."""
    score: float
    """PageRank: the share of a random reader's time; the scores of all ranked articles sum to 1."""
    times_average: float
    """The score as a multiple of the average article's."""
    pointed_to_by: int
    """Articles that name it as related or link to it."""
    points_to: int
    """Articles that it names as related or links to, stubs included."""
    published_at: str | None
    """When it was published."""
    stub: bool
    """Whether it has no document."""


def page_rank(network: Network, *, damping: float = DAMPING, stubs: bool = False) -> dict[str, float]:
    """Return the PageRank of articles over `related` and `links`, by IRI in sorted order; the values sum to 1.

    An article that points to another by both counts once. `damping` is the chance, from 0 to below 1, that the reader
    follows a link instead of starting again. With `stubs`, stubs are ranked too, which lowers the rank of articles
    beside them. Linear in articles and links, times the one or two hundred rounds until the ranks settle.
    """
    structure, nodes = structure_of(network)
    ranks = structure_page_rank(structure, damping=damping, stubs=stubs)
    ranked = np.ones(structure.first_topic, bool) if stubs else ~structure.stub
    count = int(ranked.sum())
    return {nodes[number]: float(ranks[number] / count) for number in np.flatnonzero(ranked).tolist()}


def central_articles(
    network: Network, limit: int | None = None, *, damping: float = DAMPING, stubs: bool = False
) -> tuple[CentralArticle, ...]:
    """Return articles by PageRank over `related` and `links`, the most central first; equals by IRI.

    Unpublished articles are ranked like any other, stubs only with `stubs` (see also `wanted_stubs`). Parameters and
    cost are those of `page_rank`.
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
