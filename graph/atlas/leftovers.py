"""Islands for articles without a useful topic: by the folders of their documents, otherwise by their communities."""

from __future__ import annotations

import itertools
from collections import Counter

import numpy as np
from msgspec.structs import replace

from graph.atlas.ground import Ground
from graph.atlas.homes import NOWHERE, Homes
from graph.pairs import by_key
from graph.structure.arrays import Ints
from graph.structure.communities import Communities

_GUESSES = 5
"""The most guesses for each article that states a topic: what one article says is not what dozens are about."""
_FEW_GUESSES = 10
"""Up to this many guesses are never too many."""
_FEWEST = 3
"""Articles of an island."""
_SHARE = 60
"""An island by folder has at least one in this many of the articles without a topic."""
_TELLING = 0.9
"""A folder with a larger share of them means nothing."""
_MOST = 60
"""Islands by community."""


def place_leftovers(ground: Ground, homes: Homes, communities: Communities) -> Homes:
    """Return homes in which articles without one have that of their folder, or otherwise of their community.

    First, guesses are dropped if a topic has far more of them than articles that state it, or if nothing else in the
    folder states it. The groups are numbered downwards from `FIRST_GROUP`. Linear.
    """
    guessed = _without_bold_guesses(homes)
    home = _without_strange_guesses(ground, homes, guessed)
    labels: list[str] = []
    rest = np.flatnonzero(home == NOWHERE)
    folders = _folders(ground, rest)
    names = {path: communities.corpus.folder_name(path) for path in set(folders.values())}
    by_name = by_key((names[path], article) for article, path in folders.items() if names[path])
    if max(map(len, by_name.values()), default=0) <= _TELLING * len(rest):
        for name in sorted(by_name):
            home[by_name[name]] = homes.group(len(labels))
            labels.append(name)
    taken = {label.casefold() for label in labels}
    rest = np.flatnonzero(home == NOWHERE)
    number = communities.number[rest]
    counts = np.bincount(number[number >= 0], minlength=1)
    largest = np.argsort(-counts, kind="stable")[:_MOST]
    largest = largest[counts[largest] >= max(_FEWEST, len(rest) // _SHARE)]
    chosen = [some for some in largest.tolist() if communities.names[some].label.casefold() not in taken]
    if len(chosen) > 1:
        for community in chosen:
            home[rest[number == community]] = homes.group(len(labels))
            labels.append(communities.names[community].label)
    home = np.where(home == NOWHERE, guessed, home)  # a strange guess is better than none
    return replace(homes, home=home, inferred=homes.inferred & (home >= 0), groups=tuple(labels))


def _without_bold_guesses(homes: Homes) -> Ints:
    """Return homes without the guesses for topics that are guessed far more often than stated."""
    home = homes.home.copy()
    guessed = np.bincount(home[homes.inferred], minlength=len(homes.counts))
    bold = guessed > np.maximum(_FEW_GUESSES, _GUESSES * homes.counts)
    home[homes.inferred] = np.where(bold[home[homes.inferred]], NOWHERE, home[homes.inferred])
    return home


def _without_strange_guesses(ground: Ground, homes: Homes, home: Ints) -> Ints:
    """Return homes without the guesses for topics that nothing else in the folder of an article states."""
    kept = home.copy()
    guesses = np.flatnonzero(homes.inferred & (home >= 0)).tolist()
    if not guesses:
        return kept
    folders = _folders(ground, np.flatnonzero(homes.inferred | (home == NOWHERE)))
    subjects = _subjects(ground, np.flatnonzero(~homes.inferred & (home >= 0)))
    pairs = {(path, int(home[article])) for article, path in subjects.items()}
    stated = {("/".join(path[:end]), topic) for path, topic in pairs for end in range(1, len(path) + 1)}
    kept[[one for one in guesses if one in folders and (folders[one], int(home[one])) not in stated]] = NOWHERE
    return kept


def _folders(ground: Ground, some: Ints) -> dict[int, str]:
    """Return the folder of each article: its own, or one above it that holds enough; the uppermost is left out."""
    paths = _subjects(ground, some)
    least = max(_FEWEST, len(paths) // _SHARE)
    common = _common(list(paths.values()))
    while True:
        counts = Counter(paths.values())
        small = [path for path, count in counts.items() if count < least and len(path) > common]
        if not small:
            break
        deepest = max(map(len, small))
        short = {path for path in small if len(path) == deepest}
        paths = {article: path[:-1] if path in short else path for article, path in paths.items()}
    names = {path: "/".join(path) for path in counts}
    return {article: names[path] for article, path in paths.items() if len(path) > common}


def _subjects(ground: Ground, some: Ints) -> dict[int, tuple[str, ...]]:
    """Return the folders of each article with a document, up to the first that is a number, such as a year."""
    known: dict[str, tuple[str, ...]] = {}
    found: dict[int, tuple[str, ...]] = {}
    for article in some.tolist():
        if source := ground.sources[article]:
            folder = source.rpartition("/")[0]
            if folder not in known:
                names = source.split("/")[:-1]
                known[folder] = tuple(itertools.takewhile(lambda name: not name.isdecimal(), names))
            found[article] = known[folder]
    return found


def _common(paths: list[tuple[str, ...]]) -> int:
    """Return the number of folders around all paths."""
    if not paths:
        return 0
    low, high = min(paths), max(paths)
    return next(
        (place for place, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), min(len(low), len(high))
    )
