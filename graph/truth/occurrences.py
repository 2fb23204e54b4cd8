"""Where articles are described: in their own documents, or as stubs in others; in memory, or in a file."""

from __future__ import annotations

from abc import ABC, abstractmethod
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import Generic, NamedTuple, TypeVar

import msgspec

from graph.reading.spool import Spooled
from graph.statements import StatedArticle, Statement, Stub


class Occurrence(NamedTuple):
    """One place where an article is described: its own document, or a stub in another."""

    is_stub: bool
    """Whether it is a stub in the document of another article."""
    place: tuple[str, int]
    """Path and line of the document."""
    stated: StatedArticle
    """The description."""
    document: Statement
    """The document that contains it."""


class Same(msgspec.Struct, frozen=True):
    """One article and all its occurrences."""

    iri: str
    """The IRI of the article."""
    said: Sequence[Occurrence]
    """Best first."""


Handle = TypeVar("Handle")
"""What represents an occurrence: itself, or its number in a file."""


class Occurrences(ABC, Generic[Handle]):
    """The occurrences of articles in some statements."""

    handles: Sequence[Handle]
    """All of them, documents before stubs."""

    @abstractmethod
    def load(self, one: Handle) -> Occurrence:
        """Return an occurrence."""

    @abstractmethod
    def keys_of(self, one: Handle) -> tuple[str, ...]:
        """Return the keys of the addresses of the article."""

    @abstractmethod
    def place_of(self, one: Handle) -> tuple[tuple[str, int], str]:
        """Return path and line of the document that contains it, and the row of that."""

    @abstractmethod
    def document_of(self, one: Handle) -> str | None:
        """Return `Statement.document` of an occurrence that is not a stub."""

    @abstractmethod
    def same(self, articles: Sequence[tuple[str, Sequence[Handle]]]) -> Sequence[Same]:
        """Return articles, given the IRI of each with its occurrences, the best first."""

    def documents(self) -> Iterator[str]:
        """Yield `Statement.document` of all articles that have one."""
        return (document for one in self.handles if (document := self.document_of(one)) is not None)


class Held(Occurrences[Occurrence]):
    """Those in statements in memory."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        """Find the occurrences."""
        self.handles = occurrences_in(statements)

    def load(self, one: Occurrence) -> Occurrence:
        """Return the occurrence itself."""
        return one

    def keys_of(self, one: Occurrence) -> tuple[str, ...]:
        """Return the keys of the addresses of the article."""
        return one.stated.keys

    def place_of(self, one: Occurrence) -> tuple[tuple[str, int], str]:
        """Return path and line of the document that contains it, and the row of that."""
        return one.place, one.document.row

    def document_of(self, one: Occurrence) -> str | None:
        """Return `Statement.document` of an occurrence that is not a stub."""
        return None if one.is_stub else one.document.document

    def same(self, articles: Sequence[tuple[str, Sequence[Occurrence]]]) -> Sequence[Same]:
        """Return articles, given the IRI of each with its occurrences, the best first."""
        return [Same(iri, said) for iri, said in articles]


class Filed(Occurrences[int]):
    """Those in a spool: documents by number, and stubs by the numbers below zero.

    Only keys are in memory.
    """

    def __init__(self, statements: Spooled) -> None:
        """Find the occurrences. Each statement is decoded once."""
        self._statements, self._spool = statements, statements.spool
        self._rows: dict[int, str] = {}
        self._keys: list[tuple[str, ...]] = []
        stubs = self._spool.stubs
        self._first, self._first_line = array("i", [-1]) * stubs, array("i", [0]) * stubs
        articles = array("i")
        for number, statement in enumerate(statements):
            subject = statement.subject
            if not isinstance(subject, StatedArticle):
                self._keys.append(())
                continue
            articles.append(number)
            self._keys.append(subject.keys)
            if statement.row:
                self._rows[number] = statement.row
            for references in (subject.related, subject.parts):
                for line, target in references:
                    if isinstance(target, Stub):
                        self._note(target.number, number, (statement.path, line))
        articles.extend(~stub for stub, known in enumerate(self._first) if known >= 0)
        self.handles = articles

    def _note(self, stub: int, number: int, place: tuple[str, int]) -> None:
        """Note where a stub is, unless it was at an earlier place."""
        if self._first[stub] < 0 or place < self.place_of(~stub)[0]:
            self._first[stub], self._first_line[stub] = number, place[1]

    def load(self, one: int) -> Occurrence:
        """Return an occurrence, decoded."""
        if one < 0:
            place, _ = self.place_of(one)
            stated = self._spool.stub(~one)
            return Occurrence(is_stub=True, place=place, stated=stated, document=Statement(*place, stated))
        statement = self._statements[one]
        subject = statement.subject
        assert isinstance(subject, StatedArticle)  # noqa: S101 - others have no handle
        return Occurrence(False, (statement.path, statement.line), subject, statement)  # noqa: FBT003 - of a tuple

    def keys_of(self, one: int) -> tuple[str, ...]:
        """Return the keys of the addresses of the article."""
        return self._keys[one] if one >= 0 else self._spool.keys_of(~one)

    def place_of(self, one: int) -> tuple[tuple[str, int], str]:
        """Return path and line of the document that contains it, and the row of that."""
        if one < 0:
            return (self._statements.place_of(self._first[~one])[0], self._first_line[~one]), ""
        return self._statements.place_of(one), self._rows.get(one, "")

    def document_of(self, one: int) -> str | None:
        """Return `Statement.document` of an occurrence that is not a stub."""
        if one < 0:
            return None
        (path, _), row = self.place_of(one)
        return f"{path}#{row}" if row else path

    def same(self, articles: Sequence[tuple[str, Sequence[int]]]) -> Sequence[Same]:
        """Return articles, which are decoded whenever they are asked for."""
        return Gathered(self, articles)


class Gathered(Sequence[Same]):
    """Articles whose occurrences are in a file."""

    def __init__(self, filed: Filed, articles: Sequence[tuple[str, Sequence[int]]]) -> None:
        """Take articles by their IRIs, each with its occurrences, the best first."""
        self._filed = filed
        self._iris = [iri for iri, _ in articles]
        self._said = array("i", chain.from_iterable(said for _, said in articles))
        self._ends = array("I", accumulate((len(said) for _, said in articles), initial=0))

    def __len__(self) -> int:
        return len(self._iris)

    def __getitem__(self, place: int) -> Same:  # type: ignore[override] # nothing takes a part
        said = self._said[self._ends[place] : self._ends[place + 1]]
        return Same(self._iris[place], list(map(self._filed.load, said)))


def occurrences_in(statements: Iterable[Statement]) -> list[Occurrence]:
    """Return all occurrences of articles; a stub object that documents share counts once, at its first place."""
    documents: list[Occurrence] = []
    # By identity: documents mostly share one object for one stub, and comparing by value takes longer than everything
    # else here. `best_first` compares the few that are left.
    stubs: dict[int, Occurrence] = {}
    for statement in statements:
        subject = statement.subject
        if not isinstance(subject, StatedArticle):
            continue
        path = statement.path
        documents.append(Occurrence(is_stub=False, place=(path, statement.line), stated=subject, document=statement))
        for references in (subject.related, subject.parts):
            for (line, target), known in zip(references, map(stubs.get, map(id, references.targets)), strict=True):
                if known is not None and path > known.place[0]:
                    continue
                place = (path, line)
                if isinstance(target, StatedArticle) and (known is None or place < known.place):
                    stubs[id(target)] = Occurrence(is_stub=True, place=place, stated=target, document=statement)
    return [*documents, *stubs.values()]
