"""What can only be found while a document is read: its exceptions, its fields as written, its pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.checking.findings import RawFinding
from graph.checking.rules import RULES_BY_NAME, rules_called
from graph.checking.schemas import check_fields, items_of, text_as_written
from graph.checking.settings import CheckSettings
from graph.displays import counted
from graph.names import to_text
from graph.reading.faults import LONGEST_PLACE, Faults
from graph.reading.fields import EXCEPTIONS, Dialect
from graph.reading.prose import Prose
from graph.reading.stating import Watch

_NO_FIELDS: Mapping[str, object] = {}
_LONGEST_START = 20
"""Characters of an excerpt by which its column is found, because its text may be on several lines."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen in the documents of a source; its collections grow while they are read."""

    found: list[RawFinding] = field(default_factory=list)
    """What breaks a rule."""
    exceptions: dict[str, frozenset[str]] = field(default_factory=dict)
    """The names of rules that a document says are not checked in it, by its path."""
    lines: dict[str, dict[str, int]] = field(default_factory=dict)
    """The lines of the fields that a document states, by its path and by our names of the fields."""
    long_excerpts: dict[str, RawFinding] = field(default_factory=dict)
    """Excerpts that are too long, by path, which do not matter if the document is not an article."""
    names: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    """How a document writes the names of fields, by its path and by our names of the fields."""


_PICTURE = re.compile(r"!\[\s*\]|<img\b", re.IGNORECASE)
_NAMED = ("authors", "topics")
_LOCATED = ("images", "original_url", "title", "url")
"""Fields whose lines are kept: what is wrong with them is found only when all documents are known."""


def watching(seen: Seen, settings: CheckSettings, dialect: Dialect) -> Watch:
    """Return a function that keeps in `seen` what it sees in each document of a source."""

    def watch(path: str, fields: Mapping[str, object] | None, prose: Prose, faults: Faults) -> None:
        stated = fields or _NO_FIELDS
        checks = settings.of(path)
        names = dialect.layout_of(stated)
        for written in stated:
            if written.lower() in EXCEPTIONS:
                seen.exceptions[path] = _exceptions(stated[written], written, faults, seen.found)
        if checks.fields and fields is not None:
            seen.found.extend(check_fields(stated, checks.fields, faults))
        if "excerpt" in names:
            _check_excerpt(stated, names["excerpt"], checks.longest_excerpt, faults, seen.long_excerpts)
        for line in prose.unnamed_pictures:
            rule = RULES_BY_NAME["picture-without-text"]
            seen.found.append(RawFinding(rule, path, line, "the picture has no alternative text", value=_PICTURE))
        seen.lines[path] = {
            field: line for field in _LOCATED if field in names and (line := faults.line_of((names[field][0],)))
        }
        seen.names[path] = {field: names[field] for field in _NAMED if field in names}

    return watch


def _exceptions(value: object, written: str, faults: Faults, found: list[RawFinding]) -> frozenset[str]:
    """Return the rules that a document names in its own front matter; report words that name none."""
    words: Iterable[str] = filter(None, map(text_as_written, items_of(value)))
    if isinstance(value, str):
        words = value.replace(",", " ").split()
    names, unknown = rules_called(words)
    for word in unknown:
        fact = f"'{written}' names {Faults.quote(word)}, which is not a rule"
        line = faults.line_of((written,))
        found.append(
            RawFinding(RULES_BY_NAME["unknown-rule"], faults.path, line, fact, "Write a code such as AG404", word)
        )
    return names


def _check_excerpt(
    stated: Mapping[str, object], names: Iterable[str], longest: int, faults: Faults, found: dict[str, RawFinding]
) -> None:
    """Keep an excerpt that is too long; that of the first name that has a value."""
    name = next((name for name in names if stated[name]), None)
    value = stated[name] if name else None
    if not isinstance(value, str) or name is None:
        return
    length = len(to_text(value))
    if length > longest:
        fact = f"'{name}' has {counted(length, 'character')}, more than {longest:,}"
        start = Faults.quote(value.strip(), LONGEST_PLACE)[1 : 1 + _LONGEST_START]
        line = faults.line_of((name,))
        found[faults.path] = RawFinding(RULES_BY_NAME["long-excerpt"], faults.path, line, fact, value=start)
