"""Names and their spellings: which thing a spelling means, and which spelling is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from graph.names import slug, to_text

_DAY = re.compile(r"\d{4}([-_])\d{1,2}\1\d{1,2}[-_ ]+(?=.)", re.ASCII)
"""A date at the start of a file name, which is not part of the title."""

_ONLY_DAY = re.compile(r"\d{4}([-_])\d{2}\1\d{2}", re.ASCII)
"""The name of a note of a day."""


def is_day(path: str) -> bool:
    """Return whether a path or a name is that of the note of a day, such as `journal/2023-05-01.md`."""
    return _ONLY_DAY.fullmatch(path.rpartition("/")[2].removesuffix(".md")) is not None


def commonest(counts: Mapping[str, int]) -> str:
    """Return the name with the highest count; among equals the first in order."""
    return min(counts, key=lambda name: (-counts[name], name))


def name_of_place(place: str, *, is_file: bool) -> str:
    """Return a label for an article without a title, from the name of its file or the last part of its address."""
    parts = [part for part in place.partition("?")[0].split("/") if part]
    stem = parts[-1].rpartition(".")[0] or parts[-1] if parts else place
    if is_file and len(parts) > 1 and stem.lstrip("_").lower() in {"index", "readme", "+page"}:
        stem = parts[-2]
    if is_file:
        stem = _DAY.sub("", stem).removesuffix(".html")
    if is_day(stem):
        return stem.replace("_", "-")
    name = stem if " " in stem else stem.replace("-", " ").replace("_", " ")
    return to_text(name) or place


Counts: TypeAlias = dict[str, dict[str, int]]
"""How often each spelling of a slug was used."""


class Labels:
    """Finds the slug of the thing that a spelling means.

    A thing that has a record owns its name, and its other names unless another record has them too. Names with the
    same `slug_of` are spellings of one name.
    """

    def __init__(self, slug_of: Callable[[str], str] = slug) -> None:
        self._slug_of = slug_of
        self._slugs: dict[str, str] = {}
        self._own: set[str] = set()
        self._claims: dict[str, set[str]] = {}
        self._aliases: dict[str, str] = {}
        self._counts: dict[str, dict[str, int]] = {}

    def claim(self, name: str, others: Iterable[str]) -> str:
        """Add a record by its name and its other names; return its slug."""
        own = self._slug(name)
        self._own.add(own)
        for other in others:
            self._claims.setdefault(self._slug(other), set()).add(own)
        return own

    def settle(self) -> None:
        """Decide what the other names mean, after all records are added."""
        self._aliases = {
            alias: next(iter(owners))
            for alias, owners in self._claims.items()
            if len(owners) == 1 and alias not in self._own
        }

    def find(self, name: str) -> str:
        """Return the slug of the thing that a name means, with or without a record."""
        found = self._slug(name)
        return self._aliases.get(found, found)

    def use(self, name: str) -> str:
        """Return the slug of the thing that a name means, and count the spelling."""
        found = self.find(name)
        counts = self._counts.setdefault(found, {})
        counts[name] = counts.get(name, 0) + 1
        return found

    def take(self) -> Counts:
        """Return what was counted, and count from zero again."""
        counts, self._counts = self._counts, {}
        return counts

    def add(self, counts: Counts) -> None:
        """Add what others of the same records have counted, in any order."""
        for found, spellings in counts.items():
            known = self._counts.setdefault(found, {})
            for name, count in spellings.items():
                known[name] = known.get(name, 0) + count

    def spellings(self, found: str) -> Mapping[str, int]:
        """Return how often each spelling of a slug was used."""
        return self._counts.get(found, {})

    def used(self) -> Iterable[str]:
        """Return the slugs of all names used and of all records."""
        return self._counts.keys() | self._own

    def _slug(self, name: str) -> str:
        found = self._slugs.get(name)
        if found is None:
            found = self._slugs[name] = self._slug_of(name)
        return found
