"""The pieces that statements of every kind are made of: addresses, lists of labels, pictures, fields left over."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping

from graph.names import to_text
from graph.reading.faults import Faults
from graph.reading.fields import IMAGE, RENDERING, Dialect, Fields, by_name
from graph.reading.settings import Settings
from graph.reading.topic_labels import Broader, flat_topics
from graph.reading.values import (
    LARGEST_INTEGER,
    LONGEST_TEXT,
    Where,
    to_boolean,
    to_integer,
    to_label,
    to_labels,
    to_plain_label,
)
from graph.records import Image, Scalar
from graph.urls import clean_url

LONGEST_URL = 4_000
"""Characters; longer addresses are invalid."""

LONGEST_EXTRA = 1_000
"""Characters of a value that is kept although no table row knows its field."""
LONGEST_NAME = 100
"""Characters that are kept of the name of such a field."""
MOST_EXTRA = 100
"""How many such values are kept."""
_NO_EXTRA: Mapping[str, Scalar] = {}  # a plain dictionary, because a read-only one takes longer to pack
_SPACED_BY = frozenset({"jekyll", "obsidian"})
"""Generators that split a text of tags at its spaces."""

_EVERYDAY = frozenset({"originalurl", "publisheddatetime", "topics", "weburl"})
"""Names of fields that only documents in the manner of everyday.cc have, lower-cased."""


NoteFields = Callable[[Mapping[str, object], Dialect, str], None]
"""Receives the fields of each record, the dialect they are read in, and the kind of the record."""


class Pieces:
    """Reads pieces under one source's settings.

    `unmapped` counts the fields that no table row knows, by name, since it was last emptied; `note` receives all.
    """

    def __init__(self, settings: Settings, note: NoteFields | None = None) -> None:
        self.settings = settings
        self.note = note or _ignore
        self.unmapped: dict[str, int] = {}

    def labels(self, known: Fields, field: str, faults: Faults, where: Where) -> tuple[str, ...]:
        """Return the texts of a list, under any of its names, without repeats."""
        labels: dict[str, None] = {}
        for value, name in known.all(field):
            labels.update(dict.fromkeys(to_labels(value, faults, (*where, name))))
        return tuple(labels)

    def topics(self, known: Fields, faults: Faults, where: Where) -> tuple[tuple[str, ...], tuple[Broader, ...]]:
        """Return the topics of a document, under any of its names, and which of them is below which.

        A `category` is a topic too, unless the document is written as on everyday.cc, where it is another field.
        """
        labels: dict[str, None] = {}
        broader: dict[Broader, None] = {}
        generator = self.settings.site.generator
        spaced = generator in _SPACED_BY or (generator != "hexo" and "_posts/" in faults.path)
        stated = [*known.all("topics")]
        if not where and "category" in known.stated and not known.has_any(_EVERYDAY):
            stated += known.all("category")
        for value, name in stated:
            flat, above = flat_topics(value, name, spaced=spaced, nested=generator == "hexo")
            labels.update(dict.fromkeys(to_labels(flat, faults, (*where, name))))
            broader.update(dict.fromkeys(above))
        if not stated and "topics" in known.stated:
            to_labels(None, faults, (*where, known.get("topics")[1]))
        return tuple(labels), tuple(broader)

    def url(self, known: Fields, field: str, faults: Faults, where: Where) -> str | None:
        """Return a field's address as the IRI shown; `None`, with a fault, if it is not an address."""
        value, name = known.get(field)
        if value is None or value == "":
            return None
        return self.address(value, faults, (*where, name))

    def address(self, value: object, faults: Faults, where: Where) -> str | None:
        """Return one address as the IRI shown."""
        url = clean_url(value, self.settings.base) if isinstance(value, str) and len(value) <= LONGEST_URL else None
        return url or self.bad_url(value, faults, where)

    @staticmethod
    def bad_url(value: object, faults: Faults, where: Where) -> None:
        """Report an invalid address; an empty list or mapping, as templates of distill have it, is none."""
        if value in ([], {}):
            return
        fact = f"'{where[-1]}' is not an http or https address: {faults.quote(value)}"
        faults.add("invalid-url", fact, "Write it in full, as https://example.org/page", where=where)

    def images(self, value: object, name: str, faults: Faults, where: Where) -> tuple[Image, ...]:
        """Return pictures, stated as one or as a list, as addresses or as fields; without repeats."""
        if value is None:
            return ()
        images: dict[str, Image] = {}
        for position, item in enumerate(value if isinstance(value, list) else [value]):
            here = where or (name, position)
            image = self._image(item if isinstance(item, dict) else {"url": item}, faults, here)
            if image is not None:
                images.setdefault(image.iri, image)
        return tuple(images.values())

    def _image(self, raw: Mapping[str, object], faults: Faults, where: Where) -> Image | None:
        known = Fields(by_name(raw), IMAGE)
        value, _ = known.get("url")
        if value is None or value == "":
            return None
        if isinstance(value, str) and ":" not in value and not value.startswith("/"):
            value = "/" + value
        if (url := self.address(value, faults, where)) is None:
            return None
        return Image(
            iri=url,
            width=to_integer(known.get("width")[0], faults, where),
            height=to_integer(known.get("height")[0], faults, where),
            cached=to_boolean(known.get("cached")[0], faults, where),
            title=to_label(known.get("title")[0], faults, where),
        )

    def leftover(self, known: Fields) -> Mapping[str, Scalar]:
        """Return the scalars that no row of the table knows; count all such fields but those that only pages need."""
        extra: dict[str, Scalar] = {}
        for name, value in known.rest():
            name = to_text(name)[:LONGEST_NAME]  # noqa: PLW2901 - the raw name is not needed any more
            if name.lower() == "secured":
                continue
            if name.lower() not in RENDERING:
                self.unmapped[name] = self.unmapped.get(name, 0) + 1
            kept = _scalar(value)
            if kept is not None and name and len(extra) < MOST_EXTRA:
                extra[name] = kept
        return extra or _NO_EXTRA


def _ignore(_raw: Mapping[str, object], _dialect: Dialect, _kind: str) -> None:
    pass


def _scalar(value: object) -> Scalar | None:
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value) if abs(value) < LARGEST_INTEGER else None
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, str):
        return to_text(value) if len(value) <= LONGEST_EXTRA else None
    return str(value) if isinstance(value, dt.date | dt.time) else None


def to_excerpt(value: object, faults: Faults, where: Where) -> str | None:
    """Return a text of any sensible length as one clean line without markup; `None` for an empty one."""
    return to_plain_label(value, faults, where, LONGEST_TEXT) if value != "" else None
