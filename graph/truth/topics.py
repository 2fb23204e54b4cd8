"""Topics: the labels that articles use, and the records of the site's taxonomy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from graph.names import is_path, topic_iri, topic_slug
from graph.plain_fields import TopicFields
from graph.reading.record_kinds import record_key
from graph.records import Topic
from graph.statements import StatedTopic, Statement
from graph.truth.labels import Counts, Labels, commonest
from graph.truth.mentions import Finder, Name
from graph.truth.pictures import Pictures
from graph.truth.plain_values import PlainValues

_FACTS = PlainValues(TopicFields, joins_lists=True)


class TopicUses(msgspec.Struct, frozen=True):
    """The labels that some articles use, and which of them belong below others."""

    counts: Counts
    """How often each label is used."""
    broader: dict[str, dict[str, None]]
    """The labels above each topic."""


class Topics:
    """Collects records of topics and labels, and decides which topic each label means."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._labels = Labels(topic_slug)
        self._described: dict[str, list[tuple[str, StatedTopic]]] = {}
        self._broader: dict[str, dict[str, None]] = {}

    def describe(self, statement: Statement) -> None:
        """Add a document about a topic; ignore any other."""
        if isinstance(statement.subject, StatedTopic):
            key = record_key(statement.path)
            own = self._labels.claim(statement.subject.name, (*statement.subject.names, *([key] if key else [])))
            self._described.setdefault(own, []).append((statement.path, statement.subject))

    def settle(self) -> None:
        """Decide what names mean, after all records are added."""
        self._labels.settle()

    def take(self) -> TopicUses:
        """Return which labels were used and put below others, and begin again."""
        broader, self._broader = self._broader, {}
        return TopicUses(self._labels.take(), broader)

    def add(self, uses: TopicUses) -> None:
        """Add what others of the same records have counted, in any order."""
        self._labels.add(uses.counts)
        for found, above in uses.broader.items():
            self._broader.setdefault(found, {}).update(above)

    def use(self, label: str) -> None:
        """Count the use of a label."""
        self._labels.use(label)

    def put_below(self, label: str, above: str) -> None:
        """Put the topic of one label below that of another; both must have been used."""
        self._broader.setdefault(self._labels.find(label), {})[above] = None

    def nest(self, *, everywhere: bool) -> None:
        """Count the labels of topics above others, and put each topic such as `area/health` below `area`.

        Call it after all other labels are counted.

        A vault of notes nests topics `everywhere`. Elsewhere the slash may be part of a name, so `area` itself or
        another topic within it must be used.
        """
        for records in self._described.values():
            for _, record in records:
                for parent in record.parents:
                    self._labels.use(parent)
        paths = [label for found in sorted(self._labels.used()) for label in self._paths_of(found)]
        first: dict[str, set[str]] = {}
        for label in paths:
            first.setdefault(topic_slug(label.partition("/")[0]), set()).add(topic_slug(label))
        used = set(self._labels.used())
        for label in paths:
            root = topic_slug(label.partition("/")[0])
            if everywhere or root in used or len(first[root]) > 1:
                while "/" in label:
                    above = label.rpartition("/")[0]
                    self._labels.use(above)
                    self.put_below(label, above)
                    label = above  # noqa: PLW2901 - one step up

    def _paths_of(self, found: str) -> list[str]:
        """Return the commonest spelling of a topic if it may be within another topic, otherwise an empty list."""
        counts = self._labels.spellings(found)
        label = commonest(counts) if counts else ""
        return [label] if "/" in label and is_path(label) and all(label.split("/")) else []

    def iri(self, label: str) -> str:
        """Return the IRI of the topic of a label that was used before."""
        return self._iri(self._labels.find(label))

    def finder(self) -> Finder:
        """Return a finder of all topics, used or with a record."""
        return Finder(self.names())

    def names(self) -> Mapping[str, Sequence[Name]]:
        """Return the names of all topics by IRI."""
        names: dict[str, list[Name]] = {}
        for found in self._labels.used():
            called = names[self._iri(found)] = [Name(name) for name in self._labels.spellings(found)]
            for _, record in self._described.get(found, ()):
                called += (Name(name, is_described=True) for name in (record.name, *record.names))
                called += (Name(name, is_keyword=True) for name in record.keywords)
        return names

    def records(self, pictures: Pictures) -> Mapping[str, Topic]:
        """Return all topics, used or with a record, by IRI, sorted."""
        topics = {}
        for found in self._labels.used():
            counts = self._labels.spellings(found)
            records = sorted(self._described.get(found, ()), key=lambda item: item[0])
            stated = [record for _, record in records]
            label = stated[0].name if stated else commonest(counts)
            iri = self._iri(found)
            names = {*counts, *(name for record in stated for name in (record.name, *record.names))} - {label}
            parents = [self.iri(name) for record in stated for name in record.parents]
            parents += [self.iri(name) for name in sorted(self._broader.get(found, ()))]
            topics[iri] = Topic(
                iri=iri,
                label=label,
                names=tuple(sorted(names)),
                broader=tuple(dict.fromkeys(parent for parent in parents if parent != iri)),
                images=tuple(dict.fromkeys(pictures.add(image for record in stated for image in record.images))),
                sources=tuple(sorted({path for path, _ in records})),
                extra=dict(sorted(stated[0].extra.items())) if stated else {},
                **_FACTS.of(stated),
            )
        return dict(sorted(topics.items()))

    def _iri(self, found: str) -> str:
        return topic_iri(self._base, found)
