"""Names of communities and of their parts: what they are named by, and that any content gets a readable name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, pairwise

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis import communities
from graph.structure import structure_of
from graph.structure.arrays import NO_DAY, day_numbers
from graph.structure.communities import TiedArticles, find_communities
from graph.structure.community_names import name_groups
from graph.structure.community_parts import find_parts
from graph.structure.group_facts import Corpus
from graph.structure.months import is_month, months_of, spread_of
from graph.structure.shortening import capitalised, shorten_title
from graph.structure.ties import find_ties, without_index_pages
from graph.structure.title_phrases import count_phrases, shared_phrases
from graph.structure.title_words import count_title_words
from graph.structure.titles import read_title
from graph.structure.typical_phrases import LONGEST_NAME

NOISE = [
    "A kettle for every kitchen",
    "Why bridges sway in the wind",
    "The long history of glass",
    "How to sharpen a pencil",
    "Seven walks along the coast",
    "On the price of salt",
    "Learning to read maps",
    "What the tide leaves behind",
    "Notes from a lighthouse",
    "A short guide to knots",
    "The quiet of old libraries",
    "Planting trees by the road",
]
"""Titles that have nothing in common but the words that all English titles have."""


def network_of_groups(
    *groups: Sequence[str | Mapping[str, object]],
) -> networkx.MultiDiGraph[str]:
    """Return a network in which the articles of each group all name each other; an article is a title, or attributes.

    `about`, `author` and `publisher` among the attributes are names of nodes, separated by commas.
    """
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    kinds = {"about": "topic", "author": "person", "publisher": "provider"}
    for number, group in enumerate(groups):
        names = [f"article/{number:03}-{place:03}" for place in range(len(group))]
        for name, stated in zip(names, group, strict=True):
            attributes = {"label": stated} if isinstance(stated, str) else dict(stated)
            others = {relation: str(attributes.pop(relation, "")) for relation in kinds}
            network.add_node(name, kind="article", stub=False, **attributes)
            for relation, values in others.items():
                for value in filter(None, values.split(",")):
                    target = f"{kinds[relation]}/{value}"
                    network.add_node(target, kind=kinds[relation], label=value)
                    network.add_edge(name, target, relation)
        for one, other in combinations(names, 2):
            network.add_edge(one, other, "related")
    return network


def names_of(*groups: Sequence[str | Mapping[str, object]]) -> list[str]:
    """Return the names of groups of articles, each in the place of its group; they must have different sizes."""
    found = communities(network_of_groups(*groups))
    by_size = {row.members: row.label for row in found}
    return [by_size[len(group)] for group in groups]


def with_attributes(titles: Sequence[str], **attributes: object) -> list[Mapping[str, object]]:
    """Return articles of titles that all have the same attributes."""
    return [{"label": title, **attributes} for title in titles]


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("Announcing Rust 1.2–1.10", [f"Announcing Rust 1.{minor}" for minor in (10, 2, 3, 9)]),
        ("Jekyll 3.0–3.2 Released", [f"Jekyll 3.{minor} Released" for minor in (0, 1, 2)]),
        ("Garden Hour", [f"{one} | Garden Hour" for one in ("Roses", "Mulch", "Bees", "Frost", "Compost")]),
        ("Storm closes the northern harbour", ["Storm closes the northern harbour"] * 4),
        (
            "Quantum Kitchen",
            [
                "Inside the Quantum Kitchen",
                "Quantum Kitchen opens in Rome",
                "A night at Quantum Kitchen",
                "Who cooks for Quantum Kitchen?",
                "Quantum Kitchen closes early",
            ],
        ),
    ],
)
def test_titles_name_a_community(name: str, titles: list[str]) -> None:
    """A numbered series, a segment, one story's headline or a shared phrase names a community."""
    assert names_of(titles, NOISE)[0] == name


def dated(titles: Sequence[str], day: str) -> list[Mapping[str, object]]:
    """Return articles that were all published on a day."""
    return with_attributes(titles, published_at=day)


