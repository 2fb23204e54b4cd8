"""Copies and stories: what they promise, whatever the network, and specimens of pairs that look alike."""

from __future__ import annotations

from collections.abc import Mapping

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis import duplicates, stories
from graph.analysis.title_differences import TitleDifferences
from graph.errors import FormatError
from tests.networks import network_lines, network_of

WORDS = st.lists(st.sampled_from("azure Austria Denmark part 1 2 preview 知識 グラフ كتاب".split()), max_size=5)
DAYS = st.sampled_from(["2020-01-01", "2020-01-02T10:00:00Z", "2020-01-20", "2021", "soon", None])
TEXT = "Genomes of a million people are now stored safely in the cloud, says the institute"


def told(*articles: tuple[str, str, str | None], **attributes: Mapping[str, str]) -> networkx.MultiDiGraph[str]:
    """Return articles `article/0` ... of titles, publishers and dates."""
    names = [f"article/{place}" for place in range(len(articles))]
    lines = [
        f"{name} publisher provider/{publisher}" if publisher else name
        for name, (_, publisher, _) in zip(names, articles, strict=True)
    ]
    labels = {name: title for name, (title, _, _) in zip(names, articles, strict=True)}
    days = {name: day for name, (_, _, day) in zip(names, articles, strict=True) if day}
    return network_of(lines, label=labels, published_at=days, **attributes)


def kinds(network: networkx.MultiDiGraph[str]) -> dict[tuple[str, str], str]:
    """Return the kind of each pair, by the last letters of its articles."""
    return {(row.article[-1], row.other[-1]): row.kind for row in duplicates(network)}


@pytest.mark.slow
@given(network_lines(), st.data())
def test_duplicates_and_stories_keep_their_promises(lines: list[str], data: st.DataObject) -> None:
    """No pair comes twice, groups come by size, and a story has several publishers and no article of another.

    The same network gives the same rows, in whatever order it was put together.
    """
    articles = sorted({word for text in lines for word in text.split() if word.startswith("article/")})
    attributes: dict[str, dict[str, str]] = {
        "label": {article: " ".join(data.draw(WORDS)) or article for article in articles},
        "excerpt": {article: " ".join(data.draw(WORDS)) for article in articles},
        "published_at": {article: day for article in articles if (day := data.draw(DAYS))},
    }
    network, turned = network_of(lines, **attributes), network_of(reversed(lines), **attributes)
    rows = duplicates(network)
    assert rows == duplicates(turned)
    assert duplicates(network, limit=2) == rows[:2]
    assert len({frozenset((row.article, row.other)) for row in rows}) == len(rows)
    assert [row.group for row in rows] == sorted(row.group for row in rows)
    sizes = [
        len({article for row in rows if row.group == group for article in (row.article, row.other)})
        for group in sorted({row.group for row in rows})
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert all(0 < row.score <= 1 and row.reasons and row.kind in {"copy", "same story"} for row in rows)
    found = stories(network)
    assert found == stories(turned)
    assert stories(network, limit=1) == found[:1]
    members = [member.iri for story in found for member in story.members]
    assert len(set(members)) == len(members)
    for story in found:
        assert story.publishers == len(set(story.publisher_labels)) > 1
        assert story.articles == len(story.members) > 1
        assert story.told_first == story.members[0].iri
        assert story.label
    assert [story.number for story in found] == list(range(1, len(found) + 1))


def test_copies_and_stories_are_told_apart() -> None:
    """The same title within two weeks is a copy; much the same text elsewhere, within days, is the same story."""
    network = told(
        ("Genomes of millions stored in the cloud", "a", "2020-05-01"),
        ("Genomes of Millions stored in the Cloud!", "b", "2020-05-12"),
        ("Millions of genomes are stored in the cloud now", "c", "2020-05-02"),
        ("A recipe for bread", "a", "2020-05-01"),
    )
    rows = duplicates(network)
    assert {(row.article[-1], row.other[-1]): row.kind for row in rows} == {
        ("0", "1"): "copy",
        ("0", "2"): "same story",
    }
    assert {row.group for row in rows} == {1}
    assert rows[0].reasons == ("same title", "11 days apart")
    assert "one day apart" in rows[1].reasons


def test_the_older_article_comes_first() -> None:
    """Of a pair, `article` is the one that was published first."""
    network = told(("Genomes in the cloud", "a", "2020-05-03"), ("Genomes in the cloud", "b", "2020-05-01"))
    assert kinds(network) == {("1", "0"): "copy"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Microsoft opens a datacenter region in Austria", "Microsoft opens a datacenter region in Denmark"),
        ("Migrating the production workload, part 1", "Migrating the production workload, part 2"),
        ("Migrating the production workload", "Migrating the production workload, part 2"),
        ("Confidential ledger for databases in preview", "Confidential ledger for databases generally available"),
        ("Security updates for January 2021 in brief", "Security updates for February 2021 in brief"),
        ("Announcing Rustup 1.24.2 for everybody", "Announcing Rustup 1.24.3 for everybody"),
        ("云端基因组数据平台在上海正式发布", "云端基因组数据平台在北京正式发布"),
    ],
)
def test_nearly_equal_titles_of_different_things(one: str, other: str) -> None:
    """Titles that differ in a name, a number or the stage of a product are neither copies nor of one story."""
    texts = {"article/0": TEXT, "article/1": TEXT, "article/2": "The datacenter opens in the region and may close"}
    rows = told((one, "a", "2020-05-01"), (other, "b", "2020-05-01"), ("x", "c", "2020-01-01"), excerpt=texts)
    assert kinds(rows) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AWS and Contoso engage in a public spat", "Amazon Web Services and Contoso engage in a public spat"),
        ("Contoso to invest $10bn in cloud project", "Contoso to invest $10 billion in cloud project"),
        ("Contoso launches boxes for Indian shops", "Contoso launches boxes for shops in India"),
        ("Contoso launches a secure service on Azure", "Contoso introduces a secure service on Azure"),
    ],
)
def test_the_same_in_other_words(one: str, other: str) -> None:
    """Initials, spellings of a number, endings and ordinary words do not tell titles apart."""
    usual = "It launches and introduces what is secure; a public spat of web services may engage us in a project"
    assert not TitleDifferences.among([one, other, usual, usual]).are_apart(one, other)


