"""Write docs/api.md from the docstrings of what the package offers: `python docs/make_api.py`."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from make_vocabulary import meanings

HERE = Path(__file__).resolve().parent
BEGINNING = """\
# Python API

Every public name of `graph` and `graph.analysis`, and the objects that they return. [python.md](python.md) shows how
they are used. This page is written by `make docs` from the docstrings, and a test checks that it is up to date.
"""
CHAPTERS: Mapping[str, tuple[str, ...]] = {
    "graph": (),
    "graph.analysis": (),
    "graph.publishing": ("Exports",),
    "graph.reporting": ("make_report", "write_report", "Report"),
    "graph.store": ("Answer",),
    "graph.viewing": ("SmallView",),
    "graph.widget": ("write_widget", "Widget"),
}
"""The names of each module that are on the page; all that it offers where none are given."""
LONGEST_LINE = 100  # characters of a signature
SECTION = re.compile(r"(Raises|Returns|Args|Yields):")
SPAN = re.compile(r"(`+[^`]+`+)")


def names_of(module: str) -> list[str]:
    """Return the names of a module that are on the page, in the order in which the module lists them."""
    offered = CHAPTERS[module] or tuple(importlib.import_module(module).__all__)
    return [name for name in offered if not name.startswith("__")]


def escaped(text: str) -> str:
    """Return a line of a docstring as Markdown: outside code, signs that would be markup are escaped."""
    parts = SPAN.split(text)
    parts[::2] = [
        re.sub(r"([\\*_|\[\]])", r"\\\1", part).replace("&", "&amp;").replace("<", "&lt;") for part in parts[::2]
    ]
    return "".join(parts)


def prose(text: str) -> Iterator[str]:
    """Yield a docstring as lines of Markdown: paragraphs, sections such as `Raises:` as lists, examples as code."""
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = block.split("\n")
        if lines[0].startswith(">>>"):
            yield from ("```pycon", *lines, "```", "")
        elif SECTION.fullmatch(lines[0]):
            yield from (lines[0], "")
            for item in re.split(r"\n(?=\S)", inspect.cleandoc("\n".join(lines[1:]))):
                name, sign, rest = " ".join(item.split()).partition(": ")
                yield f"- `{name}`: {escaped(rest)}" if sign else f"- {escaped(name)}"
            yield ""
        else:
            yield from (escaped(block), "")


def signature(name: str, function: Callable[..., object]) -> str:
    """Return a function's name and parameters as they are written, `self` left out; long ones on several lines."""
    found = inspect.signature(function)
    parts, is_keyword = [], False
    for parameter in found.parameters.values():
        if parameter.name == "self":
            continue
        if parameter.kind is parameter.KEYWORD_ONLY and not is_keyword:
            parts.append("*")
            is_keyword = True
        stars = str(parameter).partition(parameter.name)[0]  # of `*args` and `**options`
        is_keyword = is_keyword or stars == "*"
        typed = f": {parameter.annotation}" if isinstance(parameter.annotation, str) else ""
        default = "" if parameter.default is parameter.empty else f" = {parameter.default!r}"
        parts.append(f"{stars}{parameter.name}{typed}{default}")
    returned = f" -> {found.return_annotation}" if isinstance(found.return_annotation, str) else ""
    line = f"{name}({', '.join(parts)}){returned}"
    return (
        line
        if len(line) <= LONGEST_LINE
        else f"{name}(\n" + "".join(f"    {part},\n" for part in parts) + f"){returned}"
    )


def of_function(title: str, name: str, function: Callable[..., object]) -> Iterator[str]:
    """Yield the part about a function or method."""
    yield from (title, "", "```py", signature(name, function), "```", "")
    yield from prose(inspect.getdoc(function) or "")


def of_class(name: str, kind: type) -> Iterator[str]:
    """Yield the part about a class: what it is, its fields, its properties and methods."""
    bases = ", ".join(base.__name__ for base in kind.__bases__ if issubclass(base, Exception))
    yield from (f"### `{name}`", "")
    if bases:
        yield from (f"An exception, a kind of `{bases}`.", "")
    yield from prose(inspect.getdoc(kind) or "")
    if dataclasses.is_dataclass(kind):
        told = meanings(kind)
        for field in dataclasses.fields(kind):
            if not field.name.startswith("_"):
                yield f"- `{field.name}: {field.type}`: {escaped(' '.join(told[field.name].split()))}"
        yield ""
    members = {key: value for key, value in vars(kind).items() if inspect.getdoc(value)}
    for key, value in members.items():
        if key.startswith("_") and key not in {"__getitem__", "__contains__", "__iter__", "__len__"}:
            continue
        getter = value.fget if isinstance(value, property) else getattr(value, "func", None)
        if getter is not None and isinstance(value, property | cached_property):
            returned = inspect.signature(getter).return_annotation
            yield from (f"#### `{name}.{key}: {returned}`", "")
            yield from prose(inspect.getdoc(value) or "")
        elif inspect.isfunction(value) or isinstance(value, classmethod | staticmethod):
            yield from of_function(f"#### `{name}.{key}`", key, getattr(kind, key))


def lines() -> Iterator[str]:
    """Yield the page, line by line."""
    yield BEGINNING
    for module in CHAPTERS:
        loaded = importlib.import_module(module)
        yield from (f"## {module}", "")
        for name in names_of(module):
            value = getattr(loaded, name)
            if inspect.isclass(value):
                yield from of_class(name, value)
            elif inspect.isfunction(value):
                yield from of_function(f"### `{name}`", name, value)
            elif isinstance(value, Mapping):
                yield from (
                    f"### `{name}`",
                    "",
                    f"A mapping with the keys {', '.join(f'`{key}`' for key in value)}.",
                    "",
                )


def page() -> str:
    """Return the whole page."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines()).rstrip()) + "\n"


if __name__ == "__main__":
    (HERE / "api.md").write_text(page(), encoding="utf-8")
