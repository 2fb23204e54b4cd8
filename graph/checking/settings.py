"""What a site says in `[check]` of its `article-graph.toml`: which rules apply where, and what fields must be."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from graph.checking.rules import RULES, SEVERITIES, Severity, rules_called
from graph.checking.schemas import VALUE_TYPES, FieldRule
from graph.errors import FormatError
from graph.reading.configurations import load_configuration
from graph.reading.faults import Faults
from graph.reading.settings import SETTINGS_FILE
from graph.reading.toml_lines import nearest_line, toml_lines

LONGEST_SUMMARY = 300
"""Characters of an excerpt that `long-excerpt` allows unless the settings say otherwise."""

_OF_LAYER = frozenset({"extend_select", "fields", "ignore", "longest_excerpt", "select", "severity"})
_OF_FIELD = frozenset({"allowed", "pattern", "required", "type"})
_DEFAULT = frozenset(rule.name for rule in RULES if rule.is_default)
_MOST_REMEMBERED = 1_000


@dataclass(frozen=True, slots=True)
class ChosenRules:
    """Which rules are checked."""

    select: frozenset[str] | None = None
    """Only these; `None` for those that were chosen before."""
    extend_select: frozenset[str] = frozenset()
    """These too."""
    ignore: frozenset[str] = frozenset()
    """But not these."""

    def of(self, chosen: frozenset[str]) -> frozenset[str]:
        """Return the names of the rules, given those that were chosen before."""
        return ((chosen if self.select is None else self.select) | self.extend_select) - self.ignore


def choose_rules(select: Iterable[str], extend_select: Iterable[str], ignore: Iterable[str]) -> ChosenRules:
    """Return a choice by codes, beginnings of codes and names; an empty `select` chooses those chosen before.

    A text holds words between commas.

    Raises:
        FormatError: A word is not the name of a rule.
    """
    names = []
    for words in (select, extend_select, ignore):
        each = words.split(",") if isinstance(words, str) else words
        found, unknown = rules_called(filter(None, map(str.strip, each)))
        if unknown:
            meant = difflib.get_close_matches(unknown[0].lower(), [rule.name for rule in RULES], n=1, cutoff=0.7)
            remedy = "Name a code such as AG404, or the beginning of one such as AG4."
            raise FormatError(f"{unknown[0]!r} is not a rule. {f'Did you mean {meant[0]}?' if meant else remedy}")
        names.append(found)
    return ChosenRules(names[0] or None, names[1], names[2])


@dataclass(frozen=True, slots=True)
class Checks:
    """What is checked in a document."""

    rules: frozenset[str] = _DEFAULT
    """The names of the rules."""
    severity: Mapping[str, Severity] = field(default_factory=dict)
    """How severe findings are, by the name of the rule, if that differs from the rule's own severity."""
    longest_excerpt: int = LONGEST_SUMMARY
    """The most characters of an excerpt."""
    fields: Mapping[str, FieldRule] = field(default_factory=dict)
    """What is required of fields, by their names in lower case."""


@dataclass(frozen=True, slots=True)
class _Layer:
    """What a site says about all documents, or about those in a folder."""

    choice: ChosenRules = field(default_factory=ChosenRules)
    severity: Mapping[str, Severity] = field(default_factory=dict)
    longest_excerpt: int | None = None
    fields: Mapping[str, FieldRule] = field(default_factory=dict)

    def over(self, checks: Checks) -> Checks:
        """Return what is checked if this applies, too."""
        return Checks(
            self.choice.of(checks.rules),
            {**checks.severity, **self.severity},
            self.longest_excerpt or checks.longest_excerpt,
            {**checks.fields, **self.fields},
        )


class CheckSettings:
    """What is checked in each document of a source."""

    def __init__(self, layers: Iterable[tuple[str, _Layer]] = (), choice: ChosenRules | None = None) -> None:
        """Take what applies in folders, empty or ending in `/`, and a choice that overrides it."""
        self._layers = sorted(layers, key=lambda item: (len(item[0]), item[0]))
        self._choice = choice or ChosenRules()
        self._folders = lru_cache(_MOST_REMEMBERED)(self._of_folder)

    def of(self, path: str) -> Checks:
        """Return what is checked in the document at a path relative to its source."""
        return self._folders(path.rpartition("/")[0] + "/" if "/" in path else "")

    def anywhere(self) -> frozenset[str]:
        """Return the names of the rules that are checked in any folder."""
        return frozenset().union(*(self._folders(folder).rules for folder in ("", *dict(self._layers))))

    def _of_folder(self, folder: str) -> Checks:
        checks = Checks()
        for above, layer in self._layers:
            if folder.startswith(above):
                checks = layer.over(checks)
        return replace(checks, rules=self._choice.of(checks.rules))


def read_check_settings(
    read: Callable[[str], bytes | None], choice: ChosenRules | None = None
) -> tuple[CheckSettings, Faults]:
    """Return what a source's `article-graph.toml` says about checking, and the faults of that.

    `read` returns a file's bytes by its path at the root of the source, or `None`; `choice` overrides the file.
    """
    faults = Faults(SETTINGS_FILE)
    data = read(SETTINGS_FILE)
    # Whatever else is wrong with the file is among the problems of every build.
    loaded = load_configuration(SETTINGS_FILE, data, Faults("")) if data is not None else None
    if (stated := (loaded or {}).get("check")) is None:
        return CheckSettings((), choice), faults
    faults.locate(toml_lines((data or b"").decode("utf-8", "replace")), {})
    return CheckSettings(_SettingsReader(faults).layers(stated), choice), faults


