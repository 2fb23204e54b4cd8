"""Front matter, right and wrong: names from all dialects, values of all types, three languages to write them in."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from graph.reading.fields import ARTICLE, IMAGE, PERSON, PROVIDER, TOPIC, Dialect
from tests.worlds import HOSTILE

__all__ = ["DIALECTS", "VALUES", "WRITERS", "fields_of", "names_of", "to_records", "to_yaml"]

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
_KEYS = st.sampled_from([*HOSTILE, "Title", "WEBURL", "id", "kind", "1"]) | st.text(max_size=5)
_ADDRESSES = st.integers(0, 99).map("https://news.example/{}.png".format)
_LEAVES = st.sampled_from(list(_SCALARS.values())) | _ADDRESSES | st.text(max_size=8) | st.integers() | st.floats()
_VALUES = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_NAMES), inner, max_size=3),
    max_leaves=8,
)
_INNER: Mapping[str, Dialect] = {
    "provider": PROVIDER,
    "affiliation": PROVIDER,
    "authors": PERSON,
    "images": IMAGE,
    "related": ARTICLE,
    "items": ARTICLE,
}
"""Fields that hold the fields of something else, or a list of such."""


def fields_of(dialect: Dialect, depth: int = 2) -> st.SearchStrategy[dict[str, object]]:
    """Draw the fields of a document: names of a dialect, some of any other, with values of any kind, right or wrong."""
    inner: dict[str, st.SearchStrategy[object]] = {}
    if depth:
        for name in _INNER.keys() & set(names_of(dialect)):
            fields = fields_of(_INNER[name], depth - 1)
            inner[name] = fields | st.lists(fields, max_size=3)
    any_value = st.dictionaries(
        st.sampled_from(names_of(dialect)) | st.sampled_from(_NAMES) | _KEYS, _VALUES, max_size=4
    )
    named = st.fixed_dictionaries(
        {},
        optional={
            "name": st.sampled_from(["News", "Ann", "AI"]),
            "domain": st.just("news.example"),
            "url": _ADDRESSES,
            "webUrl": _ADDRESSES,
            **inner,
        },
    )
    return st.builds(lambda wrong, right: {**right, **wrong}, any_value, named)


@dataclass(frozen=True)
class _Language:
    """How values are written on one line."""

    between: str
    """What stands between a key and its value."""
    not_finite: Mapping[str, str]
    """What `nan`, `inf` and `-inf` are called."""
    has_days: bool = True
    has_nothing: bool = True

    def write(self, value: object) -> str:
        """Return a value; what the language has no word for is left out of lists and mappings."""
        if isinstance(value, dict):
            pairs = [
                f"{self.write(key)}{self.between}{self.write(item)}" for key, item in value.items() if self.has(item)
            ]
            return "{" + ", ".join(pairs) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(self.write(item) for item in value if self.has(item)) + "]"
        if isinstance(value, float) and not math.isfinite(value):
            return self.not_finite[str(value)]
        if isinstance(value, dt.date):
            return value.isoformat() if self.has_days else json.dumps(value.isoformat())
        return json.dumps(value, ensure_ascii=False)

    def has(self, value: object) -> bool:
        """Tell whether the language can write a value."""
        return value is not None or self.has_nothing

    def lines(self, fields: Mapping[str, object], end: str = "") -> str:
        """Return fields, each on a line of its own."""
        stated = {name: value for name, value in fields.items() if self.has(value)}
        return f"{end}\n".join(f"{self.write(name)}{self.between}{self.write(value)}" for name, value in stated.items())


_YAML = _Language(": ", {"nan": ".nan", "inf": ".inf", "-inf": "-.inf"})
_TOML = _Language(" = ", {name: name for name in ("nan", "inf", "-inf")}, has_nothing=False)
_JSON = _Language(": ", {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}, has_days=False)


def to_yaml(fields: Mapping[str, object]) -> str:
    """Return a document with YAML front matter."""
    return f"---\n{_YAML.lines(fields)}\n---\nText.\n"


def to_toml(fields: Mapping[str, object]) -> str:
    """Return a document with TOML front matter, which has no empty values."""
    return f"+++\n{_TOML.lines(fields)}\n+++\nText.\n"


def to_json(fields: Mapping[str, object]) -> str:
    """Return a document with JSON front matter, which has no days and times."""
    return f"{{\n{_JSON.lines(fields, ',')}\n}}\nText.\n"


def to_records(records: Sequence[Mapping[str, object]]) -> str:
    """Return a whole file of YAML that holds several records."""
    return "".join(f"- {_YAML.write(record)}\n" for record in records)


WRITERS: Mapping[str, Callable[[Mapping[str, object]], str]] = {"yaml": to_yaml, "toml": to_toml, "json": to_json}
"""The ways to write front matter."""
