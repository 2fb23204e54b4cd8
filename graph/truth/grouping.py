"""Which names mean the same organisation, and which names of a domain mean the organisation of the domain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graph.names import slug
from graph.statements import StatedProvider
from graph.truth.spellings import decoded, initials_of, is_initials, names_domain, spelling_key
from graph.truth.unions import root_of, unite

ORGANIZATION = ""
"""The key of the group of a domain's organisation; no other key is empty."""


def group_of_domain(domain: str, counts: Mapping[str, int], records: Sequence[StatedProvider]) -> Mapping[str, str]:
    """Return the group of each name that is used with a domain or has a record there.

    A group holds the spellings of a name, its initials if they fit no other name, and the other names of its record.
    The domain itself and an empty name mean the organisation. The organisation is the group used most often; among
    equals one with a record, then one that the domain is named after, then the first in order. If exactly one record
    of the domain has a name that nobody uses, it describes the organisation. Linear.
    """
    if not records and len(counts) - ("" in counts) <= 1:
        return dict.fromkeys(counts, ORGANIZATION)
    names = {*counts, *(name for record in records for name in (record.name, *record.names))}
    keys = {
        name: ORGANIZATION if not name or names_domain(name, domain) else spelling_key(name) for name in sorted(names)
    }
    parents = {key: key for key in (ORGANIZATION, *keys.values())}
    _unite_initials(parents, keys)
    _unite_other_names(parents, keys, records)
    described = {root_of(parents, keys[record.name]) for record in records}
    groups: dict[str, list[str]] = {}
    for name, key in keys.items():
        groups.setdefault(root_of(parents, key), []).append(name)
    if all(keys[name] == ORGANIZATION for name in groups.pop(ORGANIZATION, ())) and groups:
        sizes = {root: sum(counts.get(name, 0) for name in names) for root, names in groups.items()}
        eponym = spelling_key(domain)
        organization = min(
            groups, key=lambda root: (-sizes[root], root not in described, root not in eponym, groups[root][0])
        )
        unite(parents, (ORGANIZATION, organization))
        unused = [root for root in described if root in groups and not sizes[root] and root != organization]
        if not described & {ORGANIZATION, organization} and len(unused) == 1:
            unite(parents, (ORGANIZATION, *unused))
    return {name: root_of(parents, key) for name, key in keys.items()}


def group_by_spelling(names: Iterable[str], records: Sequence[StatedProvider]) -> Mapping[str, str]:
    """Return the group of each name that is used, or has a record, without a domain."""
    named = {*names, *(name for record in records for name in (record.name, *record.names))}
    keys = {name: spelling_key(name) for name in named}
    parents = {key: key for key in keys.values()}
    _unite_other_names(parents, keys, records)
    return {name: root_of(parents, key) for name, key in keys.items()}


def group_by_slug(names: Iterable[str]) -> Mapping[str, str]:
    """Return the group of each name on a platform; an empty name means the organisation of the platform."""
    return {name: slug(decoded(name)) if name else ORGANIZATION for name in names}


def _unite_initials(parents: dict[str, str], keys: Mapping[str, str]) -> None:
    """Unite initials with the only name that they can stand for."""
    owners: dict[str, set[str]] = {}
    for name, key in keys.items():
        if key != ORGANIZATION:
            for initials in initials_of(name):
                owners.setdefault(initials, set()).add(key)
    for name, key in keys.items():
        if key in owners and is_initials(name):
            meant = owners[key] - {key}
            if len(meant) == 1:
                unite(parents, (key, *meant))


def _unite_other_names(parents: dict[str, str], keys: Mapping[str, str], records: Sequence[StatedProvider]) -> None:
    """Unite the name of a record with its other names, unless another record has them."""
    own = {keys[record.name] for record in records}
    claims: dict[str, set[str]] = {}
    for record in records:
        for other in record.names:
            claims.setdefault(keys[other], set()).add(keys[record.name])
    for other, owners in claims.items():
        if len(owners) == 1 and other not in own:
            unite(parents, (other, *owners))
