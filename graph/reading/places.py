"""A document's places: the address at which its site publishes it, what redirects there, and what links call it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

import msgspec

from graph.expressions import expression
from graph.names import DEFAULT_BASE, to_text
from graph.reading.bundles import bundle_of, is_repository_file
from graph.reading.conventions import by_convention, by_pattern
from graph.reading.faults import Faults
from graph.reading.fields import PLACE_FIELDS, Dialect, Fields
from graph.reading.located import Located
from graph.reading.permalinks import STYLES
from graph.reading.pieces import LONGEST_URL
from graph.reading.routes import route_of
from graph.reading.settings import Settings
from graph.reading.sites import Scope, Site
from graph.reading.sphinx_links import LABEL_MARK
from graph.reading.values import is_no
from graph.reading.written import as_text
from graph.urls import clean_url, domain_of, encode_iri

_OWN_ADDRESSES = frozenset({"weburl", "url", "canonical", "canonical_url", "canonicalurl", "permalink"})
_FILE_ENDING = expression(r"\.(?:html?|md|markdown|mdx|php|aspx?)$", re.IGNORECASE)
_TEMPLATED = expression(r"\{\{|\{%")
_TEMPLATE = expression(r"\{\{-?\s*([\w.]{1,50})\s*(?:\|\s*([\w.]{1,20})[^}]{0,50})?-?\}\}")
_PATTERN = expression(r":(?:year|month|day|title|slug|name|path|categories|collection|output_ext)(?![a-z])")
_DOTS = expression(r"(?:^|/)\.\.?(?:/|$)")
_LONGEST_NAME = 300


class DocumentPlaces(msgspec.Struct, frozen=True):
    """Where a document is found, and by which names."""

    addresses: tuple[str, ...]
    """Where its site publishes it, its own address first."""
    link_names: tuple[str, ...]
    """What links may call it."""
    names: tuple[str, ...]
    """What readers may call it besides its title: the aliases that are not addresses."""


def places_of(
    path: str,
    fields: Mapping[str, object],
    settings: Settings,
    faults: Faults,
    *,
    published_at: str | None = None,
    title: str | None = None,
) -> DocumentPlaces:
    """Return the places and names of the document at `path`.

    `published_at` and `title` are the document's as they were understood. Nothing in `fields` raises an error;
    impossible values are faults.
    """
    known = Fields(fields, settings.article)
    says_nothing = known.stated.keys().isdisjoint(PLACE_FIELDS)
    said = {} if says_nothing else _said(known, faults)
    aliases = [] if says_nothing else list(_redirects(known, faults))
    link_names = _names(said, [value for value, may_be_name in aliases if may_be_name and _is_name(value)])
    page = Located(path, settings.site, said, fields, known.get("published_at")[0], published_at, title)
    others: list[str] = []
    names: dict[str, None] = {}
    for value, may_be_name in aliases:
        found = list(_addresses(value, page, may_be_name=may_be_name))
        others += found
        if not found and _is_name(value) and not value.startswith(LABEL_MARK) and value != title:
            names[value] = None
    if is_no(known.get("permalink")[0]):  # Eleventy's way to publish nothing
        return DocumentPlaces((), link_names, tuple(names))
    own = [placed for address in _own(page, known, settings) if (placed := _placed(address, settings))]
    moved = settings.site.redirects.get(path, ())
    others += (_by_file(route_of(Located(old, settings.site)) or "") for old in moved)
    redirects = [placed for address in others if (placed := _placed(address, settings))]
    addresses = tuple(dict.fromkeys((*own, *redirects)) if redirects else own)
    return DocumentPlaces(addresses, link_names, tuple(names))


def has_page_without_fields(path: str, site: Site) -> bool:
    """Return whether a site has a page for a document without front matter.

    Jekyll has none for Markdown, unless a plugin adds it and it is not a `README.md`; posts need no front matter.
    """
    folder, _, name = path.rpartition("/")
    if site.generator != "jekyll" or not name.lower().endswith((".md", ".markdown")) or "_posts" in folder.split("/"):
        return True
    return not (site.needs_front_matter or is_repository_file(name))


def _said(known: Fields, faults: Faults) -> dict[str, str]:
    """Return the fields that name the page, as texts."""
    said: dict[str, str] = {}
    for field in ("slug", "permalink", "path", "id"):
        value, name = known.get(field)
        if text := _to_text(value):
            said[field] = text
        elif value not in (None, False, "", [], {}):
            fact = f"'{name}' is not a text: {faults.quote(value)}"
            faults.add("not-a-text", fact, "Write one text", where=(name,))
    return said


def with_defaults(path: str, fields: Mapping[str, object], settings: Settings) -> Mapping[str, object]:
    """Return a document's fields, with the values that the site's configuration gives to all documents below a path.

    A value counts where some field has its name, and where the document does not state that field itself; topics are
    added to those that it states.
    """
    scopes = settings.site.defaults
    if not scopes:
        return fields
    root = settings.site.roots[-1].folder if settings.site.roots else ""
    inner = path.removeprefix(root)
    kind = _kind_of(inner)
    given: dict[str, object] = {}
    for scope in scopes:
        if scope.type in {"", kind} and (not scope.path or _is_below(inner, scope)):
            given.update(scope.values)
    added = {name: value for name, value in given.items() if _is_wanted(name, fields, settings.article)}
    return {**added, **fields} if added else fields


def _is_wanted(name: str, fields: Mapping[str, object], dialect: Dialect) -> bool:
    meanings = dialect.meanings.get(name.lower(), ())
    if not meanings or name in fields or name.lower() == "secured":
        return False
    stated = dialect.layout_of(fields)
    return not any(field in stated and field != "topics" for field, _ in meanings)


def _kind_of(path: str) -> str:
    """Return what Jekyll calls a document: `posts`, `drafts`, `pages` or a collection."""
    folder = next((part for part in path.split("/")[:-1] if part.startswith("_")), "_pages")
    return folder[1:]


def _is_below(path: str, scope: Scope) -> bool:
    """Return whether a path is below the path of a scope, in which `*` is any name and `**` any folders."""
    if "*" not in scope.path:
        return path == scope.path or path.startswith(scope.path + "/")
    parts = path.split("/")
    reached = {0}
    for pattern in scope.path.split("/"):
        if pattern == "**":
            reached = set(range(min(reached, default=len(parts) + 1), len(parts) + 1))
        else:
            reached = {place + 1 for place in reached if place < len(parts) and fnmatchcase(parts[place], pattern)}
    return bool(reached)


def _own(page: Located, known: Fields, settings: Settings) -> Iterator[str]:
    """Yield the page's own address: as stated, otherwise as its site makes it; full addresses first."""
    if not page.site.generator and page.path.endswith(".md") and bundle_of(page.path, settings.bundles) is not None:
        yield _by_file("/" + (page.folder if page.stem == "index" else page.path.removesuffix(".md")))
        return
    stated, whole = None, False
    for value, name in known.all("url") if "url" in known.stated else ():
        if isinstance(value, str) and name.lower() in _OWN_ADDRESSES:
            if "://" in value:
                if _is_own(value, settings):
                    whole = True
                    yield value
            elif name.lower() == "url" and value.strip() and ":" not in value:
                stated = stated or "/" + value.strip().lstrip("/")
    stated = stated or (_stated(page) if page.fields else None)
    if stated is not None:
        if page.site.generator == "quartz" and (routed := route_of(page)) is not None:
            yield _by_file(routed)  # a permalink redirects to the page there
        yield stated
    elif not whole and (routed := _routed(page)) is not None:
        yield _by_file(routed)


