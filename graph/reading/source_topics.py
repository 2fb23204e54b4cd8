"""Topics that depend on a whole source: the `#tags` in the notes of a vault, and folders if nothing states topics."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from graph.statements import StatedArticle, StatedTopic, Statement

__all__ = ["is_vault", "with_source_topics"]

_VAULTS = frozenset({"logseq", "obsidian"})
_NOTES_IN_VAULT = 0.2
"""The part of the documents that link as `[[Note]]` does, from which on a source is a vault."""

_MARKDOWN = (".md", ".markdown", ".mdx", ".qmd", ".rmd")
_ROOTS = frozenset(
    "app archive articles blog blogs book content contents daily doc docs documentation documents drafts en english "
    "inbox journal journals main markdown md news notes page pages post posts public site source sources src static "
    "text texts topics vault web website www".split()
)
"""Names of folders that say how a site is built, and not what its documents are about."""

_NUMBERED = re.compile(
    r"[\d._-]*|v\d[\w.]*|[a-z]{2}[-_][a-z]{2}|ar|cs|d[ae]|el|es|f[air]|he|hu|id|it|ja|ko|n[bl]|p[lt]|r[ou]|sv|t[hr]|uk|vi|zh",
    re.IGNORECASE,
)
"""Names of years, months, languages and versions."""

_INDEX = re.compile(r"(?:.*/)?_?(?:index|readme)(?:\.[\w-]+)?\.\w+", re.IGNORECASE)


def is_vault(statements: Iterable[Statement], generator: str) -> bool:
    """Tell whether a source is a vault of notes: its program says so, or its documents link as notes do."""
    if generator in _VAULTS:
        return True
    documents = linking = 0
    for statement in statements:
        if statement.path.lower().endswith(_MARKDOWN):
            documents += 1
            linking += any(link.is_note for link in statement.links)
    return linking > 0 and linking >= _NOTES_IN_VAULT * documents


def with_source_topics(
    statements: Sequence[Statement], *, vault: bool, folders: bool | None = None
) -> Sequence[Statement]:
    """Return the statements of a source, their articles with the topics that depend on the whole source.

    The tags in the text count in a `vault`. Folders are topics if `folders` says so, or, where it says nothing, if no
    document states a topic and their documents lie in several: a single one is a section of the site.
    """
    if vault:
        statements = [_with_tags(statement) for statement in statements]
    if folders is None:
        folders = not any(_has_topic(statement) for statement in statements)
        folders = folders and len({_folders(one.path) for one in statements if _is_article(one)} - {()}) > 1
    return [_with_folder(statement) for statement in statements] if folders else statements


def _is_article(statement: Statement) -> bool:
    return isinstance(statement.subject, StatedArticle)


def _has_topic(statement: Statement) -> bool:
    subject = statement.subject
    return isinstance(subject, StatedTopic) or (isinstance(subject, StatedArticle) and bool(subject.topics))


def _with_tags(statement: Statement) -> Statement:
    subject = statement.subject
    if not statement.tags or not isinstance(subject, StatedArticle):
        return statement
    return replace(statement, subject=replace(subject, topics=tuple(dict.fromkeys((*subject.topics, *statement.tags)))))


def _folders(path: str) -> tuple[str, ...]:
    """Return the folders of a document that may be what it is about, the highest first.

    A folder with one document and its pictures does not count: its `index.md` represents it. Folders such as `_posts`
    and what lies in them say what kind of a document it is; Jekyll takes those above for its categories.
    """
    above = path.split("/")[:-1]
    if _INDEX.fullmatch(path) and not path.rpartition("/")[2].startswith("_"):
        above = above[:-1]
    above = list(itertools.takewhile(lambda name: name[0] != "_", above))
    return tuple(name for name in above if name.lower() not in _ROOTS and not _NUMBERED.fullmatch(name))


def _with_folder(statement: Statement) -> Statement:
    subject = statement.subject
    above = _folders(statement.path) if isinstance(subject, StatedArticle) else ()
    if not above or not isinstance(subject, StatedArticle):
        return statement
    *_, label = above
    broader = tuple((below, over) for over, below in itertools.pairwise(above) if below != over)
    return replace(
        statement, subject=replace(subject, topics=tuple(dict.fromkeys((*subject.topics, label))), broader=broader)
    )
