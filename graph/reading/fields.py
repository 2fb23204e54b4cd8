"""Many dialects, one table: how everyday.cc, Jekyll, Hugo, Zola, Astro and Obsidian spell each field of a statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

__all__ = ["ARTICLE", "IMAGE", "PERSON", "PROVIDER", "TOPIC", "Dialect", "Fields", "with_aliases"]

Dialect = Mapping[str, tuple[str, ...]]
"""For each field of a statement the names that documents use for it, the preferred one first, in any case."""

ARTICLE: Dialect = MappingProxyType(
    {
        "title": ("title", "name", "display_name", "headline"),
        "excerpt": ("excerpt", "description", "summary", "abstract"),
        "url": ("webUrl", "originalUrl", "url", "link", "canonical", "canonical_url", "source_url", "website"),
        "amp_url": ("ampWebUrl",),
        "cdn_amp_url": ("cdnAmpWebUrl",),
        "original_url": ("originalUrl",),
        "published_at": ("publishedDateTime", "date", "pubDate", "published_at"),
        "modified_at": ("modifiedDateTime", "lastmod", "last_modified_at", "updated", "updatedDate", "modified"),
        "starts_at": ("startDateTime", "start_date", "event_start", "starts_at"),
        "ends_at": ("endDateTime", "end_date", "event_end", "ends_at"),
        "type": ("type",),
        "category": ("category",),
        "quality": ("quality",),
        "heat": ("heat",),
        "published": ("published",),
        "draft": ("draft",),
        "price": ("price",),
        "duration": ("length", "duration"),
        "levels": ("levels", "level"),
        "ratings": ("ratings",),
        "language": ("lang", "language", "locale"),
        "provider": ("provider", "source", "publisher", "site"),
        "topics": ("topics", "tags", "categories", "keywords"),
        "authors": ("authors", "author"),
        "images": ("images", "image"),
        "related": ("related",),
        "parts": ("items",),
        "secured": ("secured",),
    }
)

PROVIDER: Dialect = MappingProxyType(
    {
        "name": ("name", "title", "display_name"),
        "names": ("otherNames", "alternateNames", "shortname"),
        "domain": ("domain",),
        "id": ("_id",),
        "url": ("url", "website", "webUrl"),
        "description": ("description", "excerpt", "summary"),
        "images": ("images", "image", "logo"),
        "secured": ("secured",),
        "kind": ("taxonomy", "type"),
    }
)

TOPIC: Dialect = MappingProxyType(
    {
        "name": ("name", "title", "display_name"),
        "names": ("otherNames", "aliases"),
        "shortname": ("shortname",),
        "id": ("_id", "slug"),
        "parent": ("parent", "broader", "parents"),
        "description": ("description", "excerpt", "summary"),
        "keywords": ("keywords",),
        "hashtags": ("hashtags",),
        "images": ("images", "image"),
        "secured": ("secured",),
        "kind": ("taxonomy", "type"),
    }
)

PERSON: Dialect = MappingProxyType(
    {
        "name": ("name", "display_name", "title"),
        "names": ("otherNames",),
        "id": ("_id", "slug"),
        "description": ("bio", "description", "excerpt"),
        "location": ("location",),
        "url": ("website", "webUrl", "url"),
        "profiles": ("twitter", "linkedin", "github", "mastodon", "facebook", "instagram", "youtube"),
        "heat": ("heat",),
        "images": ("images", "image"),
        "affiliation": ("affiliation", "organization"),
        "topics": ("topics", "tags"),
        "secured": ("secured",),
        "kind": ("taxonomy", "type"),
    }
)

IMAGE: Dialect = MappingProxyType(
    {
        "url": ("url", "src", "path"),
        "width": ("width",),
        "height": ("height",),
        "cached": ("isCached", "cached"),
        "title": ("title", "alt", "caption"),
    }
)


def with_aliases(dialect: Dialect, more: Mapping[str, tuple[str, ...]]) -> Dialect:
    """Return a dialect with the user's own names for its fields, asked after the known ones."""
    return MappingProxyType({field: (*names, *more.get(field, ())) for field, names in dialect.items()})


class Fields:
    """The raw fields of one document, asked for by our names and remembered by theirs."""

    def __init__(self, raw: Mapping[str, object], dialect: Dialect) -> None:
        """Look at `raw` through `dialect`."""
        self._raw = raw
        self._folded = {name.lower(): name for name in reversed(list(raw))}
        self._dialect = dialect
        self._used: set[str] = set()

    def get(self, field: str) -> tuple[object, str]:
        """Return a field's first stated value and the name it stands under; `(None, name)` where it is stated empty."""
        empty = ""
        for name in self._dialect[field]:
            theirs = self._folded.get(name.lower())
            if theirs is None:
                continue
            self._used.add(theirs)
            if self._raw[theirs] is not None:
                return self._raw[theirs], theirs
            empty = empty or theirs
        return None, empty

    def all(self, field: str) -> Iterator[tuple[object, str]]:
        """Yield every stated value of a field with its name, in order of preference."""
        for name in self._dialect[field]:
            theirs = self._folded.get(name.lower())
            if theirs is not None:
                self._used.add(theirs)
                if self._raw[theirs] is not None:
                    yield self._raw[theirs], theirs

    def rest(self) -> Iterator[tuple[str, object]]:
        """Yield the fields nobody asked for, sorted by name."""
        for name in sorted(self._raw):
            if name not in self._used:
                yield name, self._raw[name]
