"""Documents in memory as a source: texts as files hold them, and dictionaries written as such texts."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias, TypeGuard

from graph.errors import SourceError
from graph.reading.faults import Faults
from graph.reading.files import File, Source, WantedPaths, printable_path
from graph.reading.kinds import ending_of

if TYPE_CHECKING:
    import pandas
    import polars

_TextOrFields: TypeAlias = str | Mapping[str, object]
Document: TypeAlias = _TextOrFields | tuple[str, _TextOrFields]
"""A text or a dictionary, alone or after its name."""

GivenDocuments: TypeAlias = "Iterable[Document] | pandas.DataFrame | polars.DataFrame"
"""Documents, or the rows of a data frame."""

_BODIES = ("body", "text")
"""The keys of a dictionary that hold its text; the first that is there counts."""


def given_source(documents: GivenDocuments) -> Source:
    """Return documents as a source; they are iterated once.

    Raises:
        SourceError: Two have one name.
        TypeError: One is neither a text nor a dictionary, or holds itself.
    """
    contents: dict[str, bytes] = {}
    for number, document in enumerate(_each(documents), 1):
        usual = f"document-{number}.md"
        name, content = document if _is_pair(document) else (usual, document)
        path = printable_path(name.replace("\\", "/").strip("/")) or usual
        path = path if ending_of(path.rpartition("/")[2]) else f"{path}.md"
        if path in contents:
            raise SourceError(f"{path}: two documents have this name. Give each its own.")
        contents[path] = _to_text(content).encode("utf-8", "surrogatepass")

    def files(
        exclude: tuple[str, ...], _faults_of: Callable[[str], Faults], passed_over: Counter[str]
    ) -> Iterator[File]:
        wanted = WantedPaths(exclude)
        wanted.enter_all(contents)
        for path in sorted(contents):
            if wanted.member(path):
                yield File(path, partial(contents.__getitem__, path), is_named=True)
            else:
                wanted.pass_over(path)
        passed_over.update(wanted.passed_over)

    return Source("documents", contents.get, files)


def _each(documents: GivenDocuments) -> Iterable[Document]:
    """Return single documents, of which data frames know each row as a dictionary; either library may be missing."""
    if isinstance(documents, str | Mapping):
        return [documents]
    frame: Any = documents
    if hasattr(frame, "to_dicts"):  # of Polars
        return list(frame.to_dicts())
    if hasattr(frame, "to_dict") and hasattr(frame, "columns"):  # of pandas
        return list(frame.to_dict("records"))
    return frame if isinstance(frame, Iterable) else [frame]


def _is_pair(document: Document) -> TypeGuard[tuple[str, _TextOrFields]]:
    return isinstance(document, tuple) and len(document) == len(("name", "content")) and isinstance(document[0], str)


def _to_text(content: object) -> str:
    """Return a document as file text; the fields of a dictionary become JSON front matter, one a line."""
    if isinstance(content, str):
        return content
    if not isinstance(content, Mapping):
        raise TypeError(
            f"{type(content).__name__} is not a document: give texts or dictionaries, each alone or after its name."
        )
    body = next((name for name in _BODIES if name in content), "")
    fields = {str(name): said for name, said in content.items() if name != body and not _is_missing(said)}
    try:
        lines = [f"{json.dumps(name)}: {json.dumps(value, default=_plain)}" for name, value in fields.items()]
    except (ValueError, RecursionError) as error:
        raise TypeError(f"A dictionary cannot be read ({error}). Give texts, numbers, dates and lists.") from error
    front = ",\n".join(lines)
    text = content.get(body)
    return f";;;\n{front}\n;;;\n{'' if _is_missing(text) else text}"


def _is_missing(value: object) -> bool:
    """Return whether a value is `None` or an empty cell of a data frame."""
    is_nan = isinstance(value, float) and math.isnan(value)
    return value is None or is_nan or type(value).__name__ in {"NaTType", "NAType"}


def _plain(value: object) -> object:
    """Convert what JSON does not know: dates, numbers of numpy, sets."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return sorted(value, key=str)
    for name in ("isoformat", "tolist"):
        if hasattr(value, name):
            return getattr(value, name)()
    return str(value)
