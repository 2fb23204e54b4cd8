"""What workers do: each pass is a function from facts and rows to rows, and independent of the engine that runs it.

Every decision is made by functions of `graph.reading` and `graph.truth`, which a build in one process calls as well.
"""

from __future__ import annotations

import os
import platform
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import Any

import msgspec

from graph.cluster.rows import (
    PassRow,
    Tokened,
    pack,
    pack_same,
    pack_statements,
    unpack_same,
    unpack_statements,
    unpacked,
)
from graph.cluster.states import Counted, LinkedTo, ReadCounts, Roots
from graph.cluster.worker_facts import Facts
from graph.errors import Problem, SourceError
from graph.info import Tally
from graph.publishing.record_file import KINDS_OF_RECORDS
from graph.reading import Cache, Listed, outcomes_of
from graph.reading.chunks import Outcome
from graph.reading.outcomes import outcome_of
from graph.reading.processes import Readers
from graph.reading.sources import file_at, open_source
from graph.reading.stating import Stater
from graph.reading.whole_source import as_whole
from graph.records import Image
from graph.statements import StatedArticle, Statement
from graph.truth import Truth, records_in, with_links
from graph.truth.articles import best_first, is_hidden, is_unpublished, named_by
from graph.truth.mentions import Sightings
from graph.truth.merging import merge_articles, prose_of, topics_stated_by
from graph.truth.name_uses import count_names
from graph.truth.occurrences import Occurrence, Same, occurrences_in
from graph.truth.pages import Token, pages_of
from graph.truth.patterns import learnt_places
from graph.truth.pictures import Pictures
from graph.truth.places import with_place
from graph.truth.unions import root_of, unite
from graph.views import edges_of, to_ntriples

_CHUNK = 100
"""Statements in a row, and no fewer than those of a document."""
_BATCH = 500
"""Articles merged at a time."""


def read_documents(facts: Facts, rows: Iterable[PassRow]) -> Iterator[PassRow]:
    """Read files: tasks to statements, problems and numbers."""
    staters: dict[int, Stater] = {}
    for row in rows:
        number, first, files, part = unpacked(row.payload)
        source = facts.sources[number]
        if not os.path.exists(source.root):  # noqa: PTH110 - false, not an error, where it cannot be looked up
            message = (
                f"{source.name}: the worker {platform.node()} cannot see it. Put it where all workers can read it."
            )
            raise SourceError(message)
        stater = staters.get(number) or staters.setdefault(number, Stater(source.settings))
        if files is None:
            archive = Listed(open_source(part), source.settings, None, {})
            archive = msgspec.structs.replace(archive, source=msgspec.structs.replace(archive.source, name=source.name))
            outcomes: Iterable[Outcome] = outcomes_of(archive, Cache(keeps=False), stater, Readers(1))
        else:
            found = (
                msgspec.structs.replace(file_at(Path(place), path), is_named=named) for place, path, named in files
            )
            outcomes = (outcome_of(file, stater)[1] for file in found)
        yield from _read_rows(number, first, outcomes)


def _read_rows(source: int, first: int, outcomes: Iterable[Outcome]) -> Iterator[PassRow]:
    counts = ReadCounts()
    waiting: list[Tokened] = []
    for file, outcome in enumerate(outcomes, first):
        counts = counts.merged(ReadCounts.of(outcome))
        yield from map(problem_row, outcome.problems)
        waiting += [((source, file, number), one) for number, one in enumerate(outcome.statements)]
        if len(waiting) >= _CHUNK:
            yield PassRow("said", str(source), "", pack_statements(waiting))
            waiting = []
    if waiting:
        yield PassRow("said", str(source), "", pack_statements(waiting))
    yield PassRow("state", str(source), "", pack(counts))


def problem_row(problem: Problem) -> PassRow:
    """Return a problem as a row; the rows are in the order of the problems."""
    order = "\0".join((f"{problem.line:012}", problem.kind, problem.fact, problem.remedy))
    return PassRow("problem", problem.path, order, msgspec.json.encode(problem))


def _statements(facts: Facts, rows: Iterable[PassRow]) -> Iterator[list[Tokened]]:
    """Yield the statements of each row in the light of their whole source, as far as it is known."""
    for row in rows:
        found = unpack_statements(row.payload)
        if facts.wholes:
            tokens, statements = zip(*found, strict=True)
            found = list(zip(tokens, as_whole(statements, facts.wholes[int(row.key)]), strict=True))
        yield found


def learn(facts: Facts, rows: Iterable[PassRow]) -> Iterator[PassRow]:
    """Learn what `facts.state_of` finds in statements."""
    assert facts.state_of is not None  # noqa: S101 - the driver sets it
    yield from _state_rows(facts.state_of([statement for _, statement in found]) for found in _statements(facts, rows))


def _state_rows(states: Iterable[Any]) -> Iterator[PassRow]:
    merged: Any = None
    for state in states:
        merged = state if merged is None else merged.merged(state)
    if merged is not None:
        yield PassRow("state", "", "", pack(merged))


