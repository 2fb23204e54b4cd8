"""What relations are called in English, on every page and in every sentence, from either of their ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["LISTED", "RELATION_WORDS", "RelationWords", "by_preference", "clause", "opening", "verbs_of", "words_of"]


@dataclass(frozen=True, slots=True)
class RelationWords:
    """The words for one relation.

    In verbs `{other}` is the node at the far end, `{pronoun}` and `{whom}` the node the clause is about, `{also}` is
    `also ` where two relations meet, otherwise nothing.
    """

    outward: str
    """The heading of what it leads to: `Topics`."""
    inward: str
    """The heading of what it comes from: `Articles about it`."""
    forward: str
    """From its source: `is about {other}`."""
    backward: str
    """From its target: `is a topic of {other}`."""
    meeting: str
    """From its target, going on in a sentence: `{whom} {other} is {also}about`."""


RELATION_WORDS: Mapping[str, RelationWords] = MappingProxyType(
    {
        "part": RelationWords(
            "Contains", "Part of", "{also}contains {other}", "is part of {other}", "{pronoun} is {also}part of {other}"
        ),
        "author": RelationWords(
            "Authors", "Articles", "was {also}written by {other}", "wrote {other}", "{pronoun} {also}wrote {other}"
        ),
        "publisher": RelationWords(
            "Provider",
            "Articles",
            "was {also}published by {other}",
            "published {other}",
            "{pronoun} {also}published {other}",
        ),
        "about": RelationWords(
            "Topics",
            "Articles about it",
            "is {also}about {other}",
            "is a topic of {other}",
            "{whom} {other} is {also}about",
        ),
        "related": RelationWords(
            "Related articles",
            "Pointed to by",
            "{also}points to {other}",
            "is pointed to by {other}",
            "{whom} {other} {also}points to",
        ),
        "links": RelationWords(
            "Links to",
            "Linked from",
            "{also}links to {other}",
            "is linked from {other}",
            "{whom} {other} {also}links to",
        ),
        "based_on": RelationWords(
            "Based on",
            "Source of",
            "is {also}based on {other}",
            "is a source of {other}",
            "{whom} {other} is {also}based on",
        ),
        "affiliation": RelationWords(
            "Belongs to",
            "People",
            "{also}belongs to {other}",
            "has the member {other}",
            "{whom} {other} {also}belongs to",
        ),
        "expertise": RelationWords(
            "Knows about",
            "People who know about it",
            "{also}knows about {other}",
            "is known to {other}",
            "{whom} {other} {also}knows about",
        ),
        "parent": RelationWords(
            "Part of",
            "Organisations below",
            "is {also}part of {other}",
            "is the organisation above {other}",
            "{whom} {other} is {also}part of",
        ),
        "broader": RelationWords(
            "Wider topics",
            "Narrower topics",
            "is {also}narrower than {other}",
            "is broader than {other}",
            "{pronoun} is {also}broader than {other}",
        ),
        "mentions": RelationWords(
            "Mentions",
            "Mentioned in",
            "{also}mentions {other}",
            "is mentioned by {other}",
            "{whom} {other} {also}mentions",
        ),
    }
)
"""By the name of the relation, in the order in which they are preferred when several join the same two nodes."""


LISTED = (
    "broader",
    "publisher",
    "author",
    "about",
    "part",
    "related",
    "links",
    "based_on",
    "mentions",
    "parent",
    "affiliation",
    "expertise",
)
"""The relations in the order in which cards and pages list them: what is short and tells most comes first."""


_PREFERENCE = {relation: place for place, relation in enumerate(RELATION_WORDS)}


def by_preference(relations: Iterable[str]) -> list[str]:
    """Return relations with the one first that says most about how two nodes are joined; the site's own come last."""
    return sorted(relations, key=lambda relation: (_PREFERENCE.get(relation, len(_PREFERENCE)), relation))


def opening(relation: str, other: str, *, forward: bool) -> str:
    """Return what follows the first node of a sentence: `is about “Storage”`."""
    words = words_of(relation)
    return (words.forward if forward else words.backward).format(other=other, also="")


def clause(relation: str, other: str, *, forward: bool, pronoun: str, also: bool) -> str:
    """Return a clause on the node just named: `which “B” is also about`.

    `pronoun` is `who` or `which`; `also` tells whether that node was reached by the same relation from its other side.
    """
    words = words_of(relation)
    phrase = f"{{pronoun}} {words.forward}" if forward else words.meeting
    return phrase.format(
        pronoun=pronoun, whom="whom" if pronoun == "who" else pronoun, other=other, also="also " if also else ""
    )


def verbs_of(relation: str) -> tuple[str, str]:
    """Return the verbs of a relation from its source and from its target: `is about`, `is a topic of`."""
    words = words_of(relation)
    forward, backward = (verb.format(other="", also="").strip() for verb in (words.forward, words.backward))
    return forward, backward


def words_of(relation: str) -> RelationWords:
    """Return the words for a relation; plain ones for a relation that has none, such as one of the site's own."""
    if relation in RELATION_WORDS:
        return RELATION_WORDS[relation]
    # Braces in an unknown relation's name would be taken for places to fill in.
    name = relation.replace("{", "{{").replace("}", "}}")
    return RelationWords(
        relation,
        relation,
        f"{{also}}leads by “{name}” to {{other}}",
        f"is led to by “{name}” from {{other}}",
        f"{{pronoun}} is {{also}}led to by “{name}” from {{other}}",
    )