OLD = [dated([title], f"{2001 + place}-01-01")[0] for place, title in enumerate(NOISE)]
"""Articles that spread a corpus over years."""


@pytest.mark.parametrize("coined", ["DX2-lamps", "LampDB"])
def test_a_coined_word_ends_a_phrase(coined: str) -> None:
    """A word with digits, or a capital within, is what titles are about, even if other words always follow it."""
    titles = [f"Harbour {coined} {rest}" for rest in ("are here", "for ships", "may fail", "go north", "to rent")]
    assert names_of([*titles, f"New {coined} were sold"], NOISE)[0] == f"Harbour {coined}"


def test_a_long_word_is_taken_for_one_that_joins_others_only_after_many_titles() -> None:
    """In a few titles chance keeps a word from their ends, so that only short words are told by five of them."""
    rest = ["crisis", "crash", "storm", "threat", "budget", "summer", "letters"]
    titles = [f"{place} nurses and the influenza {word}" for place, word in zip(NOISE, rest, strict=False)]
    words = count_title_words([*NOISE, *titles])
    assert "influenza" not in words.loose | words.plain
    assert "the" in words.plain


def test_months_stand_with_what_most_titles_say() -> None:
    """A name of two fifths of the titles stands before the months, rather than one that a few titles add to it."""
    titles = [f"{title} in Verona" for title in NOISE[:6]] + ["Blue Otter tours Verona", "Blue Otter leaves Verona"]
    more = [[f"{title} by {place}" for title in NOISE[:4]] for place in ("Otter", "Verona")]
    assert names_of(dated(titles, "2020-05-05"), OLD[:7], *more)[0] == "Verona, May 2020"


def test_each_title_with_a_phrase_is_counted_once() -> None:
    """A word counts also where a longer phrase that begins with it is wanted, and does not fit before the end."""
    titles = list(map(read_title, ["Red fox sees a red", "Red", "The red fox", "Blue fox"]))
    words = Counter(word for title in titles for word in title.words)
    wanted = [("red",), ("red", "fox"), ("fox", "red"), ("fox",)]
    assert count_phrases(titles, words, wanted) == {("red",): 3, ("red", "fox"): 2, ("fox", "red"): 0, ("fox",): 3}


def test_a_phrase_is_not_cut_off_within_a_name() -> None:
    """The longest phrases have five words; one that always goes on with the rest of a name is left out."""
    titles = [f"{title} and art sale in the Old North Market" for title in NOISE[:4]]
    words = count_title_words([*NOISE, *titles])
    assert [phrase.text for phrase in shared_phrases(words, list(map(read_title, titles)))] == ["Old North Market"]


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("LampDB", ["LampDB specific lookups", "LampDB specific indexes", "LampDB specific fields"]),
        (
            "LampDB gateway changes",
            ["LampDB gateway changes in May", "LampDB gateway changes", "LampDB gateway changes"],
        ),
        ("Files", ["File uploads", "The file object", "Managing files", "File storage"]),
    ],
)
def test_words_that_name_a_group_can_stand_alone(name: str, titles: list[str]) -> None:
    """A phrase that goes on with other words is shortened to what is complete, and several things are in the plural."""
    words = count_title_words([*NOISE, *titles])
    phrases = shared_phrases(words, list(map(read_title, titles)))
    assert name in {capitalised(phrase.text) for phrase in phrases}
    assert not any(phrase.text.endswith(" specific") for phrase in phrases)


def test_no_release_names_a_group_of_other_pages() -> None:
    """Notes of a release, which many pages are tied to, are neither what is around nor what is like the others."""
    notes = [f"Harbour {version}.0 release notes" for version in range(3, 13)]
    network = network_of_groups(notes)
    network.add_node("hub", kind="article", stub=False, label="Harbour 2.0 release notes")
    for place, title in enumerate(NOISE[:8]):
        network.add_node(f"page/{place}", kind="article", stub=False, label=title)
        network.add_edge("hub", f"page/{place}", "links")
    (name,) = (row.label for row in communities(network) if row.members == 1 + 8)
    assert "2.0" not in name