def find_pages(facts: Facts, rows: Iterable[PassRow]) -> Iterator[PassRow]:
    """Find the pages, the records, and what links name."""
    reading = facts.reading
    assert reading is not None  # noqa: S101 - the driver sets it
    states = []
    for found in _statements(facts, rows):
        yield PassRow("pages", "", "", pack(list(pages_of(found))))
        records = [
            (token, msgspec.structs.replace(one, text=""))
            for token, one in found
            if not isinstance(one.subject, StatedArticle)
        ]
        if records:
            yield PassRow("records", "", "", pack_statements(records))
        states.append(LinkedTo.of([one for _, one in found], with_hosts=not reading.hosts))
    yield from _state_rows(states)


def _placed(facts: Facts, rows: Iterable[PassRow]) -> Iterator[list[Tokened]]:
    """Yield the statements about articles of each row, with the addresses of their pages."""
    assert facts.reading is not None  # noqa: S101 - the driver sets it
    base = facts.reading.base
    for found in _statements(facts, rows):
        places = {page.token: learnt_places(page, facts.patterns, base) for page in pages_of(found)}
        yield [
            (token, with_place(one, token, places.get(token, ()), facts.owners))
            for token, one in found
            if isinstance(one.subject, StatedArticle)
        ]


def unite_keys(facts: Facts, rows: Iterable[PassRow]) -> Iterator[PassRow]:
    """Find which addresses belong together in these statements."""
    parents: dict[str, str] = {}
    for found in _placed(facts, rows):
        for one in occurrences_in(statement for _, statement in found):
            if len(one.stated.keys) > 1:
                unite(parents, one.stated.keys)
    yield PassRow("roots", "", "", pack({key: root_of(parents, key) for key in parents}))


def spread(facts: Facts, rows: Iterable[PassRow]) -> Iterator[PassRow]:
    """Send what is said about an article to the smallest of its keys."""
    roots = Roots(facts.roots)
    for found in _placed(facts, rows):
        shown: list[Tokened] = []
        for token, statement in found:
            if facts.published_only and is_hidden(statement, roots, facts.hidden):
                yield PassRow("hidden", statement.document, "", b"")
            else:
                shown.append((token, statement))
        tokens = {id(statement): token for token, statement in shown}  # statements hold mappings: they have no hash
        for one in occurrences_in(statement for _, statement in shown):
            token = tokens[id(one.document)]
            order = "".join(f"{number:012}" for number in token) if isinstance(token, tuple) else ""
            key = root_of(roots, one.stated.keys[0]) if one.stated.keys else f"\0{order}"
            yield PassRow("stub" if one.is_stub else "document", key, order, pack_same([(token, one)]))


def find_hidden(_facts: Facts, rows: Iterable[PassRow]) -> Iterator[PassRow]:
    """Find the unpublished articles, given everything said about each."""
    for key, said, _ in _groups(rows):
        yield PassRow("hidden" if is_unpublished(said) else "shown", key, "", b"")


def _groups(rows: Iterable[PassRow]) -> Iterator[tuple[str, Sequence[Occurrence], Mapping[int, Token]]]:
    """Yield the key of each article, or of its document, what is said about it, best first, and tokens by identity."""
    for key, group in groupby(rows, key=attrgetter("key")):
        found = unpack_same(row.payload for row in group)
        yield key, best_first([one for _, one in found]), {id(one): token for token, one in found}


def gather(facts: Facts, rows: Iterable[PassRow]) -> Iterator[PassRow]:
    """Put together what is said about each article, name it, and count the names that it uses."""
    assert facts.reading is not None  # noqa: S101 - the driver sets it
    topics, people, named = records_in(facts.records, facts.reading)
    iris: dict[str, str] = {}
    documents: list[tuple[str, str]] = []
    nameless: list[tuple[str, tuple[str, int], str]] = []
    for key, said, tokens in _groups(rows):
        if key in facts.hidden:
            continue
        iri = named_by(said[0].stated, facts.reading.base) if said[0].stated.keys else ""
        count_names([Same(iri, said)], topics, people, named)
        if iri:
            iris[key] = iri
        else:
            nameless.append((key, said[0].place, said[0].document.row))
        documents += [(one.document.document, iri or key) for one in said if not one.is_stub]
        yield PassRow("article", iri or key, "", pack_same((tokens[id(one)], one) for one in said))
    yield PassRow("named", "", "", pack((iris, documents, nameless)))
    yield PassRow("uses", "", "", pack((topics.take(), people.take(), named.take())))


def want(facts: Facts, rows: Iterable[PassRow]) -> Iterator[PassRow]:
    """Find the missing targets of links."""
    links = facts.settled_links
    yield from _state_rows(links.wanted_by([one for _, one in found]) for found in _statements(facts, rows))


