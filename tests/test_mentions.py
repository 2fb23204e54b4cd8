"""Topics found in running text: where a name is meant, in every script, and within bounds on any input."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.truth.mentions import Finder, Name
from graph.truth.phrases import Phrases, split_words
from tests.worlds import HOSTILE, Said, Site, built

FILLER = "Nothing to see in these words, which are all quite small."


def found(names: Iterable[str], *texts: str, described: bool = False, keywords: bool = False) -> list[set[str]]:
    """Return the names that each text mentions, of topics that no article states."""
    finder = Finder({name: [Name(name, is_described=described, is_keyword=keywords)] for name in names})
    mentions = finder.find((str(number), text, ()) for number, text in enumerate(texts))
    return [set(mentions.get(str(number), ())) for number in range(len(texts))]


def mentioned(site: Site) -> Mapping[str, set[str]]:
    """Return the labels of the topics that each article of a site mentions, by the article's label."""
    knowledge = built(site)
    return {
        article.label: {knowledge.topics[topic].label for topic in article.mentions}
        for article in knowledge.articles.values()
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("go", "We go home and see plan c fail."),
        ("c", "We go home and see plan c fail."),
        ("go", "Go home. Go there: Go on! \u201cGo,\u201d she said."),
        ("go", "- Go\n- Go on\n\nGo"),
        ("search", "How to Build a Search Engine for the Web"),
        ("search", "SEARCH ALL THE THINGS"),
        ("IT", "WHAT IT IS AND WHY"),
        ("data", "It runs on Azure Data Factory, as we know."),
        ("data", "We asked data.json and my_data and @data for more."),
        ("R", "Our department of R&D grows."),
        ("C", "It was written in Objective-C long ago."),
        ("C", "It was written in C++ and C# long ago."),
        ("net", "It was written for .NET and ASP.NET long ago."),
        (".NET", "A net and asp.net and the end.net are not it."),
        ("machine learning", "We bought a machine. Learning came later."),
        ("machine learning", "We bought a machine\n\nLearning came later."),
        ("2024", "It was 2024 when it began."),
        ("学", "我们学习知识"),
        ("データ", "このデータベースを使う"),
        ("데이터", "데이터베이스를 쓴다"),
        ("हिन्दी", "यह हिन्दीभाषा है"),
        ("हिन्द", "यह हिन्दी है"),
        ("/topics/data/", "Read topics data here."),
    ],
)
def test_what_is_no_name(name: str, text: str) -> None:
    """An ordinary word, a part of a longer name, a number and a phrase across sentences mention nothing."""
    assert found([name], text, FILLER) == [set(), set()]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("go", "It was written in Go by hand."),
        ("go", "We use Go."),
        ("go", "All about #go today."),
        ("c", "It is written in C, as it was before."),
        ("data", "He played Data on the ship."),
        ("GraphQL", "GraphQL is here."),
        ("graphql", "GraphQL is here."),
        ("iOS", "iOS and more."),
        ("AI", "AI for You and Me"),
        ("AI", "The AI-powered car."),
        ("ggplot2", "We plot with ggplot2 and more."),
        ("C++", "It was written in c++ or so."),
        (".NET", "It runs on .NET, too."),
        ("Node.js", "It runs on node.js."),
        ("R&D", "Our department of R & D grows."),
        ("machine learning", "All of it is Machine\nLearning."),
        ("open source", "It is open-source software."),
        ("open-source", "It is open source software."),
        ("data_science", "It is data science."),
        ("people's choice", "It is the People\u2019s Choice."),
        ("Straße der Kunst", "Die STRASSE DER KUNST ist lang."),
        ("istanbul bienali", "Bugün \u0130stanbul Bienali var."),
        ("\u0130stanbul Bienali", "Bugün istanbul bienali var."),
        ("cafe\u0301 society", "It is caf\u00e9 society."),
        ("Бухгалтерия", "Здесь Бухгалтерия живёт."),
        ("知识库", "我们建立了知识库系统。"),
        ("机械学习", "使用Python做机械学习。"),
        ("python", "我们使用Python开发。"),
        ("Vue组件", "我们写 Vue 组件。"),
        ("データベース", "このデータベースを使う"),
        ("機械学習", "機械学習とは何か"),
        ("ฐานข้อมูล", "เราใช้ฐานข้อมูลใหม่"),
        ("ទិន្នន័យ", "យើងប្រើទិន្នន័យថ្មី"),
        ("데이터베이스", "데이터베이스를 쓴다"),
        ("기계 학습", "기계 학습은 어렵다"),
        ("हिन्दी", "यह हिन्दी है"),
        ("بيانات", "هذه بيانات جديدة"),
        ("საქართველო", "ეს არის საქართველო აქ"),
    ],
)
def test_what_is_a_name(name: str, text: str) -> None:
    """A name is found in every spelling and script, where it is written as one."""
    assert found([name], text, FILLER) == [{name}, set()]