def test_what_two_titles_share_does_not_name_several() -> None:
    """Two titles of a group of several share a word by accident, which says nothing of the others."""
    titles = [*NOISE[:5], "LampDB sings", "LampDB sleeps"]
    assert names_of(dated(titles, "2020-05-05"), OLD[6:])[0] == "May 2020"


def test_groups_of_a_month_are_told_apart_by_what_most_titles_say() -> None:
    """Where a name with months is taken, another one that most titles say stands with them, before one of a few."""
    named = [f"{title} at Old Harbour" for title in NOISE]
    some = [f"{title} in Old Harbour" for title in NOISE[:5]]
    some += ["LampDB sings at Old Harbour", "LampDB at the Harbour", "Songs at the Harbour", "Tea at the Harbour"]
    often = [f"{place} {title}" for place, title in enumerate([*named, *named], 1)]
    found = names_of(dated(named, "2020-05-05"), dated(some, "2020-05-05"), dated(often, "2011-01-01"), OLD[:8])
    assert found[:2] == ["Old Harbour, May 2020", "Harbour, May 2020"]


def test_years_name_a_group_of_a_series() -> None:
    """Parts of a series are told apart by their years."""
    shows = [f"{title} | Garden Hour" for title in NOISE]
    groups = [dated(shows[:6], "2018-03-03"), [*dated(shows[6:9], "2021-01-03"), *dated(shows[9:], "2021-11-03")]]
    network = network_of_groups([article for group in groups for article in group], OLD)
    structure, _ = structure_of(network)
    (parts, _) = find_parts(find_communities(structure))
    assert parts == ()
    corpus = Corpus(structure)
    members = [np.arange(6), np.arange(6, 12)]
    beside = TiedArticles(find_ties(structure))
    named = name_groups(corpus, members, beside, parent=np.arange(12), taken=["Garden Hour"])
    assert [name.label for name in named] == ["Garden Hour, March 2018", "Garden Hour, 2021"]


def test_a_year_names_nothing_where_all_are_of_it() -> None:
    """What titles say stands with the years of a group, but not in an archive of one year."""
    shows = [f"{title} in Garden Hour" for title in NOISE]
    for first, name in (("2018", "Garden Hour, 2021"), ("2021", "Like “")):
        days = [f"{first}-{month:02}-01" for month in range(1, 6)] + [
            f"2021-{month:02}-05" for month in range(1, 13, 2)
        ]
        titles = [{"label": title, "published_at": day} for title, day in zip(shows[:11], days, strict=True)]
        others = dated([f"{title} again" for title in NOISE], "2021-07-07")
        assert names_of(titles[:5], titles[5:], others)[1].startswith(name)


def test_two_phrases_tell_apart_what_others_say_too() -> None:
    """A phrase that other groups have stands with two of its own that half of the titles have."""
    ends = [
        "Amber Lake",
        "Amber Lake",
        "Amber Lake",
        "Stone Ridge",
        "Stone Ridge",
        "oak",
        "fern",
        "a map",
        "tide",
        "salt",
    ]
    titles = [f"{title}: now on sale, {end}" for title, end in zip(NOISE, ends, strict=False)]
    others = [
        f"{one} and {two}"
        for one, two in combinations("Brick Candle Door Engine Flag Gate Hat Ink Jar Kite".split(), 2)
    ]
    found = names_of(titles, [*others, *(f"{title}: now on sale" for title in NOISE[10:])])
    assert found[0] == "Now on sale: Amber Lake, Stone Ridge"


