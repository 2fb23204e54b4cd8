"""Pairs of a key and a value: gathered by their keys, or ranked by their values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_Name = TypeVar("_Name", str, int)
_Number = TypeVar("_Number", int, float)


def by_key(pairs: Iterable[tuple[_Key, _Value]]) -> dict[_Key, list[_Value]]:
    """Return the values of each key; keys in the order in which they first come, and so the values of each."""
    found: dict[_Key, list[_Value]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def ranked(numbers: Mapping[_Name, _Number]) -> tuple[tuple[_Name, _Number], ...]:
    """Return names with their numbers, the highest first, equal ones by name."""
    return tuple(sorted(numbers.items(), key=lambda item: (-item[1], item[0])))


def ranked_names(numbers: Mapping[_Name, _Number]) -> list[_Name]:
    """Return names, the one with the highest number first, equal ones by name."""
    return [name for name, _ in ranked(numbers)]
