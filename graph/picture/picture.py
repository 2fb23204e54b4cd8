"""A picture that is drawn: a page to keep, and what a notebook shows of it."""

from __future__ import annotations

import html
import os
from dataclasses import dataclass, field
from pathlib import Path

from graph.writing import write_text

__all__ = ["Picture"]

_HEIGHT = 640


@dataclass(frozen=True, slots=True)
class Picture:
    """Some nodes of a knowledge graph as a page. In a notebook it shows itself."""

    html: str = field(repr=False)
    """The whole page, which needs nothing outside itself."""
    nodes: tuple[str, ...]
    """The IRIs shown, sorted."""
    found: int
    """How many nodes there would have been to show."""

    def _repr_html_(self) -> str:
        """Return the page in a frame of its own, whose scripts reach neither the notebook nor the network."""
        page = html.escape(self.html, quote=True)
        return (
            f'<iframe title="Part of a knowledge graph" width="100%" height="{_HEIGHT}" frameborder="0" '
            f'sandbox="allow-scripts allow-popups" srcdoc="{page}"></iframe>'
        )

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the page as UTF-8; whoever reads the path sees the old file or the new one, whole.

        Raises:
            OutputError: The place cannot be written to.
        """
        write_text(Path(path), [self.html])