@pytest.mark.parametrize("text", ["We care for security.", "Security first.", "SECURITY IS ALL"])
def test_what_the_taxonomy_says_is_meant(text: str) -> None:
    """A described topic's own name and keywords count in any case, unlike a mere tag; short names only as keywords."""
    assert found(["security"], text, described=True) == [{"security"}]
    assert found(["security"], text, keywords=True) == [{"security"}]
    assert found(["security"], text) == [set()]
    assert found(["go"], "We go home.", described=True) == [set()]
    assert found(["cdn"], "A cdn.", "A CDN.", keywords=True) == [{"cdn"}, {"cdn"}]


def test_the_texts_show_what_is_a_name() -> None:
    """A word that texts write with a capital is a name at the beginning of a sentence too; another word is not."""
    names = ["The team runs Kubernetes at home.", "We like Kubernetes here.", "Kubernetes is here."]
    assert found(["kubernetes"], *names) == [{"kubernetes"}] * 3
    words = ["The team builds more.", "We build much here.", "They build.", "Build it here.", "It is called Build now."]
    assert found(["build"], *words) == [set(), set(), set(), set(), {"build"}]
    sloppy = ["We like Kubernetes here."] * 10 + ["we like kubernetes here"]
    assert found(["kubernetes"], *sloppy) == [{"kubernetes"}] * 11
    verbs = ["We write Go here."] * 10 + ["we go home here"]
    assert found(["go"], *verbs) == [{"go"}] * 10 + [set()]


def test_a_word_of_its_topic_alone_counts_in_lower_case() -> None:
    """A word that articles about its topic use, and hardly any others, tells of the topic; a common word does not."""
    finder = Finder({name: [Name(name)] for name in ("dplyr", "help")})
    articles: list[tuple[str, str, tuple[str, ...]]] = [
        (f"own-{number}", "It takes dplyr to help.", ("dplyr", "help")) for number in range(5)
    ]
    articles += [(f"other-{number}", f"It may help in {number} ways.", ()) for number in range(100)]
    articles += [("one", "This takes dplyr.", ())]
    assert finder.find(articles) == {"one": ("dplyr",)}


def test_the_longest_name_counts() -> None:
    """Within a longer name a shorter one is not mentioned, but elsewhere in the text it is."""
    assert found(["机器学习", "学习"], "机器学习", "机器学习和学习") == [{"机器学习"}, {"机器学习", "学习"}]
    names = ["New York", "New York Times", "York Minster"]
    assert found(names, "See the New York Times.") == [{"New York Times"}]
    assert found(names, "See New York, and the New York Times.") == [{"New York", "New York Times"}]
    assert found(names, "See New York Minster.") == [{"New York"}]


def test_mentions_are_looked_for_in_title_excerpt_and_text() -> None:
    """Each of them counts, and what an article states it never mentions."""
    tagged: Said = {"title": "Tagged", "topics": ["Azure Functions", "machine learning", "open data"]}
    assert mentioned(
        {
            "0.md": tagged,
            "1.md": {"title": "On Azure functions"},
            "2.md": {"title": "B", "excerpt": "On machine learning."},
            "3.md": {"title": "C"},
            "4.md": "Text of open data.",
            "5.md": {"title": "On open data and machine learning", "topics": ["open data"]},
            "machine-learning.md": {"webUrl": "https://a.example/machine-learning"},
        }
    ) == {
        "Tagged": set(),
        "On Azure functions": {"Azure Functions"},
        "B": {"machine learning"},
        "C": set(),
        "4": {"open data"},
        "On open data and machine learning": {"machine learning"},
        "machine learning": set(),
    }


def test_keywords_of_a_record_are_found() -> None:
    """A topic is mentioned where one of its keywords is, in any case."""
    site: Site = {
        "_data/topics/net.md": {"name": "Networking", "keywords": ["cdn", "load balancer"]},
        "a.md": {"title": "A CDN of our own"},
        "b.md": {"title": "A new load-balancer"},
        "c.md": {"title": "Networking now"},
        "d.md": {"title": "A net"},
    }
    assert mentioned(site) == {
        "A CDN of our own": {"Networking"},
        "A new load-balancer": {"Networking"},
        "Networking now": {"Networking"},
        "A net": set(),
    }


