"""What passes find, in states that are merged in any order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.info import Tally
from graph.reading.chunks import Outcome
from graph.statements import Statement
from graph.truth.named_places import NamedPlaces


class Roots(dict[str, str]):
    """The roots of keys that were united with others; every other key is its own root."""

    def __missing__(self, key: str) -> str:
        return key


@dataclass(frozen=True, slots=True)
class ReadCounts:
    """What reading found, in numbers."""

    files: int = 0
    """How many files were read."""
    statements: int = 0
    """How many statements they make."""
    found: bool = False
    """Whether any file holds something."""
    unmapped: Counter[str] = field(default_factory=Counter)
    """Records with each field that is not in the vocabulary."""
    passed_over: Counter[str] = field(default_factory=Counter)
    """Files that were passed over, by ending or by reason."""

    @classmethod
    def of(cls, outcome: Outcome) -> ReadCounts:
        """Return what one file gave."""
        return cls(
            int(outcome.found),
            len(outcome.statements),
            outcome.found or bool(outcome.problems),
            Counter(outcome.unmapped),
            Counter(outcome.passed_over),
        )

    def merged(self, other: ReadCounts) -> ReadCounts:
        """Return the numbers of both."""
        return ReadCounts(
            self.files + other.files,
            self.statements + other.statements,
            self.found or other.found,
            self.unmapped + other.unmapped,
            self.passed_over + other.passed_over,
        )


@dataclass(frozen=True, slots=True)
class LinkedTo:
    """What all statements say about links."""

    named: NamedPlaces
    """The documents that links name."""
    leads_away: bool
    """Whether a link is written `[[Note]]`, or of a relation of the site's own: its target may be missing."""

    @classmethod
    def of(cls, statements: Sequence[Statement], *, with_hosts: bool) -> LinkedTo:
        """Look at the links of statements. Linear."""
        links = [link for statement in statements for link in statement.links]
        named = NamedPlaces.of(links, with_hosts=with_hosts)
        return cls(named, any(link.is_note or link.relation for link in links))

    def merged(self, other: LinkedTo) -> LinkedTo:
        """Return what the statements of both say."""
        return LinkedTo(self.named.merged(other.named), self.leads_away or other.leads_away)


@dataclass(frozen=True, slots=True)
class Counted:
    """What was found while articles were merged, in numbers."""

    tally: Tally
    """The records."""
    links: Counter[str]
    """Links, by the name of the field of `LinkCounts`."""
    untitled: int
    """Articles with a document but without a stated title."""

    def merged(self, other: Counted) -> Counted:
        """Return the numbers of both."""
        return Counted(self.tally.merged(other.tally), self.links + other.links, self.untitled + other.untitled)
