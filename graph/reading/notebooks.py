"""A Jupyter notebook becomes Markdown: its texts as they are, its code between fences, its outputs left out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from graph.reading.faults import LONGEST_REASON, Faults

_BACKTICKS = re.compile(r"`{3,}")
_LANGUAGE = re.compile(r"[A-Za-z][\w+#.-]{0,30}")
_DEEPEST_HEADING = 6


def notebook_text(text: str, faults: Faults) -> str | None:
    """Return a notebook's cells as one Markdown text; `None`, with a fault, if the file is not a notebook.

    Front matter is the first cell's, where that is raw and has some, else the title and authors of the notebook's
    metadata. Lines of the text are those of the cells, one below the other. Linear in the file.
    """
    try:
        book = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        fact = f"the notebook is not valid JSON: {str(error)[:LONGEST_REASON]}"
        faults.add("invalid-notebook", fact, "Save it again with Jupyter; the file was left out", line=line)
        return None
    cells = _cells_of(book)
    if cells is None:
        remedy = "Save it again with Jupyter; the file was left out"
        faults.add("invalid-notebook", "the notebook has no list of cells", remedy)
        return None
    metadata = _mapping(book.get("metadata"))
    language = _language_of(metadata)
    head = ""
    if cells and _mapping(cells[0]).get("cell_type") == "raw" and _source_of(cells[0]).startswith("---"):
        head = _source_of(cells.pop(0)).rstrip() + "\n\n"
    elif stated := _stated(metadata):
        head = f"---json\n{json.dumps(stated)}\n---\n\n"
    return head + "\n\n".join(_texts(cells, language)) + "\n"


def _cells_of(book: object) -> list[object] | None:
    """Return the cells of a notebook, also of the old format with worksheets."""
    if not isinstance(book, dict):
        return None
    cells = book.get("cells")
    if cells is None and isinstance(book.get("worksheets"), list):
        sheets = [_mapping(sheet).get("cells") for sheet in book["worksheets"]]
        cells = [cell for some in sheets if isinstance(some, list) for cell in some]
    return list(cells) if isinstance(cells, list) else None


def _texts(cells: list[object], language: str) -> Iterator[str]:
    for cell in cells:
        source = _source_of(cell)
        if not source.strip():
            continue
        kind = _mapping(cell).get("cell_type")
        if kind == "markdown":
            yield source.strip("\n")
        elif kind == "heading":
            level = _mapping(cell).get("level")
            marks = "#" * (level if isinstance(level, int) and 1 <= level <= _DEEPEST_HEADING else 1)
            yield f"{marks} {' '.join(source.split())}"
        elif kind == "code":
            longest = max((len(found[0]) for found in _BACKTICKS.finditer(source)), default=2)
            fence = "`" * (longest + 1)
            yield f"{fence}{language}\n{source}\n{fence}"


def _source_of(cell: object) -> str:
    known = _mapping(cell)
    source = known.get("source", known.get("input"))
    if isinstance(source, list):
        return "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""


def _language_of(metadata: Mapping[str, object]) -> str:
    for place, name in (("kernelspec", "language"), ("language_info", "name")):
        language = _mapping(metadata.get(place)).get(name)
        if isinstance(language, str) and _LANGUAGE.fullmatch(language):
            return language
    return ""


def _stated(metadata: Mapping[str, object]) -> dict[str, object]:
    stated: dict[str, object] = {}
    title = metadata.get("title")
    if isinstance(title, str) and title.strip():
        stated["title"] = title
    authors = metadata.get("authors")
    names = [_mapping(one).get("name", one) for one in authors] if isinstance(authors, list) else []
    if known := [name for name in names if isinstance(name, str) and name.strip()]:
        stated["authors"] = known
    return stated


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
