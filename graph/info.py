"""A knowledge graph in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import msgspec

from graph.coverage import Coverage, Covered
from graph.displays import counted_nouns, to_html
from graph.pairs import ranked
from graph.records import Article, Provider, Topic
from graph.truth import Truth
from graph.views import relations_of
from graph.vocabulary import DEFAULT_TYPE

_MOST_NAMED = 10
_COUNTED = ("articles", "providers", "topics", "people", "images")


@dataclass(frozen=True, slots=True)
class Info:
    """A knowledge graph in numbers."""

    files: int
    """Documents read."""
    passed_over: Mapping[str, int]
    """Files that were not read, by ending if their kind is not read, otherwise by reason; the commonest first."""
    articles: int
    """Articles, stubs included."""
    stubs: int
    """Articles without a document, which other documents point to."""
    unpublished: int
    """Articles marked as unpublished."""
    providers: int
    """Organisations that publish."""
    topics: int
    """Topics."""
    people: int
    """People."""
    images: int
    """Pictures."""
    relations: Mapping[str, int]
    """Relations by name; all names are present."""
    literals: Mapping[str, int]
    """Articles that have each literal of the site's own, by name."""
    vocabulary: Mapping[str, list[dict[str, object]]]
    """The rows that the site adds to the vocabulary, under `relations` and `literals`."""
    types: Mapping[str, int]
    """Articles by type, the commonest first; one that states no type is an `article`."""
    first_published: str | None
    """The day of the oldest article, ISO 8601."""
    last_published: str | None
    """The day of the newest article, ISO 8601."""
    top_topics: tuple[tuple[str, int], ...]
    """The ten topics with most articles: label and number."""
    top_providers: tuple[tuple[str, int], ...]
    """The ten providers with most articles: label and number."""
    unmapped: tuple[tuple[str, int], ...]
    """Fields that are not in the vocabulary, with the number of records that have them."""
    self_links: int
    """Relations of a node to itself, dropped."""
    repeated_links: int
    """Relations stated more than once, kept once."""
    problems: Mapping[str, int]
    """Faults of the content by kind, the commonest first."""
    base: str
    """What minted IRIs begin with."""
    title: str
    """The title of the site."""
    coverage: Coverage
    """How much of the documents is in the graph."""

    def __repr__(self) -> str:
        counts = {"article": self.articles, "stub": self.stubs, "provider": self.providers, "topic": self.topics}
        counts |= {"person": self.people, "relation": sum(self.relations.values())}
        counts |= {"problem": sum(self.problems.values())}
        return f"<Info of {self.title!r}: {counted_nouns(counts)}>"

    def _repr_html_(self) -> str:
        """Return the most important numbers, as a notebook shows them."""
        counts = ("articles", "stubs", "unpublished", "providers", "topics", "people", "images", "files")
        rows: list[tuple[str, object]] = [(name, getattr(self, name)) for name in counts]
        if self.first_published:
            rows.append(("published", f"{self.first_published} to {self.last_published}"))
        for name in ("relations", "types", "top_topics", "top_providers", "problems"):
            held = {label: f"{count:,}" for label, count in dict(getattr(self, name)).items() if count}
            rows.append((name.replace("_", " "), held))
        return to_html(self.title, [row for row in rows if row[1]])

    def to_dict(self) -> dict[str, object]:
        """Return the numbers as plain Python, ready for JSON."""
        return asdict(self)


class Tally(msgspec.Struct, frozen=True):
    """Some of the records of a knowledge graph, in numbers."""

    counts: Counter[str]
    """Records, by the name of the field of `Info`."""
    relations: Counter[str]
    """Relations by name."""
    literals: Counter[str]
    """Articles that have each literal of the site's own, by name."""
    types: Counter[str]
    """Articles by type."""
    topics: Counter[str]
    """Articles about each topic, by IRI."""
    providers: Counter[str]
    """Articles of each provider, by IRI."""
    days: tuple[str, ...]
    """The first and the last day of publication; empty if no article has any."""
    covered: Covered
    """What the documents have."""

    @classmethod
    def of(cls, truth: Truth) -> Tally:
        """Count the records of a truth. Linear in nodes and edges."""
        counts = Counter({name: len(getattr(truth, name)) for name in _COUNTED})
        literals: Counter[str] = Counter()
        types: Counter[str] = Counter()
        topics: Counter[str] = Counter()
        providers: Counter[str] = Counter()
        days: set[str] = set()
        relations: Counter[str] = Counter()
        for record in truth.records():  # only once, because articles may be read from a file
            for name, targets in relations_of(record):
                relations[name] += len(targets)
            if not isinstance(record, Article):
                continue
            counts["stubs"] += record.stub
            counts["unpublished"] += record.published is False
            literals.update(record.literals.keys())
            types[record.type or DEFAULT_TYPE] += 1
            topics.update(record.topics)
            if record.provider:
                providers[record.provider] += 1
            if record.published_at:
                days.add(record.published_at[:10])
        return cls(
            counts,
            relations=relations,
            literals=literals,
            types=types,
            topics=topics,
            providers=providers,
            days=(min(days), max(days)) if days else (),
            covered=Covered.of(truth),
        )

    def merged(self, other: Tally) -> Tally:
        """Return the numbers of both."""
        days = sorted((*self.days, *other.days))
        return Tally(
            self.counts + other.counts,
            self.relations + other.relations,
            self.literals + other.literals,
            self.types + other.types,
            self.topics + other.topics,
            self.providers + other.providers,
            (days[0], days[-1]) if days else (),
            self.covered.merged(other.covered),
        )

    def info(self, truth: Truth, problems: Mapping[str, int]) -> Info:
        """Return the numbers of a truth whose records these are; `problems` counts its problems by kind.

        The truth may lack its articles and pictures.
        """
        counts = self.counts
        return Info(
            files=truth.files,
            passed_over=dict(truth.passed_over),
            articles=counts["articles"],
            stubs=counts["stubs"],
            unpublished=counts["unpublished"],
            providers=counts["providers"],
            topics=counts["topics"],
            people=counts["people"],
            images=counts["images"],
            relations={name: self.relations[name] for name in truth.vocabulary.relation_names},
            literals={row.name: self.literals[row.name] for row in truth.vocabulary.literals},
            vocabulary=truth.vocabulary.to_dict(),
            types=dict(ranked(self.types)),
            first_published=min(self.days, default=None),
            last_published=max(self.days, default=None),
            top_topics=_labelled(truth, self.topics),
            top_providers=_labelled(truth, self.providers),
            unmapped=truth.unmapped,
            self_links=truth.link_counts.to_itself,
            repeated_links=truth.link_counts.repeated,
            problems=dict(ranked(problems)),
            base=truth.base,
            title=truth.title,
            coverage=self.covered.coverage(truth, problems),
        )


def info_of(truth: Truth) -> Info:
    """Return the numbers of a truth. Linear in nodes and edges."""
    return Tally.of(truth).info(truth, Counter(problem.kind for problem in truth.problems))


def _labelled(truth: Truth, counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    named: Mapping[str, Topic | Provider] = {**truth.topics, **truth.providers}
    return tuple((named[iri].label, count) for iri, count in ranked(counts)[:_MOST_NAMED])
