"""The public face: build a knowledge graph, look at it as a network or as triples, and ask it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from graph.displays import counted_nouns
from graph.errors import Problem
from graph.frames import to_pandas, to_polars
from graph.info import Info, info_of
from graph.reading import Progress, Sources, list_documents, read
from graph.reading.given import Document, given_source
from graph.records import Article, Collection, Derivation, Evidence, Image, Person, Provider, Record, Topic
from graph.truth import Truth, establish
from graph.urls import clean_url, match_key
from graph.views import Network, rows_of, to_network, to_ntriples, to_rdflib

if TYPE_CHECKING:
    import pandas
    import polars
    import rdflib
    from pyvis.network import Network as PyvisNetwork

    from graph.evidence import EvidenceTable
    from graph.search import SearchIndex
    from graph.store import Answer, Disk, Store
    from graph.viewing import SmallView
    from graph.vocabulary import Vocabulary

__all__ = ["KnowledgeGraph", "build", "build_from"]


class KnowledgeGraph:
    """Articles, providers, topics and people, and how they relate: one truth and its views.

    Views are made when first asked for, and then kept. `build` returns one, and `open_exports` one that takes what it
    is asked for from the files of a build.
    """

    def __init__(self, truth: Truth) -> None:
        """Show a truth."""
        self._truth = truth

    def __repr__(self) -> str:
        """Return the title and the numbers of nodes by kind."""
        counts = {"article": len(self.articles), "provider": len(self.providers)}
        counts |= {"topic": len(self.topics), "person": len(self.people)}
        return f"<{type(self).__name__} {self.title!r}: {counted_nouns(counts)}>"

    def _repr_html_(self) -> str:
        """Return the most important numbers, as a notebook shows them."""
        return self.info()._repr_html_()

    def __getitem__(self, name: str) -> Record:
        """Return the article, provider, topic or person of a name: `knowledge["AI"]`.

        A name is an IRI, an address or another address of an article, a label, or another name, whatever its capitals.
        Linear in the nodes, unless it is an IRI or an address.

        Raises:
            NoSuchNodeError: No node or several have this name. It is a `KeyError`, and its message says what is near.
        """
        if not isinstance(name, str):
            raise TypeError(f"A node is named by a text, not by {type(name).__name__}.")
        from graph.analysis.lookup import find_node

        if name not in self._records:
            address = clean_url(name)
            found = self._addresses.get(match_key(address)) if address is not None and "/#" not in name else None
            name = found or find_node(self.network, name)
        return self._records[name]

    def __contains__(self, name: object) -> bool:
        """Tell whether one node has a name."""
        try:
            return isinstance(name, str) and self[name] is not None
        except KeyError:
            return False

    @cached_property
    def _records(self) -> Mapping[str, Record]:
        return {**self.articles, **self.providers, **self.topics, **self.people}

    @cached_property
    def _addresses(self) -> Mapping[str, str]:
        """The IRIs of articles by the keys of all addresses they have."""
        return {
            match_key(address): article.iri
            for article in reversed(list(self.articles.values()))
            for address in (*article.aliases, *article.amp_urls, article.url, article.iri)
            if address
        }

    @property
    def truth(self) -> Truth:
        """The records everything else is a view of."""
        return self._truth

    @property
    def articles(self) -> Mapping[str, Article]:
        """Articles by IRI, sorted; read-only."""
        return MappingProxyType(self.truth.articles)

    @property
    def providers(self) -> Mapping[str, Provider]:
        """Providers by IRI, sorted; read-only."""
        return MappingProxyType(self.truth.providers)

    @property
    def topics(self) -> Mapping[str, Topic]:
        """Topics by IRI, sorted; read-only."""
        return MappingProxyType(self.truth.topics)

    @property
    def people(self) -> Mapping[str, Person]:
        """People by IRI, sorted; read-only."""
        return MappingProxyType(self.truth.people)

    @property
    def images(self) -> Mapping[str, Image]:
        """Pictures by IRI, sorted; read-only."""
        return MappingProxyType(self.truth.images)

    @property
    def derivations(self) -> Mapping[str, Derivation]:
        """How articles come from what they are based on, by IRI, sorted; described in RDF, and no nodes."""
        return MappingProxyType(self.truth.derivations)

    @property
    def collections(self) -> Mapping[str, Collection]:
        """Folders of bundles whose indexes list what they hold, by IRI, sorted; described in RDF, and no nodes."""
        return MappingProxyType(self.truth.collections)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Faults of the content, sorted by place."""
        return self.truth.problems

    @property
    def base(self) -> str:
        """What minted IRIs begin with; ends in `/`."""
        return self.truth.base

    @property
    def title(self) -> str:
        """What the site is called: as it was told, else as its own configuration says, else `article-graph`."""
        return self.truth.title

    @property
    def vocabulary(self) -> Vocabulary:
        """The relations and literals that the sources' owners add."""
        return self.truth.vocabulary

    @cached_property
    def network(self) -> Network:
        """The graph as a NetworkX `MultiDiGraph`: nodes are IRIs, edge keys are names of relations."""
        return to_network(self.truth)

    @cached_property
    def triples(self) -> rdflib.Graph:
        """The graph as an rdflib graph. Queries do not need it. About 20 microseconds a triple."""
        return to_rdflib(self.truth)

    @cached_property
    def store(self) -> Store | Disk:
        """The graph as an in-memory SPARQL store."""
        from graph.store import Store

        return Store(to_ntriples(self.truth))

    @cached_property
    def search_index(self) -> SearchIndex:
        """The full-text index, in memory: `knowledge.search_index.find("azure functions")`.

        Raises:
            SourceError: This Python's SQLite has no full-text search.
        """
        from graph.search import SearchIndex

        return SearchIndex.of_truth(self.truth)

    @property
    def evidence_table(self) -> EvidenceTable:
        """Where each relation is stated, for those who ask of many."""
        return self.truth.evidence

    def query(self, sparql: str) -> Answer:
        """Answer a SPARQL 1.1 query; the prefixes of `graph.names.PREFIXES` are declared already.

        Raises:
            QueryError: The query is malformed, too large, or asks another server.
        """
        return self.store.query(sparql)

    def evidence(self, source: str, target: str) -> tuple[Evidence, ...]:
        """Return where relations from one node to another, named by IRI, are stated, sorted by relation, path and line.

        Each tells the document and the line, and for a link in a text its words and the sentence around it.
        """
        return self.evidence_table.between(source, target)

    def to_pandas(self, what: str = "articles") -> pandas.DataFrame:
        """Return articles, or the `topics`, `providers`, `people`, `relations` or `problems`, as a pandas data frame.

        A column is a field of the records, and times are `datetime64` in UTC; besides IRIs there are labels:
        `provider_label`, `topic_labels`, `source_label`, `target_label`. Answers have `to_pandas()` too, and
        `graph.frames.to_pandas` takes any rows.

        Raises:
            FormatError: There is nothing of this name.
            GraphError: pandas is not installed.
        """
        return to_pandas(rows_of(self.truth, what))

    def to_polars(self, what: str = "articles") -> polars.DataFrame:
        """Return the same as a Polars data frame.

        Raises:
            FormatError: There is nothing of this name.
            GraphError: Polars is not installed.
        """
        return to_polars(rows_of(self.truth, what))

    def view(self, what: str | None = None, *, depth: int = 1, most: int = 150) -> SmallView:
        """Return the explorer page of a few nodes: to write or, in a notebook, to look at.

        `what` is a node, by its IRI, an address of it or a label that only one has, and is shown with what is within
        `depth` relations of it; or a SPARQL query, SELECT, CONSTRUCT or DESCRIBE, and the nodes it names are shown; or
        nothing, for the overview of topics and providers. At most `most` nodes are shown.

        Raises:
            NoSuchNodeError: No node or several have the name, or the query names no node.
            FormatError: A number is too small.
            QueryError: The query is malformed.
        """
        from graph.viewing import view

        return view(self, what, depth=depth, most=most)

    def to_pyvis(self, what: str | None = None, *, depth: int = 1, most: int = 150) -> PyvisNetwork:
        """Return a few nodes as a network of pyvis, with places and without physics, to be changed and written.

        `what`, `depth` and `most` are as for `view`; without `what`, the best-connected nodes are in it.

        Raises:
            NoSuchNodeError: No node or several have the name, or the query names no node.
            FormatError: A number is too small.
            QueryError: The query is malformed.
        """
        from graph.viewing import best_connected, choose, to_pyvis

        network = self.network
        if what is None:
            return to_pyvis(network, best_connected(network, most=most))
        return to_pyvis(network, choose(self, what, depth=depth, most=most))

    def info(self) -> Info:
        """Return the graph in numbers. Linear in nodes and edges; made once."""
        return self._info

    @cached_property
    def _info(self) -> Info:
        return info_of(self.truth)


