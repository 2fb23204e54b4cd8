"""One raw value of a field becomes one typed value, or a fault."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from graph.expressions import expression
from graph.names import to_text
from graph.reading.faults import Faults
from graph.reading.faults import name_of as _name
from graph.reading.note_names import NOTE, unquoted_note
from graph.reading.plain import to_plain, without_entities
from graph.reading.written import as_text, text_of
from graph.records import Scalar
from graph.terms import Form

Where = tuple[str | int, ...]
"""The path of keys and positions that leads to a value."""

Reader = Callable[[object, Faults, Where], Scalar | None]
"""Reads one value; returns `None`, with a fault, for an invalid one."""

LONGEST_STATED_LABEL = 1_000
"""Characters of a name or title that a document states."""

LONGEST_TEXT = 100_000
"""Characters of a text of several lines; more are left out."""
LARGEST_INTEGER = 2**53
"""The bound of whole numbers, as programs that read JSON have no exact larger ones."""
_DEEPEST_LIST = 5

_DURATION = expression(
    r"P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?", re.ASCII
)
_CLOCK = expression(r"(?:(\d+):)?(\d{1,2}):(\d{2})", re.ASCII)
_WORDED_DURATION = expression(
    r"(?=\d)(?:(\d{1,5})\s*d(?:ays?)?)?[\s,]*+(?:(\d{1,5})\s*h(?:(?:ou)?rs?)?)?[\s,]*+"
    r"(?:(\d{1,5})\s*m(?:in(?:ute)?s?)?)?[\s,]*+(?:(\d{1,5})\s*s(?:ec(?:ond)?s?)?)?",
    re.ASCII | re.IGNORECASE,
)
_TRUE = frozenset({"true", "yes", "on", "1", "published"})
_FALSE = frozenset({"false", "no", "off", "0", "unpublished", "draft"})


def to_label(value: object, faults: Faults, where: Where, longest: int = LONGEST_STATED_LABEL) -> str | None:
    """Return a text as one clean line of at most `longest` characters; `None` for nothing at all."""
    line = _to_line(value, faults, where, longest)
    return without_entities(line) or None if line else None


def to_plain_label(value: object, faults: Faults, where: Where, longest: int = LONGEST_STATED_LABEL) -> str | None:
    """Return a text that people write with markup, such as a title, as `to_label` does, without its markup."""
    line = _to_line(value, faults, where, longest)
    return to_plain(line) or None if line else None


def _to_line(value: object, faults: Faults, where: Where, longest: int) -> str | None:
    if value is None:
        return None
    value = unquoted_note(value) or value
    text = value if isinstance(value, str) else as_text(value)
    if text is not None and "[[" in text:
        text = NOTE.sub(lambda found: found[2] or found[1], text)
    if text is None:
        faults.add("not-a-text", f"{_name(where)} is not a text: {faults.quote(value)}", "Write one text", where=where)
        return None
    if len(text) > longest:
        fact = f"{_name(where)} is {len(text):,} characters long and was cut at {longest:,}"
        faults.add("too-long", fact, "Shorten it", where=where)
        text = text[:longest]
    return to_text(text) or None


def to_labels(value: object, faults: Faults, where: Where) -> tuple[str, ...]:
    """Return a list of texts without repeats; anything else is converted to one, and reported."""
    if value is None:
        faults.add("empty-list", f"{_name(where)} is empty", "Write a list, or leave the field out", where=where)
        return ()
    if isinstance(value, str):
        fact = f"{_name(where)} is one text and not a list: {faults.quote(value)}"
        faults.add("not-a-list", fact, "Write it as a list", where=where)
        items: list[object] = [part for part in value.split(",") if part.strip()]
    elif not isinstance(value, list):
        fact = f"{_name(where)} is not a list: {faults.quote(value)}"
        faults.add("not-a-list", fact, "Write it as a list of texts", where=where)
        items = [value]
    else:
        items = value
    labels: dict[str, None] = {}
    _gather(items, labels, faults, where, 0)
    return tuple(labels)


def _gather(items: list[object], labels: dict[str, None], faults: Faults, where: Where, depth: int) -> None:
    for position, item in enumerate(items):
        here = (*where, position) if len(where) == 1 else where
        if isinstance(item, str) and len(item) <= LONGEST_STATED_LABEL:
            text: str | None = without_entities(to_text(item))
        elif isinstance(item, list) and depth < _DEEPEST_LIST:
            faults.add("nested-list", f"{_name(where)} holds a list in a list", "Write one flat list", where=here)
            _gather(item, labels, faults, where, depth + 1)
            continue
        elif isinstance(item, dict) and isinstance(item.get("name"), str):
            text = to_label(item["name"], faults, here)
        elif (written := text_of(item)) is not None:
            text = to_label(written, faults, here)
        elif item is None:
            faults.add("empty-item", f"{_name(where)} holds an empty item", "Remove it", where=here)
            continue
        else:
            if not isinstance(item, str):
                fact = f"{_name(where)} holds {faults.quote(item)}, which is not a text"
                faults.add("not-a-text", fact, "Put it in quotes", where=here)
            written = item if isinstance(item, str) else str(item).lower() if isinstance(item, bool) else as_text(item)
            text = None if written is None else to_label(written, faults, here)
        if text:
            labels[text] = None


def to_integer(value: object, faults: Faults, where: Where) -> int | None:
    """Return a whole number; anything else is a fault."""
    if (number := _to_number(value, faults, where)) is None:
        return None
    if number != int(number):
        faults.add("invalid-number", f"{_name(where)} is not whole: {number}", "Write a whole number", where=where)
        return None
    return int(number)


def to_heat(value: object, faults: Faults, where: Where) -> int | None:
    """Return a whole number, or `None` for a negative one, by which curators say that they have not measured."""
    heat = to_integer(value, faults, where)
    return None if heat is None or heat < 0 else heat


def to_decimal(value: object, faults: Faults, where: Where) -> float | None:
    """Return a finite number; anything else is a fault."""
    number = _to_number(value, faults, where)
    return None if number is None else float(number)


def _to_number(value: object, faults: Faults, where: Where) -> float | None:
    if value is None:
        return None
    number: float | None = None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        number = value
    elif isinstance(value, str) and len(value) <= LONGEST_STATED_LABEL:
        try:
            number = float(value.strip())
        except ValueError:
            number = None
    if number is None or (isinstance(number, float) and not math.isfinite(number)) or abs(number) > LARGEST_INTEGER:
        fact = f"{_name(where)} is not a number: {faults.quote(value)}"
        faults.add("invalid-number", fact, "Write a number such as 89", where=where)
        return None
    return number


def to_boolean(value: object, faults: Faults, where: Where) -> bool | None:
    """Return a truth value; anything else is a fault."""
    if value is None or isinstance(value, bool):
        return value
    word = str(value).strip().lower() if isinstance(value, (str, int)) else ""
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    fact = f"{_name(where)} is neither true nor false: {faults.quote(value)}"
    faults.add("invalid-boolean", fact, "Write true or false", where=where)
    return None


def is_yes(value: object) -> bool:
    """Return whether a value is true, or a word that YAML 1.1 reads as true."""
    return value is True or (isinstance(value, str) and value.lower() in {"true", "yes", "on"})


def is_no(value: object) -> bool:
    """Return whether a value is false, or a word that YAML 1.1 reads as false."""
    return value is False or (isinstance(value, str) and value.lower() in {"false", "no", "off"})


def to_duration(value: object, faults: Faults, where: Where) -> str | None:
    """Return an ISO 8601 duration such as `PT14M3S`; `14:03`, `1:14:03` and `44 mins` are taken, weeks become days."""
    if value is None or value == "":
        return None
    text = value.strip() if isinstance(value, str) and len(value) <= LONGEST_STATED_LABEL else ""
    if found := _DURATION.fullmatch(text.upper()):
        years, months, weeks, days, rest = found.groups()
        whole_days = int(weeks or 0) * 7 + int(days or 0)
        date = (
            (f"{years}Y" if years else "") + (f"{months}M" if months else "") + (f"{whole_days}D" if whole_days else "")
        )
        return f"P{date}{rest or ''}" if date or rest else "PT0S"
    if found := _CLOCK.fullmatch(text):
        return "PT" + (f"{int(found[1])}H" if found[1] else "") + f"{int(found[2])}M{int(found[3])}S"
    if found := _WORDED_DURATION.fullmatch(text):
        days, *rest = (
            f"{int(number)}{unit}" if number else "" for number, unit in zip(found.groups(), "DHMS", strict=True)
        )
        return f"P{days}" + (f"T{''.join(rest)}" if any(rest) else "")
    fact = f"{_name(where)} is not a duration: {faults.quote(value)}"
    faults.add("invalid-duration", fact, "Write it as PT14M3S", where=where)
    return None


READ_AS: Mapping[Form, Reader] = MappingProxyType(
    {
        Form.TEXT: to_label,
        Form.INTEGER: to_integer,
        Form.DECIMAL: to_decimal,
        Form.BOOLEAN: to_boolean,
        Form.DURATION: to_duration,
    }
)
"""What reads a value that is written in a form, unless a field is read in its own way."""
