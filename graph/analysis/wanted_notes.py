"""Missing documents that links lead to."""

from __future__ import annotations

from dataclasses import dataclass
from posixpath import dirname, join, normpath, splitext

from graph.analysis.relations import Network, first_rows
from graph.knowledge import KnowledgeGraph
from graph.truth.links import missing_target

_MARKDOWN = frozenset({".md", ".mdx", ".markdown", ".html"})


@dataclass(frozen=True, slots=True)
class WantedNote:
    """A document that does not exist, and the documents that link to it."""

    label: str
    """What the links name, as it is written in one of them."""
    wanted_by: int
    """Documents that link to it."""
    links: int
    """Links to it."""
    documents: tuple[str, ...]
    """The first link of each of these documents, as `path:line`, sorted; `path` where the line is unknown."""


def wanted_notes(knowledge: Network | KnowledgeGraph, limit: int | None = None) -> tuple[WantedNote, ...]:
    """Return missing documents that links lead to, those that most documents link to first.

    Equals are sorted by links, then by name. Links differ from each other in a fragment, an ending such as `.md`, and
    case, and still mean one document; a path that begins with `./` or `../` is resolved. A missing note that several
    documents link to by `[[name]]` is a node of the graph, and is found by `wanted_stubs`. A network does not know its
    broken links, so it has no answer. Linear in the problems.
    """
    if not isinstance(knowledge, KnowledgeGraph):
        return ()
    names: dict[str, str] = {}
    places: dict[str, dict[str, int]] = {}
    counts: dict[str, int] = {}
    for problem in knowledge.problems:
        if (target := missing_target(problem)) is not None:
            key = _document_at(target, problem.path)
            names.setdefault(key, target)
            counts[key] = counts.get(key, 0) + 1
            places.setdefault(key, {}).setdefault(problem.path, problem.line)
    rows = [
        WantedNote(name, len(places[key]), counts[key], tuple(map(_place, places[key].items())))
        for key, name in names.items()
    ]
    rows.sort(key=lambda row: (-row.wanted_by, -row.links, row.label))
    return first_rows(rows, limit)


def _place(found: tuple[str, int]) -> str:
    path, line = found
    return f"{path}:{line}" if line else path


def _document_at(target: str, source: str) -> str:
    """Return what is equal for all links to one document."""
    path = target.partition("#")[0].partition("?")[0] or target
    if path.startswith(("./", "../")):
        path = normpath(join(dirname(source), path))
    stem, ending = splitext(path)
    return (stem if ending.casefold() in _MARKDOWN else path).casefold()
