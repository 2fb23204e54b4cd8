"""What a site's generator needs to know of a document to give it an address."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Mapping
from functools import cached_property

import msgspec

from graph.expressions import expression
from graph.names import to_text
from graph.reading.permalinks import moment_of
from graph.reading.roots import Root
from graph.reading.sites import Site

DATED = expression(r"(\d{4})[-_](\d{1,2})[-_](\d{1,2})(?:[-_ ]+|$)", re.ASCII)
"""A day with which the name of a file begins."""

_LONGEST_CATEGORY = 300
_NUMBERED = expression(r"\d+[ \t]*[-_.]+[ \t]*(?=[^-_.\s])", re.ASCII)
_DATE_OR_VERSION = expression(r"\d+[-_.]\d", re.ASCII)


def without_number(name: str) -> str:
    """Return a name without a leading number that only sorts, as in `01-intro`; dates and versions stay."""
    if not name[:1].isdecimal() or _DATE_OR_VERSION.match(name):
        return name
    found = _NUMBERED.match(name)
    return name[found.end() :] if found else name


_SORTED = re.compile(r"(?:0\d+[ \t]*[-_.]+|\d{1,2}\.)[ \t]*(?=[^\W\d])")


def is_sorted(name: str) -> bool:
    """Return whether a name certainly begins with a sorting number: `01-rain` or `1.rain`, but not `24-hours`."""
    return name[:1].isdecimal() and _SORTED.match(name) is not None


class Located(msgspec.Struct, frozen=True, dict=True):
    """A document, and the site that gives it an address."""

    path: str
    """Of the file, relative to the source."""
    site: Site
    """The site it belongs to."""
    fields: Mapping[str, str] = msgspec.field(default_factory=dict)
    """What its `slug`, `permalink`, `path` and `id` say, where they are texts."""
    raw: Mapping[str, object] = msgspec.field(default_factory=dict)
    """All its fields as they were loaded."""
    date: object = None
    """Its date as stated."""
    published_at: str | None = None
    """Its date as a time in UTC, or a day."""
    title: str | None = None
    """Its title."""

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """Its categories, as Jekyll reads them for an address."""
        found: list[str] = []
        value = self.raw.get("category")
        found += [value] if isinstance(value, str) else []
        value = self.raw.get("categories")
        if isinstance(value, str):
            found += value.split()
        elif isinstance(value, list):
            found += [str(item) for item in value if isinstance(item, str)]
        return tuple(dict.fromkeys(to_text(one) for one in found if 0 < len(one) <= _LONGEST_CATEGORY))

    @cached_property
    def root(self) -> Root | None:
        """The folder of documents that it lies in."""
        return next((root for root in self.site.roots if self.path.startswith(root.folder)), None)

    @cached_property
    def inner(self) -> str:
        """Its path below that folder."""
        return self.path[len(self.root.folder) :] if self.root else self.path

    @cached_property
    def folder(self) -> str:
        """The folder of `inner`, empty or ending in `/`."""
        return self.inner[: self.inner.rfind("/") + 1]

    @cached_property
    def stem(self) -> str:
        """The name of the file without its ending."""
        name = self.inner[len(self.folder) :]
        return name.rpartition(".")[0] or name

    @cached_property
    def is_index(self) -> bool:
        """Whether it is the index of its folder."""
        return self.stem.lower() in {"index", "_index", "readme"}

    @cached_property
    def dateless(self) -> str:
        """The name of the file without its ending and the date before it."""
        found = DATED.match(self.stem)
        return self.stem[found.end() :] or self.stem if found else self.stem

    def time(self, zone: str | None) -> dt.datetime | None:
        """Return when it was published: as stated, else as its file's name begins."""
        stated = moment_of(self.date, self.published_at, zone)
        found = DATED.match(self.stem) if stated is None else None
        if found is None:
            found = DATED.match(posixpath.basename(self.folder[:-1])) if stated is None else None
        if found is None:
            return stated
        try:
            return dt.datetime(int(found[1]), int(found[2]), int(found[3]))  # noqa: DTZ001 - a day has no zone
        except ValueError:
            return None