@pytest.mark.parametrize(
    ("name", "titles", "others"),
    [
        (
            "图数据库",
            ["图数据库的历史", "什么是图数据库", "图数据库与搜索", "选择图数据库", "图数据库性能测试"],
            ["春天的花", "如何煮米饭", "城市里的河流", "学习下棋", "老照片", "山间小路", "雨后散步"],
        ),
        (
            "グラフ",
            ["グラフの歴史", "はじめてのグラフ", "グラフと検索", "速いグラフ", "大きなグラフを描く"],
            ["春の花", "米を炊く方法", "町の川", "将棋を学ぶ", "古い写真", "山の小道", "雨の散歩"],
        ),
        (
            "قواعد البيانات",
            [
                "تاريخ قواعد البيانات",
                "ما هي قواعد البيانات",
                "قواعد البيانات والبحث",
                "اختيار قواعد البيانات",
                "قواعد البيانات السريعة",
            ],
            ["زهور الربيع", "كيف تطبخ الأرز", "نهر المدينة", "تعلم الشطرنج", "صور قديمة", "طريق الجبل", "مطر الصيف"],
        ),
        (
            "Wissensgraph",
            [
                "Der Wissensgraph im Alltag",
                "Was ein Wissensgraph kann",
                "Suche mit dem Wissensgraph",
                "Wissensgraph und Archiv",
                "Ein Wissensgraph für alle",
            ],
            [
                "Blumen im Frühling",
                "Wie man Reis kocht",
                "Der Fluss in der Stadt",
                "Schach lernen",
                "Alte Fotos",
                "Ein Weg im Gebirge",
                "Regen im Sommer",
            ],
        ),
        (
            "База знаний",
            [
                "История: база знаний",
                "База знаний для архива",
                "Новая база знаний",
                "Как растёт база знаний",
                "База знаний и поиск",
            ],
            [
                "Цветы весной",
                "Как варить рис",
                "Река в городе",
                "Учимся играть",
                "Старые фото",
                "Горная дорога",
                "Дождь",
            ],
        ),
        (
            "ज्ञान ग्राफ",
            ["ज्ञान ग्राफ का इतिहास", "नया ज्ञान ग्राफ", "ज्ञान ग्राफ और खोज", "ज्ञान ग्राफ क्या है", "बड़ा ज्ञान ग्राफ"],
            ["वसंत के फूल", "चावल कैसे पकाएं", "शहर की नदी", "शतरंज सीखना", "पुरानी तस्वीरें", "पहाड़ का रास्ता", "बारिश"],
        ),
        (
            "지식 그래프",
            ["지식 그래프 역사", "새로운 지식 그래프", "지식 그래프 검색", "빠른 지식 그래프", "지식 그래프 시작"],
            ["봄 꽃", "쌀 요리", "도시 강", "체스 배우기", "옛날 사진", "산 길", "여름 비"],
        ),
    ],
)
def test_any_script_has_names(name: str, titles: list[str], others: list[str]) -> None:
    """A phrase that titles share is found in any script, with or without spaces."""
    assert names_of(titles, others)[0] == name


def test_topics_folders_and_people_name_a_community() -> None:
    """Without a common phrase a topic, a folder or an author of most members names it, if others have it less."""
    told = NOISE[:6]
    others = with_attributes([f"{title} again" for title in NOISE[:3]] + NOISE[6:], about="Sea,All")
    assert names_of(with_attributes(told, about="Fire,All"), others)[0] == "Fire"
    others = with_attributes(NOISE[3:], source="site/posts/a.md")
    rare = with_attributes(told, source="site/old_letters/a.md")
    many = [
        with_attributes([f"{a} {b}" for a, b in pairwise(NOISE)], source=f"site/box{number}/a.md")
        for number in range(9)
    ]
    network = network_of_groups(
        rare, *(group[:number] for number, group in zip((7, 8, 9, 10, 11), many, strict=False)), others[:5]
    )
    assert "Old letters" in {row.label for row in communities(network)}
    others = with_attributes(NOISE, author="Bo")
    assert names_of(with_attributes(told, author="Ada Lovelace"), others)[0] == "By Ada Lovelace"
    assert names_of(with_attributes(told, publisher="The Post"), NOISE)[0] == "From The Post"


