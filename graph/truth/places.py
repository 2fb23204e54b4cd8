"""Which document is published at which address of the site; each address belongs to one document.

An address belongs to the first document by path that states it as its own. An address that redirects to a document
belongs to it only if no document has it as its own. So two files with one permalink remain two articles. A README
stands for its folder only where nothing else does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import msgspec

from graph.errors import Problem
from graph.reading.faults import LONGEST_PLACE, Faults
from graph.statements import StatedArticle, Statement
from graph.truth.pages import PlacedPage, Token
from graph.urls import match_key


def settle_places(pages: Sequence[PlacedPage]) -> tuple[Mapping[str, Token], list[Problem]]:
    """Return the owner of each address by its `match_key`, and a problem for each address stated twice.

    `pages` are sorted. Linear in the places.
    """
    owners: dict[str, PlacedPage] = {}
    problems: list[Problem] = []
    claiming = sorted((one for one in pages if one.is_article and one.page.places), key=_is_readme)
    for own in (True, False):
        for one in claiming:
            for place in one.page.places[:1] if own else one.page.places[1:]:
                owner = owners.setdefault(match_key(place), one)
                if owner is one or (_is_readme(one) and not _is_readme(owner)):
                    continue
                if own or place != owner.page.places[0]:
                    problems.append(_taken(place, one, owner))
    return {key: owner.token for key, owner in owners.items()}, problems


def _is_readme(one: PlacedPage) -> bool:
    return one.states_place is None and one.path.rpartition("/")[2][:7].lower() == "readme."


def with_place(statement: Statement, token: Token, places: tuple[str, ...], owners: Mapping[str, Token]) -> Statement:
    """Return the statement of a document whose article has the addresses of its page.

    `places` are those at which its site publishes it. The address of its page becomes the `url` of an article, unless
    it describes a work published elsewhere. Only the owners of its own addresses are looked up.
    """
    subject = statement.subject
    if not places or not isinstance(subject, StatedArticle):
        return statement
    if places is not statement.places:
        statement = msgspec.structs.replace(statement, places=places)
    claimed = [place for place in places if not place.startswith("/") and owners[match_key(place)] == token]
    if not claimed and not subject.keys:
        return statement
    own_page = claimed[0] if claimed and claimed[0] == places[0] else None
    others = frozenset(key for key in subject.keys if owners.get(key, token) != token)
    placed = _placed(subject, claimed, own_page, others)
    return statement if placed is subject else msgspec.structs.replace(statement, subject=placed)


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


def _taken(place: str, page: PlacedPage, owner: PlacedPage) -> Problem:
    fact = f"the address {Faults.quote(place, LONGEST_PLACE)} is also that of {Faults.quote(owner.path, LONGEST_PLACE)}"
    line = page.line if page.states_place is None else page.states_place
    return Problem(page.path, line, "duplicate-address", fact, "Give each document an address of its own")
