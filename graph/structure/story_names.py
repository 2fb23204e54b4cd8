"""The names of stories: those of their communities or parts, if they are nearly the same, else of their own."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from graph.structure.arrays import Ints
from graph.structure.communities import Communities, TiedArticles
from graph.structure.community_names import name_groups
from graph.structure.community_parts import NamedPart

_SMALLEST = 5
"""Articles of a story with a name."""
_MOST = 1_000
"""Stories with a name, the largest first."""
_SAME = 0.8
"""If a group and a story have at least this share of each in common, they have one name."""


class NamedStory(msgspec.Struct, frozen=True):
    """A story with a name."""

    members: Ints
    """Its articles, ascending."""
    label: str
    """Its name."""
    is_group: bool
    """Whether it has the name of a community, or of a part of one, because the two are nearly the same."""


def name_stories(communities: Communities, parts: Sequence[Sequence[NamedPart]]) -> tuple[NamedStory, ...]:
    """Return the stories of at least 5 articles with their names, the largest first, at most 1,000.

    `parts` are those of each community. All names differ, except that a story is called like the community or part that
    it nearly is. Linear in the articles and the words of their titles.
    """
    stories = communities.stories
    sizes = np.bincount(stories, minlength=1)
    order = np.argsort(stories, kind="stable")
    ends = np.cumsum(sizes)
    largest = np.argsort(-sizes, kind="stable")[:_MOST]
    members = [order[ends[story] - sizes[story] : ends[story]] for story in largest if sizes[story] >= _SMALLEST]
    labels = [_group_label(some, communities, parts) for some in members]
    own = [number for number, label in enumerate(labels) if label is None]
    taken = [name.label for name in communities.names]
    taken += [part.name.label for some in parts for part in some]
    central = [members[number][np.argsort(-communities.ranks[members[number]], kind="stable")] for number in own]
    names = name_groups(communities.corpus, central, TiedArticles(communities.ties), taken=taken)
    found = dict(zip(own, names, strict=True))
    return tuple(
        NamedStory(some, found[number].label if label is None else label, label is not None)
        for number, (some, label) in enumerate(zip(members, labels, strict=True))
    )


def _group_label(some: Ints, communities: Communities, parts: Sequence[Sequence[NamedPart]]) -> str | None:
    """Return the label of the community or part that a story nearly is."""
    community = int(communities.number[some[0]])
    if community < 0:
        return None
    groups = [(communities.names[community], communities.members[community])]
    groups += [(part.name, part.members) for part in parts[community]]
    for name, group in groups:
        if _SAME * max(len(group), len(some)) <= min(len(group), len(some)):
            both = len(np.intersect1d(group, some, assume_unique=True))
            if both >= _SAME * max(len(group), len(some)):
                return name.label
    return None
