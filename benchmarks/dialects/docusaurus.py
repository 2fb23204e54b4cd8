"""Docusaurus: a blog with days in its names, a manual with numbers before them, slugs, MDX."""

from __future__ import annotations

from benchmarks.dialects.common import (
    DECOYS,
    LOST,
    OUTSIDE,
    authors_of,
    by_address,
    by_html,
    by_path,
    by_path_and_heading,
    by_reference,
    rooted,
    topics_of,
    yaml_list,
)
from benchmarks.dialects.shape import Draft, Site, Style, written
from benchmarks.dialects.subjects import DAYS, SUBJECTS

__all__ = ["site"]

_ROOT = "https://docusaurus.example"
_CONFIGURATION = """\
// @ts-check
/** @type {import('@docusaurus/types').Config} */
const config = {
  title: 'The log',
  url: 'https://docusaurus.example',
  baseUrl: '/',
  presets: [
    [
      'classic',
      {
        docs: {routeBasePath: 'manual', sidebarPath: './sidebars.js'},
        blog: {routeBasePath: 'news', showReadingTime: true},
      },
    ],
  ],
};

module.exports = config;
"""
_MDX = "import Tabs from '@theme/Tabs';\nimport {Boat} from '../components';\n\nexport const year = 1984;\n\n"
_LOST = (*LOST, "Lost: [a page](/manual/lost-at-sea).")


def site() -> Site:
    """Return a Docusaurus site of a blog and a manual."""
    drafts = [_post(number) if number % 2 else _page(number) for number in range(len(SUBJECTS))]
    forms = (by_path, by_path_and_heading, rooted, by_reference, by_address, by_html, _by_alias)
    # An HTML comment is not a comment in MDX, and an address in angle brackets is an element there.
    decoys = [decoy for decoy in DECOYS if not decoy.startswith("<!--")]
    files, expected = written(
        drafts, Style(forms, [found for found in OUTSIDE if "<http" not in found[0]], _LOST, decoys)
    )
    return Site(None, {**files, "docusaurus.config.js": _CONFIGURATION}, expected)


def _post(number: int) -> Draft:
    subject, day = SUBJECTS[number], DAYS[number]
    lines = [
        f"title: {subject.field}",
        f"tags: {yaml_list(topics_of(number))}",
        f"authors: {yaml_list(authors_of(number))}",
    ]
    address = f"/news/{day.replace('-', '/')}/{subject.slug}"
    if number % 6 == 3:
        address = f"/news/{subject.slug}-again"
        lines.append(f"slug: {subject.slug}-again")
    names = (
        f"{day}-{subject.slug}.md",
        f"{day}-{subject.slug}/index.md",
        f"{day.replace('-', '/')}/{subject.slug}.mdx",
    )
    name = names[number // 2 % len(names)]
    if number % 6 == 3:
        lines.append(f"date: {day}T10:00")
        name = f"{subject.slug}.md"
    head = _front(lines) + (_MDX if name.endswith(".mdx") else "")
    return Draft(
        f"blog/{name}",
        subject.title,
        head,
        f"{subject.sentence}\n\n{{/* truncate */}}",
        subject.words,
        "",
        "",
        day,
        authors_of(number),
        topics_of(number),
        address=_ROOT + address,
    )


def _page(number: int) -> Draft:
    subject = SUBJECTS[number]
    folder, below = (("", ""), ("02-basics/", "basics/"), ("03-advanced/01-deep/", "advanced/deep/"))[number // 2 % 3]
    lines = [f"sidebar_position: {number}"]
    address = f"/manual/{below}{subject.slug}"
    if number % 8 == 2:
        address = f"/manual/{subject.slug}-again"
        lines.append(f"slug: /{subject.slug}-again")
    elif number % 8 == 4:
        address = f"/manual/{below}{subject.slug}-id"
        lines.append(f"id: {subject.slug}-id")
    mdx = number % 6 == 0
    return Draft(
        f"docs/{folder}{number:02}-{subject.slug}.md{'x' if mdx else ''}",
        subject.title,
        _front(lines) + (_MDX if mdx else "") + f"{subject.heading}\n\n",
        subject.sentence,
        subject.words,
        address=_ROOT + address,
    )


def _front(lines: list[str]) -> str:
    return "---\n" + "".join(f"{line}\n" for line in lines) + "---\n\n"


def _by_alias(_: Draft, there: Draft) -> str:
    return f"From afar: [about {there.words}](@site/{there.path})."