def _routed(page: Located) -> str | None:
    """Return the path that a page has by the owner's patterns, by its generator or by convention."""
    routed = by_pattern(page) if page.site.folders else None
    if routed is not None or not page.site.generator:
        return by_convention(page) if routed is None else routed
    if page.root is not None:
        return route_of(page)
    return None if is_repository_file(page.path) else by_convention(page)


def _stated(page: Located) -> str | None:
    """Return the path that a document states by `permalink` or `path`."""
    permalink: str | None = page.fields.get("permalink", "")
    if permalink and _TEMPLATED.search(permalink):
        permalink = _filled(permalink, page)
    if permalink and "://" in permalink:
        return permalink
    if permalink and permalink not in STYLES and not _PATTERN.search(permalink):
        return "/" + permalink.lstrip("/")
    path = page.fields.get("path")
    return f"/{path.strip('/')}/" if path and is_own_path(path, page.site.generator) else None


def is_own_path(path: str, generator: str) -> bool:
    """Return whether the field `path` is the page's address, as in Zola, and not the path of a file."""
    return generator in {"", "zola"} and not _FILE_ENDING.search(path)


def _filled(permalink: str, page: Located) -> str | None:
    """Fill in the simplest templates of Eleventy's permalinks; `None` if that is not enough."""
    missing = False
    values = {
        "page.fileSlug": page.dateless if not page.is_index else page.folder.strip("/").rpartition("/")[2],
        "page.filePathStem": f"/{page.folder}{page.dateless}",
        "title": page.title or "",
        "slug": page.fields.get("slug", ""),
    }

    def value_of(found: re.Match[str]) -> str:
        nonlocal missing
        value = values.get(found[1], "")
        missing = missing or not value
        is_slug = found[2] in {"slug", "slugify"}
        return re.sub(r"[\W_]+", "-", value.lower()).strip("-") if is_slug else value

    filled = _TEMPLATE.sub(value_of, permalink)
    return None if missing or _TEMPLATED.search(filled) else filled


