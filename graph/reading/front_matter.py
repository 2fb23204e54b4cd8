"""Front matter, read by python-frontmatter with a handler that adds guards and line numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import frontmatter
import msgspec
from frontmatter.default_handlers import BaseHandler

from graph.displays import counted
from graph.reading.faults import LONGEST_REASON, Faults
from graph.reading.fences import Fence, find_fence, first_sign, is_key_line
from graph.reading.fields import by_name
from graph.reading.headers import Header, find_header
from graph.reading.joplin import Item, item_of
from graph.reading.script_text import script_fields
from graph.reading.toml_text import load_toml, refuse_deep
from graph.reading.yaml_memory import YamlMemory
from graph.reading.yaml_parts import load_parts
from graph.reading.yaml_text import Loaded, YamlError, load_yaml

_BLANK_LINES = re.compile(r"(?:[ \t]*\n)*+")
_PLACEHOLDER = re.compile(r"^[ \t]*[\w\"'-]{1,40}:[ \t]*[\"']?(?:\{\{[^{}\n]{0,200}\}\}|\{%|<%)", re.MULTILINE)
"""A placeholder field of a document template."""


class FrontMatter(msgspec.Struct, frozen=True):
    """A file, split into its parts."""

    fields: Mapping[str, object] | None
    """Front matter by field name; `None` if the file has none."""
    text: str
    """What follows the front matter, from its first line that is not blank, or the whole file."""
    line: int
    """The line on which `text` begins, from 1."""


def split_front_matter(text: str, faults: Faults, memory: YamlMemory) -> FrontMatter | None:
    """Split a file's text; `None` if its front matter cannot be read, which is then among the faults."""
    item = item_of(text)
    return _split(text, faults, memory) if item is None else _of_item(item, faults)


def _of_item(item: Item, faults: Faults) -> FrontMatter | None:
    fields = item.fields
    if fields is None:
        faults.pass_over("Joplin item that is not a note")
        return None
    return FrontMatter(fields, item.text, item.line)


def _split(text: str, faults: Faults, memory: YamlMemory) -> FrontMatter | None:
    begin = first_sign(text)
    if header := find_header(text, begin):
        _report(_lines_of(header, text.count("\n", 0, begin)), faults)
        return _taken(header.fields, text, header.end)
    if (fence := find_fence(text, begin)) is None:
        return FrontMatter(None, text, 1)
    first_line = text.count("\n", 0, fence.begin) + 1
    if fence.end == -1:
        return _unclosed(text, fence, first_line, faults)
    if fence.language not in _LOADERS:
        if fields := script_fields(text[fence.start : fence.end]):
            return _taken(by_name(fields), text, fence.after)
        fact = "the front matter is a program, which is not run"
        faults.add("unknown-front-matter", fact, "Write it as YAML between lines of '---'", line=first_line)
        return _taken(MappingProxyType({}), text, fence.after)
    handler = _GuardedHandler(fence, first_line, memory)
    try:
        fields, _ = frontmatter.parse(text[fence.begin : fence.after], handler=handler)
    except YamlError as error:
        return _broken(error, text, fence, first_line, faults)
    return _taken(fields, text, fence.after) if _is_mapping(handler.loaded, faults) else None


def _broken(error: YamlError, text: str, fence: Fence, first_line: int, faults: Faults) -> FrontMatter | None:
    """Handle front matter that is not valid YAML, TOML or JSON: fields that can be read are kept."""
    is_yaml = error.kind == "invalid-yaml"
    if is_yaml and _PLACEHOLDER.search(text, fence.start, fence.end):
        faults.pass_over("template")
        return None
    parts = load_parts(text[fence.start : fence.end], first_line) if is_yaml else None
    kept = "the file was left out" if parts is None else "the fields that can be read were kept"
    faults.add(error.kind, error.fact, f"Correct the front matter; {kept}", line=error.line)
    if parts is None or not isinstance(parts.value, dict):
        return None
    _report(parts, faults)
    return _taken(by_name(parts.value), text, fence.after)


def _taken(fields: Mapping[str, object], text: str, after: int) -> FrontMatter:
    found = _BLANK_LINES.match(text, after)
    start = found.end() if found else after
    return FrontMatter(fields, text[start:].rstrip(), text.count("\n", 0, start) + 1)