def build(
    sources: Sources,
    *,
    base: str | None = None,
    title: str | None = None,
    published_only: bool = False,
    git_dates: bool = False,
    progress: Progress | None = None,
) -> KnowledgeGraph:
    """Read folders, files or archives of articles, find out who is who, and return the knowledge graph.

    `sources` is one path or several; `base` is what minted IRIs begin with, otherwise the site's own configuration
    says so, or else `https://example.org/`; `title` is what the site is called, otherwise what it calls itself there,
    or else `article-graph`; `published_only` leaves out articles that say they are unpublished; `git_dates` takes the
    dates of documents that state none from their first and last commit; `progress` is told of every step. Time and
    memory are linear in the bytes read.

    Raises:
        SourceError: A source does not exist or cannot be read at all, or `base` is no address. Faults in the content
            raise nothing: they are in `problems`.
    """
    reading = read(list_documents(sources, base=base, title=title, git_dates=git_dates), progress=progress)
    return KnowledgeGraph(establish(reading, published_only=published_only))


def build_from(
    documents: Iterable[Document],
    *,
    base: str | None = None,
    title: str | None = None,
    published_only: bool = False,
    progress: Progress | None = None,
) -> KnowledgeGraph:
    """Return the knowledge graph of documents in memory, which are read as files are, with the same problems.

    A document is a text, as it would stand in a file, or a dictionary: the fields of its front matter, and its text as
    `body` or `text`. A pair puts a name before it, such as `("posts/one.md", text)`: the path that problems, links and
    addresses go by, Markdown where it has no ending. The others are called `document-1.md` and so on. A site's
    configuration may be among them, by its name. The rest is as for `build`. `documents` is read once.

    Raises:
        SourceError: Two documents have one name, or `base` is not an address.
        TypeError: A document is neither a text nor a dictionary, or holds itself.
    """
    reading = read(list_documents(given_source(documents), base=base, title=title), progress=progress)
    return KnowledgeGraph(establish(reading, published_only=published_only))
