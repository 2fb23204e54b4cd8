"""The report: plots, answers and problems of any graph, as a page without scripts and as Markdown."""

from __future__ import annotations

import html
import re
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import graph
from graph.analysis.centrality import MEASURES
from graph.errors import FormatError, GraphError
from graph.reporting import Report, make_report, plot_files, to_markdown, to_page, write_report
from graph.reporting.parts import Plot, Table, WebLink
from graph.reporting.periods import periods_of
from graph.reporting.report import SECTIONS
from tests import sites as networks
from tests.commands import SEEDS, Run, assert_misuse, run
from tests.worlds import HOSTILE, HOSTILE_SITE, Site, built, sites

__all__ = ["run"]

ALLOWED = frozenset(
    "a body caption clippath defs div figcaption figure g h1 h2 head header html li link main meta nav p path rect "
    "section style svg table tbody td text th thead time title tr ul use".split()
)
"""Every element of a report; none of them runs anything, or loads anything but the icon."""

ADDRESSES = {"a": ("#", "https://", "http://"), "link": ("data:,",), "use": ("#",)}
"""How the addresses of an element may begin."""

ATTACKING: Site = {
    **HOSTILE_SITE,
    **{
        f"attack-{number}.md": {
            "title": f"{text} $x_1$ ![a](http://evil.example/b) <img src=x>",
            "date": f"2024-0{number % 9 + 1}-01",
            "topics": [f"{text} topic", "$\\frac{1}{0}$ | <b>"],
            "provider": f"{text} <script>alert(1)</script>",
            "type": f"<i>{text}",
        }
        for number, text in enumerate((*HOSTILE, *networks.HOSTILE))
    },
}


class Reader(HTMLParser):
    """Reads a page as a browser does: elements, attributes, texts, and whether they are nested well."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in {"img", "link", "meta"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element without content."""
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        """Check that the innermost element ends."""
        assert self.open.pop() == tag

    def values(self, name: str) -> list[str]:
        """Return the values of an attribute."""
        return [value or "" for _, known, value in self.attributes if known == name]


def assert_safe(page: str) -> None:
    """Assert that a page holds only known elements, which do nothing, and that its names are unique."""
    read = Reader(page)
    assert not read.open
    assert set(read.tags) <= ALLOWED
    assert not [name for _, name, _ in read.attributes if name == "style" or name.startswith("on") or name == "src"]
    for tag, name, value in read.attributes:
        if name in {"href", "xlink:href"}:
            assert (value or "").startswith(ADDRESSES[tag])
    names = read.values("id")
    assert len(names) == len(set(names))
    assert {value[1:] for value in read.values("href") if value.startswith("#")} <= set(names)
    assert set(re.findall(r"url\(#([^)]*)\)", page)) <= set(names)
    assert any(value.startswith("default-src 'none'; style-src 'sha256-") for value in read.values("content"))


def assert_whole(report: Report) -> None:
    """Assert that every section says something, every row has its cells, and every plot is well-formed."""
    assert len({section.name for section in report.sections}) == len(report.sections) == len(SECTIONS)
    for section in report.sections:
        assert section.parts
        for part in section.parts:
            if isinstance(part, Table):
                assert {len(row) for row in part.rows} == {len(part.headers)}
                assert part.caption.endswith(".")
            elif isinstance(part, Plot):
                assert part.alternative.endswith(".")
                root = ElementTree.fromstring(part.svg)  # noqa: S314 - what is tested
                assert not [element for element in root.iter() if element.get("style")]
            else:
                assert part.endswith(".")


def parts_of(of: graph.KnowledgeGraph | Report, name: str) -> Sequence[object]:
    """Return the parts of a section of a report, or of the report of a graph."""
    report = of if isinstance(of, Report) else make_report(of)
    (found,) = [section.parts for section in report.sections if section.name == name]
    return found


def dated(days: Sequence[str], **fields: object) -> graph.KnowledgeGraph:
    """Return the graph of articles of some days."""
    return graph.build_from({"title": f"Article {number}", "date": day, **fields} for number, day in enumerate(days))


