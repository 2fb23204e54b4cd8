"""Topics and people: names that no record has, that are spelled in two ways, or that are nearly the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph.checking.documents import Seen
from graph.checking.findings import Fix, RawFinding
from graph.checking.rules import RULES_BY_NAME
from graph.names import slug
from graph.reading.faults import Faults
from graph.reading.record_kinds import record_key
from graph.records import Person, Topic
from graph.statements import StatedArticle, StatedPerson, StatedTopic, Statement
from graph.truth import Truth

_FEWEST_RECORDS = 5
_RECORDED_SHARE = 0.8
"""The records of topics are a taxonomy if there are this many, and if this share of the topics stated has one."""

_LEAST_SURE = 0.88
"""The least score of names that are reported as nearly the same, which leaves out initials."""
_TIMES_COMMONER = 3
"""How much commoner the right spelling must be than the wrong one, if they differ in a letter."""
_LIKE = 80
"""How alike a topic and that of a record must be, of 100, for one to be suggested for the other."""


@dataclass(frozen=True, slots=True)
class _Use:
    """A label where a document states it."""

    label: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is checked for one kind of node."""

    stated_in: str
    """The field of an article that states it."""
    spelling: str
    """The rule of spellings of one node."""
    similar: str
    """The rule of two nodes."""
    noun: str
    records: Mapping[str, Topic] | Mapping[str, Person]
    """The nodes by IRI."""
    recorded: Mapping[str, None]
    """The names that records state."""
    uses: list[_Use] = field(default_factory=list)


def check_labels(statements: Sequence[Statement], truth: Truth, seen: Mapping[str, Seen]) -> Iterator[RawFinding]:
    """Yield what is wrong with the topics and authors that documents state. Names are compared as of `like_names`."""
    topics = _Kind(
        *("topics", "topic-spelling", "similar-topics", "topic", truth.topics),
        dict.fromkeys(_names_of(statements, StatedTopic)),
    )
    people = _Kind(
        *("authors", "person-spelling", "similar-people", "person", truth.people),
        dict.fromkeys(_names_of(statements, StatedPerson)),
    )
    for one in statements:
        if isinstance(one.subject, StatedArticle) and not one.row:
            topics.uses.extend(_Use(label, one.path, one.lines.get("about", 0)) for label in one.subject.topics)
            people.uses.extend(_Use(who.name, one.path, one.lines.get("author", 0)) for who in one.subject.authors)
    yield from _check_unknown(topics)
    for kind in (topics, people):
        yield from _check_spellings(kind, seen)
        yield from _check_similar(kind)


def _names_of(statements: Iterable[Statement], kind: type[StatedTopic | StatedPerson]) -> Iterator[str]:
    for one in statements:
        if isinstance(one.subject, kind):
            yield from (one.subject.name, *one.subject.names, *filter(None, [record_key(one.path)]))


def _by_label(kind: _Kind) -> dict[str, Topic | Person]:
    """Return nodes by their labels and other names; a label takes precedence."""
    found: dict[str, Topic | Person] = {}
    for record in kind.records.values():
        for name in record.names:
            found.setdefault(name, record)
    return found | {record.label: record for record in kind.records.values()}


def _check_unknown(topics: _Kind) -> Iterator[RawFinding]:
    """Yield the topics without a record, if the records are a taxonomy."""
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extractOne

    known = [topic.label for topic in topics.records.values() if topic.sources]
    by_label = _by_label(topics)
    unknown = [use for use in topics.uses if use.label in by_label and not by_label[use.label].sources]
    if len(known) < _FEWEST_RECORDS or len(unknown) > (1 - _RECORDED_SHARE) * len(topics.uses):
        return
    suggested = {
        label: extractOne(label, known, scorer=ratio, score_cutoff=_LIKE) for label in {use.label for use in unknown}
    }
    for use in unknown:
        like = suggested[use.label]
        fact = f"no record describes the topic {Faults.quote(use.label)}"
        remedy = f"Write {Faults.quote(like[0])}, or add a record" if like else ""
        yield RawFinding(RULES_BY_NAME["unknown-topic"], use.path, use.line, fact, remedy, use.label)


def _check_spellings(kind: _Kind, seen: Mapping[str, Seen]) -> Iterator[RawFinding]:
    """Yield the uses of a name that is neither the usual one nor one that a record states."""
    by_label = _by_label(kind)
    counts = Counter(use.label for use in kind.uses)
    for use in kind.uses:
        record = by_label.get(use.label)
        if record is None or use.label == record.label or use.label in kind.recorded:
            continue
        if record.sources and use.label == slug(record.label):
            continue  # the name of a record as addresses and files write it
        fact = f"the {kind.noun} {Faults.quote(record.label)} is spelled {Faults.quote(use.label)}"
        names = seen[use.path].names.get(use.path, {}).get(kind.stated_in, ()) if use.path in seen else ()
        is_certain = bool(record.sources) or counts[record.label] > counts[use.label]
        fix = Fix(names[0], use.label, record.label) if is_certain and len(names) == 1 else None
        remedy = f"Write {Faults.quote(record.label)}"
        yield RawFinding(RULES_BY_NAME[kind.spelling], use.path, use.line, fact, remedy, use.label, fix)


def _check_similar(kind: _Kind) -> Iterator[RawFinding]:
    """Yield the uses of the rarer of two names that are nearly the same; that of a record is right."""
    from graph.analysis.like_names import like_names

    by_label = _by_label(kind)
    stated: dict[str, set[str]] = {}
    for use in kind.uses:
        if use.label in by_label:
            stated.setdefault(by_label[use.label].iri, set()).add(use.path)
    meant: dict[str, tuple[float, str]] = {}
    for pair in like_names({iri: record.label for iri, record in kind.records.items()}, stated):
        best, other = pair.first, pair.second
        if kind.records[other].sources:
            best, other = other, best
        times = _TIMES_COMMONER if pair.reason == "similar spelling" else 0
        is_misspelled = len(stated.get(best, ())) >= times * len(stated.get(other, ()))
        if pair.score >= _LEAST_SURE and is_misspelled and not kind.records[other].sources:
            meant[other] = max(meant.get(other, (0.0, "")), (pair.score, best))
    for use in kind.uses:
        record = by_label.get(use.label)
        if record is not None and record.iri in meant:
            like = kind.records[meant[record.iri][1]].label
            fact = f"the {kind.noun} {Faults.quote(use.label)} may be the same as {Faults.quote(like)}"
            remedy = f"Write {Faults.quote(like)}, or leave it if they differ"
            yield RawFinding(RULES_BY_NAME[kind.similar], use.path, use.line, fact, remedy, use.label)
