"""What people write is read: no figure of a specimen site, a corpus or an oracle falls, and `info` tells the truth."""

from __future__ import annotations

import functools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph
from benchmarks.comparing import FIELDS, Expected, Score, compare, exact, page_of, words_of
from benchmarks.corpora import BASES, ORACLES
from benchmarks.coverage import PAGE, measure_corpus, measure_oracle, measure_site
from benchmarks.dialects import SITES
from benchmarks.figures import Table, fallen, read_page, to_page
from benchmarks.oracles import read_oracle
from graph.coverage import FIELDS as HELD
from graph.coverage import LINKS, Coverage, coverage_of, percent
from graph.errors import Problem
from graph.publishing import info_lines
from graph.records import Article, Topic
from graph.truth import Truth
from graph.truth.links import LinkCounts
from tests.corpus import corpus, oracle

KEPT = read_page(PAGE.read_text(encoding="utf-8"))
CORPORA = [heading.removeprefix("Corpus: ") for heading in KEPT if heading.startswith("Corpus: ")]
REMEDY = "Run `python -m benchmarks.coverage --write`, and commit benchmarks/coverage.md."
BASE = "https://example.org/"


def assert_kept(heading: str, found: Table) -> None:
    """Fail where a figure fell below the one that is kept, or rose and is not kept yet."""
    fell = list(fallen(KEPT[heading], found))
    assert not fell, f"{heading} fell:\n" + "\n".join(fell)
    assert found == KEPT[heading], f"{heading} has other figures than are kept. {REMEDY}"


@functools.cache
def built(name: str) -> graph.KnowledgeGraph:
    """Return the graph of a corpus, built once at the address of its site."""
    return graph.build(corpus(name), base=BASES.get(name))


@pytest.mark.parametrize("name", SITES)
def test_specimen_sites_are_read_as_before(name: str) -> None:
    """What is read of each dialect's specimen site agrees with what the site says as well as it did."""
    assert_kept(f"Specimen site: {name}", measure_site(name))


@pytest.mark.slow
@pytest.mark.parametrize("name", CORPORA)
def test_corpora_are_read_as_before(name: str, request: pytest.FixtureRequest) -> None:
    """Of each real site at hand, as many documents have a title, a date and so on, and as many links lead somewhere."""
    knowledge = request.getfixturevalue("azure") if name == "everyday-azure" else built(name)
    assert_kept(f"Corpus: {name}", measure_corpus(knowledge))


@pytest.mark.slow
@pytest.mark.parametrize("name", ORACLES)
def test_corpora_agree_with_their_oracles_as_before(name: str) -> None:
    """What is read of a real site agrees with an independent reading of it as well as it did."""
    assert_kept(f"Oracle: {name}", measure_oracle(built(name), oracle(name)))


@pytest.mark.parametrize("name", SITES)
def test_specimen_sites_are_large_and_whole(name: str, tmp_path: Path) -> None:
    """A specimen site has at least 25 documents, each once and with a file, is the same each time, and links inside."""
    site = SITES[name]()
    assert site == SITES[name]()
    paths = [item.path for item in site.expected]
    assert len(set(paths)) == len(paths) >= 25
    assert set(paths) <= site.files.keys()
    for item in site.expected:
        assert {*item.links, *item.related} <= set(paths)
        assert item.path not in item.related
        lines = site.files[item.path].splitlines()
        assert all("lost" in lines[line - 1].lower() for line in item.broken or ())
    addresses = [page_of(item.address) for item in site.expected if item.address]
    assert len(set(addresses)) == len(addresses)
    site.write(tmp_path)
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()} == set(site.files)


def test_a_fall_is_told() -> None:
    """Whatever falls is told, and nothing else: recall, precision, numbers, shares, rows that are gone."""
    before = {"title": (10, 10, 10), "date": (10, 8, 8), "links": (0, 0, 0)}
    assert not list(fallen(before, before))
    assert not list(fallen(before, {**before, "date": (10, 10, 10), "links": (0, 0, 0)}))
    assert list(fallen(before, {**before, "title": (10, 9, 9)})) == ["title: recall 9 of 10, was 10 of 10"]
    assert list(fallen(before, {**before, "date": (10, 9, 8)})) == ["date: precision 8 of 9, was 8 of 8"]
    assert list(fallen(before, {"title": (10, 10, 10), "date": (10, 8, 8)})) == ["links: is gone"]
    assert list(fallen(before, {**before, "links": (0, 3, 0)})) == ["links: precision 0 of 3, was 0 of 0"]
    assert not list(fallen({"links": (9, 0, 0)}, {"links": (9, 8, 1)}))
    shares = {"title": (10, 9), "broken": (10, 5)}
    assert list(fallen(shares, {"title": (10, 8), "broken": (10, 1)})) == ["title: 8 of 10, was 9 of 10"]
    assert list(fallen(shares, {"title": (20, 10), "broken": (10, 1)})) == ["title: 10 of 20, was 9 of 10"]
    assert not list(fallen(shares, {"title": (9, 9), "broken": (10, 9)}))


