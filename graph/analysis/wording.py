"""How a relation is said in English, from either of its ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["WORDINGS", "Wording", "clause", "opening"]


@dataclass(frozen=True, slots=True)
class Wording:
    """A relation's verbs.

    `{other}` is the node at the far end, `{pronoun}` and `{whom}` the node the clause is about, `{also}` is `also `
    where two relations meet, otherwise nothing.
    """

    forward: str
    """From its source: `is about {other}`."""
    backward: str
    """From its target: `is a topic of {other}`."""
    meeting: str
    """From its target, going on in a sentence: `{whom} {other} is {also}about`."""


WORDINGS: Mapping[str, Wording] = MappingProxyType(
    {
        "part": Wording("{also}contains {other}", "is part of {other}", "{pronoun} is {also}part of {other}"),
        "author": Wording("was {also}written by {other}", "wrote {other}", "{pronoun} {also}wrote {other}"),
        "publisher": Wording(
            "was {also}published by {other}", "published {other}", "{pronoun} {also}published {other}"
        ),
        "about": Wording("is {also}about {other}", "is a topic of {other}", "{whom} {other} is {also}about"),
        "related": Wording("{also}points to {other}", "is pointed to by {other}", "{whom} {other} {also}points to"),
        "links": Wording("{also}links to {other}", "is linked from {other}", "{whom} {other} {also}links to"),
        "based_on": Wording("is {also}based on {other}", "is a source of {other}", "{whom} {other} is {also}based on"),
        "affiliation": Wording("{also}belongs to {other}", "has the member {other}", "{whom} {other} {also}belongs to"),
        "expertise": Wording("{also}knows about {other}", "is known to {other}", "{whom} {other} {also}knows about"),
        "parent": Wording(
            "is {also}part of {other}", "is the organisation above {other}", "{whom} {other} is {also}part of"
        ),
        "broader": Wording(
            "is {also}narrower than {other}", "is broader than {other}", "{pronoun} is {also}broader than {other}"
        ),
        "mentions": Wording("{also}mentions {other}", "is mentioned by {other}", "{whom} {other} {also}mentions"),
    }
)
"""The relations in the order in which they are preferred when several join the same two nodes."""


def opening(relation: str, other: str, *, forward: bool) -> str:
    """Return what follows the first node of a sentence: `is about “Storage”`."""
    wording = _wording(relation)
    return (wording.forward if forward else wording.backward).format(other=other, also="")


def clause(relation: str, other: str, *, forward: bool, pronoun: str, also: bool) -> str:
    """Return a clause on the node just named: `which “B” is also about`.

    `pronoun` is `who` or `which`; `also` tells whether that node was reached by the same relation from its other side.
    """
    wording = _wording(relation)
    phrase = f"{{pronoun}} {wording.forward}" if forward else wording.meeting
    return phrase.format(
        pronoun=pronoun, whom="whom" if pronoun == "who" else pronoun, other=other, also="also " if also else ""
    )


def _wording(relation: str) -> Wording:
    """Return a relation's verbs; plain ones for a relation that has none."""
    if relation in WORDINGS:
        return WORDINGS[relation]
    # Braces in an unknown relation's name would be taken for places to fill in.
    name = relation.replace("{", "{{").replace("}", "}}")
    return Wording(
        f"{{also}}leads by “{name}” to {{other}}",
        f"is led to by “{name}” from {{other}}",
        f"{{pronoun}} is {{also}}led to by “{name}” from {{other}}",
    )
