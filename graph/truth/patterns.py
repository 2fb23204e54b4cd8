"""Learns from the links of a site at which addresses it publishes the documents of a folder.

If nearly all links to the documents of `news/` have the form `/2015/07/30/slug/`, the site publishes them there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from graph.statements import StatedArticle, Statement
from graph.truth.pages import Page, page_of
from graph.truth.resolver import Resolver
from graph.urls import clean_url

__all__ = ["with_learnt_places"]

_FEWEST_LINKS = 3
_SHARE = 0.8
"""A pattern is used if links to at least this many documents follow it, and to this share of all linked documents: two
may agree by chance, and some links are out of date."""

_ROOTS = frozenset({"content", "docs", "source", "src", "pages", "website", "site", "_posts"})
_DATED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})-(?=.)")
_FOLDER_PAGE = re.compile(r"(?:^|/)_?(?:index|readme)\.\w+$", re.IGNORECASE)
_ENDING = re.compile(r"\.\w+$")


def with_learnt_places(statements: Sequence[Statement], base: str, hosts: Iterable[str]) -> Sequence[Statement]:
    """Return statements in which the documents of a folder have the addresses that the links to them show.

    This needs links that follow one pattern. Documents that state their address keep it. Linear in the links.
    """
    pages = {one.path: (one, page_of(one)) for one in statements if _may_move(one)}
    if not pages or not base:
        return statements
    resolver = Resolver([page for _, page in pages.values()], base, hosts)
    followed: dict[str, dict[str, set[str]]] = {}
    hinted: dict[str, dict[str, set[str]]] = {}
    for statement in statements:
        source = page_of(statement)
        for link in statement.links:
            if link.by_name or not (link.target.startswith("/") or resolver.is_own(link.target)):
                continue
            path = _path_of(link.target, base)
            proven = resolver.by_address(link.target, source)
            page = proven or resolver.by_last_part(path)
            if page is not None:
                known = followed if proven else hinted
                known.setdefault(_section(page.path), {}).setdefault(_pattern(path, page), set()).add(page.path)
    found = {section: _commonest(known) for section, known in {**hinted, **followed}.items()}
    learnt = {section: pattern for section, pattern in found.items() if pattern}
    if not learnt:
        return statements
    return [
        _moved(statement, pages[statement.path][1], learnt[section], base)
        if statement.path in pages and (section := _section(statement.path)) in learnt
        else statement
        for statement in statements
    ]


def _may_move(statement: Statement) -> bool:
    """Return whether a document is an article that does not state its address, and is not the page of a folder."""
    is_article = isinstance(statement.subject, StatedArticle) and bool(statement.places) and not statement.row
    return is_article and "place" not in statement.lines and not _FOLDER_PAGE.search(statement.path)


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
    slug = page.names[0] if page.names and "/" not in page.names[0] else _DATED.sub("", stem)
    values = {":slug": slug.casefold()}
    if len(day) == len(("year", "month", "day")):
        values |= dict(zip((":year", ":month", ":day"), day, strict=True))
    return values


def _pattern(path: str, page: Page) -> str:
    """Return the pattern of an address; empty if it does not end in the name of the document."""
    values = _values(page)
    *folders, last = path.strip("/").casefold().split("/")
    if last not in {values[":slug"], values[":slug"] + ".html"}:
        return ""
    tokens = [(token, values[token]) for token in (":year", ":month", ":day") if token in values]
    pattern = []
    for folder in folders:
        token = next((token for token, value in tokens if value == folder), None)
        pattern.append(token or folder)
        tokens = [item for item in tokens if item[0] != token]
    return "/".join(["", *pattern, last.replace(values[":slug"], ":slug")])


def _commonest(known: Mapping[str, set[str]]) -> str:
    """Return the pattern of nearly all links to a folder; empty if there is none."""
    total = sum(map(len, known.values()))
    best = max(sorted(known), key=lambda pattern: len(known[pattern]))
    count = len(known[best])
    return best if count >= _FEWEST_LINKS and count >= _SHARE * total else ""


def _moved(statement: Statement, page: Page, pattern: str, base: str) -> Statement:
    values = _values(page)
    parts = [values.get(part, part.replace(":slug", values[":slug"])) for part in pattern.strip("/").split("/")]
    if any(part.startswith(":") for part in parts):
        return statement
    ending = "" if parts[-1].endswith(".html") else "/"
    place = clean_url("/" + "/".join(parts) + ending, base)
    return statement if place is None else replace(statement, places=(place, *statement.places[1:]))
