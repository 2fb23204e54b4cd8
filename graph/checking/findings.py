"""What is found: internally by document, and as rows for readers and programs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.checking.rules import RULES_BY_NAME, Rule, Severity
from graph.errors import Problem

_POSITION = re.compile(r"(?<=\.)\d+(?=[.'])")
"""The position of an item in the name of a field, such as `'related.3.webUrl'`."""


@dataclass(frozen=True, slots=True, order=True)
class Fix:
    """A change of front matter that certainly removes a finding."""

    field: str
    """The name of the field, as the document writes it."""
    old: str
    """Its value, or one of its values, as read."""
    new: str
    """What to write instead."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in a document that breaks a rule."""

    path: str
    """The file as seen from where the sources are named, with `/`; empty if no single file is at fault."""
    line: int
    """The line, from 1; 1 if unknown."""
    column: int
    """The column in code points, from 1; 1 if unknown."""
    code: str
    """The code of the rule, such as `AG404`."""
    rule: str
    """The name of the rule, such as `broken-link`."""
    severity: Severity
    """`error`, `warning` or `note`."""
    message: str
    """What is wrong, in one sentence without the place and without a full stop."""
    remedy: str
    """What to do about it, in the same form."""
    document: str
    """The path of the file relative to its source, with `/`."""
    fix: Fix | None = None
    """A change that certainly removes it, if there is one."""

    def __str__(self) -> str:
        """Return `path:line:column: CODE severity message`, on one line."""
        place = f"{self.path}:{self.line}:{self.column}: " if self.path else ""
        return f"{place}{self.code} {self.severity} {self.message}"

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is known by in a baseline: document, code and message, which stay when lines or items move."""
        return self.document, self.code, _POSITION.sub("*", self.message)


@dataclass(frozen=True, slots=True)
class RawFinding:
    """A finding before its column is known, and before it is decided whether to report it."""

    rule: Rule
    """The rule that is broken."""
    path: str
    """The path of the document relative to its source; empty if no single document is at fault."""
    line: int
    """The line from 1, or that of the field that holds `value`; 0 if unknown."""
    message: str
    """What is wrong, in one sentence without the place and without a full stop."""
    remedy: str = ""
    """What to do about it, in the same form; empty for the remedy of the rule."""
    value: str | re.Pattern[str] = ""
    """What to look for, from the line on; empty if the message quotes it."""
    fix: Fix | None = None
    """A change that certainly removes it, if there is one."""


def found_problem(problem: Problem) -> RawFinding:
    """Return a problem of the content as a finding."""
    return RawFinding(RULES_BY_NAME[problem.kind], problem.path, problem.line, problem.fact, problem.remedy)
