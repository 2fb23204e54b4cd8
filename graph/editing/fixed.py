"""Turns fixes of findings into edits of the documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from graph.checking import Finding, Fix
from graph.checking.positions import file_name
from graph.checking.schemas import text_as_written
from graph.editing.documents import Edit, documents_of
from graph.editing.front_matter import front_matter_of, with_replaced
from graph.editing.splices import EditError
from graph.names import to_text
from graph.reading import Cache, Listing
from graph.reading.faults import Faults
from graph.reading.nested_fields import HOLDERS, PLURALS

_SEPARATORS = (r"(\s*[,\uff0c\u3001]\s*)", r"(\s+)")
"""What separates several values in one text."""

_Path = tuple[str | int, ...]


def edits_of_fixes(findings: Iterable[Finding], listing: Listing, cache: Cache) -> list[Edit]:
    """Return the edits that carry out the fixes of findings, one for each document, sorted by path.

    `cache` knows what the documents of the listing were when they were read. A document is changed by all of its fixes
    or not at all. Linear in the documents.
    """
    fixes: dict[str, dict[Fix, None]] = {}
    for finding in findings:
        if finding.fix is not None:
            fixes.setdefault(finding.path, {})[finding.fix] = None
    edits: dict[str, Edit] = {}
    for document in documents_of(listing, cache) if fixes else ():
        name = file_name(document.listed, document.file.path)
        if name in fixes:
            edits.setdefault(name, document.edit(partial(with_all_fixed, fixes=sorted(fixes[name]))))
    return [edits[name] for name in sorted(edits)]


def with_all_fixed(data: bytes, fixes: Iterable[Fix]) -> bytes:
    """Return a document in which the values of fields are replaced as the fixes say.

    Raises:
        EditError: A field does not have the old value, or already has the new one beside it.
    """
    for fix in fixes:
        for path, text in _replacements(front_matter_of(data), fix):
            data = with_replaced(data, path, text)
    return data


def _replacements(fields: Mapping[str, object], fix: Fix) -> Sequence[tuple[_Path, str]]:
    """Return where the fields of a document state what a fix replaces, and what is written there instead."""
    path = _path_of(fields, fix.field)
    value: object = fields
    for key in path:
        value = value[key] if isinstance(value, Mapping) else None
    if isinstance(value, list) and any(_text_of(item) == fix.new for item in value):
        raise EditError(f"'{fix.field}' has {Faults.quote(fix.new)} already: remove {Faults.quote(fix.old)}")
    found = list(_within(value, path, fix))
    if not found:
        raise EditError(f"'{fix.field}' does not have {Faults.quote(fix.old)} as a value of its own")
    return found


def _path_of(fields: Mapping[str, object], field: str) -> tuple[str, ...]:
    """Return the keys that lead to a field: by its name, in a table of taxonomies and the like, or within another."""
    if field in fields:
        return (field,)
    for holder in HOLDERS:
        table = fields.get(holder)
        for name in table if isinstance(table, Mapping) else ():
            if field in {name, PLURALS.get(name)}:
                return holder, name
    path: list[str] = []
    value: object = fields
    for part in field.split("."):
        names = [str(name) for name in value if str(name).lower() == part.lower()] if isinstance(value, Mapping) else []
        if not names or not isinstance(value, Mapping):
            raise EditError(f"its front matter has no '{field}'")
        path.append(names[0])
        value = value[names[0]]
    return tuple(path)


def _within(value: object, path: _Path, fix: Fix) -> Iterator[tuple[_Path, str]]:
    """Yield the places of a fix in a value: the value itself, items of lists, names in mappings, parts of a text."""
    if isinstance(value, list):
        for position, item in enumerate(value):
            yield from _within(item, (*path, position), fix)
    elif isinstance(value, Mapping):
        names = [name for name, inner in value.items() if _text_of(inner) == fix.old]
        if len(names) == 1:
            yield (*path, names[0]), fix.new
    elif _text_of(value) == fix.old:
        yield path, fix.new
    elif isinstance(value, str):
        for separator in _SEPARATORS:
            parts = re.split(separator, value)
            if fix.old in parts[::2] and not re.search(separator, fix.new):
                yield path, "".join(fix.new if part == fix.old else part for part in parts)
                return


def _text_of(value: object) -> str:
    return to_text(text_as_written(value))
