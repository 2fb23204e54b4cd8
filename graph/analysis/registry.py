"""All analyses by name: what the command line offers, and how it asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from graph.analysis.centrality import CentralArticle, central_articles
from graph.analysis.communities import Community, communities
from graph.analysis.cooccurrence import CooccurringTopics, cooccurring_topics
from graph.analysis.gaps import Orphan, WantedStub, orphans, wanted_stubs
from graph.analysis.paths import PathStep, shortest_path
from graph.analysis.providers import ProviderProfile, provider_profiles
from graph.analysis.relations import Network, first_rows
from graph.analysis.table import Row
from graph.analysis.topics import TopicArticles, TopicProviders, articles_per_topic, providers_per_topic
from graph.errors import FormatError
from graph.vocabulary import POINTING

__all__ = ["ANALYSES", "Analysis", "find_analysis"]


@dataclass(frozen=True, slots=True)
class Analysis:
    """A question that can be asked about a network by name."""

    name: str
    """In kebab-case, as on the command line."""
    summary: str
    """What it answers, in one line."""
    row_type: type[Row]
    """The type of its rows, whose fields are its columns."""
    answer: Callable[..., tuple[Any, ...]]
    """The function that answers: of a network, its arguments by name, and `limit`."""
    arguments: tuple[str, ...] = ()
    """Names of the arguments it needs beside the network, each a node's IRI or label."""
    rests_on: tuple[str, ...] = ()
    """Relations of which there must be some, or the answer says nothing."""

    def lacks(self, network: Network) -> str | None:
        """Return in one sentence what the network lacks that the answer rests on; `None` where it lacks nothing."""
        if not self.rests_on or any(relation in self.rests_on for _, _, relation in network.edges(keys=True)):
            return None
        return f"No relation {' or '.join(map(repr, self.rests_on))} was found, so the answer says little."

    def run(self, network: Network, limit: int | None = None, **given: str | None) -> tuple[Row, ...]:
        """Return the first `limit` rows of the answer (`None`: all).

        `given` holds the arguments by name, `None` for one not given. Raises FormatError for an argument that is
        missing, or given but not asked for, and whatever the answer itself raises.
        """
        known = {name: value for name, value in given.items() if value is not None}
        for name in self.arguments:
            if name not in known:
                raise FormatError(
                    f"analysis '{self.name}': no {name} is given. Name a node by its IRI or its exact label."
                )
        for name in known:
            if name not in self.arguments:
                raise FormatError(f"analysis '{self.name}': it takes no {name}. Leave it out.")
        return self.answer(network, limit=limit, **known)


def find_analysis(name: str) -> Analysis:
    """Return the analysis of a name; raise FormatError, with all names, where there is none."""
    if name not in ANALYSES:
        raise FormatError(f"analysis '{name}': there is none of this name. Choose one of {', '.join(ANALYSES)}.")
    return ANALYSES[name]


def _path(network: Network, *, source: str, target: str, limit: int | None) -> tuple[PathStep, ...]:
    """Return the first steps of the shortest path."""
    return first_rows(shortest_path(network, source, target), limit)


ANALYSES: Mapping[str, Analysis] = MappingProxyType(
    {
        analysis.name: analysis
        for analysis in (
            Analysis("articles-per-topic", "How much is written about each topic.", TopicArticles, articles_per_topic),
            Analysis(
                "central-articles",
                "Which articles others lead to (PageRank).",
                CentralArticle,
                central_articles,
                rests_on=POINTING,
            ),
            Analysis("communities", "Which articles belong together, and what about.", Community, communities),
            Analysis(
                "cooccurring-topics",
                "Which topics go together, beyond chance.",
                CooccurringTopics,
                cooccurring_topics,
                rests_on=("about",),
            ),
            Analysis("orphans", "Which articles are tied to no other article.", Orphan, orphans, rests_on=POINTING),
            Analysis("path", "How two nodes are connected, told in words.", PathStep, _path, ("source", "target")),
            Analysis(
                "provider-profiles",
                "What each provider publishes, and how special it is.",
                ProviderProfile,
                provider_profiles,
            ),
            Analysis(
                "providers-per-topic",
                "Who publishes about each topic.",
                TopicProviders,
                providers_per_topic,
                rests_on=("publisher",),
            ),
            Analysis("wanted-stubs", "Which missing articles others point to most.", WantedStub, wanted_stubs),
        )
    }
)
"""Every analysis by its name, in the order of the names."""
