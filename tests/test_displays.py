"""Graphs, records, numbers and answers show themselves in one line, and in a notebook as a small, safe table."""

from __future__ import annotations

import datetime as dt
import inspect
import pydoc
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings

import graph
from graph.displays import counted, counted_nouns, to_html
from graph.publishing import info_lines, summary_line
from graph.records import to_datetime
from tests.sites import HOSTILE
from tests.worlds import HOSTILE_SITE, built, sites

SAFE = {"table", "caption", "tr", "th", "td", "a"}
LARGEST = 30_000


class _Tags(HTMLParser):
    """Checks the markup of a display."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take only elements and attributes that do nothing."""
        assert tag in SAFE
        self.open.append(tag)
        for name, value in attrs:
            assert name in {"scope", "style", "href", "target", "rel"}
            assert name != "href" or (value or "").startswith(("https://", "http://"))

    def handle_endtag(self, tag: str) -> None:
        """Close the element that was opened last."""
        assert self.open.pop() == tag


def check(shown: str) -> None:
    """Check that a display is well-formed, safe and small."""
    tags = _Tags()
    tags.feed(shown)
    tags.close()
    assert not tags.open
    assert len(shown) < LARGEST


@settings(max_examples=15)
@given(sites())
def test_every_display_is_safe(site: Any) -> None:  # noqa: ANN401 - a site
    """Whatever documents say, a display is a table of text and links to the web."""
    knowledge = built({**site, **HOSTILE_SITE})
    some = [knowledge, knowledge.info(), *map(knowledge.__getitem__, knowledge.network)]
    for shown in some:
        assert "\n" not in repr(shown)
        check(shown._repr_html_())
    check(knowledge.query("SELECT * { ?s ?p ?o }")._repr_html_())
    check(knowledge.query("CONSTRUCT WHERE { ?s ?p ?o }")._repr_html_())
    check(knowledge.query("ASK {}")._repr_html_())


@pytest.mark.parametrize("text", HOSTILE)
def test_a_table_escapes(text: str) -> None:
    """A title, a header and a cell are text, and an address that is no link to the web is not one."""
    check(to_html(text, [(text, text), (text, f"https://x.example/{text}"), ("a", "javascript:alert(1)")], (text,)))
    check(to_html(text, [(text, [text] * 9), (text, {text: text}), (text, text * 300)]))


def test_only_a_whole_address_is_a_link() -> None:
    """A text that begins with an address, and a count of what has one, are no links."""
    rows = [("a", "https://x.example/ and more"), ("b", {"https://x.example": 3}), ("c", "https://x.example/<i>")]
    shown = to_html("Title", rows)
    assert shown.count("<a ") == 1
    assert '<a href="https://x.example/&lt;i&gt;"' in shown


def test_a_table_is_small() -> None:
    """Long texts and lists are cut, and say so."""
    shown = to_html("Title", [("list", tuple(range(1_000, 2_000))), ("text", "x" * 1_000), ("none", None)])
    assert "1,000, 1,001, 1,002, 1,003, 1,004, and 995 more" in shown
    assert "x" * 199 + "…<" in shown
    assert counted_nouns({"topic": 1, "person": 2_000}) == "1 topic, 2,000 people"
    assert [counted(number, "node holds", "nodes hold") for number in (0, 1)] == ["0 nodes hold", "1 node holds"]


def test_showing_an_answer_does_not_use_it_up(seeds: graph.KnowledgeGraph) -> None:
    """An answer that a notebook has shown is still to be read, from its first row."""
    answer = seeds.query("SELECT ?s ?p { ?s ?p ?o } ORDER BY ?s ?p")
    assert answer._repr_html_().count("<tr>") == 21
    assert "The first 20 rows" in answer._repr_html_()
    assert len(list(answer)) == len(seeds.triples)
    assert "<caption>2 rows</caption>" in seeds.query("SELECT ?t { ?t a skos:Concept }")._repr_html_()


@pytest.mark.parametrize(
    ("text", "time"),
    [
        (None, None),
        ("2023-05-23", dt.datetime(2023, 5, 23, tzinfo=dt.UTC)),
        ("2023-05-23T06:51:00Z", dt.datetime(2023, 5, 23, 6, 51, tzinfo=dt.UTC)),
    ],
)
def test_times_are_datetimes_on_request(text: str | None, time: dt.datetime | None) -> None:
    """A time of a record is an aware datetime in UTC, a day its midnight, and nothing nothing."""
    article = graph.Article(
        "https://a.example/", "A", published_at=text, modified_at=text, starts_at=text, ends_at=text
    )
    assert to_datetime(text) == time
    found = (article.published_datetime, article.modified_datetime, article.starts_datetime, article.ends_datetime)
    assert found == (time,) * 4


def test_times_of_data_frames_are_datetimes(seeds: graph.KnowledgeGraph) -> None:
    """Pandas and Polars hold the times of articles as times."""
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    published = seeds.to_pandas().published_at
    assert pandas.api.types.is_datetime64_any_dtype(published.dtype)
    assert str(published.dt.tz) == "UTC"
    assert min(published.dropna().dt.year) == 2022
    assert seeds.to_polars()["published_at"].dtype == polars.Datetime("us", "UTC")


def test_help_begins_with_a_screen() -> None:
    """`help(graph)` begins with the main calls, on one screen of 80 columns; what is needed first is named first."""
    lines = (inspect.getdoc(graph) or "").splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) < 80
    assert lines[0] in pydoc.plain(pydoc.render_doc(graph)).split("DESCRIPTION")[0]
    assert graph.__all__[:4] == ["build", "build_from", "open_exports", "publish"]
    assert len(set(graph.__all__)) == len(graph.__all__)
    calls = set(re.findall(r"\bgraph\.(\w+)\(", "\n".join(lines)))
    assert set(graph.__all__[:4]) <= calls <= set(graph.__all__)


def test_one_of_a_thing_is_in_the_singular() -> None:
    """A summary says `1 stub` and `1 person`, not `1 stubs` and `1 people`."""
    post = "---\nauthor: Ann\ntags: [ai]\nprovider: Example\nrelated: ['https://example.com/b']\n---\n# A\n"
    info = graph.build_from([post]).info().to_dict()
    summary = "1 file read: 2 articles (1 stub), 1 provider, 1 topic, 1 person, 4 relations, 0 problems, 1.0 seconds"
    assert summary_line(info, 1.0) == summary
    assert next(info_lines(info)) == "articles    2  (1 stub, 0 unpublished)"


def test_types_are_shown_where_they_tell_something() -> None:
    """A post with front matter and a note without are both articles; `info` lists types only if there are others."""
    plain = [("a.md", "---\ntitle: A\n---\nText.\n"), ("b.md", "Text.\n")]
    info = graph.build_from(plain).info()
    assert info.types == {"article": 2}
    assert "types" not in list(info_lines(info.to_dict()))
    video = graph.build_from([*plain, ("c.md", "---\ntitle: C\ntype: video\n---\n")]).info()
    lines = list(info_lines(video.to_dict()))
    assert lines[lines.index("types") + 1 :][:2] == ["  2  article", "  1  video"]


def test_a_search_shows_itself(seeds: graph.KnowledgeGraph) -> None:
    """What a search finds is short as text, and a table in notebooks; it is the same as the index finds."""
    found = seeds.search("ai", limit=2)
    assert found == seeds.search_index.find("ai", limit=2)
    assert repr(found) == f"<Found: 2 of {found.total} matches>"
    assert f"<caption>Found: 2 of {found.total} matches</caption>" in found._repr_html_()
