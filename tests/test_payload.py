"""What the page unpacks: the truth again, in numbers and text that can do no harm."""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import os
import statistics
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.typing import NDArray

import graph
from graph.atlas import to_atlas
from graph.explorer import Payload, numbers, payload, to_payload
from graph.explorer.safe_text import to_line, to_web_address
from graph.records import Article
from graph.truth import Truth
from graph.views import edges_of
from graph.vocabulary import POINTING
from tests.atlases import articles_of, cliques, truth_of, truths
from tests.worlds import HOSTILE, HOSTILE_SITE, Site, built, linked_graphs, sites

HERE = Path(__file__).resolve().parent.parent
TYPES = {"f32": "<f4", "i32": "<i4", "u32": "<u4", "u16": "<u2", "u8": "u1"}
UNKNOWN = -(2**31)

Columns = Mapping[str, NDArray[Any]]


def decoded(found: Payload) -> tuple[dict[str, Any], Columns, dict[str, Any]]:
    """Return the header, the columns and the text of a payload."""
    content = gzip.decompress(found.map)
    length = int.from_bytes(content[:4], "little")
    assert (4 + length) % 8 == 0
    header = json.loads(content[4 : 4 + length])
    columns = {}
    for name, place in header["columns"].items():
        assert place["offset"] % 8 == 0
        values = np.frombuffer(content, TYPES[place["type"]], place["length"], 4 + length + place["offset"])
        columns[name] = np.cumsum(values, dtype=values.dtype) if place.get("delta") else values
    return header, columns, json.loads(gzip.decompress(found.text))


def packed(truth: Truth) -> Payload:
    """Return the payload of a truth."""
    return to_payload(to_atlas(truth))


def iris_of(header: Mapping[str, Any], text: Mapping[str, Any]) -> list[str]:
    """Return the IRIs of all nodes by their numbers."""
    return [*text["iri"], *header["iris"]]


def relations_of(header: Mapping[str, Any], columns: Columns, iris: list[str]) -> set[tuple[str, str, str]]:
    """Return all relations that the columns hold, as source, target and name."""
    found = set()
    for name in header["relations"]:
        starts, targets = columns[f"{name}_start"], columns[f"{name}_to"]
        for node, iri in enumerate(iris):
            row = targets[starts[node] : starts[node + 1]].tolist()
            assert row == sorted(set(row))
            found |= {(iri, iris[target], name) for target in row}
    return found


@pytest.mark.slow
@settings(max_examples=30)
@given(sites().map(built) | linked_graphs())
def test_the_payload_holds_the_truth(knowledge: graph.KnowledgeGraph) -> None:
    """Unpacked, the payload has every node, every relation and every number of the graph it was made from."""
    truth = knowledge.truth
    header, columns, text = decoded(packed(truth))
    iris = iris_of(header, text)
    assert iris[: len(truth.articles)] == text["iri"]
    assert sorted(text["iri"]) == sorted(truth.articles)
    assert header["iris"] == [*truth.topics, *truth.providers, *truth.people]
    assert relations_of(header, columns, iris) == set(edges_of(truth))
    assert header["counts"] == header["shown"]
    assert header["counts"]["relations"] == len(set(edges_of(truth)))
    pointing = {
        (source, target)
        for source, target, relation in edges_of(truth)
        if relation in POINTING and source != target and {source, target} <= truth.articles.keys()
    }
    named, points = ({pair[end] for pair in pointing} for end in (1, 0))
    for node, iri in enumerate(text["iri"]):
        article = truth.articles[iri]
        assert bool(columns["flags"][node] & numbers.UNNAMED) == (iri not in named)
        assert bool(columns["flags"][node] & numbers.ALONE) == (iri not in named | points)
        assert text["label"][node] == to_line(article.label, 240)
        assert bool(columns["flags"][node] & numbers.STUB) == article.stub
        assert bool(columns["flags"][node] & numbers.UNPUBLISHED) == (article.published is False)
        fits = article.quality is not None and abs(article.quality) < 2**31
        assert columns["quality"][node] == (article.quality if fits else UNKNOWN)
        assert (columns["day"][node] == UNKNOWN) == (article.published_at is None)
        kind = int(columns["type"][node])
        assert (header["types"][kind - 1] if kind else None) == (to_line(article.type, 60) if article.type else None)


