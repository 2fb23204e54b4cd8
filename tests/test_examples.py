"""The example queries answer the questions they say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph.knowledge import KnowledgeGraph
from tests.atlases import BASE, articles_of, topic, truth_of

QUERIES = sorted((Path(__file__).parent.parent / "examples" / "queries").glob("*.rq"))
NOT_IN_SEEDS = {"below-a-topic", "collections", "people", "providers-per-topic"}
OF_LINKS = {
    "cited-outside": [("https://outside.example/", 2), ("https://outside.example/b", 1)],
    "most-linked": [
        ("Article 2", 2, "https://news.example/2"),
        ("Article 1", 1, "https://news.example/1"),
        ("Article 3", 1, "https://news.example/3"),
    ],
    "what-links-to": [("Article 1", "https://news.example/1"), ("roses", f"{BASE}topic/roses")],
}
"""What the questions about links are answered on a small site whose texts are full of them."""
OF_BUNDLES = ("deprecated-but-linked", "stale", "unverified")
"""What only bundles of the Open Knowledge Format have an answer to."""
OF_ALL = [path for path in QUERIES if path.stem not in {*OF_LINKS, *OF_BUNDLES}]


def test_there_are_examples() -> None:
    """The folder holds the examples that the pages tell of."""
    assert len(QUERIES) >= 12


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_an_example_says_its_question(path: Path) -> None:
    """An example begins with its question as a comment, and declares no prefix that is declared already."""
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert "PREFIX" not in text.upper()


@pytest.mark.parametrize("path", OF_ALL, ids=lambda path: path.stem)
def test_an_example_answers_on_the_seeds(path: Path, seeds: KnowledgeGraph) -> None:
    """An example answers on the seeds, and finds something where they have it."""
    rows = list(seeds.query(path.read_text(encoding="utf-8")))
    assert bool(rows) is (path.stem not in NOT_IN_SEEDS)


@pytest.mark.slow
@pytest.mark.parametrize("path", OF_ALL, ids=lambda path: path.stem)
def test_an_example_answers_on_a_whole_site(path: Path, azure: KnowledgeGraph) -> None:
    """An example finds something on a real site of thousands of articles."""
    assert list(azure.query(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", OF_BUNDLES)
def test_an_example_about_bundles_finds_nothing_elsewhere(name: str, seeds: KnowledgeGraph) -> None:
    """A question about trust and lifecycle can be asked of any site, and most have nothing to say."""
    (path,) = (path for path in QUERIES if path.stem == name)
    assert list(seeds.query(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("name", OF_LINKS)
def test_an_example_finds_links(name: str) -> None:
    """An example about links finds those of articles and of topics, the most linked first."""
    one, other, third = articles_of({"1": "", "2": "", "3": ""})
    outside = ("https://outside.example/", "https://outside.example/b")
    roses = topic("roses", links=(other.iri,), cites=outside[:1])
    truth = truth_of(
        [
            replace(one, links=(other.iri, third.iri), related=(third.iri,), cites=outside),
            replace(other, links=(one.iri, roses.iri)),
            third,
        ],
        [roses],
    )
    (path,) = (path for path in QUERIES if path.stem == name)
    rows = KnowledgeGraph(truth).query(path.read_text(encoding="utf-8"))
    assert [tuple(row.values()) for row in rows if isinstance(row, dict)] == OF_LINKS[name]
