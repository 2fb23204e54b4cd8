"""Joins the modules of a page's scripts into one script."""

from __future__ import annotations

import os
import re
from pathlib import Path

_IMPORT = re.compile(r'^import \{[^}]*\} from "(\.\.?/[a-z_./]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class)\b)", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*/\*\*?[^*]*\*+(?:[^/*][^*]*\*+)*/[ \t]*\n", re.MULTILINE)


def join_scripts(first: Path) -> str:
    """Return a module and all that it imports as one script, each after its imports and without comments.

    Raises:
        ValueError: Modules import each other.
    """
    done: dict[Path, str] = {}
    _add_module(first.resolve(), done, ())
    return "\n".join(_COMMENT.sub("", _EXPORT.sub("", _IMPORT.sub("", text))) for text in done.values())


def _add_module(path: Path, done: dict[Path, str], needing: tuple[Path, ...]) -> None:
    if path in needing:
        circle = " imports ".join(each.name for each in (*needing, path))
        raise ValueError(f"{circle}: a circular import. Split one of them.")
    if path in done:
        return
    text = path.read_text(encoding="utf-8")
    for needed in _IMPORT.findall(text):
        _add_module(Path(os.path.normpath(path.parent / needed)), done, (*needing, path))
    done[path] = text
