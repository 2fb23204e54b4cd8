"""What is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

import graph
from graph.analysis import bridges, community_members, dead_ends, orphans, thin_topics, wanted_notes, wanted_stubs
from graph.errors import Problem
from graph.structure import structure_of
from graph.structure.ties import find_ties
from graph.truth.links import missing_target
from tests.networks import network_lines, network_of


def test_orphans_have_no_ties_to_articles() -> None:
    """An orphan relates to no article and none to it, nor is it in a collection; newest first, undated last."""
    network = network_of(
        [
            "article/a related article/b",
            "article/set part article/item",
            "article/old about topic/x",
            "article/old publisher provider/p",
            "article/new author person/h",
            "article/undated",
            "article/twin",
            "article/self related article/self",
        ],
        stubs=["article/undated"],
        published_at={"article/old": "2020-01-01", "article/new": "2023-05-23", "article/twin": "2020-01-01"},
        type={"article/old": "video"},
    )
    rows = orphans(network)
    assert [row.label for row in rows] == ["new", "old", "twin", "self", "undated"]
    old = rows[1]
    assert (old.type, old.published_at, old.provider, old.topics, old.stub) == ("video", "2020-01-01", "p", 1, False)
    assert (rows[0].provider, rows[-1].stub, rows[-1].published_at) == (None, True, None)


def test_wanted_stubs_are_ranked_by_those_who_point_to_them() -> None:
    """Each article that points to a stub counts once, as related or as an item; only stubs pointed to are rows."""
    network = network_of(
        [
            "article/a related article/s",
            "article/b related article/s",
            "article/b part article/s",
            "article/a related article/q",
            "article/a related article/b",
            "article/b related article/r",
            "article/s publisher provider/p",
            "article/nobody",
        ],
        stubs=["article/s", "article/q", "article/r", "article/nobody"],
        published_at={"article/s": "2023-05-23"},
    )
    rows = wanted_stubs(network)
    assert [(row.label, row.wanted_by) for row in rows] == [("s", 2), ("q", 1), ("r", 1)]
    assert (rows[0].provider, rows[0].published_at) == ("p", "2023-05-23")
    assert wanted_stubs(network, 1) == rows[:1]


def test_an_article_with_links_is_no_orphan() -> None:
    """Whatever an article links to, and whatever links to it: it does not stand alone."""
    lines = [
        "article/a links article/b",
        "article/c links topic/x",
        "person/p links article/d",
        "article/self links article/self",
        "article/tagged about topic/x",
    ]
    assert [row.label for row in orphans(network_of(lines))] == ["self", "tagged"]


def test_stubs_that_are_linked_to_are_wanted() -> None:
    """A link to a stub counts as a relation to it does, once for each node that points there."""
    lines = ["article/a links article/s", "article/a related article/s", "topic/x links article/s"]
    rows = wanted_stubs(network_of(lines, stubs=["article/s"]))
    assert [(row.label, row.wanted_by) for row in rows] == [("s", 2)]


def test_dead_ends_lead_nowhere() -> None:
    """An article that others point to and that points to none is a dead end, unless it has parts or is a stub."""
    lines = ["article/a links article/end", "article/b related article/end", "article/a links article/b"]
    lines += ["article/a links article/set", "article/set part article/x", "article/a links article/s"]
    lines += ["article/end links topic/x", "article/end publisher provider/p", "article/a links article/last"]
    rows = dead_ends(network_of(lines, stubs=["article/s"]))
    assert [(row.label, row.pointed_to_by, row.provider) for row in rows] == [("end", 2, "p"), ("last", 1, None)]


def test_thin_topics_are_talked_about() -> None:
    """A topic that many texts mention and few articles are about is thin, and one that is written about is not."""
    lines = [f"article/{number} mentions topic/wanted" for number in range(30)]
    lines += [f"article/{number} about topic/covered" for number in range(30)]
    lines += [f"article/{number} mentions topic/little" for number in range(2)]
    lines += ["article/s about topic/stubs", "article/0 links article/s"]
    (row,) = thin_topics(network_of(lines, stubs=["article/s"]))
    assert (row.label, row.articles, row.mentioned_in, row.wanted_stubs) == ("wanted", 0, 30, 0)
    # Interest of 33 in 34 articles and topics; the topic has an expectation of one of these.
    assert row.times_expected == pytest.approx(30 / (33 / 34), abs=1e-3)


def test_a_bridge_connects_what_nothing_else_does() -> None:
    """Of two dense groups and a single link between them, its ends are the bridges, and nothing else is."""
    groups = [
        f"article/{group}{one} links article/{group}{two}" for group in "pq" for one in "abcde" for two in "abcde"
    ]
    rows = bridges(network_of([*groups, "article/pa links article/qa"]))
    assert [(row.label, row.score, row.ties, row.communities) for row in rows] == [("pa", 1, 1, 1), ("qa", 1, 1, 1)]
    assert rows[0].community != rows[1].community
    assert rows[0].reaches[0].label == rows[1].community
    assert bridges(network_of(groups)) == ()


@given(network_lines())
def test_bridges_share_what_crosses(lines: list[str]) -> None:
    """The scores of a community's bridges add up to the number of communities that it is tied to."""
    network = network_of(lines)
    structure, nodes = structure_of(network)
    ties = find_ties(structure)
    home = {iri: number for number, some in enumerate(community_members(network)) for iri in some}
    reached: dict[int, set[int]] = {}
    if 10 * int((ties.degrees() > 0).sum()) < ties.articles:
        return  # articles are tied by what they share
    for first, second in zip(ties.first.tolist(), ties.second.tolist(), strict=True):
        one, other = home[nodes[first]], home[nodes[second]]
        if one != other:
            reached.setdefault(one, set()).add(other)
            reached.setdefault(other, set()).add(one)
    scores: dict[int, float] = {}
    for row in bridges(network):
        scores[home[row.iri]] = scores.get(home[row.iri], 0.0) + row.score
    assert scores == pytest.approx({number: len(others) for number, others in reached.items()}, rel=1e-4)


