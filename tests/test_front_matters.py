"""Whatever stands in a field, a build gives a whole graph that every export can carry, and no traceback."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import graph
from graph.reading.fields import ARTICLE, IMAGE, PERSON, PROVIDER, TOPIC
from tests.folders import write_files
from tests.front_matters import DIALECTS, VALUES, WRITERS, fields_of, names_of, to_records, to_yaml
from tests.health import assert_readable
from tests.wholeness import assert_whole


def build(site: Mapping[str, str]) -> None:
    """Build a site, look at every node and relation, and write and read every export."""
    with tempfile.TemporaryDirectory() as place:
        knowledge = graph.build(write_files(Path(place, "site"), site))
        assert knowledge.info().files == len(site)
        assert_whole(knowledge.truth)
        assert_readable(knowledge, Path(place, "out"), "html", "search")


def documents_about(value: object) -> Iterator[tuple[str, str]]:
    """Yield documents that hold a value under every name of every dialect, wherever that dialect is spoken."""
    page = "https://news.example/"
    publishers = [{"name": name, "domain": "news.example", name: value} for name in names_of(PROVIDER)]
    pictures = [{"url": f"{page}{name}.png", name: value} for name in names_of(IMAGE)]
    people = [{"name": name, name: value} for name in names_of(PERSON)]
    for field, (name, *_) in ARTICLE.names.items():
        yield f"articles/{field}.md", to_yaml({"title": field, name: value})
    stubs = [{"webUrl": f"{page}{name}", name: value} for name in names_of(ARTICLE)]
    stubs += [{"webUrl": f"{page}{number}", "provider": provider} for number, provider in enumerate(publishers)]
    yield "stubs.md", to_yaml({"related": stubs, "authors": people, "images": pictures})
    yield "_data/people/all.yaml", to_records([*people, *({"name": "x", "affiliation": one} for one in publishers)])
    yield "_data/organizations/all.yaml", to_records([*publishers, {"name": "Pictures", "images": pictures}])
    yield "_data/topics/all.yaml", to_records([{"name": name, name: value} for name in names_of(TOPIC)])


@pytest.mark.slow
def test_every_field_may_hold_anything() -> None:
    """A value of any type under any name of any dialect is read or reported."""
    build(
        {
            f"{number}/{path}": text
            for number, value in enumerate(VALUES.values())
            for path, text in documents_about(value)
        }
    )


@pytest.mark.slow
@settings(max_examples=25)
@given(st.data())
def test_fields_of_any_kind_together(data: st.DataObject) -> None:
    """Front matter of any names and values, in any of the languages it is written in, makes a whole graph."""
    site = {}
    for folder, dialect in DIALECTS.items():
        for number in range(data.draw(st.integers(1, 2))):
            fields = data.draw(fields_of(dialect))
            if dialect is IMAGE:
                fields = {"title": "Pictures", "images": [fields], "related": [data.draw(fields_of(ARTICLE))]}
            writer = data.draw(st.sampled_from(sorted(WRITERS)))
            site[f"{folder}/{number}.md"] = WRITERS[writer](fields)
    build(site)
