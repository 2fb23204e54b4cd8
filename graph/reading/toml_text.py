"""TOML text becomes plain values, by the standard library's parser behind a guard on nesting.

The parser builds tables by recursion, and takes time and memory that grow with the square of the number of parts of a
dotted key.
"""

from __future__ import annotations

import re
import tomllib

from graph.reading.faults import LONGEST_REASON
from graph.reading.yaml_text import YamlError

_DEEPEST = 60
_BRACKET = re.compile(r"[\[\]{}]")
_PART = r"""[ \t]*+(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+"""
_MANY_PARTS = re.compile(rf"(?:^|[{{,\[]){_PART}(?:\.{_PART}){{{_DEEPEST}}}", re.MULTILINE)


def load_toml(text: str, first_line: int = 1) -> dict[str, object]:
    """Load a TOML document whose first line is line `first_line` of its file.

    Raises:
        YamlError: The text is not TOML, or nests deeper than any article does.
    """
    refuse_deep(text, first_line)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) - 1 + first_line if found else first_line
        raise YamlError("invalid-toml", f"the TOML cannot be read: {str(error)[:LONGEST_REASON]}", line) from error


def refuse_deep(text: str, first_line: int) -> None:
    """Refuse TOML or JSON with more than 60 open brackets, or keys of more than 60 parts.

    Raises:
        YamlError: It nests too deeply.
    """
    depth = 0
    is_deep = _MANY_PARTS.search(text) is not None
    for found in _BRACKET.finditer(text):
        depth += 1 if found.group() in "[{" else -1
        is_deep = is_deep or depth > _DEEPEST
    if is_deep:
        raise YamlError("too-deep", f"values are nested deeper than {_DEEPEST} levels", first_line)
