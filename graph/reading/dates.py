"""Dates and times as people write them become days and moments, or a fault."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

import msgspec

from graph.expressions import expression
from graph.month_names import MONTH_NAMES, MONTH_NUMBERS
from graph.reading.faults import Faults, name_of
from graph.reading.values import Where
from graph.reading.zones import written_zone

_LONGEST = 100
_OF_BUILDS = frozenset(
    ("created", "git created", "git last modified", "last modified", "last-modified", "now", "today")
)
"""Dates of Eleventy and Quarto that depend on when the site is built."""

_MONTHS: Mapping[str, int] = {
    **MONTH_NUMBERS,
    **{name[:3].lower(): number for number, name in enumerate(MONTH_NAMES["en"], 1)},
    "sept": 9,
}
_YEARS = range(1900, 2100)
"""The years in which eight digits are a day."""
_SECONDS = range(10**9, 10**10)
"""Numbers that count seconds since 1970: from 2001 to 2286. A thousand times these count milliseconds."""
_DIGITS: Mapping[int, str] = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S", 17: "%Y%m%d%H%M%S%f"}
"""The forms of a day or moment written in digits alone, by how many there are."""

_DAY = expression(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", re.ASCII)
_TIME = expression(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:T|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d*)?)?\s*(Z|[-+]\d{2}:\d{2})?",
    re.ASCII | re.IGNORECASE,
)

_FLAGS = re.ASCII | re.IGNORECASE
_WEEKDAY = expression(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}[.,]{0,2}\s+(?=\S)", _FLAGS)
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_ORDINAL = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_WRITTEN_DAYS = tuple(
    expression(form, _FLAGS)
    for form in (
        r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?!\d)",
        rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.{_YEAR}",
        rf"(?P<one>\d{{1,2}})(?P<sign>[-/])(?P<other>\d{{1,2}})(?P=sign){_YEAR}",
        rf"{_MONTH}\s*{_ORDINAL}(?:\s*,\s*|\s+){_YEAR}",
        rf"{_ORDINAL}(?:\s+of)?[\s-]*{_MONTH}[\s,-]*{_YEAR}",
        rf"{_YEAR}[\s,-]*{_MONTH}[\s-]*{_ORDINAL}(?!\d)",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?!\d)",
    )
)
"""Forms of a day at the beginning of a text."""
_FOREIGN_DAYS = (
    expression(r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]?"),
    expression(
        r"(?:[^\W\d_]{2,14},?\s+)?(?P<day>\d{1,2})(?:\.|er|º|°)?\s+(?:de\s+|d')?(?P<month>[^\W\d_]{3,14})\.?"
        r"(?:,|\s+de)?\s+(?P<year>\d{4})(?!\d)(?:\s+\N{CYRILLIC SMALL LETTER GHE}\.)?",
        re.IGNORECASE,
    ),
)
"""Forms of a day in other languages, perhaps after the day of the week."""
_CLOCK_BEFORE = expression(r"(\d{1,2}:\d{2}(?::\d{2})?)\s+(?=\d{1,4}[-/.]\d)", re.ASCII)
"""A time of day before the day, as Grav writes it."""
_CLOCK = expression(
    r"(?:T|\s*[,@]\s*(?:at\s+)?|\s+(?:at\s+|-\s+)?)(?P<hour>\d{1,2})"
    r"(?:[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d*)?)?)?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?",
    _FLAGS,
)
_BASIC_CLOCK = expression(r"T(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?:[.,]\d*)?(?P<half>)", _FLAGS)
_ZONE = expression(
    r"\s*(?P<zone>(?:GMT|UTC)?[-+]\d{1,2}(?::?\d{2})?|[a-z]{1,5}(?![\w/+-])|[a-z][\w+-]*(?:/[\w+-]+)+)?"
    r"(?:\s*\([^()]*\)|\s*\[(?P<place>[\w/+-]+)\])?",
    _FLAGS,
)
_CTIME = expression(
    rf"{_MONTH}\s+(?P<day>\d{{1,2}})\s+(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::(?P<second>\d{{2}}))?(?P<half>)"
    rf"\s+(?:(?P<zone>[a-z]{{1,5}}|[-+]\d{{2}}:?\d{{2}})\s+)?{_YEAR}",
    _FLAGS,
)


class _WrittenDay(msgspec.Struct, frozen=True):
    """A day as written, perhaps with a time."""

    day: dt.date
    """The day."""
    other: dt.date | None = None
    """The other day, if the text is ambiguous."""
    clock: dt.time | None = None
    """The time of day; `None` for a day alone."""
    zone: str | None = None
    """The time zone as written; `None` without one."""


def _is_of_build(text: str) -> bool:
    return text.lower() in _OF_BUILDS or (text.startswith("`r ") and text.endswith("`"))


def to_time(value: object, faults: Faults, where: Where, zone: dt.tzinfo | None = None) -> str | None:
    """Return a moment as `2023-05-23T06:51:00Z`, or a day as `2023-05-23`.

    A time without a zone is read in `zone`, otherwise as UTC, which is a fault. Of a time in an unknown zone only the
    day is kept. A day whose month and day could be swapped is refused.
    """
    if value is None or value is False or value == "" or (isinstance(value, str) and _is_of_build(value)):
        return None
    if isinstance(value, str) and value.startswith("[[") and value.endswith("]]"):  # a link to the note of a day
        value = value[2:-2]
    moment = value if isinstance(value, dt.date) else _quickly(value)
    if moment is None:
        written = _read(value)
        if written is None:
            fact = f"{name_of(where)} is not a date: {faults.quote(value)}"
            faults.add("invalid-date", fact, "Write it as 2023-05-23T06:51:00Z", where=where)
            return None
        if written.other is not None:
            one, other = sorted((written.day.isoformat(), written.other.isoformat()))
            fact = f"{name_of(where)} may be {one} or {other}: {faults.quote(value)}"
            faults.add("ambiguous-date", fact, f"Write it as {one} or as {other}; it was left out", where=where)
            return None
        moment = _in_zone(written, value, faults, where)
    if not isinstance(moment, dt.datetime):
        return f"{moment.year:04}-{moment.month:02}-{moment.day:02}"
    try:
        if moment.tzinfo is None:
            if zone is None:
                fact = f"{name_of(where)} has no time zone and was read as UTC: {faults.quote(str(value))}"
                faults.add("date-without-zone", fact, "Write it as 2023-05-23T06:51:00Z", where=where)
            else:
                moment = moment.replace(tzinfo=zone).astimezone(dt.UTC)
        elif moment.utcoffset():
            moment = moment.astimezone(dt.UTC)
    except OverflowError:
        faults.add("invalid-date", f"{name_of(where)} is out of range", "Correct the year", where=where)
        return None
    return f"{moment.year:04}-{moment.month:02}-{moment.day:02}T{moment.hour:02}:{moment.minute:02}:{moment.second:02}Z"


def is_time(value: object) -> bool:
    """Return whether a value is written as a day or moment, even one that `to_time` refuses as ambiguous."""
    return isinstance(value, dt.date) or _quickly(value) is not None or _read(value) is not None


def _quickly(value: object) -> dt.date | None:
    """Read the commonest forms, those of ISO 8601."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    text = value.strip()
    try:
        if found := _DAY.fullmatch(text):
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
        if found := _TIME.fullmatch(text):
            year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
            zone = written_zone(found[7]) if found[7] else None
            moment = dt.datetime(year, month, day, hour, minute, second, tzinfo=zone)
            return None if found[7] and zone is None else moment
    except ValueError:
        pass
    return None


