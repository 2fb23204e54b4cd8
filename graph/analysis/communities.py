"""Which articles belong together, and what each community is about (sources: `graph.structure.communities`)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.analysis.group_topics import TypicalTopic, typical_topics
from graph.analysis.relations import Network, first_rows, of_network, targets_by_source
from graph.structure import structure_of
from graph.structure.communities import Communities, find_communities
from graph.structure.community_parts import find_parts
from graph.structure.rounding import rounded
from graph.structure.typicality import mix_of


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a community."""

    iri: str
    """The article."""
    label: str
    """Its title."""

    def __str__(self) -> str:
        """Return the title."""
        return self.label


@dataclass(frozen=True, slots=True)
class CommunityPart:
    """A part of a large community."""

    label: str
    """Its name, by what distinguishes it from the rest of its community."""
    members: int
    """Articles in it."""

    def __str__(self) -> str:
        """Return the name and the number of articles."""
        return f"{self.label} ({self.members})"


@dataclass(frozen=True, slots=True)
class Community:
    """Articles with more ties to each other than to others."""

    number: int
    """Its place by size, from 1."""
    label: str
    """Its name, the same as in the explorer: at most 40 letters, different from all others."""
    members: int
    """Articles in it."""
    stubs: int
    """How many of these have no document."""
    cohesion: float
    """The share of its members' ties that lead to other members, from above 0 to 1."""
    typical_topics: tuple[TypicalTopic, ...]
    """Topics that are clearly more frequent among its members than among all articles."""
    typical_words: tuple[str, ...]
    """Words that are clearly more frequent in its members' titles than in all titles."""
    central_articles: tuple[Member, ...]
    """The members with the highest PageRank, the highest first."""
    parts: tuple[CommunityPart, ...]
    """Its parts, the largest first; none if it has under 30 articles, or if it is one story."""


@of_network
def community_members(network: Network, *, resolution: float = 1.0) -> tuple[tuple[str, ...], ...]:
    """Return the communities as sorted tuples of article IRIs, the largest first; equals by their first IRI.

    They are those of the explorer. `related`, `links` and `part` count alike, in either direction. If hardly any
    articles are tied by these, shared topics, authors and publishers tie them. Articles without ties are in no
    community. `resolution` above 1 gives smaller communities, below 1 larger ones. Every community is connected. The
    same network gives the same answer. About linear in nodes and edges.
    """
    structure, nodes = structure_of(network)
    found = find_communities(structure, resolution=resolution)
    return tuple(tuple(nodes[number] for number in np.sort(some).tolist()) for some in found.members)


@of_network
def communities(
    network: Network, limit: int | None = None, *, top: int | None = 3, resolution: float = 1.0
) -> tuple[Community, ...]:
    """Return the communities of articles, the largest first; equals by their first IRI.

    Each row names up to `top` typical topics and central articles (`None`: all). A typical topic is more frequent than
    among all articles by more than chance. Stubs and unpublished articles are members like any other. Other parameters
    and cost are those of `community_members`.
    """
    structure, nodes = structure_of(network)
    found = find_communities(structure, resolution=resolution)
    cohesion = _cohesion(found)
    topics = targets_by_source(network, "about")
    all_topics = mix_of(topics, topics)
    parts = find_parts(found)
    rows = first_rows(tuple(zip(found.members, found.names, cohesion, parts, strict=True)), limit)
    return tuple(
        Community(
            number=number,
            label=name.label,
            members=len(some),
            stubs=int(structure.stub[some].sum()),
            cohesion=rounded(share),
            typical_topics=typical_topics(
                mix_of((nodes[one] for one in some.tolist()), topics), all_topics, network, top
            ),
            typical_words=found.corpus.typical_words(some),
            central_articles=tuple(Member(nodes[one], structure.labels[one]) for one in some[:top].tolist()),
            parts=tuple(CommunityPart(part.name.label, len(part.members)) for part in inside),
        )
        for number, (some, name, share, inside) in enumerate(rows, start=1)
    )


def _cohesion(found: Communities) -> list[float]:
    ends = np.stack([found.number[found.ties.first], found.number[found.ties.second]])
    inside = np.bincount(ends[0][ends[0] == ends[1]], minlength=len(found.members)) * 2
    every = np.bincount(ends.ravel(), minlength=len(found.members))
    return (inside / every).tolist()  # type: ignore[no-any-return] # numpy does not type the list
