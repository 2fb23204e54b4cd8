"""What a site requires of the fields in its front matter, and whether a document has it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from graph.checking.findings import Fix, RawFinding
from graph.checking.rules import RULES_BY_NAME
from graph.reading.dates import is_time, to_time
from graph.reading.faults import Faults
from graph.reading.written import text_of
from graph.urls import clean_url

SECRET = "secured"  # noqa: S105 - the name of a field
"""The field whose content never leaves the reader, and so no message."""
_LONGEST_MATCHED = 10_000
"""Characters of a value that is compared with a pattern, which may take time that grows with the square."""
_MOST_NAMED = 12
_LARGEST_NUMBER = 10**60
"""Python does not write numbers of some thousand digits as text."""
_MOST_ITEMS = 1_000


@dataclass(frozen=True, slots=True)
class FieldRule:
    """What is required of one field."""

    name: str
    """The field, as documents write it; `outer.inner` for a field within another. Case does not matter."""
    required: bool = False
    """Whether each document must have a value of it."""
    type: str = ""
    """One of `VALUE_TYPES`; empty for any. That of a list's items, too, unless it is `list`."""
    allowed: tuple[str, ...] = ()
    """The only values that it, or each item of its list, may have, as texts; empty for any."""
    pattern: re.Pattern[str] | None = None
    """What it, or each item of its list, must match as a whole; `None` for anything."""


def _is_day(value: object) -> bool:
    return isinstance(value, str | dt.date) and is_time(value)


def _is_moment(value: object) -> bool:
    return isinstance(value, str | dt.date) and "T" in (to_time(value, Faults(""), ("",)) or "")


VALUE_TYPES: Mapping[str, Callable[[object], bool]] = MappingProxyType(
    {
        "text": lambda value: isinstance(value, str),
        "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
        "decimal": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
        "boolean": lambda value: isinstance(value, bool),
        "date": _is_day,
        "time": _is_moment,
        "iri": lambda value: isinstance(value, str) and clean_url(value) is not None,
        "mapping": lambda value: isinstance(value, Mapping),
        "list": lambda value: isinstance(value, list),
    }
)
"""Whether a value is of a type, by the words of the settings."""


def text_as_written(value: object) -> str:
    """Return the text of a scalar as its document has it; empty for anything else, and for absurdly long numbers."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) >= _LARGEST_NUMBER:
        return ""
    return text_of(value) or (str(value) if isinstance(value, str | int | float | dt.date) else "")


def items_of(value: object) -> list[object]:
    """Return the items of a list, at most a thousand, or a single value as the only one."""
    return value[:_MOST_ITEMS] if isinstance(value, list) else [value]


def check_fields(fields: Mapping[str, object], rules: Mapping[str, FieldRule], faults: Faults) -> Iterator[RawFinding]:
    """Yield the rules that the front matter of a document breaks; `faults` has its path and the lines of its fields."""
    spelled = {name.lower(): name for name in reversed(list(fields))}
    for rule in rules.values():
        written, value = _value_of(fields, spelled, rule.name)
        line = faults.line_of((written.partition(".")[0],))
        if value is None or value in ("", []):
            if rule.required:
                fact = f"'{rule.name}' is {'empty' if line else 'missing'}"
                yield RawFinding(RULES_BY_NAME["missing-field"], faults.path, line, fact, _example(rule))
            continue
        if rule.name.lower() != SECRET:
            for position, item in enumerate([value] if rule.type in {"list", "mapping"} else items_of(value)):
                where = (written, position) if isinstance(value, list) else (written,)
                yield from _check(item, rule, written, faults.path, faults.line_of(where))
            if rule.type == "list":
                for position, item in enumerate(items_of(value)):
                    yield from _check_text(item, rule, written, faults.path, faults.line_of((written, position)))


def _value_of(fields: Mapping[str, object], spelled: Mapping[str, str], name: str) -> tuple[str, object]:
    """Return a field's name as written, and its value; `None` if it is missing."""
    written = spelled.get(name.lower())
    if written is not None or "." not in name:
        return written or name, fields.get(written or name)
    outer, _, inner = name.partition(".")
    written = spelled.get(outer.lower(), outer)
    value: object = fields.get(written)
    for part in inner.split("."):
        if not isinstance(value, Mapping):
            return f"{written}.{inner}", None
        value = next((held for key, held in value.items() if str(key).lower() == part.lower()), None)
    return f"{written}.{inner}", value


def _check(value: object, rule: FieldRule, written: str, path: str, line: int) -> Iterator[RawFinding]:
    if rule.type and not VALUE_TYPES[rule.type](value):
        fact = f"'{written}' is not of the type {rule.type}: {Faults.quote(value)}"
        remedy = f"Write a value of the type {rule.type}"
        yield RawFinding(RULES_BY_NAME["wrong-type"], path, line, fact, remedy, text_as_written(value))
    elif rule.type not in {"list", "mapping"}:
        yield from _check_text(value, rule, written, path, line)


def _check_text(value: object, rule: FieldRule, written: str, path: str, line: int) -> Iterator[RawFinding]:
    if not rule.allowed and rule.pattern is None:
        return
    text = text_as_written(value)
    if rule.allowed and text not in rule.allowed:
        named = ", ".join(rule.allowed[:_MOST_NAMED]) + (", ..." if len(rule.allowed) > _MOST_NAMED else "")
        alike = [allowed for allowed in rule.allowed if text and allowed.casefold() == text.casefold()]
        fix = Fix(written, text, alike[0]) if len(alike) == 1 else None
        remedy = f'Write "{alike[0]}"' if fix else f"Write one of {named}"
        fact = f"'{written}' may not be {Faults.quote(value)}"
        yield RawFinding(RULES_BY_NAME["value-not-allowed"], path, line, fact, remedy, text, fix)
    if rule.pattern is not None and not (text and rule.pattern.fullmatch(text[:_LONGEST_MATCHED])):
        fact = f"'{written}' does not match {rule.pattern.pattern}: {Faults.quote(value)}"
        yield RawFinding(RULES_BY_NAME["value-not-matching"], path, line, fact, value=text)


def _example(rule: FieldRule) -> str:
    kind = f" of the type {rule.type}" if rule.type else ""
    return f"Add it, one of {', '.join(rule.allowed[:_MOST_NAMED])}" if rule.allowed else f"Add it with a value{kind}"
