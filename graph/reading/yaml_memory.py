"""Front matter repeats itself; what was read once is remembered, and means exactly what PyYAML's safe C loader says.

Sites write the same stub of an article, the same provider and the same list of topics into thousands of files. A top-level
mapping is cut into its entries, and a list into its items, at places where each means the same alone as in company; each
distinct text is then loaded once. Whatever could make a difference (aliases across entries, repeated keys, tabs, flow
style around everything, any error at all) sends the whole text to the plain loader instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from graph.reading.yaml_text import Loaded, YamlError, load_yaml

__all__ = ["YamlMemory"]

_MOST_CHARACTERS = 48_000_000
_LONGEST_REMEMBERED = 16_000
_SHORTEST_LIST = 400

_UNUSUAL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_ENTRY = re.compile(r"\n(?=[^\s-])")
_KEY = re.compile(r"([A-Za-z_][\w-]*):(?=[ \n]|$)")
_PLAIN_VALUE = re.compile(
    r"""[A-Za-z_][\w-]*:(?:[ ]+(?:"([^"\\\n]*)"|'([^'\n]*)'|((?:[A-Za-z0-9_./+=%-]|:(?=[^ \n]))(?:[\w./+=%-]|:(?=[^ \n])|[ ](?=[\w./+]))*))?)?\n*""",
    re.ASCII,
)
_LIST = re.compile(r"[A-Za-z_][\w-]*:[ ]*\n+( *)- ")
_SAFE = yaml.SafeLoader("")


@dataclass(frozen=True, slots=True)
class _Part:
    """What one entry or item means by itself; lines count from its own first line as 0."""

    value: object
    item_lines: tuple[int, ...]
    duplicates: tuple[tuple[str, int], ...]


class _NotAlone(Exception):
    """A text does not mean the same alone as in company, or might not."""


class YamlMemory:
    """Loads YAML texts that resemble one another.

    Values loaded may be shared between texts: treat them as read-only. What is remembered is bounded; when it is full it
    is forgotten, and only time is lost.
    """

    def __init__(self) -> None:
        """Begin without memories."""
        self._parts: dict[str, _Part] = {}
        self._remembered = 0
        self._text_keys: dict[str, bool] = {}

    def load(self, text: str, first_line: int = 1) -> Loaded:
        """Load one YAML document, as `load_yaml` does.

        Raises:
            YamlError: As `load_yaml` does.
        """
        try:
            return self._by_entries(text, first_line)
        except (_NotAlone, YamlError):
            return load_yaml(text, first_line)

    def _by_entries(self, text: str, first_line: int) -> Loaded:
        if _UNUSUAL.search(text):
            raise _NotAlone
        value: dict[str, object] = {}
        key_lines: dict[str, int] = {}
        item_lines: dict[str, list[int]] = {}
        duplicates: list[tuple[str, int]] = []
        line = first_line
        entries = _ENTRY.split(text)
        if not entries[0].strip("\n"):
            line += len(entries.pop(0)) + 1
        last = len(entries) - 1
        for position, entry in enumerate(entries):
            found = _KEY.match(entry)
            if found is None:
                if entry[:1] != "#" or "\n" in entry.rstrip("\n"):
                    raise _NotAlone
            else:
                key = found[1]
                if key in value or not self._is_text(key):
                    raise _NotAlone
                key_lines[key] = line
                value[key] = self._entry(entry if position == last else entry + "\n", key, line, item_lines, duplicates)
            line += entry.count("\n") + 1
        if not value:
            raise _NotAlone
        return Loaded(value, key_lines, item_lines, duplicates, 0)

    def _entry(
        self, entry: str, key: str, line: int, item_lines: dict[str, list[int]], duplicates: list[tuple[str, int]]
    ) -> object:
        plain = _PLAIN_VALUE.fullmatch(entry)
        if plain is not None:
            if plain[3] is not None:
                return self._scalar(plain[3])
            return plain[1] if plain[1] is not None else plain[2]
        listed = _LIST.match(entry) if len(entry) > _SHORTEST_LIST else None
        if listed is not None:
            try:
                return self._list(entry, listed, key, line, item_lines, duplicates)
            except (_NotAlone, YamlError):
                pass
        part = self._part(entry, key)
        if part.item_lines:
            item_lines[key] = [line + offset for offset in part.item_lines]
        if part.duplicates:
            duplicates.extend((name, line + offset) for name, offset in part.duplicates)
        return part.value

    def _list(  # noqa: PLR0913 - what an entry needs, and where its list begins
        self,
        entry: str,
        listed: re.Match[str],
        key: str,
        line: int,
        item_lines: dict[str, list[int]],
        duplicates: list[tuple[str, int]],
    ) -> list[object]:
        indent = listed[1]
        start = listed.end() - len(indent) - 2
        line += entry.count("\n", 0, start)
        shallow = re.compile(rf"\n {{0,{len(indent)}}}[^ \n]")
        values: list[object] = []
        lines: list[int] = []
        items = entry[start:].split(f"\n{indent}- ")
        last = len(items) - 1
        for position, rest in enumerate(items):
            text = (rest if position == 0 else f"{indent}- {rest}") + ("" if position == last else "\n")
            part = self._parts.get(text)
            if part is None:
                if shallow.search(rest):
                    raise _NotAlone
                part = self._part(text, None)
            values.append(part.value)
            lines.append(line)
            if part.duplicates:
                duplicates.extend((name, line + offset) for name, offset in part.duplicates)
            line += text.count("\n")
        item_lines[key] = lines
        return values

    def _part(self, text: str, key: str | None) -> _Part:
        """Load one entry, or where `key` is `None` one item of a list, and remember it."""
        part = self._parts.get(text)
        if part is not None:
            return part
        loaded = load_yaml(text, 0)
        if key is None:
            if not isinstance(loaded.value, list) or len(loaded.value) != 1:
                raise _NotAlone
            part = _Part(loaded.value[0], (), tuple(loaded.duplicates))
        else:
            if not isinstance(loaded.value, dict) or list(loaded.value) != [key]:
                raise _NotAlone
            part = _Part(loaded.value[key], tuple(loaded.item_lines.get(key, ())), tuple(loaded.duplicates))
        if len(text) <= _LONGEST_REMEMBERED:
            self._remembered += len(text)
            if self._remembered > _MOST_CHARACTERS:
                self._parts.clear()
                self._remembered = len(text)
            self._parts[text] = part
        return part

    def _scalar(self, text: str) -> object:
        """Return what an unquoted scalar on one line means, by PyYAML's own resolver and constructors."""
        tag = _SAFE.resolve(yaml.ScalarNode, text, (True, False))
        if tag == "tag:yaml.org,2002:str":
            return text
        try:
            return _SAFE.yaml_constructors[tag](_SAFE, yaml.ScalarNode(tag, text))
        except (ValueError, OverflowError, KeyError, yaml.YAMLError):
            raise _NotAlone from None

    def _is_text(self, key: str) -> bool:
        known = self._text_keys.get(key)
        if known is None:
            known = _SAFE.resolve(yaml.ScalarNode, key, (True, False)) == "tag:yaml.org,2002:str"
            if len(self._text_keys) < _LONGEST_REMEMBERED:
                self._text_keys[key] = known
        return known