class _GuardedHandler(BaseHandler):
    """Splits at fences found before, and loads with guards."""

    loaded: Loaded
    """What was loaded, with its line numbers."""

    def __init__(self, fence: Fence, first_line: int, memory: YamlMemory) -> None:
        super().__init__(re.compile(re.escape(fence.mark)))
        self._fence, self._first_line, self._memory = fence, first_line, memory

    def split(self, text: str) -> tuple[str, str]:
        return text[self._fence.start - self._fence.begin : self._fence.end - self._fence.begin], ""

    def load(self, fm: str) -> dict[str, object]:
        self.loaded = _LOADERS[self._fence.language](fm, self._first_line, self._memory)
        return by_name(self.loaded.value) if isinstance(self.loaded.value, dict) else {}


def _load_json(text: str, first_line: int, _memory: YamlMemory) -> Loaded:
    """Load a JSON object, with or without its braces."""
    refuse_deep(text, first_line)
    try:
        value = json.loads(text if text.lstrip().startswith("{") else "{" + text + "}")
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1) - 1 + first_line
        raise YamlError("invalid-json", f"the JSON cannot be read: {str(error)[:LONGEST_REASON]}", line) from error
    return _without_yaml(value, text, first_line)


_LOADERS: Mapping[str, Callable[[str, int, YamlMemory], Loaded]] = {
    "yaml": lambda text, first_line, memory: memory.load(text, first_line),
    "toml": lambda text, first_line, _memory: _without_yaml(load_toml(text, first_line), text, first_line),
    "json": _load_json,
}


def load_record_file(text: str, faults: Faults) -> tuple[bool, Sequence[tuple[int, Mapping[str, object]]]]:
    """Return the mappings of a YAML file, one or a list of them, each with its line; and whether they are a list."""
    try:
        loaded = load_yaml(text)
    except YamlError as error:
        faults.add(error.kind, error.fact, "Correct the file; it was left out", line=error.line)
        return False, []
    if isinstance(loaded.value, list):
        _report(loaded, faults)
        records: list[tuple[int, Mapping[str, object]]] = []
        for position, (item, line) in enumerate(zip(loaded.value, loaded.item_lines[""], strict=True), 1):
            if isinstance(item, dict):
                records.append((line, by_name(item)))
            else:
                fact = f"item {position} is not a mapping of fields: {faults.quote(item)}"
                faults.add("not-a-mapping", fact, "Write 'name: value' lines; the item was left out", line=line)
        return True, records
    fields = by_name(loaded.value) if _is_mapping(loaded, faults) and isinstance(loaded.value, dict) else {}
    return False, [(1, fields)] if fields else []


def _is_mapping(loaded: Loaded, faults: Faults) -> bool:
    """Report the faults of loaded YAML, and tell whether it is a mapping or empty."""
    _report(loaded, faults)
    if loaded.value is None or isinstance(loaded.value, dict):
        return True
    fact = f"the front matter is not a mapping of fields: {faults.quote(loaded.value)}"
    faults.add("not-a-mapping", fact, "Write 'name: value' lines; the file was left out", line=1)
    return False


def _report(loaded: Loaded, faults: Faults) -> None:
    faults.locate(loaded.key_lines, loaded.item_lines)
    for key, line in loaded.duplicates:
        faults.add("duplicate-key", f"{faults.quote(key)} occurs twice; the later one counts", "Keep one", line=line)
    if loaded.control_characters:
        count = loaded.control_characters
        some = counted(count, "control character was", "control characters were")
        faults.add("control-characters", f"{some} replaced by a space", "Remove invisible characters", line=1)


def _unclosed(text: str, fence: Fence, line: int, faults: Faults) -> FrontMatter | None:
    """Handle front matter that never closes: a fault, unless the text just begins with a ruled line."""
    if fence.language == "yaml" and not is_key_line(text, fence.start + 1):
        return FrontMatter(None, text, 1)
    fact = "the front matter that opens here never closes"
    remedy = f"Close it with a line of '{fence.mark}'; the file was left out"
    faults.add("unclosed-front-matter", fact, remedy, line=line)
    return None


def _lines_of(header: Header, before: int) -> Loaded:
    """Return a header in the form that loaders give; `before` lines are above it."""
    key_lines = {name: line + before for name, line in header.lines.items()}
    return Loaded(header.fields, key_lines, {}, [(name, line + before) for name, line in header.repeated], 0)


def _without_yaml(value: object, text: str, first_line: int) -> Loaded:
    """Find the lines of top-level keys in TOML or JSON, whose loaders do not give them."""
    key_lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), first_line):
        if found := re.match(r"\s*\"?([\w-]+)\"?\s*[:=]", line):
            key_lines.setdefault(found[1], number)
    return Loaded(value, key_lines, {}, (), 0)
