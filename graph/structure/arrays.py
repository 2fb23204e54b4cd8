"""The nodes of a graph as a numbered list, and its relations as pairs of numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import networkx
    from scipy import sparse

Ints: TypeAlias = NDArray[np.int64]
"""An array of whole numbers, mostly numbers of nodes."""

Floats: TypeAlias = NDArray[np.float64]
"""An array of measures."""

NO_DAY = -(2**31)
"""The day of an article without a date."""

_EPOCH = date(1970, 1, 1).toordinal()

_COMPARED_DIGITS = 9
"""Decimals that are the same on every machine, however its libraries order their sums."""

_KINDS = ("article", "topic", "provider", "person")
"""The kinds of nodes, in the order of their numbers."""

RELATION_NAMES = tuple(
    "publisher about related links part based_on author mentions broader affiliation expertise parent".split()
)
"""The relations of the table, in the order of the explorer's page; others come after these."""


class Structure(msgspec.Struct, frozen=True):
    """Nodes: articles, then topics, providers and people. The number of a node is its place."""

    counts: tuple[int, int, int, int]
    """The numbers of articles, topics, providers and people."""
    labels: Sequence[str]
    """The label of each node."""
    stub: NDArray[np.bool_]
    """Whether each article has no document."""
    days: Ints
    """Days from 1970-01-01 to the publication of each article; `NO_DAY` if unknown."""
    sources: Sequence[str]
    """The path of the first document of each article; empty for a stub."""
    language: str
    """The code of the language that most articles state, such as `de`; empty if none does."""
    pairs: Mapping[str, tuple[Ints, Ints]]
    """The sources and the targets of each relation, by number."""

    @property
    def first_topic(self) -> int:
        """The number of the first topic, and of articles."""
        return self.counts[0]

    @property
    def first_provider(self) -> int:
        """The number of the first provider."""
        return self.first_topic + self.counts[1]

    @property
    def first_person(self) -> int:
        """The number of the first person."""
        return self.first_provider + self.counts[2]

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return self.first_person + self.counts[3]

    def joined(self, *relations: str) -> tuple[Ints, Ints]:
        """Return the sources and targets of several relations, each pair once, sorted, without pairs of one node."""
        ends = [self.pairs[name] for name in relations]
        sources, targets = (np.concatenate([both[side] for both in ends]) for side in (0, 1))
        apart = sources != targets
        codes = distinct(sources[apart] * self.nodes + targets[apart])
        return (codes // self.nodes, codes % self.nodes) if self.nodes else (codes, codes)

    def between_articles(self, *relations: str) -> tuple[Ints, Ints]:
        """Return the pairs of `joined` from an article to an article."""
        sources, targets = self.joined(*relations)
        inside = (sources < self.first_topic) & (targets < self.first_topic)
        return sources[inside], targets[inside]

    def topics_of_articles(self, relation: str = "about") -> tuple[Ints, Ints]:
        """Return the pairs of a relation from articles to topics; topics are numbered from 0."""
        articles, topics = self.pairs[relation]
        inside = (articles < self.first_topic) & (topics >= self.first_topic) & (topics < self.first_provider)
        return articles[inside], topics[inside] - self.first_topic


def structure_of(network: networkx.MultiDiGraph[str]) -> tuple[Structure, tuple[str, ...]]:
    """Return a network as arrays, the nodes of each kind sorted by IRI, and the IRIs by number.

    Other kinds of nodes and other relations are left out. Linear in nodes and edges, apart from sorting.
    """
    rows: dict[str, list[str]] = {kind: [] for kind in _KINDS}
    for node, attributes in network.nodes(data=True):
        if (kind := attributes.get("kind")) in rows:
            rows[kind].append(node)
    nodes = tuple(chain.from_iterable(map(sorted, rows.values())))
    number = {node: place for place, node in enumerate(nodes)}
    found: dict[str, tuple[list[int], list[int]]] = {name: ([], []) for name in RELATION_NAMES}
    for source, target, relation in network.edges(keys=True):
        if relation in found and source in number and target in number:
            sources, targets = found[relation]
            sources.append(number[source])
            targets.append(number[target])
    articles = len(rows["article"])
    known = [network.nodes[node] for node in nodes[:articles]]
    structure = Structure(
        counts=(articles, len(rows["topic"]), len(rows["provider"]), len(rows["person"])),
        labels=[str(network.nodes[node].get("label") or node) for node in nodes],
        stub=np.fromiter((bool(one.get("stub")) for one in known), np.bool_, articles),
        days=day_numbers([str(one.get("published_at") or "") for one in known]),
        sources=[str(one.get("source") or "") for one in known],
        language=main_language(str(one.get("language") or "") for one in known),
        pairs={name: _sorted(np.array(ends, np.int64)) for name, ends in found.items()},
    )
    return structure, nodes


def day_numbers(times: Sequence[str]) -> Ints:
    """Return the days of times in ISO 8601, counted from 1970-01-01; `NO_DAY` for anything else."""
    texts = [time[:10] for time in times]
    days = {text: _day(text) for text in set(texts)}
    return np.array([days[text] for text in texts], np.int64)


def _day(text: str) -> int:
    try:
        return date.fromisoformat(text).toordinal() - _EPOCH
    except ValueError:
        return NO_DAY


def main_language(languages: Iterable[str]) -> str:
    """Return the commonest language of articles, the alphabetically first of equals; "" if none states one."""
    counts = Counter(language for language in languages if language)
    return min(counts, key=lambda language: (-counts[language], language), default="")


def _sorted(ends: Ints) -> tuple[Ints, Ints]:
    order = np.lexsort(ends[::-1])
    return ends[0][order], ends[1][order]


def distinct(codes: Ints) -> Ints:
    """Return the distinct numbers, sorted."""
    row = np.sort(codes)
    return row[are_first(row)]


def are_first(ascending: Ints) -> NDArray[np.bool_]:
    """Return which of some ascending numbers are the first of their equals."""
    first = np.ones(len(ascending), bool)
    first[1:] = ascending[1:] != ascending[:-1]
    return first


def places_among_equals(ascending: Ints) -> Ints:
    """Return for each of some ascending numbers how many of its equals come before it."""
    return np.arange(len(ascending)) - np.searchsorted(ascending, ascending)


def pairs_of_equals(ascending: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Yield the places of all pairs of equals among ascending numbers: neighbours first, then those two apart, and on.

    Linear in the pairs.
    """
    first = np.arange(len(ascending))
    for apart in range(1, len(ascending)):
        first = first[: np.searchsorted(first, len(ascending) - apart)]
        first = first[ascending[first] == ascending[first + apart]]
        if not len(first):
            return
        yield first, first + apart


def places_in(ascending: Ints, wanted: Ints) -> Ints:
    """Return the place of each wanted number among some distinct ascending ones; -1 for one that is not there."""
    if not len(ascending):
        return np.full(len(wanted), -1)
    places = np.searchsorted(ascending, wanted)
    places[places == len(ascending)] = 0
    return np.where(ascending[places] == wanted, places, -1)


def are_in(ascending: Ints, wanted: Ints) -> NDArray[np.bool_]:
    """Return whether each wanted number is among some ascending ones."""
    if not len(ascending):
        return np.zeros(len(wanted), bool)
    return np.asarray(ascending[np.minimum(np.searchsorted(ascending, wanted), len(ascending) - 1)] == wanted)


def inverse_of(order: Ints) -> Ints:
    """Return the place of each number in an order, which has all numbers from 0."""
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order))
    return places


def ranks_of(sizes: Ints) -> Ints:
    """Return the rank of each size, from 0 for the largest; equals keep their order."""
    return inverse_of(np.argsort(-sizes, kind="stable"))


def plurality(group: Ints, choice: Ints, groups: int, weights: Floats | None = None) -> tuple[Ints, Floats]:
    """Return the choice with most votes in each group, and its votes: the smallest of equals, -1 if there are none.

    Choices below 0 are no votes; `weights` are what each is worth, 1 by default.
    """
    best, votes = np.full(groups, -1), np.zeros(groups)
    known = choice >= 0
    group, choice = group[known], choice[known]
    if not len(group):
        return best, votes
    width = int(choice.max()) + 1
    codes, inverse = np.unique(group * width + choice, return_inverse=True)
    sums = np.bincount(inverse, None if weights is None else weights[known])
    order = np.lexsort((codes, -sums, codes // width))
    found, begins = np.unique(codes[order] // width, return_index=True)
    best[found], votes[found] = codes[order][begins] % width, sums[order][begins]
    return best, votes


def comparable(measures: Floats) -> Floats:
    """Return measures without the digits that differ between machines, so that equals are equal when sorted."""
    return np.asarray(np.round(measures, _COMPARED_DIGITS))


def unit_rows(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return a matrix with its rows scaled to length 1; empty rows stay empty, and indices may be unsorted."""
    from scipy import sparse  # takes long to import

    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return (sparse.diags_array(1 / np.maximum(lengths, 1e-12)) @ matrix).tocsr()
