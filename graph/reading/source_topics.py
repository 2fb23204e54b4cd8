"""Topics that depend on a whole source: the `#tags` in the notes of a vault, and folders if nothing states topics."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

import msgspec

from graph.expressions import expression
from graph.reading.located import is_sorted, without_number
from graph.statements import StatedArticle, StatedTopic, Statement

_VAULTS = frozenset({"logseq", "obsidian"})
_NOTES_IN_VAULT = 0.2
"""The part of the documents that link as `[[Note]]` does, from which on a source is a vault."""

_TAGGED_IN_VAULT = 0.5
_FEWEST_TAGGED = 3
"""A source without a generator is a vault, like notes of Bear, if more than this share of its documents, and at least
this number, have tags in their texts."""

_MARKDOWN = (".md", ".markdown", ".mdx", ".qmd", ".rmd")
_ROOTS = frozenset(
    "app archive articles blog blogs book content contents daily doc docs documentation documents drafts en english "
    "inbox journal journals main markdown md news notes page pages post posts public site source sources src static "
    "text texts topics vault web website www".split()
)
"""Names of folders that say how a site is organised, and not what its documents are about."""

_NUMBERED = expression(
    r"[\d._-]*|v\d[\w.]*|[a-z]{2}[-_][a-z]{2}|ar|cs|d[ae]|el|es|f[air]|he|hu|id|it|ja|ko|n[bl]|p[lt]|r[ou]|sv|t[hr]|uk|vi|zh",
    re.IGNORECASE,
)
"""Names of years, months, languages and versions."""

_INDEX = expression(r"(?:.*/)?(?:_?(?:index|readme)|\+page)(?:\.[\w-]+)?\.\w+", re.IGNORECASE)


class Notes(msgspec.Struct, frozen=True):
    """How many documents of a source are in Markdown, and how many have links and tags as notes do."""

    documents: int
    """How many are in Markdown."""
    linking: int
    """How many of these link as `[[Note]]` does."""
    tagged: int
    """How many of these have a `#tag` in their text."""

    @classmethod
    def of(cls, statements: Iterable[Statement]) -> Notes:
        """Count documents. Linear."""
        documents = linking = tagged = 0
        for statement in statements:
            if statement.path.lower().endswith(_MARKDOWN):
                documents += 1
                linking += any(link.is_note for link in statement.links)
                tagged += bool(statement.tags)
        return cls(documents, linking, tagged)

    def merged(self, other: Notes) -> Notes:
        """Return the counts of both."""
        return Notes(self.documents + other.documents, self.linking + other.linking, self.tagged + other.tagged)

    def are_vault(self, generator: str) -> bool:
        """Return whether a source is a vault of notes, by its program or by the links and tags of its documents."""
        are_linked = self.linking > 0 and self.linking >= _NOTES_IN_VAULT * self.documents
        are_tagged = self.tagged >= _FEWEST_TAGGED and self.tagged > _TAGGED_IN_VAULT * self.documents
        return generator in _VAULTS or are_linked or (are_tagged and not generator)


class TopicsStated(msgspec.Struct, frozen=True):
    """The facts that decide whether the folders of a source are topics."""

    any_stated: bool
    """Whether a document states a topic."""
    folders: frozenset[tuple[str, ...]]
    """The folders of articles; of many, the first two in order."""

    @classmethod
    def of(cls, statements: Sequence[Statement]) -> TopicsStated:
        """Look for topics and folders. Linear."""
        if any(_has_topic(statement) for statement in statements):
            return cls(any_stated=True, folders=frozenset())
        return cls(any_stated=False, folders=_first({_folders(one.path) for one in statements if _is_article(one)}))

    def merged(self, other: TopicsStated) -> TopicsStated:
        """Return what both say together."""
        if self.any_stated or other.any_stated:
            return TopicsStated(any_stated=True, folders=frozenset())
        return TopicsStated(any_stated=False, folders=_first(self.folders | other.folders))

    def folders_are_topics(self) -> bool:
        """Return whether no document states a topic and they lie in several folders: a single one is a section."""
        return not self.any_stated and len(self.folders) > 1


def _first(folders: AbstractSet[tuple[str, ...]]) -> frozenset[tuple[str, ...]]:
    return frozenset(sorted(folders - {()})[:2])


def with_tags(statement: Statement) -> Statement:
    """Return the statement of a note, its article with the tags in its text as topics."""
    subject = statement.subject
    if not statement.tags or not isinstance(subject, StatedArticle):
        return statement
    return msgspec.structs.replace(
        statement, subject=replace(subject, topics=tuple(dict.fromkeys((*subject.topics, *statement.tags))))
    )


def _is_article(statement: Statement) -> bool:
    return isinstance(statement.subject, StatedArticle)


def _has_topic(statement: Statement) -> bool:
    subject = statement.subject
    return isinstance(subject, StatedTopic) or (isinstance(subject, StatedArticle) and bool(subject.topics))


def _folders(path: str) -> tuple[str, ...]:
    """Return the folders of a document that may be what it is about, the highest first.

    A folder with one document and its pictures does not count: its `index.md` represents it. Folders such as `_posts`
    and what lies in them say what kind of a document it is; Jekyll takes those above for its categories.
    """
    above = path.split("/")[:-1]
    if _INDEX.fullmatch(path) and not path.rpartition("/")[2].startswith("_"):
        above = above[:-1]
    above = list(itertools.takewhile(lambda name: name[0] != "_", above))
    names = (without_number(name) if is_sorted(name) else name for name in above)
    return tuple(name for name in names if name.lower() not in _ROOTS and not _NUMBERED.fullmatch(name))


def with_folder(statement: Statement) -> Statement:
    """Return the statement of a document, its article with its folder as a topic below those above."""
    subject = statement.subject
    above = _folders(statement.path) if isinstance(subject, StatedArticle) else ()
    if not above or not isinstance(subject, StatedArticle):
        return statement
    *_, label = above
    broader = tuple((below, over) for over, below in itertools.pairwise(above) if below != over)
    return msgspec.structs.replace(
        statement, subject=replace(subject, topics=tuple(dict.fromkeys((*subject.topics, label))), broader=broader)
    )
