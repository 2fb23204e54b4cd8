"""Quarto: `.qmd`, R Markdown and notebooks, authors in parts, categories, code in the text, callouts."""

from __future__ import annotations

import json

from benchmarks.dialects.common import (
    DECOYS,
    LOST,
    OUTSIDE,
    authors_of,
    by_path,
    by_path_and_heading,
    by_reference,
    topics_of,
    yaml_list,
)
from benchmarks.dialects.shape import Draft, Site, Style, relative, written
from benchmarks.dialects.subjects import DAYS, SUBJECTS

__all__ = ["site"]

_CONFIGURATION = """\
project:
  type: website
website:
  title: The log
  site-url: https://quarto.example
"""
_CELL = "```{python}\n#| label: fig-boats\nprint('[x](gone.qmd)')\n```\n\n"


def site() -> Site:
    """Return a Quarto website of posts, reports in R Markdown and notebooks."""
    drafts = [_document(number) for number in range(len(SUBJECTS))]
    forms = (by_path, by_path_and_heading, by_reference, _by_callout)
    files, expected = written(drafts, Style(forms, OUTSIDE, LOST, DECOYS))
    notebooks = {path: _notebook(text) for path, text in files.items() if path.endswith(".ipynb")}
    # A notebook is JSON, so what is broken in it is reported without its line.
    return Site(None, {**files, **notebooks, "_quarto.yml": _CONFIGURATION}, expected)


def _document(number: int) -> Draft:
    subject, day = SUBJECTS[number], DAYS[number]
    ending, folder = (("qmd", "posts"), ("Rmd", "reports"), ("ipynb", "notebooks"))[number % 3]
    authors, is_folder = authors_of(number), number % 4 == 0
    lines = [f"title: {subject.field}", f"date: {day}", f"categories: {yaml_list(topics_of(number))}"]
    if number % 2:
        lines += ["author:", *(f"  - name: {name}\n    affiliation: The harbour" for name in authors)]
    else:
        lines += ["author:"]
        for name in authors:
            given, _, family = name.partition(" ")
            lines += ["  - name:", f"      given: {given}", f"      family: {family}"]
    lines += ["format:", "  html:", "    toc: true"]
    return Draft(
        f"{folder}/{subject.slug}/index.{ending}" if is_folder else f"{folder}/{subject.slug}.{ending}",
        subject.title,
        "---\n" + "\n".join(lines) + "\n---\n\n" + ("" if ending == "ipynb" else _CELL),
        subject.sentence,
        subject.words,
        day=day,
        authors=authors,
        topics=topics_of(number),
        address=f"https://quarto.example/{folder}/{subject.slug}{'/' if is_folder else '.html'}",
    )


def _by_callout(here: Draft, there: Draft) -> str:
    return f"::: {{.callout-note}}\nSee [{there.words}]({relative(here, there)}).\n:::"


def _notebook(text: str) -> str:
    """Return a notebook whose first cell is the front matter, with a cell of code before the rest of the text."""
    head, _, body = text.removeprefix("---\n").partition("\n---\n")
    cells: list[dict[str, object]] = [
        {"cell_type": "raw", "metadata": {}, "source": f"---\n{head}\n---".splitlines(keepends=True)},
        {
            "cell_type": "code",
            "execution_count": 1,
            "metadata": {},
            "outputs": [{"name": "stdout", "output_type": "stream", "text": ["[x](gone.md)\n"]}],
            "source": ["print('[x](gone.md)')"],
        },
        {"cell_type": "markdown", "metadata": {}, "source": body.strip("\n").splitlines(keepends=True)},
    ]
    return json.dumps(
        {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, ensure_ascii=False, indent=1
    )
