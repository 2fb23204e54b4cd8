"""Documents that links lead from and to, and which links may mean a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

import msgspec
from msgspec.structs import replace

from graph.expressions import expression
from graph.reading.kinds import ENDINGS
from graph.statements import StatedArticle, StatedCollection, Statement

DOCUMENT = expression(rf"\.(?:{'|'.join(sorted(ending[1:] for ending in ENDINGS))})$", re.IGNORECASE)
"""The ending of a document's name."""

_OTHER_FILE = expression(r"\.[a-z][a-z0-9]{0,4}$", re.IGNORECASE)
_MEDIA = expression(
    r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp|ico|pdf|zip|gz|tar|7z|mp[34]|m4[av]|wav|ogg|webm|mov|csv|xlsx?|docx?|pptx?"
    r"|canvas|base|excalidraw)$",
    re.IGNORECASE,
)


class Page(msgspec.Struct, frozen=True):
    """A document that links lead from and to."""

    path: str
    """Relative to the source."""
    places: tuple[str, ...] = ()
    """The addresses at which its site publishes it: absolute, or paths of the site that begin with `/`."""
    names: tuple[str, ...] = ()
    """Its slug and aliases."""
    title: str = ""
    """Its title."""
    day: str = ""
    """When it was published, beginning `YYYY-MM-DD`."""
    document: str = ""
    """`Statement.document` if the file at `path` is a list of documents, otherwise empty."""


def page_of(statement: Statement) -> Page:
    """Return the names and addresses by which links may find the document of a statement."""
    subject = statement.subject
    title = subject.title if isinstance(subject, StatedArticle) else subject.name
    day = (subject.published_at or subject.starts_at) if isinstance(subject, StatedArticle) else None
    document = statement.document if statement.row else ""
    return Page(statement.path, statement.places, statement.names, title or "", day or "", document)


Token: TypeAlias = int | tuple[int, ...]
"""What distinguishes a statement from all others, and orders those of one path and line."""


class PlacedPage(NamedTuple):
    """What must be known about a document to find its addresses."""

    path: str
    """Of the document; rows are sorted by path, line and token."""
    line: int
    """Where its record begins."""
    token: Token
    """Of its statement."""
    document: str
    """`Statement.document`."""
    is_article: bool
    """Whether it describes an article."""
    states_place: int | None
    """The line on which it states its address itself; `None` if it does not."""
    is_linked: bool
    """Whether links may lead from or to it."""
    page: Page
    """Its names and addresses."""

    def at(self, places: tuple[str, ...]) -> PlacedPage:
        """Return the same document at other addresses."""
        return self._replace(page=replace(self.page, places=places))


def pages_of(statements: Iterable[tuple[Token, Statement]]) -> Iterator[PlacedPage]:
    """Yield the pages of the statements that have an address or may be linked."""
    for token, one in statements:
        is_linked = _may_be_linked(one)
        if is_linked or one.places:
            is_article, place = isinstance(one.subject, StatedArticle), one.lines.get("place")
            yield PlacedPage(one.path, one.line, token, one.document, is_article, place, is_linked, page_of(one))


def names_pages(statement: Statement) -> bool:
    """Return whether a document may name others, by links, references or as what it is based on."""
    subject = statement.subject
    if statement.links or isinstance(subject, StatedCollection):
        return True
    if not isinstance(subject, StatedArticle):
        return False
    targets = (*subject.related.targets, *subject.parts.targets)
    return subject.concept is not None or any(isinstance(target, str) for target in targets)


def _may_be_linked(statement: Statement) -> bool:
    """Return whether links may lead from or to the document of a statement."""
    if statement.row:
        return bool(statement.places or statement.names or statement.links)
    return bool(statement.places) or is_document(statement.path)


def is_document(path: str, *, by_name: bool = False) -> bool:
    """Return whether a path, an address or a name may mean a document rather than a picture or another file.

    With `by_name` only the endings of pictures and other media are excluded, as names such as `Node.js` have endings.
    """
    name = path.partition("#")[0].partition("?")[0].rstrip("/").rpartition("/")[2]
    other = _MEDIA if by_name else _OTHER_FILE
    return DOCUMENT.search(name) is not None or other.search(name) is None
