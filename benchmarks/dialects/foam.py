"""Foam: notes named by slugs and titled by headings, `[[slug]]` with generated definitions, a journal by day."""

from __future__ import annotations

from benchmarks.dialects.common import DECOYS, LOST, OUTSIDE, by_path, by_path_and_heading
from benchmarks.dialects.shape import Draft, Site, Style, relative, written
from benchmarks.dialects.subjects import DAYS, SUBJECTS

__all__ = ["site"]

_LOST = (*LOST, *(f"Lost: [[{('lost-at-sea', 'adrift')[number % 2]}-{number}|a note]]." for number in range(12)))
_DECOYS = (*DECOYS, "To come: [[not-yet-written]].")
"""A target that several notes link to is a wanted note, not a typing error."""

_FOLDERS = ("", "boats/", "boats/old/")


def site() -> Site:
    """Return a Foam workspace of notes and a journal."""
    drafts = [_note(number) for number in range(len(SUBJECTS))]
    drafts += [_day(number) for number in range(0, len(SUBJECTS), 3)]
    forms = (
        lambda _, there: f"See [[{there.name}]].",
        lambda _, there: f"See [[{there.name}|{there.words}]] and go on.",
        by_path,
        lambda _, there: f"- Next: [[{there.name}#The end]]",
        by_path_and_heading,
        lambda here, there: f'Defined: [[{there.name}]].\n\n[{there.name}]: {relative(here, there)} "{there.words}"',
        lambda _, there: f"The whole path: [[{there.path.removesuffix('.md')}]].",
        lambda _, there: f"content-card![[{there.name}]]",
    )
    files, expected = written(drafts, Style(forms, OUTSIDE, _LOST, _DECOYS))
    return Site(None, {**files, ".foam/templates/note.md": "# $FOAM_TITLE\n"}, expected)


def _note(number: int) -> Draft:
    subject = SUBJECTS[number]
    return Draft(
        f"{_FOLDERS[number % len(_FOLDERS)]}{subject.slug}.md",
        subject.title,
        f"---\ntype: note\n---\n\n{subject.heading}\n\n" if number % 4 == 1 else f"{subject.heading}\n\n",
        subject.sentence,
        subject.words,
        subject.slug,
        topics=(("boats",), ("old",))[number % len(_FOLDERS) - 1] if number % len(_FOLDERS) else (),
    )


def _day(number: int) -> Draft:
    day = DAYS[number]
    return Draft(
        f"journal/{day}.md",
        f"Day {number} at sea",
        f"# Day {number} at sea\n\n",
        "Calm.",
        f"day {number}",
        day,
        day=day,
    )
