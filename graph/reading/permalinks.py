"""Patterns of addresses, such as `/:year/:month/:title/`, and how generators write names into them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from zoneinfo import ZoneInfo

from graph.expressions import expression
from graph.month_names import MONTH_NAMES

STYLES: Mapping[str, str] = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
"""Jekyll's patterns that have a name."""

_TOKEN = expression(r":([A-Za-z][A-Za-z0-9_]*)(\[[\w:,-]{1,20}\])?")
_LONGEST_PATTERN = 1_000
_SLICE = expression(r"\[(\d*)(:?)(\d*)\]")

_MONTHS = MONTH_NAMES["en"]
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

_OF_TIME: Mapping[str, Callable[[dt.datetime], str]] = {
    "year": lambda time: f"{time.year:04}",
    "short_year": lambda time: f"{time.year % 100:02}",
    "month": lambda time: f"{time.month:02}",
    "i_month": lambda time: str(time.month),
    "monthname": lambda time: _MONTHS[time.month - 1],
    "long_month": lambda time: _MONTHS[time.month - 1],
    "short_month": lambda time: _MONTHS[time.month - 1][:3],
    "day": lambda time: f"{time.day:02}",
    "i_day": lambda time: str(time.day),
    "y_day": lambda time: f"{time.timetuple().tm_yday:03}",
    "yearday": lambda time: str(time.timetuple().tm_yday),
    "w_year": lambda time: f"{time.isocalendar().year:04}",
    "week": lambda time: f"{time.isocalendar().week:02}",
    "w_day": lambda time: str(time.isoweekday()),
    "weekday": lambda time: str(time.isoweekday() % 7),
    "weekdayname": lambda time: _DAYS[time.weekday()],
    "long_day": lambda time: _DAYS[time.weekday()],
    "short_day": lambda time: _DAYS[time.weekday()][:3],
    "hour": lambda time: f"{time.hour:02}",
    "minute": lambda time: f"{time.minute:02}",
    "second": lambda time: f"{time.second:02}",
}
_OF_NAME = frozenset(
    "title slug slugorfilename slugorcontentbasename filename contentbasename name basename path collection section "
    "sections categories category slugified_categories output_ext post_title lang".split()
)
_NEEDS_MORE = frozenset({"id", "hash", "timestamp"})
"""Tokens that a generator knows, but whose values are not in any file."""


def unknown_tokens(pattern: str) -> Iterator[str]:
    """Yield the tokens of a pattern that no generator knows."""
    for found in _TOKEN.finditer(pattern[:_LONGEST_PATTERN]):
        if not any(known in _OF_NAME or known in _OF_TIME or known in _NEEDS_MORE for known in _readings(found[1])):
            yield found[0]


def _readings(word: str) -> Iterator[str]:
    """Yield a token, then the token without each ending after `_`: `year_x` may be `year` and text."""
    while word:
        yield word
        word = word.rpartition("_")[0]


def fill_tokens(pattern: str, names: Mapping[str, str], time: dt.datetime | None) -> str | None:
    """Return a pattern with its tokens replaced; `None` where one is not known or the document does not say it.

    `names` holds what the document is called, by token; `time` when it was published.
    """
    if len(pattern) > _LONGEST_PATTERN:
        return None
    missing = False

    def value_of(found: re.Match[str]) -> str:
        nonlocal missing
        for word in _readings(found[1]):
            rest = found[1][len(word) :]
            if word in names:
                return _sliced(names[word], found[2]) + rest
            if word in _OF_TIME and time is not None:
                return _OF_TIME[word](time) + rest
        missing = True
        return ""

    expanded = _TOKEN.sub(value_of, pattern)
    return None if missing else expanded


def _sliced(value: str, written: str | None) -> str:
    """Return the parts that `:sections[1:]` or `:sections[last]` selects; all of them if the slice is invalid."""
    if not written:
        return value
    parts = value.split("/")
    if written == "[last]":
        return parts[-1]
    if (found := _SLICE.fullmatch(written.replace("last", str(len(parts) - 1)))) is None:
        return value
    start = int(found[1] or 0)
    end = (int(found[3]) + 1 if "last" in written else int(found[3])) if found[3] else len(parts)
    return "/".join(parts[start:end] if found[2] else parts[start : start + 1])


