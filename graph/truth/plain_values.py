"""Merges the plain fields, which statements and records share."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields
from itertools import chain
from typing import Any


class PlainValues:
    """Merges the fields of `facts`, a class that statements and records inherit, without the fields in `apart`.

    The value is that of the first statement that has one; with `joins_lists` a list has the items of all statements,
    each once.
    """

    def __init__(self, facts: type, apart: Collection[str] = (), *, joins_lists: bool = False) -> None:
        found = [(field.name, field.default) for field in fields(facts) if field.name not in apart]
        self._names = tuple(name for name, _ in found)
        self._single = tuple(name for name, default in found if default is None)
        self._lists = tuple(name for name, default in found if default == ())
        self._joins_lists = joins_lists

    def of(self, stated: Sequence[object]) -> dict[str, Any]:
        """Return the merged values by field, given statements with the best first."""
        if len(stated) == 1:
            (only,) = stated
            return {name: getattr(only, name) for name in self._names}
        values: dict[str, Any] = {}
        for name in self._single:
            values[name] = next((value for one in stated if (value := getattr(one, name)) is not None), None)
        for name in self._lists:
            if self._joins_lists:
                values[name] = tuple(dict.fromkeys(chain.from_iterable(getattr(one, name) for one in stated)))
            else:
                values[name] = next((value for one in stated if (value := getattr(one, name))), ())
        return values
