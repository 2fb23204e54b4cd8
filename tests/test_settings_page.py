"""The page about settings shows settings that work, and names every field there is."""

from __future__ import annotations

import re
from pathlib import Path

import graph
from graph.reading.fields import ARTICLE

PAGE = Path(__file__).parent.parent / "docs" / "settings.md"


def test_the_example_holds(tmp_path: Path) -> None:
    """The page's own settings are read without a fault, and do what it says."""
    example = re.search(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert example
    (tmp_path / "article-graph.toml").write_text(example[1], encoding="utf-8")
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "b.md").write_text("---\ntitle: Draft\n---\n", encoding="utf-8")
    page = "heading: Roses\nfirst_seen: 2020-01-02\nsubjects: [Garden]\nprovider: {name: Ann, domain: blogs.example}\n"
    (tmp_path / "a.md").write_text(f"---\n{page}---\n", encoding="utf-8")
    knowledge = graph.build(tmp_path)
    assert knowledge.problems == ()
    assert knowledge.title == "The Daily Garden"
    (article,) = knowledge.articles.values()
    assert (article.iri, article.label) == ("https://garden.example/a", "Roses")
    assert article.published_at == "2020-01-02"
    assert article.topics == ("https://garden.example/topic/garden",)
    assert article.provider == "https://blogs.example/#ann"


def test_the_example_of_own_fields_holds(tmp_path: Path) -> None:
    """The page's relations and literals are read without a fault, and lead where it says."""
    example = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[1]
    (tmp_path / "article-graph.toml").write_text(example, encoding="utf-8")
    page = "title: A review\nreview_of: A book\npress: {name: Press, domain: press.example}\ngrade: [hard]\npages: 12\n"
    (tmp_path / "a.md").write_text(f"---\n{page}---\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("---\ntitle: A book\n---\n", encoding="utf-8")
    knowledge = graph.build(tmp_path)
    assert knowledge.problems == ()
    article = knowledge.articles["https://example.org/article/a"]
    assert article.relations == {
        "publisher_of_book": ("https://press.example/#organization",),
        "reviews": ("https://example.org/article/b",),
    }
    assert article.literals == {"difficulty": ("hard",), "pages": (12,)}
    rows = knowledge.query("SELECT ?p { ?a <https://books.example/terms#press> ?p ; schema:educationalLevel 'hard' }")
    assert len(list(rows)) == 1


def test_every_field_is_named() -> None:
    """The list of fields on the page is complete."""
    listed = re.search(r"can be given further names:\s(.*?)\.\s", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert listed
    assert re.findall(r"`(\w+)`", listed[1]) == sorted(set(ARTICLE.names) - {"secured"})
