"""Blanks, slashes and words that repeat take time in proportion to their number, wherever they stand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

import graph
from graph.analysis import communities
from graph.reading.plain_text import read_plain_text
from graph.reading.publishers import is_no_publisher
from graph.reading.settings import check_base
from graph.reading.sphinx_links import split_title
from graph.reading.templates import without_templates

BLANKS = " " * 950


@pytest.mark.parametrize(
    "task",
    [
        pytest.param(lambda count: check_base(f"https://s.example{'/' * count}x"), id="slashes in the site's address"),
        pytest.param(lambda count: split_title(f"a{' ' * count}b"), id="blanks in a role"),
    ],
)
def test_repetition(task: Callable[[int], object], in_proportion: Callable[[Callable[[int], object]], None]) -> None:
    """Four times as many take about four times as long."""
    in_proportion(task)


@pytest.mark.parametrize(
    "task",
    [
        pytest.param(lambda: read_plain_text(f"\n\n# a{BLANKS}b" * 1_000), id="headings"),
        pytest.param(lambda: read_plain_text(f"\n\n== a{BLANKS}b" * 1_000), id="headings of a wiki"),
        pytest.param(lambda: [is_no_publisher("a./" * 330, "source") for _ in range(1_000)], id="paths"),
        pytest.param(lambda: without_templates(f"{{{{< ref {'a' * 490} }}\n" * 4_000), id="references that do not end"),
        pytest.param(
            lambda: without_templates(f"{{{{< ref {'a=' * 200}{BLANKS}\n" * 1_000), id="options of references"
        ),
        pytest.param(lambda: without_templates(f"{{% post_link {'a' * 490} }}\n" * 4_000), id="links that do not end"),
    ],
)
def test_a_megabyte_of_short_texts(task: Callable[[], object]) -> None:
    """Texts that are short enough to be read cost little, however many a document has."""
    began = process_time()
    task()
    assert process_time() - began < 2


def test_blanks_in_durations(tmp_path: Path) -> None:
    """Durations with blanks and no end are told as what they are, at once."""
    items = "".join(f'- {{title: t{number}, duration: "1d{BLANKS}x"}}\n' for number in range(20))
    (tmp_path / "a.md").write_text(f"---\ntitle: x\nrelated:\n{items}---\n", encoding="utf-8")
    began = process_time()
    assert "invalid-duration" in {problem.kind for problem in graph.build(tmp_path).problems}
    assert process_time() - began < 5


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a b  <c>", ("a b", "c")),
        ("a <b> <c>", ("a <b>", "c")),
        ("<c>", ("<c>", "<c>")),
        ("a <>", ("a <>", "a <>")),
        ("a <b", ("a <b", "a <b")),
        ("a <b>>", ("a <b>>", "a <b>>")),
    ],
)
def test_words_and_target_of_a_role(text: str, parts: tuple[str, str]) -> None:
    """Words stand before a target in angle brackets; otherwise the text is both."""
    assert split_title(text) == parts


NAMESAKE = """\
---
title: Overview
date: 2024-01-02
tags: [Sea, {case}, t{number}]
authors: [Ann Doe, A. Doe, {{name: Bo, url: "https://people.example/{number}"}}]
provider: {{name: Unit {number}, domain: org.example}}
aliases: [/old/overview/]
---
[[Overview]], [[old{number}/overview]], [[Missing {number}]], [a](/x{number}/overview), [b](../p{number}x/overview.md),
[c](https://site.example/y{number}/overview), [d](../p{next}/overview.md)
"""


@pytest.mark.slow
def test_a_site_of_namesakes(
    tmp_path_factory: pytest.TempPathFactory, in_proportion: Callable[[Callable[[int], object]], None]
) -> None:
    """However many pages share a title, a name, an alias, an author or a publisher, and are linked by these."""

    def site(count: int) -> Path:
        folder = tmp_path_factory.mktemp("site")
        for number in range(count // 40):
            page = folder / f"p{number}" / "overview.md"
            page.parent.mkdir()
            case = "sea" if number % 2 else "SEA"
            page.write_text(NAMESAKE.format(number=number, case=case, next=number + 1), encoding="utf-8")
        return folder

    sites = {count: site(count) for count in (5_000, 20_000)}

    def build(count: int) -> None:
        knowledge = graph.build(sites[count], base="https://site.example/")
        assert communities(knowledge)

    in_proportion(build)
