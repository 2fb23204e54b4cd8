"""Reads what is still readable in broken YAML: each top-level entry alone."""

from __future__ import annotations

from collections.abc import Sequence

from graph.expressions import expression
from graph.reading.yaml_text import Loaded, YamlError, load_yaml

_LONGEST = 100_000
"""Characters; longer broken texts are left out."""
_MOST_ENTRIES = 1_000
_KEY = r"[^\W\d][\w .-]{0,60}"
_CUT = expression(rf"\n(?={_KEY}:(?:\s|$))")
_ONE_LINE = expression(rf"({_KEY}):[ \t]+([^\s\[{{}}\]&*!|>'\"#][^\n]*)\n*")
"""An entry whose value is text on its line, and neither quoted nor a list or mapping."""


def load_parts(text: str, first_line: int) -> Loaded | None:
    """Return what the readable entries of a broken mapping say; `None` where there are none. Linear in the text.

    A value on one line, such as `title: One: two` or `author: @name`, is the text that it is written as. All other
    entries that are not valid YAML are left out.
    """
    entries = _CUT.split(text) if len(text) <= _LONGEST else []
    if len(entries) > _MOST_ENTRIES:
        return None
    value: dict[object, object] = {}
    key_lines: dict[str, int] = {}
    item_lines: dict[str, Sequence[int]] = {}
    duplicates: list[tuple[str, int]] = []
    line, control_characters = first_line, 0
    for entry in entries:
        try:
            loaded = load_yaml(entry + "\n", line)
        except YamlError:
            if found := _ONE_LINE.fullmatch(entry):
                value[found[1]] = found[2].rstrip()
                key_lines[found[1]] = line
        else:
            if isinstance(loaded.value, dict):
                value |= loaded.value
                key_lines |= loaded.key_lines
                item_lines.update(loaded.item_lines)
                duplicates += loaded.duplicates
                control_characters += loaded.control_characters
        line += entry.count("\n") + 1
    return Loaded(value, key_lines, item_lines, duplicates, control_characters) if value else None
