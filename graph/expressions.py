"""Regular expressions that are compiled when first used, because most folders need only a few of them."""

from __future__ import annotations

import re
from typing import AnyStr, cast


class _Expression:
    def __init__(self, text: str | bytes, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> object:
        # Called only once for each name, which is an attribute from then on.
        value = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, value)
        return value


def expression(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a regular expression that `re.compile` makes when it is first used; only its methods can be used.

    An expression that every folder needs is better compiled at once, where an error in it is seen.
    """
    return cast("re.Pattern[AnyStr]", _Expression(text, flags))


def line_ends(found: re.Match[str] | str) -> str:
    """Return only the line ends of a text or of what was found, so that lines after it keep their numbers."""
    return "\n" * (found if isinstance(found, str) else found[0]).count("\n")
