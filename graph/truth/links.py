"""Where the links of documents lead: to a node, to an address outside the graph, or nowhere, which is a problem."""

from __future__ import annotations

import re
from collections import ChainMap, Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from functools import cached_property

import msgspec

from graph.errors import Problem
from graph.evidence import EvidenceWriter
from graph.expressions import expression
from graph.names import DEFAULT_BASE, article_iri, to_text
from graph.reading import Reading
from graph.reading.faults import LONGEST_PLACE, Faults
from graph.reading.prose import UNSURE
from graph.records import Article
from graph.statements import Link, References, StatedArticle, Statement
from graph.truth.articles import Known, apart_from_minted
from graph.truth.labels import commonest, name_of_place
from graph.truth.named_places import NamedPlaces, has_two_parts
from graph.truth.occurrences import Same
from graph.truth.pages import Page, PlacedPage, is_document
from graph.truth.resolver import Resolver
from graph.truth.undocumented import may_have_no_document
from graph.truth.wanting import Learnt, Wanted
from graph.urls import clean_url, encode_iri, match_key

_NO_DOCUMENT = "there is no document at "
_OTHER_SCHEME = expression(r"(?!(?:https?|javascript|data|vbscript|file):)[a-z][a-z0-9+.-]{1,30}://\S", re.IGNORECASE)
_FEWEST_WANTING = 2
"""Documents that must link to the same missing note before it becomes a stub: one alone may be a typo."""


def missing_target(problem: Problem) -> str | None:
    """Return what a broken link leads to, as it is written, cut off at 120 letters; `None` for any other problem."""
    if problem.kind != "broken-link" or not problem.fact.startswith(_NO_DOCUMENT):
        return None
    return problem.fact.removeprefix(_NO_DOCUMENT).removeprefix('"').removesuffix('"')


class LinkCounts(msgspec.Struct, frozen=True):
    """How many links there are, and where they lead."""

    stated: int = 0
    """Links in texts and link fields; links to pictures and other files do not count."""
    resolved: int = 0
    """Links that lead to a node."""
    outside: int = 0
    """Links that lead to an address outside the graph."""
    broken: int = 0
    """Links that lead nowhere."""
    to_itself: int = 0
    """Relations of a node to itself, dropped."""
    repeated: int = 0
    """Relations stated more than once, kept once."""


class Linked(msgspec.Struct, frozen=True):
    """Where the links of one node lead."""

    links: tuple[str, ...]
    """IRIs of nodes, in order."""
    cites: tuple[str, ...]
    """Addresses outside the graph, in order."""
    relations: Mapping[str, tuple[str, ...]]
    """IRIs of articles that relations of the site's own lead to, in order, by the name of the relation."""


