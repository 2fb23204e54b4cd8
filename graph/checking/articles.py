"""What articles lack, and which point to the wrong place, once all documents are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from graph.checking.documents import Seen
from graph.checking.findings import RawFinding
from graph.checking.rules import RULES_BY_NAME
from graph.coverage import tied_nodes
from graph.reading.faults import LONGEST_PLACE, Faults
from graph.reading.files import folders_above, is_list
from graph.records import Article
from graph.statements import StatedArticle, Statement
from graph.truth import Truth

_FEWEST_IN_FOLDER = 10
_USUAL_SHARE = 0.9
"""If this share of at least this many articles in a folder has something, such as a date, the others lack it."""

_FEWEST_TITLE_WORDS = 3
_INDEXES = frozenset({"index", "_index", "readme"})


def check_statements(statements: Sequence[Statement], seen: Mapping[str, Seen]) -> Iterator[RawFinding]:
    """Yield what is missing in the documents of articles; `seen` is what was seen of each, by path. Linear."""
    articles = [one for one in statements if isinstance(one.subject, StatedArticle) and not one.row]
    dated, titled = _Usual(articles, _is_dated), _Usual(articles, lambda subject: bool(subject.title))
    for statement in articles:
        subject, path = statement.subject, statement.path
        if not isinstance(subject, StatedArticle):
            continue
        if not subject.title and (others := titled.of_folder(path)):
            fact = f"the article has neither a title nor a heading, and {others} have"
            yield RawFinding(RULES_BY_NAME["missing-title"], path, statement.line, fact)
        if not _is_dated(subject) and (others := dated.of_folder(path)):
            fact = f"the article has no date, and {others} have"
            yield RawFinding(RULES_BY_NAME["missing-date"], path, statement.line, fact)
        if path in seen and path in seen[path].long_excerpts:
            yield seen[path].long_excerpts[path]
        for image in subject.images:
            line = seen[path].lines.get(path, {}).get("images", 0) if path in seen else 0
            if line and (image.width is None or image.height is None):
                shown = Faults.quote(image.iri, LONGEST_PLACE)
                fact = f"the picture {shown} has no width and height"
                name = image.iri.rpartition("/")[2]
                yield RawFinding(RULES_BY_NAME["picture-without-size"], path, line, fact, value=name)


def _is_dated(subject: StatedArticle) -> bool:
    return bool(subject.published_at or subject.starts_at)


def _is_index(path: str) -> bool:
    return path.rpartition("/")[2].partition(".")[0].lower() in _INDEXES


class _Usual:
    """Whether the articles of a folder usually have something; index pages do not count."""

    def __init__(self, articles: Iterable[Statement], has: Callable[[StatedArticle], bool]) -> None:
        self._all: Counter[str] = Counter()
        self._having: Counter[str] = Counter()
        for one in articles:
            if isinstance(one.subject, StatedArticle) and not _is_index(one.path):
                for folder in folders_above(one.path):
                    self._all[folder] += 1
                    self._having[folder] += has(one.subject)

    def of_folder(self, path: str) -> str:
        """Return the articles in the folder of a path, in words, if nearly all have it; otherwise nothing.

        The folder is the innermost with ten articles. Nothing is usual for an index page.
        """
        folders = () if _is_index(path) else folders_above(path)
        folder = next((folder for folder in folders if self._all[folder] >= _FEWEST_IN_FOLDER), None)
        if folder is None or self._having[folder] < _USUAL_SHARE * self._all[folder]:
            return ""
        return f"nearly all in {Faults.quote(folder, LONGEST_PLACE)}" if folder else "nearly all others"


def check_articles(statements: Sequence[Statement], truth: Truth, seen: Mapping[str, Seen]) -> Iterator[RawFinding]:
    """Yield what is wrong among articles: copies, duplicates, orphans, links to unpublished ones. Linear in relations.

    `seen` is what was seen of each document, by path.
    """
    tied = tied_nodes(truth)
    elsewhere = {one.path for one in statements if isinstance(one.subject, StatedArticle) and one.subject.is_elsewhere}
    hidden: dict[str, str] = {}
    for article in truth.articles.values():
        if article.stub:
            continue
        yield from _check_duplicate(article, seen)
        if article.published is False and elsewhere.isdisjoint(article.sources):
            hidden[article.iri] = article.label
        elif article.published is not False and article.iri not in tied:
            for path in article.sources[:1]:
                fact = "no other article points to this article, and it points to none"
                yield RawFinding(RULES_BY_NAME["orphan"], path, 0, fact)
    if hidden:
        yield from _check_links(truth, hidden)
    yield from _check_copies(truth)


def _check_duplicate(article: Article, seen: Mapping[str, Seen]) -> Iterator[RawFinding]:
    """Yield the documents that state an article after the first; lists such as feeds may repeat it."""
    paths = [path for path in article.sources if not is_list(path)]
    for path in paths[1:]:
        lines = seen[path].lines.get(path, {}) if path in seen else {}
        line = lines.get("url") or lines.get("original_url") or 0
        fact = f"the document is about the same article as {Faults.quote(paths[0], LONGEST_PLACE)}"
        yield RawFinding(RULES_BY_NAME["duplicate-article"], path, line, fact, value=article.url or "")


def _check_links(truth: Truth, hidden: Mapping[str, str]) -> Iterator[RawFinding]:
    """Yield links from published articles to those that are not, given the labels of these by IRI."""
    for evidence in truth.evidence:
        source = truth.articles.get(evidence.source)
        if evidence.target not in hidden or evidence.relation == "mentions" or source is None:
            continue
        if source.published is not False:
            fact = f"{Faults.quote(hidden[evidence.target])} is not published"
            yield RawFinding(
                *(RULES_BY_NAME["link-to-unpublished"], evidence.path, evidence.line, fact),
                *("Publish it, or remove the link", evidence.words),
            )


def _check_copies(truth: Truth) -> Iterator[RawFinding]:
    """Yield articles with a document that are copies of others, as `duplicates` finds them.

    Those without an excerpt and with a short title, such as "Overview", say too little to tell.
    """
    documents = {
        article.iri: article
        for article in truth.articles.values()
        if not article.stub and (article.excerpt or len(article.label.split()) >= _FEWEST_TITLE_WORDS)
    }
    if len(documents) < 2:  # noqa: PLR2004 - a copy, and what it is a copy of
        return
    from graph.analysis.duplicates import copies_among

    told: set[str] = set()
    for row in copies_among(documents, truth):
        later, first = documents[row.other], documents[row.article]
        if row.other not in told and later.sources and first.sources:
            told.add(row.other)
            shown = Faults.quote(first.sources[0], LONGEST_PLACE)
            fact = f"the article is a copy of {shown}: {'; '.join(row.reasons)}"
            yield RawFinding(RULES_BY_NAME["copy"], later.sources[0], 0, fact, value=later.label)
