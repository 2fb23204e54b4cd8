"""Where everything stands on the map."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar, cast

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import graph
from graph.analysis import communities
from graph.atlas import Atlas, census, to_atlas
from graph.atlas.atlas import Layout
from graph.atlas.census import take_census
from graph.atlas.circles import GAP, anchors_of, enclose, pack_circles
from graph.atlas.ground import digest_of_value
from graph.atlas.layout import Grouped, lay_out
from graph.atlas.remembering import LayoutMemory
from graph.atlas.rims import place_around, place_beyond, reach_of
from graph.atlas.spirals import halo, rosettes
from graph.records import Article
from graph.structure import RELATION_NAMES, louvain
from graph.structure.arrays import NO_DAY
from graph.structure.communities import find_communities, find_stories
from graph.structure.ties import find_ties
from graph.truth import Truth
from graph.views import to_ntriples
from graph.vocabulary import RELATIONS
from tests.atlases import BASE, articles_of, cliques, closest, topic, truth_of, truths
from tests.worlds import Said, built

RADII = st.lists(st.floats(0.5, 60), min_size=1, max_size=90)


def island_labels(atlas: Atlas) -> dict[str, str]:
    """Return each article's island by their labels."""
    return {
        article.label.removeprefix("Article "): atlas.islands[place].label
        for article, place in zip(atlas.census.articles, atlas.island.tolist(), strict=False)
    }


def components(pairs: set[frozenset[str]]) -> set[frozenset[str]]:
    """Return what pairs join."""
    joined: networkx.Graph[str] = networkx.Graph()
    joined.add_edges_from(sorted((min(pair), max(pair)) for pair in pairs))
    return {frozenset(one) for one in networkx.connected_components(joined)}


@pytest.mark.slow
@settings(max_examples=25)
@given(truths())
def test_no_two_nodes_overlap_in_any_view(truth: Truth) -> None:
    """Whatever the corpus, no dot lies on another, in none of the three views."""
    atlas = to_atlas(truth)
    for view in (atlas.topics, atlas.network, atlas.timeline):
        assert closest(atlas, view) > 0.1


@pytest.mark.slow
@settings(max_examples=25)
@given(truths())
def test_islands_and_stories_are_ranges(truth: Truth) -> None:
    """Articles are numbered island by island, and on an island story by story, none left out."""
    atlas = to_atlas(truth)
    count = len(atlas.census.articles)
    assert sorted(article.iri for article in atlas.census.articles) == list(truth.articles)
    assert [number for island in atlas.islands for number in range(island.first, island.end)] == list(range(count))
    for place, island in enumerate(atlas.islands):
        assert (atlas.island[island.first : island.end] == place).all()
        assert island.inferred == atlas.inferred[island.first : island.end].sum()
    steps = np.diff(atlas.story)
    assert ((steps == 0) | (steps == 1)).all()


@pytest.mark.slow
@settings(max_examples=25)
@given(truths())
def test_articles_stand_on_their_island_and_islands_in_their_parents(truth: Truth) -> None:
    """An island's circle holds its articles and the circles of the islands in it; other islands lie beside it."""
    atlas = to_atlas(truth)
    view = atlas.topics
    for place, island in enumerate(atlas.islands):
        x, y, radius = island.circle
        for node in range(island.first, island.end):
            assert math.hypot(view.x[node] - x, view.y[node] - y) + atlas.size[node] <= radius + 0.01
        for other in atlas.islands[:place]:
            apart = math.dist((x, y), other.circle[:2])
            if island.parent >= 0 and atlas.islands[island.parent] is other:
                assert apart + radius <= other.circle[2] + 0.01
                assert island.depth == other.depth + 1
            elif island.depth == other.depth:
                assert apart >= radius + other.circle[2]