class _SettingsReader:
    """Reads the tables, and reports what is not valid."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    def _wrong(self, fact: str, remedy: str, name: str) -> None:
        self._faults.add("invalid-settings", fact, remedy, line=nearest_line(self._faults, name))

    def _table(self, stated: object, name: str) -> Mapping[str, object]:
        if isinstance(stated, dict):
            return stated
        self._wrong(f"'{name}' is {Faults.quote(stated)}", f"Write a table [{name}]", name)
        return {}

    def layers(self, stated: object) -> Iterator[tuple[str, _Layer]]:
        """Yield what applies everywhere and in folders."""
        whole = self._table(stated, "check")
        yield "", self._layer({name: value for name, value in whole.items() if name != "folders"}, "check")
        for folder, inner in self._table(whole.get("folders", {}), "check.folders").items():
            name = f"check.folders.{folder}"
            if plain := folder.strip("/").removeprefix("./"):
                yield plain + "/", self._layer(self._table(inner, name), name)
            else:
                self._wrong(
                    f"{Faults.quote(folder)} is not a folder", "Write it as content/news", f"check.folders.{folder}"
                )

    def _layer(self, stated: Mapping[str, object], table: str) -> _Layer:
        for name in sorted(set(stated) - _OF_LAYER):
            self._wrong(
                f"{Faults.quote(name)} is not a setting of [{table}]", f"Use {_listed(_OF_LAYER)}", f"{table}.{name}"
            )
        select, more, ignore = (self._rules(stated, name, table) for name in ("select", "extend_select", "ignore"))
        longest = stated.get("longest_excerpt")
        if longest is not None and (not isinstance(longest, int) or isinstance(longest, bool) or longest < 1):
            self._wrong(
                f"'longest_excerpt' is {Faults.quote(longest)}",
                "Write a number of characters",
                f"{table}.longest_excerpt",
            )
            longest = None
        return _Layer(
            ChosenRules(select if "select" in stated else None, more, ignore),
            self._severities(stated.get("severity", {}), f"{table}.severity"),
            longest,
            dict(self._fields(stated.get("fields", {}), f"{table}.fields")),
        )

    def _rules(self, stated: Mapping[str, object], name: str, table: str) -> frozenset[str]:
        value = stated.get(name, [])
        words = value if isinstance(value, list) else [value]
        found, unknown = rules_called(map(str, words))
        for word in unknown:
            self._wrong(
                f"'{name}' has {Faults.quote(word)}, which is not a rule",
                "Write a code such as AG404",
                f"{table}.{name}",
            )
        return found

    def _severities(self, stated: object, table: str) -> dict[str, Severity]:
        severities: dict[str, Severity] = {}
        for word, value in sorted(self._table(stated, table).items(), key=lambda item: len(item[0])):
            names, unknown = rules_called([word])
            severity = next((one for one in SEVERITIES if one == value), None)
            if unknown:
                remedy = "Write a code such as AG404"
                self._wrong(f"{Faults.quote(word)} is not a rule", remedy, f"{table}.{word}")
            elif severity is None:
                fact = f"the severity of {Faults.quote(word)} is {Faults.quote(value)}"
                self._wrong(fact, f"Write one of {', '.join(SEVERITIES)}", f"{table}.{word}")
            else:
                severities |= dict.fromkeys(names, severity)
        return severities

    def _fields(self, stated: object, table: str) -> Iterator[tuple[str, FieldRule]]:
        for name, inner in self._table(stated, table).items():
            inner_table = f"{table}.{name}"
            said = self._table(inner, inner_table)
            for key in sorted(set(said) - _OF_FIELD):
                self._wrong(
                    f"{Faults.quote(key)} is not a setting of a field",
                    f"Use {_listed(_OF_FIELD)}",
                    f"{inner_table}.{key}",
                )
            required, kind = said.get("required", False), said.get("type", "")
            if not isinstance(required, bool):
                self._wrong(f"'required' is {Faults.quote(required)}", "Write true or false", f"{inner_table}.required")
            if kind not in ("", *VALUE_TYPES):
                remedy = f"Write one of {', '.join(VALUE_TYPES)}"
                self._wrong(f"'type' is {Faults.quote(kind)}", remedy, f"{inner_table}.type")
                kind = ""
            allowed = said.get("allowed", [])
            if not isinstance(allowed, list):
                self._wrong(f"'allowed' is {Faults.quote(allowed)}", "Write a list of values", f"{inner_table}.allowed")
                allowed = []
            pattern = self._pattern(said.get("pattern"), inner_table)
            values = tuple(str(value).lower() if isinstance(value, bool) else str(value) for value in allowed)
            yield name.lower(), FieldRule(name, required is True, str(kind), values, pattern)

    def _pattern(self, stated: object, table: str) -> re.Pattern[str] | None:
        if stated is None:
            return None
        try:
            return re.compile(stated if isinstance(stated, str) else "(")
        except (re.error, RecursionError, OverflowError):
            self._wrong(f"'pattern' is {Faults.quote(stated)}", "Write a regular expression", f"{table}.pattern")
            return None


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
