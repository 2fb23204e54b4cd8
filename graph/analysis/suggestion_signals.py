"""What shows that two articles go together: their words, links, dates, types, publishers, folders and topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from posixpath import dirname

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graph.analysis.relations import Network, date_of, label_of, links, nodes_of_kind, publishers_of, text_of
from graph.knowledge import KnowledgeGraph
from graph.records import Article
from graph.structure.arrays import Floats, Ints, are_in, distinct, unit_rows
from graph.structure.text_matrix import TextMatrix, WordCounts, count_text_words, shared_columns, without_boilerplate
from graph.structure.typicality import background_topics
from graph.truth.phrases import telling_words

_MOST_SHARED, _MOST_OF_ALL, _FEW_SHARED = 200, 0.1, 10
"""A page that is linked with more than 200 articles, or with more than a tenth of all and more than ten, says little
about two of them: it is an index."""
_OUTSIDE = 0.5
"""What is left of the weight of a page outside: many links lead to a tool, a forum or a tracker of the whole site."""
_LEADING = 0.5
"""What is left of the weight of a page that leads to an article, which does not lead to it, where most have no date:
overviews, glossaries and release notes name many things in passing."""
_MOST_IN_FOLDER = 0.5
"""A folder with a larger share of all articles says nothing."""
_MOST_WITH_TOPIC = 0.2
"""A topic of a larger share of all articles does not show whether two of them are alike."""
_MANY_BESIDE = 20
"""The mean number of other articles at one time for an article to be among many."""
_UNKNOWN = -1

DAYS_APART = 14
"""Days after which two articles hardly count as of one time."""

TELLING_RELATIONS = frozenset({"publisher", "about", "links", "based_on"})
"""All relations by which articles are compared; others only show which articles are linked."""


@dataclass(frozen=True, slots=True)
class Signals:
    """Articles, numbered in the order of their IRIs, and what is known of each."""

    network: Network
    """The network from which all this is read."""
    articles: tuple[str, ...]
    """Their IRIs, sorted."""
    excerpts: Sequence[str]
    """Their excerpts, without what their publisher repeats."""
    titles: Sequence[str]
    """The words of their titles, joined; empty if a title has none."""
    counts: WordCounts
    """The words of titles, excerpts and, in a graph, headings."""
    texts: TextMatrix
    """The words of titles and excerpts, weighed to tell how much two articles say the same."""
    day: Floats
    """The day of publication, as an ordinal; NaN if unknown."""
    is_dated: bool
    """Whether most articles have a date."""
    crowd: float
    """How much is published at one time: 1 if an article has on average 20 others within 14 days, or if no date is
    known; the fewer it has, the closer to 0."""
    kind: Ints
    """The number of the site's own type; -1 if unknown."""
    publisher: Ints
    """The number of the publisher; -1 if unknown."""
    publisher_labels: Sequence[str]
    """The label of each publisher."""
    folder: Ints
    """The number of the folder of the document; -1 if unknown."""
    telling_folder: Ints
    """The same; also -1 if it is common to most articles."""
    topics: sparse.csr_matrix
    """Articles by topics; topics of nearly all articles are empty."""
    rare_topics: sparse.csr_matrix
    """The same without topics of more than a fifth of all articles; each row has length 1, or is empty."""
    topic_iris: Sequence[str]
    """All topics, also those that no article states, sorted."""
    topic_labels: Sequence[str]
    """Their labels."""
    is_background: NDArray[np.bool_]
    """Whether each topic is on nearly all articles with topics."""
    pages: sparse.csr_matrix
    """Articles by the pages they link to, are linked from or cite; products are weights (Adamic and Adar 2003)."""
    page_labels: Sequence[str]
    """The titles or addresses of these pages."""
    linked: Ints
    """The pairs of articles with a relation, each direction, as sorted codes: first × articles + second."""

    def days_apart(self, first: Ints, second: Ints) -> Floats:
        """Return the days between articles; NaN if a date is unknown, or if most dates are."""
        days: Floats = np.abs(self.day[first] - self.day[second])
        return days if self.is_dated else np.full_like(days, np.nan)

    def are_linked(self, first: Ints, second: Ints) -> NDArray[np.bool_]:
        """Return whether a relation joins the articles of each pair."""
        return are_in(self.linked, first * len(self.articles) + second)

    def same_kind(self, first: Ints, second: Ints) -> NDArray[np.bool_]:
        """Return whether the articles of each pair have one type, or a type is unknown."""
        one, other = self.kind[first], self.kind[second]
        found: NDArray[np.bool_] = (one == other) | (one == _UNKNOWN) | (other == _UNKNOWN)
        return found

    def same_publisher(self, first: Ints, second: Ints) -> NDArray[np.bool_]:
        """Return whether the articles of each pair have one known publisher."""
        found: NDArray[np.bool_] = (self.publisher[first] == self.publisher[second]) & (
            self.publisher[first] != _UNKNOWN
        )
        return found

    def same_folder(self, first: Ints, second: Ints) -> NDArray[np.bool_]:
        """Return whether the documents of each pair are in one folder that says something."""
        folder = self.telling_folder
        found: NDArray[np.bool_] = (folder[first] == folder[second]) & (folder[first] != _UNKNOWN)
        return found

    def share_topic(self, first: Ints, second: Ints) -> NDArray[np.bool_]:
        """Return whether the articles of each pair share a topic that says something."""
        if not self.topics.nnz:
            return np.zeros(len(first), np.bool_)
        return np.asarray(self.topics[first].multiply(self.topics[second]).sum(axis=1)).ravel() > 0

    def topic_likeness(self, first: Ints, second: Ints) -> Floats:
        """Return how much the rare topics of each pair are the same, from 0 to 1."""
        shared = self.rare_topics[first].multiply(self.rare_topics[second])
        return np.asarray(shared.sum(axis=1), np.float64).ravel()

    def has_same_title(self, first: int, second: int) -> bool:
        """Return whether two titles are the same words."""
        return bool(self.titles[first]) and self.titles[first] == self.titles[second]

    def shared_links(self, articles: Ints) -> tuple[Ints, Ints, Floats]:
        """Return pairs of some articles and others that share links, sorted, and the weights of these links."""
        found = (self.pages[articles] @ self.pages.T).tocsr()
        found.sort_indices()
        rows = np.repeat(articles, np.diff(found.indptr))
        columns = found.indices.astype(np.int64)
        kept = rows != columns
        return rows[kept], columns[kept], found.data[kept]

    def shared_pages(self, first: int, second: int) -> list[str]:
        """Return the names of the pages that both articles are linked with, the rarest first."""
        return _shared(self.pages, first, second, self.page_labels)

    def shared_topics(self, first: int, second: int, *, rare: bool = False) -> list[str]:
        """Return the labels of the topics that both articles are about, or of the rare ones among them, in order."""
        return _shared(self.rare_topics if rare else self.topics, first, second, self.topic_labels)


