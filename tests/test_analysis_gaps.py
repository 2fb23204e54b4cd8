"""What is missing."""

from __future__ import annotations

from graph.analysis import orphans, wanted_stubs
from tests.networks import network_of


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
