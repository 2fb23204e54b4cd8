"""Union-find: keys that belong together, directly or through others, form one set."""

from __future__ import annotations

from collections.abc import Sequence


def root_of(parents: dict[str, str], key: str) -> str:
    """Return the smallest key of the set of a key; nearly constant time."""
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
