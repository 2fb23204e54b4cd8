"""Suggestions of topics: what they promise, whatever the network, and specimens read by hand."""

from __future__ import annotations

import itertools
from inspect import signature

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import build_from
from graph.analysis import TopicSuggestion, suggest_topics
from graph.commands.suggest import topics
from graph.errors import FormatError, NoSuchNodeError
from tests.networks import network_lines, network_of

WORDS = st.lists(
    st.sampled_from("a b Kubernetes cloud storage terra verily rust 知識 グラフ كتاب कहानी".split()), max_size=6
)


def found(rows: tuple[TopicSuggestion, ...]) -> list[tuple[str, str]]:
    """Return the articles and the topics of rows."""
    return [(row.article, row.topic) for row in rows]


def taught(subjects: dict[str, str], extra: str = "", each: int = 6) -> networkx.MultiDiGraph[str]:
    """Return articles about topics, whose texts use a word, and an untold one for each with the words as well."""
    lines, labels = ["article/new"], {"article/new": extra}
    for topic, words in subjects.items():
        for place in range(each):
            name = f"article/{topic}{place}"
            lines.append(f"{name} about topic/{topic}")
            labels[name] = f"{words} number{place}"
    return network_of(lines, label=labels)


@pytest.mark.slow
@given(network_lines(), st.data(), st.integers(0, 3), st.sampled_from([0, 0.2, 0.45]))
def test_suggestions_keep_their_promises(lines: list[str], data: st.DataObject, limit: int, line: float) -> None:
    """No topic is suggested twice, to an article that states it or one below it; the line and the limit hold.

    The same network gives the same rows, in whatever order it was put together, and one article gets the same rows as
    all articles do.
    """
    articles = sorted({word for text in lines for word in text.split() if word.startswith("article/")})
    attributes = {
        "label": {article: " ".join(data.draw(WORDS)) or article for article in articles},
        "excerpt": {article: " ".join(data.draw(WORDS)) for article in articles},
    }
    network = network_of(lines, **attributes)
    rows = suggest_topics(network, limit=limit, min_score=line)
    assert rows == suggest_topics(network_of(reversed(lines), **attributes), limit=limit, min_score=line)
    assert len(set(found(rows))) == len(rows)
    below: networkx.DiGraph[str] = networkx.DiGraph()
    below.add_edges_from((low, high) for low, high, relation in network.edges(keys=True) if relation == "broader")
    for article, group in itertools.groupby(rows, key=lambda row: row.article):
        some = tuple(group)
        assert len(some) <= limit
        assert [-row.score for row in some] == sorted(-row.score for row in some)
        assert some == suggest_topics(network, article, limit=limit, min_score=line)
        stated = {topic for topic in network.successors(article) if network.has_edge(article, topic, "about")}
        above = {high for topic in stated if topic in below for high in networkx.descendants(below, topic)}
        for row in some:
            assert row.topic not in stated | above
            assert network.nodes[row.topic]["kind"] == "topic" or network.in_degree(row.topic)
            assert row.score > 0
            assert row.score >= line * 0.999999
            assert row.reasons
    assert [row.article for row in rows] == sorted(row.article for row in rows)


def test_names_and_keywords_of_a_taxonomy_need_no_examples() -> None:
    """A topic that no article states is suggested where the title says its name or keyword, in the taxonomy's words."""
    network = network_of(
        ["article/a", "article/b", "article/c", "topic/containers"],
        label={
            "article/a": "Upgrade AKS nodes",
            "article/b": "All about Containers",
            "article/c": "A recipe for bread",
        },
    )
    network.nodes["topic/containers"].update(label="Containers", keywords="aks; docker", source="topics.yaml")
    first, second = suggest_topics(network)
    assert (first.article, first.topic, first.topic_label) == ("article/a", "topic/containers", "Containers")
    assert first.reasons == ("title says “aks”",)
    assert (second.article, second.reasons) == ("article/b", ("title says “Containers”",))


@pytest.mark.parametrize(
    "text",
    [
        "Scott Guthrie, executive vice president, Cloud + AI, Microsoft, adds a word",
        "A talk with the EVP of Cloud and AI at noon",
        "He is Head of AI",
    ],
)
def test_the_field_of_a_job_is_no_topic(text: str) -> None:
    """A person's job names what the person does, not what the article is about; elsewhere the same name counts."""
    network = network_of(["article/a", "topic/AI"], excerpt={"article/a": text}, keywords={"topic/AI": "AI"})
    assert not suggest_topics(network)
    network.nodes["article/a"]["excerpt"] = "The cloud and AI, explained"
    assert [row.reasons for row in suggest_topics(network)] == [("excerpt says “AI”",)]


