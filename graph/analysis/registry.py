"""All analyses by name, as the command line offers them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from graph.analysis.centrality import CentralArticle, CentralGroup, central_articles, central_groups
from graph.analysis.communities import Community, communities
from graph.analysis.cooccurrence import CooccurringTopics, cooccurring_topics
from graph.analysis.gaps import Orphan, WantedStub, orphans, wanted_stubs
from graph.analysis.paths import PathStep, shortest_paths
from graph.analysis.providers import ProviderProfile, provider_profiles
from graph.analysis.relations import Network, first_rows
from graph.analysis.table import Row
from graph.analysis.topics import TopicArticles, TopicProviders, articles_per_topic, providers_per_topic
from graph.errors import FormatError
from graph.vocabulary import POINTING

__all__ = ["ANALYSES", "Analysis", "find_analysis"]

_MANY = 10
"""Of fewer rows it is plain to see that they are equal."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """A named question about a network."""

    name: str
    """In kebab-case, as on the command line."""
    summary: str
    """The question in one line."""
    row_type: type[Row]
    """The type of its rows, whose fields are the columns."""
    answer: Callable[..., tuple[Any, ...]]
    """The function that answers, given a network, the arguments by name, and `limit`."""
    arguments: tuple[str, ...] = ()
    """The names of further arguments, each the IRI or label of a node."""
    rests_on: tuple[str, ...] = ()
    """Relations without which the answer says little."""
    options: tuple[str, ...] = ()
    """The names of arguments that may be left out."""
    ordered_by: str | None = None
    """The column of the measure by which rows are ordered, if they can be equal by it."""

    def equals(self, rows: Sequence[Row]) -> str | None:
        """Return a sentence if most of at least ten rows are equal by their measure, otherwise `None`."""
        if self.ordered_by is None or len(rows) < _MANY:
            return None
        measure, count = Counter(getattr(row, self.ordered_by) for row in rows).most_common(1)[0]
        if 2 * count <= len(rows):
            return None
        shown = f"{measure:g}" if isinstance(measure, float) else measure
        return f"{count} of these {len(rows)} have the same {self.ordered_by}, {shown}: their order says nothing."

    def lacks(self, network: Network) -> str | None:
        """Return a sentence if the network has none of the relations that the answer rests on, otherwise `None`."""
        if not self.rests_on or any(relation in self.rests_on for _, _, relation in network.edges(keys=True)):
            return None
        *others, last = map(repr, self.rests_on)
        named = f"{', '.join(others)} or {last}" if others else last
        return f"No relation {named} was found, so the answer says little."

    def run(self, network: Network, limit: int | None = None, **given: str | int | None) -> tuple[Row, ...]:
        """Return the first `limit` rows of the answer (`None`: all).

        `given` are the arguments by name; `None` counts as not given. Raises FormatError for a missing or an unknown
        argument, and whatever the answer raises.
        """
        known = {name: value for name, value in given.items() if value is not None}
        for name in self.arguments:
            if name not in known:
                raise FormatError(f"analysis '{self.name}' needs a {name}. Name a node by its IRI or its exact label.")
        for name in known:
            if name not in (*self.arguments, *self.options):
                raise FormatError(f"analysis '{self.name}' takes no {name}. Leave it out.")
        return self.answer(network, limit=limit, **known)


def find_analysis(name: str) -> Analysis:
    """Return the analysis of a name; raise FormatError, which lists all names, if there is none."""
    if name not in ANALYSES:
        raise FormatError(f"There is no analysis '{name}'. Choose one of {', '.join(ANALYSES)}.")
    return ANALYSES[name]


def _path(
    network: Network, *, source: str, target: str, limit: int | None, paths: int = 1, hubs: bool = False
) -> tuple[PathStep, ...]:
    return first_rows(shortest_paths(network, source, target, paths, hubs=hubs), limit)


_ALL = (
    Analysis("articles-per-topic", "How many articles each topic has.", TopicArticles, articles_per_topic),
    Analysis(
        "central-articles",
        "The most central articles.",
        CentralArticle,
        central_articles,
        rests_on=POINTING,
        options=("by",),
        ordered_by="score",
    ),
    Analysis(
        "central-groups",
        "Which providers, topics or people have the most central articles.",
        CentralGroup,
        central_groups,
        rests_on=POINTING,
        options=("of", "by"),
        ordered_by="times_average",
    ),
    Analysis(
        "communities",
        "Which articles belong together, and what they are about.",
        Community,
        communities,
        rests_on=(*POINTING, "part", "about", "author", "mentions", "publisher"),
    ),
    Analysis(
        "cooccurring-topics",
        "Which topics occur together, more than by chance.",
        CooccurringTopics,
        cooccurring_topics,
        rests_on=("about",),
    ),
    Analysis("orphans", "Which articles are tied to no other article.", Orphan, orphans, rests_on=POINTING),
    Analysis(
        "path",
        "How two nodes are connected, in words.",
        PathStep,
        _path,
        ("source", "target"),
        options=("paths", "hubs"),
    ),
    Analysis(
        "provider-profiles",
        "What each provider publishes, and how specialised it is.",
        ProviderProfile,
        provider_profiles,
    ),
    Analysis(
        "providers-per-topic",
        "Who publishes about each topic.",
        TopicProviders,
        providers_per_topic,
        (),
        ("publisher",),
    ),
    Analysis(
        "wanted-stubs",
        "Which missing articles others point to most.",
        WantedStub,
        wanted_stubs,
        rests_on=(*POINTING, "part"),
    ),
)
ANALYSES: Mapping[str, Analysis] = MappingProxyType({analysis.name: analysis for analysis in _ALL})
"""Every analysis by its name, sorted."""
