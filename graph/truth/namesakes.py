"""Pages that share a name, of which a link means one by where it stands, or by the rest of its path."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cached_property

from graph.reading.located import without_number
from graph.truth.pages import Page
from graph.truth.place_keys import fold_name, place_key, stem_of

_NUMBER = re.compile(r"\d+")
_DATE_PARTS = 3
"""Year, month and day; no path contains a time of day."""


class Namesakes:
    """Pages by names that several of them may have.

    The first question about a name is linear in the pages that have it. A later one costs a few look-ups; or, if it
    asks for parts of a path, an intersection of sets that is linear in the pages with the rarest part.
    """

    def __init__(self) -> None:
        self._pages: dict[str, list[Page]] = {}
        self._asked: dict[str, _SameName] = {}

    def add(self, name: str, page: Page) -> None:
        """Let a page have a name; all are added before the first question."""
        self._pages.setdefault(name, []).append(page)

    def __contains__(self, name: str) -> bool:
        return name in self._pages

    def only(self, name: str) -> Page | None:
        """Return the page with a name, if no other has it."""
        pages = self._pages.get(name, ())
        return pages[0] if len(pages) == 1 else None

    def nearest(self, name: str, source: Page) -> Page | None:
        """Return the page with a name in the folder of `source`, otherwise the one with the fewest folders."""
        pages = self._pages.get(name, ())
        return self._same(name, pages).nearest(source) if len(pages) > 1 else next(iter(pages), None)

    def with_parts(self, name: str, parts: Collection[str]) -> Page | None:
        """Return the page with a name that has each part of a path, as `stem_of` folds them; `None` if several have.

        A part is a folder, a name, or a number of the date, with or without a leading zero and an `s` at its end.
        """
        pages = self._pages.get(name, ())
        return self._same(name, pages).with_parts({_singular(part) for part in parts}) if pages else None

    def _same(self, name: str, pages: Sequence[Page]) -> _SameName:
        if name not in self._asked:
            self._asked[name] = _SameName(pages)
        return self._asked[name]


class _SameName:
    """The pages that have one name."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._pages = pages

    def nearest(self, source: Page) -> Page:
        nearest = self._by_folder
        return nearest.get(_folder_of(source)) or next(iter(nearest.values()))

    def with_parts(self, parts: Collection[str]) -> Page | None:
        rarest, *others = sorted((self._by_part.get(part, set()) for part in parts), key=len)
        found = rarest.intersection(*others)
        return self._pages[found.pop()] if len(found) == 1 else None

    @cached_property
    def _by_folder(self) -> dict[str, Page]:
        """The first page of each folder, those with the fewest folders first."""
        nearest: dict[str, Page] = {}
        for page in sorted(self._pages, key=lambda page: (page.path.count("/"), page.path)):
            nearest.setdefault(_folder_of(page), page)
        return nearest

    @cached_property
    def _by_part(self) -> dict[str, set[int]]:
        """The numbers of the pages that have each part."""
        found: dict[str, set[int]] = {}
        for number, page in enumerate(self._pages):
            for part in _parts_of(page):
                found.setdefault(part, set()).add(number)
        return found


def _folder_of(page: Page) -> str:
    return page.path.rpartition("/")[0]


def _parts_of(page: Page) -> set[str]:
    """Return the folders, names and numbers of the date that a path to a page may contain."""
    parts = set(stem_of(page.path).split("/"))
    for place in page.places:
        parts.update(place_key(place).split("/"))
    parts.update(map(fold_name, page.names))
    parts.update(map(without_number, tuple(parts)))
    parts.update(_NUMBER.findall(page.day)[:_DATE_PARTS])
    return {_singular(part) for part in parts}


def _singular(part: str) -> str:
    return part.removesuffix("s").lstrip("0")
