"""Jekyll: posts with dates in their names, collections, permalinks, defaults by scope, Liquid in links."""

from __future__ import annotations

from benchmarks.dialects.common import (
    DECOYS,
    LOST,
    OUTSIDE,
    authors_of,
    by_address,
    by_html,
    by_path,
    by_reference,
    rooted,
    rooted_path,
    topics_of,
    yaml_list,
)
from benchmarks.dialects.shape import Draft, Site, Style, written
from benchmarks.dialects.subjects import DAYS, SUBJECTS

__all__ = ["site"]

_ROOT = "https://jekyll.example/log"
_CONFIGURATION = """\
title: The log
url: https://jekyll.example
baseurl: /log
permalink: /:year/:month/:title/
collections:
  recipes:
    output: true
    permalink: /kitchen/:name/
defaults:
  - scope: {path: "", type: posts}
    values: {layout: post, author: Ada Holm}
"""
_LAYOUT = "<!doctype html><html><head><title>{{ page.title }}</title></head><body>{{ content }}</body></html>\n"
_LOST = (
    *LOST,
    "Lost: [a post]({% post_url 2020-02-02-lost-at-sea %}).",
    "Lost: [a recipe]({% link _recipes/lost-at-sea.md %}).",
    "Lost: [a page](/log/2020/02/lost-at-sea/).",
)


def site() -> Site:
    """Return a Jekyll site of posts, recipes and a page."""
    drafts = [_post(number) for number in range(len(SUBJECTS))]
    drafts += [_recipe(number) for number in range(0, len(SUBJECTS), 4)]
    drafts.append(
        Draft(
            "about.md",
            "About us",
            "---\ntitle: About us\npermalink: /about/\n---\n",
            address=f"{_ROOT}/about/",
            words="us",
        )
    )
    forms = (_by_liquid, _by_base, by_path, _by_filter, rooted, by_address, by_html, by_reference, _by_link)
    files, expected = written(drafts, Style(forms, OUTSIDE, _LOST, DECOYS))
    files |= {"_config.yml": _CONFIGURATION, "_layouts/default.html": _LAYOUT, "_includes/head.html": "<h1>Log</h1>\n"}
    return Site(None, files, expected)


def _post(number: int) -> Draft:
    subject, day = SUBJECTS[number], DAYS[number]
    name = f"{day}-{subject.slug}"
    folder = "_posts/letters" if number % 9 == 4 else "_posts"
    lines = [f"title: {subject.field}", f"tags: {yaml_list(topics_of(number))}"]
    lines += [[], [f"date: {day} 10:00:00 +0100"], [f"date: {day}"]][number % 3]
    authors = authors_of(number) if number % 2 else ("Ada Holm",)
    if number % 2:
        lines.append(f"authors: {yaml_list(authors)}" if len(authors) > 1 else f"author: {authors[0]}")
    path = f"/{day[:4]}/{day[5:7]}/{subject.slug}/"
    if number % 7 == 3:
        path = f"/special/{subject.slug}.html"
        lines.append(f"permalink: {path}")
    link_to = ""
    if number % 5 == 2:
        link_to = f"/log/old/{subject.slug}/"
        lines.append(f"redirect_from: [/old/{subject.slug}/, /older/{number}/]")
    return Draft(
        f"{folder}/{name}.md",
        subject.title,
        _front(lines),
        subject.sentence,
        subject.words,
        f"letters/{name}" if folder.endswith("letters") else name,
        link_to,
        day,
        authors,
        topics_of(number),
        address=_ROOT + path,
    )


def _recipe(number: int) -> Draft:
    subject = SUBJECTS[number]
    slug = f"{subject.slug}-pie"
    return Draft(
        f"_recipes/{slug}.md",
        f"Pie number {number}",
        _front([f"title: Pie number {number}"]),
        "Bake it.",
        f"pie {number}",
        address=f"{_ROOT}/kitchen/{slug}/",
    )


def _front(lines: list[str]) -> str:
    return "---\n" + "".join(f"{line}\n" for line in lines) + "---\n\n"


def _by_liquid(_: Draft, there: Draft) -> str:
    tag = f"post_url {there.name}" if there.name else f"link {there.path}"
    return f"Before that, read [about {there.words}]({{% {tag} %}})."


def _by_link(_: Draft, there: Draft) -> str:
    return f"After that, read [about {there.words}]({{{{ site.baseurl }}}}{{% link {there.path} %}}#end)."


def _by_base(_: Draft, there: Draft) -> str:
    return f"See [{there.words}]({{{{ site.baseurl }}}}{rooted_path(there).removeprefix('/log')})."


def _by_filter(_: Draft, there: Draft) -> str:
    return f"See [{there.words}]({{{{ '{rooted_path(there).removeprefix('/log')}' | relative_url }}}})."
