"""What the widget says about each article: its neighbours, the sentences that link to it, and related articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from graph.analysis import suggest_related
from graph.evidence import FirstPlaces
from graph.explorer.quotes import quote_of, shorten_quote
from graph.explorer.texts import excerpt_of, label_of, url_of
from graph.knowledge import KnowledgeGraph
from graph.records import Article, Record
from graph.relation_words import by_preference, opening, words_for
from graph.urls import is_web_address
from graph.viewing import neighbourhood
from graph.views import Network
from graph.widget.addresses import site_of_base

MOST_NODES = 25
"""Nodes of a local graph, unless another number is given."""

_MOST_BACKLINKS = 50
_MOST_RELATED = 8
_LONGEST_SUMMARY = 120
_SUGGESTED = 20
"""How many suggestions are asked for; some may be listed already."""
_SAME_SITE = "./"
"""The beginning of addresses that are relative to the site's."""

Contents: TypeAlias = dict[str, object]
"""What one file of data contains, ready for JSON."""


def shown_articles(knowledge: KnowledgeGraph, *, unpublished: bool = False) -> list[Article]:
    """Return the articles that have a page: those with a document, and only if asked for those that are unpublished."""
    articles = knowledge.articles.values()
    return [article for article in articles if article.sources and (unpublished or article.published is not False)]


def contents_of(
    knowledge: KnowledgeGraph, *, unpublished: bool = False, most: int = MOST_NODES
) -> Iterator[tuple[str, Contents]]:
    """Yield the IRI of each article that has a page, and what the widget says about it, sorted by IRI.

    Unpublished articles are not mentioned unless asked for. A local graph has at most `most` nodes. Costs as much as
    `suggest_related`, and besides this about as much as there are relations.

    Raises:
        FormatError: `most` is below one.
        SourceError: The build did not write the evidence.
    """
    corpus = _Lookups.of(knowledge, unpublished=unpublished)
    for article in shown_articles(knowledge, unpublished=unpublished):
        yield article.iri, corpus.contents(article, most)


@dataclass(frozen=True, slots=True)
class _Lookups:
    """Facts that are needed for each article, made once for all."""

    network: Network
    records: Mapping[str, Record]
    site: str
    own: Mapping[str, tuple[str, str]]
    """What the site's own relations are called, from either end."""
    places: FirstPlaces
    suggested: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, knowledge: KnowledgeGraph, *, unpublished: bool) -> _Lookups:
        """Return what is shown of a graph."""
        network, hidden = knowledge.network, set[str]()
        if not unpublished:
            hidden = {iri for iri, article in knowledge.articles.items() if article.published is False}
        if hidden:
            network = network.subgraph([node for node in network if node not in hidden]).copy()
        suggested: dict[str, list[str]] = defaultdict(list)
        for row in suggest_related(knowledge, limit=_SUGGESTED):
            if not row.is_copy and not {row.article, row.suggestion} & hidden:
                suggested[row.article].append(row.suggestion)
        kinds = (knowledge.articles, knowledge.providers, knowledge.topics, knowledge.people)
        return cls(
            network,
            {iri: record for kind in kinds for iri, record in kind.items()},
            site_of_base(knowledge.base),
            {row.name: (row.label, row.inverse) for row in knowledge.vocabulary.relations},
            knowledge.evidence_table.first_places(),
            MappingProxyType(suggested),
        )

    def contents(self, article: Article, most: int) -> Contents:
        """Return what one file says."""
        backlinks = self.backlinks(article.iri)
        nodes, links = self.local_graph(article.iri, most)
        return {
            "nodes": nodes,
            "links": links,
            "backlinks": [row for _, row in backlinks[:_MOST_BACKLINKS]],
            "more": max(0, len(backlinks) - _MOST_BACKLINKS),
            "related": self.related(article, {source for source, _ in backlinks}),
        }

    def named(self, iri: str) -> dict[str, object]:
        """Return what a node is called, and the address of its page, which is relative to the site's if it can be."""
        record = self.records[iri]
        named: dict[str, object] = {"label": label_of(record)}
        url = url_of(record)
        address = iri if url is None else url
        if is_web_address(address):
            is_own = self.site and address.startswith(self.site)
            named["url"] = _SAME_SITE + address.removeprefix(self.site) if is_own else address
        return named

    def local_graph(self, centre: str, most: int) -> tuple[list[dict[str, object]], list[tuple[int, int]]]:
        """Return a node and its neighbours, the node first, and which are linked with each other."""
        chosen = neighbourhood(self.network, centre, most=most).nodes
        ordered = [centre, *(node for node in chosen if node != centre)]
        number = {node: place for place, node in enumerate(ordered)}
        pairs = {
            (min(ends), max(ends))
            for node in ordered
            for other in self.network.successors(node)
            if other in number and len(ends := {number[node], number[other]}) > 1
        }
        nodes = [
            self.named(node) | {"kind": self.network.nodes[node]["kind"]} | ({"tie": tie} if tie else {})
            for node in ordered
            for tie in [self.tie(centre, node)]
        ]
        return nodes, sorted(pairs)

    def tie(self, centre: str, node: str) -> str:
        """Return what joins a node to the centre, as headings of the explorer: `Links to, Linked from`."""
        outward = self.relations(centre, node)
        inward = self.relations(node, centre)
        if centre == node:
            return ""
        words = [self.own.get(name, (words_for(name).outward, ""))[0] for name in outward]
        words += [self.own.get(name, ("", words_for(name).inward))[1] for name in inward]
        return ", ".join(dict.fromkeys(words))

    def relations(self, source: str, target: str) -> list[str]:
        """Return the names of the relations from one node to another, the most informative first."""
        return by_preference(map(str, self.network.get_edge_data(source, target) or ()))

    def backlinks(self, iri: str) -> list[tuple[str, dict[str, object]]]:
        """Return the nodes that link to an article, with their sentence: those with a sentence first, then the newest.

        Articles that name it as `related` are among the related articles instead.
        """
        found = []
        for source in self.network.predecessors(iri):
            names = [name for name in self.relations(source, iri) if name != "related"]
            if not names or source == iri:
                continue
            stated = self.places.of(source)
            place = stated.get("links", {}).get(iri) if "links" in names else None
            quote = quote_of(place[1], *self.places.said(place)) if place else None
            row = self.named(source)
            row |= (
                {"quote": quote[1:]}
                if quote and any(quote[1:])
                else {"text": opening(names[0], "this page", forward=True)}
            )
            record = self.records[source]
            day = record.published_at if isinstance(record, Article) else None
            found.append(("quote" not in row, day or "", source, row))
        found.sort(key=lambda one: one[2])
        found.sort(key=lambda one: one[1], reverse=True)
        found.sort(key=lambda one: one[0])
        return [(source, row) for *_, source, row in found]

    def related(self, article: Article, linking: Collection[str]) -> list[dict[str, object]]:
        """Return articles that it names as related, that name it, or that are suggested; none of `linking`."""
        naming = sorted(
            node
            for node in self.network.predecessors(article.iri)
            if self.network.has_edge(node, article.iri, "related")
        )
        suggested = self.suggested.get(article.iri, ())
        listed = dict.fromkeys((*article.related, *naming, *suggested))
        chosen = [node for node in listed if node in self.network and node not in linking]
        return [self.named(node) | self.summary(node) for node in chosen[:_MOST_RELATED]]

    def summary(self, iri: str) -> dict[str, str]:
        """Return the summary of a node as one line, if it has one."""
        summary = excerpt_of(self.records[iri])
        return {"text": shorten_quote(summary, _LONGEST_SUMMARY)} if summary else {}
