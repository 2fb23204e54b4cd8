"""Fields inside others: Zola's `[taxonomies]` and `[extra]`, Hugo's `params`, Grav's `taxonomy`, VitePress' `hero`."""

from __future__ import annotations

from collections.abc import Mapping

from graph.reading.faults import Faults
from graph.reading.fields import Dialect

_TAXONOMIES = ("taxonomies", "taxonomy")
_OTHERS = ("params", "extra")
_HOME = "hero"
HOLDERS = (*_TAXONOMIES, *_OTHERS, _HOME)
"""The names of the tables, those of taxonomies first."""
_LIFTED = frozenset({"authors", "excerpt", "provider", "related", "topics"})
"""The fields that are read inside another."""
_OF_HOME = frozenset({"title"})
"""The fields that are read inside that which says how a home page begins."""

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
            wanted = _LIFTED if holder != _HOME else _OF_HOME - dialect.layout_of(fields).keys()
            if known not in lifted and any(field in wanted for field, _ in meanings):
                lifted[known] = value
                faults.use_line_of(known, holder)
            else:
                rest[name] = value
        if rest:
            lifted[holder] = rest
        else:
            del lifted[holder]
    return lifted
