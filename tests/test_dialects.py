"""The specimen sites mean what they are said to mean: another parser of Markdown reads them so."""

from __future__ import annotations

import datetime
import posixpath
import re
from collections.abc import Iterator

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from benchmarks.comparing import page_of
from benchmarks.dialects import SITES
from benchmarks.dialects.common import DECOYS, LOST, OUTSIDE, spelled
from benchmarks.dialects.subjects import DAYS, SUBJECTS, Subject

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
OWN = re.compile(r"#|mailto:")
"""How links begin that lead to no page."""
HREF = re.compile(r'<a [^>]*href="([^"]*)"')


def tokens(text: str) -> Iterator[Token]:
    """Yield all tokens of a text, those of its paragraphs too."""
    for token in PARSER.parse(text):
        yield token
        yield from token.children or ()


def links(text: str) -> list[str]:
    """Return where the links of a text lead, as another parser sees them."""
    found = [str(token.attrs["href"]) for token in tokens(text) if token.type == "link_open"]
    found += [href for token in tokens(text) if token.type.startswith("html_") for href in HREF.findall(token.content)]
    return [href for href in found if not OWN.match(href)]


@pytest.mark.parametrize(("text", "address"), OUTSIDE)
def test_what_leads_elsewhere_is_one_link(text: str, address: str) -> None:
    """A paragraph that leads elsewhere has one link; a bare address is one by GFM alone."""
    assert links(text) == ([] if f" {address}," in text else [address])


@pytest.mark.parametrize("text", DECOYS)
def test_what_looks_like_a_link_is_none(text: str) -> None:
    """A paragraph that only looks like a link has none."""
    assert links(text) == []


@pytest.mark.parametrize("text", LOST)
def test_what_is_lost_is_a_link(text: str) -> None:
    """A line with a link that leads nowhere has one link, to a page."""
    assert len(links(text)) == 1


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.slug)
def test_headings_say_the_titles(subject: Subject) -> None:
    """The heading of a subject is one of the first level, and its text the title, but for the name it is given."""
    kind, inline, *_ = PARSER.parse(subject.heading)
    assert kind.tag == "h1"
    said = "".join(
        token.content for token in inline.children or () if token.type in {"text", "code_inline", "text_special"}
    )
    assert re.sub(r" *\{#\w+\}$", "", said) == subject.title


def test_whole_documents_lead_where_they_are_said_to() -> None:
    """In plain Markdown another parser finds the very links that are expected, inside, elsewhere and broken."""
    site = SITES["plain Markdown"]()
    for item in site.expected:
        found, folder = links(site.files[item.path]), posixpath.dirname(item.path)
        inside = {
            posixpath.normpath(posixpath.join(folder, href.partition("#")[0])) for href in found if ":" not in href
        }
        lost = {path for path in inside if path not in site.files}
        assert inside - lost == set(item.links)
        assert len(lost) == len(item.broken or ())
        bare = "https://charts.example/baltic"
        assert {href for href in found if ":" in href} == set(item.outside or ()) - {bare}


@pytest.mark.parametrize("way", range(11))
def test_days_are_spelled_so_that_they_are_no_other_day(way: int) -> None:
    """However a day is spelled, its year and its day of the month stand in it, and its month unless that is a word."""
    for day in DAYS:
        date = datetime.date.fromisoformat(day)
        text = spelled(day, way)
        numbers = {int(number) for number in re.findall(r"\d+", text)}
        assert {date.year, date.day} <= numbers
        assert date.month in numbers or f"{date:%b}" in text


def test_addresses_are_equal_for_one_page() -> None:
    """Two spellings of one page are equal, and two pages are not."""
    same = ["https://a.example/x/", "http://www.A.example/x", "https://a.example/x/index.html", "https://a.example/x#y"]
    assert len({page_of(url) for url in same}) == 1
    other = ["https://a.example/y", "https://b.example/x", "https://a.example/x?p=1", "https://a.example/"]
    assert len({page_of(url) for url in [same[0], *other]}) == 5
