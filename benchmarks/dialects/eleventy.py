"""Eleventy: dates in file names, which stay in addresses; permalinks, filters in links, data beside the files."""

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
    rooted_path,
    spelled,
    topics_of,
)
from benchmarks.dialects.shape import Draft, Site, Style, written
from benchmarks.dialects.subjects import DAYS, SUBJECTS

__all__ = ["site"]

_ROOT = "https://eleventy.example"
_CONFIGURATION = """\
export default function (eleventyConfig) {
  eleventyConfig.addPassthroughCopy("pictures");
}
"""
_LOST = (*LOST, "Lost: [a page](/posts/lost-at-sea/).")


def site() -> Site:
    """Return an Eleventy site of posts and notes, published at an address that a build is told."""
    drafts = [_document(number) for number in range(len(SUBJECTS))]
    forms = (rooted, _by_filter, by_path, by_html, by_address)
    files, expected = written(drafts, Style(forms, OUTSIDE, _LOST, DECOYS))
    files |= {"eleventy.config.js": _CONFIGURATION, "posts/posts.json": '{"layout": "post.njk", "tags": "post"}\n'}
    files["posts/letters/letters.json"] = '{"permalink": "/letters/{{ page.fileSlug }}/"}\n'
    return Site(f"{_ROOT}/", files, expected)


def _document(number: int) -> Draft:
    subject, day = SUBJECTS[number], DAYS[number]
    folder = ("posts", "notes", "posts/letters")[number % 3]
    lines = [f"title: {subject.field}", "tags:", *(f"  - {topic}" for topic in topics_of(number))]
    lines += ["author:", *(f"  - {author}" for author in authors_of(number))]
    name = f"{day}-{subject.slug}"
    if number % 4 == 1:
        name = subject.slug
        lines.append(f'date: "{spelled(day, number // 4)}"')
    path = f"/{folder}/{name}/"
    if folder == "posts/letters":
        path = f"/letters/{subject.slug}/"
    if number % 7 == 3:
        path = f"/special/{subject.slug}/"
        lines.append(f'permalink: "{path if number % 2 else "/special/{{ page.fileSlug }}/"}"')
    return Draft(
        f"{folder}/{name}/{name}.md"
        if number % 9 == 8 and number % 4 != 1 and number % 7 != 3
        else f"{folder}/{name}.md",
        subject.title,
        "---\n" + "\n".join(lines) + "\n---\n\n",
        subject.sentence,
        subject.words,
        "",
        "",
        day,
        authors_of(number),
        topics_of(number),
        address=_ROOT + path,
    )


def _by_filter(_: Draft, there: Draft) -> str:
    return f'See [{there.words}]({{{{ "{rooted_path(there)}" | url }}}}).'