def test_a_longer_name_is_not_the_topic_within_it() -> None:
    """`Amazon Web Services` does not mean the topic `Web`."""
    labels = {"article/a": "Deals with Amazon Web Services", "article/b": "A deal with Amazon Web Services again"}
    network = network_of([*labels, "topic/web"], label=labels)
    network.nodes["topic/web"].update(label="Web", keywords="web apps", source="topics.yaml")
    assert not suggest_topics(network)


def test_typical_words_and_similar_articles_suggest_a_topic() -> None:
    """Without any name, a topic is told by its typical words and by the articles most like it."""
    subjects = {"baking": "flour yeast oven", "sailing": "harbour mast rudder"}
    (row,) = suggest_topics(taught(subjects, "yeast and flour"), "article/new")
    assert row.topic == "topic/baking"
    words, votes = row.reasons
    assert words == "typical words: flour, yeast"
    assert votes == "6 of the 6 most similar articles"


def test_topics_of_nearly_all_articles_are_never_suggested() -> None:
    """The subject of the whole site says nothing, and articles with no other topic are not counter-examples."""
    subjects = {"baking": "flour yeast oven", "sailing": "harbour mast rudder"}
    network = taught(subjects, "flour and yeast and food", each=12)
    for name in [node for node in network if node.startswith("article/") and node != "article/new"]:
        network.add_edge(name, "topic/food", key="about", relation="about")
    network.add_node("topic/food", kind="topic", label="food")
    before = suggest_topics(network, min_score=0)
    assert "topic/food" not in {row.topic for row in before}
    for place in range(30):
        network.add_node(f"article/x{place}", kind="article", label=f"flour and yeast x{place}", stub=False)
        network.add_edge(f"article/x{place}", "topic/food", key="about", relation="about")
    rows = suggest_topics(network)
    assert {row.topic for row in rows if row.article.startswith("article/x")} == {"topic/baking"}
    assert len({row.article for row in rows if row.article.startswith("article/x")}) == 30


def test_a_topic_must_be_likelier_than_for_any_article() -> None:
    """A topic of most articles that state any is suggested to one that names it, and not to whatever has no topics."""
    lines = [f"article/{number} about topic/k" for number in range(8)]
    lines += ["article/8 about topic/tool", "article/9 about topic/tool", "article/conduct", "article/fleet"]
    labels = {f"article/{number}": f"Page number{number} of words" for number in range(10)}
    labels |= {"article/conduct": "Page of conduct", "article/fleet": "Kubernetes at sea", "topic/k": "Kubernetes"}
    rows = suggest_topics(network_of(lines, label=labels, keywords={"topic/k": "kubernetes"}))
    assert found(rows) == [("article/fleet", "topic/k")]
    assert rows[0].score <= 1


def test_an_article_with_topics_is_judged_more_strictly() -> None:
    """Whoever chose other topics may have chosen against this one, so its score is lower."""
    network = taught({"baking": "flour yeast oven", "sailing": "harbour mast rudder"}, "flour, yeast and oven")
    (before,) = suggest_topics(network, "article/new")
    network.add_edge("article/new", "topic/sailing", key="about", relation="about")
    (after,) = suggest_topics(network, "article/new", min_score=0.2)
    assert after.topic == before.topic
    assert after.score < before.score


def test_a_topic_must_be_likelier_in_a_folder_without_topics() -> None:
    """What is suggested among articles with topics is not suggested, with the same words, where none has any."""
    lines = ["article/new", *(f"article/other{place}" for place in range(3))]
    labels = {"article/new": "Pods under much snow"} | {name: f"Terms {place}" for place, name in enumerate(lines[1:])}
    for place in range(12):
        topic, words = ("boats", "Masts of a ferry") if place % 2 else ("clusters", "Pods of a cluster")
        lines.append(f"article/{place} about topic/{topic}")
        labels[f"article/{place}"] = f"{words}, number{place}, part{place}, year{place}"

    def scores(folder: str) -> dict[tuple[str, str], float]:
        places = dict.fromkeys(labels, "blog") | {f"article/other{place}": "docs" for place in range(3)}
        sources = {name: f"{place}/x.md" for name, place in (places | {"article/new": folder}).items()}
        rows = suggest_topics(network_of(lines, label=labels, source=sources))
        return {(row.article, row.topic): row.score for row in rows}

    among = scores("blog")["article/new", "topic/clusters"]
    assert among < 0.75  # half of all have the topic, so this is half of the way to certainty
    assert not scores("docs")
    assert scores("elsewhere") == {("article/new", "topic/clusters"): among}


