"""Central articles, and the providers, topics and people that they make central.

The sources of the measures are named in `graph.structure.standing` and `graph.structure.measures`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from graph.analysis.relations import (
    Network,
    first_rows,
    is_stub,
    label_of,
    nodes_of_kind,
    of_network,
    sources_by_target,
    text_of,
)
from graph.errors import FormatError
from graph.pairs import ranked_names
from graph.structure import structure_of
from graph.structure.arrays import Floats, Structure
from graph.structure.measures import betweenness, core_numbers, hubs_and_authorities
from graph.structure.rounding import rounded
from graph.structure.standing import DAMPING, article_links, rank_articles, rank_links
from graph.structure.ties import find_ties
from graph.vocabulary import POINTING


@dataclass(frozen=True, slots=True)
class CentralArticle:
    """An article and how central it is."""

    iri: str
    """The article."""
    label: str
    """Its title."""
    score: float
    """How central it is by the chosen measure."""
    times_average: float
    """The score as a multiple of the average article's; 0 if all are 0."""
    pointed_to_by: int
    """Articles that name it as related or link to it."""
    points_to: int
    """Articles that it names as related or links to, stubs included."""
    published_at: str | None
    """When it was published."""
    stub: bool
    """Whether it has no document."""
    error: float | None
    """How far the score may be off (four standard errors), if it was estimated from a sample; otherwise `None`."""


@dataclass(frozen=True, slots=True)
class CentralGroup:
    """A provider, topic or person, and how central its articles are."""

    iri: str
    """The provider, topic or person."""
    label: str
    """Its label."""
    score: float
    """The sum of the scores of its articles; by `core` the highest of them."""
    times_average: float
    """The average score of its articles as a multiple of that of all articles."""
    articles: int
    """Its articles, without stubs."""
    central_article: str
    """The title of the most central of these."""


@of_network
def page_rank(
    network: Network, *, damping: float = DAMPING, stubs: bool = False, weighted: bool = True
) -> dict[str, float]:
    """Return the PageRank of articles over `related` and `links`, by IRI in sorted order; the values sum to 1.

    An article that points to another by both counts once. `damping` is the chance, from 0 to below 1, that the reader
    follows a link instead of starting again. A link that others around it repeat counts less (see `central_articles`),
    unless `weighted` is false. With `stubs`, stubs are ranked too, which lowers the rank of articles beside them. The
    cost is linear in articles and links, times the one or two hundred rounds until the ranks settle.
    """
    structure, nodes = structure_of(network)
    ranks = rank_articles(structure, damping=damping, stubs=stubs, weighted=weighted)
    ranked = np.ones(structure.first_topic, bool) if stubs else ~structure.stub
    count = int(ranked.sum())
    return {nodes[number]: float(ranks[number] / count) for number in np.flatnonzero(ranked).tolist()}


@of_network
def central_articles(
    network: Network, limit: int | None = None, *, by: str = "pagerank", damping: float = DAMPING, stubs: bool = False
) -> tuple[CentralArticle, ...]:
    """Return articles by a measure of centrality, the most central first; equals by IRI.

    `by` is one of

    - `pagerank`: the share of time that a reader spends at it who follows `related` and `links` at random, and starts
      again anywhere if there is none; `damping` is the chance, from 0 to below 1, to follow one. The scores sum to 1;
    - `in-degree`: the links to it, by their weights;
    - `betweenness`: the share of all pairs of other articles whose shortest paths lead through it, over `related`,
      `links` and `part` in either direction. Exact in networks where articles × ties are at most 200 million, otherwise
      estimated from 256 articles, with an `error`;
    - `authority`: HITS; it is pointed to by good hubs; and `hub`: it points to good authorities. They sum to 1;
    - `core`: the largest k such that it is in a group in which each has ties to k others. Large groups in which all
      name each other are first by this measure.

    In `pagerank`, `in-degree`, `authority` and `hub` a link has the weight 1 / n, where n are the articles that its
    source names, itself included, and that either name its target, too, or are named by it. So a group of n articles
    that all name each other, or all name another article, says no more than one article would.

    Unpublished articles are ranked like any other, stubs only with `stubs` (see also `wanted_stubs`). Linear in
    articles and links, times the rounds until a measure settles; for betweenness see `graph.structure.measures`.

    Raises:
        FormatError: There is no such measure, or `limit` is negative.
    """
    structure, nodes = structure_of(network)
    scores, errors = _measured(structure, by, damping=damping, stubs=stubs)
    sources, targets = structure.between_articles(*POINTING)
    incoming = np.bincount(targets, minlength=structure.first_topic)
    outgoing = np.bincount(sources, minlength=structure.first_topic)
    ranked = np.arange(structure.first_topic) if stubs else np.flatnonzero(~structure.stub)
    average = scores[ranked].mean() if len(ranked) else 0.0
    shown = {number: rounded(float(scores[number])) for number in ranked.tolist()}
    order = ranked_names(shown)
    return tuple(
        CentralArticle(
            iri=nodes[number],
            label=structure.labels[number],
            score=shown[number],
            times_average=rounded(float(scores[number] / average)) if average else 0.0,
            error=None if errors is None else rounded(float(errors[number])),
            pointed_to_by=int(incoming[number]),
            points_to=int(outgoing[number]),
            published_at=text_of(network, nodes[number], "published_at"),
            stub=is_stub(network, nodes[number]),
        )
        for number in first_rows(order, limit)
    )


