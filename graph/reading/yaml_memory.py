"""Loads YAML that repeats itself: what was loaded once is remembered, with exactly the plain loader's result.

Sites write the same stub of an article, the same provider and the same list of topics into thousands of files. A block
mapping is cut into its entries, and a block list into its items, at places where each means the same alone as in
context; each distinct text is then loaded once. Whatever could make a difference (anchors, repeated keys, tabs,
comments between items, any error at all) sends the smallest text that holds it, or the whole, to the plain loader.

Entries and items are looked up as they are cut: without the line end after them, and items without their dash, so that
nothing is copied to find what is already known.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

import yaml

from graph.expressions import expression
from graph.reading.yaml_text import Loaded, YamlError, load_scalar, load_yaml

_MOST_CHARACTERS = 16_000_000
_LONGEST_REMEMBERED = 16_000
_MOST_SCALARS = 100_000
_LONGEST_SCALAR = 200
_SHORT = 48
_UNKNOWN = object()
_DEEPEST = 12

_ODD = r"\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff"
"""Characters that YAML forbids, or takes for line ends or tabs: no text that holds one is read in parts."""

_UNUSUAL = expression(f"[{_ODD}]")
_NAME = r"[A-Za-z_][\w-]*"
_KEY = expression(rf"({_NAME}):(?=[ \n]|$)", re.ASCII)
_SCALAR = (
    rf"""(?:"([^"\\\n{_ODD}]*)"|'([^'\n{_ODD}]*)'"""
    rf"""|((?:[^\s\-?:,\[\]{{}}#&*!|>'"%@`{_ODD}]|-(?=[\w.]))(?:[^ \n:{_ODD}]|:(?=[^ \n])|[ ](?=[^ \n#:]))*+))"""
)
_ENTRY = expression(rf"{_NAME}:(?:[ ]+{_SCALAR})?\n*", re.ASCII)
_ITEM = expression(rf"{_SCALAR}\n*", re.ASCII)
_BLOCK = expression(rf"{_NAME}:[ ]*\n+( *)(?=[^ \n])(- )?", re.ASCII)
_ENTRIES = ""
"""The place in the memory of entries; that of items is the dash before them, with its indent."""
_ANCHOR = expression(r"(?:^|[\s,:?\[{-])[&*](?=\S)")


class _YamlPart(NamedTuple):
    """The meaning of one entry or item; lines count from its own first line as 0."""

    value: object
    item_lines: tuple[int, ...] = ()
    duplicates: tuple[tuple[str, int], ...] = ()
    height: int = 0
    """Lines of its text; 0 if they were not counted."""


class _NotAloneError(Exception):
    """A text whose meaning depends, or may depend, on what surrounds it."""


class _NotInPartsError(Exception):
    """A text with an anchor or a special character, so that only the whole document can be loaded."""


