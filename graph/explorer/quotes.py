"""Quotes of links: the line, the words of the link, and the text around them."""

from __future__ import annotations

import re
from typing import TypeAlias

import numpy as np

from graph.atlas.census import Census
from graph.evidence import EvidenceTable
from graph.explorer.numbers import relation_rows
from graph.explorer.safe_text import to_line
from graph.structure.arrays import distinct

Quote: TypeAlias = tuple[int, str, str, str]
"""The line (0 if unknown), the text before the words of a link, these words, and the text after them."""

MOST_QUOTED = 300
"""The most links of a node that a server quotes in each direction."""

_LONGEST = 160
_LONGEST_WORDS = 120


def quote_of(line: int, words: str, sentence: str) -> Quote | None:
    """Return about 160 characters of a sentence around the words of a link, without control characters.

    `None` if neither line nor words are known. If the words are not in the sentence, it follows them.
    """
    shown = to_line(words, _LONGEST_WORDS)
    whole = to_line(sentence, 4 * _LONGEST)
    if not (line or shown or whole):
        return None
    place = _place_of(shown.removesuffix("…"), whole) if shown else -1
    if place < 0:
        return line, "", shown, shorten_quote(f" {whole}" if shown and whole else whole, _LONGEST - len(shown))
    before, behind = whole[:place], whole[place + len(shown.removesuffix("…")) :]
    if shown.endswith("…") and not behind.startswith("…"):
        behind = ""
    room = _LONGEST - len(shown)
    ahead = min(len(before), max(room // 2, room - len(behind)))
    return line, shorten_quote(before[::-1], ahead)[::-1], shown, shorten_quote(behind, room - ahead)


def quotes_from(evidence: EvidenceTable, census: Census) -> dict[str, list[Quote | None]]:
    """Return the quotes of the links of each node, by its number and in the order of its row of `links`.

    Nodes without quotes are left out. Linear in the links.
    """
    if not len(evidence):
        return {}
    places = evidence.first_places()
    links = relation_rows(census, "links")
    iris = [record.iri for record in census.records()]
    found: dict[str, list[Quote | None]] = {}
    for node, record in enumerate(census.records()):
        row = links.of(node).tolist()
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


def lines_from(evidence: EvidenceTable, census: Census) -> dict[str, dict[str, list[int]]]:
    """Return the lines at which the other relations are stated, by relation and node, in the order of its row.

    0 stands for an unknown line; nodes without a known line are left out. Linear in the relations.
    """
    numbers = {record.iri: number for number, record in enumerate(census.records())}
    found: dict[str, dict[str, list[int]]] = {}
    known = evidence.first_places().lines(numbers)
    for name in census.relation_names:
        if name == "links" or name not in known:
            continue
        pairs, lines = known[name]
        rows = relation_rows(census, name)
        nodes = np.repeat(np.arange(census.nodes), np.diff(rows.start))
        wanted = nodes * census.nodes + rows.to
        places = pairs.searchsorted(wanted)
        stated = np.where(np.append(pairs, -1)[places] == wanted, np.append(lines, 0)[places], 0)
        some, ends, row = distinct(nodes[stated > 0]).tolist(), rows.start.tolist(), stated.tolist()
        if some:
            found[name] = {str(node): row[ends[node] : ends[node + 1]] for node in some}
    return found


def _place_of(words: str, sentence: str) -> int:
    """Return the place of words in a sentence, as separate words if possible, or -1."""
    found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", sentence)
    return found.start() if found else sentence.find(words)


def shorten_quote(text: str, longest: int) -> str:
    """Return the beginning of a text, cut between words."""
    if len(text) <= longest:
        return text
    some = text[: max(0, longest - 1)]
    head = some.rpartition(" ")[0]
    return (head if head.strip() else some).rstrip() + "…"
