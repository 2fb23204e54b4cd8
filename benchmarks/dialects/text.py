"""Plain text, as in the seed documents: the first line is the title, further headings are not, names may have a day."""

from __future__ import annotations

from benchmarks.comparing import Expected
from benchmarks.dialects.shape import Site
from benchmarks.dialects.subjects import DAYS, SUBJECTS

__all__ = ["site"]


def site() -> Site:
    """Return texts in folders."""
    files, expected = {}, []
    for number, subject in enumerate(SUBJECTS):
        day = DAYS[number] if number % 3 == 1 else None
        names = (f"{number:03}_{subject.slug}.txt", f"{day} {subject.slug}.txt", f"{subject.slug}.txt")
        folder = ("log", "letters")[number % 2]
        path = f"{folder}/{names[number % 3]}"
        title = (subject.title, f"# {subject.title}", f"\n{subject.title}\n{'=' * len(subject.title)}")[number % 3]
        body = " ".join([subject.sentence] * 12)
        files[path] = f"{title}\n\n{body}\n\nWhat came of it\n\n{body}\n\nThe end:\n\n{body}\n"
        expected.append(Expected(path, subject.title, day, topics=(folder,)))
    return Site(None, files, expected)