@of_network
def central_groups(
    network: Network, limit: int | None = None, *, of: str = "provider", by: str = "pagerank"
) -> tuple[CentralGroup, ...]:
    """Return the providers, topics or people with the most central articles, the highest sum first; equals by IRI.

    `of` is `provider` (who published an article), `topic` (what it states to be about) or `person` (who wrote it), and
    `by` a measure of `central_articles`. The sum grows with the number of articles; `times_average` does not. Stubs do
    not count, and groups with only stubs are left out. The cost is that of `central_articles`.

    Raises:
        FormatError: There is no such kind or measure, or `limit` is negative.
    """
    if of not in GROUPS:
        raise FormatError(f"of: there is no kind '{of}'. Choose one of {', '.join(GROUPS)}.")
    articles = central_articles(network, by=by)
    scores = {article.iri: article for article in articles}
    place = {article.iri: number for number, article in enumerate(articles)}
    average = float(np.mean([article.score for article in articles])) if articles else 0.0
    members = sources_by_target(network, GROUPS[of])
    rows = []
    for node in nodes_of_kind(network, of):
        found = sorted((article for article in members.get(node, ()) if article in place), key=place.__getitem__)
        if not found:
            continue
        each = np.array([scores[article].score for article in found])
        rows.append(
            CentralGroup(
                iri=node,
                label=label_of(network, node),
                score=rounded(float(each.max() if by == "core" else each.sum())),
                times_average=rounded(float(each.mean() / average)) if average else 0.0,
                articles=len(found),
                central_article=scores[found[0]].label,
            )
        )
    rows.sort(key=lambda row: (-row.score, -row.articles, row.iri))
    return first_rows(rows, limit)


def _measured(structure: Structure, by: str, *, damping: float, stubs: bool) -> tuple[Floats, Floats | None]:
    """Return the measure of each article, and how far it may be off."""
    if by not in MEASURES:
        raise FormatError(f"by: there is no measure '{by}'. Choose one of {', '.join(MEASURES)}.")
    if by == "betweenness":
        found = betweenness(find_ties(structure))
        return found.share, found.error if found.error.any() else None
    if by == "core":
        return core_numbers(find_ties(structure)).astype(np.float64), None
    links = article_links(structure, stubs=stubs)
    if by == "pagerank":
        return rank_links(links, damping) / max(int(links.ranked.sum()), 1), None
    if by == "in-degree":
        return np.bincount(links.targets, links.weights, minlength=links.articles).astype(np.float64), None
    hubs, authorities = hubs_and_authorities(links)
    return hubs if by == "hub" else authorities, None


MEASURES = ("pagerank", "in-degree", "betweenness", "authority", "hub", "core")
"""The measures of centrality."""

GROUPS: Mapping[str, str] = MappingProxyType({"provider": "publisher", "topic": "about", "person": "author"})
"""For each kind that has articles the relation by which articles name it."""