def test_wanted_notes_are_counted_over_their_spellings(tmp_path: Path) -> None:
    """Broken links of all spellings to one document are one row, with their places; a saved build answers the same."""
    for name, text in {
        "a.md": "[x](missing.md#top) and [y](Missing)\n",
        "sub/b.md": "[x](../missing.md)\n\n[z](other/gone.md)\n",
        "c.md": "[z](missing.md)\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"---\ntitle: {name}\n---\n{text}", encoding="utf-8")
    knowledge = graph.build(tmp_path)
    assert {problem.kind for problem in knowledge.problems} == {"broken-link"}
    first, second = wanted_notes(knowledge)
    assert (first.label, first.wanted_by, first.documents) == ("Missing", 3, ("a.md:4", "c.md:4", "sub/b.md:4"))
    assert (second.label, second.wanted_by, second.links, second.documents) == ("other/gone.md", 1, 1, ("sub/b.md:6",))
    assert wanted_notes(knowledge.network) == ()
    graph.publish(knowledge, tmp_path / "exports", formats=["ttl"])
    assert wanted_notes(graph.open_exports(tmp_path / "exports")) == (first, second)


def test_a_wanted_note_is_at_no_line_that_is_unknown(tmp_path: Path) -> None:
    """A link whose line is unknown, as in reStructuredText, is told by its document alone."""
    (tmp_path / "a.rst").write_text("A\n=\n\nSee :doc:`gone`.\n", encoding="utf-8")
    assert [row.documents for row in wanted_notes(graph.build(tmp_path))] == [("a.rst",)]


def test_only_broken_links_miss_a_target() -> None:
    """A problem of another kind names no missing document, whatever it says."""
    fact = 'there is no document at "x.md"'
    assert missing_target(Problem("a.md", 1, "broken-link", fact, "")) == "x.md"
    assert missing_target(Problem("a.md", 1, "invalid-date", fact, "")) is None
