"""Front matter of every kind, right and wrong: names from all dialects, values of all types, three ways to write them."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Callable, Mapping

from hypothesis import strategies as st

from graph.reading.fields import ARTICLE, IMAGE, PERSON, PROVIDER, TOPIC, Dialect
from tests.worlds import HOSTILE

__all__ = ["DIALECTS", "VALUES", "WRITERS", "fields_of", "names_of", "to_yaml"]

DIALECTS: Mapping[str, Dialect] = {
    "news": ARTICLE,
    "_data/organizations": PROVIDER,
    "_data/topics": TOPIC,
    "_people": PERSON,
    "images": IMAGE,
}
"""The dialects, by the folder whose documents speak them; pictures have none."""

_DAY = dt.date(2023, 5, 23)
_MOMENT = dt.datetime(2023, 5, 23, 6, 51, tzinfo=dt.UTC)
_SCALARS: Mapping[str, object] = {
    "nothing": None,
    "yes": True,
    "no": False,
    "zero": 0,
    "negative": -1,
    "huge": 10**400,
    "huge and negative": -(10**30),
    "float": 2.5,
    "huge float": 1e308,
    "not a number": math.nan,
    "infinity": math.inf,
    "minus infinity": -math.inf,
    "empty text": "",
    "text": "Text",
    "long text": "long " * 2_500,
    "long word": "x" * 5_000,
    "address": "https://news.example/a.png",
    "path": "news/title.md",
    "domain": "news.example",
    "number as text": "089",
    "day": _DAY,
    "first day": dt.date(1, 1, 1),
    "moment": _MOMENT,
    "moment without zone": dt.datetime(9999, 12, 31, 23, 59, 59),  # noqa: DTZ001 - as files write it
    **{f"hostile {number}": text for number, text in enumerate(HOSTILE)},
}
_MIXED = [None, True, 0, 2.5, math.nan, "Text", "", _DAY, [["Text"]], {"name": {"name": None}}, {}, []]
VALUES: Mapping[str, object] = {
    **_SCALARS,
    "empty list": [],
    "empty mapping": {},
    "mixed list": _MIXED,
    "mixed mapping": {
        "name": _MIXED,
        "url": _MIXED,
        "domain": _MIXED,
        "width": _MIXED,
        "images": _MIXED,
        "authors": _MIXED,
    },
    "deep list": [[[[[[[["Text"]]]]]]]],
    "deep mapping": {"provider": {"authors": {"affiliation": {"images": {"url": {"name": "Text"}}}}}},
    "list": ["Text", "Text"],
    "list of mappings": [{"name": "Text", "url": "https://news.example/a.png"}, {"name": None}, {"url": math.nan}],
    "mapping": {"name": "Text", "url": "https://news.example/", "domain": "news.example"},
    "mapping of nothing": {"name": None, "url": None, "domain": None},
    "mapping of numbers": {"name": 10**400, "url": -1, "domain": math.nan},
    "mapping of days": {"name": _DAY, "url": _MOMENT, "domain": _DAY},
}
"""A value of every type and nesting that the writers can write."""


def names_of(dialect: Dialect) -> list[str]:
    """Return all names that a dialect has for its fields, sorted."""
    return sorted({name for names in dialect.names.values() for name in names})


_NAMES = sorted({name for dialect in DIALECTS.values() for name in names_of(dialect)})


def fields_of(dialect: Dialect) -> st.SearchStrategy[dict[str, object]]:
    """Draw the fields of a document: names of a dialect, some of any other, with values of any kind."""
    leaves = st.sampled_from(list(_SCALARS.values())) | st.text(max_size=8) | st.integers() | st.floats()
    values = st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_NAMES), inner, max_size=3),
        max_leaves=8,
    )
    names = st.sampled_from(names_of(dialect)) | st.sampled_from(names_of(dialect)) | st.sampled_from(_NAMES) | _KEYS
    return st.dictionaries(names, values, max_size=6)


_KEYS = st.sampled_from([*HOSTILE, "Title", "WEBURL", "id", "kind", "1"]) | st.text(max_size=5)


def _scalar(value: object, number: Callable[[float], str], *, has_days: bool) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return number(value)
    if isinstance(value, dt.date):
        return value.isoformat() if has_days else json.dumps(value.isoformat())
    return json.dumps(value, ensure_ascii=False)


def _yaml(value: object) -> str:
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {_yaml(item)}" for key, item in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(_yaml, value)) + "]"
    return _scalar(value, lambda number: ".nan" if math.isnan(number) else f"{'-' * (number < 0)}.inf", has_days=True)


def _toml(value: object) -> str:
    if isinstance(value, dict):
        stated = {key: item for key, item in value.items() if item is not None}
        return (
            "{"
            + ", ".join(f"{json.dumps(key, ensure_ascii=False)} = {_toml(item)}" for key, item in stated.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value if item is not None) + "]"
    return _scalar(value, str, has_days=True)


def _json(value: object) -> str:
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {_json(item)}" for key, item in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(_json, value)) + "]"
    return _scalar(value, lambda number: json.dumps(number), has_days=False)


def to_yaml(fields: Mapping[str, object]) -> str:
    """Return a document with YAML front matter."""
    lines = (f"{json.dumps(name, ensure_ascii=False)}: {_yaml(value)}\n" for name, value in fields.items())
    return f"---\n{''.join(lines)}---\nText.\n"


def to_toml(fields: Mapping[str, object]) -> str:
    """Return a document with TOML front matter, which has no empty values."""
    stated = {name: value for name, value in fields.items() if value is not None}
    lines = (f"{json.dumps(name, ensure_ascii=False)} = {_toml(value)}\n" for name, value in stated.items())
    return f"+++\n{''.join(lines)}+++\nText.\n"


def to_json(fields: Mapping[str, object]) -> str:
    """Return a document with JSON front matter, which has no days and times."""
    lines = ",\n".join(f"{json.dumps(name, ensure_ascii=False)}: {_json(value)}" for name, value in fields.items())
    return f"{{\n{lines}\n}}\nText.\n"


WRITERS: Mapping[str, Callable[[Mapping[str, object]], str]] = {"yaml": to_yaml, "toml": to_toml, "json": to_json}
"""The ways to write front matter."""
