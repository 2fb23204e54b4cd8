"""What is read as a label, a language or a duration is what the file says, whatever YAML makes of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import graph
from graph.reading.written import text_of, with_text
from graph.reading.yaml_memory import YamlMemory
from graph.reading.yaml_text import load_yaml

TITLES = ["1984", "007", "3.10", "1_000", "0x1F", "12:30", "1e3", "yes", "No", "off", "2020-01-02 03:04:05", "+1", ".5"]


def article_of(folder: Path, fields: str) -> graph.Article:
    """Return the only article of a source of one document."""
    (folder / "a.md").write_text(f"---\n{fields}\n---\nWords.\n", encoding="utf-8")
    (article,) = graph.build(folder).articles.values()
    return article


@pytest.mark.parametrize("title", TITLES)
def test_titles_and_authors(title: str, tmp_path: Path) -> None:
    """A title of any form is the title."""
    assert article_of(tmp_path, f"title: {title}").label == title


@pytest.mark.parametrize(
    ("fields", "language", "duration"),
    [
        ("lang: no", "no", None),
        ("language: [en]", "en", None),
        ("duration: 44:10", None, "PT44M10S"),
        ("duration: 1:02:03", None, "PT1H2M3S"),
    ],
)
def test_languages_and_durations(fields: str, language: str | None, duration: str | None, tmp_path: Path) -> None:
    """Norwegian is a language, and a clock time a duration."""
    article = article_of(tmp_path, f"title: A\n{fields}")
    assert (article.language, article.duration) == (language, duration)


def test_what_is_asked_for_truth_gets_it(tmp_path: Path) -> None:
    """`yes`, `no`, `on` and `off` still say whether something is so."""
    assert article_of(tmp_path, "title: A\npublished: no").published is False
    assert article_of(tmp_path, "title: A\ndraft: yes").published is False
    assert article_of(tmp_path, "title: A\ndraft: off").published is True
    (tmp_path / "a.md").write_text("---\ntitle: A\npermalink: no\n---\n", encoding="utf-8")
    assert not graph.build(tmp_path).articles


def test_unknown_fields_are_plain(tmp_path: Path) -> None:
    """What no table row knows is kept as a plain number, which every output can hold."""
    extra = article_of(tmp_path, "title: A\nedition: 007\nversion: 3.10\nslot: 12:30").extra
    assert dict(extra) == {"edition": 7, "slot": "12:30", "version": 3.1}
    assert {type(value) for value in extra.values()} == {int, float, str}


def _unfolded(moment: dt.datetime) -> dt.datetime:
    """Return a time that YAML can tell."""
    return moment.replace(fold=0)


@pytest.mark.slow
@given(
    st.integers() | st.floats(allow_nan=False) | st.datetimes().map(_unfolded) | st.text(max_size=9) | st.booleans(),
    st.text(max_size=9),
)
def test_a_text_changes_no_value(value: object, text: str) -> None:
    """A scalar that keeps its text is equal to the one without it, and shown in the same way."""
    written = with_text(value, text)
    assert written == value
    assert repr(written) == repr(value)
    assert repr(written) == repr(value)
    assert text_of(written) in {None, text}


@given(st.from_regex(r"[0-9+.:eE_x-]{1,10}", fullmatch=True))
def test_numbers_mean_what_yaml_says(text: str) -> None:
    """A scalar that looks like a number has PyYAML's value, unless it is a clock time, and remembers its text."""
    try:
        value = yaml.load(f"a: {text}\n", Loader=yaml.CSafeLoader)["a"]
    except (yaml.YAMLError, ValueError):
        return
    loaded = load_yaml(f"a: {text}\n").value
    assert loaded == YamlMemory().load(f"a: {text}\n").value
    assert isinstance(loaded, dict)
    if isinstance(value, int | float | dt.date) and ":" not in text:
        assert loaded["a"] == value or value != value  # noqa: PLR0124 - not a number is not itself
        assert text_of(loaded["a"]) in {None, text}
