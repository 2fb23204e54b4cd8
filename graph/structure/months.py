"""When most of a group was published, in months of the language of a site."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

import numpy as np

from graph.month_names import MONTH_NAMES
from graph.structure.arrays import NO_DAY, Ints

_MOST = 0.65
"""The share of the dated articles that must be close together."""
_CLOSE = 75
"""The most days that count as close together."""
_PERIODS = 4
"""How many times as many days a corpus must be spread over, for months to distinguish its groups."""
_LONG = 60
"""Days over which it must be spread in any case."""
_FEWEST = 3
"""The fewest dated articles for which months are given."""
_DATED = 0.6
"""The share of articles that must be dated, because otherwise months would be those of a few."""
_FIRST_DATES, _LAST_DATES = 0.05, 0.95
"""The quantiles between which nearly all dates lie: one wrong date does not move them."""
_PART = 0.15
"""The share of the dates in a month at either end, if the month is to be named."""
_EPOCH = date(1970, 1, 1)

_SHORT_NAMES = frozenset(name[:3].casefold() for name in MONTH_NAMES["en"])

_SHORT_FORMS: Mapping[str, str] = MappingProxyType({name: name[:3] for name in MONTH_NAMES["en"]})

_COUNTED: Mapping[str, str] = MappingProxyType(
    {"ja": "{year}年{month}月", "zh": "{year}年{month}月", "ko": "{year}년 {month}월"}
)
"""How languages that count their months write one."""

_ALL_NAMES = frozenset(name.casefold() for names in MONTH_NAMES.values() for name in names)


def is_month(text: str) -> bool:
    """Return whether a text is the name of a month, or its first letters, with or without numbers."""
    words = [word.strip(".,").casefold() for word in text.split()]
    named = [word for word in words if not word.isdecimal()]
    return len(named) == 1 and (named[0] in _ALL_NAMES or named[0] in _SHORT_NAMES)


def spread_of(days: Ints) -> int:
    """Return the days between the first and the last twentieth of what is dated; 0 if hardly anything is."""
    dated = days[days != NO_DAY]
    if len(dated) <= _FEWEST:
        return 0
    return int(np.quantile(dated, _LAST_DATES) - np.quantile(dated, _FIRST_DATES))


def months_of(days: Ints, spread: int, language: str = "") -> str:
    """Return the months in which most of a group lies, such as "May 2020" or "May–July 2020"; "" if that says little.

    `days` are counted from 1970-01-01, `spread` is that of the corpus, and `language` is a code such as `de` or
    `pt-BR`; an unknown one is treated as English. It says little if under 60 % are dated, if 65 % of these do not lie
    within 75 days and a quarter of the days of the corpus, or if these are less than 60.
    """
    dated = np.sort(days[days != NO_DAY])
    if len(dated) < max(_FEWEST, _DATED * len(days)) or spread < _LONG:
        return ""
    most = math.ceil(_MOST * len(dated))
    widths = dated[most - 1 :] - dated[: len(dated) - most + 1]
    start = int(np.argmin(widths))
    if widths[start] > min(_CLOSE, spread / _PERIODS):
        return ""
    inside = [_EPOCH + timedelta(int(day)) for day in dated[start : start + most]]
    counts = Counter((day.year, day.month) for day in inside)
    named = sorted(month for month, count in counts.items() if count >= _PART * most)
    return _written(named[0], named[-1], language)


def years_of(days: Ints) -> str:
    """Return the years between the first and the last twentieth of a group, such as "2019–2021"; "" if undated."""
    dated = days[days != NO_DAY]
    if len(dated) < max(_FEWEST, _DATED * len(days)):
        return ""
    first, last = (
        (_EPOCH + timedelta(int(np.quantile(dated, share, method="nearest")))).year
        for share in (_FIRST_DATES, _LAST_DATES)
    )
    return f"{first}" if first == last else f"{first}–{last}"


def shortened_months(text: str) -> str:
    """Return English months with their first three letters, where several stand together: "Aug–Sep 2020"."""
    if "–" not in text:
        return text
    return " ".join("–".join(_SHORT_FORMS.get(part, part) for part in word.split("–")) for word in text.split(" "))


def _written(first: tuple[int, int], last: tuple[int, int], language: str) -> str:
    code = language.casefold().replace("_", "-").split("-")[0]
    code = {"no": "nb", "nn": "nb"}.get(code, code)
    if form := _COUNTED.get(code):
        ends = [form.format(year=year, month=month) for year, month in (first, last)]
        return ends[0] if first == last else "–".join(ends)
    names = MONTH_NAMES.get(code, MONTH_NAMES["en"])
    (year, month), (last_year, last_month) = first, last
    if first == last:
        return f"{names[month - 1]} {year}"
    if year == last_year:
        return f"{names[month - 1]}–{names[last_month - 1]} {year}"
    return f"{names[month - 1]} {year}–{names[last_month - 1]} {last_year}"
