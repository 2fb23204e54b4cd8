"""Fields inside others: Zola's `[taxonomies]` and `[extra]`, Hugo's `params`, Grav's `taxonomy`."""

from __future__ import annotations

from collections.abc import Mapping

from graph.reading.faults import Faults
from graph.reading.fields import Dialect

_TAXONOMIES = ("taxonomies", "taxonomy")
_OTHERS = ("params", "extra")
HOLDERS = (*_TAXONOMIES, *_OTHERS)
"""The names of the tables, those of taxonomies first."""
_LIFTED = frozenset({"authors", "excerpt", "provider", "related", "topics"})
"""The fields that are read inside another."""

PLURALS = {"category": "categories", "tag": "tags"}
"""Names in a table of taxonomies, and those of the fields that they are read as."""


def with_nested(fields: Mapping[str, object], dialect: Dialect, faults: Faults) -> Mapping[str, object]:
    """Return a document's fields with those of a table within it that say who wrote it and what it is about.

    What the document states outside of the table counts more; what is left of the table stays where it is.
    """
    holders = [name for name in HOLDERS if isinstance(fields.get(name), dict)]
    if not holders:
        return fields
    lifted = dict(fields)
    for holder in holders:
        table = fields[holder]
        rest: dict[object, object] = {}
        for name, value in table.items() if isinstance(table, dict) else ():
            known = PLURALS.get(str(name), str(name)) if holder in _TAXONOMIES else str(name)
            meanings = dialect.meanings.get(known.lower(), ())
            if known not in lifted and any(field in _LIFTED for field, _ in meanings):
                lifted[known] = value
                faults.stands_at(known, holder)
            else:
                rest[name] = value
        if rest:
            lifted[holder] = rest
        else:
            del lifted[holder]
    return lifted
