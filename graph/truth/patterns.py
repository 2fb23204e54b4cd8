"""Learns the addresses at which a site publishes the documents of a folder from its links.

If nearly all links to the documents of `news/` have the form `/2015/07/30/slug/`, the site publishes them there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

import msgspec

from graph.reading.sphinx_links import LABEL_MARK
from graph.statements import Statement
from graph.truth.pages import Page, PlacedPage, page_of
from graph.truth.resolver import Resolver
from graph.urls import clean_url

_FEWEST_LINKS = 3
_SHARE = 0.8
"""A pattern is used if links to at least this many documents follow it, and to this share of all linked documents: two
may agree by chance, and some links are out of date."""

_ROOTS = frozenset({"content", "docs", "source", "src", "pages", "website", "site", "_posts"})
_DATED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})-(?=.)")
_FOLDER_PAGE = re.compile(r"(?:^|/)_?(?:index|readme)\.\w+$", re.IGNORECASE)
_ENDING = re.compile(r"\.\w+$")
_DAYS = (":year", ":month", ":day")


class Followed(msgspec.Struct, frozen=True):
    """The documents that links lead to, by section and by the pattern of the link."""

    proven: Mapping[str, Mapping[str, AbstractSet[str]]]
    """Paths of documents whose address the link names."""
    hinted: Mapping[str, Mapping[str, AbstractSet[str]]]
    """Paths of documents whose name the link ends in."""

    @classmethod
    def by(cls, statements: Iterable[Statement], movable: Resolver, base: str) -> Followed:
        """Follow the links of statements to documents that may move. Linear in the links."""
        proven: dict[str, dict[str, set[str]]] = {}
        hinted: dict[str, dict[str, set[str]]] = {}
        for statement in statements:
            source = None
            for link in statement.links:
                if link.by_name or not (link.target.startswith("/") or movable.is_own(link.target)):
                    continue
                source = source or page_of(statement)
                path = _path_of(link.target, base)
                found = movable.by_address(link.target, source)
                page = found or movable.by_last_part(path)
                if page is not None:
                    known = proven if found else hinted
                    known.setdefault(_section(page.path), {}).setdefault(_pattern(path, page), set()).add(page.path)
        return cls(proven, hinted)

    def merged(self, other: Followed) -> Followed:
        """Return the documents that the links of both lead to."""
        return Followed(_united(self.proven, other.proven), _united(self.hinted, other.hinted))

    def patterns(self) -> Mapping[str, str]:
        """Return the pattern of the addresses of each section in which nearly all links follow one."""
        found = {section: _commonest(known) for section, known in {**self.hinted, **self.proven}.items()}
        return {section: pattern for section, pattern in found.items() if pattern}


def movable_pages(pages: Iterable[PlacedPage], base: str, hosts: Iterable[str]) -> Resolver | None:
    """Return a resolver of the pages of articles whose addresses links may show, or `None` if there are none.

    They do not state their address, and are not the page of a folder. `pages` are sorted.
    """
    found = {one.path: one.page for one in pages if _may_move(one)} if base else {}
    return Resolver(found.values(), base, hosts) if found else None


def learnt_places(page: PlacedPage, patterns: Mapping[str, str], base: str) -> tuple[str, ...]:
    """Return the addresses of a document, the first of which follows the pattern of its section, if it has one."""
    places = page.page.places
    pattern = patterns.get(_section(page.path)) if _may_move(page) else None
    if pattern is None:
        return places
    values = _values(page.page)
    if _follows(places[0], pattern, values[":slug"], base):
        return places  # its generator may count days in another time zone
    parts = [values.get(part, part.replace(":slug", values[":slug"])) for part in pattern.strip("/").split("/")]
    if any(part.startswith(":") for part in parts):
        return places
    ending = "" if parts[-1].endswith(".html") else "/"
    place = clean_url("/" + "/".join(parts) + ending, base)
    return places if place is None else (place, *places[1:])


def _follows(place: str, pattern: str, slug: str, base: str) -> bool:
    """Return whether an address follows a pattern, on whatever day."""
    parts = _path_of(place, base).strip("/").casefold().split("/")
    tokens = pattern.strip("/").split("/")
    return len(parts) == len(tokens) and all(
        part == token.replace(":slug", slug) or (token in _DAYS and part.isdecimal())
        for part, token in zip(parts, tokens, strict=True)
    )


def _may_move(page: PlacedPage) -> bool:
    is_article = page.is_article and bool(page.page.places) and not page.page.document
    return is_article and page.states_place is None and not _FOLDER_PAGE.search(page.path)


def _united(
    one: Mapping[str, Mapping[str, AbstractSet[str]]], other: Mapping[str, Mapping[str, AbstractSet[str]]]
) -> Mapping[str, Mapping[str, AbstractSet[str]]]:
    return {
        section: {
            pattern: one.get(section, {}).get(pattern, frozenset()) | other.get(section, {}).get(pattern, frozenset())
            for pattern in {**one.get(section, {}), **other.get(section, {})}
        }
        for section in {**one, **other}
    }


def _section(path: str) -> str:
    """Return the folder whose documents share a pattern: the first one below the folder of all content."""
    folders = path.split("/")[:-1]
    depth = next((number for number, folder in enumerate(folders) if folder not in _ROOTS), len(folders) - 1)
    return "/".join(folders[: depth + 1])


def _path_of(target: str, base: str) -> str:
    """Return the path of a link relative to the address of the site, which may itself have a path."""
    path, above = (
        (clean_url(address, base) or "").partition("://")[2].partition("/")[2].partition("?")[0]
        for address in (target, base)
    )
    if target.startswith("/"):  # from the root of the host, or of the site
        path = path.removeprefix(above)
    return "/" + path.removeprefix(above).strip("/")


def _values(page: Page) -> Mapping[str, str]:
    stem = _ENDING.sub("", page.path.rpartition("/")[2])
    dated = _DATED.match(stem)
    day = page.day[:10].split("-") if page.day else list(dated.groups()) if dated else []
    slug = (
        page.names[0]
        if page.names and "/" not in page.names[0] and page.names[0][0] != LABEL_MARK
        else _DATED.sub("", stem)
    )
    values = {":slug": slug.casefold()}
    if len(day) == len(_DAYS):
        values |= dict(zip(_DAYS, day, strict=True))
    return values


def _pattern(path: str, page: Page) -> str:
    """Return the pattern of an address; empty if it does not end in the name of the document."""
    values = _values(page)
    *folders, last = path.strip("/").casefold().split("/")
    if last not in {values[":slug"], values[":slug"] + ".html"}:
        return ""
    tokens = [(token, values[token]) for token in _DAYS if token in values]
    pattern = []
    for folder in folders:
        token = next((token for token, value in tokens if value == folder), None)
        pattern.append(token or folder)
        tokens = [item for item in tokens if item[0] != token]
    return "/".join(["", *pattern, last.replace(values[":slug"], ":slug")])


def _commonest(known: Mapping[str, AbstractSet[str]]) -> str:
    """Return the pattern of nearly all links to a folder; empty if there is none."""
    total = sum(map(len, known.values()))
    best = max(sorted(known), key=lambda pattern: len(known[pattern]))
    count = len(known[best])
    return best if count >= _FEWEST_LINKS and count >= _SHARE * total else ""
