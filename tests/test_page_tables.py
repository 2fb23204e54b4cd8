"""What the pages are told of relations, fields and classes is what the vocabulary says."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

import graph
from graph.explorer.tables import tables_of
from graph.names import PREFIXES, expand
from graph.records import Article, Person, Provider, Topic
from graph.relation_words import RELATION_WORDS
from graph.serving.pages.plain_words import RELATION_HEADINGS
from graph.terms import Form
from graph.vocabulary import KINDS, NO_VOCABULARY, PREDICATES, RELATIONS, VOCABULARY

TABLES = tables_of(NO_VOCABULARY)


def test_the_explorer_has_words_for_every_relation() -> None:
    """Every relation has its term, a heading for either direction and verbs, and no other has."""
    relations = TABLES["relations"]
    assert isinstance(relations, list)
    assert sorted(relation["name"] for relation in relations) == list(RELATIONS)
    assert {relation["name"]: relation["term"] for relation in relations} == PREDICATES
    assert all(all(relation.values()) for relation in relations)
    assert [expand(relation["term"]) for relation in relations] == list(RELATION_HEADINGS)[: len(relations)]


def test_the_explorer_tells_ways_by_the_same_relations() -> None:
    """Of several relations that join two nodes, the page tells the one that `analyze path` tells."""
    assert TABLES["ways"] == list(RELATION_WORDS)


@pytest.mark.parametrize("kind", [Article, Provider, Topic, Person])
def test_the_explorer_saves_every_field(kind: type) -> None:
    """In what the page saves, each field that holds one value has the terms of the vocabulary."""
    fields = TABLES["fields"]
    assert isinstance(fields, dict)
    saved = {(name, tuple(predicates)) for name, predicates, _ in fields[KINDS[kind][0]]}
    texts = {field.name: str(field.type) for field in dataclasses.fields(kind)}
    assert saved == {
        (row.network or row.name, row.predicates)
        for row in VOCABULARY[kind]
        if row.form not in {Form.RELATION, Form.SOURCE, Form.BOOLEAN}
        and (row.name in {"names", "images"} or not texts[row.name].startswith("tuple"))
    }
    assert TABLES["prefixes"] == PREFIXES


def test_the_pages_of_nodes_name_every_relation() -> None:
    """The server's page of a node has the same heading for every relation, in both directions."""
    for name, term in PREDICATES.items():
        words = RELATION_WORDS[name]
        assert RELATION_HEADINGS[expand(term)] == (words.outward, words.inward)


def test_the_pages_of_the_server_have_the_colours_of_the_explorer() -> None:
    """A dot, a diamond or a square means the same, in the same colour, on the map and on the server's pages."""
    folder = Path(graph.__file__).parent
    explorer = (folder / "explorer/page/page.css").read_text(encoding="utf-8")
    server = (folder / "serving/pages/files/page.css").read_text(encoding="utf-8")

    def colours(style: str, name: str) -> list[str]:
        return re.findall(rf"--{name}: (#\w+);", style)

    for name in ("stub", "topic", "provider", "person"):
        assert colours(server, name) == colours(explorer, name)
    assert colours(server, "article") == colours(explorer, "dot")