def _read(value: object) -> _WrittenDay | None:
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10 ** max(_DIGITS):
        value = str(int(value))  # an unquoted 20201130 is the same day as a quoted one
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST:
        return None
    text = value.strip()
    try:
        if text.isdecimal() and text.isascii():
            return _of_digits(text) if len(text) in _DIGITS else _since_1970(int(text))
        if clock := _CLOCK_BEFORE.match(text):
            text = f"{text[clock.end() :]} {clock[1]}"
        if weekday := _WEEKDAY.match(text):
            text = text[weekday.end() :]
        if found := _CTIME.fullmatch(text):
            return _WrittenDay(_day_of(found)[0], None, _clock_of(found), found["zone"])
        for form in _WRITTEN_DAYS:
            if found := form.match(text):
                return _with_clock(*_day_of(found), text[found.end() :])
        for form in _FOREIGN_DAYS:
            if (found := form.match(text)) and (found["month"].casefold() in _MONTHS or found["month"].isdecimal()):
                return _with_clock(*_day_of(found), text[found.end() :])
        return _mail_date(text) if " " in text else None
    except (ValueError, TypeError, OverflowError, IndexError, KeyError):
        return None


def _of_digits(text: str) -> _WrittenDay | None:
    form = _DIGITS[len(text)]
    # With the maximum number of digits, there is only one way to divide them.
    digits = f"{text}000" if form.endswith("%f") else text
    moment = dt.datetime.strptime(digits, form)  # noqa: DTZ007 - its zone is the document's
    clock = moment.time() if "%H" in form else None
    return _WrittenDay(moment.date(), None, clock) if moment.year in _YEARS else None


