"""Joins the modules of a page's scripts into one script."""

from __future__ import annotations

import os
import re
from pathlib import Path

_IMPORT = re.compile(r'^import \{[^}]*\} from "(\.\.?/[a-z_./]+\.js)";\n', re.MULTILINE)
_LEFT_OUT = re.compile(
    rf"{_IMPORT.pattern}"
    r"|^export (?=(?:async )?(?:function|const|class)\b)"
    r"|^[ \t]*/\*\*?[^*]*\*+(?:[^/*][^*]*\*+)*/[ \t]*\n",
    re.MULTILINE,
)
"""What a joined script does not need: imports, `export`, and comments on lines of their own."""


def join_scripts(first: Path) -> str:
    """Return a module and all that it imports as one script, each after its imports and without comments.

    Raises:
        ValueError: Modules import each other.
    """
    done: dict[str, str] = {}
    _add_module(os.path.realpath(first), done, ())
    return "\n".join(_LEFT_OUT.sub("", text) for text in done.values())


def _add_module(path: str, done: dict[str, str], needing: tuple[str, ...]) -> None:
    if path in needing:
        circle = " imports ".join(map(os.path.basename, (*needing, path)))
        raise ValueError(f"{circle}: a circular import. Split one of them.")
    if path in done:
        return
    text = Path(path).read_text(encoding="utf-8")
    for needed in _IMPORT.findall(text):
        _add_module(os.path.normpath(f"{path}/../{needed}"), done, (*needing, path))
    done[path] = text