def test_folders_name_pages_that_are_linked_crosswise() -> None:
    """Two folders that hold a third of the members name a group without a subject, also below a folder of all."""
    folders = ["docs/set_up"] * 2 + ["docs/rescue"] * 2 + [f"docs/other{number}" for number in range(6)]
    group = [
        {"label": title, "source": f"{folder}/{number}.md"}
        for number, (title, folder) in enumerate(zip(NOISE, folders, strict=False))
    ]
    assert len(group) == len(folders)
    others = [with_attributes(NOISE[:6], source=f"docs/more{number}/a.md") for number in range(20)]
    assert names_of(group, *others)[0] in {"Set up, Rescue", "Rescue, Set up"}


def test_a_number_that_orders_folders_is_not_in_a_name() -> None:
    """Folders are numbered so that they stand in an order; other numbers are names."""
    for folder, name in (("docs/05-pruning-trees", "Pruning trees"), ("docs/20-trees", "20 trees")):
        pages = [{"label": title, "source": f"{folder}/{place}.md"} for place, title in enumerate(NOISE[:6])]
        others = [
            {"label": title, "source": f"docs/{place}.md"} for place, title in enumerate([*NOISE[6:], *NOISE[:2]])
        ]
        assert names_of(pages, others)[0] == name


def test_pages_without_a_common_subject_are_named_by_examples() -> None:
    """Short titles are examples of what a group is: rare words, none twice, and no index page of a folder."""
    titles = ["Backlinks", "Word count", "Outline of words", "Web viewer", "Word lists", "Why is this page so long?"]
    pages = [{"label": title, "source": f"part{place}/page.md"} for place, title in enumerate(titles)]
    index = {"label": "Screens", "source": "docs/index.md"}
    named = names_of([index, *pages], NOISE)
    assert len(told := named[0].split(", ")) in {2, 3}
    assert set(told) <= {*titles[:5]}
    assert sum("word" in title.casefold() for title in told) < 2
    assert names_of(NOISE[:6], NOISE[6:])[0].startswith("Like “")


def test_a_topic_of_all_names_nothing() -> None:
    """A topic that every article has, or half of a community, is not its name."""
    everything = [with_attributes(NOISE[:5], about="All"), with_attributes(NOISE[5:11], about="All")]
    assert all("All" not in name for name in names_of(*everything))


def test_a_collection_names_its_items() -> None:
    """A collection names the community of its items by its title."""
    network = network_of_groups(NOISE[:4], NOISE[4:10])
    network.add_node("article/000-009", kind="article", label="The Sea Collection", stub=False)
    for place in range(4):
        network.add_edge("article/000-009", f"article/000-{place:03}", "part")
    assert "The Sea Collection" in {row.label for row in communities(network)}


def test_months_name_a_community_of_one_time() -> None:
    """Articles without a subject are named by the months of two thirds of them, in the language of the site."""
    spring = [
        {"label": title, "published_at": f"2020-05-{day:02}", "language": "de-AT"}
        for day, title in enumerate(NOISE[:6], 3)
    ]
    rest = [
        {"label": title, "published_at": f"{2015 + year}-01-01", "language": "de-AT"}
        for year, title in enumerate([*NOISE[6:], *NOISE[:2]])
    ]
    assert names_of(spring, rest)[0] == "Mai 2020"
    assert months_of(day_numbers(["2020-05-30", "2020-06-02", "2020-06-20"]), 900) == "May–June 2020"
    assert months_of(day_numbers(["2020-12-30", "2020-12-02", "2021-01-20"]), 900, "fr") == "décembre 2020–janvier 2021"
    assert months_of(day_numbers(["2020-05-01"] * 3), 900, "zh-Hant") == "2020年5月"
    assert months_of(day_numbers(["2020-05-01"] * 3), 900, "tlh") == "May 2020"
    # In months of one year groups are closer together.
    apart = day_numbers(["2020-01-01", "2020-03-01", "2020-05-01"])
    assert [months_of(apart, spread) for spread in (300, 200)] == ["January–March 2020", ""]
    # Too few are dated, too far apart, or the whole site is of one season.
    assert months_of(np.array([*day_numbers(["2020-05-01"] * 3), *[NO_DAY] * 4]), 900) == ""
    assert months_of(day_numbers(["2020-01-01", "2020-05-01", "2020-09-01"]), 900) == ""
    assert months_of(day_numbers(["2020-05-01"] * 3), 50) == ""
    assert spread_of(np.full(9, NO_DAY)) == 0
    assert is_month("Sept. 2020") is False
    assert is_month("Mai 2020")
    assert not is_month("May report")