counts = st.tuples(st.integers(0, 10**7), st.integers(0, 10**7), st.integers(0, 10**7))


@given(st.lists(counts, min_size=len(FIELDS), max_size=len(FIELDS)), st.lists(counts, min_size=len(HELD)))
def test_the_page_holds_the_figures(compared: list[tuple[int, int, int]], held: list[tuple[int, int, int]]) -> None:
    """What is written to the page is read back from it, to the last figure."""
    figures: dict[str, Table] = {
        "Specimen site: one": dict(zip(FIELDS, compared, strict=True)),
        "Corpus: two": {name: numbers[:2] for name, numbers in zip(HELD, held, strict=False)},
    }
    assert read_page(to_page(figures)) == figures


def test_the_page_is_as_it_would_be_written() -> None:
    """Nobody edits the page by hand."""
    assert to_page(KEPT) == PAGE.read_text(encoding="utf-8")


def test_a_comparison_counts_each_field(tmp_path: Path) -> None:
    """Each field counts what is stated, what is read and what agrees, and relations count between records."""
    (tmp_path / "a.md").write_text(
        "---\ntitle: A\ndate: 2020-01-02\nauthor: Jo Doe\ntags: [Sea, Land]\n"
        "provider: {name: News, domain: n.example}\nurl: https://n.example/a\nrelated:\n  - b.md\n---\nText.\n",
        encoding="utf-8",
    )
    (tmp_path / "b.md").write_text("---\ntitle: B\n---\nText.\n", encoding="utf-8")
    expected = [
        Expected(
            "a.md", "A", "2020-01-03", ("Jo Doe",), ("Sea",), "News", "http://www.n.example/a/", ("b.md",), ("b.md",)
        ),
        Expected("b.md", "b", broken=(5,)),
        Expected("c.md", "C"),
    ]
    scores = compare(graph.build(tmp_path), expected, exact)
    assert scores == {
        "documents": Score(3, 2, 2),
        "title": Score(3, 2, 1),
        "date": Score(1, 1, 0),
        "authors": Score(1, 1, 1),
        "topics": Score(1, 2, 1),
        "provider": Score(1, 1, 1),
        "address": Score(1, 1, 1),
        "related": Score(1, 1, 1),
        "links": Score(1, 0, 0),
        "outside links": Score(0, 0, 0),
        "broken links": Score(1, 0, 0),
    }
    assert compare(graph.build(tmp_path), expected, words_of)["title"] == Score(3, 2, 2)


def test_an_oracle_is_read(tmp_path: Path) -> None:
    """An oracle's documents become what is expected, those that only lead on without their links."""
    document = {
        "path": "a.md",
        "kind": "article",
        "title": "A",
        "day": "2020-01-02",
        "authors": ["Jo"],
        "topics": ["Sea"],
        "provider": "News",
        "address": "https://n.example/a",
        "internal": [["b.md", "markdown"]],
        "stated": [["c.md", "related"]],
        "external": ["https://o.example/"],
    }
    moved = {**document, "path": "b.md", "kind": "redirect"}
    (tmp_path / "site.json").write_text(json.dumps({"docs": [document, moved]}), encoding="utf-8")
    whole, lesser = read_oracle(tmp_path / "site.json")
    assert whole == Expected(
        "a.md",
        "A",
        "2020-01-02",
        ("Jo",),
        ("Sea",),
        "News",
        "https://n.example/a",
        ("c.md",),
        ("b.md",),
        ("https://o.example/",),
        None,
    )
    assert (lesser.links, lesser.related, lesser.is_article) == ((), (), False)


def truth_of(*articles: Article, **more: object) -> Truth:
    """Return a truth of these articles."""
    values: dict[str, object] = {
        "base": BASE,
        "title": "Site",
        "articles": {article.iri: article for article in articles},
        "providers": {},
        "topics": {},
        "people": {},
        "images": {},
        "problems": (),
        "files": len(articles),
        "unmapped": (),
    }
    return Truth(**{**values, **more})  # type: ignore[arg-type]


def test_nothing_is_covered_of_nothing() -> None:
    """A truth without articles has nothing, and its shares are none."""
    found = coverage_of(truth_of())
    assert {getattr(found, name) for name in ("documents", "links", *HELD, *LINKS)} == {0}
    assert found.not_understood == ()
    assert percent(0, 0) == "-"