@settings(max_examples=30)
@given(sites())
def test_nothing_in_the_payload_can_do_harm(site: Site) -> None:
    """Addresses are those of web pages, and texts are single lines without control characters or half characters."""
    header, _, text = decoded(packed(built(site).truth))
    check_harmless(header, text)


def test_hostile_texts_do_no_harm() -> None:
    """Every hostile text in every place is a line that only shows."""
    header, _, text = decoded(packed(built(HOSTILE_SITE).truth))
    check_harmless(header, text)


def check_harmless(header: Mapping[str, Any], text: Mapping[str, Any]) -> None:
    """Check every address and every text."""
    for address in [*text["url"], *text["image"]]:
        assert not address or address.startswith(("http://", "https://"))
    for line in texts_in([header, text]):
        assert len(line) <= 4000
        assert not any(unicodedata.category(mark) in {"Cc", "Cs", "Zl", "Zp"} for mark in line), repr(line)
    assert all(label.strip() == label for label in text["label"])


def texts_in(value: object) -> list[str]:
    """Return all texts in a JSON value, names included."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [line for pair in value.items() for part in pair for line in texts_in(part)]
    if isinstance(value, list):
        return [line for part in value for line in texts_in(part)]
    return []


@pytest.mark.slow
@settings(max_examples=25)
@given(truths())
def test_every_number_has_its_place(truth: Truth) -> None:
    """Columns have one value for each node or article, and header and columns agree about islands and communities."""
    header, columns, text = decoded(packed(truth))
    nodes, articles = header["kinds"]["person"][1], header["kinds"]["article"][1]
    assert list(header["kinds"]) == ["article", "topic", "provider", "person"]
    by_node = "topics_x topics_y network_x network_y time_x time_y size community island flags".split()
    assert {len(columns[name]) for name in by_node} == {nodes}
    assert {len(columns[name]) for name in "story type category day quality heat words".split()} == {articles}
    assert {len(text[name]) for name in ("url", "excerpt", "image")} == {nodes}
    assert len(header["labels"]) == nodes - articles
    for place, island in enumerate(header["islands"]):
        assert (columns["island"][island["first"] : island["end"]] == place).all()
        flags = columns["flags"][island["first"] : island["end"]]
        assert np.count_nonzero(flags & numbers.INFERRED) == island["inferred"]
    for place, community in enumerate(header["communities"]):
        assert np.count_nonzero(columns["community"] == place) == community["size"]
        assert all(columns["community"][node] == place for node in community["nodes"])
    assert len(columns["backbone_from"]) == len(columns["backbone_to"])
    assert math.isfinite(header["time"]["scale"])


@pytest.mark.slow
def test_the_same_truth_gives_the_same_bytes_in_every_process() -> None:
    """No order of hashes reaches the payload."""
    program = (
        "import hashlib, graph; from graph.atlas import to_atlas; from graph.explorer import to_payload; "
        "truth = graph.build('seeds').truth; found = to_payload(to_atlas(truth)); "
        "print(hashlib.sha256(found.map + found.text).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=HERE,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(HERE)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for seed in ("1", "2", "77")
    }
    assert len(digests) == 1


@settings(max_examples=10)
@given(truths())
def test_the_same_truth_gives_the_same_bytes(truth: Truth) -> None:
    """Nothing of a run stays behind in the next."""
    assert packed(truth) == packed(truth)


@pytest.mark.slow
@settings(max_examples=20)
@given(truths())
def test_what_stands_out_tells_how_many_links_lead_there(truth: Truth) -> None:
    """What stands out comes with the number of articles that point to it, and the header with the size most have."""
    header, columns, text = decoded(packed(truth))
    named = [target for article in truth.articles.values() for target in {*article.related, *article.links}]
    for node, score, links in [*header["insights"]["central"], *header["insights"]["bridges"]]:
        assert score > 0
        assert links == named.count(text["iri"][node])
    sizes = columns["size"][: len(text["iri"])].tolist()
    assert header["grain"] == (statistics.median(sizes) if sizes else 1.0)


def test_a_real_site_is_small(azure: graph.KnowledgeGraph) -> None:
    """A site of thousands of articles fits in a page that opens at once, backbone and excerpts included."""
    found = packed(azure.truth)
    assert len(found.map) + len(found.text) < 1_400_000
    header, columns, text = decoded(found)
    assert len(columns["backbone_from"]) < 0.2 * len(columns["related_to"])
    assert any(text["excerpt"])
    assert max(island["end"] - island["first"] for island in header["islands"]) < len(azure.articles) / 2


def test_of_many_articles_excerpts_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are too many articles, their summaries stay out."""
    monkeypatch.setattr(payload, "MOST_WHOLE", 2)
    truth = truth_of(articles_of(dict.fromkeys("123", "roses"), excerpt="A summary.", duration="PT5M", price="Free"))
    _, _, text = decoded(packed(truth))
    assert text["excerpt"][:3] == [None] * 3
    assert text["facts"]["0"] == {"duration": "PT5M", "price": "Free"}


