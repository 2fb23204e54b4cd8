"""Documents in memory are read as files are: the same graph, with the same problems."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings

import graph
from graph.errors import SourceError
from graph.reading.given import Document
from tests.worlds import HOSTILE_SITE, Site, built, documents, sites


@settings(max_examples=40)
@given(sites())
@example(HOSTILE_SITE)
def test_texts_are_read_as_files(site: Site) -> None:
    """Texts with the paths of files give the graph of these files: records, evidence and problems."""
    texts = [(path, data.decode("utf-8", "surrogatepass")) for path, data in documents(site).items()]
    assert graph.build_from(reversed(texts)).truth == built(site).truth


@settings(max_examples=40)
@given(sites())
@example(HOSTILE_SITE)
def test_dictionaries_are_read_as_front_matter(site: Site) -> None:
    """Dictionaries give the records and the kinds of problems that files with these fields give."""
    one, other = graph.build_from(site.items()), built(site)
    for name in ("articles", "providers", "topics", "people", "images"):
        assert getattr(one, name) == getattr(other, name)
    assert one.info() == other.info()
    told = [sorted((problem.path, problem.kind, problem.fact) for problem in each.problems) for each in (one, other)]
    assert told[0] == told[1]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_rows_of_a_data_frame_are_documents(library: str) -> None:
    """A data frame gives what the dictionaries of its rows give, whatever library made it."""
    rows: dict[str, list[Any]] = {
        "title": ["One", "Two"],
        "date": [dt.datetime(2024, 1, 2, tzinfo=dt.UTC), None],
        "tags": [["AI", "Rust"], None],
        "body": ["Some words.", "[One](document-1.md)"],
    }
    frame: Any = pytest.importorskip(library).DataFrame(rows)
    said = [{name: values[number] for name, values in rows.items()} for number in range(2)]
    assert graph.build_from(frame).truth == graph.build_from(said).truth
    assert graph.build_from(frame).problems == ()


def test_each_sort_of_document() -> None:
    """A text, a dictionary and pairs, from a generator; links between them lead where they lead between files."""

    def some() -> Iterator[Document]:
        yield "---\ntitle: One\ntags: [AI]\n---\nSee [two](two.md)."
        yield "two.md", "# Two\n"
        yield {"title": "Three", "topics": ["AI"], "date": dt.date(2024, 1, 2), "body": "Some <words>."}
        yield "posts/four", {"title": "Four", "text": "See [two](../two.md).", "heat": float("nan"), "provider": None}
        yield "_config.yml", "url: https://me.example\ntitle: My site\n"

    knowledge = graph.build_from(some())
    assert {article.label: article.sources for article in knowledge.articles.values()} == {
        "One": ("document-1.md",),
        "Two": ("two.md",),
        "Three": ("document-3.md",),
        "Four": ("posts/four.md",),
    }
    assert (knowledge.base, knowledge.title, knowledge.problems) == ("https://me.example/", "My site", ())
    assert knowledge.info().relations["links"] == 2
    assert knowledge["Three"].published_at == "2024-01-02"  # type: ignore[union-attr]
    assert graph.build_from([{"title": "A"}], base="https://b.example/", title="B").base == "https://b.example/"
    assert len(graph.build_from({"title": "alone"}).articles) == len(graph.build_from("# alone").articles) == 1


def test_values_of_other_libraries() -> None:
    """Times, numbers and lists of other libraries mean what they say, and what is missing is not there."""
    numpy, pandas = pytest.importorskip("numpy"), pytest.importorskip("pandas")
    rows = pandas.DataFrame(
        {
            "title": ["A", "B"],
            "date": pandas.to_datetime(["2024-05-06T07:08:09Z", None]),
            "quality": [numpy.int64(70), numpy.int64(80)],
            "description": ["What A says", None],
        }
    ).to_dict("records")
    rows[0] |= {"tags": {"b", "a"}, "levels": numpy.array(["x"]), "price": Decimal("1.50")}
    one, two = graph.build_from(rows).articles.values()
    assert (one.published_at, one.quality, one.price) == ("2024-05-06T07:08:09Z", 70, "1.50")
    assert [topic.rpartition("/")[2] for topic in one.topics] == ["a", "b"]
    assert (two.published_at, two.quality, two.excerpt) == (None, 80, None)


def test_problems_tell_the_document_and_the_line() -> None:
    """A fault in a document in memory has the place that it would have in a file."""
    knowledge = graph.build_from([{"title": "A", "date": "spring"}, ("b.md", "---\ntitle: B\ndate: autumn\n---\n"), ""])
    assert [(problem.path, problem.line, problem.kind) for problem in knowledge.problems] == [
        ("b.md", 3, "invalid-date"),
        ("document-1.md", 3, "invalid-date"),
        ("document-3.md", 0, "empty-file"),
    ]
    assert graph.build_from([]).problems[0].kind == "no-documents"


def test_two_documents_of_one_name_are_misuse() -> None:
    """Each document has a name of its own."""
    with pytest.raises(SourceError, match=r"a\.md: two documents have this name\. Give each its own"):
        graph.build_from([("a.md", "one"), ("a", "two")])


def circle() -> Mapping[str, object]:
    """Return a dictionary that holds itself."""
    found: dict[str, object] = {"title": "A"}
    found["again"] = found
    return found


@pytest.mark.parametrize(
    "wrong", [[3], [None], [("a.md", 3)], [circle()], [b"bytes"], [(1, "text")], [("a", "b", "c")]]
)
def test_what_is_not_a_document_is_misuse(wrong: Any) -> None:  # noqa: ANN401 - all that it must not be
    """What is neither text nor dictionary is a TypeError that says what to give."""
    with pytest.raises(TypeError, match=r"[Gg]ive texts"):
        graph.build_from(wrong)
