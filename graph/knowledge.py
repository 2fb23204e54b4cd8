"""`KnowledgeGraph`, the public interface: build a graph, view it as a network or as triples, and query it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from graph.displays import counted_nouns
from graph.errors import Problem
from graph.frames import to_pandas, to_polars
from graph.info import Info, info_of
from graph.reading import Progress, Sources, list_documents, read
from graph.reading.given import GivenDocuments, given_source
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
    from graph.search import Found, SearchIndex
    from graph.store import Answer, Disk, Store
    from graph.viewing import SmallView
    from graph.vocabulary import Vocabulary


class KnowledgeGraph:
    """Articles, providers, topics and people, and their relations: one truth and its views.

    Views are made when first needed, and then kept. `build` returns one, and `open_exports` one that reads the files
    of a build as needed.
    """

    def __init__(self, truth: Truth) -> None:
        self._truth = truth

    def __repr__(self) -> str:
        counts = {"article": len(self.articles), "provider": len(self.providers)}
        counts |= {"topic": len(self.topics), "person": len(self.people)}
        return f"<{type(self).__name__} {self.title!r}: {counted_nouns(counts)}>"

    def _repr_html_(self) -> str:
        """Return the most important numbers, as a notebook shows them."""
        return self.info()._repr_html_()

    def __getitem__(self, name: str) -> Record:
        """Return the article, provider, topic or person of a name: `knowledge["AI"]`.

        A name is an IRI, any address of an article, a label, or another name such as the alias of a note, in any case.
        Linear in the nodes, unless it is an IRI or an address.

        Raises:
            NoSuchNodeError: No node or several have this name. It is a `KeyError`; the message suggests similar names.
        """
        from graph.analysis.lookup import find_node

        if not isinstance(name, str) or name not in self._records:
            address = clean_url(name) if isinstance(name, str) and "/#" not in name else None
            found = self._addresses.get(match_key(address)) if address is not None else None
            name = found or find_node(self.network, name)
        return self._records[name]

    def __contains__(self, name: object) -> bool:
        try:
            return isinstance(name, str) and self[name] is not None
        except KeyError:
            return False

    @cached_property
    def _records(self) -> Mapping[str, Record]:
        return {**self.articles, **self.providers, **self.topics, **self.people}

    @cached_property
    def _addresses(self) -> Mapping[str, str]:
        """The IRIs of articles by the keys of all their addresses."""
        return {
            match_key(address): article.iri
            for article in reversed(list(self.articles.values()))
            for address in (*article.aliases, *article.amp_urls, article.url, article.iri)
            if address
        }

    @property
    def truth(self) -> Truth:
        """All records, of which everything else is a view."""
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
        """What is said of the sources that articles are based on, by IRI, sorted; in RDF, but not nodes."""
        return MappingProxyType(self.truth.derivations)

    @property
    def collections(self) -> Mapping[str, Collection]:
        """Folders of bundles with an index of their contents, by IRI, sorted; in RDF, but not nodes."""
        return MappingProxyType(self.truth.collections)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Faults of the content, sorted by place."""
        return self.truth.problems

    @property
    def base(self) -> str:
        """The base of minted IRIs; ends in `/`."""
        return self.truth.base

    @property
    def title(self) -> str:
        """The title of the site: as given, otherwise from its configuration, otherwise `article-graph`."""
        return self.truth.title

    @property
    def vocabulary(self) -> Vocabulary:
        """The relations and literals that the site adds."""
        return self.truth.vocabulary

    @cached_property
    def network(self) -> Network:
        """The graph as a NetworkX `MultiDiGraph`: nodes are IRIs, edge keys are names of relations."""
        return to_network(self.truth)

    @cached_property
    def triples(self) -> rdflib.Graph:
        """The graph as an rdflib graph, which queries do not need. Takes about 20 microseconds per triple."""
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
        """Where each relation is stated, for many look-ups."""
        return self.truth.evidence

    def query(self, sparql: str) -> Answer:
        """Answer a SPARQL 1.1 query; the prefixes in `graph.names.PREFIXES` are declared.

        Raises:
            QueryError: The query is malformed, too large, or asks another server.
        """
        return self.store.query(sparql)

    def search(self, words: str, *, kind: str | None = None, limit: int = 20) -> Found:
        """Find nodes by the words of their names, summaries and what they are linked to, as `search_index.find` does.

        `kind` is `article`, `provider`, `topic` or `person`; at most `limit` matches are returned, the best first.

        Raises:
            FormatError: There is no such kind.
            SourceError: There is no index, or this Python's SQLite has no full-text search.
        """
        return self.search_index.find(words, kind=kind, limit=limit)

    def evidence(self, source: str, target: str) -> tuple[Evidence, ...]:
        """Return where relations from one node to another are stated, sorted by relation, path and line.

        Nodes are given by IRI, or by any name that square brackets take. Evidence has the document and the line, and
        for a link in a text its words and sentence.

        Raises:
            NoSuchNodeError: A name that is not an IRI is that of no node, or of several.
        """
        found = self.evidence_table.between(source, target)
        if found or ("://" in source and "://" in target):
            return found
        iris = (name if "://" in name else self[name].iri for name in (source, target))
        return self.evidence_table.between(*iris)

    def to_pandas(self, what: str = "articles") -> pandas.DataFrame:
        """Return articles, or the `topics`, `providers`, `people`, `relations` or `problems`, as a pandas data frame.

        The columns are the fields of the records, with times as `datetime64` in UTC, and the labels of nodes:
        `provider_label`, `topic_labels`, `source_label`, `target_label`. Answers also have `to_pandas()`, and
        `graph.frames.to_pandas` accepts any rows.

        Raises:
            FormatError: There is no table of this name.
            GraphError: pandas is not installed.
        """
        return to_pandas(rows_of(self.truth, what))

    def to_polars(self, what: str = "articles") -> polars.DataFrame:
        """Return the same as a Polars data frame.

        Raises:
            FormatError: There is no table of this name.
            GraphError: Polars is not installed.
        """
        return to_polars(rows_of(self.truth, what))

    def view(self, what: str | None = None, *, depth: int = 1, most: int = 150) -> SmallView:
        """Return the explorer page of a few nodes, to write to a file or to display in a notebook.

        `what` is the name of a node, as in `knowledge[name]`, shown with the nodes within `depth` relations; or a
        SELECT, CONSTRUCT or DESCRIBE query, for the nodes that it finds; or `None`, for an overview of topics and
        providers. At most `most` nodes are shown.

        Raises:
            NoSuchNodeError: No node or several have the name, or the query finds no node.
            FormatError: A number is too small.
            QueryError: The query is malformed.
        """
        from graph.viewing import view

        return view(self, what, depth=depth, most=most)

    def to_pyvis(self, what: str | None = None, *, depth: int = 1, most: int = 150) -> PyvisNetwork:
        """Return a few nodes as a pyvis network with positions and without physics, to change and write.

        `what`, `depth` and `most` are as for `view`, but without `what` it has the best-connected nodes.

        Raises:
            NoSuchNodeError: No node or several have the name, or the query finds no node.
            FormatError: A number is too small.
            QueryError: The query is malformed.
        """
        from graph.viewing import best_connected, choose, to_pyvis

        network = self.network
        if what is None:
            return to_pyvis(network, best_connected(network, most=most))
        return to_pyvis(network, choose(self, what, depth=depth, most=most))

    def info(self) -> Info:
        """Return the graph in numbers. Computed once, linear in nodes and edges."""
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
    jobs: int | None = None,
    progress: Progress | None = None,
) -> KnowledgeGraph:
    """Return the knowledge graph of folders, files or archives of articles.

    `sources` is one path or several. `base` is the base of minted IRIs; the default is the address in the site's
    configuration, otherwise `https://example.org/`. `title` is the title of the site; the default is that of the
    configuration, otherwise `article-graph`. `published_only` leaves out unpublished articles. `git_dates` takes
    missing dates from the first and last commit of a document. Up to `jobs` processes read the documents, each at
    least 750; by default one for each processor core, each at least 5,000. `progress` is called at every step. Time and
    memory are linear in the bytes read.

    Raises:
        SourceError: A source does not exist or cannot be read, or `base` is not an address. Faults in the content do
            not raise; they are in `problems`.
    """
    listing = list_documents(sources, base=base, title=title, git_dates=git_dates)
    reading = read(listing, jobs=jobs, progress=progress)
    return KnowledgeGraph(establish(reading, published_only=published_only))


def build_from(
    documents: GivenDocuments,
    *,
    base: str | None = None,
    title: str | None = None,
    published_only: bool = False,
    progress: Progress | None = None,
) -> KnowledgeGraph:
    """Return the knowledge graph of documents in memory, which are read like files, with the same problems.

    A document is the text of a file, or a dictionary of its front matter with its text as `body` or `text`. A pair such
    as `("posts/one.md", text)` gives a document a path for problems, links and addresses; without an ending it is
    Markdown. Other documents are named `document-1.md` and so on. The configuration of a site may be among the
    documents, by its name. The rows of a data frame of pandas or Polars are dictionaries, too. Other parameters are
    those of `build`. `documents` is iterated once.

    Raises:
        SourceError: Two documents have one name, or `base` is not an address.
        TypeError: A document is neither a text nor a dictionary, or contains itself.
    """
    reading = read(list_documents(given_source(documents), base=base, title=title), progress=progress)
    return KnowledgeGraph(establish(reading, published_only=published_only))
