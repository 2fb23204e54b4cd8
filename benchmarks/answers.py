"""How good suggestions are, measured with hidden links: `python -m benchmarks.answers [NAME...]`.

A story is a set of articles that links join. If there are many stories, half of them are drawn, and all their links are
hidden; if most articles are one story, 30 % of the pairs are. Then it is measured how high the hidden links are ranked
(nDCG@10), compared with plain TF-IDF alone. Micro is the mean over articles, macro the mean of the means of stories.
Intervals are at 95 %, from 1,000 bootstrap samples of stories, or of articles if there is one story.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import networkx
import numpy as np
from scipy import sparse

import graph as library
from benchmarks.corpora import BASES, corpora
from graph.analysis import duplicates, suggest_related, suggest_topics
from graph.analysis.relations import Network, between_articles, nodes_of_kind, targets_by_source
from graph.analysis.suggestion_signals import signals_of
from graph.structure.arrays import Floats
from graph.vocabulary import POINTING

__all__ = ["Measured", "measure"]

CORPORA = ("everyday-azure", "rust-blog", "obsidian-help", "mkdocs-material", "foam")
WITH_TOPICS = ("everyday-azure", "digitalgov", "ferretdb")
WITH_COPIES = ("everyday-azure", "rust-blog", "digitalgov", "obsidian-help", "ferretdb")
SEEDS = 3
MOST = 10
"""The number of suggestions that are scored."""
_HIDDEN_PAIRS = 0.3
_HIDDEN_STORIES = 0.5
_SAMPLES = 1000
_HIDDEN_TOPICS = 0.2

Ranking = Mapping[str, Sequence[str]]
"""The suggestions of each article, the best first."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How good the suggestions for a site are."""

    name: str
    """The site."""
    articles: int
    """Its articles."""
    stories: int
    """Stories with hidden links, over all seeds."""
    micro: tuple[Floats, Floats]
    """The nDCG@10 of each article with hidden links, by suggestions and by TF-IDF."""
    macro: tuple[Floats, Floats]
    """The mean of each story, by both."""
    share: float
    """The share of articles with a suggestion above the threshold, with nothing hidden."""
    seconds: float
    """Processor seconds for the suggestions of all articles."""

    def lines(self) -> Iterator[str]:
        """Yield rows of a Markdown table."""
        for what, (found, plain) in (("micro", self.micro), ("macro", self.macro)):
            if what == "macro" and self.stories <= SEEDS:
                continue
            low, high, least, most = _intervals(found, plain)
            ratio = found.mean() / max(plain.mean(), 1e-9)
            yield (
                f"| {self.name} | {what} | {found.mean():.3f} ({low:.3f} to {high:.3f}) | {plain.mean():.3f} | "
                f"{ratio:.2f} ({least:.2f} to {most:.2f}) | {self.share:.0%} of {self.articles:,} | "
                f"{self.seconds:.1f} |"
            )


def measure(name: str, source: Path) -> Measured:
    """Return how good the suggestions for a site in a folder or an archive are."""
    knowledge = library.build(source, base=BASES.get(name))
    network = knowledge.network
    articles = len(nodes_of_kind(network, "article"))
    start = time.process_time()
    shown = suggest_related(knowledge)
    seconds = time.process_time() - start
    micro: tuple[list[float], list[float]] = ([], [])
    macro: tuple[list[float], list[float]] = ([], [])
    for seed in range(SEEDS):
        hidden, story = _drawn(network, seed)
        with _without(network, hidden):
            rankings = (_suggested(knowledge), _by_words(knowledge))
        for ranking, each, means in zip(rankings, micro, macro, strict=True):
            by_story = defaultdict(list)
            for article, wanted in _neighbours(hidden).items():
                value = ndcg(ranking.get(article, ()), wanted)
                each.append(value)
                by_story[story[article]].append(value)
            means.extend(float(np.mean(values)) for values in by_story.values())
    return Measured(
        name=name,
        articles=articles,
        stories=len(macro[0]),
        micro=(np.array(micro[0]), np.array(micro[1])),
        macro=(np.array(macro[0]), np.array(macro[1])),
        share=len({row.article for row in shown}) / max(articles, 1),
        seconds=seconds,
    )


