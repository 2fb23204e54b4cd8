"""Builds a graph with an engine: the same stages as in one process, each a pass over rows.

The driver keeps what is global: where pages are, which addresses belong together, and the names of topics, people and
providers. Texts, articles, relations and triples stay with the workers.
"""

from __future__ import annotations

import functools
import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import count
from operator import itemgetter
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from graph.cluster.engine import PassEngine, Table
from graph.cluster.passes import problem_row, rows_of_truth
from graph.cluster.rows import PassRow, Tokened, pack, unpack_statements, unpacked
from graph.cluster.states import Counted, LinkedTo, ReadCounts
from graph.cluster.worker_facts import Facts, SourceAt
from graph.errors import Problem
from graph.evidence import EvidenceWriter
from graph.info import Tally
from graph.names import DEFAULT_BASE
from graph.pairs import by_key
from graph.reading import Cache, Listing, Progress, Reading, counted_over, outcomes_of, ranked, reading_without
from graph.reading.processes import Readers
from graph.reading.stating import Stater
from graph.reading.whole_source import State, learn_source
from graph.statements import Statement
from graph.truth import Truth, records_in, with_links
from graph.truth.articles import Known, mint
from graph.truth.concepts import collections_of
from graph.truth.links import LinkCounts, Links
from graph.truth.mentions import Sightings
from graph.truth.name_uses import settle_names
from graph.truth.pages import PlacedPage, Token
from graph.truth.patterns import Followed, learnt_places, movable_pages
from graph.truth.people import People
from graph.truth.pictures import Pictures
from graph.truth.places import settle_places
from graph.truth.providers import Providers
from graph.truth.topics import Topics
from graph.truth.unions import root_of, unite
from graph.truth.wanting import Wanted

_State = TypeVar("_State", bound=State)

_FILES = 200
"""Files of a task."""


