"""What the workers of a pass need to know besides their rows: written once by the driver, read once by each process."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.cluster.rows import pack, unpacked
from graph.evidence import EvidenceWriter
from graph.reading import Reading
from graph.reading.settings import Settings
from graph.reading.whole_source import WholeSource
from graph.statements import Statement
from graph.truth.articles import Known
from graph.truth.links import Links
from graph.truth.mentions import Finder, Name
from graph.truth.pages import PlacedPage, Token
from graph.truth.people import People
from graph.truth.providers import Providers
from graph.truth.topics import Topics
from graph.truth.wanting import Learnt


@dataclass(frozen=True, slots=True)
class SourceAt:
    """A source as a worker finds it."""

    name: str
    """As the user wrote it."""
    root: str
    """Its real path."""
    settings: Settings
    """How to read it."""


class _NoEvidence(EvidenceWriter):
    """Keeps no evidence, which engines do not write."""

    def add(self, *_arguments: object) -> None:
        """Keep nothing."""


@dataclass(frozen=True)  # without slots, for what is made once from the facts
class Facts:
    """What is known when a pass begins; each pass needs some of it.

    What is made from all pages or all names is made once per process, because making it takes longer than many a task.
    """

    sources: Sequence[SourceAt] = ()
    """All sources, in order."""
    wholes: Sequence[WholeSource] = ()
    """What each source as a whole says; empty while it is unknown."""
    state_of: Callable[[Sequence[Statement]], Any] | None = None
    """What to learn from statements."""
    reading: Reading | None = None
    """Its settings, without statements."""
    patterns: Mapping[str, str] = field(default_factory=dict)
    """The pattern of the addresses of each section, where links show one."""
    owners: Mapping[str, Token] = field(default_factory=dict)
    """The statement that each address belongs to."""
    roots: Mapping[str, str] = field(default_factory=dict)
    """The smallest key of each key of an article with several."""
    hidden: frozenset[str] = frozenset()
    """The smallest keys of unpublished articles."""
    published_only: bool = False
    """Whether unpublished articles are left out by now."""
    records: Sequence[Statement] = ()
    """What is said about topics, people and providers."""
    pages: Sequence[PlacedPage] = ()
    """Sorted."""
    known: Known | None = None
    """The IRIs of all articles."""
    minted: Mapping[str, str] = field(default_factory=dict)
    """The IRIs of articles without an address, by the key of their rows."""
    topics: Topics | None = None
    """Which topic each label means."""
    people: People | None = None
    """Who each name means."""
    providers: Providers | None = None
    """Which organisation each name and domain means."""
    names: Mapping[str, Sequence[Name]] = field(default_factory=dict)
    """Of topics, by IRI."""
    meanings: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """The ways of writing a word that mean a topic."""
    learnt: Learnt | None = None
    """What else must be known to follow links."""
    foreign: Mapping[str, Sequence[tuple[Token, Statement]]] = field(default_factory=dict)
    """Documents whose links belong to another article, by its IRI, in order."""

    @functools.cached_property
    def links(self) -> Links:
        """Links about which nothing is learnt yet. They are shared, so a pass that follows any takes a copy."""
        assert self.reading is not None and self.known is not None  # noqa: S101, PT018 - the driver sets them
        return Links(self.reading, self.known, self.pages, _NoEvidence())

    @functools.cached_property
    def settled_links(self) -> Links:
        """Links that know what all documents say. They are shared, too."""
        assert self.learnt is not None  # noqa: S101 - the driver sets it
        links = copy(self.links)
        links.recall(self.learnt)
        return links

    @functools.cached_property
    def finder(self) -> Finder:
        """A finder of topics."""
        return Finder(self.names)

    def write(self, path: Path) -> None:
        """Write a new file."""
        path.write_bytes(pack(self))


@functools.lru_cache(maxsize=1)
def load_facts(path: str) -> Facts:
    """Return the facts in a file; those read last are kept."""
    facts: Facts = unpacked(Path(path).read_bytes())
    return facts
