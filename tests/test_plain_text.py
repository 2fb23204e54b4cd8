"""Plain text: its title, its headings in every form people give them, and its first paragraph."""

from __future__ import annotations

import pytest

from graph.reading.plain_text import read_plain_text


@pytest.mark.parametrize(
    "text",
    [
        "A walk\n\nUp the hill.\n\nDown\n\nAnd back.\n",
        "A walk\n======\n\nUp the hill.\n\nDown\n----\n\nAnd back.\n",
        "# A walk\n\nUp the hill.\n\n## Down\n\nAnd back.\n",
        "====== A walk ======\n\nUp the hill.\n\n===== Down =====\n\nAnd back.\n",
        "== A walk ==\nUp the hill.\n\n=== Down ===\nAnd back.\n",
    ],
)
def test_a_text_has_a_title_headings_and_a_summary(text: str) -> None:
    """A line alone, an underlined one, one with `#` and one between `==`, as wikis write it, are headings."""
    prose = read_plain_text(text)
    assert (prose.title, prose.sections, prose.excerpt) == ("A walk", ("Down",), "Up the hill.")


@pytest.mark.parametrize("line", ["==", "======", "a == b == c", "== a"])
def test_signs_of_equality_alone_are_no_heading(line: str) -> None:
    """A ruled line or a comparison is not taken apart."""
    assert read_plain_text(f"A walk\n\n{line}.\n").sections == ()
