"""Pelican, and Nikola beside it: fields as lines above the text, `{filename}` links, drafts by status."""

from __future__ import annotations

from benchmarks.dialects.common import DECOYS, LOST, OUTSIDE, authors_of, by_path, spelled, topics_of
from benchmarks.dialects.shape import Draft, Site, Style, relative, written
from benchmarks.dialects.subjects import DAYS, SUBJECTS

__all__ = ["site"]

_CONFIGURATION = "SITENAME = 'The log'\nSITEURL = 'https://pelican.example'\nPATH = 'content'\nTIMEZONE = 'UTC'\n"


def site() -> Site:
    """Return a site of posts, most with Pelican's fields and some with Nikola's."""
    drafts = [_post(number) for number in range(len(SUBJECTS))]
    files, expected = written(drafts, Style((_by_filename, by_path, _by_rooted_filename), OUTSIDE, LOST, DECOYS))
    return Site(None, {**files, "pelicanconf.py": _CONFIGURATION}, expected)


def _post(number: int) -> Draft:
    subject, day = SUBJECTS[number], DAYS[number]
    slug = subject.slug
    topics, authors = topics_of(number), authors_of(number)
    head = (
        f"Title: {subject.title}\nDate: {day} 10:20\nTags: {', '.join(topics)}\nAuthors: {'; '.join(authors)}\n"
        f"Slug: {slug}\nSummary: {subject.words} in a sentence,\n    on two lines\n\n"
    )
    if number % 4 == 3:
        fields = {
            "title": subject.title,
            "slug": subject.slug,
            "date": f"{day} 10:20:00 UTC",
            "tags": ", ".join(topics),
        }
        lines = "".join(f".. {name}: {value}\n" for name, value in {**fields, "author": ", ".join(authors)}.items())
        head = f"<!--\n{lines}-->\n\n"
    elif number % 6 == 4:
        slug = {4: "a-lighthouse-keepers-day", 10: "notes-colons-and-so-on"}.get(number, subject.slug)
        head = head.replace(f"Slug: {subject.slug}\n", "")
    elif number % 4 == 2:
        head = head.replace(f"Date: {day} 10:20", f"date: {spelled(day, 4)}").replace("Title:", "title:")
    return Draft(
        f"content/{('sea', 'shore', 'sea/deep')[number % 3]}/{subject.slug}.md",
        subject.title,
        head,
        subject.sentence,
        subject.words,
        day=day,
        authors=authors,
        topics=topics,
        address=f"https://pelican.example/{slug}.html",
    )


def _by_filename(here: Draft, there: Draft) -> str:
    return f"Before that, read [about {there.words}]({{filename}}{relative(here, there)})."


def _by_rooted_filename(_: Draft, there: Draft) -> str:
    return f"More [about {there.words}]({{filename}}/{there.path.removeprefix('content/')}#end)."
