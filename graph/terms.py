"""What the field of a record is called elsewhere, and how its values are written: said where the field is declared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import Enum
from typing import Any

__all__ = ["Field", "Form", "term", "terms_of"]

_KEY = "graph"
"""Under which a field's metadata holds its rows."""


class Form(Enum):
    """How a field's value is written."""

    TEXT = "xsd:string"
    INTEGER = "xsd:integer"
    DECIMAL = "xsd:decimal"
    BOOLEAN = "xsd:boolean"
    FLAG = "flag"
    """A boolean whose `False` goes without saying in RDF."""
    TIME = "xsd:dateTime"
    """In UTC; the midnight that begins the day where only a day is known, so that all times compare."""
    DAY = "xsd:date"
    """The day, in UTC, of a time."""
    DURATION = "xsd:duration"
    IRI = "iri"
    """An address that is no node of the graph."""
    RELATION = "relation"
    """The IRI of another node."""
    SOURCE = "source"
    """A document's path, written as an IRI under `BASE/source/`."""
    STATUS = "status"
    """A boolean, written as the words `published` and `unpublished`."""


@dataclass(frozen=True, slots=True)
class Field:
    """One row: a field of a record, and its names elsewhere."""

    name: str
    """The attribute of the record."""
    predicates: tuple[str, ...]
    """Prefixed names in RDF."""
    form: Form
    """How values are written."""
    network: str | None
    """The node attribute, or for a relation the edge key; `None` where the network does not carry it."""
    label: str
    """What readers see before a value."""
    is_list: bool = False
    """Whether the record has several values."""
    is_detail: bool = False
    """Whether the explorer leaves it out where it shows very many articles."""


def term(
    *predicates: str,
    form: Form = Form.TEXT,
    network: str | None = "",
    label: str = "",
    day: str = "",
    is_detail: bool = False,
) -> dict[str, Any]:
    """Return the metadata of a record's field: what it is called in RDF, in the network and by readers.

    Without `network` and `label` the field's own name is used; with `network=None` the network does not have it. `day`
    is a second predicate, for the day of a time.
    """
    return {_KEY: (predicates, form, network, label, day, is_detail)}


def terms_of(record: type) -> Iterator[Field]:
    """Yield the rows of a kind of record, in the order of its fields; a field without metadata has none."""
    for field in fields(record):
        stated = field.metadata.get(_KEY)
        if stated is None:
            continue
        predicates, form, network, label, day, is_detail = stated
        label = label or field.name.replace("_", " ").capitalize()
        called = field.name if network == "" else network
        is_list = field.default == ()
        yield Field(field.name, predicates, form, called, label, is_list, is_detail)
        if day:
            yield Field(field.name, (day,), Form.DAY, None, label, is_list, is_detail)