@pytest.fixture(scope="module")
def seeds() -> graph.KnowledgeGraph:
    """Return the graph of the seeds."""
    return graph.build(SEEDS)


@pytest.fixture(scope="module")
def seeds_report(seeds: graph.KnowledgeGraph) -> Report:
    """Return the report of the seeds."""
    return make_report(seeds)


@pytest.fixture(scope="module")
def attacked() -> Report:
    """Return the report of a site whose every text is an attack."""
    return make_report(built(ATTACKING))


def test_the_report_of_the_seeds(seeds_report: Report) -> None:
    """It has all five plots and the answers, and nothing but known elements."""
    assert_whole(seeds_report)
    page = to_page(seeds_report)
    assert_safe(page)
    plots = [part.name for section in seeds_report.sections for part in section.parts if isinstance(part, Plot)]
    assert plots == ["growth", "topics-over-time", "provider-by-topic", "degrees", "communities"]
    for said in (
        "4 stubs",
        "VentureBeat",
        "The 4 articles that others point to",
        "no problems were found",
        "Machine Learning",
    ):
        assert said.replace("4 stubs", "stubs: articles without a document") in page


def test_hostile_texts_stay_texts_on_the_page(attacked: Report) -> None:
    """No title, topic, provider, type or path becomes markup of the page or of a plot."""
    assert_whole(attacked)
    assert_safe(to_page(attacked))
    assert "$x_1$" in to_page(attacked)


def test_hostile_texts_stay_texts_in_markdown(attacked: Report) -> None:
    """A table keeps its columns, and nothing but the plots is a picture, or is HTML."""
    text = to_markdown(attacked, "report")
    files = plot_files(attacked, "report")
    assert re.findall(r"(?<!\\)!\[.*(?<!\\)\]\((.*)\)$", text, re.MULTILINE) == list(files)
    assert not re.search(r"<(?!https?://)", text)
    width = 0
    for line in text.splitlines():
        cells = len(re.findall(r"(?<!\\)(?:\\\\)*\|", line))
        assert not (cells and width) or cells == width, line
        width = cells
    read = Reader(MarkdownIt("gfm-like").render(text))
    assert set(read.tags) <= {"a", "h1", "h2", "img", "p", "table", "tbody", "td", "th", "thead", "tr"}
    assert read.values("src") == list(files)
    assert all(address.startswith(ADDRESSES["a"]) for address in read.values("href"))
    for document in files.values():
        root = ElementTree.fromstring(document)  # noqa: S314 - what is tested
        assert {element.tag.partition("}")[2].lower() for element in root.iter()} <= ALLOWED


@pytest.mark.slow
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@example(site={"a.md": "\0"})
@given(site=sites())
def test_any_site_has_a_report(site: Site) -> None:
    """Any site gives a safe page, and the same one again."""
    report = make_report(built(site))
    assert_whole(report)
    assert_safe(to_page(report))
    assert to_page(make_report(built(site))) == to_page(report)


def test_an_empty_graph_has_a_report() -> None:
    """A graph without articles gives sentences instead of plots and tables."""
    knowledge = graph.build_from([("_data/topics/a.yaml", "name: AI\n")])
    assert not knowledge.articles
    report = make_report(knowledge)
    assert_whole(report)
    assert_safe(to_page(report))
    assert not [part for section in report.sections for part in section.parts if isinstance(part, Plot)]


@pytest.mark.parametrize(
    ("section", "sentence"),
    [
        ("growth", "no article with a document has a date"),
        ("topics-over-time", "no article with a document has a date"),
        ("provider-by-topic", "no article names a provider"),
        ("degrees", "no article is related to another or links to one"),
        ("communities", "no articles are tied to each other"),
        ("central-articles", "no article points to another"),
        ("standing", "no article points to another"),
        ("stories", "no two publishers report the same event"),
        ("copies", "no text is at two addresses"),
        ("topics", "no article states a topic"),
        ("providers", "no article names one"),
        ("wanted-stubs", "has a document"),
        ("suggestions", "has a score of 1 or more"),
    ],
)
def test_what_the_data_lack_is_one_sentence(section: str, sentence: str) -> None:
    """A part that the data do not allow is left out with one sentence that says why."""
    (part,) = parts_of(graph.build_from([{"title": "One node"}]), section)
    assert isinstance(part, str)
    assert sentence in part