def see(facts: Facts, rows: Iterable[PassRow]) -> Iterator[PassRow]:
    """Look for the names of topics in the texts of articles."""
    assert facts.topics is not None and facts.known is not None  # noqa: S101, PT018 - the driver sets them
    finder, counts = facts.finder, Sightings()
    for row in rows:
        iri = facts.minted.get(row.key, row.key)
        found = unpack_same([row.payload])
        same = Same(iri, [one for _, one in found])
        sighting = finder.see(prose_of(same), topics_stated_by(same, facts.topics).values(), counts)
        for token, one in found:
            leads = None if one.is_stub else facts.known.by_document.get(one.document.document)
            if leads not in {None, iri} and one.document.links:
                yield PassRow(
                    "foreign",
                    str(leads),
                    "",
                    pack_statements([(token, msgspec.structs.replace(one.document, text=""))]),
                )
        bare = ((token, one._replace(document=msgspec.structs.replace(one.document, text=""))) for token, one in found)
        yield PassRow("seen", iri, "", pack((pack_same(bare), sighting)))
    yield PassRow("state", "", "", pack(counts))


def merge(facts: Facts, rows: Iterable[PassRow]) -> Iterator[PassRow]:
    """Merge each article into one record, and write it."""
    assert facts.reading is not None  # noqa: S101 - the driver sets it
    assert facts.topics is not None and facts.people is not None and facts.providers is not None  # noqa: S101, PT018
    finder, links, settled = facts.finder, copy(facts.links), copy(facts.settled_links)
    links.forget()
    settled.forget()
    counted: Counted | None = None
    waiting = iter(rows)
    while some := list(islice(waiting, _BATCH)):
        articles: list[Same] = []
        mentions: dict[str, tuple[str, ...]] = {}
        linking: dict[str, list[Statement]] = {}
        for row in some:
            packed, sighting = unpacked(row.payload)
            found = unpack_same([packed])
            same = Same(row.key, [one for _, one in found])
            articles.append(same)
            linking[same.iri] = _linking(same.iri, found, facts)
            if sighting is not None:
                stated = topics_stated_by(same, facts.topics).values()
                mentions[same.iri] = finder.decide(sighting, stated, facts.meanings)
        pictures = Pictures()
        merged = merge_articles(articles, mentions, links, facts.topics, facts.people, facts.providers, pictures)
        truth = Truth(
            base=facts.reading.base,
            title=facts.reading.title,
            articles=with_links(merged.articles, settled, linking.get),
            providers={},
            topics={},
            people={},
            images={},
            problems=(),
            files=0,
            derivations=merged.derivations,
            vocabulary=facts.reading.vocabulary,
        )
        yield from rows_of_truth(truth)
        yield from map(problem_row, merged.problems)
        yield from (PassRow("image", image.iri, "", pack(image)) for image in pictures.records().values())
        now = Counted(Tally.of(truth), Counter(), merged.untitled)
        counted = now if counted is None else counted.merged(now)
    yield from map(problem_row, {*links.problems, *settled.problems})
    if counted is not None:
        counts = Counter(msgspec.structs.asdict(links.counts)) + Counter(msgspec.structs.asdict(settled.counts))
        yield PassRow("state", "", "", pack(replace(counted, links=counts)))


def _linking(iri: str, said: Iterable[tuple[Token, Occurrence]], facts: Facts) -> list[Statement]:
    """Return the documents whose links belong to an article, in the order of statements."""
    assert facts.known is not None  # noqa: S101 - the driver sets it
    own = [(token, one.document) for token, one in said if not one.is_stub and one.document.links]
    own = [(token, one) for token, one in own if facts.known.by_document.get(one.document) == iri]
    found = sorted([*own, *facts.foreign.get(iri, ())], key=lambda item: (item[1].path, item[1].line, item[0]))
    return [statement for _, statement in found]


def rows_of_truth(truth: Truth) -> Iterator[PassRow]:
    """Yield the nodes, the relations and the triples of a truth."""
    encode = msgspec.json.Encoder(enc_hook=dict).encode
    for kind in KINDS_OF_RECORDS:
        for iri, record in getattr(truth, kind).items():
            yield PassRow(kind, iri, getattr(record, "label", None) or "", encode(record))
    for source, target, relation in edges_of(truth):
        yield PassRow("relation", source, relation, target.encode())
    for lines in to_ntriples(truth):
        yield PassRow("triples", lines[1 : lines.index(">")], "", lines.rstrip("\n").encode())


def picture(facts: Facts, rows: Iterable[PassRow]) -> Iterator[PassRow]:
    """Choose the best statement about each picture, and write it."""
    assert facts.reading is not None  # noqa: S101 - the driver sets it
    pictures = Pictures()
    found: Iterable[Image] = (unpacked(row.payload) for row in rows)
    pictures.add(found)
    truth = Truth(facts.reading.base, facts.reading.title, {}, {}, {}, {}, pictures.records(), (), 0)
    yield from rows_of_truth(truth)
    yield PassRow("state", "", "", pack(Tally.of(truth)))


PASSES: Mapping[str, Callable[[Facts, Iterable[PassRow]], Iterator[PassRow]]] = {
    function.__name__: function
    for function in (
        read_documents,
        learn,
        find_pages,
        unite_keys,
        spread,
        find_hidden,
        gather,
        want,
        see,
        merge,
        picture,
    )
}
"""All passes by name."""
