"""Where a value is in TOML, and how another is written there in the same style, by tomlkit."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from typing import TYPE_CHECKING

from graph.editing.splices import EditError, Splice, difference
from graph.reading.faults import name_of

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


def add_to_toml(text: str, path: Sequence[str], items: Sequence[object]) -> Splice:
    """Return the change that adds items to the array at a path of keys; the array is made if there is none.

    Raises:
        EditError: The value is not an array, or tomlkit is not installed.
    """
    document = _parsed(text)
    holder = _found(document, path[:-1])
    if not isinstance(holder, MutableMapping):
        raise EditError(f"'{path[-2]}' is not a table")
    name = path[-1]
    if (value := holder.get(name)) is None:
        holder[name] = list(items)
    elif isinstance(value, list):
        value.extend(items)
    else:
        raise EditError(f"'{name}' is not a list")
    return difference(text, document.as_string())


def replace_in_toml(text: str, path: Sequence[str | int], value: str) -> Splice:
    """Return the change that replaces the text at a path of keys, and of positions in arrays.

    Raises:
        EditError: There is no such value, it is an array or a table, or tomlkit is not installed.
    """
    document = _parsed(text)
    known = _found(document, path)
    if isinstance(known, list | dict) or _written(known).startswith(('"""', "'''")):
        raise EditError(f"{name_of(path)} is not a text on one line")
    holder = _found(document, path[:-1])
    holder[path[-1]] = _like(value, known)  # type: ignore[index]
    return difference(text, document.as_string())


def _written(value: object) -> str:
    from tomlkit.items import Item

    return value.as_string() if isinstance(value, Item) else ""


def _like(value: str, known: object) -> object:
    """Return a text in the quotes of another, if they may contain it."""
    import tomlkit

    is_literal = _written(known).startswith("'") and value.isprintable() and "'" not in value
    return tomlkit.string(value, literal=is_literal)


def _parsed(text: str) -> TOMLDocument:
    try:
        import tomlkit
        from tomlkit.exceptions import TOMLKitError
    except ImportError as error:
        raise EditError("TOML is edited with tomlkit, which is not installed: install 'article-graph[edit]'") from error
    try:
        return tomlkit.parse(text)
    except (TOMLKitError, RecursionError) as error:
        raise EditError("the front matter cannot be read") from error


def _found(document: TOMLDocument, path: Sequence[str | int]) -> object:
    found: object = document
    for depth, key in enumerate(path, 1):
        inner = None
        if isinstance(found, MutableMapping):
            inner = found.get(key)
        elif isinstance(found, list) and isinstance(key, int) and key < len(found):
            inner = found[key]
        if inner is None:
            raise EditError(f"there is no {name_of(path[:depth])}")
        found = inner
    return found