def test_short_titles_keep_whole_words() -> None:
    """A long title is shortened to a clause, or between words that say nothing; no word is cut."""
    words = count_title_words([*NOISE, *(f"The {one} of the {two}" for one, two in pairwise(NOISE[0].split() * 4))])
    text = "Harbour news: the quay that nobody wanted and everybody now admires very much"
    for most in range(8, 80):
        short = shorten_title(text, most, words, {"quay": 1.0, "harbour": 0.5})
        assert len(short) <= most
        assert set(short.removesuffix("…").replace(":", "").casefold().split()) <= set(
            text.replace(":", "").casefold().split()
        )
    assert shorten_title("x" * 90, 40, words, {}) == "x" * 39 + "…"
    assert shorten_title("नि" * 50, 40, words, {})[-2] != "न"


def test_titles_are_read_in_words() -> None:
    """Signs within a word belong to it, marks part a title into runs, and addresses and files are no titles."""
    title = read_title("SD-WAN & Node.js: what R&D did, with .NET and C++")
    assert [list(run.spelled) for run in title.runs] == [
        ["SD-WAN"],
        ["Node.js"],
        ["what", "R&D", "did"],
        ["with", ".NET", "and", "C++"],
    ]
    assert title.segments == ("SD-WAN & Node.js", "what R&D did, with .NET and C++")
    assert read_title("Ann’s books").words == {"ann", "book"}
    assert not read_title("https://example.org/a").is_sound
    assert not read_title("some_file.md").is_sound
    assert read_title("") == read_title("  ")


def test_words_that_join_others_are_counted_out() -> None:
    """Which words say nothing is counted, not listed: those that hardly ever end a title, and join different words."""
    english = count_title_words(
        [f"{one} {two}" for one in NOISE for two in ("of the sea", "for the town", "with old names")]
    )
    assert {"the", "of", "for"} <= english.plain
    assert not {"kettle", "bridge", "sea", "town", "name"} & english.plain


TITLES = st.lists(
    st.one_of(
        st.sampled_from(NOISE),
        st.sampled_from(
            ["", " ", "…", "word", "word word word", "https://a.example/b", "知識圖譜", "x" * 90, "1.0", "1" * 5000]
        ),
        st.text(max_size=60),
    ),
    min_size=2,
    max_size=60,
)


@given(st.lists(TITLES, min_size=1, max_size=3), st.sampled_from(["", "2020-05-05", "0001-01-01", "no day"]))
def test_every_community_has_a_name_of_its_own(groups: list[list[str]], day: str) -> None:
    """Whatever titles and dates there are, names are different, not empty, and have at most 40 letters."""
    dated = [with_attributes(titles, published_at=day) for titles in groups]
    structure, _ = structure_of(network_of_groups(*dated))
    found = find_communities(structure)
    names = [name.label for name in found.names]
    assert len({name.casefold() for name in names}) == len(names)
    for name, parts in zip(names, find_parts(found), strict=True):
        inside = [name, *(part.name.label for part in parts)]
        assert len({one.casefold() for one in inside}) == len(inside)
        assert all(0 < len(one) <= LONGEST_NAME and one.strip() for one in inside)