def moment_of(value: object, published_at: str | None, zone: str | None) -> dt.datetime | None:
    """Return the moment whose day an address shows: in the zone it is written in, or in `zone`, which may be empty.

    `value` is a date as the document states it, `published_at` the same as a time in UTC.
    """
    if isinstance(value, dict):
        value = value.get("created")
    try:
        if isinstance(value, dt.datetime):
            moment = value
        elif isinstance(value, dt.date):
            return dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a day has no zone
        elif published_at is not None:
            moment = dt.datetime.fromisoformat(published_at)
            if zone is None and isinstance(value, str) and (written := _DAY.match(value)):
                return dt.datetime(int(written[1]), int(written[2]), int(written[3]))  # noqa: DTZ001
            if len(published_at) == _LENGTH_OF_DAY:
                return moment
        else:
            return None
        if zone is None:
            return moment
        return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone(_zone(zone))
    except (ValueError, OverflowError):
        return None


_DAY = expression(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", re.ASCII)
_LENGTH_OF_DAY = len("2023-05-23")


@lru_cache(maxsize=64)
def _zone(name: str) -> dt.tzinfo:
    try:
        return ZoneInfo(name) if name else dt.UTC
    except (ValueError, OSError, LookupError):
        return dt.UTC


_NOT_PRETTY = expression(r"[^\w.~!$&'()+,;=@]")
_NOT_LETTERS = expression(r"[\W_]+")
_NOT_ALLOWED = expression(r"[^\w./\\#+~@%\s-]")
_SPACES = expression(r"[\s-]+")
_HYPHENS = expression(r"-{2,}")


def to_jekyll(text: str, *, pretty: bool = True, cased: bool = True) -> str:
    """Return a name as Jekyll writes it: letters and digits joined by `-`; a pretty one keeps marks such as `.`."""
    kept = _NOT_PRETTY.sub("-", text) if pretty else _NOT_LETTERS.sub("-", text)
    kept = _HYPHENS.sub("-", kept).strip("-")
    return kept if cased else kept.lower()


def to_hugo(text: str, *, cased: bool = False) -> str:
    """Return a path as Hugo writes it: spaces are `-`, marks are left out, letters are lower-cased unless `cased`."""
    kept = _SPACES.sub(_joined, _NOT_ALLOWED.sub("", text.strip()))
    return kept if cased else kept.lower()


def _joined(found: re.Match[str]) -> str:
    """Return one `-` for spaces and the hyphens next to them, and hyphens alone as they are."""
    hyphens = found.group()
    return "-" if hyphens.strip("-") else hyphens


def to_hyphens(text: str, *, ascii_only: bool = False) -> str:
    """Return a name as Zola's and Material's slugs: small letters and digits joined by `-`, perhaps without accents."""
    if ascii_only:
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return _NOT_LETTERS.sub("-", text.lower()).strip("-")


def to_anchor(text: str) -> str:
    """Return a name as GitHub makes anchors of headings: lower-cased, without marks, and with `-` for spaces."""
    return re.sub(r"[^\w\- ]", "", text.lower()).strip().replace(" ", "-")


def to_unaccented(text: str) -> str:
    """Return a name as Pelican makes slugs; empty if it has letters other than Latin ones with or without accents."""
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    kept = re.sub(r"[^\w\s-]", "", plain).strip().lower()
    return re.sub(r"[-\s]+", "-", kept) if kept.isascii() else ""


_PARAMETER = expression(r":(\w+)(?:\(\.\*\))?([*+]?)")


def rewrite_path(path: str, rewrites: Iterable[tuple[str, str]]) -> str:
    """Return a path as patterns such as `en/:rest*` rewrite it; the path itself where none fits.

    A parameter stands for one folder or name, with `*` or `+` for several.
    """
    for pattern, target in rewrites:
        if len(pattern) > _LONGEST_PATTERN or pattern.count(":") > _MOST_PARAMETERS:
            continue
        names = [found[1] for found in _PARAMETER.finditer(pattern)]
        parts = _PARAMETER.split(pattern)
        expression = re.escape(parts[0])
        for place in range(1, len(parts), 3):
            expression += ("(.+)" if parts[place + 1] else "([^/]+)") + re.escape(parts[place + 2])
        if found := re.fullmatch(expression, path):
            values = dict(zip(names, found.groups(), strict=True))
            return _filled(target, values)
    return path


def _filled(pattern: str, values: Mapping[str, str]) -> str:
    return _PARAMETER.sub(lambda used: values.get(used[1], ""), pattern)


_MOST_PARAMETERS = 6
"""More would let a path be matched in very many ways."""
