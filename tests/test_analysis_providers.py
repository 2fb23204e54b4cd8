"""Who publishes, and how special it is."""

from __future__ import annotations

import pytest
from hypothesis import given

from graph.analysis import provider_profiles
from tests.networks import network_lines, network_of


def test_a_profile_tells_volume_dates_and_topics() -> None:
    """A profile counts articles and stubs, spans their dates and names the most frequent topics first."""
    network = network_of(
        [
            "article/a publisher provider/p",
            "article/b publisher provider/p",
            "article/s publisher provider/p",
            "article/a about topic/x",
            "article/b about topic/x",
            "article/b about topic/w",
            "provider/idle",
        ],
        stubs=["article/s"],
        published_at={"article/a": "2021-02-03", "article/s": "2023-05-23T06:51:00Z"},
    )
    busy, idle = provider_profiles(network)
    assert (busy.label, busy.articles, busy.stubs, busy.topics) == ("p", 3, 1, 2)
    assert (busy.first, busy.last) == ("2021-02-03", "2023-05-23T06:51:00Z")
    assert [str(topic) for topic in busy.top_topics] == ["x (2)", "w (1)"]
    assert busy.specialisation == 0.0
    assert (idle.label, idle.articles, idle.first, idle.top_topics, idle.specialisation) == ("idle", 0, None, (), None)


def test_specialisation_is_the_divergence_computed_by_hand() -> None:
    """One article on one of two even topics, blended half and half with the common mix, diverges by 0.0488 bits."""
    lines = [
        "article/a publisher provider/p",
        "article/a about topic/x",
        "article/b publisher provider/q",
        "article/b about topic/y",
    ]
    assert [row.specialisation for row in provider_profiles(network_of(lines))] == [
        pytest.approx(0.048795, abs=1e-6)
    ] * 2


def test_more_work_on_one_topic_is_more_special() -> None:
    """The same leaning shows more the more articles prove it, and typical topics show only when they prove it."""
    lines = [f"article/{number} publisher provider/{'many' if number < 9 else 'few'}" for number in range(10)]
    lines += [f"article/{number} about topic/rare" for number in range(10)]
    lines += [f"article/x{number} about topic/common" for number in range(90)]
    lines += [f"article/x{number} publisher provider/crowd" for number in range(90)]
    rows = {row.label: row for row in provider_profiles(network_of(lines))}
    many, few = rows["many"].specialisation, rows["few"].specialisation
    assert many is not None
    assert few is not None
    assert 0 < few < many < 1
    assert [str(topic) for topic in rows["many"].typical_topics] == ["rare (9, ×10)"]
    assert rows["few"].typical_topics == ()


@given(network_lines())
def test_specialisation_stays_in_bounds(lines: list[str]) -> None:
    """Specialisation is a share from 0 to below 1 wherever a provider has topics, and unknown elsewhere."""
    for row in provider_profiles(network_of(lines)):
        assert (row.specialisation is None) == (row.topics == 0)
        assert row.specialisation is None or 0 <= row.specialisation < 1


@given(network_lines())
def test_diversity_is_that_of_hill_and_simpson(lines: list[str]) -> None:
    """Effective topics are at most as many as topics, and one for one topic; Simpson's index belongs to them."""
    for row in provider_profiles(network_of(lines)):
        if row.topics == 0:
            assert (row.effective_topics, row.simpson) == (None, None)
            continue
        assert row.effective_topics is not None
        assert row.simpson is not None
        assert 1 - 1e-5 <= row.effective_topics <= row.topics + 1e-5
        assert -1e-5 <= row.simpson <= 1 - 1 / row.topics + 1e-5
        assert (row.simpson == 0) == (row.topics == 1)


def test_even_topics_are_all_effective() -> None:
    """Four topics of the same frequency count as four, and two of them drawn at random differ three times of four."""
    lines = [f"article/{name} about topic/{name}" for name in "abcd"]
    lines += [f"article/{name} publisher provider/p" for name in "abcd"]
    (row,) = provider_profiles(network_of(lines))
    assert (row.effective_topics, row.simpson) == (4.0, 0.75)
