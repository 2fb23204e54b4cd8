"""Write docs/problems.md from the table of rules: `python docs/make_problems.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.checking import CHAPTERS, RULES

HERE = Path(__file__).resolve().parent
BEGINNING = """\
# Fixing problems

A mistake in the content never stops a build. It is reported as a problem: with the path and the line, what is wrong,
and what to do about it.

```console
$ printf -- '---\\ntitle: A\\ndate: 31.02.2024\\n---\\n[B](b.md)\\n' > a.md
$ article-graph build a.md --out fixed 2>&1 | head -2
a.md:3: 'date' is not a date: "31.02.2024". Write it as 2023-05-23T06:51:00Z.
a.md:5: there is no document at "b.md". Correct the link, or add the document.
```

`problems.json` beside the exports lists all problems for programs. `article-graph info` counts them by kind. `build
--strict` fails if there is one. [`article-graph check`](check.md) reports them with codes and columns, and finds more.
These are the kinds. This page is written by `make docs`, and a test checks that it is up to date.
"""


def lines() -> Iterator[str]:
    """Yield the page, line by line."""
    yield BEGINNING
    for beginning, title in CHAPTERS.items():
        kinds = [rule for rule in RULES if rule.is_problem and rule.code.startswith(beginning)]
        if kinds:
            yield from (f"## {title}", "", "| kind | code | what is wrong | what to do |", "| --- | --- | --- | --- |")
            yield from (f"| `{rule.name}` | {rule.code} | {rule.meaning} | {rule.remedy} |" for rule in kinds)
            yield ""


def page() -> str:
    """Return the whole page."""
    return "\n".join(lines())


if __name__ == "__main__":
    (HERE / "problems.md").write_text(page(), encoding="utf-8")
