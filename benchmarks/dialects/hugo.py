"""Hugo: sections, bundles, permalinks, front matter in three languages, shortcodes in links, aliases."""

from __future__ import annotations

import json

from benchmarks.dialects.common import (
    DECOYS,
    LOST,
    OUTSIDE,
    authors_of,
    by_address,
    by_html,
    by_path,
    rooted,
    topics_of,
)
from benchmarks.dialects.shape import Draft, Site, Style, written
from benchmarks.dialects.subjects import DAYS, SUBJECTS

__all__ = ["site"]

_ROOT = "https://hugo.example"
_CONFIGURATION = """\
baseURL = "https://hugo.example/"
title = "The log"

[permalinks]
  posts = "/:year/:month/:slug/"
"""
_LOST = (*LOST, 'Lost: [a post]({{< ref "posts/lost-at-sea.md" >}}).', "Lost: [a page](/guides/lost-at-sea/).")


def site() -> Site:
    """Return a Hugo site of posts, bundles, guides and a log with dates in its names."""
    drafts = [_post(number) for number in range(len(SUBJECTS))]
    drafts += [_guide(number) for number in range(1, len(SUBJECTS), 4)]
    drafts += [_log(number) for number in range(2, len(SUBJECTS), 6)]
    drafts.append(
        Draft(
            "content/guides/_index.md",
            "All guides",
            "---\ntitle: All guides\n---\n",
            address=f"{_ROOT}/guides/",
            words="guides",
        )
    )
    forms = (_by_ref, _by_relref, by_path, rooted, by_address, by_html, _by_name)
    files, expected = written(drafts, Style(forms, OUTSIDE, _LOST, DECOYS))
    return Site(None, {**files, "hugo.toml": _CONFIGURATION}, expected)


def _post(number: int) -> Draft:
    subject, day = SUBJECTS[number], DAYS[number]
    values: dict[str, object] = {
        "title": json.loads(subject.field),
        ("date", "publishDate")[number % 2]: f"{day}T09:00:00+01:00",
        "slug": subject.slug,
        "tags": list(topics_of(number)),
        "authors": list(authors_of(number)),
    }
    path = f"/{day[:4]}/{day[5:7]}/{subject.slug}/"
    link_to = ""
    if number % 7 == 3:
        values["url"] = path = f"/special/{subject.slug}/"
    if number % 5 == 2:
        link_to = f"/old/{subject.slug}/"
        values["aliases"] = [link_to, f"/older/{number}/"]
    name = f"{subject.slug}-{number}"
    return Draft(
        f"content/posts/{name}/index.md" if number % 4 == 1 else f"content/posts/{name}.md",
        subject.title,
        _front(values, number % 3),
        subject.sentence,
        subject.words,
        f"posts/{name}",
        link_to,
        day,
        authors_of(number),
        topics_of(number),
        address=_ROOT + path,
    )


def _guide(number: int) -> Draft:
    name = f"guides/{SUBJECTS[number].slug}-guide"
    return Draft(
        f"content/{name}.md",
        f"Guide {number}",
        _front({"title": f"Guide {number}", "weight": number}, 0),
        "Begin here.",
        f"guide {number}",
        name,
        address=f"{_ROOT}/{name}/",
    )


def _log(number: int) -> Draft:
    day = DAYS[-number]
    name = f"log/{day}-{SUBJECTS[number].slug}"
    return Draft(
        f"content/{name}.md",
        f"Log of voyage {number}",
        _front({"title": f"Log of voyage {number}"}, 0),
        "Calm.",
        f"voyage {number}",
        name,
        day=day,
        address=f"{_ROOT}/{name}/",
    )


def _front(values: dict[str, object], language: int) -> str:
    if language == 1:
        # A JSON string or list of strings is also valid TOML, and a time needs no quotes.
        lines = [f"{name} = {value if 'ate' in name else _json(value)}\n" for name, value in values.items()]
        return "+++\n" + "".join(lines) + "+++\n\n"
    if language == 2:
        return json.dumps(values, ensure_ascii=False, indent=2) + "\n\n"
    return "---\n" + "".join(f"{name}: {_json(value)}\n" for name, value in values.items()) + "---\n\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _by_ref(_: Draft, there: Draft) -> str:
    return f'Before that, read [about {there.words}]({{{{< ref "/{there.path.removeprefix("content/")}" >}}}}).'


def _by_relref(_: Draft, there: Draft) -> str:
    return f'More [about {there.words}]({{{{% relref "{there.name or "guides/_index.md"}#end" %}}}}).'


def _by_name(_: Draft, there: Draft) -> str:
    name = (there.name or "guides").rpartition("/")[2]
    return f"Once more [about {there.words}]({{{{< ref {name} >}}}})."
