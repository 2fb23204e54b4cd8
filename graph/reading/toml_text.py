"""TOML text becomes plain values, by the standard library's parser behind a guard on nesting.

The parser builds tables by recursion, and takes time and memory that grow with the square of the number of parts of a
dotted key.
"""

from __future__ import annotations

import re
import tomllib

from graph.reading.yaml_text import YamlError

__all__ = ["load_toml"]

_DEEPEST = 60
_BRACKET = re.compile(r"[\[\]{}]")
_PART = r"""[ \t]*+(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+"""
_MANY_PARTS = re.compile(rf"(?:^|[{{,\[]){_PART}(?:\.{_PART}){{{_DEEPEST}}}", re.MULTILINE)


def load_toml(text: str, first_line: int = 1) -> dict[str, object]:
    """Load a TOML document whose first line is line `first_line` of its file.

    Raises:
        YamlError: The text is not TOML, or nests deeper than any article does.
    """
    if _nests_deeply(text):
        raise YamlError("too-deep", f"values are nested deeper than {_DEEPEST} levels", first_line)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) - 1 + first_line if found else first_line
        raise YamlError("invalid-toml", f"the TOML cannot be read: {str(error)[:200]}", line) from error


def _nests_deeply(text: str) -> bool:
    if _MANY_PARTS.search(text):
        return True
    depth = 0
    for found in _BRACKET.finditer(text):
        depth += 1 if found.group() in "[{" else -1
        if depth > _DEEPEST:
            return True
    return False
