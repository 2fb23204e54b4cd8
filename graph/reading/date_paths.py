"""The day in a path, as sites name the files, folders and addresses of their posts by it."""

from __future__ import annotations

import datetime as dt
import re

from graph.expressions import expression

_LONGEST = 4_000
"""Characters of a path that are searched for a date."""
_INDEX = expression(r"/_?(?:index|readme)(?:\.[a-z.]{1,20})?$", re.IGNORECASE)
_END = r"(?![^\W_])"
"""No letter and no digit follows."""
_OPENING = tuple(
    expression(form, re.ASCII)
    for form in (
        rf"(\d{{4}})([-_])(\d{{1,2}})\2(\d{{1,2}})(?:{_END}|(?=T\d))",
        rf"(\d{{4}})(\.)(\d\d)\.(\d\d){_END}",
        rf"((?:19|20)\d\d)()(\d\d)(\d\d)(?:[0-2]\d[0-5]\d(?:[0-5]\d)?)?{_END}(?!\.\d)",
    )
)
"""A day with which a name begins: `2022-01-13-name`, `2022_01_13`, `2022.01.13`, `20220113-name`, `202201131830`."""
_CLOSING = expression(r"[-_ .(]((?:19|20)\d\d)([-_.])(\d\d)\2(\d\d)\)?(?:\.[a-z]{1,10})?$", re.ASCII | re.IGNORECASE)
"""A day with which the name of a document ends: `Meeting 2022-01-13.md`."""
_FOLDERS = expression(rf"(?<![^/])((?:19|20)\d\d)(/)(\d\d)[-/](\d\d){_END}", re.ASCII)
"""A day that several names give together: `2022/01/13/name.md`, `2022/01/13.md`, `2022/01/13-name.md`."""


def date_from_path(path: str) -> str | None:
    """Return the day, as `2022-01-13`, by which a document's path or its address on the site is named; `None` for none.

    The innermost name that holds a day counts, and a folder that is called by nothing but a day only for what is
    directly in it. A year and month without a day do not count. Linear in the path.
    """
    path = _INDEX.sub("", path[:_LONGEST])
    names = path.split("/")
    for depth, name in enumerate(reversed(names)):
        for form in _OPENING:
            found = form.match(name)
            day = found and _day(found)
            if found and day and (depth <= 1 or found.end() < len(name)):
                return day
        found = _CLOSING.search(name) if depth == 0 else None
        if day := found and _day(found):
            return day
    return next(filter(None, map(_day, reversed(list(_FOLDERS.finditer(path))))), None)


def _day(found: re.Match[str]) -> str | None:
    try:
        return dt.date(int(found[1]), int(found[3]), int(found[4])).isoformat()
    except ValueError:
        return None