def test_a_single_day_has_no_growth() -> None:
    """Articles of one day give a sentence instead of one bar."""
    (part,) = parts_of(dated(["2024-05-01"] * 3, topics=["AI"]), "growth")
    assert part == "There is no plot of growth, because all articles with a date are of 2024-05-01."


def test_the_plot_of_growth_says_its_numbers() -> None:
    """The caption names the busiest period, and the alternative text the range and the total."""
    (part,) = parts_of(dated([*["2024-01-10"] * 4, "2024-03-01"]), "growth")
    assert isinstance(part, Plot)
    assert "The busiest day is 2024-01-10, with 4 articles." in part.caption
    assert "from 2024-01-10 to 2024-03-01" in part.alternative
    assert "rises to 5 articles" in part.alternative


def test_far_days_are_not_drawn_but_counted() -> None:
    """One mistaken date among hundreds does not press all others into one bar, and is told."""
    days = [(date(2024, 1, 1) + timedelta(days=number % 40)).isoformat() for number in range(300)]
    (part,) = parts_of(dated(["0950-01-01", *days]), "growth")
    assert isinstance(part, Plot)
    assert "by day of publication" in part.caption
    assert part.caption.endswith("Not shown is 1 article before 2024-01-01.")
    assert "rises to 301 articles" in part.alternative


@given(days=st.lists(st.dates(), min_size=1), most=st.integers(2, 60))
def test_every_day_is_in_a_period_or_counted(days: list[date], most: int) -> None:
    """Periods are at most as many as asked for, and lose no day."""
    periods = periods_of(days, most)
    assert 1 <= len(periods.labels) <= most
    assert len(set(periods.labels)) == len(periods.labels)
    assert sum(periods.counts(days)) + periods.earlier + periods.later == len(days)
    assert sum(periods.counts(days))


def test_topics_on_nearly_every_article_are_named_but_not_drawn() -> None:
    """A topic that says nothing is left out of plots, and the caption says so."""
    knowledge = graph.build_from(
        {"title": f"{number}", "date": f"2024-01-{number + 1:02}", "topics": ["Root"] if number % 3 else ["Root", "AI"]}
        for number in range(24)
    )
    (part,) = parts_of(knowledge, "topics-over-time")
    assert isinstance(part, Plot)
    assert part.caption.endswith(" Left out, because nearly every article states it: Root.")
    assert ">AI<" in part.svg
    assert ">Root<" not in part.svg


def test_problems_are_ranked_with_remedy_and_places() -> None:
    """What to fix first: the commonest kind, its commonest remedy, and the first three places."""
    documents = [(f"{number}.md", "---\ntitle: x\ndate: soon\n---\n") for number in range(5)]
    knowledge = graph.build_from([*documents, ("z.md", "---\ntitle: z\n---\n[a](missing.md)\n")])
    (part,) = parts_of(knowledge, "repairs")
    assert isinstance(part, Table)
    counts = Counter(problem.kind for problem in knowledge.problems)
    assert [row[:2] for row in part.rows] == sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    first = next(row for row in part.rows if row[0] == "invalid-date")
    assert first[1] == 5
    assert first[4] == ["0.md:3", "1.md:3", "2.md:3"]
    assert "soon" in str(first[2])
    assert str(first[3]).endswith(".")


