"""Suggestions of related articles: what they promise, whatever the network, and specimens read by hand."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from inspect import signature

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import build_from
from graph.analysis import RelatedSuggestion, suggest_related
from graph.analysis.series import find_series
from graph.commands.suggest import related
from graph.errors import FormatError, NoSuchNodeError
from tests.networks import network_lines, network_of

WORDS = st.lists(st.sampled_from("azure cloud storage terra verily rust 知識 グラフ كتاب कहानी".split()), max_size=6)
DAYS = st.sampled_from(["2020-01-01", "2020-01-02T10:00:00Z", "2020-03-01", "2021", "soon", None])

LANGUAGES = {
    "English": ("Genomes in the cloud", "Genomes are stored safely", "A recipe for bread"),
    "German": ("Genome in der Wolke", "Genome werden sicher gespeichert", "Ein Rezept für Brot"),
    "French": ("Génomes dans le nuage", "Des génomes stockés", "Une recette de pain"),
    "Russian": ("Геномы в облаке", "Геномы хранятся надёжно", "Рецепт хлеба"),
    "Arabic": ("الجينوم في السحابة", "تخزين الجينوم بأمان", "وصفة خبز"),
    "Hindi": ("बादल में जीनोम", "जीनोम सुरक्षित रखे जाते हैं", "रोटी की विधि"),
    "Chinese": ("云端的基因组数据", "安全存储基因组", "面包食谱"),
    "Japanese": ("クラウドの遺伝情報", "遺伝情報を保存する", "パンの作り方"),
    "Thai": ("จีโนมบนคลาวด์", "การเก็บจีโนมอย่างปลอดภัย", "สูตรขนมปัง"),
    "Korean": ("클라우드 유전체 저장", "유전체 안전", "빵 굽기"),
}


def titled(*titles: str, **attributes: Mapping[str, str]) -> networkx.MultiDiGraph[str]:
    """Return a network of articles `article/0`, `article/1` ... with titles."""
    names = [f"article/{place}" for place in range(len(titles))]
    return network_of(names, label=dict(zip(names, titles, strict=True)), **attributes)


def found(rows: tuple[RelatedSuggestion, ...]) -> list[tuple[str, str]]:
    """Return the articles and the suggestions of rows."""
    return [(row.article, row.suggestion) for row in rows]


@pytest.mark.slow
@given(network_lines(), st.data(), st.integers(0, 4), st.sampled_from([0, 0.05, 0.6, 1.0, 2.0]))
def test_suggestions_keep_their_promises(lines: list[str], data: st.DataObject, limit: int, line: float) -> None:
    """No article is suggested to itself or twice, nor one it is linked with; the line and the limit hold.

    The same network gives the same rows, in whatever order it was put together, and one article gets the same rows as
    all articles do.
    """
    articles = sorted({word for text in lines for word in text.split() if word.startswith("article/")})

    def text() -> str:
        return " ".join(data.draw(WORDS))

    attributes: dict[str, dict[str, str]] = {
        "label": {article: text() or article for article in articles},
        "excerpt": {article: text() for article in articles},
        "published_at": {article: day for article in articles if (day := data.draw(DAYS))},
        "type": {article: kind for article in articles if (kind := data.draw(st.sampled_from(["", "news", "video"])))},
        "source": {article: f"{data.draw(st.sampled_from('abc'))}/x.md" for article in articles},
    }
    network = network_of(lines, **attributes)
    rows = suggest_related(network, limit=limit, min_score=line)
    assert rows == suggest_related(network_of(reversed(lines), **attributes), limit=limit, min_score=line)
    assert len(set(found(rows))) == len(rows)
    linked = {frozenset(edge) for edge in network.edges()}
    for article, group in itertools.groupby(rows, key=lambda row: row.article):
        some = tuple(group)
        assert len(some) <= limit
        assert [-row.score for row in some] == sorted(-row.score for row in some)
        assert some == suggest_related(network, article, limit=limit, min_score=line)
        for row in some:
            assert row.suggestion != article
            assert frozenset((article, row.suggestion)) not in linked
            assert row.score > 0
            assert row.reasons
            assert row.score >= line * 0.999999
    assert [row.article for row in rows] == sorted(row.article for row in rows)


def test_reasons_tell_words_days_and_publisher() -> None:
    """A suggestion tells why: the words of both, the days between, the publisher; articles far apart score less."""
    days = {"article/a": "2020-05-01", "article/b": "2020-05-02T08:00:00Z", "article/c": "2019-01-01"}
    labels = {"article/a": "Verily on Terra", "article/b": "Terra by Verily", "article/c": "Verily and Terra"}
    network = network_of(
        ["article/a publisher provider/p", "article/b publisher provider/p", "article/c"],
        label=labels,
        published_at=days,
    )
    near, far = suggest_related(network, "Verily on Terra", min_score=0)
    assert (near.suggestion, near.suggestion_label) == ("article/b", "Terra by Verily")
    assert near.reasons == ("both say terra, verily", "one day apart", "same publisher")
    assert far.reasons == ("both say terra, verily",)
    assert near.score > 1.5 * far.score
    assert not near.is_copy


def test_words_that_say_nothing_are_no_reason() -> None:
    """Among few texts, rare words are not named if they are short; if no word tells anything, the texts are similar."""
    texts = {
        "article/0": "Genomes can now be read in an hour",
        "article/1": "In Oslo they can print genomes",
        "article/2": "In May the ferry can stop",
    }
    labels = dict(zip(texts, ("Reading", "Printing", "Sailing"), strict=True))
    near, far = suggest_related(network_of(list(texts), label=labels, excerpt=texts), "article/0", min_score=0)
    assert (near.suggestion, near.reasons) == ("article/1", ("both say genomes",))
    assert (far.suggestion, far.reasons) == ("article/2", ("similar words",))


def test_short_words_are_reasons_among_many_texts() -> None:
    """Among many texts a rare word is named however short it is."""
    others = (f"Something entirely different {place}" for place in range(1_000))
    network = titled("Tests of 5g", "Masts for 5g", *others)
    (row,) = suggest_related(network, "Tests of 5g", min_score=0.5)
    assert row.reasons == ("both say 5g",)


@pytest.mark.parametrize(("kind", "share"), [(None, 1), ("video", 0.5)])
def test_other_types_count_half(kind: str | None, share: float) -> None:
    """A video of the same words scores half of what an article scores, and an unknown type is not another type."""
    both = suggest_related(titled("terra verily", "terra verily", type={"article/0": "news", "article/1": "news"}))
    kinds = {"article/0": "news"} | ({"article/1": kind} if kind else {})
    rows = suggest_related(titled("terra verily", "terra verily", type=kinds))
    assert [row.score for row in rows] == pytest.approx([row.score * share for row in both], rel=1e-4)


def test_what_resembles_everything_needs_more() -> None:
    """Of two articles with the same in common with a third, the one that few others resemble is suggested first."""
    titles = ["Terra Verily", "Verily alone", "Terra today", *(f"Terra today {place}" for place in range(40))]
    days = {f"article/{place}": "2020-05-01" for place in range(len(titles))}
    others = suggest_related(titled(*titles, published_at=days), "article/0", min_score=0, limit=None)
    assert others[0].suggestion == "article/1"
    scores = {row.suggestion: row.score for row in others}
    assert scores["article/1"] > 1.5 * scores["article/2"]


def test_copies_are_marked() -> None:
    """The same title within two weeks is a copy; years apart it is a series; without dates the texts must agree."""
    days = {"article/0": "2020-05-01", "article/1": "2020-05-15", "article/2": "2023-05-15"}
    rows = suggest_related(titled("The News!", "the news", "The news", published_at=days), "article/0", min_score=0)
    assert {row.suggestion: row.is_copy for row in rows} == {"article/1": True, "article/2": False}
    texts = {"article/0": "One long text", "article/1": "One long text", "article/2": "Nothing of this kind, never"}
    rows = suggest_related(titled("Index", "Index", "Index", excerpt=texts), "article/0", min_score=0)
    assert {row.suggestion: row.is_copy for row in rows} == {"article/1": True, "article/2": False}


def test_without_dates_links_topics_and_folders_count() -> None:
    """In a vault, notes without common words go together by the pages that both link to, by topic and by folder."""
    lines = [
        "article/a links article/hub",
        "article/hub2 links article/a",
        "article/b links article/hub",
        "article/hub2 links article/b",
        "article/a about topic/x",
        "article/b about topic/x",
        "article/c about topic/y",
        "article/d about topic/z",
    ]
    sources = {"article/a": "x/a.md", "article/b": "x/b.md", "article/c": "y/c.md", "article/d": "y/d.md"}
    (row,) = suggest_related(network_of(lines, source=sources), "article/a", min_score=0)
    assert row.suggestion == "article/b"
    assert row.reasons == ("both are linked with “hub”, “hub2”", "both about x", "same folder")
    # Both tell the same, as topics are often named after folders. Pages of one title are named once.
    without = [line.replace("b about topic/x", "b about topic/w") for line in lines]
    (other,) = suggest_related(
        network_of(without, source=sources, label={"article/hub2": "hub"}), "article/a", min_score=0
    )
    assert (other.score, other.reasons) == (row.score, ("both are linked with “hub”", "same folder"))


def test_shared_citations_count_in_a_knowledge_graph() -> None:
    """Two posts that cite one page elsewhere go together, as the graph knows; its network does not know citations."""
    knowledge = build_from(
        [
            ("a.md", "---\ntitle: Apples\n---\nSee [this](https://other.example/page)."),
            ("b.md", "---\ntitle: Bears\n---\nThat [one](https://other.example/page)."),
        ]
    )
    rows = suggest_related(knowledge, min_score=0)
    assert [row.reasons[0] for row in rows] == ["both are linked with https://other.example/page"] * 2
    assert not suggest_related(knowledge.network, min_score=0)


def test_headings_count_without_dates() -> None:
    """What a heading says goes with a title that says it, in a graph of notes; with dates headings tell nothing."""
    others = [(f"{name}.md", f"# The {name}\n\nNothing of this kind.") for name in "rope bread kites tides".split()]
    files = [
        ("a.md", "# Sailing home\n\nOne long night.\n\n## Lighthouses\n\n## Foghorns"),
        ("b.md", "# Lighthouses\n\nTheir keepers sleep by day."),
        ("c.md", "# Staying\n\nIt was a short morning.\n\n## Harbours\n\n## Foghorns\n\n## Ferries"),
        *others,
    ]
    knowledge = build_from(files)
    rows = suggest_related(knowledge, "Sailing home", min_score=0.3)
    assert [(row.suggestion_label, row.reasons) for row in rows] == [
        ("Lighthouses", ("both say lighthouses",)),
        ("Staying", ("both say foghorns",)),
    ]
    assert not suggest_related(knowledge.network, "Sailing home", min_score=0.3)
    dated = build_from([(name, f"---\ndate: 2020-05-01\n---\n{text}") for name, text in files])
    assert suggest_related(dated, min_score=0) == suggest_related(dated.network, min_score=0)


def test_a_link_of_many_says_less_than_a_link_of_few() -> None:
    """Two notes with one page in common go together less if both lead to many other pages, unless they have dates."""
    lines = [f"article/{note} links article/goal" for note in "ab"] + [
        f"article/{note} links article/end" for note in "cd"
    ]
    lines += [f"article/{note} links article/{note}{place}" for note in "cdef" for place in range(6)]
    lines += [f"article/{other} links article/{note}{place}" for note, other in ("ce", "df") for place in range(6)]
    names = sorted({word for line in lines for word in line.split() if word != "links"})

    def scores(**attributes: Mapping[str, str]) -> tuple[float, float]:
        rows = suggest_related(network_of([*names, *lines], **attributes), min_score=0, limit=None)
        of = {(row.article, row.suggestion): row.score for row in rows}
        return of["article/a", "article/b"], of["article/c", "article/d"]

    few, many = scores()
    assert few > 1.3 * many
    few, many = scores(published_at=dict.fromkeys(names, "2020-05-01"))
    assert few <= 1.01 * many


def test_an_index_says_little_of_what_it_leads_to() -> None:
    """A page that is linked with more than a tenth of all notes joins none of them; one that few link to does."""
    lines = [f"article/index links article/{place}" for place in range(40)]
    lines += [f"article/few links article/{place}" for place in range(2)]
    network = network_of(lines)
    (row,) = suggest_related(network, "article/0", min_score=0)
    assert (row.suggestion, row.reasons) == ("article/1", ("both are linked with “few”",))
    assert not suggest_related(network, "article/9", min_score=0)


def test_a_page_that_leads_to_notes_counts_half() -> None:
    """Two notes that lead to one page have more in common than two that one leads to; with dates it is the same."""
    lines = [f"article/{note} links article/goal" for note in "ab"] + [
        f"article/list links article/{note}" for note in "cd"
    ]
    names = [f"article/{name}" for name in ("a", "b", "c", "d", "goal", "list")]

    def scores(**attributes: Mapping[str, str]) -> tuple[float, float]:
        rows = suggest_related(network_of([*names, *lines], **attributes), min_score=0)
        of = {(row.article, row.suggestion): row.score for row in rows}
        return of["article/a", "article/b"], of["article/c", "article/d"]

    led, leading = scores()
    assert led > 1.5 * leading
    led, leading = scores(published_at=dict.fromkeys(names, "2020-05-01"))
    assert led == leading


def test_a_page_of_another_site_counts_half() -> None:
    """Two notes that link to one page of the site have more in common than two that cite one address."""
    notes = {"a": "[x](seen.md)", "b": "[x](seen.md)", "c": "[x](https://other.example/)"}
    notes |= {"d": notes["c"], "seen": "Seen.", "far": "Far."}
    files = [(f"{name}.md", f"---\ntitle: {name * 4}\n---\n{text}") for name, text in notes.items()]
    rows = suggest_related(build_from(files), min_score=0)
    score = {(row.article_label, row.suggestion_label): row.score for row in rows}
    assert score["aaaa", "bbbb"] > 1.5 * score["cccc", "dddd"] > 0


def test_notes_of_a_series_need_more() -> None:
    """Without dates, too, what resembles many others is suggested last."""
    titles = ["Terra Verily", "Verily alone", "Terra today", *(f"Terra today {place}" for place in range(40))]
    others = suggest_related(titled(*titles), "article/0", min_score=0, limit=None)
    scores = {row.suggestion: row.score for row in others}
    assert scores["article/1"] > 1.5 * scores["article/2"]


def test_parts_of_a_series_suggest_those_beside_them() -> None:
    """Of titles that differ in numbers and months only the one before and the one after are suggested."""
    months = ["January", "March", "May", "September"]
    titles = [f"Open gardens call, {month} 2021" for month in months]
    other = [f"A note on {word}" for word in "salt glass rope bread kites tides maps owls".split()]
    days = {f"article/{place}": f"2021-0{1 + 2 * place}-15" for place in range(4)}
    for dated in ({}, days):
        labels = titles if dated else [f"Gardens 2.{number} opened" for number in (1, 9, 10, 11)]
        suggested = suggest_related(titled(*labels, *other, published_at=dated), min_score=1.0)
        assert "same title but for numbers" in {row.reasons[0] for row in suggested}
        rows = found(suggested)
        pairs = {(int(one[8:]), int(two[8:])) for one, two in rows}
        assert {(0, 1), (1, 2), (2, 3)} <= pairs
        assert not {(0, 2), (0, 3), (1, 3), (3, 0)} & pairs


def test_equal_titles_are_no_series() -> None:
    """Copies of one headline have one place in a series, and two titles are none."""
    series = find_series(["gardens 1", "gardens 1", "gardens 2", "", "bread may", "bread june"], np.full(6, np.nan))
    assert series.number.tolist() == [-1] * 6
    series = find_series(["gardens 10", "gardens 9", "gardens v2", "gardens 9"], np.full(4, np.nan))
    assert series.place.tolist() == [2, 1, 0, 1]
    assert len({*series.number.tolist()}) == 1


def test_far_dates_say_less_where_little_is_published() -> None:
    """Two articles of distant years score higher on a site with few articles a month than on one with many."""
    pair = ["Sharks of the northern reef", "The northern reef and its sharks"]
    others = [
        f"{one} {two}" for one, two in itertools.combinations("salt glass rope bread kite tide map owl".split(), 2)
    ]

    def score(days: list[str]) -> float:
        published = {f"article/{place}": day for place, day in enumerate(["2010-01-01", "2020-01-01", *days])}
        rows = suggest_related(titled(*pair, *others, published_at=published), "article/0", min_score=0)
        return next(row.score for row in rows if row.suggestion == "article/1")

    few = [f"{1990 + place}-05-05" for place in range(len(others))]
    assert score(few) > 1.1 * score(["2015-05-05"] * len(others))


def test_topics_count_where_little_is_published() -> None:
    """Where dates are far apart, articles of the same rare topics go together, and a common topic says nothing."""
    things = "salt glass rope bread kites tides maps owls ferries lamps moss reeds".split()
    titles = ["The northern reef", "A northern reef", "One northern reef", *map("{} sold".format, things)]
    lines = ["article/0 about topic/sharks", "article/1 about topic/sharks", "article/2 about topic/boats"]
    lines += [f"article/{place} about topic/trade" for place in (2, *range(3, 9))]

    def scores(years: int, *more: str) -> dict[str, RelatedSuggestion]:
        days = {f"article/{place}": f"{2000 + place * years}-05-01" for place in range(len(titles))}
        labels = {f"article/{place}": title for place, title in enumerate(titles)}
        network = network_of([*labels, *lines, *more], label=labels, published_at=days)
        return {row.suggestion: row for row in suggest_related(network, "article/0", min_score=0.85)}

    rare, other = (scores(1)[f"article/{place}"] for place in (1, 2))
    assert rare.score > 1.5 * other.score
    assert "both about sharks" in rare.reasons
    assert scores(1, "article/0 about topic/trade")["article/2"].reasons == other.reasons
    crowded = scores(0)
    assert crowded["article/1"].score < 1.3 * crowded["article/2"].score


def test_common_words_of_titles_count_more_in_low_scores() -> None:
    """Below .85 a word that many titles have outweighs rare words of the text; higher scores stay as they are."""
    things = "salt glass rope bread kites tides maps owls ferries lamps moss reeds".split()
    titles = [
        "Preview: ledgers, bound tightly",
        "Preview: masts, sawn slowly",
        "Old rooms",
        *map("{} sold".format, things),
    ]
    days = {f"article/{place}": f"{1990 + place}-05-01" for place in range(len(titles))}
    common = {f"article/{place}": "Also a preview" for place in range(3, len(titles))}

    def best(words: str, least: float = 0) -> list[tuple[str, float]]:
        texts = {**common, "article/0": words, "article/2": words}
        rows = suggest_related(titled(*titles, excerpt=texts, published_at=days), "article/0", min_score=least, limit=2)
        return [(row.suggestion, row.score) for row in rows]

    (first, score), (second, _) = best("inkwells blotters paper quills sand")
    assert (first, second) == ("article/1", "article/2")
    assert score < 0.85
    more = best("inkwells blotters paper quills sand wax seals twine")
    assert [suggestion for suggestion, _ in more] == ["article/2", "article/1"]
    assert more[0][1] > 0.85
    assert best("inkwells blotters paper quills sand wax seals twine", 0.85) == more[:1]


def test_boilerplate_and_addresses_do_not_count() -> None:
    """What a publisher says in every excerpt makes nothing alike, and neither does an address."""
    titles = ["Apples", "Bears", "Cars", "Dogs", "Ears"]
    names = [f"article/{place}" for place in range(5)]
    lines = [f"{name} publisher provider/p" for name in names]
    texts = dict.fromkeys(names, "Subscribe to our letter today. https://example.org/subscribe/today")
    network = network_of(lines, label=dict(zip(names, titles, strict=True)), excerpt=texts)
    assert not suggest_related(network, min_score=0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_language(language: str) -> None:
    """Texts of any language are compared by whole words, or by pairs of characters where there are no spaces."""
    rows = suggest_related(titled(*LANGUAGES[language]), "article/0", min_score=0.01)
    assert [row.suggestion for row in rows][:1] == ["article/1"]
    assert rows[0].reasons[0].startswith("both say ")


@pytest.mark.parametrize(
    "network",
    [
        network_of([]),
        network_of(["topic/x"]),
        network_of(["article/a"]),
        titled("", " ", "!?"),
        network_of(["article/a related article/b"]),
    ],
    ids=["nothing", "no article", "one article", "no words", "all linked"],
)
def test_nothing_to_suggest(network: networkx.MultiDiGraph[str]) -> None:
    """Where there is nothing to suggest, there are no rows."""
    assert suggest_related(network, min_score=0) == ()


def test_texts_of_one_repeated_word() -> None:
    """A hundred texts of one word are copies of each other, and each gets as many as are wanted."""
    rows = suggest_related(titled(*["data data data"] * 100))
    assert len(rows) == 1000
    assert {row.reasons for row in rows} == {("same title",)}


def test_large_corpora_are_compared_by_rare_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit only articles that share a rare word are compared, by all their words."""
    monkeypatch.setattr("graph.structure.text_matrix.MOST_COMPARED", 100)
    titles = [f"data number{place // 2}" for place in range(300)]
    rows = suggest_related(titled(*titles), min_score=0)
    monkeypatch.undo()
    best = suggest_related(titled(*titles), limit=1, min_score=0)
    assert found(rows) == found(best)


def test_misuse_is_told() -> None:
    """A name of no article is answered with the nearest; a limit below zero and a score that is none are refused."""
    network = network_of(["article/Storage about topic/Store"])
    with pytest.raises(NoSuchNodeError, match="Did you mean “Storage”"):
        suggest_related(network, "Storag")
    with pytest.raises(NoSuchNodeError, match="no node has this name"):
        suggest_related(network, "topic/Store")
    with pytest.raises(FormatError, match="below zero"):
        suggest_related(network, limit=-1)
    with pytest.raises(FormatError, match="not a number"):
        suggest_related(network, min_score=float("nan"))


def test_the_command_has_the_defaults_of_the_function() -> None:
    """The command line shows as many suggestions as the function, from the same score."""
    given = {parameter.name: parameter.default for parameter in related.params}
    taken = {name: parameter.default for name, parameter in signature(suggest_related).parameters.items()}
    assert (given["limit"], given["min_score"]) == (taken["limit"], taken["min_score"])