def test_series_and_events_are_no_copies() -> None:
    """A title that comes again every week is a series, and two events of one title begin at different times."""
    weekly = told(*(("Virtual training day", "a", f"2020-05-{day:02}") for day in (1, 8, 15, 22)))
    assert kinds(weekly) == {}
    pair = told(("Training", "a", "2020-05-01"), ("Training", "a", "2020-05-02"))
    assert kinds(pair) == {("0", "1"): "copy"}
    pair.nodes["article/0"]["starts_at"], pair.nodes["article/1"]["starts_at"] = "2020-06-01", "2020-06-08"
    assert kinds(pair) == {}


def test_a_short_title_alone_makes_no_copy() -> None:
    """Two pages called `Index` with different texts are two pages."""
    texts = {"article/0": TEXT, "article/1": "A recipe for bread with flour, yeast, salt and water, baked in an oven"}
    assert kinds(told(("Index", "", "2020-05-01"), ("Index", "", "2020-05-01"), excerpt=texts)) == {}


def test_a_vault_without_dates_and_publishers() -> None:
    """Two copies of a note are found by title and text, or by the text alone; a note of the same title is another."""
    texts = {"article/0": TEXT, "article/1": TEXT, "article/2": TEXT, "article/3": "A recipe for bread"}
    vault = told(
        ("Genomes", "", None), ("Genomes", "", None), ("Genome", "", None), ("Genomes", "", None), excerpt=texts
    )
    assert set(kinds(vault).values()) == {"copy"}
    assert set(kinds(vault)) >= {("0", "1")}
    assert not any("3" in pair for pair in kinds(vault))
    assert stories(vault) == ()


def test_one_publisher_tells_no_story() -> None:
    """Similar texts of one publisher on one day are not the same story; an unknown publisher is no other publisher."""
    titles = ("Genomes of millions stored in the cloud", "Millions of genomes are stored in the cloud now")
    for publishers in (("a", "a"), ("a", ""), ("", "")):
        network = told(*((title, by, "2020-05-01") for title, by in zip(titles, publishers, strict=True)))
        assert kinds(network) == {}
        assert stories(network) == ()


def test_a_story_says_who_came_first() -> None:
    """A story has its articles and publishers in order of time, the span in days, and what joined them."""
    network = told(
        ("Genomes of millions stored in the cloud", "a", "2020-05-03T08:00:00Z"),
        ("Millions of genomes are stored in the cloud now", "b", "2020-05-03T06:00:00Z"),
        ("Millions of genomes are stored in the cloud now", "a", "2020-05-05"),
        ("A recipe for bread", "c", "2020-05-03"),
    )
    (story,) = stories(network)
    assert [member.iri for member in story.members] == ["article/1", "article/0", "article/2"]
    assert (story.told_first, story.told_first_by) == ("article/1", "b")
    assert story.publisher_labels == ("b", "a")
    assert (story.first, story.last, story.days) == ("2020-05-03T06:00:00Z", "2020-05-05", 2)
    assert (story.articles, story.publishers) == (3, 2)


def test_links_join_what_words_alone_do_not() -> None:
    """Less alike articles of one day are of one story if a relation joins them too."""
    titles = ("Genomes stored safely in northern clouds", "Genomes stored at last in the clouds")
    network = told((titles[0], "a", "2020-05-03"), (titles[1], "b", "2020-05-03"), ("Other", "c", "2020-05-03"))
    before = stories(network)
    network.add_edge("article/0", "article/1", key="related", relation="related")
    assert before == ()
    assert [story.articles for story in stories(network)] == [2]


@pytest.mark.parametrize(
    "network",
    [network_of([]), network_of(["topic/x"]), network_of(["article/a"]), told(("", "a", None), ("", "b", None))],
    ids=["nothing", "no article", "one article", "no words"],
)
def test_nothing_to_tell(network: networkx.MultiDiGraph[str]) -> None:
    """Where nothing is alike, there are no rows."""
    assert duplicates(network) == ()
    assert stories(network) == ()


def test_texts_of_one_repeated_word() -> None:
    """A hundred articles of one word, of one day, are one group, with at most 20 pairs for each article."""
    network = told(*[("data data data", "a", "2020-05-01")] * 100)
    rows = duplicates(network)
    assert {row.group for row in rows} == {1}
    assert len({article for row in rows for article in (row.article, row.other)}) == 100
    assert len(rows) <= 100 * (20 + 3)


def test_copies_of_common_words_in_a_large_corpus(monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit of the text matrix, copies without any rare word are found, and others by their rare words."""
    monkeypatch.setattr("graph.structure.text_matrix.MOST_COMPARED", 100)
    titles = ["data and more data"] * 150 + [f"about number{place // 2}" for place in range(100)]
    rows = duplicates(told(*((title, "a", "2020-05-01") for title in titles)))
    assert len([row for row in rows if row.group == 1]) >= 149
    assert len({row.group for row in rows}) == 51


def test_misuse_is_told() -> None:
    """A limit below zero is refused."""
    for answer in (duplicates, stories):
        with pytest.raises(FormatError, match="below zero"):
            answer(network_of(["article/a"]), limit=-1)