def ndcg(ranked: Sequence[str], wanted: set[str]) -> float:
    """Return the normalised discounted cumulative gain of the first ten (Järvelin and Kekäläinen 2002)."""
    gain = 1 / np.log2(np.arange(MOST) + 2)
    found = sum(float(gain[place]) for place, article in enumerate(ranked[:MOST]) if article in wanted)
    return found / float(gain[: len(wanted)].sum())


def _drawn(network: Network, seed: int) -> tuple[set[tuple[str, str]], Mapping[str, int]]:
    """Return the pairs to hide, and the number of the story of each article."""
    pairs = sorted({(min(pair), max(pair)) for pair in between_articles(network, *POINTING)})
    stories = sorted(map(sorted, networkx.connected_components(networkx.Graph(pairs))))
    story = {article: number for number, some in enumerate(stories) for article in some}
    random = np.random.default_rng(seed)
    if 2 * max(map(len, stories), default=0) > len(story):
        return {pair for pair in pairs if random.random() < _HIDDEN_PAIRS}, story
    drawn = random.random(len(stories)) < _HIDDEN_STORIES
    return {pair for pair in pairs if drawn[story[pair[0]]]}, story


@contextmanager
def _without(network: Network, pairs: set[tuple[str, str]]) -> Iterator[None]:
    """Remove all relations between some pairs, in either direction, from a network for a while."""
    edges = network.edges(keys=True, data=True)
    hidden = pairs | {(other, one) for one, other in pairs}
    gone = [(*edge[:3], dict(edge[3])) for edge in edges if edge[:2] in hidden]
    network.remove_edges_from([edge[:3] for edge in gone])
    try:
        yield
    finally:
        for source, target, relation, attributes in gone:
            network.add_edge(source, target, relation, **attributes)