class Links:
    """Follows references and links, and records where each relation is stated."""

    def __init__(self, reading: Reading, known: Known, pages: Iterable[PlacedPage], evidence: EvidenceWriter) -> None:
        """Follow the links in the documents of `pages`, which are sorted.

        Of `reading` only its settings matter, and not its statements.
        """
        self._known_articles = known
        self._evidence = evidence
        self.base = reading.base
        """What minted IRIs begin with."""
        self._knows_site = reading.base != DEFAULT_BASE
        self._iris = ChainMap[str, str]({}, known.by_document)  # type: ignore[arg-type] # only the first changes
        self._placed, self._hosts, self._bundles = pages, reading.hosts, reading.bundles
        self._wanted: dict[str, Article] = {}
        self._leads_to_articles = any(row.target == "article" for row in reading.vocabulary.relations)
        self._outside: dict[str, Article] = {}
        self._articles: set[str] = set()
        self.problems: list[Problem] = []
        self._counts: Counter[str] = Counter()

    @cached_property
    def _pages(self) -> Mapping[str, Page]:
        return {one.document: one.page for one in self._placed if one.is_linked}

    @cached_property
    def _resolver(self) -> Resolver:
        return Resolver(self._pages.values(), self.base if self._knows_site else "", self._hosts, self._bundles)

    @property
    def counts(self) -> LinkCounts:
        """The links followed so far."""
        return LinkCounts(**self._counts)

    def follow(self, same: Same, relation: str, references: Callable[[StatedArticle], References]) -> tuple[str, ...]:
        """Return the articles that the statements of an article name in a field such as `related`, in order."""
        targets: dict[str, None] = {}
        by_key = self._known_articles.by_key
        for stub, (path, _), stated, document in same.said:
            some = () if stub else references(stated)
            if not some:
                continue
            iris = [
                (line, self._named(target, document, line) if isinstance(target, str) else by_key.get(target.keys[0]))
                for line, target in some
            ]
            found = [(line, iri) for line, iri in iris if iri is not None and iri != same.iri]
            self._counts["to_itself"] += sum(iri == same.iri for _, iri in iris)
            before = len(targets)
            targets.update(dict.fromkeys([iri for _, iri in found]))
            self._counts["repeated"] += len(found) - (len(targets) - before)
            self._evidence.add(same.iri, relation, path, found)
        return tuple(targets)

    def note(
        self, iri: str, relation: str, path: str, stated: Sequence[tuple[int, str]], *texts: Sequence[tuple[str, str]]
    ) -> None:
        """Record where a document states a relation of a node, as `EvidenceWriter.add` does."""
        self._evidence.add(iri, relation, path, stated, *texts)

    def origin(self, iri: str, resource: str, path: str, line: int) -> tuple[str | None, str | None]:
        """Return the article or the address that a document names as the source of the article `iri`.

        Both are `None` for a source described in words, and for the article itself, which is counted.
        """
        source = self._pages.get(path) or Page(path)
        target = "https:" + resource if resource.startswith("//") else resource
        page = None
        if "://" in target or (" " not in target and is_document(target)):
            page = self._resolver.by_address(target, source)
        address = clean_url(target) if "://" in target else None
        article = self._known_articles.by_document.get(page.path) if page else None
        if article is None and address is not None:
            article = self._known_articles.by_key.get(match_key(address))
        if article == iri:
            self._counts["to_itself"] += 1
        if article is None and page is None and "://" not in target and target.lower().endswith(".md"):
            fact = f"{_NO_DOCUMENT}{Faults.quote(resource, LONGEST_PLACE)}"
            self.problems.append(Problem(path, line, "missing-document", fact, "Correct the path, or add the document"))
        if article is None and address is None and _OTHER_SCHEME.match(target) and not any(map(str.isspace, target)):
            address = encode_iri(target)
        return (article, None) if article else (None, address)

    def know(self, iris: Mapping[str, str]) -> None:
        """Let links find more nodes from now on, given an IRI for each document."""
        self._iris.update(iris)

    def prepare(self, statements: Sequence[Statement], records: Mapping[str, Sequence[str]]) -> None:
        """Prepare for the links of `statements`; `records` are the paths of the documents that describe each node.

        Creates a stub for each missing note that several documents link to, and for each page outside the graph that a
        relation of the site's own leads to.
        """
        self.know_records(records)
        if statements:
            self.learn(self.places_named_by(statements))
        self.settle(self.wanted_by(statements))

    def know_records(self, records: Mapping[str, Sequence[str]]) -> None:
        """Let links find the records of topics, providers and people, given the paths of their documents."""
        for iri, paths in records.items():
            for path in paths:
                self._iris.setdefault(path, iri)

    def places_named_by(self, statements: Iterable[Statement]) -> NamedPlaces:
        """Return the documents that the links of statements name."""
        links = (link for one in statements for link in one.links)
        return NamedPlaces.of(links, with_hosts=not self._resolver.hosts)

    def learn(self, named: NamedPlaces) -> None:
        """Recognise the hosts and repositories of the sources, and how notes are linked, by what all links name."""
        self._resolver.learn(named)

    @property
    def learnt(self) -> Learnt:
        """What is known so far about all links, for `recall`."""
        return Learnt(self._resolver.learnt, dict(self._iris), self._wanted, self._outside)

    def recall(self, learnt: Learnt) -> None:
        """Take over what others, with the same articles and pages, have learnt and settled."""
        self._resolver = copy(self._resolver)  # its tables are shared
        self._resolver.recall(learnt.places)
        self._iris, self._wanted, self._outside = ChainMap(learnt.iris), learnt.wanted, learnt.outside
        self._know_articles()

    def forget(self) -> None:
        """Forget which links were followed, but not what is known."""
        self.problems, self._counts = [], Counter()

    def wanted_by(self, statements: Iterable[Statement]) -> Wanted:
        """Return the missing targets of the links of statements, after `learn`. Linear in the links."""
        notes: dict[str, dict[str, set[str]]] = {}
        addresses: dict[str, Counter[str]] = {}
        words: dict[str, Counter[str]] = {}
        for statement in statements:
            source = self._pages.get(statement.document)
            if source is None:
                continue
            for link in statement.links:
                is_missing = (
                    link.is_note and is_document(link.target, by_name=True) and self._page_of(link, source) is None
                )
                if is_missing and not link.target.endswith(UNSURE):
                    name = _name_of(link)
                    notes.setdefault(name.casefold(), {}).setdefault(name, set()).add(statement.document)
                address = _address_of(link) if link.relation and self._leads_to_articles else None
                if address is not None and self._resolver.by_address(address, source) is None:
                    key = match_key(address)
                    addresses.setdefault(key, Counter())[address] += 1
                    if link.words:
                        words.setdefault(key, Counter())[link.words] += 1
        return Wanted(notes, addresses, words)

    def settle(self, wanted: Wanted) -> None:
        """Create stubs for the missing targets of all links, before links are followed."""
        taken = set(self._known_articles.by_key.values()) | set(self._iris.values())
        for key, names in sorted(wanted.notes.items()):
            if len(set().union(*names.values())) >= _FEWEST_WANTING:
                label = commonest({name: len(paths) for name, paths in names.items()})
                iri = article_iri(self.base, label)
                if iri in taken:
                    iri = article_iri(self.base, label, apart=True)
                self._wanted[key] = Article(iri=iri, label=label, stub=True)
        known = self._known_articles
        for key in sorted(wanted.addresses.keys() - known.by_key.keys() - known.left_out_keys):
            url = commonest(wanted.addresses[key])
            label = commonest(wanted.words[key]) if key in wanted.words else name_of_place(url, is_file=False)
            self._outside[key] = Article(apart_from_minted(url, self.base), label, url=url, stub=True)
        self._know_articles()

    def _know_articles(self) -> None:
        if self._leads_to_articles:
            self._articles = {*self._known_articles.iris, *self.wanted()}

    def leading_from(self, statement: Statement) -> str | None:
        """Return the node that a document describes, to which its links belong."""
        return self._iris.get(statement.document)

    def wanted(self) -> Mapping[str, Article]:
        """Return the stubs that `prepare` created, by IRI."""
        return {article.iri: article for article in (*self._wanted.values(), *self._outside.values())}

    def of(self, iri: str, statements: Iterable[Statement], relation: str = "links") -> Linked:
        """Return where the links in the documents of a node lead, and record them as evidence of a relation."""
        links: dict[str, None] = {}
        cites: dict[str, None] = {}
        relations: dict[str, dict[str, None]] = {}
        for statement in statements:
            source = self._pages.get(statement.document)
            if not statement.links or source is None:
                continue
            stated, texts = [], []
            for link in statement.links:
                if link.relation:
                    self._relate(iri, link, source, relations)
                    continue
                target, address = self._lead(link, source)
                if address is not None:
                    cites.setdefault(address)
                if target is None:
                    continue
                if target == iri:
                    self._counts["to_itself"] += 1
                    continue
                stated.append((link.line, target))
                texts.append((link.words, link.sentence))
                if target in links:
                    self._counts["repeated"] += 1
                else:
                    links[target] = None
            self._evidence.add(iri, relation, statement.path, stated, texts)
        return Linked(
            tuple(links), tuple(cites), {name: tuple(targets) for name, targets in relations.items() if targets}
        )

    def _relate(self, iri: str, link: Link, source: Page, relations: dict[str, dict[str, None]]) -> None:
        """Follow a link of a relation of the site's own, which may only lead to articles."""
        target, address = self._lead(link, source)
        if address is not None and (outside := self._outside.get(match_key(address))):
            target = outside.iri
        if target is None:
            return
        if target == iri:
            self._counts["to_itself"] += 1
        elif target not in self._articles:
            fact = f"'{link.field}' leads to {Faults.quote(link.target, LONGEST_PLACE)}, which is not an article"
            remedy = "Name an article, or give the relation another target"
            self.problems.append(Problem(source.path, link.line, "not-an-article", fact, remedy))
        else:
            targets = relations.setdefault(link.relation, {})
            self._counts["repeated"] += target in targets
            targets.setdefault(target)
            texts = [(link.words, "")] if link.words else []
            self._evidence.add(iri, link.relation, source.path, [(link.line, target)], texts)

    def _lead(self, link: Link, source: Page) -> tuple[str | None, str | None]:
        """Return the node or the address that a link leads to; both are `None` for a broken link."""
        counts = self._counts
        page = self._page_of(link, source)
        if page is not None:
            counts["stated"] += 1
            counts["resolved"] += 1
            return self._iris.get(page.document or page.path), None
        if link.is_note and (wanted := self._wanted.get(_name_of(link).casefold())):
            counts["stated"] += 1
            counts["resolved"] += 1
            return wanted.iri, None
        target = link.target
        address = _address_of(link)
        if address is not None:
            counts["stated"] += 1
            article = self._known_articles.by_key.get(match_key(address))
            counts["resolved"] += article is not None
            counts["outside"] += article is None
            return (article, None) if article else (None, address)
        if (
            "://" in target
            or target.startswith("//")
            or (not link.relation and not is_document(target, by_name=link.by_name))
            or may_have_no_document(link, source, self._resolver, knows_site=self._knows_site)
        ):
            return None, None
        counts["stated"] += 1
        counts["broken"] += 1
        fact = f"{_NO_DOCUMENT}{Faults.quote(link.target, LONGEST_PLACE)}"
        remedy = "Correct the link, or add the document"
        self.problems.append(Problem(source.path, link.line, "broken-link", fact, remedy))
        return None, None

    def _page_of(self, link: Link, source: Page) -> Page | None:
        """Return the page that a link means; where notes are linked as `[[words|Page]]`, it may be a file's name."""
        if not link.by_name:
            return self._resolver.by_address(link.target, source)
        page = self._resolver.by_name(link.target, source)
        if page is None and self._resolver.words_first and has_two_parts(link):
            page = self._resolver.by_file_name(link.words, source)
        return page

    def _named(self, target: str, source: Statement, line: int) -> str | None:
        """Return the article of the document that a reference names by path or by name."""
        page = self._resolver.by_name(target, self._pages.get(source.document) or Page(source.path))
        document = page.document or page.path if page is not None else ""
        iri = self._known_articles.by_document.get(document)
        if iri is None and document not in self._known_articles.left_out:
            fact = f"{_NO_DOCUMENT}{Faults.quote(target, LONGEST_PLACE)}"
            remedy = "Correct the path, or add the document"
            self.problems.append(Problem(source.path, line, "missing-document", fact, remedy))
        return iri


def _name_of(link: Link) -> str:
    return to_text(link.target.partition("#")[0]).removesuffix(".md")


def _address_of(link: Link) -> str | None:
    """Return the address that a link states, as the IRI shown; `None` for a path or a name."""
    target = "https:" + link.target if link.target.startswith("//") else link.target
    return clean_url(target) if "://" in target else None
