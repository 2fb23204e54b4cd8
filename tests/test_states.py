"""What some documents tell can be merged with what others tell, in any order and grouping, and gives what all tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from graph.info import Tally
from graph.reading import list_documents, read
from graph.reading.recognising import RecordFolders, Values
from graph.reading.source_topics import Notes, TopicsStated
from graph.statements import Link, Statement
from graph.truth import establish
from graph.truth.named_places import NamedPlaces
from graph.truth.pages import Page
from graph.truth.patterns import Followed
from graph.truth.resolver import Resolver
from tests.adversaries import ADVERSARIES
from tests.worlds import Site, sites, unpacked

_BASE = "https://s.example/"


def _named(statements: Sequence[Statement]) -> NamedPlaces:
    links = [link for statement in statements for link in statement.links]
    return NamedPlaces.of(links, with_hosts=True)


def _states_of(statements: Sequence[Statement]) -> list[Callable[[Sequence[Statement]], Any]]:
    """Return the functions from statements to states."""
    pages = Resolver((Page(one.path, one.places, one.names) for one in statements), _BASE)
    values = partial(RecordFolders.of, values=Values.of(statements), decided=())
    return [Values.of, Notes.of, TopicsStated.of, values, _named, partial(Followed.by, movable=pages, base=_BASE)]


def assert_lawful(states: Sequence[Any], whole: Any) -> None:  # noqa: ANN401 - states of any kind
    """Check that three states are merged alike in any order and grouping, into the state of the whole."""
    one, two, three = states
    assert one.merged(two) == two.merged(one)
    assert one.merged(two).merged(three) == one.merged(two.merged(three)) == whole


@pytest.mark.slow
@settings(max_examples=60)
@given(sites() | st.sampled_from(list(ADVERSARIES.values())), st.randoms(use_true_random=False))
def test_states_of_statements_are_merged_in_any_order(site: Site, chance: Random) -> None:
    """What is learnt from statements is commutative, associative, and the same for all of them together."""
    with unpacked(site) as folder:
        statements = read(list_documents([folder], base=_BASE)).statements
    if statements:  # links that all lead somewhere
        paths = [one.path for one in statements]
        more = tuple(Link(target) for path in paths for target in (f"/{path}", f"https://github.com/a/b/blob/m/{path}"))
        statements = tuple(
            structs.replace(one, links=(*one.links, *chance.sample(more, len(more)))) for one in statements
        )
    parts: list[list[Statement]] = [[], [], []]
    for statement in chance.sample(statements, len(statements)):
        parts[chance.randrange(3)].append(statement)
    for state_of in _states_of(statements):
        assert_lawful([state_of(part) for part in parts], state_of(statements))


@pytest.mark.slow
@settings(max_examples=30)
@given(sites(), st.randoms(use_true_random=False))
def test_numbers_of_a_graph_are_merged_in_any_order(site: Site, chance: Random) -> None:
    """A graph can be counted in parts."""
    with unpacked(site) as folder:
        truth = establish(read(list_documents([folder])))
    places = {iri: chance.randrange(3) for iri in truth.articles}
    parts = [
        replace(truth, articles={iri: one for iri, one in truth.articles.items() if places[iri] == part})
        for part in range(3)
    ]
    parts[1:] = [replace(part, providers={}, topics={}, people={}, images={}) for part in parts[1:]]
    assert_lawful([Tally.of(part) for part in parts], Tally.of(truth))