def _neighbours(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found = defaultdict(set)
    for one, other in sorted(pairs):
        found[one].add(other)
        found[other].add(one)
    return found


def _suggested(knowledge: library.KnowledgeGraph) -> Ranking:
    found = defaultdict(list)
    for row in suggest_related(knowledge, limit=MOST, min_score=0):
        found[row.article].append(row.suggestion)
    return found


def _by_words(knowledge: library.KnowledgeGraph) -> Ranking:
    """Return the articles with the highest cosine of plain TF-IDF, without those that are linked already.

    Written without our own text matrix: a title and its excerpt are one text, every run of letters and digits is a
    word, and the weight of a word is its count in the text × (1 + ln of all texts by those with it).
    """
    signals = signals_of(knowledge)
    attributes = [knowledge.network.nodes[article] for article in signals.articles]
    texts = [f"{one.get('label', '')} {one.get('excerpt') or ''}".lower() for one in attributes]
    counts = [Counter(re.findall(r"\w+", text)) for text in texts]
    having = Counter(word for some in counts for word in some)
    place = {word: number for number, word in enumerate(sorted(having))}
    rows = np.repeat(np.arange(len(counts)), [len(some) for some in counts])
    columns = np.array([place[word] for some in counts for word in some], np.int64)
    weights = [
        count * (1 + np.log((1 + len(counts)) / (1 + having[word]))) for some in counts for word, count in some.items()
    ]
    words = sparse.csr_matrix((weights, (rows, columns)), shape=(len(counts), len(place)))
    lengths = np.sqrt(np.asarray(words.multiply(words).sum(axis=1)).ravel())
    words = (sparse.diags_array(1 / np.maximum(lengths, 1e-12)) @ words).tocsr()
    found = {}
    for number, article in enumerate(signals.articles):
        alike = (words[number] @ words.T).tocsr()
        own = np.full(alike.nnz, number)
        new = (alike.indices != number) & ~signals.are_linked(own, alike.indices.astype(np.int64))
        order = np.lexsort((alike.indices[new], -alike.data[new]))[:MOST]
        found[article] = [signals.articles[other] for other in alike.indices[new][order].tolist()]
    return found


def _intervals(found: Floats, plain: Floats) -> tuple[float, float, float, float]:
    """Return the interval of a mean, and that of its ratio to another."""
    random = np.random.default_rng(0)
    draws = random.integers(0, len(found), (_SAMPLES, len(found)))
    means, plains = found[draws].mean(axis=1), plain[draws].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    least, most = np.quantile(means / np.maximum(plains, 1e-9), [0.025, 0.975])
    return float(low), float(high), float(least), float(most)


def topics_measured(name: str, source: Path) -> str:
    """Return a row of a Markdown table: how many hidden topics are found, in how many processor seconds for all."""
    knowledge = library.build(source, base=BASES.get(name))
    network = knowledge.network
    start = time.process_time()
    shown = suggest_topics(knowledge)
    seconds = time.process_time() - start
    signals = signals_of(network)
    telling = {topic for topic, told in zip(signals.topic_iris, ~signals.is_background, strict=True) if told}
    stated = {article: telling.intersection(topics) for article, topics in targets_by_source(network, "about").items()}
    described = sorted(article for article, topics in stated.items() if topics)
    if not described:
        return f"| {name} | no topics | | | {len(shown):,} | {seconds:.1f} |"
    counts = []
    for seed in range(SEEDS):
        random = np.random.default_rng(seed)
        hidden = {article for article in described if random.random() < _HIDDEN_TOPICS}
        with _without(network, {(article, topic) for article in hidden for topic in stated[article]}):
            rows = [row for row in suggest_topics(knowledge) if row.article in hidden]
        found = defaultdict(set)
        for row in rows:
            found[row.article].add(row.topic)
        counts += [
            (len(found[article] & stated[article]), len(found[article]), len(stated[article]))
            for article in sorted(hidden)
        ]
    right, suggested, wanted = np.array(counts, np.float64).T
    random = np.random.default_rng(0)
    draws = random.integers(0, len(right), (_SAMPLES, len(right)))
    sampled = 2 * right[draws].sum(axis=1) / (suggested[draws] + wanted[draws]).sum(axis=1)
    low, high = np.quantile(sampled, [0.025, 0.975])
    f1 = 2 * right.sum() / (suggested + wanted).sum()
    return (
        f"| {name} | {f1:.3f} ({low:.3f} to {high:.3f}) | {right.sum() / max(suggested.sum(), 1):.2f} | "
        f"{right.sum() / wanted.sum():.2f} | {len(shown):,} for {len({row.article for row in shown}):,} | "
        f"{seconds:.1f} |"
    )


def duplicates_measured(name: str, source: Path) -> str:
    """Return a row of a Markdown table: the pairs of each kind, and how many of them a relation joins."""
    network = library.build(source, base=BASES.get(name)).network
    start = time.process_time()
    rows = duplicates(network)
    seconds = time.process_time() - start
    cells = []
    for kind in ("copy", "same story"):
        pairs = [(row.article, row.other) for row in rows if row.kind == kind]
        joined = sum(network.has_edge(*pair) or network.has_edge(*reversed(pair)) for pair in pairs)
        cells.append(f"{len(pairs)}, {joined} joined")
    return f"| {name} | {' | '.join(cells)} | {seconds:.1f} |"


def main() -> None:
    """Measure the available sites, or those that are named, and print tables."""
    at_hand = corpora()

    def named(usual: Sequence[str]) -> list[str]:
        return [name for name in sys.argv[1:] or usual if name in at_hand]

    print("| site | mean over | nDCG@10 | TF-IDF alone | ratio | articles with a suggestion | CPU s |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name in named(CORPORA):
        print("\n".join(measure(name, at_hand[name]).lines()), flush=True)
    print("\n| site | micro-F1 | precision | recall | suggested, nothing hidden | CPU s |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name in named(WITH_TOPICS):
        print(topics_measured(name, at_hand[name]), flush=True)
    print("\n| site | copies | same story | CPU s |")
    print("| --- | --- | --- | --- |")
    for name in named(WITH_COPIES):
        print(duplicates_measured(name, at_hand[name]), flush=True)


if __name__ == "__main__":
    main()
