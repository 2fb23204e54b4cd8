"""The opening lines of a file that say what it is: python-frontmatter's handlers, with our guards and line numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import frontmatter
from frontmatter.default_handlers import BaseHandler

from graph.reading.faults import Faults
from graph.reading.fields import by_name
from graph.reading.toml_text import load_toml
from graph.reading.yaml_memory import YamlMemory
from graph.reading.yaml_text import Loaded, YamlError, load_yaml

__all__ = ["FrontMatter", "load_record_file", "split_front_matter"]

_BLANK_LINES = re.compile(r"\s*?(?=\S)")
_KEY_LINE = re.compile(r"[\w\"'][^\n:]{0,80}:(?:\s|$)")
_DEEP_JSON = 60


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A file taken apart."""

    fields: Mapping[str, object] | None
    """Front matter by field name; `None` where the file has none."""
    text: str
    """What follows the front matter, or the whole file."""
    line: int
    """The line on which `text` begins, from 1."""


class _Handler(BaseHandler):
    """Finds where front matter ends, and loads it with the lines its fields stand on."""

    FM_BOUNDARY: re.Pattern[str]

    def find_end(self, text: str, start: int) -> re.Match[str] | None:
        return self.FM_BOUNDARY.search(text, start)

    def load_lines(self, fm: str, first_line: int, memory: YamlMemory) -> Loaded:
        raise NotImplementedError