@pytest.mark.slow
@settings(max_examples=25)
@given(truths())
def test_what_stands_somewhere_stands_within_the_bounds(truth: Truth) -> None:
    """The bounds of each view hold every node and every circle."""
    atlas = to_atlas(truth)
    for view in (atlas.topics, atlas.network, atlas.timeline):
        left, top, right, bottom = view.bounds
        there = ~np.isnan(view.x)
        assert (there == ~np.isnan(view.y)).all()
        assert ((view.x[there] >= left) & (view.x[there] <= right)).all()
        assert ((view.y[there] >= top) & (view.y[there] <= bottom)).all()
    assert not np.isnan(atlas.topics.x).any()
    assert not np.isnan(atlas.network.x).any()


@pytest.mark.slow
@settings(max_examples=25)
@given(truths())
def test_the_backbone_is_made_of_relations(truth: Truth) -> None:
    """Every edge that is drawn is a relation that the truth holds, and no article that is tied is cut off."""
    atlas = to_atlas(truth)
    iris = [article.iri for article in atlas.census.articles]
    stated = {
        frozenset((one.iri, other))
        for one in truth.articles.values()
        for other in (*one.related, *one.links)
        if other in truth.articles
    }
    drawn = {
        frozenset((iris[first], iris[second]))
        for first, second in zip(atlas.backbone.first.tolist(), atlas.backbone.second.tolist(), strict=True)
    }
    assert drawn <= stated
    assert components(drawn) == components(stated)


@pytest.mark.slow
@settings(max_examples=25)
@given(truths())
def test_the_timeline_keeps_the_order_of_time(truth: Truth) -> None:
    """In a lane, what is later does not stand further left; what has no date stands nowhere."""
    atlas = to_atlas(truth)
    dated = atlas.census.days != NO_DAY
    count = len(dated)
    assert (np.isnan(atlas.timeline.x[:count]) == ~dated).all()
    assert sum(lane.count for lane in atlas.lanes) == dated.sum()
    order = np.argsort(atlas.census.days[dated], kind="stable")
    left, days = atlas.timeline.x[:count][dated][order], atlas.census.days[dated][order]
    width = 2 * atlas.size[:count].max(initial=1.0) + GAP
    assert (np.maximum.accumulate(left) - left <= width).all()
    assert len(set(days.tolist())) <= 1 or atlas.scale > 0


def test_a_link_ties_articles_as_a_relation_does() -> None:
    """Who is linked to in a text stands where who is named as related would stand, and being both counts once."""
    related = cliques([5, 6, 4], [("0-0", "1-1"), ("1-2", "2-3")])
    maps = [
        to_atlas(truth_of(articles))
        for articles in (
            related,
            [replace(one, related=(), links=one.related) for one in related],
            [replace(one, links=one.related) for one in related],
        )
    ]
    for drawn in maps[1:]:
        assert np.array_equal(drawn.network.x, maps[0].network.x)
        assert np.array_equal(drawn.community, maps[0].community)
        assert drawn.insights == maps[0].insights
        assert not drawn.is_by_likeness


def test_a_link_to_or_from_what_is_no_article_ties_no_articles() -> None:
    """Links of topics, and links to them, are no ties between articles, and make the nodes they lead to larger."""
    one, other = articles_of({"1": "roses", "2": ""})
    roses, trees = topic("roses", links=(one.iri, other.iri)), topic("trees")
    truth = truth_of([replace(one, links=(trees.iri,)), other], [roses, trees])
    atlas = to_atlas(truth)
    assert not len(find_ties(atlas.census).first)
    assert not len(atlas.backbone.first)
    assert len(atlas.census.pairs["links"][0]) == 3
    plain = to_atlas(truth_of([one, other], [topic("roses"), trees]))
    node = atlas.census.first_topic + 1
    assert atlas.size[node] > plain.size[node]


def test_bridges_are_those_that_connect_communities() -> None:
    """Of three dense groups that two links connect, the ends of these are the bridges, and nothing else is."""
    atlas = to_atlas(truth_of(cliques([5, 6, 4], [("0-0", "1-1"), ("1-2", "2-3")])))
    scores = {atlas.census.articles[node].label: score for node, score in atlas.insights.bridges}
    assert scores == {f"Article {name}": 1 for name in ("0-0", "1-1", "1-2", "2-3")}


