"""Where a value is in TOML, and how another is written there in the same style, by tomlkit."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from typing import TYPE_CHECKING

from graph.editing.splices import EditError, Splice

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

__all__ = ["add_to_toml", "replace_in_toml"]


def add_to_toml(text: str, path: Sequence[str], items: Sequence[object]) -> Splice:
    """Return the change that adds items to the array at a path of keys; the array is made where there is none.

    Raises:
        EditError: The value is not an array, or tomlkit is not installed.
    """
    document, holder = _found(text, path)
    name = path[-1]
    value = holder.get(name)
    if value is None:
        holder[name] = list(items)
    elif isinstance(value, list):
        value.extend(items)
    else:
        raise EditError(f"'{name}' is not a list")
    return _difference(text, document.as_string())


def replace_in_toml(text: str, path: Sequence[str], value: str) -> Splice:
    """Return the change that replaces the text at a path of keys.

    Raises:
        EditError: There is no such value, it is an array or a table, or tomlkit is not installed.
    """
    document, holder = _found(text, path)
    if isinstance(holder.get(path[-1], []), list | dict):
        raise EditError(f"'{path[-1]}' is not a text on one line")
    holder[path[-1]] = value
    return _difference(text, document.as_string())


def _found(text: str, path: Sequence[str]) -> tuple[TOMLDocument, MutableMapping[str, object]]:
    try:
        import tomlkit
        from tomlkit.exceptions import TOMLKitError
    except ImportError as error:
        raise EditError("TOML is edited with tomlkit, which is not installed: install 'article-graph[edit]'") from error
    try:
        document = tomlkit.parse(text)
    except (TOMLKitError, RecursionError) as error:
        raise EditError("the front matter cannot be read") from error
    holder: MutableMapping[str, object] = document
    for key in path[:-1]:
        found = holder.get(key)
        if not isinstance(found, MutableMapping):
            raise EditError(f"'{key}' is not a table")
        holder = found
    return document, holder


def _difference(before: str, after: str) -> Splice:
    """Return the smallest change of one place that leads from one text to the other."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return Splice(start, len(before) - end, after[start : len(after) - end])
