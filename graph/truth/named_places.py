"""What links name in repositories, at hosts and in notes, and what that says about the sources."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

import msgspec

from graph.statements import Link
from graph.truth.pages import DOCUMENT, is_document
from graph.truth.place_keys import clean, place_key, stem_of

_REPOSITORY = re.compile(
    r"https?://(?:www\.)?(?:github|gitlab|codeberg)\.[a-z]+/([^/?#]+/[^/?#]+)/(?:-/)?"
    r"(?:(?:blob|tree|src/branch)/[^/?#]+/(?P<path>[^?#]+)|wikis?/(?P<page>[^?#]+))",
    re.IGNORECASE,
)
"""A document in a repository, or a page of its wiki."""


class NamedPlaces(msgspec.Struct, frozen=True):
    """The documents that links name."""

    in_repositories: frozenset[tuple[str, str]] = frozenset()
    """Repositories and paths."""
    at_hosts: frozenset[tuple[str, str]] = frozenset()
    """Hosts and paths; none if the hosts of the sources are known."""
    in_notes: frozenset[tuple[str, str]] = frozenset()
    """The two parts of each `[[one|other]]`."""

    @classmethod
    def of(cls, links: Iterable[Link], *, with_hosts: bool) -> NamedPlaces:
        """Return what links name. Linear."""
        addresses, notes = set(), set()
        for link in links:
            if "://" in link.target:
                addresses.add(link.target)
            elif has_two_parts(link):
                notes.add((link.target, link.words))
        hosts = map(_host_and_path, addresses) if with_hosts else ()
        repositories = map(_document_of, addresses)
        return cls(frozenset(filter(None, repositories)), frozenset(filter(None, hosts)), frozenset(notes))

    def merged(self, other: NamedPlaces) -> NamedPlaces:
        """Return what the links of both name."""
        return NamedPlaces(
            self.in_repositories | other.in_repositories,
            self.at_hosts | other.at_hosts,
            self.in_notes | other.in_notes,
        )


class LearntPlaces(msgspec.Struct, frozen=True):
    """What all links say about the sources."""

    repositories: set[str]
    """The repositories that belong to them."""
    hosts: set[str]
    """The hosts at which they publish."""
    words_first: bool
    """Whether their notes are linked as `[[words|Page]]`, as in Gollum's wikis, and not as `[[Page|words]]`."""


def has_two_parts(link: Link) -> bool:
    """Return whether a link is written `[[one|other]]`."""
    return link.is_note and bool(link.words) and link.words != link.target


def repository_of(address: str) -> tuple[str, str] | None:
    """Return the repository that an address leads into, and the key of the path; its wiki is one of its own."""
    found = _REPOSITORY.match(address)
    if found is None:
        return None
    is_wiki = found["page"] is not None
    return found[1].lower() + "/wiki" * is_wiki, stem_of(unquote(found["page"] or found["path"]))


def _document_of(address: str) -> tuple[str, str] | None:
    """Return the repository and the path of a document that an address names."""
    found = _REPOSITORY.match(address)
    return repository_of(address) if found and (found["page"] or DOCUMENT.search(found["path"])) else None


def _host_and_path(address: str) -> tuple[str, str] | None:
    cleaned = clean(address)
    host, _, path = place_key(cleaned).partition("/") if cleaned else ("", "", "")
    return (host, path) if path and is_document(path) else None
