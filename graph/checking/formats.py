"""Findings as lines for people, as SARIF, and as annotations of GitHub."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from graph.checking.findings import Finding
from graph.checking.rules import RULES, SEVERITIES, sentence_of
from graph.displays import counted, counted_nouns

MOST_LINES = 10
"""How many findings of a rule `text_lines` shows by default."""

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_FINGERPRINT = "articleGraph/v1"
_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
"""The command of GitHub for each severity."""
_BRACKETS = re.compile(r"[\\\[\]]")


def text_lines(findings: Iterable[Finding], most: int | None = MOST_LINES) -> Iterator[str]:
    """Yield findings grouped by rule, the most severe first, each as `path:line:column: CODE severity message`.

    Of each rule the first `most` are shown (`None`: all). The remedy is above them if it is the same for all, otherwise
    after each.
    """
    ordered = sorted(findings, key=lambda one: (SEVERITIES.index(one.severity), one.code))
    for (_, code), group in groupby(ordered, key=lambda one: (one.severity, one.code)):
        some = list(group)
        remedies = {one.remedy for one in some}
        same = f". {next(iter(remedies))}." if len(remedies) == 1 else "."
        yield f"{code} {some[0].rule}: {counted(len(some), 'finding')}{same}"
        for one in some[:most]:
            yield str(one) if len(remedies) == 1 else f"{one}. {one.remedy}."
        if most is not None and len(some) > most:
            yield f"  and {len(some) - most:,} more; --all shows them"
        yield ""


def summary_of(findings: Sequence[Finding], documents: int, *, is_fixed: bool = False) -> str:
    """Return findings in numbers: `3 findings in 2 files, of 120 documents read: 1 error, 2 warnings`.

    Fixes are not offered again if those that could be made have been.
    """
    read = counted(documents, "document")
    if not findings:
        return f"Nothing found in {read}."
    counts = Counter(one.severity for one in findings)
    named = counted_nouns({severity: counts[severity] for severity in SEVERITIES if counts[severity]})
    places = len({one.path for one in findings})
    summary = f"{counted(len(findings), 'finding')} in {counted(places, 'file')}, of {read} read: {named}."
    fixes = sum(one.fix is not None for one in findings)
    verb = "has" if fixes == 1 else "have"
    offer = f" {fixes:,} {verb} a fix: --diff shows it, and --fix applies it." if fixes and not is_fixed else ""
    return summary + offer


def to_annotations(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield findings as workflow commands, which GitHub shows beside the lines of a pull request.

    Source: "Workflow commands for GitHub Actions", with the escapes of `@actions/core`.
    """
    for one in findings:
        place = f"file={_property(one.path)},line={one.line},col={one.column}," if one.path else ""
        title = _property(f"{one.code} {one.rule}")
        yield f"::{_COMMANDS[one.severity]} {place}title={title}::{_data(f'{one.message}. {one.remedy}.')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def to_sarif(findings: Iterable[Finding], version: str) -> dict[str, Any]:
    """Return findings as a SARIF log, of plain values for JSON; `version` is that of the program.

    Source: OASIS 2020, Static Analysis Results Interchange Format (SARIF) Version 2.1.0. Columns are code points, and
    addresses of files are relative to the folder in which the program runs, unless the sources were named absolutely.
    """
    places = {rule.name: place for place, rule in enumerate(RULES)}
    numbers: Counter[tuple[str, str, str]] = Counter()
    results = []
    for one in findings:
        numbers[one.key] += 1
        result: dict[str, Any] = {
            "ruleId": one.code,
            "ruleIndex": places[one.rule],
            "level": one.severity,
            "message": {"text": _without_links(f"{one.message}. {one.remedy}.")},
            "partialFingerprints": {_FINGERPRINT: _fingerprint(one, numbers[one.key])},
        }
        if one.path:
            region = {"startLine": one.line, "startColumn": one.column}
            location = {"artifactLocation": {"uri": _uri(one.path)}, "region": region}
            result["locations"] = [{"physicalLocation": location}]
        if one.fix is not None:
            result["properties"] = {"field": one.fix.field, "old": one.fix.old, "new": one.fix.new}
        results.append(result)
    driver = {"name": "article-graph", "version": version, "rules": list(_rules())}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _without_links(text: str) -> str:
    """Return a text with its brackets escaped if viewers would take some of it for a link, as in `[text](address)`."""
    return _BRACKETS.sub(r"\\\g<0>", text) if "](" in text else text


def _rules() -> Iterator[Mapping[str, Any]]:
    for rule in RULES:
        yield {
            "id": rule.code,
            "name": rule.name,
            "shortDescription": {"text": f"{sentence_of(rule.meaning)}."},
            "help": {"text": f"{sentence_of(rule.remedy)}."},
            "defaultConfiguration": {"level": rule.severity, "enabled": rule.is_default},
        }


def _fingerprint(finding: Finding, number: int) -> str:
    """Return what stays the same when lines move; `number` distinguishes equal findings."""
    return hashlib.blake2b(
        "\0".join((*finding.key, str(number))).encode("utf-8", "replace"), digest_size=16
    ).hexdigest()


def _uri(path: str) -> str:
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(path.encode("utf-8", "replace"), safe="/")
