"""What a specimen site is made of: documents drafted with what they state, then written with links."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.comparing import Expected

__all__ = ["Draft", "Form", "Site", "Style", "relative", "written"]


@dataclass(frozen=True, slots=True)
class Site:
    """A small site in one dialect, and what a careful reader finds in it."""

    base: str | None
    """The address that a build is told; `None` where the site says it itself, or has none."""
    files: Mapping[str, str]
    """The text of each file, by path."""
    expected: Sequence[Expected]
    """What its documents say."""

    def write(self, folder: Path) -> None:
        """Write the files below a folder."""
        for path, text in self.files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")


@dataclass(frozen=True, slots=True)
class Draft:
    """A document before its text is written, and what it states."""

    path: str
    """Its path in the site."""
    title: str | None
    """Plain text; `None` where the dialect leaves open what the title is."""
    head: str = ""
    """What comes before the text: front matter, and a heading if that is the title; ends in a line break."""
    sentence: str = ""
    """How the text begins."""
    words: str = ""
    """How others call it in passing."""
    name: str = ""
    """How the dialect's own links call it."""
    link_to: str = ""
    """The address by which rooted links lead to it, where that is not the path of its own address."""
    day: str | None = None
    """When it was published."""
    authors: tuple[str, ...] = ()
    """Who wrote it."""
    topics: tuple[str, ...] = ()
    """What it is about."""
    provider: str | None = None
    """Who published it."""
    address: str | None = None
    """Where its site publishes it."""
    related: tuple[str, ...] = ()
    """Paths of the documents that its front matter calls related."""
    linked: tuple[str, ...] = ()
    """Paths of the documents that its front matter leads to."""
    outside: tuple[str, ...] = ()
    """Addresses elsewhere that its front matter or its heading leads to."""


Form = Callable[[Draft, Draft], str]
"""How one document links to another: a paragraph of the first."""


@dataclass(frozen=True, slots=True)
class Style:
    """How the documents of a dialect link."""

    forms: Sequence[Form] = ()
    """Each way to link to another document."""
    outside: Sequence[tuple[str, str]] = ()
    """Paragraphs with one link that leads elsewhere, and where."""
    lost: Sequence[str] = ()
    """Lines with one link that leads nowhere."""
    decoys: Sequence[str] = ()
    """Paragraphs that look like links, but are not."""
    paragraph: Callable[[str], str] = field(default=lambda text: text)
    """What encloses a paragraph."""
    end: str = ""
    """What comes after the text."""


_STEPS = (1, 4, 9)
"""To which of the documents after it each one links."""


def written(drafts: Sequence[Draft], style: Style) -> tuple[dict[str, str], list[Expected]]:
    """Return the text of each document by path, and what is expected of it.

    Every document links to three others, each time in the next form, and elsewhere. Every third has a link that leads
    nowhere, and every one has something that is not a link.
    """
    files: dict[str, str] = {}
    expected = []
    for number, draft in enumerate(drafts):
        paragraphs = [draft.sentence] if draft.sentence else []
        links, outside, broken = list(draft.linked), list(draft.outside), []
        for turn, step in enumerate(_STEPS if style.forms else ()):
            target = drafts[(number + step) % len(drafts)]
            form = style.forms[(number * len(_STEPS) + turn) % len(style.forms)]
            paragraphs.append(form(draft, target))
            links.append(target.path)
        if style.outside:
            text, address = style.outside[number % len(style.outside)]
            paragraphs.append(text)
            outside.append(address)
        if style.decoys:
            paragraphs.append(style.decoys[number % len(style.decoys)])
        text = draft.head + "".join(f"{style.paragraph(paragraph)}\n\n" for paragraph in paragraphs)
        if style.lost and number % 3 == 0:
            broken.append(text.count("\n") + 1)
            text += f"{style.paragraph(style.lost[number // 3 % len(style.lost)])}\n\n"
        files[draft.path] = text + style.end
        expected.append(
            Expected(
                draft.path,
                draft.title,
                draft.day,
                draft.authors,
                draft.topics,
                draft.provider,
                draft.address,
                draft.related,
                tuple(links),
                tuple(outside),
                tuple(broken),
            )
        )
    return files, expected


def relative(here: Draft, there: Draft) -> str:
    """Return the path that leads from one document to another."""
    return posixpath.relpath(there.path, posixpath.dirname(here.path) or ".")
