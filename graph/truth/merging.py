"""All that is said of one article becomes one record; what contradicts becomes a problem."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from graph.errors import Problem
from graph.reading.faults import Faults
from graph.records import Article
from graph.statements import References, StatedArticle
from graph.truth.articles import Gathered, Place, Same
from graph.truth.paths import Paths
from graph.truth.people import People
from graph.truth.pictures import Pictures
from graph.truth.providers import Providers
from graph.truth.topics import Topics

__all__ = ["Merged", "merge_articles"]

T = TypeVar("T")

_FIRST_WINS = (
    "type",
    "category",
    "excerpt",
    "published_at",
    "modified_at",
    "starts_at",
    "ends_at",
    "quality",
    "heat",
    "published",
    "price",
    "duration",
    "rating_average",
    "rating_count",
    "language",
    "word_count",
)
_LONGEST_QUOTE = 120
_FIRST_LIST_WINS = ("levels", "sections")


@dataclass(frozen=True, slots=True)
class Merged:
    """The articles, and what merging found."""

    articles: Mapping[str, Article]
    """By IRI, sorted."""
    problems: Sequence[Problem]
    """Contradictions, and references to documents that do not exist."""
    self_links: int
    """Links of an article to itself, dropped."""
    repeated_links: int
    """Links stated more than once, dropped."""


class _Links:
    """Follows references, and counts those that say nothing new."""

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._paths = Paths(gathered.by_path, gathered.left_out)
        self._of_stub: dict[int, str | None] = {}
        self.problems: list[Problem] = []
        self.self_links = 0
        self.repeated_links = 0

    def follow(self, same: Same, references: Callable[[StatedArticle], References]) -> tuple[str, ...]:
        targets: dict[str, None] = {}
        for _, (path, _), stated, _ in same.said:
            for line, target in references(stated):
                iri = self._target(target, path, line)
                if iri is None:
                    continue
                if iri == same.iri:
                    self.self_links += 1
                elif iri in targets:
                    self.repeated_links += 1
                else:
                    targets[iri] = None
        return tuple(targets)

    def _target(self, target: StatedArticle | str, path: str, line: int) -> str | None:
        if isinstance(target, StatedArticle):
            found = self._of_stub.get(id(target), "")
            if found == "":
                found = self._of_stub[id(target)] = self._gathered.by_key.get(target.keys[0])
            return found
        iri = self._paths.find(target, path)
        if iri is None and not self._paths.is_left_out(target, path):
            fact = f"no document stands at {Faults.quote(target, _LONGEST_QUOTE)}"
            self.problems.append(Problem(path, line, "missing-document", fact, "Correct the path, or add the document"))
        return iri


def merge_articles(
    gathered: Gathered, topics: Topics, people: People, providers: Providers, pictures: Pictures
) -> Merged:
    """Merge each article's statements, field by field, the best statement that says something first.

    Topics, authors and publishers are named to their collections on the way. Linear in the number of statements.
    """
    links = _Links(gathered)
    problems: list[Problem] = []
    articles: dict[str, Article] = {}
    about = {same.iri: _topics(same, topics) for same in gathered.articles}
    mentions = topics.finder().find((same.iri, _prose(same), about[same.iri]) for same in gathered.articles)
    for same in gathered.articles:
        found = mentions.get(same.iri, ())
        articles[same.iri] = _merge(same, links, about[same.iri], found, people, providers, pictures)
        problems.extend(_contradictions(same))
    return Merged(articles, (*problems, *links.problems), links.self_links, links.repeated_links)


def _topics(same: Same, topics: Topics) -> tuple[str, ...]:
    """Return the topics that an article states."""
    labels = dict.fromkeys(_each(stated.topics for _, _, stated, _ in same.said))
    return tuple(dict.fromkeys(map(topics.use, labels)))


def _prose(same: Same) -> str:
    """Return all that an article says in words: its title, its excerpt, and its text."""
    title = next((stated.title for _, _, stated, _ in same.said if stated.title), None)
    excerpt = next((stated.excerpt for _, _, stated, _ in same.said if stated.excerpt is not None), None)
    return "\n\n".join(filter(None, (title, excerpt, *(text for _, _, _, text in same.said))))


def _merge(
    same: Same,
    links: _Links,
    topics: tuple[str, ...],
    mentions: tuple[str, ...],
    people: People,
    providers: Providers,
    pictures: Pictures,
) -> Article:
    statements = [stated for _, _, stated, _ in same.said]
    best = statements[0]
    only_stub = same.said[0][0]
    values: dict[str, object] = {}
    if len(statements) == 1:
        values = {name: getattr(best, name) for name in (*_FIRST_WINS, *_FIRST_LIST_WINS)}
    else:
        for name in _FIRST_WINS:
            values[name] = next((v for stated in statements if (v := getattr(stated, name)) is not None), None)
        for name in _FIRST_LIST_WINS:
            values[name] = next((v for stated in statements if (v := getattr(stated, name))), ())
    provider = None
    places = [place for _, place, _, _ in same.said]
    named: set[tuple[str, str | None]] = set()
    for stated, (path, _) in zip(statements, places, strict=True):
        if stated.provider is not None and (stated.provider.name, stated.provider.domain) not in named:
            named.add((stated.provider.name, stated.provider.domain))
            pictures.add(stated.provider.images)
            iri = providers.use(stated.provider, path)
            provider = provider or iri
    amp_urls, aliases = _addresses(statements, best.url)
    paths = {place[0] for stub, place, _, _ in same.said if not stub}
    extra = {name: value for stated in reversed(statements) for name, value in stated.extra.items()}
    return Article(
        iri=same.iri,
        label=next((stated.title for stated in statements if stated.title), None) or _name_of(best, places[0]),
        url=best.url,
        amp_urls=amp_urls,
        aliases=aliases,
        images=pictures.add(next((stated.images for stated in statements if stated.images), ())),
        provider=provider,
        topics=topics,
        related=links.follow(same, lambda stated: stated.related),
        parts=links.follow(same, lambda stated: stated.parts),
        authors=tuple(dict.fromkeys(people.use(author) for author in _each(s.authors for s in statements))),
        mentions=mentions,
        secured=any(stated.secured for stated in statements),
        stub=only_stub,
        sources=tuple(sorted(paths)),
        extra=dict(sorted(extra.items())),
        **values,  # type: ignore[arg-type]
    )


def _each(groups: Iterable[Iterable[T]]) -> Iterable[T]:
    for group in groups:
        yield from group


def _addresses(statements: Sequence[StatedArticle], shown: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if len(statements) == 1:
        return tuple(sorted(statements[0].amp_urls)), tuple(sorted(statements[0].aliases))
    amp = {address for stated in statements for address in stated.amp_urls}
    others = {address for stated in statements for address in (stated.url, *stated.aliases) if address}
    return tuple(sorted(amp - {shown})), tuple(sorted(others - amp - {shown}))


def _name_of(stated: StatedArticle, place: Place) -> str:
    """Return a label for an article without a title: the last part of its address or path."""
    address = (stated.url or place[0]).partition("?")[0].rstrip("/")
    last = address.rpartition("/")[2]
    stem = last.rpartition(".")[0] or last
    return stem.replace("-", " ").replace("_", " ").strip() or stated.url or place[0]


def _contradictions(same: Same) -> list[Problem]:
    """Report each title and date that differs from the one that won, once, at the smallest place that states it."""
    if len(same.said) == 1:
        return []
    problems = []
    for field, kind, word in (
        ("title", "title-contradiction", "title"),
        ("published_at", "date-contradiction", "date of publication"),
    ):
        won: str | None = None
        others: dict[str, Place] = {}
        for _, place, stated, _ in same.said:
            value = getattr(stated, field)
            if value is None:
                continue
            if won is None:
                won = value
            elif not _agree(field, value, won) and (value not in others or place < others[value]):
                others[value] = place
        for value, (path, line) in sorted(others.items()):
            here, there = Faults.quote(value, _LONGEST_QUOTE), Faults.quote(won, _LONGEST_QUOTE)
            fact = f"another {word} for {same.iri}: {here} here, but {there} won"
            problems.append(Problem(path, line, kind, fact, "Make them agree"))
    return problems


def _agree(field: str, one: str, other: str) -> bool:
    """Tell whether two values of a field say the same; a day does not contradict a time on it."""
    return one == other or (field == "published_at" and (one.startswith(other) or other.startswith(one)))
