"""The graph in the syntaxes of RDF, several of which can be written in one pass over the subjects."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from mmap import mmap
from typing import TYPE_CHECKING, Any

import msgspec

from graph.names import concept_scheme_iri
from graph.publishing.splicing import Blocks
from graph.truth import Truth
from graph.views import Description, descriptions_of

if TYPE_CHECKING:
    from graph.publishing.differences import Differences


class Serialization(msgspec.Struct, frozen=True):
    """A truth in one syntax. Iterating over it yields the pieces of its text."""

    truth: Truth
    """The truth to write."""
    describe: Callable[[Description], str]
    """Returns the text of one subject."""
    begin: str
    """How a subject begins, up to its IRI, and nothing else in the text after a line break."""
    end: str = ">"
    """The character behind the IRI."""
    head: str = ""
    """The text before the first subject."""
    between: str = ""
    """The text between two subjects."""
    tail: str = ""
    """The text after the last subject."""

    def __iter__(self) -> Iterator[str]:
        """Yield the text: its head, a piece for each subject, its tail."""
        return (piece for (piece,) in side_by_side([self]))

    def blocks(self, content: mmap | bytes) -> Blocks:
        """Return the subjects in an earlier text of the same syntax."""
        texts = (self.head, self.begin, self.end, self.between, self.tail)
        return Blocks(content, *(text.encode() for text in texts))


def side_by_side(serializations: Sequence[Serialization]) -> Iterator[tuple[str, ...]]:
    """Yield the pieces of several serializations of one truth.

    Each subject is described once for all of them, which saves up to half of the work.
    """
    yield tuple(one.head for one in serializations)
    describers = [one.describe for one in serializations]
    between = [one.between for one in serializations]
    gaps = [""] * len(serializations)
    for description in descriptions_of(serializations[0].truth):
        yield tuple([gap + describe(description) for gap, describe in zip(gaps, describers, strict=True)])
        gaps = between
    yield tuple(one.tail for one in serializations)


def changed_descriptions(truth: Truth, differences: Differences) -> Mapping[str, Sequence[Description]]:
    """Return the subjects of which something was changed, added or removed, by IRI, each as it is in `truth`.

    An IRI may be that of several records, such as an article and a picture: all of them are described.
    """
    from graph.publishing.record_file import KINDS_OF_RECORDS

    scheme = concept_scheme_iri(truth.base)
    iris = sorted({*differences.iris, scheme})
    kinds = {name: getattr(truth, name) for name in KINDS_OF_RECORDS}
    some: dict[str, Any] = {
        name: {iri: records[iri] for iri in iris if iri in records} for name, records in kinds.items()
    }
    found: dict[str, list[Description]] = {iri: [] for iri in iris}
    for description in descriptions_of(replace(truth, **some)):
        found[description.iri].append(description)
    if truth.topics and not some["topics"]:
        found[scheme].append(Description(scheme, ("skos:ConceptScheme",), ()))
    return found