def _by_file(path: str) -> str:
    """Escape `?` and `#` in a path made of file names."""
    return path.replace("?", "%3F").replace("#", "%23")


def _is_own(address: str, settings: Settings) -> bool:
    """Return whether a full address belongs to the site."""
    if settings.base == DEFAULT_BASE and not settings.hosts:
        return False
    cleaned = clean_url(address) if len(address) <= LONGEST_URL else None
    if cleaned is None:
        return False
    if settings.base != DEFAULT_BASE and domain_of(cleaned) == domain_of(settings.base):
        return (
            cleaned.partition("://")[2]
            .removeprefix("www.")
            .startswith(settings.base.partition("://")[2].removeprefix("www.").rstrip("/"))
        )
    return domain_of(cleaned) in settings.hosts


def _placed(address: str, settings: Settings) -> str | None:
    """Return an address or a path of the site as a place; `None` for other sites."""
    address = address.strip()
    if not address or len(address) > LONGEST_URL:
        return None
    if "://" in address:
        return clean_url(address) if _is_own(address, settings) else None
    path = to_text(address.partition("#")[0].partition("?")[0]).replace("\\", "/")
    while "//" in path:
        path = path.replace("//", "/")
    if ("/." in path or path[:1] == ".") and _DOTS.search(path):
        path = _without_dots(path)
    path = "/" + path.strip().lstrip("/")
    if path.endswith(("/index.html", "/index.htm")):
        path = path[: path.rindex("/") + 1]
    if settings.base == DEFAULT_BASE:
        return encode_iri(path)
    return clean_url(settings.base + path[1:])


def _without_dots(path: str) -> str:
    """Resolve `.` and `..`, which never lead above the root."""
    kept: list[str] = []
    parts = path.split("/")
    for part in parts:
        if part == "..":
            kept[-1:] = []
        elif part not in {"", "."}:
            kept.append(part)
    ends = parts[-1] in {"", ".", ".."} and kept
    return "/" + "/".join(kept) + ("/" if ends else "")


def _redirects(known: Fields, faults: Faults) -> Iterator[tuple[str, bool]]:
    """Yield each redirect or alias of a document, and whether it may be just a name."""
    for field in ("aliases", "redirects"):
        for value, name in known.all(field):
            for position, item in enumerate(value if isinstance(value, list) else [value]):
                if text := _to_text(item):
                    yield text, field == "aliases"
                elif item is not None and item != "":
                    fact = f"'{name}' holds {faults.quote(item)}, which is not a text"
                    faults.add("not-a-text", fact, "Write an address of the site, or a name", where=(name, position))


def _addresses(value: str, page: Located, *, may_be_name: bool) -> Iterator[str]:
    """Yield the addresses that an alias means; none for a mere name."""
    if value.startswith(LABEL_MARK):
        return
    if value.startswith("/") or "://" in value or not may_be_name:
        yield value
    elif page.site.generator == "hugo":
        above = page.folder[:-1].rpartition("/")[0] if page.is_index else page.folder
        yield f"/{above}/{value}"
    elif page.site.generator == "zola" or (" " not in value and ("/" in value or _FILE_ENDING.search(value))):
        yield value


def _is_name(value: str) -> bool:
    return (
        len(value) <= _LONGEST_NAME
        and not value.startswith("/")
        and "://" not in value
        and not _FILE_ENDING.search(value)
    )


def _names(said: Mapping[str, str], aliases: list[str]) -> tuple[str, ...]:
    if not said and not aliases:
        return ()
    own = (said.get(field, "").strip("/") for field in ("slug", "id"))
    return tuple(dict.fromkeys(name for name in (*own, *aliases) if name and len(name) <= _LONGEST_NAME))


def _to_text(value: object) -> str:
    if isinstance(value, str):
        return to_text(value) if len(value) <= LONGEST_URL else ""
    return as_text(value) or ""
