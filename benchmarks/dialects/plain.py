"""Markdown without front matter, as in a repository of notes: the first heading is the title, whatever comes before."""

from __future__ import annotations

from benchmarks.dialects.common import DECOYS, LOST, OUTSIDE, by_path, by_path_and_heading, by_reference
from benchmarks.dialects.shape import Draft, Site, Style, relative, written
from benchmarks.dialects.subjects import DAYS, SUBJECTS

__all__ = ["site"]

_BEFORE = (
    "",
    "[![Tests](https://badges.example/tests.svg)](https://badges.example)\n\n",
    "<!-- Copied from the paper log. -->\n\n",
    "",
    '<p align="center"><img src="/boat.png"></p>\n\n',
    "\n\n",
)
"""What comes before titles."""

_END = "## Licence\n\nCopy it as you like.\n"


def site() -> Site:
    """Return notes in folders, some with a day in their names."""
    drafts = [_note(number) for number in range(len(SUBJECTS))]
    drafts.append(Draft("README.md", "All notes", "# All notes\n\n", "A list.", "notes"))
    forms = (by_path, by_path_and_heading, by_reference, _by_html)
    files, expected = written(drafts, Style(forms, OUTSIDE, LOST, DECOYS, end=_END))
    return Site(None, files, expected)


def _note(number: int) -> Draft:
    subject = SUBJECTS[number]
    day = DAYS[number] if number % 4 == 1 else None
    names = (subject.slug, f"{day}-{subject.slug}", subject.slug.replace("-", "_"), subject.slug)
    before = _BEFORE[number % len(_BEFORE)]
    folder = ("git", "sea", "sea/deep", "cooking")[number // 2 % 4]
    return Draft(
        f"{folder}/{names[number % 4]}.md",
        subject.title,
        f"{before}{subject.heading}\n\n",
        subject.sentence,
        subject.words,
        day=day,
        topics=(folder.rpartition("/")[2],),
        outside=("https://badges.example",) if "badges" in before else (),
    )


def _by_html(here: Draft, there: Draft) -> str:
    return f'<a href="{relative(here, there)}">About {there.words}</a> and back.'