def test_an_article_lives_in_its_rarest_topic() -> None:
    """Of several topics the one with fewest articles is home; equals by IRI."""
    atlas = to_atlas(truth_of(articles_of({"1": "roses", "2": "roses tulips", "3": "roses tulips", "4": "roses"})))
    assert island_labels(atlas) == {"1": "roses", "2": "tulips", "3": "tulips", "4": "roses"}
    assert not atlas.inferred.any()


def test_a_topic_on_nearly_every_article_is_background() -> None:
    """Such a topic swallows nobody who has another topic; who has none stays on an island that says so."""
    lines = {
        str(number): "all" + (" roses" if number < 9 else " tulips" if number < 16 else "") for number in range(30)
    }
    atlas = to_atlas(truth_of(articles_of(lines)))
    assert [atlas.census.topics[node - atlas.census.first_topic].label for node in atlas.background] == ["all"]
    assert sorted((island.label, island.end - island.first) for island in atlas.islands) == [
        ("Only all", 14),
        ("roses", 9),
        ("tulips", 7),
    ]


def test_the_only_topic_is_no_background() -> None:
    """Where one topic is on all articles and there is no other, it is their island."""
    atlas = to_atlas(truth_of(articles_of(dict.fromkeys(map(str, range(40)), "all"))))
    assert [island.label for island in atlas.islands] == ["all"]
    assert atlas.background == ()


def test_an_article_without_topics_lives_with_its_story_and_says_so() -> None:
    """A stub in a tight story stands on the story's island, marked as inferred, and RDF never hears of it."""
    first, *rest = cliques([5, 3])
    stated = (f"{BASE}topic/roses",)
    articles = [
        first,
        *(Article(one.iri, one.label, topics=stated, related=one.related) for one in rest[:3]),
        *rest[3:],
    ]
    truth = truth_of(articles)
    before = "".join(to_ntriples(truth)).splitlines()
    atlas = to_atlas(truth)
    labels = island_labels(atlas)
    assert labels["0-0"] == "roses"
    assert labels["1-0"] == "Without topic"
    guessed = {one.label for one, is_guess in zip(atlas.census.articles, atlas.inferred, strict=True) if is_guess}
    assert guessed == {"Article 0-0", "Article 0-4"}
    assert "".join(to_ntriples(truth)).splitlines() == before
    assert not any(first.iri in line and "topic/roses" in line for line in before)
    assert truth.articles[first.iri].topics == ()


def test_a_folder_that_knows_nothing_of_a_topic_stands_by_itself() -> None:
    """Pages that news link to stand by their folder, and news without a topic where other news of its story stand."""
    site: dict[str, Said] = {}
    for number in range(9):
        links = "".join(f"[{page}](../docs/{folder}/{page}.md) " for folder in ("setup", "guides") for page in "abcd")
        links += f"[news](news-{(number + 1) % 9}.md)"
        site[f"news/news-{number}.md"] = f"---\ntitle: News {number}\n{'tags: [Release]' * (number > 0)}\n---\n{links}"
    for folder, page in itertools.product(("setup", "guides"), "abcd"):
        site[f"docs/{folder}/{page}.md"] = f"---\ntitle: {folder} {page}\n---\nText."
    labels = island_labels(to_atlas(built(site).truth))
    assert {labels[f"News {number}"] for number in range(9)} == {"Release"}
    assert {labels[f"setup {page}"] for page in "abcd"} == {"Setup"}
    assert {labels[f"guides {page}"] for page in "abcd"} == {"Guides"}


def test_mentions_hint_at_topics() -> None:
    """An article that states no topic stands where a topic that it mentions is, marked as inferred."""
    plain = Article("https://news.example/x", "Ten vases for your garden", mentions=(f"{BASE}topic/decoration",))
    atlas = to_atlas(truth_of([*articles_of({"1": "decoration", "2": "roses"}), plain]))
    assert island_labels(atlas)["Ten vases for your garden"] == "decoration"
    assert atlas.inferred.sum() == 1


