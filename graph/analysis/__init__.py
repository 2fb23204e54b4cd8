"""Questions about a network: functions that return frozen rows."""

from __future__ import annotations

from graph.analysis.centrality import CentralArticle, CentralGroup, central_articles, central_groups, page_rank
from graph.analysis.communities import Community, Member, communities, community_members
from graph.analysis.cooccurrence import CooccurringTopics, cooccurring_topics
from graph.analysis.gaps import Orphan, WantedStub, orphans, wanted_stubs
from graph.analysis.group_topics import TopicCount, TypicalTopic
from graph.analysis.lookup import find_node
from graph.analysis.paths import PathStep, path_in_words, shortest_path, shortest_paths
from graph.analysis.providers import ProviderProfile, provider_profiles
from graph.analysis.registry import ANALYSES, Analysis, find_analysis
from graph.analysis.suggestions import RelatedSuggestion, suggest_related
from graph.analysis.table import Row, to_objects, to_table
from graph.analysis.topics import ProviderCount, TopicArticles, TopicProviders, articles_per_topic, providers_per_topic

__all__ = [
    "ANALYSES",
    "Analysis",
    "CentralArticle",
    "CentralGroup",
    "Community",
    "CooccurringTopics",
    "Member",
    "Orphan",
    "PathStep",
    "ProviderCount",
    "ProviderProfile",
    "RelatedSuggestion",
    "Row",
    "TopicArticles",
    "TopicCount",
    "TopicProviders",
    "TypicalTopic",
    "WantedStub",
    "articles_per_topic",
    "central_articles",
    "central_groups",
    "communities",
    "community_members",
    "cooccurring_topics",
    "find_analysis",
    "find_node",
    "orphans",
    "page_rank",
    "path_in_words",
    "provider_profiles",
    "providers_per_topic",
    "shortest_path",
    "shortest_paths",
    "suggest_related",
    "to_objects",
    "to_table",
    "wanted_stubs",
]
