"""MkDocs with Material: relative links, admonitions and tabs, pages titled by their headings, a blog."""

from __future__ import annotations

from benchmarks.dialects.common import (
    DECOYS,
    LOST,
    OUTSIDE,
    authors_of,
    by_address,
    by_path,
    by_path_and_heading,
    by_reference,
    topics_of,
)
from benchmarks.dialects.shape import Draft, Site, Style, relative, written
from benchmarks.dialects.subjects import DAYS, SUBJECTS

__all__ = ["site"]

_ROOT = "https://mkdocs.example/log/"
_CONFIGURATION = """\
site_name: The log
site_url: https://mkdocs.example/log/
theme:
  name: material
markdown_extensions:
  - admonition
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
plugins:
  - search
  - blog
nav:
  - Home: index.md
"""


def site() -> Site:
    """Return a MkDocs site of pages and a blog."""
    drafts = [_page(number) if number % 3 else _post(number) for number in range(len(SUBJECTS))]
    drafts.append(Draft("docs/index.md", "Welcome aboard", "# Welcome aboard\n\n", address=_ROOT, words="home"))
    forms = (by_path, _by_admonition, by_path_and_heading, _by_html, by_reference, by_address, _by_tab, _by_attributes)
    # With Python-Markdown a bare address is plain text.
    outside = [found for found in OUTSIDE if not found[0].startswith("A start")]
    files, expected = written(drafts, Style(forms, outside, LOST, DECOYS))
    return Site(None, {**files, "mkdocs.yml": _CONFIGURATION}, expected)


def _page(number: int) -> Draft:
    subject = SUBJECTS[number]
    folder = ("", "guide/", "guide/deep/")[number % 5 % 3]
    head = f"{subject.heading}\n\n"
    if number % 4 == 1:
        head = f"---\ntitle: {subject.field}\nicon: material/boat\n---\n\n# Another heading\n\n"
    elif number % 4 == 2:
        head = f"---\nhide: [toc]\n---\n\n[![Badge](https://badges.example/b.svg)](#)\n\n{subject.heading}\n\n"
    return Draft(
        f"docs/{folder}{subject.slug}.md",
        subject.title,
        head,
        subject.sentence,
        subject.words,
        address=f"{_ROOT}{folder}{subject.slug}/",
    )


def _post(number: int) -> Draft:
    subject, day = SUBJECTS[number], DAYS[number]
    date = f"date:\n  created: {day}\n  updated: 2026-01-01\n" if number % 2 else f"date: {day}\n"
    topics = "".join(f"  - {topic}\n" for topic in topics_of(number))
    authors = "".join(f"  - {author}\n" for author in authors_of(number))
    return Draft(
        f"docs/blog/posts/{subject.slug}.md",
        subject.title,
        f"---\n{date}slug: {subject.slug}\ncategories:\n{topics}authors:\n{authors}---\n\n{subject.heading}\n\n",
        f"{subject.sentence}\n\n<!-- more -->",
        subject.words,
        "",
        "",
        day,
        authors_of(number),
        topics_of(number),
        address=f"{_ROOT}blog/{day.replace('-', '/')}/{subject.slug}/",
    )


def _by_admonition(here: Draft, there: Draft) -> str:
    return f'!!! note "Read on"\n\n    See [{there.words}]({relative(here, there)}).'


def _by_tab(here: Draft, there: Draft) -> str:
    return f'=== "Sail"\n\n    Hoist it, as told [about {there.words}]({relative(here, there)}#hoist).'


def _by_attributes(here: Draft, there: Draft) -> str:
    return f"[Read about {there.words}]({relative(here, there)}){{ .md-button data-preview }}"


def _by_html(here: Draft, there: Draft) -> str:
    return f'<a href="{relative(here, there)}">About {there.words}</a> and back.'