def test_topics_lie_in_the_topics_above_them() -> None:
    """An island lies in that of its broader topic, also where that one has no articles of its own."""
    topics = [
        topic("plants"),
        topic("roses", broader=(f"{BASE}topic/plants",)),
        topic("tulips", broader=(f"{BASE}topic/plants",)),
    ]
    atlas = to_atlas(truth_of(articles_of({"1": "roses", "2": "tulips", "3": "stones"}), topics))
    parents = {island.label: atlas.islands[island.parent].label for island in atlas.islands if island.parent >= 0}
    assert parents == {"roses": "plants", "tulips": "plants"}


def test_a_circle_of_broader_topics_is_no_trouble() -> None:
    """Topics that are above each other are islands, one in the other or beside it."""
    topics = [topic("a", broader=(f"{BASE}topic/b",)), topic("b", broader=(f"{BASE}topic/a",))]
    atlas = to_atlas(truth_of(articles_of({"1": "a", "2": "b"}), topics))
    assert sorted(island.label for island in atlas.islands) == ["a", "b"]


def test_of_thousands_of_topics_the_rare_ones_are_no_islands() -> None:
    """Where every article has a tag of its own, tags that articles share are the islands."""
    lines = {str(number): f"tag{number} group{number % 4}" for number in range(400)}
    atlas = to_atlas(truth_of(articles_of(lines)))
    assert sorted(island.label for island in atlas.islands) == ["group0", "group1", "group2", "group3"]
    lonely = to_atlas(truth_of(articles_of({str(number): f"tag{number}" for number in range(400)})))
    assert [island.label for island in lonely.islands] == ["Other topics"]


def test_communities_stand_apart() -> None:
    """Groups that are tied among themselves are communities, and their circles do not touch."""
    truth = truth_of(cliques([12, 9, 7], [("0-0", "1-0")]))
    atlas = to_atlas(truth)
    assert [cluster.size for cluster in atlas.clusters] == [12, 9, 7]
    for place, cluster in enumerate(atlas.clusters):
        members = np.flatnonzero(atlas.community == place)
        assert len({atlas.census.articles[node].label.split("-")[0] for node in members.tolist()}) == 1
        for other in atlas.clusters[:place]:
            assert math.dist(cluster.circle[:2], other.circle[:2]) > cluster.circle[2] + other.circle[2]


@pytest.mark.parametrize("months", [0, 30])
def test_parts_and_stories_are_named_as_everywhere_and_stand_together(months: int) -> None:
    """A part has the name and the articles that `communities` gives it, in its circle, which lies in its community."""
    days = [f"{2015 + number * months // 40 // 12}-{1 + number * months // 40 % 12:02}-05" for number in range(40)]
    large = [
        replace(article, published_at=f"{day}T00:00:00Z") for article, day in zip(cliques([40]), days, strict=True)
    ]
    truth = truth_of([*large, *cliques([0, 6, 5])])
    atlas = to_atlas(truth)
    told = communities(graph.KnowledgeGraph(truth))
    for cluster, row in zip(atlas.clusters, told, strict=False):
        assert (cluster.label, [(part.label, part.size) for part in cluster.parts]) == (
            row.label,
            [(part.label, part.members) for part in row.parts],
        )
    assert bool(atlas.clusters[0].parts) == (months > 0)
    x, y = atlas.network.x[:40], atlas.network.y[:40]
    for number, cluster in enumerate(atlas.clusters):
        for nth, part in enumerate(cluster.parts, start=1):
            assert math.dist(part.circle[:2], cluster.circle[:2]) + part.circle[2] <= cluster.circle[2]
            inside = np.hypot(x - part.circle[0], y - part.circle[1]) <= part.circle[2]
            assert inside.sum() == part.size
            members = (atlas.community[: len(atlas.part)] == number) & (atlas.part == nth)
            assert (members[:40] == inside).all()
        for one, other in itertools.combinations(cluster.parts, 2):
            assert math.dist(one.circle[:2], other.circle[:2]) >= one.circle[2] + other.circle[2]
    assert {story.label for story in atlas.stories} == {cluster.label for cluster in atlas.clusters}
    assert all(story.on_island and not story.in_community for story in atlas.stories)
    assert np.bincount(atlas.named)[1:].tolist() == [story.size for story in atlas.stories]


