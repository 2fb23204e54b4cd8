"""What one document says, before anyone knows who is who: frozen statements that name others by label, URL or path.

The fields that the truth copies unchanged are those of `graph.plain_fields`. Text, times, URLs and numbers already have
the forms that `graph.records` promises. A statement about an article in the `related` list of another document is a
stub; equal stubs may be one shared object.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import msgspec

from graph.plain_fields import ArticleFields, PersonFields, ProviderFields, TopicFields
from graph.records import NOTHING, Image, Scalar

NO_LINES: Mapping[str, int] = MappingProxyType({})
"""The lines of no fields."""


@dataclass(frozen=True)
class _Called:
    """A statement with a name, which is its first field."""

    __slots__ = ()
    name: str


@dataclass(frozen=True, slots=True)
class StatedProvider(ProviderFields, _Called):
    """A publisher as a document names or describes it."""

    name: str
    """As written; empty if only a domain is stated."""
    names: tuple[str, ...] = ()
    """Other names stated."""
    images: tuple[Image, ...] = ()
    """Its logos."""
    extra: Mapping[str, Scalar] = field(default_factory=lambda: NOTHING)
    """Unmapped scalar fields."""


@dataclass(frozen=True, slots=True)
class StatedTopic(TopicFields, _Called):
    """A topic as the site's taxonomy describes it."""

    name: str
    """The preferred label."""
    names: tuple[str, ...] = ()
    """Short names and identifiers that articles may use for it."""
    parents: tuple[str, ...] = ()
    """Labels of the topics above it."""
    images: tuple[Image, ...] = ()
    """Its pictures."""
    extra: Mapping[str, Scalar] = field(default_factory=lambda: NOTHING)
    """Unmapped scalar fields."""


@dataclass(frozen=True, slots=True)
class StatedPerson(PersonFields, _Called):
    """A person as a document names or describes them."""

    name: str
    """As written."""
    names: tuple[str, ...] = ()
    """Identifiers that articles may use for them."""
    images: tuple[Image, ...] = ()
    """Portraits."""
    affiliation: StatedProvider | None = None
    """The organisation they belong to."""
    topics: tuple[str, ...] = ()
    """Labels of the topics they know about."""
    secured: bool = False
    """Whether the file holds an encrypted blob."""
    extra: Mapping[str, Scalar] = field(default_factory=lambda: NOTHING)
    """Unmapped scalar fields."""


class StatedMaterial(msgspec.Struct, frozen=True):
    """What a document says it is based on, and how far that can be trusted."""

    resource: str
    """An address, a path, or a description in words, as written; never empty."""
    key: str = ""
    """Its name in footnotes."""
    title: str | None = None
    """Its title."""
    author: str | None = None
    """Who or what made it, as written."""
    usage_count: int | None = None
    """How often it was used."""
    used_from: str | None = None
    """The first day of that use."""
    used_until: str | None = None
    """The last day of that use."""
    modified_at: str | None = None
    """Time or day of its last change."""
    line: int = 0
    """The line of the file, from 1; 0 where unknown."""
    notes: tuple[tuple[int, str], ...] = ()
    """Line and sentence of each claim that a footnote attributes to it."""


class StatedConcept(msgspec.Struct, frozen=True):
    """What only documents of Open Knowledge Format bundles say."""

    describes: str | None = None
    """The address of the thing that it describes."""
    status: str | None = None
    """Its lifecycle stage: `draft`, `stable`, `deprecated`, or another word."""
    expires: str | None = None
    """The day from which it is stale."""
    generated_by: str | None = None
    """Who or what wrote it."""
    verified_by: tuple[str, ...] = ()
    """Who or what confirmed it, in order."""
    verified_at: str | None = None
    """When it was last confirmed."""
    trust_tier: str | None = None
    """`unverified`, `machine-confirmed` or `human-reviewed`."""
    based_on: tuple[StatedMaterial, ...] = ()
    """What it is based on, in order."""


class StatedCollection(msgspec.Struct, frozen=True):
    """A folder of a bundle, as its index describes it; the links of its statement lead to its parts."""

    name: str
    """Its name; empty for a source as a whole."""
    description: str | None = None
    """What it contains."""


class StatedOwn(msgspec.Struct, frozen=True):
    """What an article states in fields of the site's own, by the name of the literal or relation.

    Relations that lead to articles are links of the document.
    """

    literals: Mapping[str, tuple[Scalar, ...]]
    """Values, in the form that the site's vocabulary gives each."""
    topics: Mapping[str, tuple[str, ...]]
    """Labels of topics."""
    people: Mapping[str, tuple[StatedPerson, ...]]
    """People, as they are named."""
    providers: Mapping[str, tuple[StatedProvider, ...]]
    """Organisations, as they are named."""


