"""How a search by name ranks what it finds: the same numbers for the index and for the page in JavaScript.

A node's score is the sum over the typed words of how well each fits, rare words counting for more, divided by the
length of its name, and added to what speaks for the node itself. A name that is exactly what was typed comes first.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["RANKING", "Ranking"]


class Ranking(NamedTuple):
    """The numbers of a ranking."""

    shown: int = 12
    """How many nodes are suggested: about as many as fit below a search box."""
    most_words: int = 12
    """So many words of a question count. Hardly any name has more, and each costs a pass over its nodes."""
    longest: int = 300
    """So many characters of a question or a name count."""
    whole: float = 1.0
    """How well a typed word fits a word that it is."""
    last: float = 0.7
    """How well the last typed word, which may still be unfinished, fits a word that it begins."""
    beginning: float = 0.55
    """How well any other typed word fits a word that it begins."""
    more_typed: float = 0.2
    """What is added to these two, times the share of the word that was typed."""
    slips: tuple[int, int] = (4, 8)
    """From so many letters on, one slip is forgiven, and two. A slip in a shorter word makes another word."""
    shortest: int = 3
    """Words with fewer letters are never taken for another that was mistyped."""
    guessed: float = 0.5
    """How well a mistyped word fits: less than any that is spelled right."""
    guessed_beginning: float = 0.35
    """How well a mistyped word fits a word that it nearly begins."""
    slip: float = 0.12
    """What each slip takes from these two."""
    rarity: float = 0.3
    """How much a rare word counts for more: this times the logarithm of how rare it is."""
    length: float = 0.06
    """How much each word of a name takes from its score: what was typed is most of a short name."""
    per_doubling: float = 0.1
    """What speaks for a node each time its relations double."""
    most_connected: float = 1.5
    """The most that its relations speak for a node."""
    not_article: float = 0.6
    """What speaks for a topic, provider or person: there are few, and who types their name means them."""
    stub: float = -0.3
    """What speaks against an article that no document backs."""
    kinds: tuple[str, ...] = ("article", "provider", "topic", "person")
    """Of equals the kind that stands first here comes first, and then the first by IRI."""

    def forgiven(self, letters: int) -> int:
        """Return how many slips are forgiven in a word of so many letters."""
        return sum(letters >= least for least in self.slips)

    def weight(self, kind: str, relations: int, *, stub: bool) -> float:
        """Return what speaks for a node: how much it is connected, and what it is."""
        connected = min(self.most_connected, self.per_doubling * relations.bit_length())
        return connected + (self.not_article if kind != "article" else self.stub if stub else 0.0)


RANKING = Ranking()
"""The ranking of every search by name."""
