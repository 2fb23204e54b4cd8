"""Objects of a JSON text, taken out of it one by one, each with the line on which it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

import msgspec

from graph.reading.faults import LONGEST_REASON, Faults

_T = TypeVar("_T")

_PLACE = re.compile(r"\(byte ([0-9]{1,12})\)")


class JsonError(Exception):
    """A text that is not JSON; `place` is the byte of the error, or 0."""

    def __init__(self, fact: str, place: int) -> None:
        super().__init__(fact)
        self.fact, self.place = fact, place


def decode_json(data: bytes, type_: type[_T]) -> _T:
    """Return what a JSON text says.

    Raises:
        JsonError: It is not JSON, nests too deeply, or says something of another type.
    """
    try:
        return msgspec.json.decode(data, type=type_)
    except RecursionError as error:
        raise JsonError("values are nested too deeply", 0) from error
    except (msgspec.MsgspecError, ValueError) as error:
        found = _PLACE.search(str(error))
        fact = (
            _PLACE.sub("", str(error)).strip()[:LONGEST_REASON]
            if isinstance(error, msgspec.MsgspecError)
            else "it is not UTF-8"
        )
        raise JsonError(fact, int(found[1]) if found else 0) from error


def parts_of(data: bytes) -> Mapping[str, bytes]:
    """Return the values of an object as they are written, by their names.

    Raises:
        JsonError: It is not an object of JSON.
    """
    return {name: bytes(raw) for name, raw in decode_json(data, dict[str, msgspec.Raw]).items()}


def objects_in(data: bytes, items: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the items of a list as text, each with its line; `items` is the text of the list, a part of `data`.

    Raises:
        JsonError: It is not a list of JSON.
    """
    place = data.find(items)
    line = data.count(b"\n", 0, place) + 1
    for raw in decode_json(items, list[msgspec.Raw]):
        item = bytes(raw)
        start = data.find(item, place)
        line += data.count(b"\n", place, start)
        yield line, item
        line += item.count(b"\n")
        place = start + len(item)


def mappings_of(objects: Iterator[tuple[int, bytes]], faults: Faults) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Yield the objects that are mappings of fields; report those that are not."""
    for line, item in objects:
        try:
            value = decode_json(item, object)
        except JsonError as error:
            faults.add(
                "invalid-json", f"the JSON cannot be read ({error.fact})", "Correct it; it was left out", line=line
            )
            continue
        if isinstance(value, dict):
            yield line, value
        else:
            fact = f"an item is not a mapping of fields: {faults.quote(value)}"
            faults.add("not-a-mapping", fact, "Write an object; the item was left out", line=line)