def signals_of(given: Network | KnowledgeGraph, cited: Mapping[str, Sequence[str]] | None = None) -> Signals:
    """Return what is known of the articles of a network, or of a graph, which knows citations too. Linear.

    `cited` are the addresses that articles cite, for a network.
    """
    network = given.network if isinstance(given, KnowledgeGraph) else given
    articles = nodes_of_kind(network, "article")
    number = {article: place for place, article in enumerate(articles)}
    publishers = publishers_of(network)
    titles = [label_of(network, article) if text_of(network, article, "label") else "" for article in articles]
    written = [text_of(network, article, "excerpt") or "" for article in articles]
    channels = [publishers.get(article, "") for article in articles]
    excerpts = without_boilerplate(titles, written, channels)
    sources = (text_of(network, article, "source") for article in articles)
    folder = _numbered([None if source is None else dirname(source) for source in sources])
    days = (date_of(network, article) for article in articles)
    day = np.array([np.nan if one is None else one.toordinal() for one in days], np.float64)
    topics, topic_iris, is_background = _topics(network, number)
    counts = count_text_words(titles, excerpts, without_boilerplate(titles, _headings(given, articles), channels))
    is_dated = 2 * int(np.isnan(day).sum()) < len(day)
    if cited is None:
        cited = citations_of(given.articles) if isinstance(given, KnowledgeGraph) else {}
    pages, page_labels = _pages(network, number, cited, is_dated=is_dated)
    return Signals(
        network=network,
        articles=tuple(articles),
        excerpts=excerpts,
        titles=[" ".join(telling_words(title)) for title in titles],
        counts=counts,
        texts=counts.weighed(),
        day=day,
        is_dated=is_dated,
        crowd=_crowd(day[~np.isnan(day)]),
        kind=_numbered([text_of(network, article, "type") for article in articles]),
        publisher=_numbered([publishers.get(article) for article in articles]),
        publisher_labels=[label_of(network, publisher) for publisher in sorted({*filter(None, channels)})],
        folder=folder,
        telling_folder=_telling_folders(folder),
        topics=topics,
        rare_topics=_rare(topics),
        topic_iris=topic_iris,
        topic_labels=[label_of(network, topic) for topic in topic_iris],
        is_background=is_background,
        pages=pages,
        page_labels=page_labels,
        linked=_linked(network, number),
    )