def test_stories_and_copies_are_told() -> None:
    """A story says who told it first, when, and who followed; a copy leads to both addresses and is no suggestion."""
    text = "Genomes of a million people are now stored safely in the cloud, says the institute"

    def told(number: int, publisher: str, day: str, title: str) -> dict[str, str]:
        address = f"https://{publisher.lower()}.example/{number}"
        return {"title": title, "webUrl": address, "provider": publisher, "date": day, "excerpt": text}

    title = "Genomes of a million people are stored"
    articles = [told(number, name, f"2024-01-0{number + 1}", title) for number, name in enumerate("Beta Alpha".split())]
    articles += [told(7, f"Other{number}", "2024-01-03", "Genomes are in the cloud") for number in range(4)]
    report = make_report(graph.build_from(articles))
    (table,) = parts_of(report, "stories")
    assert isinstance(table, Table)
    assert "The largest of 1 event" in table.caption
    (row,) = table.rows
    assert row[1:4] == (6, 6, 2)
    assert row[4] == [WebLink(title, "https://beta.example/0"), "Beta, 2024-01-01"]
    assert row[5] == "Alpha, Other0, Other1 and 2 more"
    (table,) = parts_of(report, "copies")
    assert isinstance(table, Table)
    assert (
        WebLink(title, "https://beta.example/0"),
        WebLink("https://alpha.example/1", "https://alpha.example/1"),
    ) in [row[:2] for row in table.rows]
    for part in parts_of(report, "suggestions"):
        assert isinstance(part, str) or not [row for row in part.rows if "same title" in str(row[3])]  # type: ignore[attr-defined]


def test_standing_names_leaders_by_every_measure(seeds_report: Report) -> None:
    """Providers, topics and people with central articles are told, and articles that lead by other measures."""
    tables = [part for part in parts_of(seeds_report, "standing") if isinstance(part, Table)]
    assert tables[0].headers[0] == "provider"
    assert [row[0] for row in tables[-1].rows] == [name for name in MEASURES if name != "pagerank"]
    assert all(isinstance(link, WebLink) for row in tables[-1].rows for link in row[2])  # type: ignore[union-attr]


def test_settings_of_matplotlib_change_nothing(seeds: graph.KnowledgeGraph, seeds_report: Report) -> None:
    """A user's own style sheet changes no byte, and is as before afterwards."""
    page = to_page(seeds_report)
    with mpl.rc_context({"font.size": 30, "svg.fonttype": "path", "axes.facecolor": "red"}):
        assert to_page(make_report(seeds)) == page
        assert mpl.rcParams["font.size"] == 30


