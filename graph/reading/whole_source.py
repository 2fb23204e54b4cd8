"""Facts about documents that only the whole source shows: folders of records, and topics from tags and folders.

It is found in up to three rounds. In each, a function makes a state of some of the documents, and the states of all
parts are merged; which documents are together, and in which order they come, makes no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Protocol, Self, TypeVar

import msgspec

from graph.reading.recognising import RecordFolders, Values, restated
from graph.reading.settings import Settings
from graph.reading.source_topics import Notes, TopicsStated, with_folder, with_tags
from graph.statements import Statement


class State(Protocol):
    """What some documents tell; merging is commutative and associative."""

    def merged(self, other: Self) -> Self:
        """Return what the documents of both tell."""


AnyState = TypeVar("AnyState", bound=State)
"""What `Gather` is asked for and returns: any state."""


class Gather(Protocol):
    """Calls a function with all documents, a part at a time, and merges the states that it returns."""

    def __call__(self, state_of: Callable[[Sequence[Statement]], AnyState], /) -> AnyState:
        """Return the merged state."""


class WholeSource(msgspec.Struct, frozen=True):
    """What a whole source tells."""

    kinds: Mapping[str, str]
    """The kind of the records of each folder that holds undeclared ones."""
    is_vault: bool
    """Whether it is a vault of notes, in which the tags in texts are topics."""
    has_topic_folders: bool
    """Whether the folders of its documents are topics."""

    @property
    def changes_any(self) -> bool:
        """Whether `as_whole` may change a statement."""
        return bool(self.kinds) or self.is_vault or self.has_topic_folders


class _First(msgspec.Struct, frozen=True):
    values: Values
    notes: Notes

    @classmethod
    def of(cls, statements: Sequence[Statement]) -> _First:
        return cls(Values.of(statements), Notes.of(statements))

    def merged(self, other: _First) -> _First:
        return _First(self.values.merged(other.values), self.notes.merged(other.notes))


def learn_source(gather: Gather, settings: Settings) -> WholeSource:
    """Learn from all documents of a source what its settings leave open."""
    first = gather(_First.of)
    values = first.values
    kinds: Mapping[str, str] = {}
    if values.name_files():
        decided = [folder for folder, _ in settings.kinds]
        kinds = gather(partial(RecordFolders.of, values=values, decided=decided)).kinds(values)
    vault = first.notes.are_vault(settings.site.generator)
    folders = settings.folder_topics
    if folders is None:
        before = WholeSource(kinds, vault, has_topic_folders=False)
        folders = gather(partial(_topics_stated, source=before)).folders_are_topics()
    return WholeSource(kinds, vault, folders)


def _topics_stated(statements: Sequence[Statement], source: WholeSource) -> TopicsStated:
    return TopicsStated.of(as_whole(statements, source))


def as_whole(statements: Iterable[Statement], source: WholeSource) -> Sequence[Statement]:
    """Return statements as they are in the light of their whole source. Linear."""
    found: Iterable[Statement] = statements
    if source.kinds:
        found = (restated(statement, source.kinds) for statement in found)
    if source.is_vault:
        found = map(with_tags, found)
    if source.has_topic_folders:
        found = map(with_folder, found)
    return list(found)