def test_an_article_without_a_page_has_no_address() -> None:
    """A minted name is no link: the address is empty, where an article's IRI is its page there is none to add."""
    page, name = "https://news.example/a", "https://example.org/article/b"
    articles = [Article(page, "A", url=page), Article(name, "B"), Article("https://x.example/c", "C", url=page + "?c")]
    _, columns, text = decoded(packed(truth_of(articles)))
    no_page = (columns["flags"] & numbers.NO_PAGE).tolist()
    found = dict(zip(text["iri"], zip(text["url"], no_page, strict=False), strict=False))
    assert found[page] == (None, 0)
    assert found[name] == ("", numbers.NO_PAGE)
    assert found["https://x.example/c"] == (page + "?c", 0)


def test_relations_of_cliques_come_back() -> None:
    """A few numbers by hand: three articles that name each other are six relations and two backbone edges or three."""
    header, columns, text = decoded(packed(truth_of(cliques([3]))))
    assert len(relations_of(header, columns, iris_of(header, text))) == 6
    assert columns["backbone_from"].tolist() <= columns["backbone_to"].tolist()


@pytest.mark.parametrize("text", HOSTILE)
def test_lines_are_lines(text: str) -> None:
    """A text becomes one line without marks that steer a terminal, a browser or the direction of writing."""
    line = to_line(text)
    assert line == line.strip()
    assert not set(line) & set("\n\r\t\x00\x1b\u2028\u2029\u202e\u2066\ud800")
    assert to_line("word " * 100, 20) == "word word word word…"


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//news.example",
        "https://",
        "https:/x",
        "http://[",
        "https://a\nb",
        "",
    ],
)
def test_only_web_addresses_are_links(text: str) -> None:
    """What a browser would not open as a page of the web is no address."""
    assert to_web_address(text) is None
    assert to_web_address("https://news.example/é?x#y") == "https://news.example/é?x#y"


def test_the_bytes_do_not_tell_when_they_were_made() -> None:
    """The compressed streams hold no time and no name."""
    found = packed(truth_of(cliques([3])))
    for stream in (found.map, found.text):
        assert stream[:4] == b"\x1f\x8b\x08\x00"
        assert stream[4:8] == bytes(4)
    assert hashlib.sha256(found.map).digest() == hashlib.sha256(packed(truth_of(cliques([3]))).map).digest()
