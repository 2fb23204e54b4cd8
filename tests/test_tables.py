"""Tables fit their width, whatever is in them."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len

from graph.commands.tables import show_markdown, show_records, show_table

CELLS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=120))


def shown(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Return the lines that were printed."""
    return capsys.readouterr().out.splitlines()


@pytest.mark.slow
@given(st.data())
def test_every_table_fits(data: st.DataObject) -> None:
    """Whatever the cells, a table has a line for each row and is at most 80 columns wide."""
    width = data.draw(st.integers(1, 12))
    names = st.from_regex(r"[a-z]{1,9}(_[a-z]{1,9}){0,2}", fullmatch=True)
    headers = data.draw(st.lists(names, min_size=width, max_size=width))
    rows = data.draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=5))
    with pytest.MonkeyPatch.context() as patch:
        lines: list[str] = []
        patch.setattr(sys.stdout, "writelines", lines.extend, raising=False)
        patch.setattr("graph.commands.tables.click.echo", lambda _: None)
        show_table(headers, rows)
    assert all(cell_len(line) - 1 <= 80 and line.endswith("\n") for line in lines)
    assert len(lines) >= len(rows) + 2


def test_long_cells_end_in_an_ellipsis(capsys: pytest.CaptureFixture[str]) -> None:
    """A text is cut at its end, an address in its middle, and numbers, days and short words never."""
    address = "https://example.org/a/very/long/way/to/the/page-" + "x" * 60 + "-of-interest"
    row = ("word " * 30, address, "2023-05-23T06:51:00Z", 12345678, "article")
    show_table(("text", "page", "at", "many", "kind"), [row])
    line = shown(capsys)[2]
    assert len(line) <= 80
    assert line.startswith("word word word")
    assert re.search(r"… +https:/\S*…\S*est  2023-05-23  12345678  article$", line)


def test_wide_characters_count_twice(capsys: pytest.CaptureFixture[str]) -> None:
    """A text is cut by the columns it takes in a terminal."""
    show_table(("title", "n"), [("記" * 60, 1), ("a" * 60, 2)])
    rows = shown(capsys)[2:4]
    assert all(cell_len(row) <= 80 for row in rows)
    assert "…" in rows[0]


def test_columns_that_do_not_fit_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """Where even narrow columns do not fit, the last are left out, and their number is told."""
    show_table([f"column_{number}" for number in range(12)], [["some words, and more of them"] * 12])
    lines = shown(capsys)
    assert max(map(len, lines)) <= 80
    assert lines[-2] == "6 more columns; --format csv gives all"


def test_labels_stand_first(capsys: pytest.CaptureFixture[str]) -> None:
    """Labels come first; IRIs are left out, or stand whole at the end."""
    headers = ("first", "first_label", "iri", "n", "label")
    rows = [("https://a.example/" + "a" * 60, "A", "https://b.example/", 1, "B")]
    show_records(headers, rows)
    assert shown(capsys)[0].split() == ["first_label", "label", "n"]
    show_records(headers, rows, iris=True)
    assert shown(capsys)[2].split() == ["A", "B", "1", rows[0][0], "https://b.example/"]


def test_a_text_that_would_be_cut_short_stands_below(capsys: pytest.CaptureFixture[str]) -> None:
    """Of records, the last text that would lose more than half stands below its row; empty columns are left out."""
    reasons = "both say terra, verily; one day apart; same publisher"
    headers = ("article", "article_label", "other_label", "kind", "empty", "reasons")
    rows = [("a", "Genomes " * 9, "Cells " * 9, "copy", None, reasons), ("b", "Bread", "Salt", "copy", "", "")]
    show_records(headers, rows)
    lines = shown(capsys)
    assert [line.split() for line in lines[:2]] == [["article_label", "other_label", "kind"], ["reasons"]]
    assert re.fullmatch(r"(Genomes ){4}.*…  (Cells ){5}.*…  copy", lines[3])
    assert lines[4] == f"  {reasons}"
    assert [lines[5].split(), lines[6]] == [["Bread", "Salt", "copy"], "2 rows"]


