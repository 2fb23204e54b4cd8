"""Logseq: pages of nested bullets, properties as `name:: value`, journals whose names are days."""

from __future__ import annotations

from benchmarks.dialects.common import OUTSIDE
from benchmarks.dialects.shape import Draft, Site, Style, written
from benchmarks.dialects.subjects import DAYS, SUBJECTS

__all__ = ["site"]

_UNFIT = str.maketrans(dict.fromkeys('?:"<*|#', "") | {"/": "-"})
_LOST = tuple(f"Lost: [[A page {('lost at sea', 'adrift', 'sunk')[number % 3]} {number}]]." for number in range(14))


def site() -> Site:
    """Return a Logseq graph of pages and journals."""
    drafts = [_page(number) for number in range(len(SUBJECTS))] + [_journal(number) for number in range(0, 24, 2)]
    forms = (
        lambda _, there: f"See [[{there.name}]].",
        lambda _, there: f"TODO read [[{there.name}]] again",
        lambda _, there: f"Deep below\n\t\t- lies [[{there.name}]]",
        lambda _, there: f"Called [otherwise]([[{there.name}]]).",
        lambda _, there: f"{{{{embed [[{there.name}]]}}}}",
    )
    outside = [found for found in OUTSIDE if "\n" not in found[0] and not found[0].startswith(">")]
    decoys = (
        "Not a link: `[[Gone]]`.",
        "((64f1c0de-0000-4000-8000-000000000000)) is a block.",
        "To come: [[Not yet written]].",
    )
    style = Style(forms, outside, _LOST, decoys, paragraph=lambda text: f"- {text}\n\t- and so on")
    files, expected = written(drafts, style)
    return Site(None, {**files, "logseq/config.edn": "{:meta/version 1}\n"}, expected)


def _page(number: int) -> Draft:
    subject = SUBJECTS[number]
    name = " ".join(subject.title.translate(_UNFIT).split())
    head = "type:: note\nstatus:: done\n\n" if number % 3 == 1 else ""
    return Draft(f"pages/{name}.md", name, head, subject.sentence, subject.words, name)


def _journal(number: int) -> Draft:
    """Return a journal, whose title is the day in a form that everyone sets for themselves."""
    day = DAYS[number]
    return Draft(
        f"journals/{day.replace('-', '_')}.md", None, "", "Calm.", f"day {number}", day.replace("-", "_"), day=day
    )