def _since_1970(number: int) -> _WrittenDay | None:
    """Read seconds or milliseconds since 1970."""
    for unit in (1, 1_000):
        if number // unit in _SECONDS:
            moment = dt.datetime.fromtimestamp(number // unit, dt.UTC)
            return _WrittenDay(moment.date(), None, moment.time(), "Z")
    return None


def _day_of(found: re.Match[str]) -> tuple[dt.date, dt.date | None]:
    """Return the day that a form found, and another day if it is ambiguous."""
    parts = found.groupdict()
    year = int(parts["year"])
    if "one" in parts:
        readings = _both_ways(year, int(parts["one"]), int(parts["other"]))
        return readings[0], readings[1] if len(readings) > 1 else None
    month = parts["month"]
    number = int(month) if month.isdecimal() else _MONTHS[month.casefold()]
    return dt.date(year, number, int(parts["day"])), None


def _both_ways(year: int, one: int, other: int) -> list[dt.date]:
    """Return the days that two numbers can mean as day and month."""
    days: dict[dt.date, None] = {}
    for day, month in ((one, other), (other, one)):
        try:
            days[dt.date(year, month, day)] = None
        except ValueError:
            continue
    return list(days)


def _with_clock(day: dt.date, other: dt.date | None, rest: str) -> _WrittenDay | None:
    """Read what follows a day: nothing, or a time and perhaps a zone."""
    if not rest.strip():
        return _WrittenDay(day, other)
    found = _BASIC_CLOCK.match(rest) or _CLOCK.match(rest)
    if found is None or not (found["minute"] or found["half"]):
        return None
    if (zone := _ZONE.fullmatch(rest.rstrip(), found.end())) is None:
        return None
    return _WrittenDay(day, other, _clock_of(found), zone["zone"] or zone["place"])


def _clock_of(found: re.Match[str]) -> dt.time:
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= 12:  # noqa: PLR2004 - the hours of half a day
            raise ValueError
        hour = hour % 12 + (12 if found["half"][0] in "pP" else 0)
    return dt.time(hour, int(found["minute"] or 0), int(found["second"] or 0))


def _mail_date(text: str) -> _WrittenDay:
    """Read a date of an e-mail or RSS feed (RFC 2822)."""
    from email.utils import parsedate_to_datetime

    moment = parsedate_to_datetime(text)
    zone = moment.strftime("%z")
    return _WrittenDay(moment.date(), None, moment.time(), f"{zone[:3]}:{zone[3:5]}" if zone else None)


def _in_zone(written: _WrittenDay, value: object, faults: Faults, where: Where) -> dt.date:
    if written.clock is None:
        return written.day
    moment = dt.datetime.combine(written.day, written.clock)
    if written.zone is None:
        return moment
    zone = written_zone(written.zone)
    if zone is None:
        fact = f"{name_of(where)} has a time zone that is not known: {faults.quote(value)}"
        faults.add("unknown-zone", fact, "Write it as 2023-05-23T06:51:00Z; only its day was kept", where=where)
        return written.day
    return moment.replace(tzinfo=zone)
