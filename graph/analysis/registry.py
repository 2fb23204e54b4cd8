"""All analyses by name, as the command line offers them."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from graph.analysis.bridges import Bridge, bridges
from graph.analysis.centrality import GROUPS, CentralArticle, CentralGroup, central_articles, central_groups
from graph.analysis.communities import Community, communities
from graph.analysis.cooccurrence import CooccurringTopics, cooccurring_topics
from graph.analysis.duplicate_topics import DuplicateTopics, duplicate_topics
from graph.analysis.duplicates import Duplicate, duplicates
from graph.analysis.gaps import DeadEnd, Orphan, ThinTopic, WantedStub, dead_ends, orphans, thin_topics, wanted_stubs
from graph.analysis.paths import PathStep, shortest_paths
from graph.analysis.provider_pairs import FirstTeller, RelatedProviders, first_tellers, related_providers
from graph.analysis.providers import ProviderProfile, ProviderTopic, provider_profiles, provider_topics
from graph.analysis.relations import Network, first_rows
from graph.analysis.stories import Story, stories
from graph.analysis.table import Row
from graph.analysis.topic_tree import TopicInTree, topic_tree
from graph.analysis.topic_trends import TopicTrend, topic_trends
from graph.analysis.topics import TopicArticles, TopicProviders, articles_per_topic, providers_per_topic
from graph.analysis.wanted_notes import WantedNote, wanted_notes
from graph.errors import FormatError
from graph.knowledge import KnowledgeGraph
from graph.vocabulary import POINTING

_MANY = 10
"""With fewer rows it is obvious that they are equal."""
_ALIKE = 0.7
"""How alike a name must be to one of ours to be suggested: `orphan` and `wanted_stub` are, `centre` is not."""


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
    """The function that answers, given a network or a graph, the arguments by name, and `limit`."""
    arguments: tuple[str, ...] = ()
    """The names of further arguments, each the IRI, the address or a name of a node."""
    rests_on: tuple[str, ...] = ()
    """Relations, one of which the network must have, or the answer says little."""
    needs: tuple[str, ...] = ()
    """Relations that the network must all have, or the answer says little."""
    options: tuple[str, ...] = ()
    """The names of arguments that may be left out."""
    ordered_by: str | None = None
    """The column of the measure by which rows are ordered, if they can be equal by it."""
    rests_on_dates: bool = False
    """Whether the answer says little without dates of publication."""

    def equals(self, rows: Sequence[Row]) -> str | None:
        """Return a sentence if most of at least ten rows are equal by their measure, otherwise `None`."""
        if self.ordered_by is None or len(rows) < _MANY:
            return None
        measure, count = Counter(getattr(row, self.ordered_by) for row in rows).most_common(1)[0]
        if 2 * count <= len(rows):
            return None
        shown = f"{measure:g}" if isinstance(measure, float) else measure
        column = self.ordered_by.replace("_", " ")
        return f"{count} of these {len(rows)} have the same {column}, {shown}, so their order means nothing."

    def lacks(self, network: Network, of: str | None = None) -> str | None:
        """Return a sentence if the network has nothing of what the answer rests on, otherwise `None`.

        `of` is the argument of this name, if the analysis takes one.
        """
        found = {relation for _, _, relation in network.edges(keys=True)}
        needs = (*self.needs, GROUPS[of or next(iter(GROUPS))]) if "of" in self.options else self.needs
        for relations in (self.rests_on, *((relation,) for relation in needs)):
            if relations and found.isdisjoint(relations):
                *others, last = map(repr, relations)
                named = f"{', '.join(others)} or {last}" if others else last
                return f"No relation {named} was found, so the answer says little."
        if self.rests_on_dates and not any(known.get("published_at") for _, known in network.nodes(data=True)):
            return "No date of publication was found, so the answer says little."
        return None

    def run(
        self, network: Network | KnowledgeGraph, limit: int | None = None, **given: str | int | None
    ) -> tuple[Row, ...]:
        """Return the first `limit` rows of the answer (`None`: all).

        A network is enough, but it does not know its broken links, as a graph does.

        `given` are the arguments by name; `None` counts as not given. Raises FormatError for a missing or an unknown
        argument, and whatever the answer raises.
        """
        known = {name: value for name, value in given.items() if value is not None}
        for name in self.arguments:
            if name not in known:
                raise FormatError(f"analysis '{self.name}' needs a {name}. Give the IRI, address or name of a node.")
        for name in known:
            if name not in (*self.arguments, *self.options):
                raise FormatError(f"analysis '{self.name}' takes no {name}. Leave it out.")
        return self.answer(network, limit=limit, **known)


def find_analysis(name: str) -> Analysis:
    """Return the analysis of a name; raise FormatError, with a similar name or else all names, if there is none."""
    if name not in ANALYSES:
        meant = difflib.get_close_matches(name.lower().replace("_", "-"), ANALYSES, n=1, cutoff=_ALIKE)
        remedy = f"Did you mean {meant[0]}?" if meant else f"Choose one of {', '.join(ANALYSES)}."
        raise FormatError(f"There is no analysis '{name}'. {remedy}")
    return ANALYSES[name]


def _path(
    network: Network | KnowledgeGraph,
    *,
    source: str,
    target: str,
    limit: int | None,
    paths: int = 1,
    hubs: bool = False,
) -> tuple[PathStep, ...]:
    return first_rows(shortest_paths(network, source, target, paths, hubs=hubs), limit)


_ALL = (
    Analysis(
        "articles-per-topic", "How many articles each topic has.", TopicArticles, articles_per_topic, needs=("about",)
    ),
    Analysis(
        "bridges",
        "Which articles connect communities with few other ties.",
        Bridge,
        bridges,
        rests_on=(*POINTING, "part"),
        ordered_by="score",
    ),
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
        "Which providers, topics or people have central articles.",
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
        needs=("about",),
        ordered_by="evidence",
    ),
    Analysis("dead-ends", "Which articles are pointed to but point to none.", DeadEnd, dead_ends, rests_on=POINTING),
    Analysis(
        "duplicate-topics", "Which topics look like one topic with two labels.", DuplicateTopics, duplicate_topics
    ),
    Analysis("duplicates", "Which articles are copies, and which tell the same story.", Duplicate, duplicates),
    Analysis(
        "first-tellers",
        "Which providers are the first to tell stories.",
        FirstTeller,
        first_tellers,
        needs=("publisher",),
        rests_on_dates=True,
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
        needs=("publisher",),
    ),
    Analysis(
        "provider-topics",
        "What each provider writes about more than others.",
        ProviderTopic,
        provider_topics,
        needs=("publisher", "about"),
    ),
    Analysis(
        "providers-per-topic",
        "Who publishes about each topic.",
        TopicProviders,
        providers_per_topic,
        needs=("publisher", "about"),
    ),
    Analysis(
        "related-providers",
        "Which providers share stories or links, or are alike.",
        RelatedProviders,
        related_providers,
        needs=("publisher",),
        options=("by",),
    ),
    Analysis(
        "stories",
        "Which events several publishers report, and who was first.",
        Story,
        stories,
        needs=("publisher",),
        rests_on_dates=True,
    ),
    Analysis(
        "thin-topics",
        "Which topics are mentioned more than written about.",
        ThinTopic,
        thin_topics,
        rests_on=("about", "mentions"),
    ),
    Analysis(
        "topic-tree",
        "Which topics are below which, with all their articles.",
        TopicInTree,
        topic_tree,
        needs=("broader",),
    ),
    Analysis(
        "topic-trends",
        "Which topics rise and which fall.",
        TopicTrend,
        topic_trends,
        needs=("about",),
        options=("period",),
        rests_on_dates=True,
    ),
    Analysis("wanted-notes", "Which missing documents links lead to.", WantedNote, wanted_notes),
    Analysis(
        "wanted-stubs",
        "Which missing articles others point to most.",
        WantedStub,
        wanted_stubs,
        rests_on=(*POINTING, "part"),
        ordered_by="wanted_by",
    ),
)
ANALYSES: Mapping[str, Analysis] = MappingProxyType({analysis.name: analysis for analysis in _ALL})
"""Every analysis by its name, sorted."""
