"""The literals of a configuration written in JavaScript or TypeScript: texts, truth values, objects and lists.

Nothing is run. What a program would have to compute is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.expressions import expression

_DEEPEST = 60
_MOST_TOKENS = 200_000
_TOKEN = expression(
    r"""//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?"""
    r"""|(?P<text>"(?:[^"\\\n]|\\.)*+"?|'(?:[^'\\\n]|\\.)*+'?|`(?:[^`\\]|\\.)*+`?)"""
    r"""|(?P<word>[A-Za-z_$][\w$]*+)|(?P<sign>[{}\[\],:=;])""",
    re.DOTALL,
)
_ESCAPED = expression(r"\\(.)", re.DOTALL)

Literals = dict[str, object]
"""An object, or a list whose items stand under `"0"`, `"1"`, ...; objects without a key stand under `"#0"`, ..."""


class _Open:
    """An open object or list, and the key whose value comes next."""

    def __init__(self, values: Literals, *, is_list: bool) -> None:
        self.values, self.is_list, self.key, self.place = values, is_list, "", 0

    def put(self, value: object) -> None:
        """Put a value where one is awaited; an object in any case."""
        name = str(self.place) if self.is_list else self.key
        if name or isinstance(value, dict):
            self.values.setdefault(name or f"#{len(self.values)}", value)
        self.key = ""


def load_literals(text: str) -> Literals:
    """Return what a script's objects say.

    Costs one pass over the text. A name that stands for a text (`const url = "https://a.example"`) is replaced by it.
    """
    whole: Literals = {}
    constants: dict[str, str] = {}
    opened = [_Open(whole, is_list=False)]
    before = ""
    for count, found in enumerate(_TOKEN.finditer(text)):
        if count > _MOST_TOKENS:
            break
        kind, written, here = found.lastgroup, found.group(), opened[-1]
        if kind == "sign":
            _follow(written, before, opened)
        elif kind == "text":
            value = _ESCAPED.sub(r"\1", written[1:-1])
            if "${" in value:
                here.key = ""
            else:
                constants.setdefault(here.key, value)
                here.put(value)
        elif kind == "word" and written in {"true", "false"}:
            here.put(written == "true")
        elif kind == "word" and here.key and written in constants:
            here.put(constants[written])
        before = written if kind else before
    return whole


def _follow(sign: str, before: str, opened: list[_Open]) -> None:
    """Handle a sign: it opens or closes, separates, or gives the word before it a value."""
    here = opened[-1]
    if sign in "{[":
        inner = _Open({}, is_list=sign == "[")
        if len(opened) < _DEEPEST:
            here.put(inner.values)
        opened.append(inner)
    elif sign in "}]":
        if len(opened) > 1:
            opened.pop()
    elif sign in ",;":
        here.key = ""
        here.place += 1
    elif not here.is_list:
        here.key = before[1:-1] if before[:1] in {'"', "'"} else before


def walk(literals: Literals) -> Iterator[tuple[str, Literals]]:
    """Yield every object and list with the key it stands under, the outer ones first."""
    waiting: list[tuple[str, Literals]] = [("", literals)]
    while waiting:
        key, values = waiting.pop()
        yield key, values
        below = [(name, value) for name, value in values.items() if isinstance(value, dict)]
        waiting.extend(reversed(below))


def script_fields(text: str) -> dict[str, object]:
    """Return the literals that a script states as fields: in one object, or each under a name of its own."""
    whole = load_literals(text)
    named = {name: _plain(value) for name, value in whole.items() if not name.startswith("#")}
    first = named.get("exports", next((_plain(value) for value in whole.values()), None))
    return first if isinstance(first, dict) and named.keys() <= {"exports"} else named


def _plain(value: object) -> object:
    """Return an object or list of literals as such."""
    if not isinstance(value, dict):
        return value
    is_list = bool(value) and all(name.isdecimal() for name in value)
    return (
        [_plain(item) for item in value.values()] if is_list else {name: _plain(item) for name, item in value.items()}
    )