@dataclass(frozen=True, slots=True)
class StatedArticle(ArticleFields):
    """An article as one document states it, for itself or as a stub."""

    keys: tuple[str, ...] = ()
    """`match_key` of each of its addresses, without repeats; empty for an article without a URL."""
    title: str | None = None
    """As written."""
    images: tuple[Image, ...] = ()
    """Pictures, the main one first."""
    provider: StatedProvider | None = None
    """Who published it."""
    topics: tuple[str, ...] = ()
    """Topic labels."""
    broader: tuple[tuple[str, str], ...] = ()
    """Pairs of topic labels: a topic, and the one above it."""
    authors: tuple[StatedPerson, ...] = ()
    """Who wrote it."""
    related: References = field(default_factory=lambda: NO_REFERENCES)
    """What it is related to."""
    parts: References = field(default_factory=lambda: NO_REFERENCES)
    """A collection's items."""
    secured: bool = False
    """Whether the file holds an encrypted blob."""
    is_elsewhere: bool = False
    """Whether the document describes a work published at `url`, so that its own page is another address of the work."""
    concept: StatedConcept | None = None
    """What it says as a document of an Open Knowledge Format bundle."""
    extra: Mapping[str, Scalar] = field(default_factory=lambda: NOTHING)
    """Unmapped scalar fields."""
    own: StatedOwn | None = None
    """What it states in fields of the site's own; `None` if it has none."""
    fullness: int = 0
    """How many of the fields above are not empty; the fuller statement wins a merge."""


class Stub(msgspec.Struct, frozen=True, eq=False, array_like=True):
    """A stub that waits in a file."""

    number: int
    """Its number there."""
    keys: tuple[str, ...]
    """Those of what it states."""


Reference = tuple[int, StatedArticle | Stub | str]
"""A line (0 if unknown) and what it names: a stub, or the path of another document."""


class References(msgspec.Struct, frozen=True):
    """A list of references, kept small: there are tens of them in a document, and millions in a corpus."""

    packed_lines: bytes
    """The line of each, in four bytes."""
    targets: tuple[StatedArticle | Stub | str, ...]
    """What each names."""

    @classmethod
    def of(cls, references: Iterable[Reference]) -> References:
        """Return a list of references."""
        pairs = list(references)
        if not pairs:
            return NO_REFERENCES
        return cls(array("i", [line for line, _ in pairs]).tobytes(), tuple(target for _, target in pairs))

    def __iter__(self) -> Iterator[Reference]:
        """Yield each line with what it names."""
        return zip(memoryview(self.packed_lines).cast("i"), self.targets, strict=True)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.targets)


NO_REFERENCES: References = References(b"", ())
"""An empty list of references."""


class Link(msgspec.Struct, frozen=True):
    """A link that a document makes, in its text or in a field, before anyone knows where it leads."""

    target: str
    """Where it leads, as written: an address, a path, or the name of a document; never empty."""
    by_name: bool = False
    """Whether it names a document, as `[[Note]]`, `ref` or a field does, and is not an address or a relative path."""
    is_note: bool = False
    """Whether it is written `[[Note]]`: a missing note that several notes link to becomes a stub."""
    line: int = 0
    """The line of the file, from 1; 0 where unknown."""
    field: str = ""
    """The front-matter field that holds it; empty for a link in the text."""
    words: str = ""
    """The words of the link, plain text."""
    sentence: str = ""
    """The sentence around it, plain text."""
    relation: str = ""
    """The site's own relation that the field states; empty for any other link."""


class Statement(msgspec.Struct, frozen=True):
    """All that one document says, and its place in the source."""

    path: str
    """Relative to the source, `/`-separated."""
    line: int
    """Where the record begins, from 1."""
    subject: StatedArticle | StatedProvider | StatedTopic | StatedPerson | StatedCollection
    """What the document is about."""
    text: str = ""
    """The document's prose, for finding topics in it: plain text without code and addresses."""
    links: tuple[Link, ...] = ()
    """The links it makes, in order, besides those of `related` and `parts`."""
    places: tuple[str, ...] = ()
    """The addresses at which its site publishes it, its own first, then those that redirect to it: absolute if the
    site's base is known, otherwise paths of the site that begin with `/`. Empty for a record without a page."""
    names: tuple[str, ...] = ()
    """Other names that links may use for it: its slug and the aliases of a note."""
    lines: Mapping[str, int] = NO_LINES
    """The line, from 1, of each front-matter field that states a relation, by the name of the relation."""
    row: str = ""
    """If the file is a list of articles, the name of this one, unique in the file; otherwise empty."""
    tags: tuple[str, ...] = ()
    """Words written as `#tag` in its text; they are topics if the source is a vault of notes."""

    @property
    def document(self) -> str:
        """What distinguishes this document from all others: its path, and its row if the file holds several."""
        return f"{self.path}#{self.row}" if self.row else self.path
