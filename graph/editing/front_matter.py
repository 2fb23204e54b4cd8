"""The front matter of a file with values added or replaced; comments, order, quotes and line ends stay as they are."""

from __future__ import annotations

import codecs
import copy
import json
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graph.editing.splices import EditError, Splice
from graph.editing.toml_values import add_to_toml, replace_in_toml
from graph.editing.yaml_values import add_to_yaml, replace_in_yaml
from graph.reading.fences import find_fence, first_sign
from graph.reading.toml_text import load_toml
from graph.reading.yaml_text import YamlError, load_yaml

_RETURN = re.compile("\r\n?")


def front_matter_of(data: bytes) -> dict[str, object]:
    """Return the front matter of a file by its fields, as it is written.

    Raises:
        EditError: It has none, or it cannot be read.
    """
    text = _RETURN.sub("\n", _text_of(data)[1])
    start, end, language = _front_matter(text)
    return _load(text[start:end], language)


def with_added(data: bytes, path: Sequence[str], items: Sequence[object]) -> bytes:
    """Return a file with items added to a list in its front matter; the list is made if there is none.

    `path` are the keys that lead to the list, usually one. Items are texts, or mappings of texts to texts. The result
    is loaded again and compared: nothing but this list differs.

    Raises:
        EditError: The file is not UTF-8, has no front matter, or the value is not a list.
    """

    def wanted(value: object) -> object:
        if value is None:
            return list(items)
        return [*value, *items] if isinstance(value, list) else [value, *items]

    return _changed(data, path, (add_to_toml, add_to_yaml), items, wanted)


def with_replaced(data: bytes, path: Sequence[str | int], value: str) -> bytes:
    """Return a file with another text in place of a text, number or date in its front matter.

    `path` are the keys that lead to it, and the positions in lists, from 0: `["topics", 2]` is the third topic. The
    result is loaded again and compared: nothing but this value differs.

    Raises:
        EditError: The file is not UTF-8, has no front matter, or there is no such value on one line.
    """
    return _changed(data, path, (replace_in_toml, replace_in_yaml), value, lambda _: value)


def _changed(
    data: bytes,
    path: Sequence[str | int],
    changes: tuple[Callable[..., Splice], Callable[..., Splice]],
    given: object,
    wanted: Callable[[object], object],
) -> bytes:
    """Return a changed file; `changes` find the change in TOML, and in YAML or JSON, and `wanted` the new value."""
    in_toml, in_yaml = changes
    mark, written = _text_of(data)
    text = _RETURN.sub("\n", written)
    start, end, language = _front_matter(text)
    inside = text[start:end]
    expected = copy.deepcopy(_load(inside, language))
    is_json = language == "json"
    splice = in_toml(inside, path, given) if language == "toml" else in_yaml(inside, path, given, is_json=is_json)
    holder: Any = expected
    for key in path[:-1]:
        holder = holder[key]
    last: Any = path[-1]
    holder[last] = wanted(holder[last] if isinstance(holder, list) else holder.get(last))
    try:
        is_as_meant = _load(splice.of(inside), language) == expected
    except EditError:
        is_as_meant = False
    if not is_as_meant:
        raise EditError("it cannot be changed without changing something else")
    whole = Splice(start + splice.start, start + splice.end, splice.text)
    changed = _with_line_ends(written, whole)
    again = _RETURN.sub("\n", changed)
    if _front_matter(again) != (start, end + len(splice.text) - (splice.end - splice.start), language):
        raise EditError("it cannot be changed without moving the end of the front matter")
    return mark + changed.encode()


def _with_line_ends(written: str, splice: Splice) -> str:
    """Make a change, given for Unix line ends, in a text with any."""
    places = [found.start() - number for number, found in enumerate(re.finditer("\r\n", written))]

    def original(position: int) -> int:
        return position + bisect_left(places, position)

    start, end = original(splice.start), original(splice.end)
    nearest = re.search("\r\n?|\n", written[start:]) or re.search("\r\n?|\n", written)
    text = splice.text.replace("\n", nearest[0]) if nearest else splice.text
    return written[:start] + text + written[end:]


def _text_of(data: bytes) -> tuple[bytes, str]:
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    try:
        return mark, data[len(mark) :].decode("utf-8")
    except UnicodeDecodeError as error:
        raise EditError("it is not UTF-8") from error


def _front_matter(text: str) -> tuple[int, int, str]:
    """Return where front matter begins and ends in a text with Unix line ends, and its language."""
    fence = find_fence(text, first_sign(text))
    if fence is None or fence.end == -1 or fence.language not in {"yaml", "toml", "json"}:
        raise EditError("it has no front matter in YAML, TOML or JSON")
    if fence.mark == "}":
        return fence.begin, fence.after, fence.language
    return fence.start + 1, max(fence.end, fence.start + 1), fence.language


def _load(text: str, language: str) -> dict[str, Any]:
    try:
        if language == "toml":
            return load_toml(text)
        value: object = json.loads(text) if language == "json" else load_yaml(text).value
    except (YamlError, ValueError, RecursionError) as error:
        raise EditError("the front matter cannot be read") from error
    if not isinstance(value, Mapping):
        raise EditError("the front matter is empty, or not a mapping of fields")
    return dict(value)