def test_very_many_communities_of_one_name(
    in_proportion: Callable[[Callable[[int], object]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are told apart by numbers, which are counted on rather than tried from the first one again."""
    monkeypatch.setattr("graph.structure.community_names.MOST_NAMED", 0)
    structure, _ = structure_of(network_of_groups(["Overview", "Overview"]))
    corpus, beside = Corpus(structure), TiedArticles(find_ties(structure))

    def name(count: int) -> None:
        named = name_groups(corpus, [np.arange(2)] * (count // 5), beside)
        assert [one.label for one in named[:3]] == ["Overview", "Overview (2)", "Overview (3)"]

    in_proportion(name)


def test_parts_divide_a_large_community() -> None:
    """A large community is divided where its ties are few, and its parts are told apart by what each is about."""
    subjects = ["Rose Garden", "Steam Engine", "Paper Boat"]
    groups = [[f"{title} of the {subject}" for title in NOISE] for subject in subjects]
    network = network_of_groups(*groups)
    for one, other in combinations(range(3), 2):
        for place in range(6):
            network.add_edge(f"article/{one:03}-{place:03}", f"article/{other:03}-{place:03}", "related")
    structure, _ = structure_of(network)
    found = find_communities(structure, resolution=0.05)
    (parts,) = find_parts(found)
    assert sorted(article for part in parts for article in part.members.tolist()) == list(range(36))
    assert sorted(part.name.label for part in parts) == sorted(subjects)
    (row,) = communities(network, resolution=0.05)
    assert [(part.label, part.members) for part in row.parts] == [(part.name.label, 12) for part in parts]
    assert str(row.parts[0]).endswith(" (12)")


def test_parts_of_one_clique_are_parts_of_time() -> None:
    """Where all are tied to all, years, quarters or months divide; without dates nothing does."""
    titles = [
        f"{one} {two}"
        for one, two in combinations(["Salt", "Tide", "Kettle", "Glass", "Road", "Map", "Knot", "Oak", "Fern"], 2)
    ]
    days = [f"{2010 + place // 12}-0{1 + place % 4}-11" for place in range(len(titles))]
    articles = [{"label": title, "published_at": day} for title, day in zip(titles, days, strict=True)]
    structure, _ = structure_of(network_of_groups(articles))
    (parts,) = find_parts(find_communities(structure))
    assert [len(part.members) for part in parts] == [6] * 6
    spans = sorted((structure.days[part.members].min(), structure.days[part.members].max()) for part in parts)
    assert all(last < first for (_, last), (first, _) in pairwise(spans))
    (row,) = communities(network_of_groups(titles))
    assert row.parts == ()


def test_stories_are_named_as_communities_are() -> None:
    """Any groups of articles are named by the same function: a story that is a community has its name."""
    network = network_of_groups(["Storm closes the northern harbour"] * 3, NOISE[:5])
    structure, _ = structure_of(network)
    found = find_communities(structure)
    stories = list(found.members)
    assert [len(set(found.stories[some].tolist())) for some in stories] == [1, 1]
    named = name_groups(Corpus(structure), stories, TiedArticles(found.ties))
    assert [name.label for name in named] == [name.label for name in found.names]


def test_an_index_page_ties_nothing_but_itself() -> None:
    """The ties of a page that leads everywhere are left out, but for articles that have no others."""
    groups = [NOISE[:5] for _ in range(12)]
    network = network_of_groups(*groups, ["Alone"])
    network.add_node("article/index", kind="article", label="Index", stub=False)
    for node in list(network):
        if node != "article/index":
            network.add_edge("article/index", node, "links")
    structure, nodes = structure_of(network)
    ties = find_ties(structure)
    kept = without_index_pages(ties)
    index, alone = nodes.index("article/index"), nodes.index("article/012-000")
    assert kept.degrees()[alone] == 1
    assert kept.degrees()[index] == 2
    assert len(kept.first) == 12 * 10 + 2
    assert (kept.degrees() > 0).tolist() == (ties.degrees() > 0).tolist()


def test_the_largest_corpora_are_counted_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of very many titles every second or so is counted, and names are found as before."""
    titles = [f"{one} Quantum Kitchen" for one in ("Inside", "Beyond", "Leaving", "Entering", "Closing", "Ordering")]
    whole = names_of(titles, NOISE)
    monkeypatch.setattr("graph.structure.title_words.MOST_COUNTED", 9)
    assert names_of(titles, NOISE)[0] == whole[0] == "Quantum Kitchen"
    monkeypatch.setattr("graph.structure.community_names.MOST_NAMED", 0)
    assert len(set(names_of(titles, NOISE))) == 2