class _YamlHandler(_Handler):
    """YAML between lines of `---`."""

    FM_BOUNDARY = re.compile(r"^-{3,}[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "---"

    def find_end(self, text: str, start: int) -> re.Match[str] | None:
        while (start := text.find("\n---", start)) != -1:
            start += 1
            if found := self.FM_BOUNDARY.match(text, start):
                return found
        return None

    def load_lines(self, fm: str, first_line: int, memory: YamlMemory) -> Loaded:
        return memory.load(fm, first_line)


class _TomlHandler(_Handler):
    """TOML between lines of `+++`."""

    FM_BOUNDARY = re.compile(r"^\+{3,}[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"

    def load_lines(self, fm: str, first_line: int, _memory: YamlMemory) -> Loaded:
        return _without_yaml(load_toml(fm, first_line), fm, first_line)


class _JsonHandler(_Handler):
    """A JSON object whose braces stand on lines of their own."""

    FM_BOUNDARY = re.compile(r"^(?:{|})[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = ""

    def load_lines(self, fm: str, first_line: int, _memory: YamlMemory) -> Loaded:
        if _nests_deeply(fm):
            raise YamlError("too-deep", f"values are nested deeper than {_DEEP_JSON} levels", first_line)
        try:
            value = json.loads("{" + fm + "}")
        except (ValueError, RecursionError) as error:
            line = getattr(error, "lineno", 1) - 1 + first_line
            raise YamlError("invalid-json", f"the JSON cannot be read: {str(error)[:200]}", line) from error
        return _without_yaml(value, fm, first_line)


_HANDLERS: tuple[type[_Handler], ...] = (_YamlHandler, _TomlHandler, _JsonHandler)


def split_front_matter(text: str, faults: Faults, memory: YamlMemory) -> FrontMatter | None:
    """Take a file's text apart; `None` where its front matter cannot be read, which is then among the faults."""
    start = _BLANK_LINES.match(text)
    begin = start.end() if start else 0
    handler = next((kind() for kind in _HANDLERS if kind.FM_BOUNDARY.match(text, begin)), None)
    if handler is None:
        return FrontMatter(None, text, 1)
    end = handler.find_end(text, begin + 1)
    if end is None:
        return _unclosed(text, begin, handler, faults)
    first_line = text.count("\n", 0, begin) + 1
    opened = _Opened(handler, (end.start() - begin, end.end() - begin), first_line, memory)
    try:
        parsed, _ = frontmatter.parse(text, handler=opened)
    except YamlError as error:
        faults.add(error.kind, error.fact, "Correct the front matter; the file was left out", line=error.line)
        return None
    fields = _fields_of(parsed["loaded"], faults)
    if fields is None:
        return None
    body = text[end.end() :].removeprefix("\n")
    return FrontMatter(fields, body, text.count("\n", 0, end.end()) + 2)


def load_record_file(text: str, faults: Faults) -> Sequence[tuple[int, Mapping[str, object]]] | None:
    """Return the records of a whole-file YAML document, one mapping or a list of them, each with its line."""
    try:
        loaded = load_yaml(text)
    except YamlError as error:
        faults.add(error.kind, error.fact, "Correct the file; it was left out", line=error.line)
        return None
    if isinstance(loaded.value, list):
        _report(loaded, faults)
        records: list[tuple[int, Mapping[str, object]]] = []
        for position, (item, line) in enumerate(zip(loaded.value, loaded.item_lines[""], strict=True), 1):
            if isinstance(item, dict):
                records.append((line, by_name(item)))
            else:
                fact = f"item {position} is no mapping of fields: {faults.quote(item)}"
                faults.add("not-a-mapping", fact, "Write 'name: value' lines; the item was left out", line=line)
        return records
    fields = _fields_of(loaded, faults)
    return [(1, fields)] if fields else []


class _Opened(BaseHandler):
    """Hands python-frontmatter the loaded value whole, with its line numbers."""

    def __init__(self, handler: _Handler, end: tuple[int, int], first_line: int, memory: YamlMemory) -> None:
        super().__init__(handler.FM_BOUNDARY, handler.START_DELIMITER, handler.END_DELIMITER)
        self._handler, self._end, self._first_line, self._memory = handler, end, first_line, memory

    def split(self, text: str) -> tuple[str, str]:
        return text[text.find("\n") : self._end[0]], text[self._end[1] :]

    def load(self, fm: str) -> dict[str, object]:
        return {"loaded": self._handler.load_lines(fm, self._first_line, self._memory)}


def _fields_of(loaded: object, faults: Faults) -> Mapping[str, object] | None:
    if not isinstance(loaded, Loaded):
        raise TypeError
    _report(loaded, faults)
    if loaded.value is None:
        return MappingProxyType({})
    if not isinstance(loaded.value, dict):
        fact = f"the front matter is no mapping of fields: {faults.quote(loaded.value)}"
        faults.add("not-a-mapping", fact, "Write 'name: value' lines; the file was left out", line=1)
        return None
    return by_name(loaded.value)


def _report(loaded: Loaded, faults: Faults) -> None:
    faults.locate(loaded.key_lines, loaded.item_lines)
    for key, line in loaded.duplicates:
        faults.add("duplicate-key", f"{faults.quote(key)} stands twice; the later one counts", "Keep one", line=line)
    if loaded.control_characters:
        count = loaded.control_characters
        some = "1 control character was" if count == 1 else f"{count:,} control characters were"
        faults.add("control-characters", f"{some} replaced by a space", "Remove what cannot be seen", line=1)


def _unclosed(text: str, begin: int, handler: _Handler, faults: Faults) -> FrontMatter | None:
    """Tell front matter that never closes from a text that begins with a ruled line."""
    following = text[begin:].split("\n", 2)[1:2]
    if isinstance(handler, _YamlHandler) and not (following and _KEY_LINE.match(following[0])):
        return FrontMatter(None, text, 1)
    mark = handler.END_DELIMITER or "}"
    line = text.count("\n", 0, begin) + 1
    fact = "the front matter that opens here never closes"
    faults.add("unclosed-front-matter", fact, f"Close it with a line of '{mark}'; the file was left out", line=line)
    return None


def _without_yaml(value: object, text: str, first_line: int) -> Loaded:
    """Find the lines of top-level keys in TOML or JSON text, whose loaders do not tell."""
    key_lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), first_line):
        found = re.match(r"\s*\"?([\w-]+)\"?\s*[:=]", line)
        if found:
            key_lines.setdefault(found[1], number)
    return Loaded(value, key_lines, {}, (), 0)


def _nests_deeply(text: str) -> bool:
    depth = 0
    for found in re.finditer(r"[\[\]{}]", text):
        depth += 1 if found.group() in "[{" else -1
        if depth > _DEEP_JSON:
            return True
    return False