def test_communities_of_very_many_are_found_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only those are asked again beside whom one moved, clear communities are the same."""
    sizes = [12, 9, 7, 7, 5]
    truth = truth_of(cliques(sizes, [(f"{one}-0", f"{one + 1}-1") for one in range(4)]))
    monkeypatch.setattr(louvain, "MANY_NODES", 0)
    found = take_census(truth)
    ties = find_ties(found)
    assert [len(some) for some in find_communities(found, ties=ties).members] == sizes


def test_a_hub_does_not_join_communities() -> None:
    """An index page that names everything leaves the communities it names apart, and none of its ties are drawn."""
    articles = cliques([8] * 20)
    index = Article("https://news.example/index", "Index", related=tuple(one.iri for one in articles))
    atlas = to_atlas(truth_of([*articles, index]))
    assert sum(cluster.size >= 8 for cluster in atlas.clusters) == 20
    place = next(number for number, one in enumerate(atlas.census.articles) if one.label == "Index")
    assert place not in {*atlas.backbone.first.tolist(), *atlas.backbone.second.tolist()}


def test_articles_that_nothing_links_are_gathered_by_what_they_share() -> None:
    """Without links, those who share rare topics are communities, and nothing is drawn between them."""
    lines = {str(number): f"kind{number % 3} all" for number in range(30)}
    atlas = to_atlas(truth_of(articles_of(lines)))
    assert atlas.is_by_likeness
    assert [cluster.size for cluster in atlas.clusters] == [10, 10, 10]
    assert len(atlas.backbone.first) == 0


@pytest.mark.parametrize(
    ("name", "articles"),
    [
        ("nothing", []),
        ("one article", articles_of({"1": ""})),
        ("stubs only", articles_of(dict.fromkeys(map(str, range(30)), ""), stub=True)),
        ("one topic on all", articles_of(dict.fromkeys(map(str, range(30)), "all"))),
        ("one day", articles_of(dict.fromkeys(map(str, range(30)), "all"), published_at="2020-02-02")),
        ("no topics", cliques([4, 3, 1])),
        (
            "far dates",
            articles_of({"1": ""}, published_at="0001-01-01") + articles_of({"2": ""}, published_at="9999-12-31"),
        ),
    ],
)
def test_every_corpus_has_a_map(name: str, articles: list[Article]) -> None:
    """A corpus that lacks something still has places for all its articles, without overlaps, and honest labels."""
    atlas = to_atlas(truth_of(articles))
    assert len(atlas.census.articles) == len(articles), name
    for view in (atlas.topics, atlas.network, atlas.timeline):
        assert closest(atlas, view) > 0.1
        assert all(math.isfinite(value) for value in view.bounds)
    assert all(island.label for island in atlas.islands)
    assert all(cluster.label for cluster in atlas.clusters)


def test_of_too_many_articles_the_best_connected_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A corpus beyond the limit is cut down to what is linked most, and the totals still tell of all."""
    monkeypatch.setattr(census, "MOST_ARTICLES", 20)
    monkeypatch.setattr(census, "MOST_SHOWN", 15)
    truth = truth_of([*cliques([9, 6]), *articles_of({f"lone{number}": "" for number in range(10)})])
    atlas = to_atlas(truth)
    assert len(atlas.census.articles) == 15
    assert not any("lone" in article.label for article in atlas.census.articles)
    assert atlas.census.totals["articles"] == 25
    assert closest(atlas, atlas.topics) > 0.1


