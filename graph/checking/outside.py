"""Links that leave what is checked, and lead to a file or a folder that is there."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from graph.errors import Problem
from graph.reading import Listing
from graph.reading.files import File
from graph.reading.kinds import ENDINGS
from graph.truth.links import missing_target


def without_links_outside(problems: Iterable[Problem], listing: Listing) -> Iterator[Problem]:
    """Yield problems without broken links that only seem so, because a folder or a file is checked by itself.

    They lead by a relative path to something on the disk that does not lie in what is checked. Files in archives know
    nothing outside. A few look-ups on the disk for each relative link that is broken.
    """
    files = {file.path: file for listed in listing.sources for file in listed.files or () if file.place}
    for problem in problems:
        target, file = missing_target(problem), files.get(problem.path)
        if target is None or file is None or not _leads_outside(target, file):
            yield problem


def _leads_outside(target: str, file: File) -> bool:
    path = unquote(target.partition("#")[0].partition("?")[0])
    if not path or path.startswith("/") or {"\\", ":"} & set(path) or file.place is None:
        return False  # on Windows, a path with one of these may lead to another computer
    if not file.is_named and not normpath(join(dirname(file.path), path)).startswith("../"):
        return False
    found = os.fspath(Path(file.place).parent / path)
    return any(os.path.exists(found + ending) for ending in ("", *ENDINGS))  # noqa: PTH110 - false for any odd path
