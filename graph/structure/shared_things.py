"""What the members of a group have in common, compared with all others: topics, authors, providers and folders."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from graph.structure.arrays import Ints, Structure, distinct
from graph.structure.rows import Rows, rows_from
from graph.structure.typicality import FEWEST, SIGNIFICANT, TIMES_THE_REST, background_topics, evidence

_LEAST_SHARE = 0.2
"""The share of a group that must have a thing for it to be typical."""


class SharedThing(msgspec.Struct, frozen=True):
    """A thing that is typical of a group."""

    number: int
    """Its number among the things of its kind."""
    share: float
    """The share of the group's articles that have it."""
    elsewhere: float
    """The same of all other articles, never quite 0."""

    @property
    def lift(self) -> float:
        """How many times more frequent it is in the group than elsewhere."""
        return self.share / self.elsewhere


class Things(msgspec.Struct, frozen=True):
    """Things of one kind, such as topics, and the articles that have them."""

    labels: Sequence[str]
    """The name of each thing."""
    on: Rows
    """The things of each article."""
    counts: Ints
    """Articles with each thing."""

    def shared(self, articles: Ints, among: Ints | None = None, *, least: float = _LEAST_SHARE) -> list[SharedThing]:
        """Return what is typical of a group compared with all articles, or those of a larger group that it is part of.

        The most frequent things come first; equals by number.

        At least two articles and the share `least` of the group have it, it is at least twice as frequent as
        elsewhere, and chance would explain this in less than one of a hundred groups. Linear in the things of the
        group.
        """
        size, all_articles = len(articles), len(self.on) if among is None else len(among)
        numbers, counts = np.unique(self.on.of_many(articles).to, return_counts=True)
        totals = self.counts if among is None else np.bincount(self.on.of_many(among).to, minlength=len(self.labels))
        enough = (counts >= FEWEST) & (counts >= least * size)
        found = []
        for number, count in zip(numbers[enough].tolist(), counts[enough].tolist(), strict=True):
            total = int(totals[number])
            row = SharedThing(number, count / size, (total - count + 0.5) / (all_articles - size + 1))
            if row.lift >= TIMES_THE_REST and evidence(count, size, total, all_articles) >= SIGNIFICANT:
                found.append(row)
        return sorted(found, key=lambda row: (-row.share, row.number))


class Folders(msgspec.Struct, frozen=True):
    """The folders of documents, with all folders around them."""

    paths: tuple[str, ...]
    """The path of each folder, sorted."""
    things: Things
    """Articles by folders; the label of a folder is its path."""
    index: dict[str, int]
    """The article that is the index of a folder, where there is one."""


def topics_of(structure: Structure) -> Things:
    """Return topics, without those on nearly every article. Linear in relations."""
    articles, places = structure.topics_of_articles()
    topics = structure.counts[1]
    counts = np.bincount(places, minlength=topics)
    told = ~background_topics(counts, len(distinct(articles)))[places]
    labels = structure.labels[structure.first_topic : structure.first_provider]
    return _things(labels, articles[told], places[told], structure.first_topic)


def providers_of(structure: Structure) -> Things:
    """Return providers by what they publish."""
    return _related(structure, "publisher", structure.first_provider, structure.first_person)


def authors_of(structure: Structure) -> Things:
    """Return people by what they wrote."""
    return _related(structure, "author", structure.first_person, structure.nodes)


def folders_of(structure: Structure) -> Folders:
    """Return the folders of the documents of articles. Linear in their paths."""
    paths = [source.split("/")[:-1] for source in structure.sources]
    above = [["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)] for parts in paths]
    named = tuple(sorted({folder for folders in above for folder in folders}))
    number = {folder: place for place, folder in enumerate(named)}
    counts = np.array([len(folders) for folders in above], np.int64)
    articles = np.repeat(np.arange(len(above)), counts)
    places = np.array([number[folder] for folders in above for folder in folders], np.int64)
    index: dict[str, int] = {}
    for article, source in enumerate(structure.sources):
        folder, _, name = source.rpartition("/")
        if folder and name.split(".")[0].strip("_").casefold() in {"index", "readme"}:
            index.setdefault(folder, article)
    return Folders(named, _things(named, articles, places, len(above)), index)


def _related(structure: Structure, relation: str, first: int, end: int) -> Things:
    articles, targets = structure.pairs[relation]
    known = (articles < structure.first_topic) & (targets >= first) & (targets < end)
    return _things(structure.labels[first:end], articles[known], targets[known] - first, structure.first_topic)


def _things(labels: Sequence[str], articles: Ints, places: Ints, count: int) -> Things:
    return Things(labels, rows_from(articles, places, count), np.bincount(places, minlength=len(labels)))
