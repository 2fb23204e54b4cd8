"""The example queries answer the questions they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.knowledge import KnowledgeGraph

QUERIES = sorted((Path(__file__).parent.parent / "examples" / "queries").glob("*.rq"))
NOT_IN_SEEDS = {"below-a-topic", "collections", "people", "providers-per-topic"}


def test_there_are_examples() -> None:
    """The folder holds the examples that the pages tell of."""
    assert len(QUERIES) >= 12


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_an_example_says_its_question(path: Path) -> None:
    """An example begins with its question as a comment, and declares no prefix that is declared already."""
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert "PREFIX" not in text.upper()


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_an_example_answers_on_the_seeds(path: Path, seeds: KnowledgeGraph) -> None:
    """An example answers on the seeds, and finds something where they have it."""
    rows = list(seeds.query(path.read_text(encoding="utf-8")))
    assert bool(rows) is (path.stem not in NOT_IN_SEEDS)


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_an_example_answers_on_a_whole_site(path: Path, azure: KnowledgeGraph) -> None:
    """An example finds something on a real site of thousands of articles."""
    assert list(azure.query(path.read_text(encoding="utf-8")))
