"""A knowledge graph in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from graph.coverage import Coverage, coverage_of
from graph.displays import counted_nouns, to_html
from graph.records import Provider, Topic
from graph.truth import Truth
from graph.views import edges_of
from graph.vocabulary import DEFAULT_TYPE

__all__ = ["Info", "info_of"]

_MOST_NAMED = 10


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
    """Articles that say they are unpublished."""
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


def info_of(truth: Truth) -> Info:
    """Return the numbers of a truth. Linear in nodes and edges."""
    articles = truth.articles.values()
    dates = [article.published_at[:10] for article in articles if article.published_at]
    relations = Counter(name for _, _, name in edges_of(truth))
    return Info(
        files=truth.files,
        passed_over=dict(truth.passed_over),
        articles=len(truth.articles),
        stubs=sum(article.stub for article in articles),
        unpublished=sum(article.published is False for article in articles),
        providers=len(truth.providers),
        topics=len(truth.topics),
        people=len(truth.people),
        images=len(truth.images),
        relations={name: relations[name] for name in truth.vocabulary.relation_names},
        literals={
            row.name: sum(row.name in article.literals for article in articles) for row in truth.vocabulary.literals
        },
        vocabulary=truth.vocabulary.to_dict(),
        types=dict(_ranked(Counter(article.type or DEFAULT_TYPE for article in articles))),
        first_published=min(dates, default=None),
        last_published=max(dates, default=None),
        top_topics=_labelled(truth, (topic for article in articles for topic in article.topics)),
        top_providers=_labelled(truth, (article.provider for article in articles if article.provider)),
        unmapped=truth.unmapped,
        self_links=truth.link_counts.to_itself,
        repeated_links=truth.link_counts.repeated,
        problems=dict(_ranked(Counter(problem.kind for problem in truth.problems))),
        base=truth.base,
        title=truth.title,
        coverage=coverage_of(truth),
    )


def _labelled(truth: Truth, iris: Iterable[str]) -> tuple[tuple[str, int], ...]:
    named: Mapping[str, Topic | Provider] = {**truth.topics, **truth.providers}
    return tuple((named[iri].label, count) for iri, count in _ranked(Counter(iris))[:_MOST_NAMED])


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
