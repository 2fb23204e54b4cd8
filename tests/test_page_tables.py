"""Tables that scripts of the pages hold say the same as those of Python."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.analysis.wording import WORDINGS
from graph.names import PREFIXES, expand
from graph.records import Article, Person, Provider, Topic
from graph.serving.pages.wording import RELATION_NAMES
from graph.vocabulary import KINDS, RELATIONS, VOCABULARY, Form

HERE = Path(__file__).resolve().parent.parent
EXPLORER = HERE / "graph" / "explorer" / "page" / "scripts"
PICTURE = HERE / "graph" / "picture" / "page"
OF_OVERVIEW = {"together", "covers"}
"""What a picture's overview joins by, beside the relations."""
FORMS = {
    Form.TEXT: "text",
    Form.STATUS: "text",
    Form.INTEGER: "integer",
    Form.DECIMAL: "decimal",
    Form.FLAG: "flag",
    Form.TIME: "time",
    Form.DAY: "day",
    Form.DURATION: "duration",
    Form.IRI: "iri",
}
TERMS = {
    row.network: row.predicates
    for kind in (Article, Provider, Topic, Person)
    for row in VOCABULARY[kind]
    if row.form is Form.RELATION
}


def table(path: Path, name: str) -> str:
    """Return the lines of an object that a script holds."""
    found = re.search(rf"const {name} = \{{\n(.*?)^\}};", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert found, f"{path.name} holds no {name}"
    return found[1]


def keys(path: Path, name: str) -> list[str]:
    """Return the names in an object that a script holds, in their order."""
    return re.findall(r"^  (\w+):", table(path, name), re.MULTILINE)


def texts(path: Path, name: str) -> dict[str, str]:
    """Return an object of texts that a script holds."""
    return dict(re.findall(r'^  (\w+): "([^"]+)",$', table(path, name), re.MULTILINE))


@pytest.mark.parametrize("name", ["RELATION_NAMES", "RELATION_VERBS"])
def test_the_explorer_has_words_for_every_relation(name: str) -> None:
    """Every relation has a heading on cards and verbs on paths, and no other has."""
    assert sorted(keys(EXPLORER / "words.js", name)) == list(RELATIONS)


def test_the_explorer_tells_ways_by_the_same_relations() -> None:
    """Of several relations that join two nodes, the page tells the one that `analyze path` tells."""
    assert keys(EXPLORER / "words.js", "RELATION_VERBS") == list(WORDINGS)


def test_the_explorer_saves_relations_by_their_terms() -> None:
    """In the Turtle that the page saves, relations and prefixes are those of the exports."""
    saved = texts(EXPLORER / "values.js", "RELATION_TERMS")
    assert {name: (term,) for name, term in saved.items()} == TERMS
    assert texts(EXPLORER / "values.js", "PREFIXES") == PREFIXES


def test_the_explorer_saves_fields_by_their_terms() -> None:
    """In what the page saves, each field has the terms and the form that the vocabulary gives it."""
    for kind in (Article, Provider, Topic, Person):
        name = KINDS[kind][0]
        rows = {(row.network or row.name, " ".join(row.predicates), FORMS.get(row.form)) for row in VOCABULARY[kind]}
        held = table(EXPLORER / "values.js", "FIELD_TERMS").partition(f"  {name}: [\n")[2].partition("\n  ],")[0]
        saved = re.findall(r'\["([^"]+)", "([^"]+)", "([^"]+)"\]', held)
        assert len(saved) == len(held.splitlines()) > 1
        assert set(saved) <= rows


@pytest.mark.parametrize(("script", "name"), [("details.js", "relationNames"), ("map.js", "relationStyles")])
def test_a_picture_knows_every_relation(script: str, name: str) -> None:
    """Every relation has a heading on a picture's card, a style on its map, and a line in its legend."""
    assert set(keys(PICTURE / script, name)) == {*RELATIONS, *OF_OVERVIEW}
    styles = (PICTURE / "page.css").read_text(encoding="utf-8")
    assert set(re.findall(r"\.line\.(\w+)", styles)) == {*RELATIONS, *OF_OVERVIEW}


def test_the_pages_of_nodes_name_every_relation() -> None:
    """The server's page of a node has a heading for every relation, in both directions."""
    assert {expand(term) for (term,) in TERMS.values()} <= RELATION_NAMES.keys()
