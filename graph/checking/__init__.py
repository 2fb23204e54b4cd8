"""Checking: the content is checked against rules, for authors and for continuous integration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from graph.checking.articles import check_articles, check_statements
from graph.checking.baseline import Key, read_baseline, without_known, write_baseline
from graph.checking.documents import Seen, watching
from graph.checking.findings import Finding, Fix, RawFinding, found_problem
from graph.checking.labels import check_labels
from graph.checking.outside import without_links_outside
from graph.checking.positions import FoundDocuments, position_of
from graph.checking.rules import CHAPTERS, RULES, RULES_BY_NAME, SEVERITIES, Rule, Severity, sentence_of
from graph.checking.settings import ChosenRules, choose_rules, read_check_settings
from graph.reading import Cache, Listed, Listing, Progress, Sources, list_documents, read
from graph.reading.stating import Watch
from graph.truth import establish

__all__ = [
    "CHAPTERS",
    "RULES",
    "SEVERITIES",
    "Checked",
    "Finding",
    "Fix",
    "Key",
    "Rule",
    "Severity",
    "check",
    "check_all",
    "read_baseline",
    "without_known",
    "write_baseline",
]


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking found."""

    findings: tuple[Finding, ...]
    """Sorted by path, line, column and code."""
    documents: int
    """How many documents were read."""
    rules: frozenset[str]
    """The codes of the rules that were checked in any document."""
    listing: Listing
    """The sources and their documents."""


def check(
    sources: Sources, *, select: Iterable[str] = (), extend_select: Iterable[str] = (), ignore: Iterable[str] = ()
) -> tuple[Finding, ...]:
    """Return what breaks a rule in folders, files or archives of articles, sorted by path, line, column and code.

    `sources` is one path or several. The rules are those of the default and of `[check]` in each source's
    `article-graph.toml`; `select` chooses others instead, `extend_select` adds some, and `ignore` leaves some out. They
    are named by code (`AG404`), by a prefix of codes (`AG4`), or by name (`broken-link`); a text names several between
    commas. Nothing is written. Time and memory are linear in the bytes read.

    Raises:
        SourceError: A source does not exist or cannot be read.
        FormatError: There is no such rule.
    """
    return check_all(sources, select=select, extend_select=extend_select, ignore=ignore).findings


def check_all(
    sources: Sources,
    *,
    select: Iterable[str] = (),
    extend_select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    progress: Progress | None = None,
    cache: Cache | None = None,
) -> Checked:
    """Return what `check` returns, and what was checked.

    `progress` is called at every step. A new `cache` knows afterwards what each document was when it was read.
    """
    choice = choose_rules(select, extend_select, ignore)
    listing = list_documents(sources)
    named = sorted(listing.sources, key=lambda listed: listed.source.name)
    checking = {listed.place: _CheckedSource(listed, choice) for listed in named}
    reading = read(listing, cache=cache, progress=progress, watch=lambda listed: checking[listed.place].watch())
    truth = establish(reading)
    seen = {path: one.seen for one in reversed(checking.values()) for path in one.seen.lines}
    found = [found_problem(problem) for problem in without_links_outside(truth.problems, listing)]
    found += (one for source in checking.values() for one in source.seen.found)
    found += check_statements(reading.statements, seen)
    found += check_articles(reading.statements, truth, seen)
    found += check_labels(reading.statements, truth, seen)
    findings = set(_placed(found, FoundDocuments(listing, {one.path for one in found}), checking))
    return Checked(
        tuple(sorted(findings, key=attrgetter("path", "line", "column", "code", "message"))),
        reading.files,
        frozenset(RULES_BY_NAME[name].code for one in checking.values() for name in one.settings.anywhere()),
        listing,
    )


class _CheckedSource:
    """What is checked in a source, and what was seen there."""

    def __init__(self, listed: Listed, choice: ChosenRules) -> None:
        self.settings, faults = read_check_settings(listed.source.root_file, choice)
        self.seen = Seen(found=list(map(found_problem, faults.problems)))
        self._dialect = listed.settings.article

    def watch(self) -> Watch:
        return watching(self.seen, self.settings, self._dialect)


def _placed(
    found: Iterable[RawFinding], places: FoundDocuments, checking: Mapping[str, _CheckedSource]
) -> Iterator[Finding]:
    """Yield the findings that are reported, each with its file, line and column."""
    for path, some in groupby(sorted(found, key=lambda one: one.path), key=lambda one: one.path):
        ordered = list(some)
        place = places.of(path, max(one.line for one in ordered))
        source = checking[place.listed.place]
        checks, excepted = source.settings.of(path), source.seen.exceptions.get(path, frozenset())
        for one in ordered:
            if one.rule.name not in checks.rules or one.rule.name in excepted:
                continue
            line, column = position_of(one, place.lines)
            severity = checks.severity.get(one.rule.name, one.rule.severity)
            yield Finding(
                *(place.name, line, column, one.rule.code, one.rule.name, severity),
                *(one.message, one.remedy or sentence_of(one.rule.remedy), path, one.fix),
            )
