"""The names of a record's field in RDF, in the network and for readers, declared beside the field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from enum import Enum
from typing import Any

import msgspec

_KEY = "graph"
"""The key in the metadata of a field."""


class Form(Enum):
    """How the value of a field is written."""

    TEXT = "xsd:string"
    INTEGER = "xsd:integer"
    DECIMAL = "xsd:decimal"
    BOOLEAN = "xsd:boolean"
    FLAG = "flag"
    """A boolean that is left out of RDF if it is `False`."""
    TIME = "xsd:dateTime"
    """In UTC; if only a day is known, its midnight, so that all times can be compared."""
    DAY = "xsd:date"
    """The day of a time, in UTC."""
    DURATION = "xsd:duration"
    IRI = "iri"
    """An address that is not a node."""
    RELATION = "relation"
    """The IRI of another node."""
    SOURCE = "source"
    """The path of a document, as an IRI under `BASE/source/`."""
    STATUS = "status"
    """A boolean, written as `published` or `unpublished`."""


class Field(msgspec.Struct, frozen=True):
    """One row: a field of a record and its names elsewhere."""

    name: str
    """The attribute of the record."""
    predicates: tuple[str, ...]
    """The RDF terms, as prefixed names."""
    form: Form
    """How values are written."""
    network: str | None
    """The node attribute or, for a relation, the edge key; `None` if it is not in the network."""
    label: str
    """The name that readers see."""
    is_list: bool = False
    """Whether the record has several values."""
    is_detail: bool = False
    """Whether the explorer leaves it out if there are very many articles."""


def term(
    *predicates: str,
    form: Form = Form.TEXT,
    network: str | None = "",
    label: str = "",
    day: str = "",
    is_detail: bool = False,
) -> dict[str, Any]:
    """Return the metadata of a field: its names in RDF, in the network and for readers.

    `network` and `label` default to the name of the field; with `network=None` it is not in the network. `day` is a
    second predicate, for the day of a time.
    """
    return {_KEY: (predicates, form, network, label, day, is_detail)}


def terms_of(record: type) -> Iterator[Field]:
    """Yield the rows of a kind of record, in the order of its fields; fields without metadata have none."""
    for field in fields(record):
        if (stated := field.metadata.get(_KEY)) is None:
            continue
        predicates, form, network, label, day, is_detail = stated
        label = label or field.name.replace("_", " ").capitalize()
        called = field.name if network == "" else network
        is_list = field.default == ()
        yield Field(field.name, predicates, form, called, label, is_list, is_detail)
        if day:
            yield Field(field.name, (day,), Form.DAY, None, label, is_list, is_detail)
