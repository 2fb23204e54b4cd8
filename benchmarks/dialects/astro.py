"""Astro: collections below `src/content`, days in every spelling and under every name, MDX."""

from __future__ import annotations

from benchmarks.dialects.common import (
    DECOYS,
    LOST,
    OUTSIDE,
    authors_of,
    by_address,
    by_html,
    by_path,
    rooted,
    spelled,
    topics_of,
    yaml_list,
)
from benchmarks.dialects.shape import Draft, Site, Style, written
from benchmarks.dialects.subjects import DAYS, SUBJECTS

__all__ = ["site"]

_ROOT = "https://astro.example"
_CONFIGURATION = """\
import { defineConfig } from 'astro/config';

export default defineConfig({
  site: 'https://astro.example',
  integrations: [],
});
"""
_NAMES = ("pubDate", "publishDate", "publishedAt", "datePublished", "pubDatetime", "publish_date", "createdAt", "date")
_MDX = "import Boat from '../../components/Boat.astro';\n\n<Boat client:load />\n\n"
_LOST = (*LOST, "Lost: [a page](/blog/lost-at-sea/).")


def site() -> Site:
    """Return an Astro site of posts and a page."""
    drafts = [_post(number) for number in range(len(SUBJECTS))]
    drafts.append(
        Draft("src/pages/about.md", "About us", "---\ntitle: About us\n---\n", address=f"{_ROOT}/about/", words="us")
    )
    forms = (rooted, by_path, by_html, by_address)
    files, expected = written(drafts, Style(forms, OUTSIDE, _LOST, DECOYS))
    return Site(None, {**files, "astro.config.mjs": _CONFIGURATION}, expected)


def _post(number: int) -> Draft:
    subject, day = SUBJECTS[number], DAYS[number]
    lines = [
        f"title: {subject.field}",
        f"{_NAMES[number % len(_NAMES)]}: '{spelled(day, number)}'",
        "updatedDate: '2026-01-01'",
        f"tags: {yaml_list(topics_of(number))}",
    ]
    authors = authors_of(number)
    lines.append(f"authors: {yaml_list(authors)}" if len(authors) > 1 else f"author: {authors[0]}")
    slug = subject.slug
    if number % 6 == 4:
        slug = f"{subject.slug}-again"
        lines.append(f"slug: {slug}")
    mdx = number % 5 == 2
    return Draft(
        f"src/content/blog/{subject.slug}.md{'x' if mdx else ''}",
        subject.title,
        "---\n" + "\n".join(lines) + "\n---\n\n" + (_MDX if mdx else ""),
        subject.sentence,
        subject.words,
        "",
        "",
        day,
        authors,
        topics_of(number),
        address=f"{_ROOT}/blog/{slug}/",
    )
