"""A file of known findings, so that a site can be checked from now on without correcting everything first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from graph.checking.findings import Finding
from graph.errors import SourceError
from graph.writing import prepare_folder, write_text

Key = tuple[str, str, str]
"""What a finding is known by: `Finding.key`."""


class _KnownFindings(msgspec.Struct):
    """A key, and how many findings have it."""

    document: str
    code: str
    message: str
    count: int


class _Baseline(msgspec.Struct):
    """A baseline file."""

    version: Literal[1]
    findings: list[_KnownFindings]


def write_baseline(path: Path, findings: Iterable[Finding]) -> int:
    """Write the keys of findings, each with its number, and return how many findings there are.

    The file is JSON with a line for each key, sorted, so that differences can be read.

    Raises:
        OutputError: The file cannot be written.
    """
    counts = Counter(finding.key for finding in findings)
    prepare_folder(path.parent)
    write_text(path, _pieces(counts))
    return counts.total()


def _pieces(counts: Counter[Key]) -> Iterator[str]:
    yield '{"version": 1, "findings": ['
    between = "\n"
    for key, count in sorted(counts.items()):
        yield between + msgspec.json.encode(_KnownFindings(*key, count)).decode()
        between = ",\n"
    yield "\n]}\n"


def read_baseline(path: Path) -> Counter[Key]:
    """Return the keys in a baseline file, with how many findings have each.

    Raises:
        SourceError: The file cannot be read, or is not a baseline.
    """
    try:
        stated = msgspec.json.decode(path.read_bytes(), type=_Baseline)
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}). Name a baseline file that exists.") from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise SourceError(f"{path}: is not a baseline ({error}). Write it again with --write-baseline.") from error
    counts: Counter[Key] = Counter()
    for row in stated.findings:
        counts[row.document, row.code, row.message] += row.count
    return counts


def without_known(findings: Sequence[Finding], known: Counter[Key]) -> tuple[tuple[Finding, ...], tuple[Key, ...]]:
    """Return the findings that a baseline does not know, and the keys of it that are no longer found.

    Of several findings with one key as many are known as the baseline counts, the first ones.
    """
    left = known.copy()
    new = []
    for finding in findings:
        if left[finding.key] > 0:
            left[finding.key] -= 1
        else:
            new.append(finding)
    return tuple(new), tuple(sorted(key for key, count in left.items() if count > 0))
