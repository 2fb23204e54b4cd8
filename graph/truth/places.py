"""Which document is published at which address of the site; each address belongs to one document.

An address belongs to the first document by path that states it as its own. An address that redirects to a document
belongs to it only if no document has it as its own. So two files with one permalink remain two articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.errors import Problem
from graph.reading.faults import LONGEST_PLACE, Faults
from graph.statements import StatedArticle, Statement
from graph.urls import match_key

__all__ = ["with_places"]


def with_places(statements: Sequence[Statement]) -> tuple[list[Statement], list[Problem]]:
    """Return statements whose articles have the addresses of their pages, and a problem for each address stated twice.

    The address of its page becomes the `url` of an article, unless it describes a work published elsewhere. Linear in
    the places.
    """
    owners: dict[str, int] = {}
    claims: dict[int, list[str]] = {}
    problems: list[Problem] = []
    pages = [number for number, one in enumerate(statements) if one.places and isinstance(one.subject, StatedArticle)]
    pages.sort(key=lambda number: (statements[number].path, statements[number].line))
    for own in (True, False):
        for number in pages:
            statement = statements[number]
            for place in statement.places[:1] if own else statement.places[1:]:
                owner = owners.setdefault(match_key(place), number)
                if owner == number:
                    claims.setdefault(number, []).append(place)
                elif own or place != statements[owner].places[0]:
                    problems.append(_taken(place, statement, statements[owner]))
    given = list(statements)
    for number in pages:
        statement, subject = statements[number], statements[number].subject
        absolute = [place for place in claims.get(number, ()) if not place.startswith("/")]
        if isinstance(subject, StatedArticle) and (absolute or subject.keys):
            own_page = absolute[0] if absolute and absolute[0] == statement.places[0] else None
            others = frozenset(key for key in subject.keys if owners.get(key, number) != number)
            given[number] = replace(statement, subject=_placed(subject, absolute, own_page, others))
    return given, problems


def _placed(
    article: StatedArticle, places: Sequence[str], own_page: str | None, others: frozenset[str]
) -> StatedArticle:
    """Return an article with the addresses of its page.

    `others` are keys of the pages of other documents. The address at which a document was first published may be that
    of another document, which remains an article of its own, unless both describe a work published elsewhere.
    """
    if article.is_elsewhere:
        others = frozenset()
    if not places and not others:
        return article
    stated = [address for address in (article.url, *article.aliases) if address and match_key(address) not in others]
    url = own_page if own_page and not article.is_elsewhere else next(iter(stated), own_page)
    addresses = dict.fromkeys((*stated, *places))
    keys = dict.fromkeys((*(key for key in article.keys if key not in others), *map(match_key, places)))
    return replace(
        article, url=url, aliases=tuple(address for address in addresses if address != url), keys=tuple(keys)
    )


def _taken(place: str, statement: Statement, owner: Statement) -> Problem:
    fact = f"the address {Faults.quote(place, LONGEST_PLACE)} is also that of {Faults.quote(owner.path, LONGEST_PLACE)}"
    line = statement.lines.get("place", statement.line)
    return Problem(statement.path, line, "duplicate-address", fact, "Give each document an address of its own")