class Build(Generic[Table]):
    """A graph that an engine builds from what was listed.

    `work` is a folder that all workers see, for what they need to know.
    """

    def __init__(
        self, engine: PassEngine[Table], listing: Listing, work: Path, *, published_only: bool = False
    ) -> None:
        self.engine, self._listing, self._work = engine, listing, work
        self._progress: Progress | None = None
        self._published_only = published_only
        self._facts = Facts(sources=[SourceAt(one.source.name, one.place, one.settings) for one in listing.sources])
        self._numbers = count()
        self._problems: list[Problem] = list(listing.problems)
        self.reading: Reading = reading_without(listing)
        """The settings of the sources, and what reading found in numbers; without statements."""

    def run(self, progress: Progress | None = None) -> tuple[Table, Truth, Tally] | None:
        """Return the rows of the whole graph, what is not in rows only, and the numbers of all records.

        Returns `None` if no source contains a document; then `reading` says what was found instead.

        Raises:
            SourceError: A worker does not see a source, or has another version of the code.
        """
        self._progress = progress
        engine = self.engine
        read, statements = self._read()
        if not statements:
            return None
        said = engine.select(read, "said")
        self._learn_sources(said)
        pages, records, linked_to = self._find_pages(said)
        articles, known = self._gather(said, pages)
        topics, people, providers = self._count_names(articles, records)
        pictures = Pictures()
        truth = self._records(topics, people, providers, pictures)
        links = Links(self.reading, known, self._facts.pages, EvidenceWriter())
        described = (truth.topics, truth.providers, truth.people)
        links.know_records({one.iri: one.sources for some in described for one in some.values()})
        links.learn(linked_to.named)
        self._know(known=known, learnt=links.learnt, topics=topics, people=people, providers=providers)
        wanted = Wanted({}, {}, {})
        if linked_to.leads_away:
            wanted = self._state(self._run("want", said), wanted)
        links.settle(wanted)
        self._know(learnt=links.learnt, names=topics.names(), owners={}, roots={}, patterns={}, hidden=frozenset())
        seen = self._run("see", engine.select(articles, "article"))
        foreign = [(row.key, unpack_statements(row.payload)[0]) for row in engine.collect(seen, "foreign")]
        own = [(iri, one) for one in records if one[1].links and (iri := links.leading_from(one[1])) is not None]
        linking = by_key(sorted([*foreign, *own], key=lambda item: _place(item[1])))
        counts = self._state(seen, Sightings())
        self._know(meanings=self._facts.finder.meanings(counts), foreign=linking)
        merged = self._run("merge", engine.select(seen, "seen"))
        truth = self._with_links(truth, links, records, linking)
        images = engine.table(PassRow("image", one.iri, "", pack(one)) for one in pictures.records().values())
        drawn = self._run("picture", engine.union(engine.select(merged, "image"), images), grouped=True)
        self._problems += [*links.problems, *providers.problems()]
        own_rows = engine.table([*rows_of_truth(truth), *map(problem_row, set(self._problems))])
        counted = self._state(merged, Counted(Tally.of(truth), Counter(), 0))
        tally = self._state(drawn, counted.tally)
        link_counts = LinkCounts(**(counted.links + Counter(msgspec.structs.asdict(links.counts))))
        truth = replace(truth, link_counts=link_counts, untitled=counted.untitled)
        return engine.union(read, merged, drawn, own_rows), truth, tally

    def _know(self, **more: object) -> None:
        """Add to what workers know."""
        self._facts = replace(self._facts, **more)  # type: ignore[arg-type] # each is named in one place

    def _run(self, name: str, table: Table, *, grouped: bool = False) -> Table:
        """Run a pass with all that is known by now."""
        number = next(self._numbers)
        if self._progress is not None:
            self._progress(name.replace("_", " "), number, None)
        path = self._work / f"facts-{number}"
        self._facts.write(path)
        return (self.engine.run_grouped if grouped else self.engine.run)(name, table, path)

    def _state(self, table: Table, start: _State) -> _State:
        """Merge the states in a table."""
        states = (unpacked(row.payload) for row in self.engine.collect(table, "state"))
        return functools.reduce(lambda one, other: one.merged(other), states, start)

    def _learn(self, said: Table, state_of: Callable[[Sequence[Statement]], _State]) -> _State:
        """Learn from all statements together."""
        self._know(state_of=state_of)
        return self._state(self._run("learn", said), state_of(()))

    def _read(self) -> tuple[Table, int]:
        """Read all documents; return how many statements they make, too."""
        rows = []
        for number, one in enumerate(self._listing.sources):
            files = [(os.fspath(file.place or ""), file.path, file.is_named) for file in one.files or ()]
            for first in range(0, len(files), _FILES):
                task = number, first, files[first : first + _FILES]
                rows.append(PassRow("task", str(number), f"{first:012}", pack((*task, None))))
            if one.files is None:  # an archive
                first = 0
                for part, documents in one.source.parts or [(one.place, 0)]:
                    rows.append(
                        PassRow("task", str(number), f"{first:012}", pack((number, first, None, os.fspath(part))))
                    )
                    first += documents
        read = self._run("read_documents", self.engine.table(rows))
        counts = [ReadCounts() for _ in self._listing.sources]
        for row in self.engine.collect(read, "state"):
            counts[int(row.key)] = counts[int(row.key)].merged(unpacked(row.payload))
        for listed, found in zip(self._listing.sources, counts, strict=True):
            if listed.files is not None and not found.found:
                nothing = outcomes_of(
                    msgspec.structs.replace(listed, files=()), Cache(keeps=False), Stater(listed.settings), Readers(1)
                )
                self._problems += [problem for outcome in nothing for problem in outcome.problems]
        total = functools.reduce(ReadCounts.merged, counts, ReadCounts())
        self.reading = msgspec.structs.replace(
            self.reading,
            files=total.files,
            unmapped=ranked(total.unmapped),
            passed_over=ranked(total.passed_over + counted_over(self._listing)),
            problems=tuple(self._problems),
        )
        return read, total.statements

    def _learn_sources(self, said: Table) -> None:
        """Learn what each source as a whole says about its documents."""
        wholes = []
        for number, listed in enumerate(self._listing.sources):
            own = self.engine.select(said, "said", key=str(number))
            wholes.append(learn_source(functools.partial(self._learn, own), listed.settings))
        self.reading = msgspec.structs.replace(self.reading, nests=any(one.is_vault for one in wholes))
        self._know(wholes=wholes, reading=self.reading)

    def _find_pages(self, said: Table) -> tuple[list[PlacedPage], list[Tokened], LinkedTo]:
        """Find all pages and records, sorted, and what all links lead to."""
        found = self._run("find_pages", said)
        pages = [page for row in self.engine.collect(found, "pages") for page in unpacked(row.payload)]
        pages.sort(key=itemgetter(0, 1, 2))
        records = [one for row in self.engine.collect(found, "records") for one in unpack_statements(row.payload)]
        records.sort(key=_place)
        linked_to = self._state(found, LinkedTo.of((), with_hosts=False))
        base, hosts = self.reading.base if self.reading.base != DEFAULT_BASE else "", self.reading.hosts
        if (movable := movable_pages(pages, base, hosts)) is not None:
            patterns = self._learn(said, functools.partial(Followed.by, movable=movable, base=base)).patterns()
            pages = [page.at(learnt_places(page, patterns, base)) for page in pages] if patterns else pages
            self._know(patterns=patterns)
        self._know(pages=pages, records=[statement for _, statement in records], state_of=None)
        return pages, records, linked_to

    def _gather(self, said: Table, pages: Sequence[PlacedPage]) -> tuple[Table, Known]:
        """Put together what is said about each article, and name each."""
        engine = self.engine
        owners, taken = settle_places(pages)
        self._problems += taken
        self._know(owners=owners)
        parents: dict[str, str] = {}
        for row in engine.collect(self._run("unite_keys", said), "roots"):
            for key, root in unpacked(row.payload).items():
                unite(parents, (key, root))
        roots = {key: root_of(parents, key) for key in parents}
        self._know(roots=roots)
        spread = self._run("spread", said)
        keys: set[str] = set()
        if self._published_only:
            shown = self._run("find_hidden", engine.select(spread, "document", "stub"), grouped=True)
            hidden = frozenset(row.key for row in engine.collect(shown, "hidden"))
            keys = {row.key for row in engine.collect(shown) if not row.key.startswith("\0")} | roots.keys()
            self._know(hidden=hidden, published_only=True)
            spread = self._run("spread", said)
        articles = self._run("gather", engine.select(spread, "document", "stub"), grouped=True)
        iris: dict[str, str] = {}
        documents: list[tuple[str, str]] = []
        nameless: list[tuple[str, tuple[str, int], str]] = []
        for row in engine.collect(articles, "named"):
            some_iris, some_documents, some_nameless = unpacked(row.payload)
            iris |= some_iris
            documents += some_documents
            nameless += some_nameless
        nameless.sort()
        names = mint([(place, row) for _, place, row in nameless], self.reading.base, set(iris.values()))
        minted = {key: iri for (key, _, _), iri in zip(nameless, names, strict=True)}
        by_key = iris | {key: iris[root] for key, root in roots.items() if root in iris}
        by_document: dict[str, str] = {}
        for document, iri in sorted((document, minted.get(iri, iri)) for document, iri in documents):
            by_document.setdefault(document, iri)
        left_out = {row.key for row in engine.collect(spread, "hidden")} - by_document.keys()
        known = Known(
            by_key, by_document, [*iris.values(), *names], frozenset(left_out), frozenset(keys - by_key.keys())
        )
        self._know(minted=minted)
        return articles, known

    def _count_names(self, articles: Table, records: Sequence[Tokened]) -> tuple[Topics, People, Providers]:
        topics, people, named = records_in((statement for _, statement in records), self.reading)
        for row in self.engine.collect(articles, "uses"):
            topic_uses, people_uses, provider_uses = unpacked(row.payload)
            topics.add(topic_uses)
            people.add(people_uses)
            named.add(provider_uses)
        return topics, people, settle_names(topics, people, named, nests=self.reading.nests)

    def _records(self, topics: Topics, people: People, providers: Providers, pictures: Pictures) -> Truth:
        """Return a truth about topics, people and providers."""
        found_people = people.records(topics, providers, pictures)
        return Truth(
            base=self.reading.base,
            title=self.reading.title,
            articles={},
            providers=providers.records(pictures),
            topics=topics.records(pictures),
            people=found_people,
            images={},
            problems=(),
            files=self.reading.files,
            unmapped=self.reading.unmapped,
            passed_over=self.reading.passed_over,
            vocabulary=self.reading.vocabulary,
        )

    def _with_links(
        self, truth: Truth, links: Links, records: Sequence[Tokened], linking: Mapping[str, Sequence[Tokened]]
    ) -> Truth:
        """Return a truth with the links of its records, and with the articles that links lead to without a document."""
        own = {iri: [statement for _, statement in found] for iri, found in linking.items()}
        return replace(
            truth,
            articles=dict(sorted(links.wanted().items())),
            providers=with_links(truth.providers, links, own.get),
            topics=with_links(truth.topics, links, own.get),
            people=with_links(truth.people, links, own.get),
            collections=collections_of(
                (statement for _, statement in records), links, self.reading.base, self.reading.title
            ),
        )


def _place(one: Tokened) -> tuple[str, int, Token]:
    token, statement = one
    return statement.path, statement.line, token
