"""What to fix first: the faults of the content by kind, with the remedy and the first places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from graph.displays import counted
from graph.errors import Problem
from graph.explorer import to_line
from graph.knowledge import KnowledgeGraph
from graph.pairs import by_key, ranked_names
from graph.reporting.parts import Cell, Section, Table

_PLACES = 3


def repairs(knowledge: KnowledgeGraph) -> Section:
    """Return the kinds of problems, the commonest first."""
    by_kind = by_key((problem.kind, problem) for problem in knowledge.problems)
    if not by_kind:
        return Section("repairs", "What to fix first", ["Nothing: no problems were found in the content."])
    kinds = sorted(by_kind, key=lambda kind: (-len(by_kind[kind]), kind))
    table = Table(
        f"{counted(len(knowledge.problems), 'problem')} by kind, the commonest first. The build lists all of them in "
        "problems.json.",
        ("kind", "number", "the first", "remedy", "first places"),
        [_row(kind, by_kind[kind]) for kind in kinds],
    )
    return Section("repairs", "What to fix first", [table])


def _row(kind: str, problems: Sequence[Problem]) -> tuple[Cell, ...]:
    remedies = Counter(problem.remedy for problem in problems)
    commonest = ranked_names(remedies)[0]
    places = [to_line(f"{problem.path}:{problem.line}" if problem.line else problem.path) for problem in problems]
    return (
        to_line(kind),
        len(problems),
        f"{to_line(problems[0].fact)}.",
        f"{to_line(commonest)}.",
        list(dict.fromkeys(filter(None, places)))[:_PLACES],
    )
