"""Hexo: posts below `source/`, permalinks by day, times without a zone, tags that link."""

from __future__ import annotations

from benchmarks.dialects.common import DECOYS, LOST, OUTSIDE, authors_of, by_address, by_html, rooted, topics_of
from benchmarks.dialects.shape import Draft, Site, Style, written
from benchmarks.dialects.subjects import DAYS, SUBJECTS

__all__ = ["site"]

_ROOT = "https://hexo.example"
_CONFIGURATION = """\
title: The log
url: https://hexo.example
root: /
permalink: :year/:month/:day/:title/
new_post_name: :year-:month-:day-:title.md
timezone: UTC
"""
_LOST = (*LOST, "Lost: [a page](/2020/02/02/lost-at-sea/).")


def site() -> Site:
    """Return a Hexo site of posts and a page."""
    drafts = [_post(number) for number in range(len(SUBJECTS))]
    drafts.append(
        Draft(
            "source/about/index.md",
            "About us",
            "---\ntitle: About us\n---\n",
            address=f"{_ROOT}/about/",
            words="us",
            link_to="/about/",
        )
    )
    files, expected = written(drafts, Style((rooted, _by_tag, by_html, by_address), OUTSIDE, _LOST, DECOYS))
    return Site(None, {**files, "_config.yml": _CONFIGURATION}, expected)


def _post(number: int) -> Draft:
    subject, day = SUBJECTS[number], DAYS[number]
    lines = [f"title: {subject.field}", "tags:", *(f"- {topic}" for topic in topics_of(number))]
    lines += ["author:", *(f"- {author}" for author in authors_of(number))]
    if number % 2:
        lines.append(f"date: {day} 10:30:00")
    return Draft(
        f"source/_posts/{day}-{subject.slug}.md",
        subject.title,
        "---\n" + "\n".join(lines) + "\n---\n\n",
        f"{subject.sentence}\n\n<!-- more -->",
        subject.words,
        subject.slug,
        "",
        day,
        authors_of(number),
        topics_of(number),
        address=f"{_ROOT}/{day.replace('-', '/')}/{subject.slug}/",
    )


def _by_tag(here: Draft, there: Draft) -> str:
    if not there.name:
        return rooted(here, there)
    return f"Before that: {{% post_link {there.name} 'About {there.words}' %}}."