def test_all_articles_are_placed_where_the_whole_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit, too, no article is left out then; of other nodes the best-connected stay."""
    monkeypatch.setattr(census, "MOST_ARTICLES", 20)
    monkeypatch.setattr(census, "MOST_OTHERS", 2)
    lines = {str(number): ("roses " if number % 2 else "tulips ") + f"rare{number}" for number in range(25)}
    truth = truth_of(articles_of(lines))
    atlas = to_atlas(truth, whole=True)
    assert sorted(article.iri for article in atlas.census.articles) == list(truth.articles)
    assert [one.label for one in atlas.census.topics] == ["roses", "tulips"]
    assert atlas.census.totals["topics"] == 27
    assert atlas.census.totals["relations"] == 50
    for view in (atlas.topics, atlas.network):
        assert closest(atlas, view) > 0.1


@pytest.mark.slow
@settings(max_examples=15)
@given(before=truths(), now=truths(), data=st.data())
def test_a_remembered_layout_is_the_layout(
    before: Truth, now: Truth, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever was laid out before, and whether all or only titles changed: what is recalled is what is computed."""
    memory = LayoutMemory(tmp_path_factory.mktemp("memory") / "layout", b"")
    titles = st.sampled_from(["On gardens", "Of moss", "", "Of roses and gardens"])
    retitled = {iri: replace(article, label=data.draw(titles)) for iri, article in now.articles.items()}
    for truth in (before, now, replace(now, articles=retitled), now, now):
        ground = take_census(truth)
        assert digest_of_value(memory(ground)) == digest_of_value(lay_out(ground))


_Made = TypeVar("_Made")


def test_only_names_are_made_again_after_a_title_changed() -> None:
    """After another title, what belongs together is recalled, and so are positions if no name is another."""
    kept: dict[tuple[type, bytes], Any] = {}
    made: list[type] = []

    def step(key: bytes, kind: type[_Made], make: Callable[[], _Made]) -> _Made:
        if (kind, key) not in kept:
            kept[kind, key] = make()
            made.append(kind)
        return cast("_Made", kept[kind, key])

    def made_for(truth: Truth) -> list[type]:
        made.clear()
        lay_out(take_census(truth), step)
        return list(made)

    truth = truth_of(cliques([6, 6, 6]))
    first, *others = truth.articles.values()
    assert made_for(truth) == [Grouped, Layout]
    assert made_for(replace(truth, articles={**truth.articles, others[-1].iri: replace(others[-1], label="?")})) == []
    named = {iri: replace(article, label=f"On mosses {iri[-1]}") for iri, article in truth.articles.items()}
    assert made_for(replace(truth, articles=named)) == [Layout]
    assert made_for(replace(truth, articles={**truth.articles, first.iri: replace(first, related=())})) == [
        Grouped,
        Layout,
    ]


def test_the_seeds_have_an_atlas(seeds: graph.KnowledgeGraph) -> None:
    """The three seed documents and their stubs stand on islands, in communities and in time."""
    atlas = to_atlas(seeds.truth)
    assert {island.label for island in atlas.islands} >= {"AI", "Machine Learning"}
    assert not np.isnan(atlas.topics.x).any()
    assert atlas.days["first"] is not None


@given(RADII)
def test_packed_circles_do_not_overlap(radii: list[float]) -> None:
    """Circles of any sizes in any order are packed without overlap, and the circle around them holds them all."""
    sizes = np.array(radii)
    middles = pack_circles(sizes)
    apart = np.hypot(*(middles[:, None] - middles[None]).transpose(2, 0, 1)) - sizes[:, None] - sizes[None]
    np.fill_diagonal(apart, 0)
    assert apart.min() > -1e-4
    x, y, radius = enclose(middles, sizes)
    assert (np.hypot(middles[:, 0] - x, middles[:, 1] - y) + sizes).max() <= radius + 1e-9