def test_numbers_stand_on_the_right_beside_empty_cells(capsys: pytest.CaptureFixture[str]) -> None:
    """A column of numbers is one even if some are unknown, on a terminal as in Markdown; a boolean is no number."""
    rows = [("a", None, True), ("b", 1.5, None), ("c", 1234, False)]
    show_records(("label", "hours", "stub"), rows)
    assert shown(capsys)[2:5] == ["a             yes", "b        1.5", "c       1234  no"]
    show_markdown(("label", "hours", "stub"), rows)
    assert shown(capsys)[1] == "| --- | ---: | --- |"


def test_no_records_are_only_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """Headers above nothing say nothing."""
    show_records(("label", "score"), [])
    assert shown(capsys) == ["0 rows"]


def test_headers_are_broken_between_words(capsys: pytest.CaptureFixture[str]) -> None:
    """A header that is wider than its column stands on several lines, and one of wide characters fits too."""
    show_table(("text", "times_average", "多い"), [("word " * 30, 1.5, 2)])
    lines = shown(capsys)
    assert lines[0].split() == ["times"]
    assert lines[1].split() == ["text", "average", "多い"]
    assert {cell_len(line) for line in lines[1:4]} == {80}


def test_a_table_without_columns_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """An answer without variables still has a number of rows."""
    show_table((), [[], []])
    assert shown(capsys)[-1] == "2 rows"


def test_markdown_tables_hold_any_text(capsys: pytest.CaptureFixture[str]) -> None:
    """Markup in a cell is escaped, a line end is a space, an address is a link, and numbers are on the right."""
    rows = [
        ("a|b\\*c*\n<b> [x] `y` _z_ snake_case &lt; R&D", "https://example.org/a_b?c|d", 2.5),
        (None, "https://example.org/ and more", 1),
    ]
    show_markdown(("text", "page", "n"), rows)
    assert shown(capsys) == [
        "| text | page | n |",
        "| --- | --- | ---: |",
        r"| a\|b\\\*c\* &lt;b> \[x\] \`y\` \_z\_ snake_case \&lt; R&D | <https://example.org/a_b?c%7Cd> | 2.5 |",
        r"|  | https\://example.org/ and more | 1 |",
    ]


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=4))
def test_every_markdown_table_is_read_back(rows: list[list[object]]) -> None:
    """Whatever the cells, a reader of Markdown finds one table with a line for each row and three cells in each."""
    lines: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("graph.commands.tables.click.echo", lines.append)
        show_markdown(("a", "b", "c"), rows)
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse("\n".join(lines))
    assert [token.type for token in tokens if token.type == "table_open"] == ["table_open"]
    assert sum(token.type == "tr_open" for token in tokens) == len(rows) + 1
    assert sum(token.type == "td_open" for token in tokens) == 3 * len(rows)
    cells = [token for token in tokens if token.type == "inline"]
    assert {part.type for cell in cells for part in cell.children or ()} <= {"text", "text_special", "softbreak"}


@given(
    st.lists(st.sampled_from([*"|\\`*_<>&~$ a", "http://x.y/", "www.x.y/", "<b>", "&lt;", "[x](y)", "://"]), max_size=9)
)
@example(["http://x.y/", "<b>"])
def test_markup_stays_text_beside_an_address(parts: list[str]) -> None:
    """A reader that makes links of addresses shows the text as it is: no escape is taken for a part of the address."""
    text = " ".join(f"a {''.join(parts)}".split())
    lines: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("graph.commands.tables.click.echo", lines.append)
        show_markdown(("a",), [(text,)])
    inline = MarkdownIt("gfm-like").parse("\n".join(lines))[-5]
    found = inline.children or []
    assert "html_inline" not in {part.type for part in found}
    assert "".join(part.content for part in found) == text
