"""The graph in numbers and the faults of the content, as JSON and as text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

from graph.coverage import FIELDS, LINKS, percent
from graph.displays import counted, counted_nouns
from graph.knowledge import KnowledgeGraph
from graph.reading.kinds import LOOK_LIKE_DOCUMENTS
from graph.vocabulary import DEFAULT_TYPE

_MOST_ENDINGS = 5


def write_problems(knowledge: KnowledgeGraph) -> Iterator[str]:
    """Yield the faults of the content as JSON: `count`, and `problems` with path, line, kind, fact and remedy."""
    yield f'{{"count": {len(knowledge.problems)}, "problems": ['
    separator = "\n"
    for problem in knowledge.problems:
        yield separator + "  " + json.dumps(asdict(problem), ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def write_info(knowledge: KnowledgeGraph, files: Iterable[str]) -> Iterator[str]:
    """Yield the graph in numbers as JSON, with the names of the files of the same build."""
    yield json.dumps({**knowledge.info().to_dict(), "exports": sorted(files)}, ensure_ascii=False, indent=1) + "\n"


def info_lines(info: Mapping[str, object]) -> Iterator[str]:
    """Yield the numbers of `Info.to_dict` as lines of text."""

    def number(name: str) -> str:
        value = info.get(name)
        return f"{value:,}" if isinstance(value, int) else str(value)

    stubs = counted(_number(info, "stubs"), "stub")
    yield f"articles    {number('articles')}  ({stubs}, {number('unpublished')} unpublished)"
    for name in ("providers", "topics", "people", "images", "files"):
        yield f"{name:<11} {number(name)}"
    if info.get("first_published"):
        yield f"published   {info['first_published']} to {info['last_published']}"
    yield from _coverage_lines(info.get("coverage"))
    for title, name in (
        ("relations", "relations"),
        ("own fields", "literals"),
        ("types", "types"),
        ("top topics", "top_topics"),
        ("top providers", "top_providers"),
        ("problems", "problems"),
        ("passed over", "passed_over"),
    ):
        rows = _rows(info.get(name))
        if rows and not (name == "types" and dict(rows).keys() == {DEFAULT_TYPE}):
            yield ""
            yield title
            yield from _counted(rows)
    dropped = [f"{number(name)} {word}" for name, word in (("self_links", "to itself"), ("repeated_links", "repeated"))]
    yield ""
    yield f"links dropped: {', '.join(dropped)}"


def _coverage_lines(coverage: object) -> Iterator[str]:
    """Yield percentages and numbers of documents and links, and what was not understood, if `coverage` is known."""
    if not isinstance(coverage, Mapping):
        return
    counts = {name: count for name, count in coverage.items() if isinstance(count, int)}
    for whole, title, names in (("documents", "documents with", FIELDS), ("links", "links", LINKS)):
        if total := counts.get(whole, 0):
            yield ""
            yield f"{title} (of {total:,})"
            width = len(f"{total:,}")
            for name in names:
                count = counts.get(name, 0)
                yield f"  {percent(count, total):>5}%  {count:>{width},}  {name}"
    if rows := _rows(coverage.get("not_understood")):
        yield ""
        yield "not understood, the commonest"
        yield from _counted(rows)


def _counted(rows: Sequence[tuple[str, int]]) -> Iterator[str]:
    width = max(len(f"{count:,}") for _, count in rows)
    for label, count in rows:
        yield f"  {count:>{width},}  {label}"


def _rows(value: object) -> list[tuple[str, int]]:
    pairs = list(value.items()) if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    known = (pair for pair in pairs if isinstance(pair, list | tuple) and len(pair) == len(("label", "count")))
    return [(str(label), count) for label, count in known if isinstance(count, int) and count]


def summary_line(info: Mapping[str, object], seconds: float) -> str:
    """Return a summary of a build in one line, from the numbers of `Info.to_dict`."""
    files, articles, stubs = (counted(_number(info, f"{noun}s"), noun) for noun in ("file", "article", "stub"))
    rest = {"provider": "providers", "topic": "topics", "person": "people"}
    counts = {noun: _number(info, name) for noun, name in rest.items()}
    counts |= {noun: sum(dict(_rows(info.get(f"{noun}s"))).values()) for noun in ("relation", "problem")}
    return f"{files} read: {articles} ({stubs}), {counted_nouns(counts)}, {seconds:.1f} seconds"


def _number(info: Mapping[str, object], name: str) -> int:
    value = info.get(name)
    return value if isinstance(value, int) else 0


def passed_over_line(info: Mapping[str, object]) -> str | None:
    """Return how many files look like documents but are of kinds that are not read; `None` if there are none."""
    rows = [(label, count) for label, count in _rows(info.get("passed_over")) if label in LOOK_LIKE_DOCUMENTS]
    if not rows:
        return None
    total = sum(count for _, count in rows)
    named = ", ".join(f"{count:,} {label}" for label, count in rows[:_MOST_ENDINGS])
    more = ", ..." if len(rows) > _MOST_ENDINGS else ""
    return f"{counted(total, 'file')} of kinds that are not read: {named}{more}"