def test_headings_suggest_a_topic() -> None:
    """What headings say is typical of a topic, too, in a graph, which knows them."""
    files = [
        (f"{place}.md", f"---\ntags: [{topic}]\n---\n# Note {place}\n\nText {place}.\n\n## {words} {place}")
        for place in range(12)
        for topic, words in [("boats", "Masts, sails") if place % 2 else ("clusters", "Pods, nodes")]
    ]
    knowledge = build_from([*files, ("new.md", "# Untold\n\nWords.\n\n## Pods, nodes of ours")])
    rows = suggest_topics(knowledge, "Untold", min_score=0.3)
    assert [row.topic_label for row in rows] == ["clusters"]
    assert not suggest_topics(knowledge.network, "Untold", min_score=0.3)


def test_topics_above_a_stated_one_are_not_suggested() -> None:
    """An article about Kubernetes is about containers already."""
    lines = ["article/a about topic/kubernetes", "topic/kubernetes broader topic/containers", "article/b"]
    labels = {"article/a": "Kubernetes and containers", "article/b": "On containers"}
    network = network_of(lines, label=labels, keywords={"topic/containers": "containers"})
    assert found(suggest_topics(network)) == [("article/b", "topic/containers")]


@pytest.mark.parametrize(
    "network",
    [
        network_of([]),
        network_of(["topic/x"]),
        network_of(["article/a"]),
        network_of(["article/a about topic/x"]),
        network_of([f"article/{place} about topic/x" for place in range(50)]),
        network_of([f"article/{place}" for place in range(50)] + ["topic/x"], label={"topic/x": "!?"}),
    ],
    ids=["nothing", "no article", "no topic", "one article", "a topic on every article", "a topic without words"],
)
def test_nothing_to_suggest(network: networkx.MultiDiGraph[str]) -> None:
    """Where there is nothing to suggest, there are no rows."""
    assert suggest_topics(network, min_score=0) == ()


def test_texts_of_one_repeated_word() -> None:
    """Texts that do not differ give all articles without topics the same scores."""
    lines = [f"article/{place} about topic/{'xy'[place % 2]}" for place in range(40)]
    names = [f"article/{place}" for place in range(60)]
    rows = suggest_topics(network_of([*lines, *names], label=dict.fromkeys(names, "data data data")), min_score=0.1)
    rows = tuple(row for row in rows if row.article >= "article/40" and len(row.article) == len("article/40"))
    assert {row.topic for row in rows} <= {"topic/x", "topic/y"}
    assert len({round(row.score, 3) for row in rows if row.topic == "topic/x"}) <= 2


def test_texts_in_a_script_without_spaces() -> None:
    """Chinese articles get topics by the pairs of characters that are typical of them."""
    subjects = {"储存": "云端储存基因组数据", "面包": "烤面包的食谱大全"}
    (row,) = suggest_topics(taught(subjects, "基因组数据的储存"), "article/new")
    assert row.topic == "topic/储存"


def test_many_articles_are_compared_by_rare_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit of the text matrix, topics are still found by words and by articles that share rare ones."""
    monkeypatch.setattr("graph.structure.text_matrix.MOST_COMPARED", 10)
    subjects = {"baking": "flour yeast oven", "sailing": "harbour mast rudder"}
    (row,) = suggest_topics(taught(subjects, "yeast and flour"), "article/new")
    assert row.topic == "topic/baking"


def test_rare_topics_and_limits_of_learning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Topics beyond those whose words are learnt are still told by similar articles."""
    monkeypatch.setattr("graph.structure.topic_model.MOST_LEARNT", 1)
    subjects = {"baking": "flour yeast oven", "sailing": "harbour mast rudder"}
    (row,) = suggest_topics(taught(subjects, "sailing with mast and rudder"), "article/new")
    assert row.topic == "topic/sailing"
    assert row.reasons == ("6 of the 6 most similar articles",)


def test_misuse_is_told() -> None:
    """A name of no article is answered with the nearest; a limit below zero and a score that is none are refused."""
    network = network_of(["article/Storage about topic/Store"])
    with pytest.raises(NoSuchNodeError, match="Did you mean “Storage”"):
        suggest_topics(network, "Storag")
    with pytest.raises(FormatError, match="below zero"):
        suggest_topics(network, limit=-1)
    with pytest.raises(FormatError, match="not a number"):
        suggest_topics(network, min_score=float("nan"))


def test_the_command_has_the_defaults_of_the_function() -> None:
    """The command line shows as many suggestions as the function, from the same score."""
    given = {parameter.name: parameter.default for parameter in topics.params}
    taken = {name: parameter.default for name, parameter in signature(suggest_topics).parameters.items()}
    assert (given["limit"], given["min_score"]) == (taken["limit"], taken["min_score"])
