"""Zola: front matter in TOML, `@/` links, slugs without the date of the file's name, paths and aliases."""

from __future__ import annotations

import json

from benchmarks.dialects.common import DECOYS, LOST, OUTSIDE, authors_of, by_address, by_html, rooted, topics_of
from benchmarks.dialects.shape import Draft, Site, Style, written
from benchmarks.dialects.subjects import DAYS, SUBJECTS

__all__ = ["site"]

_ROOT = "https://zola.example/log"
_CONFIGURATION = """\
base_url = "https://zola.example/log"
title = "The log"
taxonomies = [{ name = "tags" }]

[markdown]
highlight_code = true
"""
_LOST = (*LOST, "Lost: [a post](@/blog/lost-at-sea.md).", "Lost: [a page](/log/blog/lost-at-sea/).")


def site() -> Site:
    """Return a Zola site of dated posts, pages in folders of their own, and a section."""
    drafts = [_post(number) for number in range(len(SUBJECTS))]
    drafts.append(
        Draft(
            "content/blog/_index.md",
            "All posts",
            '+++\ntitle = "All posts"\n+++\n',
            address=f"{_ROOT}/blog/",
            words="posts",
        )
    )
    forms = (_by_path, _by_heading, rooted, by_address, by_html)
    files, expected = written(drafts, Style(forms, OUTSIDE, _LOST, DECOYS))
    return Site(None, {**files, "config.toml": _CONFIGURATION}, expected)


def _post(number: int) -> Draft:
    subject, day = SUBJECTS[number], DAYS[number]
    lines = [f"title = {subject.field}"]
    name, slug, path, link_to = subject.slug, subject.slug, "", ""
    if number % 3:
        lines.append(f"date = {day}" if number % 3 == 1 else f"date = {day}T07:00:00Z")
    else:
        name = f"{day}-{name}"
    if number % 6 == 1:
        slug = f"{subject.slug}-again"
        lines.append(f'slug = "{slug}"')
    elif number % 6 == 5:
        path = f"special/{subject.slug}"
        lines.append(f'path = "{path}"')
    if number % 5 == 2:
        link_to = f"/log/old/{subject.slug}/"
        lines.append(f'aliases = ["old/{subject.slug}"]')
    lines += [f"authors = {json.dumps(authors_of(number), ensure_ascii=False)}"]
    lines += ["", "[taxonomies]", f"tags = {json.dumps(topics_of(number))}", "", "[extra]", "wide = true"]
    return Draft(
        f"content/blog/{name}/index.md" if number % 4 == 2 else f"content/blog/{name}.md",
        subject.title,
        "+++\n" + "\n".join(lines) + "\n+++\n\n",
        subject.sentence,
        subject.words,
        "",
        link_to,
        day,
        authors_of(number),
        topics_of(number),
        address=f"{_ROOT}/{path or f'blog/{slug}'}/",
    )


def _by_path(_: Draft, there: Draft) -> str:
    return f"Before that, read [about {there.words}](@/{there.path.removeprefix('content/')})."


def _by_heading(_: Draft, there: Draft) -> str:
    return f"The [end of {there.words}](@/{there.path.removeprefix('content/')}#the-end) says more."
