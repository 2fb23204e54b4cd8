"""Sets that grow together (union-find): what shares a key, directly or by others, is the same."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["root_of", "unite"]


def root_of(parents: dict[str, str], key: str) -> str:
    """Return the smallest key of the set that a key is in; practically constant time."""
    while (parent := parents[key]) != key:
        parents[key] = key = parents[parent]
    return key


def unite(parents: dict[str, str], keys: Sequence[str]) -> None:
    """Put keys, known or new, into one set, whose root is its smallest key."""
    if not keys:
        return
    first = keys[0]
    parents.setdefault(first, first)
    for other in keys[1:]:
        parents.setdefault(other, other)
        one, two = root_of(parents, first), root_of(parents, other)
        if one != two:
            parents[max(one, two)] = min(one, two)