@settings(max_examples=25)
@given(st.lists(st.floats(1, 5), min_size=70, max_size=200), st.integers(0, 1000))
def test_circles_packed_beside_others_do_not_overlap(radii: list[float], seed: int) -> None:
    """Also where each wants to be beside another, circles are packed without overlap."""
    sizes = np.sort(np.array(radii))[::-1]
    count = len(sizes)
    generator = np.random.default_rng(seed)
    first, second = generator.integers(0, count, (2, 2 * count))
    anchors = anchors_of(np.arange(count), first, second, generator.random(2 * count))
    assert (anchors < np.arange(count)).all()
    middles = pack_circles(sizes, anchors)
    apart = np.hypot(*(middles[:, None] - middles[None]).transpose(2, 0, 1)) - sizes[:, None] - sizes[None]
    np.fill_diagonal(apart, 0)
    assert apart.min() > -1e-4


@given(st.lists(st.tuples(st.integers(0, 6), st.floats(1, 4)), min_size=1, max_size=80))
def test_dots_of_a_rosette_do_not_touch(dots: list[tuple[int, float]]) -> None:
    """In each rosette a gap is left between all dots, and its radius reaches the outermost."""
    dots = sorted(dots, key=lambda dot: (dot[0], -dot[1]))
    groups = np.unique([group for group, _ in dots], return_inverse=True)[1].astype(np.int64)
    sizes = np.array([size for _, size in dots])
    middles, reach = rosettes(groups, sizes)
    for group in range(groups.max() + 1):
        own = groups == group
        apart = np.hypot(*(middles[own][:, None] - middles[own][None]).transpose(2, 0, 1))
        apart -= sizes[own][:, None] + sizes[own][None]
        np.fill_diagonal(apart, GAP)
        assert apart.min() >= GAP - 1e-6
        assert reach[group] >= (np.hypot(*middles[own].T) + sizes[own]).max() - 1e-9


@given(st.floats(0, 100), st.lists(st.floats(1, 4), min_size=1, max_size=120))
def test_what_stands_around_a_circle_touches_neither_it_nor_each_other(radius: float, sizes: list[float]) -> None:
    """Dots on rings and in halos keep off the circle and off one another, wherever they want to be."""
    radii = np.sort(np.array(sizes))[::-1]
    crowded = place_around(radius, radii, np.zeros(len(radii)))
    for middles in (crowded, place_beyond(np.zeros((1, 2)), np.array([radius]), radii, wide=1.3), halo(radius, radii)):
        apart = np.hypot(*(middles[:, None] - middles[None]).transpose(2, 0, 1)) - radii[:, None] - radii[None]
        np.fill_diagonal(apart, GAP)
        assert apart.min() > 0
        assert radius == 0 or (np.hypot(*middles.T) - radii).min() >= radius
    assert (np.hypot(*crowded.T) + radii).max() <= reach_of(radius, radii) + 1e-9


def test_stories_are_tight_and_communities_hold_them() -> None:
    """Two stories with a single link between them are two stories; who hangs on a story by one link belongs to it."""
    articles = [*cliques([6, 6], [("0-0", "1-0")]), Article("https://news.example/leaf", "Leaf")]
    articles[0] = Article(articles[0].iri, articles[0].label, related=(*articles[0].related, articles[-1].iri))
    found = take_census(truth_of(articles))
    ties = find_ties(found)
    stories = find_stories(ties)
    names = [article.iri.rsplit("/", 1)[-1] for article in found.articles]
    by_name = dict(zip(names, stories.tolist(), strict=True))
    assert by_name["0-1"] == by_name["0-5"] == by_name["leaf"]
    assert by_name["0-1"] != by_name["1-1"]
    communities = find_communities(found, ties=ties).number
    for story in set(stories.tolist()):
        assert len(set(communities[stories == story].tolist())) == 1


def test_the_map_knows_every_relation() -> None:
    """The relations of the map are those of the vocabulary, each once."""
    assert sorted(RELATION_NAMES) == list(RELATIONS)
