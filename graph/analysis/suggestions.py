"""Which articles should be related but are not: suggestions with a score and reasons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.analysis.best_first import best_of_each, check_bounds, wanted_of
from graph.analysis.pair_reasons import pair_reasons
from graph.analysis.related_scores import RelatedScores
from graph.analysis.relations import Network, label_of
from graph.analysis.same_texts import SameTexts
from graph.analysis.suggestion_signals import Signals, signals_of
from graph.knowledge import KnowledgeGraph
from graph.structure.rounding import rounded
from graph.structure.text_matrix import TextMatrix
from graph.suggestion_limits import LEAST_SCORE, MOST_SUGGESTED


@dataclass(frozen=True, slots=True)
class RelatedSuggestion:
    """An article that another one could name as related."""

    article: str
    """The article for which it is suggested."""
    article_label: str
    """Its title."""
    suggestion: str
    """The article that is suggested."""
    suggestion_label: str
    """Its title."""
    score: float
    """How well they go together; most suggestions with at least 1 are good."""
    reasons: tuple[str, ...]
    """Why, such as `both say terra, verily`, `one day apart`, `same publisher`; never empty."""
    is_copy: bool
    """Whether it is the same text at another address, rather than a related one."""


def suggest_related(
    network: Network | KnowledgeGraph,
    article: str | None = None,
    *,
    limit: int | None = MOST_SUGGESTED,
    min_score: float = LEAST_SCORE,
) -> tuple[RelatedSuggestion, ...]:
    """Return articles that should be related to an article, or to each (`None`), but are not yet.

    The rows of an article come together, the best first and equals by IRI; articles are in the order of their IRIs. At
    most `limit` are suggested for each (`None`: all), none with a score below `min_score`, and none that is linked with
    the article already, by any relation in either direction. Copies are suggested too, and marked.

    Texts, which are the excerpt and four times the title, or three times where most articles have no date, are compared
    by the cosine of their TF-IDF vectors, with the rarity of words to the power of 0.8 (source:
    `graph.structure.text_matrix`). If most articles have no date, half of a vector of the headings is added to each, so
    that what the title of one says and a heading of the other counts, too; up to 1. To it is added s / (s + 6), where s
    sums 1 / ln(1 + n) over each page that both link to, are linked from or cite, and n is how many do (Adamic and Adar
    2003, "Friends and neighbors on the Web"). Pages outside count half, and pages that are linked with more than a
    tenth of the articles, such as the index of a site, not at all. If most articles have no date, it is
    s / (s + 3 + m), where m is the same sum over all pages of the one of the two with less of it, a page that only
    leads to both counts half, too, and one that leads to one of them and that the other leads to √½. The sum is
    multiplied

    - by f + (1 - f)·exp(-days / 14), or by f if a date is unknown. f is 0.45 if an article has on average at least 20
      others within 14 days; the fewer it has, the closer f is to 0.65, because distant dates say little if all are
      distant. If most articles have no date, as in vaults and documentation, time is ignored;
    - by ½ if their types are known and differ, and by 1.2 if their publisher is the same;
    - by 0.1 if they are of one series and do not follow each other in it: if at least three titles differ only in
    numbers and months;
    - without dates by 1.2 if they are in one folder or share a topic, unless most articles do. Both count once, as
      topics of documentation are often named after folders;
    - with dates by 1 + 0.7·g·t, where g is 0 if an article has on average at least 20 others within 14 days, and the
      closer to 1 the fewer it has, and t is the cosine of their topics, without those of more than a fifth of the
      articles.

    Then it is divided by (c · d)^0.4, where c and d tell how close others are to the two: the mean of what was just
    described over the 20 articles with the most, where less than 0.1 counts as 0. A mean below 0.1, or below 0.2
    without dates, is taken for that, and one above 0.4 for 0.4. So an article that resembles everything, such as one of
    a series, needs more to be suggested. This is local scaling (Zelnik-Manor and Perona 2004, "Self-tuning spectral
    clustering") against hubs (Schnitzer and others 2012, "Local and global scaling reduce hubs in space").

    Most pairs with less than 0.85 do not go together; those that a site relates all the same mostly share common words
    in their titles. So if most articles have a date, these pairs are compared again, with titles that count twelve
    times and rarity to the power of 0.4. If that gives x, the score is 0.85·x / (1 + x), which keeps them below the
    others.

    Citations and headings are known only if a `KnowledgeGraph` is given instead of its network. Up to 20,000 articles
    the cost is the number of pairs that share a word, for each such word, twice; above, only those are compared that
    share a rare word or a link, which is linear in the words.

    Raises:
        NoSuchNodeError: No article, or several, are called `article`; the message says what may be meant. It is found
            as by `find_node`.
        FormatError: `limit` is negative, or `min_score` is not a number.
    """
    check_bounds(limit, min_score)
    signals = signals_of(network)
    related = RelatedScores(signals)
    best = [
        found
        for portion in related.portions(wanted_of(signals, article), min_score)
        for found in best_of_each(portion, limit)
    ]
    first, second = np.array([pair for *pair, _ in best], np.int64).reshape(-1, 2).T
    copies = SameTexts(signals).are_copies(first, second, signals.texts.cosine(first, second)).tolist()
    texts = signals.texts if signals.is_dated else related.texts
    return tuple(_row(signals, texts, *found, is_copy=is_copy) for found, is_copy in zip(best, copies, strict=True))


def _row(
    signals: Signals, texts: TextMatrix, first: int, second: int, score: float, *, is_copy: bool
) -> RelatedSuggestion:
    article, suggestion = signals.articles[first], signals.articles[second]
    return RelatedSuggestion(
        article=article,
        article_label=label_of(signals.network, article),
        suggestion=suggestion,
        suggestion_label=label_of(signals.network, suggestion),
        score=rounded(score),
        reasons=pair_reasons(signals, texts, first, second),
        is_copy=is_copy,
    )
