"""Questions about a network: functions that return frozen rows."""

from __future__ import annotations

from graph.analysis.bridges import Bridge, ReachedCommunity, bridges
from graph.analysis.centrality import CentralArticle, CentralGroup, central_articles, central_groups, page_rank
from graph.analysis.communities import Community, CommunityPart, Member, communities, community_members
from graph.analysis.cooccurrence import CooccurringTopics, cooccurring_topics
from graph.analysis.differences import Difference, differences, rdf_patch
from graph.analysis.duplicate_topics import DuplicateTopics, duplicate_topics
from graph.analysis.duplicates import Duplicate, duplicates
from graph.analysis.gaps import DeadEnd, Orphan, ThinTopic, WantedStub, dead_ends, orphans, thin_topics, wanted_stubs
from graph.analysis.group_topics import TopicCount, TypicalTopic
from graph.analysis.lookup import find_node
from graph.analysis.paths import PathStep, path_in_words, shortest_path, shortest_paths
from graph.analysis.provider_pairs import FirstTeller, RelatedProviders, first_tellers, related_providers
from graph.analysis.providers import ProviderProfile, ProviderTopic, provider_profiles, provider_topics
from graph.analysis.registry import ANALYSES, Analysis, find_analysis
from graph.analysis.stories import Story, stories
from graph.analysis.suggestions import RelatedSuggestion, suggest_related
from graph.analysis.table import Row, to_objects, to_table
from graph.analysis.topic_suggestions import TopicSuggestion, suggest_topics
from graph.analysis.topic_tree import TopicInTree, topic_tree
from graph.analysis.topic_trends import PeriodShare, TopicTrend, topic_trends
from graph.analysis.topics import ProviderCount, TopicArticles, TopicProviders, articles_per_topic, providers_per_topic
from graph.analysis.wanted_notes import WantedNote, wanted_notes

__all__ = [
    "ANALYSES",
    "Analysis",
    "Bridge",
    "CentralArticle",
    "CentralGroup",
    "Community",
    "CommunityPart",
    "CooccurringTopics",
    "DeadEnd",
    "Difference",
    "Duplicate",
    "DuplicateTopics",
    "FirstTeller",
    "Member",
    "Orphan",
    "PathStep",
    "PeriodShare",
    "ProviderCount",
    "ProviderProfile",
    "ProviderTopic",
    "ReachedCommunity",
    "RelatedProviders",
    "RelatedSuggestion",
    "Row",
    "Story",
    "ThinTopic",
    "TopicArticles",
    "TopicCount",
    "TopicInTree",
    "TopicProviders",
    "TopicSuggestion",
    "TopicTrend",
    "TypicalTopic",
    "WantedNote",
    "WantedStub",
    "articles_per_topic",
    "bridges",
    "central_articles",
    "central_groups",
    "communities",
    "community_members",
    "cooccurring_topics",
    "dead_ends",
    "differences",
    "duplicate_topics",
    "duplicates",
    "find_analysis",
    "find_node",
    "first_tellers",
    "orphans",
    "page_rank",
    "path_in_words",
    "provider_profiles",
    "provider_topics",
    "providers_per_topic",
    "rdf_patch",
    "related_providers",
    "shortest_path",
    "shortest_paths",
    "stories",
    "suggest_related",
    "suggest_topics",
    "thin_topics",
    "to_objects",
    "to_table",
    "topic_tree",
    "topic_trends",
    "wanted_notes",
    "wanted_stubs",
]