class YamlMemory:
    """Loads YAML texts that resemble one another.

    Values loaded may be shared between texts: treat them as read-only. The memory is bounded; when it is full,
    everything is forgotten, which costs only time. `characters` says how much is remembered.
    """

    def __init__(self, most: int = _MOST_CHARACTERS, when_forgotten: Callable[[], object] = lambda: None) -> None:
        """Begin empty; remember at most this many characters, and call `when_forgotten` after forgetting them."""
        self.characters = 0
        self._most, self._when_forgotten = most, when_forgotten
        self._parts: defaultdict[str, dict[str, _YamlPart]] = defaultdict(dict)
        self._scalars: dict[str, object] = {}
        self._keys: set[str] = set()
        self._cuts = {0: (re.compile(r"\n(?=[^ \n-])"), re.compile(r"(?!)"))}

    def load(self, text: str, first_line: int = 1) -> Loaded:
        """Load one YAML document, as `load_yaml` does.

        Raises:
            YamlError: As `load_yaml` does.
        """
        try:
            return self._document(text, first_line)
        except (_NotAloneError, _NotInPartsError, YamlError):
            return load_yaml(text, first_line)

    def _document(self, text: str, first_line: int) -> Loaded:
        value: dict[str, object] = {}
        key_lines: dict[str, int] = {}
        item_lines: dict[str, list[int]] = {}
        duplicates: list[tuple[str, int]] = []
        if not text.endswith("\n"):
            raise _NotAloneError
        line = first_line
        entries = self._cuts[0][0].split(text)
        entries[-1] = entries[-1][:-1]
        if not entries[0].strip("\n"):
            line += len(entries.pop(0)) + 1
        for entry in entries:
            found = _KEY.match(entry)
            if found is None:
                if entry[:1] != "#" or "\n" in entry.rstrip("\n") or _UNUSUAL.search(entry):
                    raise _NotAloneError
                line += entry.count("\n") + 1
                continue
            key = found[1]
            if key in value:
                raise _NotAloneError
            key_lines[key] = line
            part = self._entry(entry, key, 0, 0)
            value[key] = part.value
            if part.item_lines:
                item_lines[key] = [line + offset for offset in part.item_lines]
            if part.duplicates:
                duplicates.extend((name, line + offset) for name, offset in part.duplicates)
            line += part.height or entry.count("\n") + 1
        if not value:
            raise _NotAloneError
        return Loaded(value, key_lines, item_lines, duplicates, 0)

    def _entry(self, entry: str, key: str, indent: int, depth: int) -> _YamlPart:
        """Load one entry of a mapping whose lines are indented by at least `indent`."""
        part = self._parts[_ENTRIES].get(entry) if len(entry) <= _LONGEST_REMEMBERED else None
        if part is not None:
            return part
        if key not in self._keys:
            if self._scalar(key) != key:
                raise _NotAloneError
            self._keys.add(key)
        if (plain := _ENTRY.fullmatch(entry, indent)) is not None:
            part = _YamlPart(self._value(plain))
            return self._remember(entry, part) if len(entry) <= _SHORT else part
        block = _BLOCK.match(entry, indent)
        if block is not None and depth < _DEEPEST:
            inner = len(block[1])
            try:
                if block[2] is not None and inner >= indent:
                    return self._remember(entry, self._list(entry, block.end() - inner - 2, inner, depth + 1))
                if inner > indent:
                    nested = self._mapping(entry, block.end() - inner, inner, depth + 1)
                    return self._remember(entry, nested)
            except (_NotAloneError, YamlError):
                pass
        return self._remember(entry, _load_entry(entry, key))

    def _mapping(self, text: str, start: int, indent: int, depth: int) -> _YamlPart:
        """Load the block mapping in `text` from `start`, whose keys are indented by `indent`."""
        cut, shallow = self._cut(indent)
        if shallow.search(text, start):
            raise _NotAloneError
        value: dict[str, object] = {}
        duplicates: list[tuple[str, int]] = []
        line = text.count("\n", 0, start)
        entries = cut.split(text[start:] if start else text)
        for entry in entries:
            found = _KEY.match(entry, indent)
            if found is None or found[1] in value:
                raise _NotAloneError
            part = self._entry(entry, found[1], indent, depth)
            value[found[1]] = part.value
            if part.duplicates:
                duplicates.extend((name, line + offset) for name, offset in part.duplicates)
            line += part.height or entry.count("\n") + 1
        return _YamlPart(value, (), tuple(duplicates), line)

    def _list(self, text: str, start: int, indent: int, depth: int) -> _YamlPart:
        """Load the block list in `text` from `start`, whose dashes are indented by `indent`."""
        dash = " " * indent + "- "
        shallow = self._cut(indent + 1)[1]
        values: list[object] = []
        lines: list[int] = []
        duplicates: list[tuple[str, int]] = []
        line = text.count("\n", 0, start)
        known = self._parts[dash]
        for item in text.split("\n" + dash)[1:]:  # nothing but the key is before the first
            part = known.get(item)
            if part is None:
                if shallow.search(item) or item.lstrip(" ")[:1] in {"", "\n", "#"}:
                    raise _NotAloneError
                part = self._item(item, dash, depth)
            values.append(part.value)
            lines.append(line)
            if part.duplicates:
                duplicates.extend((name, line + offset) for name, offset in part.duplicates)
            line += part.height
        return _YamlPart(values, tuple(lines), tuple(duplicates), line)

    def _item(self, item: str, dash: str, depth: int) -> _YamlPart:
        """Load one item of a list, whose text begins after a dash."""
        plain = _ITEM.fullmatch(item)
        if plain is not None and not _KEY.match(item) and (plain[3] is None or ": " not in plain[3]):
            return _YamlPart(self._value(plain), height=item.count("\n") + 1)
        if depth < _DEEPEST and _KEY.match(item):
            try:
                return self._remember(item, self._mapping(" " * len(dash) + item, 0, len(dash), depth + 1), dash)
            except (_NotAloneError, YamlError):
                pass
        loaded = _load_part(dash + item)
        if not isinstance(loaded.value, list) or len(loaded.value) != 1:
            raise _NotAloneError
        return self._remember(
            item, _YamlPart(loaded.value[0], (), tuple(loaded.duplicates), item.count("\n") + 1), dash
        )

    def _cut(self, indent: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """Return the pattern that separates entries at an indent, and the one that finds lines with less."""
        known = self._cuts.get(indent)
        if known is None:
            spaces = " " * indent
            known = re.compile(rf"\n(?={spaces}[^ \n-])"), re.compile(rf"\n {{0,{indent - 1}}}[^ \n]")
            if indent < _LONGEST_REMEMBERED:
                self._cuts[indent] = known
        return known

    def _remember(self, text: str, part: _YamlPart, place: str = _ENTRIES) -> _YamlPart:
        if len(text) <= _LONGEST_REMEMBERED:
            self.characters += len(text)
            if self.characters > self._most:
                self._parts.clear()
                self._when_forgotten()
                self.characters = len(text)
            self._parts[place][text] = part
        return part

    def _value(self, found: re.Match[str]) -> object:
        """Return the value of a scalar on one line; `None` if it is empty."""
        double, single, plain = found.groups()
        if plain is not None:
            return self._scalar(plain)
        return double if double is not None else single

    def _scalar(self, text: str) -> object:
        """Return the value of an unquoted scalar, as the plain loader reads it."""
        known = self._scalars.get(text, _UNKNOWN)
        if known is _UNKNOWN:
            try:
                known = load_scalar(text)
            except (ValueError, OverflowError, LookupError, AttributeError, yaml.YAMLError):
                raise _NotAloneError from None
            if len(self._scalars) >= _MOST_SCALARS:
                self._scalars.clear()
                self._keys.clear()
            if len(text) <= _LONGEST_SCALAR:
                self._scalars[text] = known
        return known


def _load_entry(entry: str, key: str) -> _YamlPart:
    loaded = _load_part(entry)
    if not isinstance(loaded.value, dict) or list(loaded.value) != [key]:
        raise _NotAloneError
    return _YamlPart(loaded.value[key], tuple(loaded.item_lines.get(key, ())), tuple(loaded.duplicates))


def _load_part(text: str) -> Loaded:
    if _ANCHOR.search(text) or _UNUSUAL.search(text):
        raise _NotInPartsError
    return load_yaml(text + "\n", 0)