def test_documents_are_counted_and_stubs_are_not() -> None:
    """Each document counts for what it has, whichever way it is related; a stub counts for nothing."""
    full = Article(
        f"{BASE}full",
        "Full",
        url=f"{BASE}full",
        excerpt="In short.",
        starts_at="2020-01-02",
        provider="https://n.example/#organization",
        topics=(f"{BASE}topic/sea",),
        authors=(f"{BASE}person/jo",),
        links=(f"{BASE}linked",),
    )
    linked, listed, named = (Article(f"{BASE}{name}", name) for name in ("linked", "listed", "named"))
    alone = Article(f"{BASE}alone", "alone", published_at="2020-01-02")
    stub = Article(f"{BASE}stub", "Stub", url=f"{BASE}stub", published_at="2020-01-02", stub=True)
    whole = Article(f"{BASE}whole", "whole", parts=(f"{BASE}listed",), related=(f"{BASE}stub",))
    topic = Topic(f"{BASE}topic/sea", "Sea", links=(f"{BASE}named",))
    found = coverage_of(
        truth_of(full, linked, listed, named, alone, stub, whole, topics={topic.iri: topic}, untitled=5)
    )
    assert found == Coverage(
        documents=6,
        title=1,
        date=2,
        provider=1,
        topics=1,
        authors=1,
        excerpt=1,
        relations=5,
        address=1,
        links=0,
        resolved=0,
        outside=0,
        broken=0,
        not_understood=(),
    )


def test_what_was_not_understood_comes_by_number() -> None:
    """Unknown fields and refused values come together, the commonest first, ten at most; other faults do not count."""
    kinds = ["invalid-date"] * 3 + ["not-a-list"] + ["title-contradiction"] * 9 + ["broken-link"]
    problems = tuple(Problem("a.md", line, kind, "f", "r") for line, kind in enumerate(kinds))
    unmapped = (("weight", 7), ("colour", 3), *((f"field{number:02}", 1) for number in range(20)))
    found = coverage_of(truth_of(problems=problems, unmapped=unmapped)).not_understood
    assert found[:3] == (("field weight", 7), ("field colour", 3), ("invalid-date", 3))
    assert len(found) == 10


def test_links_are_counted() -> None:
    """What became of links is told as the truth counted it."""
    found = coverage_of(truth_of(link_counts=LinkCounts(stated=9, resolved=4, outside=3, broken=1)))
    assert (found.links, found.resolved, found.outside, found.broken) == (9, 4, 3, 1)


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_share_is_whole_only_if_nothing_lacks(part: int, whole: int) -> None:
    """A share is 100.0 exactly where nothing lacks, and never too high."""
    part = min(part, whole)
    assert (percent(part, whole) == "100.0") == (part == whole)
    assert float(percent(part, whole)) <= 100 * part / whole


@pytest.mark.parametrize(
    ("text", "titled"),
    [("---\ntitle: A\n---\nText.\n", 1), ("---\ndate: 2020-01-02\n---\n", 0)],
    ids=["stated", "named by its file"],
)
def test_a_name_of_a_file_is_no_title(text: str, titled: int, tmp_path: Path) -> None:
    """A document that states no title is called by its file, and does not count as titled."""
    (tmp_path / "some-name.md").write_text(text, encoding="utf-8")
    knowledge = graph.build(tmp_path)
    assert knowledge.info().coverage.title == titled
    assert (knowledge.truth.untitled, len(knowledge.articles)) == (1 - titled, 1)


def test_info_shows_coverage_in_lines(seeds: graph.KnowledgeGraph) -> None:
    """`info` shows shares and numbers of documents and links, and what was not understood, in 80 columns."""
    numbers = json.loads(json.dumps(seeds.info().to_dict()))
    lines = list(info_lines(numbers))
    assert "documents with (of 3)" in lines
    assert "  100.0%  3  title" in lines
    assert not any(line.startswith("links (of") for line in lines)
    numbers["coverage"] |= {"links": 1200, "resolved": 1199, "outside": 1, "not_understood": [["field weight", 1200]]}
    lines = list(info_lines(numbers))
    assert lines[lines.index("links (of 1,200)") + 1 :][:3] == [
        "   99.9%  1,199  resolved",
        "    0.0%      1  outside",
        "    0.0%      0  broken",
    ]
    assert lines[lines.index("not understood, the commonest") + 1] == "  1,200  field weight"
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("coverage", [None, [], {}, {"documents": "x"}, {"documents": 2, "title": None}])
def test_numbers_of_another_version_are_shown(coverage: object) -> None:
    """What an older or broken `info.json` says of coverage, or does not, never keeps the rest from being shown."""
    lines = list(info_lines({"articles": 2, "coverage": coverage}))
    assert lines[0].startswith("articles    2")


def test_every_number_of_coverage_is_shown() -> None:
    """The names in the table are those of the record, every one."""
    names = {"documents", "links", "not_understood", *HELD, *LINKS}
    assert names == set(Coverage.__dataclass_fields__)


def test_fields_that_only_pages_need_are_understood(tmp_path: Path) -> None:
    """Fields by which generators lay out and sort pages are kept in the network, and not counted as unknown."""
    (tmp_path / "a.md").write_text("---\ntitle: A\nlayout: post\nWeight: 3\ntoc: true\ncolour: red\n---\n")
    knowledge = graph.build(tmp_path)
    assert knowledge.info().unmapped == (("colour", 1),)
    (article,) = knowledge.articles.values()
    assert article.extra == {"layout": "post", "Weight": 3, "toc": True, "colour": "red"}
