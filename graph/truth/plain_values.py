"""The plain fields that several statements of one thing share with its record: what is said first wins."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields
from itertools import chain
from typing import Any

__all__ = ["PlainValues"]


class PlainValues:
    """Merges the fields that statements and a record have in common."""

    def __init__(self, facts: type, apart: Collection[str] = (), *, joins_lists: bool = False) -> None:
        """Merge the fields of `facts`, a class that both inherit, but those that are merged `apart`.

        Of several values of one field the first statement's stand that has any; with `joins_lists` those of all, each
        once.
        """
        found = [(field.name, field.default) for field in fields(facts) if field.name not in apart]
        self._names = tuple(name for name, _ in found)
        self._single = tuple(name for name, default in found if default is None)
        self._lists = tuple(name for name, default in found if default == ())
        self._joins_lists = joins_lists

    def of(self, stated: Sequence[object]) -> dict[str, Any]:
        """Return the values that statements give, the best statement first, by the name of the field."""
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
