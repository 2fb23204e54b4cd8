"""Views and notes that readers keep: the file that the page saves and `build --views` publishes. It is not trusted."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import Annotated

import msgspec

from graph.errors import SourceError
from graph.explorer.safe_text import to_line

_FORMAT = 1
_BYTES = 2_000_000
_VIEWS = 200
_NOTES = 5_000
_NODES = 5_000
_NAME = 120
_TEXT = 4_000
_IRI = 4_000
_ADDRESS = 16_000

KEPT_LIMITS = {
    "format": _FORMAT,
    "bytes": _BYTES,
    "views": _VIEWS,
    "notes": _NOTES,
    "nodes": _NODES,
    "name": _NAME,
    "text": _TEXT,
    "iri": _IRI,
    "address": _ADDRESS,
}
"""The version of the file, the most bytes of it, entries of each list, and characters of each text."""

_Iri = Annotated[str, msgspec.Meta(min_length=1, max_length=_IRI)]


class KeptView(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A view of the page that has a name."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=_NAME)]
    """Its name."""
    address: Annotated[str, msgspec.Meta(max_length=_ADDRESS)] = ""
    """The part of its address after the `#`."""
    nodes: Annotated[tuple[_Iri, ...], msgspec.Meta(max_length=_NODES)] = ()
    """The IRIs of the nodes that were selected on the map, if these are too many for an address."""

    def __post_init__(self) -> None:
        """Refuse a name that would be an empty button: white space and invisible characters alone."""
        if not any(unicodedata.category(sign)[0] not in "CZ" for sign in self.name):
            raise ValueError("the name of a view has no visible character")


class KeptNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a reader wrote about a node."""

    iri: _Iri
    """The node."""
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=_TEXT)]
    """The note, as plain text."""


class Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of a file of views."""

    article_graph_views: Annotated[int, msgspec.Meta(ge=_FORMAT, le=_FORMAT)] = _FORMAT
    """The version of the file."""
    views: Annotated[tuple[KeptView, ...], msgspec.Meta(max_length=_VIEWS)] = ()
    """The views, in order."""
    notes: Annotated[tuple[KeptNote, ...], msgspec.Meta(max_length=_NOTES)] = ()
    """The notes, in order."""

    def to_dict(self) -> dict[str, object]:
        """Return the views and notes for the header of a page, as safe text."""
        views = [{"name": to_line(one.name), "address": one.address, "nodes": list(one.nodes)} for one in self.views]
        notes = [{"iri": one.iri, "text": one.text} for one in self.notes]
        return {"views": views, "notes": notes}


def read_kept(path: str | os.PathLike[str]) -> Kept:
    """Return the views and notes in a file that the page saved.

    Raises:
        SourceError: The file cannot be read, is too large, or is not such a file.
    """
    try:
        with Path(path).open("rb") as file:
            content = file.read(_BYTES + 1)
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror}). Name a file that was saved with Share in the explorer."
        raise SourceError(message) from error
    if len(content) > _BYTES:
        raise SourceError(f"{path}: has more than {_BYTES:,} bytes. Keep fewer views, or select fewer nodes in them.")
    try:
        return msgspec.json.decode(content, type=Kept)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise SourceError(f"{path}: is not a file of views ({error}). Save one with Share in the explorer.") from error