_WORDS = [
    "go",
    "Go",
    "GO",
    "data",
    "Data",
    "AI",
    "C",
    "C++",
    ".NET",
    "open",
    "source",
    "New",
    "York",
    "the",
    "知识",
    "库",
]
_WORDS += ["데이터", "를", "हिन्दी", "İ", "ß", "é", "ﬁ", "①", "\u0307", "\u200b", "\ud800", *HOSTILE]
_GAPS = [
    " ",
    "",
    ".",
    ". ",
    "-",
    " - ",
    "\n",
    "\n\n",
    "'",
    "\u2019",
    "_",
    "&",
    " & ",
    "::",
    "#",
    "@",
    "\u0301",
    "\u3000",
]
_TEXTS = st.lists(st.sampled_from(_WORDS) | st.sampled_from(_GAPS) | st.text(max_size=3), max_size=12).map("".join)
_NAMES = st.lists(st.builds(Name, _TEXTS, is_described=st.booleans(), is_keyword=st.booleans()), max_size=3)


@pytest.mark.slow
@settings(max_examples=300)
@given(st.lists(_NAMES, max_size=4), st.lists(_TEXTS, max_size=5), st.randoms(use_true_random=False))
def test_any_input_in_any_order(names: Sequence[Sequence[Name]], texts: Sequence[str], chance: random.Random) -> None:
    """Nothing raises, and neither the order of topics, names and articles nor a second search changes what is found."""
    topics = {str(number): called for number, called in enumerate(names)}
    articles = [(str(number), text, {str(number)}) for number, text in enumerate(texts)]
    finder = Finder(topics)
    mentions = finder.find(articles)
    for article, _, stated in articles:
        assert not stated.intersection(mentions.get(article, ()))
    assert finder.find(articles) == mentions
    shuffled = list(topics.items())
    chance.shuffle(shuffled)
    chance.shuffle(articles)
    assert Finder({topic: chance.sample(called, len(called)) for topic, called in shuffled}).find(articles) == mentions


@pytest.mark.slow
@settings(max_examples=300)
@given(st.lists(_TEXTS, min_size=1, max_size=4), _TEXTS)
def test_a_name_that_is_found_stands_in_the_text(names: Sequence[str], text: str) -> None:
    """The words of a name that is mentioned stand one after another in the text."""
    words = "\n".join(["", *split_words(text)[0], ""]).casefold()
    for described in (False, True):
        for name in found(names, text, described=described)[0]:
            said = "\n".join(split_words(name)[0]).casefold()
            assert f"\n{said}" in words  # a Korean ending may follow


@settings(max_examples=300)
@given(st.lists(st.sampled_from("ab"), min_size=1, max_size=4), st.lists(st.sampled_from("abc"), max_size=30))
def test_phrases_are_found_as_one_would_by_hand(phrase: list[str], text: list[str]) -> None:
    """A phrase is found at the first place where its words stand, then at the first after its end."""
    phrases: Phrases[str] = Phrases()
    phrases.add(" ".join(phrase), "it")
    expected = []
    position = 0
    while position < len(text):
        is_here = text[position : position + len(phrase)] == phrase
        if is_here:
            expected.append((position, "it"))
        position += len(phrase) if is_here else 1
    assert list(phrases.find(" ".join(text))) == expected


HOSTILE_CALLS = {
    "a hundred thousand topics": ([f"topic {number} of many" for number in range(100_000)], ["topic 7 of many"]),
    "names that begin alike": ([" ".join(["a"] * length) for length in range(1, 1000)], ["a " * 100_000]),
    "a name of a thousand words": (["word " * 1000], ["word " * 10_000]),
    "names without words": (["", " ", "!!!", "---", "\u0301", "\ud800"], ["!!! --- "]),
    "a text of ten megabytes": (["go", "Data", "open data"], ["Go Data open data Go " * 500_000]),
    "a text without spaces": (["go", "知识库"], ["go" * 5_000_000, "知识" * 100_000, "知识库" * 100_000]),
    "a text of spaces": (["go on"], [("go" + " " * 99_000) * 2, "go\n" + " " * 190_000 + "on", "\n " * 100_000]),
    "a text of signs": (["go"], ["#" * 200_000, "." * 200_000, "\u0301" * 200_000, "+" * 200_000]),
    "a text that grows when normalised": (["go"], ["\ufdfa" * 200_000]),
}


@pytest.mark.slow
@pytest.mark.parametrize(("names", "texts"), HOSTILE_CALLS.values(), ids=HOSTILE_CALLS)
def test_hostile_input_takes_bounded_time(names: Sequence[str], texts: Sequence[str]) -> None:
    """Many topics, long names and long texts take seconds at most."""
    begun = time.process_time()
    found(names, *texts)
    assert time.process_time() - begun < 10
