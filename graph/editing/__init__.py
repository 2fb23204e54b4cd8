"""Editing: values are added to the front matter of documents, or replaced, and every other byte stays as it is."""

from __future__ import annotations

from graph.editing.documents import Edit, Refused, apply, changes_of, patch_of
from graph.editing.fixed import edits_of_fixes
from graph.editing.front_matter import with_added, with_replaced
from graph.editing.splices import EditError
from graph.editing.suggested import Accepted, accepted_of, accepted_rows, edits_for

__all__ = [
    "Accepted",
    "Edit",
    "EditError",
    "Refused",
    "accepted_of",
    "accepted_rows",
    "apply",
    "changes_of",
    "edits_for",
    "edits_of_fixes",
    "patch_of",
    "with_added",
    "with_replaced",
]
