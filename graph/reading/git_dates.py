"""When documents were first and last committed, for those that do not say when they were published and changed."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import msgspec

from graph.reading.chunks import Outcome
from graph.reading.dates import to_time
from graph.reading.faults import LONGEST_REASON, Faults
from graph.reading.files import Source, printable_path
from graph.reading.git import GitError, NoGitError, run_git
from graph.statements import StatedArticle, Statement

_LOG = (
    *("log", "--no-ext-diff", "--no-textconv", "--no-show-signature", "--no-notes", "--no-decorate", "--no-color"),
    *("--full-history", "-c", "--no-renames", "--name-only", "--relative", "-z", "--format=%x00%x00%at"),
)
"""Lists the files of every commit, of a merge those that differ from all its parents, without reading any."""
_LONGEST_NAME = 1 << 16
_MOMENT = re.compile(rb"-?\d{1,12}")
_COMMIT = re.compile(r"[0-9a-f]{40,64}")
_WITHOUT = "Name a folder with commits, or leave --git-dates out"


class History(msgspec.Struct, frozen=True):
    """The whole Git history of a folder."""

    folder: Path
    """The folder, which may be one below the repository's."""
    head: str
    """The commit that is checked out, in hexadecimal."""


def find_history(source: Source, faults: Faults) -> History | None:
    """Return the Git history of a source; `None`, with a fault, if there is no reliable one."""
    name = faults.quote(source.name)
    if source.stamp is not None:
        faults.add("no-git-history", f"{name} is an archive, which has no Git history", _WITHOUT)
        return None
    folder = Path(source.name)
    if not folder.is_dir():
        folder = folder.parent
    printed, reason = b"", ""
    try:
        for chunk in run_git(folder, "rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "HEAD"):
            printed += chunk
    except NoGitError:
        faults.add(
            "no-git", "Git is not installed, so no dates were taken from commits", "Install Git, and build again"
        )
        return None
    except GitError as error:
        reason = str(error)
    inside, shallow, head = [*printed.decode("ascii", "replace").split(), "", "", ""][:3]
    if inside != "true" and ("not a git repository" in reason or inside == "false"):
        faults.add("no-git-history", f"{name} is not in a Git repository", _WITHOUT)
    elif shallow == "true":
        fact = f"the Git history of {name} is shallow: its first commits are missing"
        faults.add("shallow-history", fact, "Run 'git fetch --unshallow' there; no dates were taken from commits")
    elif "dubious ownership" in reason:
        fact = f"Git does not read {name}, because somebody else owns it"
        faults.add("git-refused", fact, "Run 'git config --global --add safe.directory FOLDER' if you trust it")
    elif shallow == "false" and head == "HEAD":
        faults.add("no-git-history", f"the Git repository of {name} has no commits", _WITHOUT)
    elif reason or shallow != "false" or not _COMMIT.fullmatch(head):
        _report_failure(name, reason or "its answer was not understood", faults)
    else:
        return History(folder, head)
    return None


def with_git_dates(history: History, paths: Collection[str], outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """Yield what documents gave, dated by their commits where they state no date, and then the faults of Git, if any.

    The first commit of a path says when an article was published, unless it or its event has a date, and the last one
    when it was modified. Costs one `git log`, and keeps only two dates for each of `paths`.
    """
    faults = Faults("")
    dates = _read_log(history, frozenset(paths), faults)
    for outcome in outcomes:
        if any(statement.path in dates for statement in outcome.statements):
            yield msgspec.structs.replace(
                outcome, statements=tuple(_dated(statement, dates) for statement in outcome.statements)
            )
        else:
            yield outcome
    if faults.problems:
        yield Outcome((), tuple(faults.problems), {}, found=False)


def _dated(statement: Statement, dates: Mapping[str, tuple[str, str]]) -> Statement:
    article = statement.subject
    if not isinstance(article, StatedArticle):
        return statement
    first, last = dates[statement.path]
    published_at = article.published_at or (None if article.starts_at else first)
    dated = replace(article, published_at=published_at, modified_at=article.modified_at or last)
    return msgspec.structs.replace(statement, subject=dated)


def _read_log(history: History, paths: frozenset[str], faults: Faults) -> Mapping[str, tuple[str, str]]:
    """Return the times of the first and last commit of each path."""
    found: dict[str, tuple[int, int]] = {}
    try:
        for moment, path in _files(_parts(run_git(history.folder, *_LOG, history.head, "--", "."))):
            if path in paths:
                first, last = found.get(path, (moment, moment))
                found[path] = min(first, moment), max(last, moment)
    except GitError as error:
        _report_failure(faults.quote(os.fspath(history.folder)), str(error), faults)
        return {}
    return {path: times for path, (first, last) in found.items() if (times := _times(first, last)) is not None}


def _parts(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the parts between zero bytes, cut at the length of the longest path."""
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole
        rest = rest[:_LONGEST_NAME]
    yield rest


def _files(parts: Iterable[bytes]) -> Iterator[tuple[int, str]]:
    """Yield each file of each commit in a log, behind the time of the commit in seconds since 1970.

    A commit begins with two empty parts, which no file name can give, and its time; the names follow, behind a line
    end, or behind one empty part for a merge.
    """
    moment: int | None = None
    empty, is_first = 0, False
    for part in parts:
        if not part:
            empty += 1
            continue
        if empty > 1:
            moment, is_first = int(part) if _MOMENT.fullmatch(part) else None, True
        else:
            name = part.removeprefix(b"\n") if is_first and not empty else part
            is_first = False
            if moment is not None:
                yield moment, printable_path(os.fsdecode(name))
        empty = 0


def _times(first: int, last: int) -> tuple[str, str] | None:
    """Return two moments as `to_time` writes them; `None` if a year is out of range."""
    try:
        times = [to_time(dt.datetime.fromtimestamp(moment, dt.UTC), Faults(""), ()) for moment in (first, last)]
    except (ValueError, OverflowError, OSError):
        return None
    return (times[0], times[1]) if times[0] and times[1] else None


def _report_failure(name: str, reason: str, faults: Faults) -> None:
    fact = f"Git could not read the history of {name}: {faults.quote(reason, LONGEST_REASON)}"
    faults.add("git-failed", fact, "Repair the repository, or leave out --git-dates")
