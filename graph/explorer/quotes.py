"""What is quoted of a text that links: the line, and the words of the link between what stands before and behind."""

from __future__ import annotations

import re
from typing import TypeAlias

from graph.atlas.census import Census
from graph.evidence import EvidenceTable
from graph.explorer.numbers import rows_of
from graph.explorer.safe_text import to_line

__all__ = ["MOST_QUOTED", "Quote", "quote_of", "quotes_from"]

Quote: TypeAlias = tuple[int, str, str, str]
"""The line (0 where unknown), what stands before the words of a link, these words, and what stands behind them."""

MOST_QUOTED = 300
"""Links of a node, in each direction, that a server quotes."""

_LONGEST = 160
_LONGEST_WORDS = 120


def quote_of(line: int, words: str, sentence: str) -> Quote | None:
    """Return about 160 characters of a sentence around the words of a link, in plain text without marks that steer.

    `None` where neither line nor words are known. Where the words do not stand in the sentence, it follows them.
    """
    shown = to_line(words, _LONGEST_WORDS)
    whole = to_line(sentence, 4 * _LONGEST)
    if not (line or shown or whole):
        return None
    place = _place_of(shown.removesuffix("…"), whole) if shown else -1
    if place < 0:
        return line, "", shown, _cut(f" {whole}" if shown and whole else whole, _LONGEST - len(shown))
    before, behind = whole[:place], whole[place + len(shown.removesuffix("…")) :]
    if shown.endswith("…") and not behind.startswith("…"):
        behind = ""
    room = _LONGEST - len(shown)
    ahead = min(len(before), max(room // 2, room - len(behind)))
    return line, _cut(before[::-1], ahead)[::-1], shown, _cut(behind, room - ahead)


def quotes_from(evidence: EvidenceTable, census: Census) -> dict[str, list[Quote | None]]:
    """Return by number of the node what its links are quoted from, in the order of its row of the relation `links`.

    A node of whose links nothing is known is left out. Linear in the links.
    """
    if not len(evidence):
        return {}
    places = evidence.first_places()
    starts, targets = rows_of(census, "links")
    iris = [record.iri for record in census.records()]
    found: dict[str, list[Quote | None]] = {}
    for node, record in enumerate(census.records()):
        row = targets[starts[node] : starts[node + 1]].tolist()
        if not row:
            continue
        stated = places.of(record.iri).get("links", {})
        quotes: list[Quote | None] = []
        for target in row:
            place = stated.get(iris[target])
            quotes.append(quote_of(place[1], *places.said(place)) if place else None)
        if any(quotes):
            found[str(node)] = quotes
    return found


def _place_of(words: str, sentence: str) -> int:
    """Return where words stand in a sentence, as words of their own if possible; -1 where they do not."""
    found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", sentence)
    return found.start() if found else sentence.find(words)


def _cut(text: str, longest: int) -> str:
    """Return the beginning of a text, cut between words where it is longer."""
    if len(text) <= longest:
        return text
    some = text[: max(0, longest - 1)]
    head = some.rpartition(" ")[0]
    return (head if head.strip() else some).rstrip() + "…"
