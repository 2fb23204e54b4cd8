"""The English words for relations, on every page and in every sentence, from either end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import msgspec


class RelationWords(msgspec.Struct, frozen=True):
    """The words for one relation.

    In verbs `{other}` is the node at the far end, and `{also}` is `also ` if two relations meet, otherwise nothing.
    """

    outward: str
    """The heading of the nodes it leads to: `Topics`."""
    inward: str
    """The heading of the nodes it comes from: `Articles about it`."""
    forward: str
    """From its source: `is about {other}`."""
    backward: str
    """From its target: `is a topic of {other}`. With `{also}` it is used in clauses, too: `which also wrote “B”`."""

    @property
    def meeting(self) -> str:
        """A clause from its target; `{pronoun}` and `{whom}` are the target."""
        if "{also}" in self.backward:
            return f"{{pronoun}} {self.backward}"
        return f"{{whom}} {{other}} {self.forward.removesuffix(' {other}')}"


RELATION_WORDS: Mapping[str, RelationWords] = MappingProxyType(
    {
        "part": RelationWords("Contains", "Part of", "{also}contains {other}", "is {also}part of {other}"),
        "author": RelationWords("Authors", "Articles", "was {also}written by {other}", "{also}wrote {other}"),
        "publisher": RelationWords("Provider", "Articles", "was {also}published by {other}", "{also}published {other}"),
        "about": RelationWords("Topics", "Articles about it", "is {also}about {other}", "is a topic of {other}"),
        "related": RelationWords(
            "Related articles", "Pointed to by", "{also}points to {other}", "is pointed to by {other}"
        ),
        "links": RelationWords("Links to", "Linked from", "{also}links to {other}", "is linked from {other}"),
        "based_on": RelationWords("Based on", "Source of", "is {also}based on {other}", "is a source of {other}"),
        "affiliation": RelationWords("Belongs to", "People", "{also}belongs to {other}", "has the member {other}"),
        "expertise": RelationWords(
            "Knows about", "People who know about it", "{also}knows about {other}", "is known to {other}"
        ),
        "parent": RelationWords(
            "Part of", "Organisations below", "is {also}part of {other}", "is the organisation above {other}"
        ),
        "broader": RelationWords(
            "Wider topics", "Narrower topics", "is {also}narrower than {other}", "is {also}broader than {other}"
        ),
        "mentions": RelationWords("Mentions", "Mentioned in", "{also}mentions {other}", "is mentioned by {other}"),
    }
)
"""Words by relation, the most informative first: it is the one named if several relations join two nodes."""

LISTED = tuple(
    "broader publisher author about part related links based_on mentions parent affiliation expertise".split()
)
"""The relations in the order in which cards and pages list them: short and informative ones first."""

_PREFERENCE = {relation: place for place, relation in enumerate(RELATION_WORDS)}


def by_preference(relations: Iterable[str]) -> list[str]:
    """Return relations sorted, the most informative first and the site's own last."""
    return sorted(relations, key=lambda relation: (_PREFERENCE.get(relation, len(_PREFERENCE)), relation))


def opening(relation: str, other: str, *, forward: bool) -> str:
    """Return the words after the first node of a sentence: `is about “Storage”`."""
    words = words_for(relation)
    return (words.forward if forward else words.backward).format(other=other, also="")


def clause(relation: str, other: str, *, forward: bool, pronoun: str, also: bool) -> str:
    """Return a clause on the node just named: `which “B” is also about`.

    `pronoun` is `who` or `which`; `also` says that the same relation led to that node from its other side.
    """
    words = words_for(relation)
    phrase = f"{{pronoun}} {words.forward}" if forward else words.meeting
    return phrase.format(
        pronoun=pronoun, whom="whom" if pronoun == "who" else pronoun, other=other, also="also " if also else ""
    )


def verbs_of(relation: str) -> tuple[str, str]:
    """Return the verb from the source and the verb from the target: `is about`, `is a topic of`."""
    words = words_for(relation)
    forward, backward = (verb.format(other="", also="").strip() for verb in (words.forward, words.backward))
    return forward, backward


def words_for(relation: str) -> RelationWords:
    """Return the words for a relation, or general ones for a relation of the site's own."""
    if relation in RELATION_WORDS:
        return RELATION_WORDS[relation]
    # Braces in the name would be taken for fields of the format.
    name = relation.replace("{", "{{").replace("}", "}}")
    return RelationWords(
        relation, relation, f"{{also}}leads by “{name}” to {{other}}", f"is {{also}}led to by “{name}” from {{other}}"
    )
