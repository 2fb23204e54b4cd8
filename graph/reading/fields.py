"""Many dialects, one table: the names of each field in everyday.cc, Jekyll, Hugo, Zola, Astro and Obsidian."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Any

from graph.reading.written import text_of

_MOST_LAYOUTS, _MOST_NAMES = 1_000, 100
_LARGEST_KEY = 10**18
"""Numbers of more than a few thousand digits are beyond what Python writes as text."""


class Dialect:
    """For each field of a statement the names that documents use for it, the preferred one first, in any case."""

    def __init__(self, names: Mapping[str, tuple[str, ...]]) -> None:
        """Take the names of each field; one name may serve several fields."""
        self.names = names
        """The names by field."""
        self.meanings: dict[str, list[tuple[str, int]]] = {}
        """For each lower-case name the fields it may mean, with its rank among the names of that field."""
        self._layout = lru_cache(_MOST_LAYOUTS)(self._layout_of_names)
        for field, known in names.items():
            for rank, name in enumerate(known):
                self.meanings.setdefault(name.lower(), []).append((field, rank))

    def __reduce__(self) -> tuple[type[Dialect], tuple[Mapping[str, tuple[str, ...]]]]:
        """Pickle without what is remembered."""
        return Dialect, (self.names,)

    def layout_of(self, raw: Mapping[str, object]) -> Mapping[str, tuple[str, ...]]:
        """Return for each field that `raw` states its names there, the preferred one first.

        Documents of one site state the same fields in the same order, so layouts are remembered.
        """
        names = tuple(raw)
        return self._layout(names) if len(names) <= _MOST_NAMES else self._layout_of_names(names)

    def _layout_of_names(self, names: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
        ranked: dict[str, list[tuple[int, str]]] = {}
        for name in names:
            for field, rank in self.meanings.get(name.lower(), ()):
                ranked.setdefault(field, []).append((rank, name))
        return {field: tuple(name for _, name in sorted(stated)) for field, stated in ranked.items()}

    def with_aliases(self, more: Mapping[str, tuple[str, ...]]) -> Dialect:
        """Return a dialect with further names for its fields, tried after the known ones.

        `secured` stays what it is: no other field can be given that name, so that none shows what it hides.
        """
        usable = {field: tuple(name for name in names if name.lower() != "secured") for field, names in more.items()}
        return Dialect({field: (*known, *usable.get(field, ())) for field, known in self.names.items()})

    def with_fields(self, more: Mapping[str, tuple[str, ...]]) -> Dialect:
        """Return a dialect with further fields; the names of these no longer serve fields that only hold links."""
        taken = {name.lower() for names in more.values() for name in names}
        kept = {
            field: tuple(name for name in names if field not in LINK_FIELDS or name.lower() not in taken)
            for field, names in self.names.items()
        }
        return Dialect({**kept, **more})


def _forms(*phrases: str) -> tuple[str, ...]:
    """Return each phrase in four spellings: `dateCreated`, `date_created`, `date-created` and `date created`."""
    signs = ("", "_", "-", " ")
    return tuple(dict.fromkeys(sign.join(phrase.split()) for phrase in phrases for sign in signs))


_PLACE: Mapping[str, tuple[str, ...]] = {
    "permalink": ("permalink",),
    "path": ("path",),
    "slug": ("slug",),
    "aliases": ("aliases", "alias"),
    "redirects": ("redirect_from",),
}

PLACE_FIELDS = frozenset((*_PLACE, "id"))
"""The fields of a document that say where it is published and what it is called there."""

LINK_FIELDS = frozenset(("outside", "links"))
"""The fields of an article that only hold links."""

ELSEWHERE = frozenset({"weburl", "originalurl"})
"""Names of fields, lower-cased, that hold the address of the work that a document describes, not of its own page."""

EXCEPTIONS = frozenset({"article_graph_ignore", "article-graph-ignore", "articlegraphignore"})
"""Names of the field, lower-cased, that says which rules are not checked in a document."""

RENDERING = EXCEPTIONS | frozenset(
    # Jekyll and its themes
    "layout classes header footer sidebar share comments show_date read_time author_profile toc toc_label toc_icon "
    "toc_sticky nav_order nav_exclude nav_fold has_children has_toc search_exclude excerpt_separator "
    "render_with_liquid pin math mermaid mathjax katex use_math sitemap "
    # Hugo and its themes
    "weight menu menus layouts markup outputs cascade build _build headless linktitle translationkey iscjklanguage "
    "showtoc tocopen hidemeta hidesummary disableshare showtableofcontents showreadingtime showbreadcrumbs "
    # Zola, Eleventy, Hexo, Pelican
    "template page_template sort_by paginate_by insert_anchor_links in_search_index render transparent "
    "eleventyexcludefromcollections eleventynavigation eleventycomputed templateengineoverride pagination "
    "disablenunjucks top_img cover "
    # Docusaurus
    "sidebar_position sidebar_label sidebar_class_name sidebar_custom_props displayed_sidebar hide_title "
    "hide_table_of_contents toc_min_heading_level toc_max_heading_level pagination_label pagination_next "
    "pagination_prev custom_edit_url parse_number_prefixes "
    # MkDocs, VitePress, VuePress, Starlight, Quarto, Obsidian
    "hide icon search outline navbar aside editlink lastupdated tableofcontents pagefind hero banner toc-depth "
    "number-sections code-fold format execute jupyter theme cssclass cssclasses obsidianuimode".split()
)
"""Names of fields, lower-cased, that only say how a page is shown, sorted, searched or checked."""

ARTICLE: Dialect = Dialect(
    {
        "title": ("title", "name", "display_name", "headline", "heroText"),
        "excerpt": ("excerpt", "description", "summary", "abstract", "desc"),
        "url": (
            *("webUrl", "originalUrl", "url", "canonical", "canonical_url", "canonicalUrl"),
            *("externalUrl", "external_url", "source_url", "sourceUrl"),
        ),
        "outside": ("link", "website", "resource"),
        "links": (
            *("parent", "up", "down", "next", "prev", "previous", "see", "see also", "see_also", "seeAlso", "see-also"),
            *("child", "children", "sibling", "siblings", "similar", "references", "part_of", "depends_on", "requires"),
            *("prerequisites", "based_on", "supersedes", "superseded_by", "replaces", "replaced_by", "follow_up"),
        ),
        "amp_url": ("ampWebUrl",),
        "cdn_amp_url": ("cdnAmpWebUrl",),
        "original_url": ("originalUrl",),
        "published_at": (
            *("publishedDateTime", "date", "pubDate"),
            *_forms("published at", "published on", "published date", "publish date", "date published"),
            *_forms("publication date", "pub date", "pub datetime", "post date", "datetime"),
            *_forms(
                "created", "created at", "created on", "created date", "created time", "creation date", "date created"
            ),
        ),
        "modified_at": (
            *("modifiedDateTime", "lastmod"),
            *_forms("last modified at", "updated", "updated date", "modified"),
            *_forms("updated at", "updated on", "update date", "last updated", "last update", "date updated"),
            *_forms("modified at", "modified on", "modified date", "last modified", "date modified", "mod datetime"),
            *_forms("last edited", "last edited time"),
        ),
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
        "provider": ("provider", "source", "publisher", "site", "team"),
        "topics": ("topics", "tags", "categories", "keywords", "tag"),
        "authors": ("authors", "author", "created by"),
        "images": ("images", "image"),
        "related": ("related",),
        "parts": ("items",),
        **_PLACE,
        "id": ("id",),
        "secured": ("secured",),
    }
)
"""The names of the fields of articles."""

PROVIDER: Dialect = Dialect(
    {
        "name": ("name", "title", "display_name"),
        "names": ("otherNames", "alternateNames", "shortname"),
        "domain": ("domain",),
        "id": ("_id",),
        "url": ("url", "website", "webUrl"),
        "description": ("description", "excerpt", "summary"),
        "images": ("images", "image", "logo"),
        "authors": ("authors", "author"),
        **_PLACE,
        "secured": ("secured",),
        "kind": ("taxonomy", "type"),
    }
)
"""The names of the fields of organisations; `authors` are those of the article that names the organisation."""

TOPIC: Dialect = Dialect(
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
        **_PLACE,
        "secured": ("secured",),
        "kind": ("taxonomy", "type"),
    }
)
"""The names of the fields of topics."""

PERSON: Dialect = Dialect(
    {
        "name": ("name", "display_name", "title"),
        "names": ("otherNames",),
        "id": ("_id", "slug", "key", "id"),
        "mail": ("email", "mail", "e-mail"),
        "description": ("bio", "description", "excerpt"),
        "location": ("location",),
        "url": ("website", "webUrl", "url"),
        "profiles": ("twitter", "linkedin", "github", "mastodon", "facebook", "instagram", "youtube"),
        "heat": ("heat",),
        "images": ("images", "image", "avatar", "image_url", "imageURL"),
        "affiliation": ("affiliation", "organization", "affiliations"),
        "topics": ("topics", "tags"),
        **_PLACE,
        "secured": ("secured",),
        "kind": ("taxonomy", "type"),
    }
)
"""The names of the fields of people."""

IMAGE: Dialect = Dialect(
    {
        "url": ("url", "src", "path"),
        "width": ("width",),
        "height": ("height",),
        "cached": ("isCached", "cached"),
        "title": ("title", "alt", "caption"),
    }
)
"""The names of the fields of pictures."""


def by_name(raw: Mapping[Any, object]) -> dict[str, object]:
    """Return a YAML mapping with its keys as texts; keys that cannot be texts are left out."""
    named: dict[str, object] = {}
    for key, value in raw.items():
        if isinstance(key, str):
            named[key] = value
        elif not isinstance(key, int) or abs(key) < _LARGEST_KEY:
            named[text_of(key) or str(key)] = value
    return named


class Fields:
    """The raw fields of one document, by our names for them; it remembers which were used."""

    def __init__(self, raw: Mapping[str, object], dialect: Dialect) -> None:
        self._raw = raw
        self._used: set[str] = set()
        self.stated: Mapping[str, tuple[str, ...]] = dialect.layout_of(raw)
        """The names of each field that is stated, the preferred one first."""

    def get(self, field: str) -> tuple[object, str]:
        """Return a field's first stated value and its name; `(None, name)` if it is stated empty."""
        if (names := self.stated.get(field)) is None:
            return None, ""
        for name in names:
            self._used.add(name)
            if (value := self._raw[name]) is not None:
                return value, name
        return None, names[0]

    def all(self, field: str) -> Iterator[tuple[object, str]]:
        """Yield every stated value of a field with its name, in order of preference."""
        for name in self.stated.get(field, ()):
            self._used.add(name)
            if self._raw[name] is not None:
                yield self._raw[name], name

    def has_any(self, names: frozenset[str]) -> bool:
        """Return whether one of some lower-case names is stated."""
        return any(name.lower() in names for name in self._raw)

    def skip(self, fields: AbstractSet[str]) -> None:
        """Leave fields to other readers."""
        for field in self.stated.keys() & fields:
            self._used.update(self.stated[field])

    def rest(self) -> Iterator[tuple[str, object]]:
        """Yield the fields that were not asked for, sorted by name."""
        if len(self._used) < len(self._raw):
            for name in sorted(self._raw):
                if name not in self._used:
                    yield name, self._raw[name]
