"""Where the tables and keys of a TOML file are, so that a fault in it has a line."""

from __future__ import annotations

from graph.expressions import expression
from graph.reading.faults import Faults

_NAME = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_PATH = rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*"
_HEADER = expression(rf"[ \t]*\[\[?[ \t]*({_PATH})[ \t]*\]")
_KEY = expression(rf"[ \t]*({_PATH})[ \t]*=")
_PARTS = expression(_NAME)
_QUOTES = ('"""', "'''")


def toml_lines(text: str) -> dict[str, int]:
    """Return the line, from 1, of each table and key outside of braces by its whole name: `check.fields.title`."""
    lines: dict[str, int] = {}
    table, quote = "", None
    for number, line in enumerate(text.splitlines(), 1):
        if quote is None and (found := _HEADER.match(line)):
            table = _joined(found[1])
            lines.setdefault(table, number)
        elif quote is None and (found := _KEY.match(line)):
            name = _joined(found[1])
            lines.setdefault(f"{table}.{name}" if table else name, number)
        if quote is not None:
            quote = None if quote in line else quote
        else:
            quote = next((one for one in _QUOTES if line.count(one) % 2), None)
    return lines


def nearest_line(faults: Faults, name: str) -> int:
    """Return the line of a table or key, or else of the innermost table around it whose line is known, or 0."""
    while name and not faults.line_of((name,)):
        name = name.rpartition(".")[0]
    return faults.line_of((name,))


def _joined(path: str) -> str:
    return ".".join(part.strip("\"'") for part in _PARTS.findall(path))