def _headings(given: Network | KnowledgeGraph, articles: Sequence[str]) -> list[str]:
    if not isinstance(given, KnowledgeGraph):
        return [""] * len(articles)
    return ["\n".join(given.articles[article].sections) for article in articles]


def citations_of(articles: Mapping[str, Article]) -> Mapping[str, Sequence[str]]:
    """Return the addresses that each article cites, of those that cite any."""
    return {iri: article.cites for iri, article in articles.items() if article.cites}


def _crowd(days: Floats) -> float:
    days = np.sort(days)
    beside = np.searchsorted(days, days + DAYS_APART, "right") - np.searchsorted(days, days - DAYS_APART) - 1
    return min(float(beside.mean()) / _MANY_BESIDE, 1) if len(days) else 1


def _rare(topics: sparse.csr_matrix) -> sparse.csr_matrix:
    is_rare = np.bincount(topics.indices, minlength=topics.shape[1]) <= _MOST_WITH_TOPIC * topics.shape[0]
    return unit_rows(topics @ sparse.diags_array(is_rare.astype(np.float64)))


def _numbered(values: Sequence[str | None]) -> Ints:
    number = {value: place for place, value in enumerate(sorted({value for value in values if value is not None}))}
    return np.array([_UNKNOWN if value is None else number[value] for value in values], np.int64)


def _telling_folders(folder: Ints) -> Ints:
    known = folder[folder != _UNKNOWN]
    too_large = np.flatnonzero(np.bincount(known) > _MOST_IN_FOLDER * len(folder)) if len(known) else known
    return np.where(np.isin(folder, too_large), _UNKNOWN, folder)


def _topics(network: Network, number: Mapping[str, int]) -> tuple[sparse.csr_matrix, list[str], NDArray[np.bool_]]:
    pairs = [(number[article], topic) for article, topic in links(network, "about") if article in number]
    topics = sorted({*nodes_of_kind(network, "topic"), *(topic for _, topic in pairs)})
    place = {topic: column for column, topic in enumerate(topics)}
    rows = np.array([article for article, _ in pairs], np.int64)
    columns = np.array([place[topic] for _, topic in pairs], np.int64)
    too_common = background_topics(np.bincount(columns, minlength=len(topics)), len(distinct(rows)))
    told = ~too_common[columns]
    shape = (len(number), len(topics))
    on = sparse.csr_matrix((np.ones(int(told.sum())), (rows[told], columns[told])), shape=shape)
    on.sort_indices()
    return on, topics, too_common


def _pages(
    network: Network, number: Mapping[str, int], cited: Mapping[str, Sequence[str]], *, is_dated: bool
) -> tuple[sparse.csr_matrix, list[str]]:
    linked = [*links(network, "links", "based_on")]
    named = {pair for pair in linked if pair[0] in number}
    for article, addresses in cited.items():
        named.update((article, address) for address in addresses if article in number)
    ties = sorted(named | {(target, source) for source, target in linked if target in number})
    pages = sorted({page for _, page in ties})
    place = {page: column for column, page in enumerate(pages)}
    rows = np.array([number[article] for article, _ in ties], np.int64)
    columns = np.array([place[page] for _, page in ties], np.int64)
    shares = np.array([1 if is_dated or tie in named else _LEADING for tie in ties], np.float64)
    degrees = np.bincount(columns, minlength=len(pages))
    most = min(max(_MOST_OF_ALL * len(number), _FEW_SHARED), _MOST_SHARED)
    told = (degrees[columns] > 1) & (degrees[columns] <= most)
    rows, columns, shares = rows[told], columns[told], shares[told]
    is_outside = np.array([page not in network for page in pages], bool)
    weights = np.sqrt(shares * np.where(is_outside, _OUTSIDE, 1)[columns] / np.log(1 + degrees[columns]))
    on = sparse.csr_matrix((weights, (rows, columns)), shape=(len(number), len(pages)))
    on.sort_indices()
    return on, [f"“{label_of(network, page)}”" if page in network else page for page in pages]


def _linked(network: Network, number: Mapping[str, int]) -> Ints:
    codes = [
        one * len(number) + other
        for source, target in network.edges()
        if source in number and target in number
        for one, other in ((number[source], number[target]), (number[target], number[source]))
    ]
    return distinct(np.array(codes, np.int64))


def _shared(matrix: sparse.csr_matrix, first: int, second: int, labels: Sequence[str]) -> list[str]:
    shared, weights = shared_columns(matrix, first, second)
    return [labels[place] for place in shared[np.lexsort((shared, -weights))].tolist()]
