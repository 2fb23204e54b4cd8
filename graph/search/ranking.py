"""The ranking of a search by name, the same in the index and in the JavaScript of the page.

The score of a node is the sum of how well each typed word fits, with more weight for rare words, divided by the length
of its name, plus the weight of the node itself. A name that equals the whole text comes first.
"""

from __future__ import annotations

from typing import NamedTuple


class Ranking(NamedTuple):
    """The parameters of a ranking."""

    shown: int = 12
    """Nodes that are suggested: about as many as fit below a search box."""
    most_words: int = 12
    """Words of a question that count. Hardly any name has more, and each costs a pass over its nodes."""
    longest: int = 300
    """Characters of a question or a name that count."""
    whole: float = 1.0
    """The fit of a typed word to the same word."""
    last: float = 0.7
    """The fit of the last typed word, which may be unfinished, to a word that begins with it."""
    beginning: float = 0.55
    """The fit of any other typed word to a word that begins with it."""
    more_typed: float = 0.2
    """Added to these two, times the share of the word that was typed."""
    slips: tuple[int, int] = (4, 8)
    """Letters from which one typo is tolerated, and two. A typo in a shorter word makes another word."""
    shortest: int = 3
    """The least letters of a word that may be meant by a mistyped one."""
    guessed: float = 0.5
    """The fit of a mistyped word: less than any that is spelled right."""
    guessed_beginning: float = 0.35
    """The fit of a mistyped beginning of a word."""
    slip: float = 0.12
    """Subtracted from these two for each typo."""
    rarity: float = 0.3
    """The weight of rare words: this times the logarithm of their rarity."""
    length: float = 0.06
    """The discount for each word of a name, because the typed words are most of a short name."""
    per_doubling: float = 0.1
    """Added to the weight of a node each time its relations double."""
    most_connected: float = 1.5
    """The most that relations add."""
    not_article: float = 0.6
    """Added for a topic, provider or person: there are few, and they are mostly meant."""
    stub: float = -0.3
    """Added for a stub, an article without a document."""
    kinds: tuple[str, ...] = ("article", "provider", "topic", "person")
    """The order of kinds among equals, which are then ordered by IRI."""

    def forgiven(self, letters: int) -> int:
        """Return how many typos are tolerated in a word of this many letters."""
        return sum(letters >= least for least in self.slips)

    def weight(self, kind: str, relations: int, *, stub: bool) -> float:
        """Return the weight of a node, by its number of relations and its kind."""
        connected = min(self.most_connected, self.per_doubling * relations.bit_length())
        return connected + (self.not_article if kind != "article" else self.stub if stub else 0.0)


RANKING = Ranking()
"""The ranking of every search by name."""