def test_without_matplotlib_there_is_one_clear_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seeds: graph.KnowledgeGraph
) -> None:
    """Without the extra, the command and the function name what to install, and nothing is written."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(GraphError, match=re.escape("pip install 'article-graph[report]'")):
        make_report(seeds)
    done = run("report", SEEDS, "--out", str(tmp_path / "report.html"))
    assert (done.status, done.out, list(tmp_path.iterdir())) == (2, "", [])
    assert "pip install 'article-graph[report]'" in done.told


def test_the_command_writes_a_page(run: Run, tmp_path: Path) -> None:
    """`report` writes one page, in a new folder too, and says where; a build and its source give the same bytes."""
    assert run("build", SEEDS, "--out", str(tmp_path / "exports"), "--format", "nt,graphml", "--quiet").status == 0
    pages = [tmp_path / "new" / "source.html", tmp_path / "build.html"]
    for place, page in zip(([SEEDS], ["--graph", str(tmp_path / "exports")]), pages, strict=True):
        done = run("report", *place, "--out", str(page))
        assert (done.status, done.out) == (0, f"Report written to {page}\n")
    assert pages[0].read_bytes() == pages[1].read_bytes()


def test_the_command_writes_markdown(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`report --format md` writes the text, by default `report.md`, and every plot that it shows beside it."""
    monkeypatch.chdir(tmp_path)
    done = run("report", SEEDS, "--format", "md")
    assert (done.status, done.out) == (0, "Report written to report.md with 5 plots beside it\n")
    shown = re.findall(r"\]\((report-.*\.svg)\)$", (tmp_path / "report.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(["report.md", *shown]) == sorted(path.name for path in tmp_path.iterdir())
    assert len(shown) == 5


def test_a_file_name_with_signs_is_still_found(seeds_report: Report, tmp_path: Path) -> None:
    """The addresses of plots are percent-encoded where the name of the report needs it."""
    written = write_report(seeds_report, tmp_path / "a (b) [c].md", "md")
    text = written[0].read_text(encoding="utf-8")
    assert "](a%20%28b%29%20%5Bc%5D-growth.svg)" in text
    assert all(path.exists() for path in written)


def test_misuse_is_one_line(run: Run, seeds_report: Report, tmp_path: Path) -> None:
    """An unknown form, an empty name and two graphs are each refused with one line."""
    assert_misuse(run("report", SEEDS, "--out", ""), "The file name is empty")
    assert_misuse(run("report", SEEDS, "--graph", "x"), "not both")
    with pytest.raises(FormatError, match="Choose one of html, md"):
        write_report(seeds_report, tmp_path / "x.pdf", "pdf")


def test_a_report_is_honest_about_what_is_missing() -> None:
    """Columns that are empty are left out, undated articles are not the newest, and an order of equals is told."""
    notes = [(f"{number:02}.md", f"---\ntitle: Note {number}\n---\n[x]({number + 1:02}.md)\n") for number in range(20)]
    alone = [(f"a{number:02}.md", f"---\ntitle: Alone {number}\n---\n") for number in range(12)]
    pairs = notes[::2] + [(path, text.split("[x]")[0]) for path, text in notes[1::2]]
    report = make_report(graph.build_from(pairs + alone))
    (orphans,) = parts_of(report, "orphans")
    assert isinstance(orphans, Table)
    assert list(orphans.headers) == ["article", "topics", "stub"]
    assert orphans.caption.startswith("The first of 12 articles without ties")
    (central,) = parts_of(report, "central-articles")
    assert isinstance(central, Table)
    assert "published" not in central.headers
    assert re.search(r"10 of these 10 have the same score, [\d.]+, so their order means nothing\.$", central.caption)


def test_equal_degrees_are_a_sentence() -> None:
    """Where every tied article has as many ties as the others, there is nothing to plot."""
    knowledge = graph.build_from(
        [
            ("a.md", "---\ntitle: A\n---\n[b](b.md)\n"),
            ("b.md", "---\ntitle: B\n---\n"),
            ("c.md", "---\ntitle: C\n---\n"),
        ]
    )
    (part,) = parts_of(knowledge, "degrees")
    assert part == "There is no plot of ties, because 2 articles of 3 have 1 tie each, and the others none."


def test_copies_are_apart_from_suggestions_and_show_their_address() -> None:
    """Two addresses of one text are a table of their own, in which the second is told by its address."""
    text = {"title": "Quantum kittens learn chess", "excerpt": "Kittens beat a master at chess", "date": "2024-05-01"}
    other = [{"title": f"Unlike number {number}", "date": "2024-05-01"} for number in range(5)]
    addresses = ("https://a.example/one?page=1&copy;=<x>|2", "https://b.example/two")
    knowledge = graph.build_from([*({**text, "url": address} for address in addresses), *other])
    report = make_report(knowledge)
    (table,) = parts_of(report, "copies")
    assert isinstance(table, Table)
    assert {str(cell.label) for cell in table.rows[0][:2] if isinstance(cell, WebLink)} >= {text["title"]}
    assert any(isinstance(cell, WebLink) and cell.label == cell.address for cell in table.rows[0])
    shown = to_markdown(report, "report")
    assert "[<" not in shown
    assert "<x>" not in shown


def test_an_address_as_a_title_is_the_text_of_a_link() -> None:
    """A title that is an address is not a link within a link, and entities in addresses stay as they are."""
    address = "https://a.example/one?page=1&copy;=2"
    knowledge = graph.build_from([{"title": "https://a.example/|one", "url": address, "date": "2024-05-01"}])
    shown = MarkdownIt("gfm-like").render(to_markdown(make_report(knowledge), "report"))
    (article,) = knowledge.articles.values()
    assert f'<a href="{html.escape(article.url or "")}">https://a.example/|one</a>' in shown
